"""The program around the window: databases that are refused, settings, long work, errors nobody expected."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from seat import Seat

from annotator.domain.errors import Refused
from annotator.gui.application import Program
from annotator.gui.background import Job
from annotator.gui.dialogs import QuestionSheet
from annotator.gui.theme import DARK, current_theme
from annotator.services.places import Places
from annotator.services.session import Saving
from annotator.services.settings import ThemeChoice, load_settings


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = Program(qapp, Places(tmp_path), suggest=False)
    yield made
    if made.window is not None:
        made.window.close()


def test_importing_the_window_loads_no_language_library() -> None:
    code = (
        "import sys, annotator.gui.application; print([m for m in ('spacy', 'alembic', 'thinc') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_new_database_is_made_and_settings_are_kept_on_closing(program: Program, tmp_path: Path) -> None:
    assert program.open(tmp_path / "deep" / "new.sqlite3")
    assert program.window is not None
    program.window.desk.set(theme=ThemeChoice.DARK)
    assert current_theme() is DARK
    program._switching = True  # the test's own program goes on
    program.window.close()
    assert program.window is None
    kept = load_settings(tmp_path / "settings.json")
    assert kept.theme is ThemeChoice.DARK
    assert kept.window_geometry


def test_a_refused_database_is_told_in_a_sentence_and_another_can_be_chosen(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "holiday.jpg"
    bad.write_bytes(b"not a database at all" * 100)
    before = bad.read_bytes()
    seen: list[str] = []

    def answer() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, QuestionSheet)
        seen.extend(label.text() for label in sheet.findChildren(type(sheet.heading)))
        sheet.reject()

    QTimer.singleShot(300, answer)
    assert not program.open(bad)
    assert seen[0] == "This database cannot be opened"
    assert any(str(bad) in text for text in seen)
    assert bad.read_bytes() == before


def test_switching_to_another_database_shows_that_one(program: Program, tmp_path: Path) -> None:
    program.open(tmp_path / "one.sqlite3")
    first = program.window
    program.switch(tmp_path / "two.sqlite3")
    assert program.window is not None
    assert program.window is not first
    assert program.window.desk.workspace.store.path == tmp_path / "two.sqlite3"
    program._switching = True


def test_an_unexpected_error_is_told_calmly(program: Program, tmp_path: Path) -> None:
    program.open(tmp_path / "one.sqlite3")
    program.tell_trouble(ZeroDivisionError("secret detail"))
    banner = program.window.page.trouble
    assert not banner.isHidden()
    assert banner.title.text() == "Something went wrong; your work is saved"
    assert "secret" not in banner.sentence.text()
    program._switching = True


def test_a_job_tells_progress_and_result_in_the_window_thread(qtbot: QtBot) -> None:
    seen: list[object] = []
    here = threading.get_ident()
    job = Job("count", lambda progress, cancelled: (progress(1, 2), threading.get_ident())[1])
    job.progressed.connect(lambda done, total: seen.append((done, total, threading.get_ident() == here)))
    with qtbot.waitSignal(job.finished, timeout=5000) as result:
        job.start()
    assert result.args[0] != here
    assert seen == [(1, 2, True)]


@pytest.mark.parametrize(
    ("error", "sentence"), [(Refused("Not so."), "Not so."), (ValueError("odd"), "It could not be done: odd.")]
)
def test_a_job_that_fails_says_why(qtbot: QtBot, error: Exception, sentence: str) -> None:
    def work(_progress: Callable[[int, int], None], _cancelled: Callable[[], bool]) -> None:
        raise error

    job = Job("fail", work)
    with qtbot.waitSignal(job.failed, timeout=5000) as result:
        job.start()
    assert result.args == [sentence]


def test_a_job_can_be_cancelled(qtbot: QtBot) -> None:
    stopped = threading.Event()

    def work(_progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> bool:
        while not cancelled():
            stopped.wait(0.01)
        return True

    job = Job("wait", work)
    with qtbot.waitSignal(job.finished, timeout=5000):
        job.start()
        job.cancel()
    job.wait()
    assert not job.running


def test_export_by_the_window_writes_the_file_and_says_where(seat: Seat, tmp_path: Path) -> None:
    seat.press(Qt.Key.Key_Tab, Qt.Key.Key_A)
    path = tmp_path / "out.jsonl"
    seat.window.errands.export_to(path)
    seat.bot.waitUntil(lambda: not seat.window.errands.busy, timeout=10_000)
    assert len(path.read_text("utf-8").splitlines()) == 2
    assert '"accepted"' in path.read_text("utf-8")
    assert str(path) in seat.message


def test_an_export_to_a_folder_that_is_not_there_says_why(seat: Seat, tmp_path: Path) -> None:
    seat.window.errands.export_to(tmp_path / "no" / "such" / "out.jsonl")
    seat.bot.waitUntil(lambda: not seat.window.errands.busy, timeout=10_000)
    assert seat.message
    assert "Traceback" not in seat.message


def test_what_cannot_be_saved_is_told_with_a_retry(seat: Seat, database: Path) -> None:
    def meanwhile(statement: str) -> None:
        with contextlib.closing(sqlite3.connect(database)) as other:
            other.execute(statement)
            other.commit()

    meanwhile("CREATE TRIGGER stop BEFORE INSERT ON edit BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    seat.press(Qt.Key.Key_Tab, Qt.Key.Key_A)
    seat.bot.waitUntil(lambda: seat.desk.session.saving is Saving.FAILED, timeout=10_000)
    assert seat.window.page.not_saved.isVisible()
    assert seat.window.status.saved.text() == "Not saved"
    seat.press(Qt.Key.Key_A)
    assert seat.message == seat.desk.session.failure
    meanwhile("DROP TRIGGER stop")
    seat.bot.mouseClick(seat.window.status.retry, Qt.MouseButton.LeftButton)
    seat.saved()
    assert seat.window.status.saved.text() == "Saved"
    assert not seat.window.page.not_saved.isVisible()
    assert seat.desk.documents.infos([seat.desk.document.id])[0].n_decided == 1
