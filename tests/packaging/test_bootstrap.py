"""The script behind the README's two commands runs on old Pythons and ends in one plain sentence where it must."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
BOOTSTRAP, START = CHECKOUT / "packaging" / "bootstrap.py", CHECKOUT / "packaging" / "start.py"


def test_the_script_is_short_and_of_a_syntax_that_python_3_9_reads() -> None:
    text = BOOTSTRAP.read_text("utf-8")
    ast.parse(text, feature_version=(3, 9))
    assert len(text.splitlines()) < 100


def test_the_script_needs_the_standard_library_only() -> None:
    tree = ast.parse(BOOTSTRAP.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("arguments", [[], ["walk"], ["--help"]])
def test_without_a_command_that_it_knows_it_says_how_to_call_it(arguments: list[str]) -> None:
    ended = subprocess.run([sys.executable, BOOTSTRAP, *arguments], capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert ended.stderr == "usage: python3 packaging/bootstrap.py run|test [ARGUMENTS]\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has sessions without a display")
def test_without_a_display_the_window_is_not_tried() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import start; print(start.command_for('run', [])[1:])"
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    ended = subprocess.run(
        [sys.executable, "-c", code, START.parent], capture_output=True, text=True, env=bare, check=True
    )
    lines = ended.stdout.splitlines()
    assert lines[0] == "There is no display here, so no window can open."
    assert lines[-1] == "['-m', 'annotator.cli.main', 'demo']"


def test_arguments_after_run_are_the_programs_own() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import start; print(start.command_for('run', ['stats'])[1:])"
    ended = subprocess.run([sys.executable, "-c", code, START.parent], capture_output=True, text=True, check=True)
    assert ended.stdout == "['-m', 'annotator.cli.main', 'stats']\n"
