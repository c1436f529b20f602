"""Start the program (`run`) or its tests (`test`) in the environment that `bootstrap.py` has made.

Looks first whether a window can be opened, and installs or names the system packages that Qt lacks; whatever needs
no window works without them. It knows the names of the program's commands and nothing else of it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# In processes of their own: Qt aborts where it finds no display.
QT_OPENS = "import PySide6.QtWidgets as qt; qt.QApplication([])"
QT_LOADS = """import ctypes, pathlib, sys, PySide6.QtWidgets as qt
if sys.platform == "linux":
    ctypes.CDLL(str(pathlib.Path(qt.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))"""


def succeeds(*command: str) -> bool:
    """Whether the command ends with status 0; what it prints is not shown."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    nothing = subprocess.DEVNULL
    return subprocess.call(command, env=environment, stdin=nothing, stdout=nothing, stderr=nothing) == 0


def python_succeeds(code: str) -> bool:
    """Whether this piece of Python runs in the environment."""
    return succeeds(sys.executable, "-c", code)


def packages(name: str) -> list[str]:
    """One of our lists of Debian packages: `qt` or `acceptance`."""
    return (HERE / f"debian-{name}.txt").read_text(encoding="utf-8").split()


def install_line(names: list[str]) -> list[str]:
    """The command that installs Debian packages."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *names]


def installed(names: list[str], purpose: str) -> bool:
    """Install Debian packages, which only root can, and only where there is apt-get; whether that was done."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing system packages for {purpose}...", flush=True)
    return succeeds("apt-get", "update") and succeeds(*install_line(names))


def window_opens() -> bool:
    """Whether the window can be opened here, after installing what Qt lacks if we may; says why not."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no display here, so no window can open.")
        return False
    if python_succeeds(QT_OPENS):
        return True
    if python_succeeds(QT_LOADS):
        print("The display cannot be reached, so no window can open.")
        return False
    if installed(packages("qt"), "the window"):
        return python_succeeds(QT_OPENS)
    print("System packages for the window are missing. On Debian or Ubuntu type:")
    print("sudo " + " ".join(install_line(packages("qt"))))
    return False


def prepare_tests() -> None:
    """As root on Debian install what the tests of the window need; elsewhere those tests say that they are skipped."""
    missing = [] if python_succeeds(QT_LOADS) else packages("qt")
    if not all(shutil.which(program) for program in ("Xvfb", "xdotool", "openbox")):
        missing += packages("acceptance")
    if missing:
        installed(missing, "the tests of the window")


def command_for(kind: str, arguments: list[str]) -> list[str]:
    """The command to become."""
    if kind == "test":
        prepare_tests()
        os.chdir(HERE.parent)
        return [sys.executable, "-m", "pytest", *arguments]
    program = [sys.executable, "-m", "annotator.cli.main"]
    if arguments:
        return [*program, *arguments]
    if window_opens():
        return [*program, "gui"]
    print("Showing on the sample articles what Annotator does without it:", flush=True)
    return [*program, "demo"]


if __name__ == "__main__":
    command = command_for(sys.argv[1], sys.argv[2:])
    sys.stdout.flush()
    if sys.platform == "win32":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)
