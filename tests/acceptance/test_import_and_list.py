"""Bringing articles in and keeping the list, in the real program: a second start, SIGTERM, a killed import."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from program import Program, Screen, wait_for

pytestmark = pytest.mark.acceptance

RESUME = (86, 141)
"""Where the banner's first button is, in a window at the screen's corner."""
TITLES = "SELECT title FROM document WHERE NOT removed ORDER BY id"


def articles(folder: Path, count: int) -> Path:
    """A folder with so many short articles."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(f"Headline {number}\n\nThe body of {number}.\n", "utf-8")
    return folder


def second_start(screen: Screen, data: Path, *files: Path) -> subprocess.CompletedProcess[bytes]:
    """Start the program again, as a click on a file does."""
    command = [sys.executable, "-m", "annotator.cli.main", "gui", "--data-dir", str(data), *map(str, files)]
    return subprocess.run(command, env=screen.environment, capture_output=True, check=False, timeout=60)


def test_12_a_second_start_hands_its_files_to_the_first_window(screen: Screen, tmp_path: Path) -> None:
    folder, data = articles(tmp_path / "in", 3), tmp_path / "data"
    data.mkdir()
    program = Program(screen, data, folder / "00000.txt")
    program.wait_rows("the first article", TITLES)
    done = second_start(screen, data, folder / "00001.txt", folder / "00002.txt")
    assert (done.returncode, done.stderr) == (0, b"")
    wait_for("all three articles", lambda: len(program.rows(TITLES)) == 3)
    assert second_start(screen, data).returncode == 0
    assert len(screen.windows()) == 1
    program.quit()


def test_33_a_logout_saves_everything_and_takes_less_than_two_seconds(screen: Screen, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    program = Program(screen, data, *sorted(articles(tmp_path / "in", 2).iterdir()))
    wait_for("two articles", lambda: len(program.rows(TITLES)) == 2)
    screen.key("ctrl+Return")
    program.wait_rows("a done article", "SELECT 1 FROM annotation_set WHERE status = 'done'")
    screen.key("ctrl+Return")
    begun = time.monotonic()
    program.process.send_signal(signal.SIGTERM)
    assert program.process.wait(10) == 0
    assert time.monotonic() - begun < 2
    assert (data / "stderr.txt").read_text("utf-8") == ""
    settings = json.loads((data / "settings.json").read_text("utf-8"))
    assert settings["window_geometry"]
    assert len(program.rows("SELECT 1 FROM annotation_set WHERE status = 'done'")) == 2


def test_02_an_import_of_the_window_that_is_killed_is_offered_and_gone_on_with(screen: Screen, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    count = 4000
    program = Program(screen, data, articles(tmp_path / "in", count))
    wait_for("some articles", lambda: len(program.rows(TITLES)) > 100)
    program.kill()
    kept = len(program.rows(TITLES))
    assert 100 < kept < count

    again = Program(screen, data)
    wait_for("the title of the banner", lambda: again.rows("SELECT 1 FROM import WHERE finished IS NULL"))

    def resume() -> bool:
        screen.click(*RESUME)
        return not again.rows("SELECT 1 FROM import WHERE id = 1 AND finished IS NULL")

    wait_for("the import to go on", resume)
    wait_for("all articles", lambda: len(again.rows(TITLES)) == count)
    assert len({row["title"] for row in again.rows(TITLES)}) == count
    again.wait_rows("the end of the import", "SELECT 1 FROM import WHERE id = 2 AND finished IS NOT NULL")
    again.quit()


def test_articles_are_selected_removed_and_brought_back_by_keys(screen: Screen, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    program = Program(screen, data, articles(tmp_path / "in", 6))
    wait_for("six articles", lambda: len(program.rows(TITLES)) == 6)
    program.wait_rows("the end of the import", "SELECT 1 FROM import WHERE finished IS NOT NULL")
    screen.key("shift+F6", "shift+Down", "shift+Down", "Delete")
    wait_for("three articles to go", lambda: len(program.rows(TITLES)) == 3)
    screen.key("ctrl+z")
    wait_for("them to come back", lambda: len(program.rows(TITLES)) == 6)
    screen.key("ctrl+e")
    out = tmp_path / "typed.jsonl"
    wait_for("the question what to export", lambda: len(screen.windows()) == 2)
    screen.type(str(out))
    screen.key("Return")
    wait_for("the export", out.exists)
    assert len(out.read_text("utf-8").splitlines()) == 6
    program.quit()
