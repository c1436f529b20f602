"""Set up Annotator in its checkout, then start it (`run`) or its tests (`test`); further arguments are passed on.

Standard library only, and no syntax newer than Python 3.9: it runs before anything is installed. It makes `.venv`
from the lock files and hands over to `start.py` there; it knows nothing of the program itself.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE, VENV, OUR_UV = ROOT / "packaging", ROOT / ".venv", ROOT / "build" / "uv"
BIN, EXE = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
PYTHON, STAMP = VENV / BIN / f"python{EXE}", VENV / "set-up-for"
LOCKS = {"run": HERE / "requirements.txt", "test": HERE / "requirements-test.txt"}
FITS = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 16))"


def call(*command: object, show: bool = False) -> bool:
    """Whether the command succeeds; what it prints is shown only if asked for."""
    output = None if show else subprocess.DEVNULL
    settings = {"UV_SYSTEM_CERTS": "1", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment = {**os.environ, **settings}
    words = [str(word) for word in command]
    try:
        return not subprocess.call(words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment)
    except OSError:
        return False


def find_python() -> "str | None":
    """An installed Python of 3.11 or later, this one if it is; None if there is none."""
    names = [sys.executable, *(shutil.which(f"python3.{minor}") for minor in (13, 12, 14, 11))]
    return next((name for name in names if name and call(name, "-c", FITS)), None)


def find_uv() -> "str | None":
    """A uv that works: the machine's, else our own under build/; None if neither can be had."""
    theirs, ours = shutil.which("uv"), str(OUR_UV / BIN / f"uv{EXE}")
    if theirs and call(theirs, "--version"):
        return theirs
    if not call(ours, "--version"):
        lock = ["install", "--require-hashes", "-r", HERE / "requirements-uv.txt"]
        if call(sys.executable, "-m", "venv", "--clear", OUR_UV):
            call(OUR_UV / BIN / f"python{EXE}", "-m", "pip", *lock)
        else:  # some distributions have pip without venv; pip skips folders that the attempt left behind
            shutil.rmtree(OUR_UV, ignore_errors=True)
            call(sys.executable, "-m", "pip", *lock, "--target", OUR_UV)
    return ours if call(ours, "--version") else None


def install(uv: "str | None", python: "str | None", lock: Path) -> bool:
    """Whether .venv could be made anew with the locked requirements and the project, by uv or by pip alone."""
    shutil.rmtree(VENV, ignore_errors=True)
    pip = [uv, "pip", "install", "--python", PYTHON] if uv else [PYTHON, "-m", "pip", "install"]
    pip += [] if sys.stderr.isatty() else ["--quiet"]
    make = [uv, "venv", "--quiet", "--python", python or ">=3.11"] if uv else [python, "-m", "venv"]
    made = call(*make, VENV, show=bool(python))
    project = ["--no-deps", "--no-build-isolation", "--editable", ROOT]
    return made and call(*pip, "--require-hashes", "-r", lock, show=True) and call(*pip, *project, show=True)


def set_up(kind: str) -> None:
    """Make .venv as the lock files say, unless it is so already; end with one sentence where it cannot be made."""
    locked = b"".join(path.read_bytes() for path in (ROOT / "pyproject.toml", *LOCKS.values()))
    digest = hashlib.sha256(os.fsencode(ROOT) + locked).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() in (kind + digest, "test" + digest):
        return
    if not shutil.which("uv") and not any(call(sys.executable, "-c", "import " + m) for m in ("ensurepip", "pip")):
        sys.exit("Annotator needs Python's venv module. On Debian or Ubuntu type: sudo apt-get install python3-venv")
    python = find_python()
    if python:
        purpose = " for the tests" if kind == "test" else ""
        print(f"Setting up{purpose} (first time only, about 300 MB to download)...", flush=True)
    uv = find_uv()
    if not (uv and install(uv, python, LOCKS[kind])) and not (python and install(None, python, LOCKS[kind])):
        if python:
            sys.exit("Annotator could not be set up. Check the internet connection and type the same command again.")
        sys.exit(f"Annotator needs Python 3.11 or later, but this is {sys.version.split()[0]}: install a newer Python.")
    STAMP.write_text(kind + digest)


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in LOCKS:
        sys.exit("usage: python3 packaging/bootstrap.py run|test [ARGUMENTS]")
    try:
        set_up(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("\nStopped; type the same command again to go on.")
    command = [str(PYTHON), str(HERE / "start.py"), *sys.argv[1:]]
    sys.exit(subprocess.call(command)) if os.name == "nt" else os.execv(command[0], command)
