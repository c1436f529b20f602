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
