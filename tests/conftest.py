"""What all tests share: the settings of Qt and Hypothesis, and which tests can run on this machine.

Where Qt's system libraries or the tools of the acceptance tests are missing, the tests that need them are left out
before anything imports Qt, and one line at the end says so.
"""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).resolve().parent
CHECKOUT = TESTS.parent
NEEDS_QT = re.compile(r"^(?:from|import) (?:PySide6|pytestqt|annotator\.gui)\b|\bqtbot\b", re.MULTILINE)
ACCEPTANCE_PROGRAMS = ("Xvfb", "xdotool", "openbox", "import")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_FONT_DPI", "96")

# Slow machines must not fail a test; continuous integration must see the same examples on every run.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "here"))


@cache
def missing_for_window() -> str:
    """Why no widget can be made here, in the words of the failed import; empty if one can be made."""
    probe = subprocess.run(
        [sys.executable, "-c", "import PySide6.QtWidgets"], capture_output=True, text=True, check=False
    )
    return "" if probe.returncode == 0 else (probe.stderr.strip().splitlines() or ["Qt cannot be loaded"])[-1]


@cache
def left_out() -> str:
    """One line naming the tests that this machine cannot run, why, and what helps; empty if it can run all."""
    programs = [name for name in ACCEPTANCE_PROGRAMS if not shutil.which(name)]
    if missing_for_window():
        tests, why = "the tests of the window", missing_for_window().removeprefix("ImportError: ")
    elif programs:
        tests, why = "the acceptance tests", f"not found: {', '.join(programs)}"
    else:
        return ""
    lists = [] if not missing_for_window() else ["debian-qt.txt"]
    lists += ["debian-acceptance.txt"] if programs else []
    names = [name for each in lists for name in (CHECKOUT / "packaging" / each).read_text("utf-8").split()]
    return f"Left out: {tests} ({why}). On Debian or Ubuntu type: sudo apt-get install -y {' '.join(names)}"


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Take pytest-qt away where it could not start: it imports Qt before the first test is collected."""
    if missing_for_window():
        config.pluginmanager.unregister(name="pytest-qt")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the tests that this machine cannot run."""
    if not left_out() or not collection_path.is_relative_to(TESTS):
        return None
    room = collection_path.relative_to(TESTS).parts[:1]
    if room == ("acceptance",) or (missing_for_window() and room == ("gui",)):
        return True
    if missing_for_window() and collection_path.suffix == ".py" and collection_path != Path(__file__):
        return bool(NEEDS_QT.search(collection_path.read_text("utf-8"))) or None
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests were left out."""
    if left_out():
        terminalreporter.write_line(left_out(), yellow=True)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of measuring data beside the checkout, which is no part of the project; skips where it is absent."""
    folder = CHECKOUT.parent / "shared"
    if not (folder / "README.md").is_file():
        pytest.skip("the shared folder is not beside this checkout")
    return folder
