"""Reading in the real program: find, entities, notes, zoom, by real keys and mouse; the database says what came."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from program import Screen, wait_for
from test_the_main_job import Eyes, start

pytestmark = pytest.mark.acceptance

FOUND = "#FFE9A8"
PAGE = (270, 90, 1080, 790)


def test_words_are_found_and_marked_from_the_find_bar(screen: Screen, article: Path, tmp_path: Path) -> None:
    program = start(screen, tmp_path, article)
    text = program.rows("SELECT body FROM text")[0]["body"]
    eyes = Eyes(screen, tmp_path)
    assert not eyes.find(FOUND, *PAGE, near=1)

    screen.key("ctrl+f")
    screen.type("the")
    wait_for("the hits' ground", lambda: len(eyes.find(FOUND, *PAGE, near=1)) > 300)
    screen.key("F3", "F3", "Escape")
    wait_for("the ground to go", lambda: not eyes.find(FOUND, *PAGE, near=1))

    # The hit is selected, so a label's key marks it.
    screen.key("2")
    added = program.wait_rows(
        "the span on the hit",
        "SELECT start, \"end\", l.name FROM span s JOIN label l ON l.id = s.label WHERE kind = 'person' "
        "OR suggestion IS NOT NULL",
    )[0]
    assert text[added["start"] : added["end"]].lower().startswith("the")
    assert added["name"] == "ORG"
    program.quit()


def test_entities_are_reached_and_decided_by_keys_alone(screen: Screen, article: Path, tmp_path: Path) -> None:
    program = start(screen, tmp_path, article)
    screen.key("ctrl+2", "Down", "Return", "a")
    decided = program.wait_rows(
        "the decision", 'SELECT start, "end", l.name FROM span s JOIN label l ON l.id = s.label'
    )
    first = program.rows("SELECT l.name FROM label l ORDER BY l.id LIMIT 1")[0]["name"]
    assert decided[0]["name"] == first, "the list begins with the first label"
    program.quit()


def test_notes_are_kept_on_the_article_and_on_a_mark(screen: Screen, article: Path, tmp_path: Path) -> None:
    program = start(screen, tmp_path, article)
    screen.key("Tab", "n")
    screen.type("who says so")
    screen.key("Return")
    program.wait_rows(
        "the mark's note",
        "SELECT 1 FROM span WHERE note = 'who says so' UNION SELECT 1 FROM quotation WHERE note = 'who says so'",
    )
    screen.key("shift+n")
    screen.type("second source missing")
    assert not program.rows("SELECT 1 FROM annotation_set WHERE note IS NOT NULL"), "a note is kept on leaving only"
    screen.key("F6")
    program.wait_rows("the article's note", "SELECT 1 FROM annotation_set WHERE note = 'second source missing'")
    assert len(program.rows("SELECT 1 FROM edit")) == 2
    program.quit()


def test_the_wheel_zooms_and_the_size_is_there_again(screen: Screen, article: Path, tmp_path: Path) -> None:
    program = start(screen, tmp_path, article)
    screen.xdotool("mousemove", "--sync", 600, 400)
    screen.xdotool("keydown", "ctrl", "click", "4", "click", "4", "click", "4", "keyup", "ctrl")
    settings = tmp_path / "settings.json"
    program.quit()
    kept = wait_for("the settings", lambda: settings.exists() and json.loads(settings.read_text("utf-8")))
    assert kept["reading_size"] == 20
