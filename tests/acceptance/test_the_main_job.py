"""The main job in the real program: real keys, real mouse, and afterwards what the database and the export say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy
import pytest
from program import Program, Screen, wait_for
from PySide6.QtGui import QColor, QImage

from annotator.domain.text import word_borders

pytestmark = pytest.mark.acceptance

MARKS = """
    SELECT 'span' AS kind, id, start, "end" AS finish, label FROM suggested_span
    UNION ALL
    SELECT 'quotation', id, start, json_extract(content, '$[#-1][1]'), '' FROM suggested_quotation
    ORDER BY start, finish DESC, kind
"""
DECISIONS = """
    SELECT 'span' AS kind, suggestion, rejected FROM span
    UNION ALL SELECT 'quotation', suggestion, rejected FROM quotation
"""
DASHED_PERSON, LOCATION_TINT, ORGANISATION_TINT = "#956D57", "#E7F8EB", "#EBCBE4"


class Eyes:
    """What can be seen on the screen: where a colour is."""

    def __init__(self, screen: Screen, folder: Path) -> None:
        self._screen = screen
        self._path = folder / "screen.png"

    def find(self, colour: str, left: int, top: int, right: int, bottom: int, near: int = 3) -> list[tuple[int, int]]:
        """All places in a part of the screen that have a colour, within ``near`` of each channel."""
        image = QImage(str(self._screen.screenshot(self._path))).convertToFormat(QImage.Format.Format_RGB32)
        pixels = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(image.height(), -1, 4)
        part = pixels[top:bottom, left : min(right, image.width()), 2::-1].astype(int)
        rows, columns = (abs(part - QColor(colour).getRgb()[:3]) <= near).all(axis=2).nonzero()
        return [(left + int(x), top + int(y)) for y, x in zip(rows, columns, strict=True)]


def start(screen: Screen, data: Path, article: Path) -> Program:
    """Start on an empty database with one article, and wait until its marks can be seen."""
    program = Program(screen, data, article)
    program.wait_rows("the article's suggestions", "SELECT 1 FROM run_document", limit=120)
    eyes = Eyes(screen, data)
    wait_for("marks on the page", lambda: len(eyes.find(DASHED_PERSON, 370, 100, 960, 700, near=12)) > 20)
    return program


def decisions(program: Program) -> dict[bytes, Any]:
    """All decisions by their suggestion's id."""
    return {row["suggestion"]: row for row in program.rows(DECISIONS)}


