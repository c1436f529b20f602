"""The settings window: each choice holds at once, is kept, and says what it means."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from seat import Seat

from annotator.gui.application import Program
from annotator.gui.settings_window import SettingsWindow
from annotator.gui.theme import DARK, LIGHT, apply_theme, choose_reading_face, current_theme, reading_faces
from annotator.services.places import Places
from annotator.services.settings import Settings, ThemeChoice, load_settings, save_settings
from annotator.services.workspace import open_workspace

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, database: Path) -> Iterator[Program]:
    save_settings(tmp_path / "settings.json", Settings(theme=ThemeChoice.LIGHT, annotator="Ann"))
    made = Program(qapp, Places(tmp_path), suggest=False)
    assert made.open(database)
    assert made.window is not None
    made.window.resize(1440, 900)
    yield made
    if made.window is not None:
        made._switching = True  # the tests go on
        made.window.close()
    choose_reading_face(None)
    apply_theme(qapp, LIGHT)


def settings_of(program: Program, qtbot: QtBot) -> SettingsWindow:
    """Ctrl+, opens them."""
    window = program.window
    assert window is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    qtbot.keyClick(window.page.text, Qt.Key.Key_Comma, CTRL)
    assert window.settings_window is not None
    qtbot.waitUntil(window.settings_window.isVisible, timeout=10_000)
    return window.settings_window


def test_the_theme_changes_at_once_and_is_kept(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    settings = settings_of(program, qtbot)
    dark = next(each for each in settings.theme.segments if each.value is ThemeChoice.DARK)
    qtbot.mouseClick(dark, Qt.MouseButton.LeftButton)
    assert current_theme() is DARK
    assert load_settings(tmp_path / "settings.json").theme is ThemeChoice.DARK
    picture = settings.grab().toImage()
    assert picture.pixelColor(picture.width() - 4, 4).lightness() < 60
    light = next(each for each in settings.theme.segments if each.value is ThemeChoice.LIGHT)
    qtbot.mouseClick(light, Qt.MouseButton.LeftButton)
    assert current_theme() is LIGHT


def test_size_and_line_length_change_the_article_at_once(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    settings = settings_of(program, qtbot)
    assert program.window is not None
    text = program.window.page.text
    settings.size_.setFocus()
    qtbot.keyClick(settings.size_, Qt.Key.Key_Up)
    assert text.reading_size == 18
    before = text._page.column_width
    settings.measure.setFocus()
    for _ in range(10):
        qtbot.keyClick(settings.measure, Qt.Key.Key_Down)
    assert text._page.column_width < before
    kept = load_settings(tmp_path / "settings.json")
    assert (kept.reading_size, kept.measure) == (18, 56)


def test_another_face_is_used_at_once(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    if len(reading_faces()) < 2:
        pytest.skip("this machine has only one face for reading")
    settings = settings_of(program, qtbot)
    assert program.window is not None
    settings.face.setFocus()
    qtbot.keyClick(settings.face, Qt.Key.Key_Down)
    wanted = reading_faces()[1]
    assert load_settings(tmp_path / "settings.json").reading_face == wanted
    assert program.window.page.text.document().defaultFont().families()[0] == wanted
    qtbot.keyClick(settings.face, Qt.Key.Key_Up)
    assert load_settings(tmp_path / "settings.json").reading_face is None
    assert program.window.page.text.document().defaultFont().families()[0] == reading_faces()[0]


def test_zooming_in_the_article_shows_in_the_open_settings(program: Program, qtbot: QtBot) -> None:
    settings = settings_of(program, qtbot)
    assert program.window is not None
    program.window.actions_["zoom_in"].trigger()
    assert settings.size_.value() == 18


def test_only_installed_pipelines_that_are_trusted_are_offered(program: Program, qtbot: QtBot, database: Path) -> None:
    settings = settings_of(program, qtbot)
    qtbot.waitUntil(lambda: bool(settings.pipelines.buttons), timeout=20_000)
    assert set(settings.pipelines.buttons) <= {"en_core_web_md", "en_core_web_sm"}
    first, *_, last = settings.pipelines.buttons.items()
    assert first[1].isChecked()
    last[1].click()
    assert program.window is not None
    assert program.window.desk.workspace.project.pipeline == last[0]
    assert program.window.status.message == f"{last[0]} reads the articles from now on."
    again = open_workspace(database, "Ann")
    assert again.project.pipeline == last[0]
    again.close()


def test_another_name_is_told_to_mean_other_sets_and_works_at_once(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    settings = settings_of(program, qtbot)
    assert not settings.take_name.isEnabled()
    settings.name.setFocus()
    settings.name.selectAll()
    qtbot.keyClicks(settings.name, "Bo Reader")
    assert "sets of your own" in settings.name_says.text()
    old = program.window
    qtbot.keyClick(settings.name, Qt.Key.Key_Return)
    assert program.window is not None
    assert program.window is not old
    assert program.window.desk.workspace.annotator_name == "Bo Reader"
    assert program.window.status.message == "You work as Bo Reader now."
    assert load_settings(tmp_path / "settings.json").annotator == "Bo Reader"


def test_done_accepts_follows_the_box_and_the_menu(program: Program, qtbot: QtBot) -> None:
    settings = settings_of(program, qtbot)
    window = program.window
    assert window is not None
    settings.accepts.click()
    assert not window.desk.settings.done_accepts
    assert not window.actions_["done_accepts"].isChecked()
    window.actions_["done_accepts"].trigger()
    assert settings.accepts.isChecked()


def test_the_data_folder_is_named_and_can_be_opened(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = settings_of(program, qtbot)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    settings.folders[0].click()
    assert opened == [str(tmp_path)]


def test_escape_closes_them_and_the_article_has_the_keyboard_again(program: Program, qtbot: QtBot) -> None:
    settings = settings_of(program, qtbot)
    qtbot.keyClick(settings, Qt.Key.Key_Escape)
    assert not settings.isVisible()


def test_a_broken_settings_file_is_told_in_the_window(qapp: QApplication, tmp_path: Path, database: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "pur')
    program = Program(qapp, Places(tmp_path), suggest=False)
    assert program.open(database)
    window = program.window
    assert window is not None
    assert window.notice.isVisible()
    assert str(tmp_path / "settings.json.bad") in window.notice.sentence.text()
    program._switching = True
    window.close()
    assert json.loads(path.read_text("utf-8"))["theme"] == "system"


def test_settings_that_cannot_be_kept_are_told_once_and_hold(
    qapp: QApplication, tmp_path: Path, database: Path
) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder")
    program = Program(qapp, Places(tmp_path), suggest=False)
    program._places = Places(home)
    assert program.open(database)
    window = program.window
    assert window is not None
    window.desk.set(done_accepts=False)
    assert window.notice.isVisible()
    assert "cannot be kept" in window.notice.sentence.text()
    window.notice.hide()
    window.desk.set(measure=70)
    assert window.notice.isHidden()
    assert window.desk.settings.measure == 70
    program._switching = True
    window.close()


def test_a_database_that_may_only_be_read_says_so_and_offers_export(sit: Callable[..., Seat], database: Path) -> None:
    restore: Callable[[], None] | None = None
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        database, restore = _somebody_elses(database)
    else:
        database.chmod(0o444)
    try:
        seat = sit(database)
        if restore is not None:
            os.seteuid(0)  # how the database is opened is settled
        window = seat.window
        assert window.read_only.isVisible()
        assert "copy the file" in window.read_only.sentence.text()
        assert not window.actions_["accept"].isEnabled()
        assert not window.actions_["import"].isEnabled()
        assert window.actions_["export"].isEnabled()
        seat.text.setFocus()
        seat.press(Qt.Key.Key_Tab, Qt.Key.Key_A)
        assert "Nothing can be changed here" in seat.message
        out = database.parent / "out"
        out.mkdir()
        window.errands.export_to(out / "all.jsonl")
        seat.bot.waitUntil(lambda: not window.errands.busy, timeout=20_000)
        assert len((out / "all.jsonl").read_text("utf-8").splitlines()) == 2
        seat.close()
    finally:
        if restore is not None:
            restore()


def _somebody_elses(database: Path) -> tuple[Path, Callable[[], None]]:
    """Root may write everything, so the test goes on as somebody who may not."""
    "".encode("utf-16-le")  # loaded now: somebody else may not read where Python lies
    folder = Path(tempfile.mkdtemp(prefix="annotator-read-only-"))
    folder.chmod(0o777)
    copy = folder / database.name
    shutil.copy(database, copy)
    copy.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    os.seteuid(65534)

    def restore() -> None:
        os.seteuid(0)
        shutil.rmtree(folder)

    return copy, restore