def test_an_article_is_corrected_by_keys_and_mouse_and_exported(screen: Screen, article: Path, tmp_path: Path) -> None:
    program = start(screen, tmp_path, article)
    text = program.rows("SELECT body FROM text")[0]["body"]
    marks = program.rows(MARKS)
    eyes = Eyes(screen, tmp_path)

    # Keep the first mark; the next open one is selected then.
    screen.key("Tab", "a")
    wait_for("the first mark to be kept", lambda: marks[0]["id"] in decisions(program))

    # Give the next entity another label.
    at = next(index for index, mark in enumerate(marks) if index > 0 and mark["kind"] == "span")
    screen.key(*["Tab"] * (at - 1), "4")
    relabelled = program.wait_rows(
        "the new label",
        "SELECT l.name, changed FROM span s JOIN label l ON l.id = s.label WHERE suggestion = ?",
        marks[at]["id"],
    )[0]
    assert (relabelled["name"], relabelled["changed"]) == ("LOC", "label")

    # Move its end by a word.
    screen.key("alt+Right")
    moved = program.wait_rows(
        "the moved end",
        "SELECT start, \"end\" FROM span WHERE suggestion = ? AND changed = 'bounds,label'",
        marks[at]["id"],
    )[0]
    assert moved["start"] == marks[at]["start"]
    assert text[marks[at]["finish"] : moved["end"]].strip()

    # Say who speaks in the next quotation: the second person of the article.
    quote = next(index for index, mark in enumerate(marks) if index > at and mark["kind"] == "quotation")
    screen.key(*["Tab"] * (quote - at), "f")
    spoken = program.wait_rows(
        "the speaker",
        "SELECT e.name, e.type, q.state FROM quotation q JOIN entity e ON e.id = q.entity WHERE q.suggestion = ?",
        marks[quote]["id"],
    )[0]
    assert (spoken["type"], spoken["state"]) == ("PERSON", "named")

    # Select words by mouse and label them by the bar below.
    screen.key("Escape")
    screen.drag(500, 400, 640, 400)
    chip = eyes.find(ORGANISATION_TINT, 0, 800, 400, 900)
    assert chip, "the label bar shows no ORG"
    screen.click(*chip[len(chip) // 2])
    added = program.wait_rows("the added span", "SELECT start, \"end\" FROM span WHERE kind = 'person'")[0]
    borders = word_borders(text, added["start"], added["end"])
    assert {added["start"], added["end"]} <= set(borders)
    assert text[added["start"] : added["end"]] == text[added["start"] : added["end"]].strip()

    # Click a mark that is decided, and take it away.
    filled = eyes.find(LOCATION_TINT, 370, 100, 960, 780)
    assert filled, "the relabelled mark is not filled"
    screen.click(*filled[len(filled) // 2])
    screen.key("Delete")
    wait_for("the mark to be taken away", lambda: decisions(program)[marks[at]["id"]]["rejected"])

    # Take that back.
    screen.key("ctrl+z")
    wait_for("the undo", lambda: not decisions(program)[marks[at]["id"]]["rejected"])
    kept = program.rows('SELECT "end" FROM span WHERE suggestion = ?', marks[at]["id"])[0]
    assert kept["end"] == moved["end"]

    # Done.
    screen.key("ctrl+Return")
    program.wait_rows("the status", "SELECT 1 FROM annotation_set WHERE status = 'done' AND n_open = 0")
    before = program.rows('SELECT hex(id), start, "end", label, rejected FROM span ORDER BY id')
    program.quit()

    # Again: everything is there, and undo still goes back.
    again = Program(screen, tmp_path)
    assert [
        tuple(row) for row in again.rows('SELECT hex(id), start, "end", label, rejected FROM span ORDER BY id')
    ] == [tuple(row) for row in before]
    wait_for("filled marks on the page", lambda: len(eyes.find(LOCATION_TINT, 370, 100, 960, 780)) > 20)
    screen.key("ctrl+z")
    again.wait_rows("undo after the restart", "SELECT 1 FROM annotation_set WHERE status = 'in progress'")
    screen.key("ctrl+shift+z")
    again.wait_rows("redo after the restart", "SELECT 1 FROM annotation_set WHERE status = 'done'")
    again.quit()

    # The export says what was done.
    line = exported(tmp_path)
    assert line["text"] == text
    assert line["status"] == "done"
    spans = {(span["start"], span["end"], span["label"], span["verdict"]) for span in line["spans"]}
    assert (moved["start"], moved["end"], "LOC", "changed") in spans
    assert (added["start"], added["end"], "ORG", "added") in spans
    assert not line["suggestions"]["spans"]
    assert not line["suggestions"]["quotations"]
    speakers = {entity["id"]: entity["name"] for entity in line["entities"]}
    assert spoken["name"] in {speakers.get(quotation["speaker_entity"]) for quotation in line["quotations"]}


def exported(data: Path) -> dict[str, Any]:
    """What the command line exports of the one article."""
    output = data / "out.jsonl"
    command = [sys.executable, "-m", "annotator.cli.main", "export", "-o", str(output), "--data-dir", str(data)]
    subprocess.run(command, check=True, capture_output=True)
    (line,) = output.read_text("utf-8").splitlines()
    result: dict[str, Any] = json.loads(line)
    return result


def test_a_killed_window_loses_nothing_that_was_saved(screen: Screen, article: Path, tmp_path: Path) -> None:
    program = start(screen, tmp_path, article)
    screen.key("Tab", *["a"] * 12)
    wait_for("twelve decisions", lambda: len(decisions(program)) == 12)
    screen.key(*["a"] * 3)
    program.kill()
    saved = decisions(program)
    assert len(saved) >= 12

    again = Program(screen, tmp_path)
    assert decisions(again).keys() == saved.keys()
    assert again.rows("PRAGMA integrity_check")[0][0] == "ok"
    assert not again.rows("PRAGMA foreign_key_check")
    screen.key("ctrl+z")
    wait_for("undo of the last decision", lambda: len(decisions(again)) == len(saved) - 1)
    again.quit()


def test_the_samples_are_offered_and_opened_by_mouse_and_keyboard(screen: Screen, tmp_path: Path) -> None:
    program = Program(screen, tmp_path)
    eyes = Eyes(screen, tmp_path)
    wait_for("the first page", lambda: len(eyes.find("#3A52C6", 400, 200, 1200, 500)) > 200)
    screen.key("alt+f")
    screen.key("Escape")
    assert not program.rows("SELECT 1 FROM document")
    program.quit()
