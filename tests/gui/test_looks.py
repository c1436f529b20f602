"""How the window looks in each theme and size: the focus is seen, nothing is cut, and a change of theme is whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)
from seat import Seat

from annotator.gui.dialogs import AboutSheet, KeySheet, QuestionSheet
from annotator.gui.guide import GuideWindow
from annotator.gui.settings_window import SettingsWindow
from annotator.gui.theme import DARK, LIGHT, Theme, apply_theme, current_theme
from annotator.gui.widgets.focus_ring import FocusRing
from annotator.services.settings import Settings

FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit)


def focusable(window: QWidget) -> Iterator[QWidget]:
    """What the Tab key or the mouse can give the keyboard to, as it is seen now."""
    for widget in window.findChildren(QWidget):
        if (
            widget.window() is window
            and widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not isinstance(widget, QMenuBar)
            and not isinstance(widget.parentWidget(), QAbstractSpinBox)
            and not widget.focusProxy()
            and not widget.visibleRegion().isEmpty()
        ):
            yield widget


def has_colour(picture: QImage, colour: QColor) -> bool:
    wanted = colour.rgb()
    return any(
        picture.pixel(x, y) == wanted
        for y in range(0, picture.height(), max(1, picture.height() // 8))
        for x in range(picture.width())
    )


def focus_is_seen(widget: QWidget, ring: FocusRing) -> bool:
    """Whether the ring is around it, or it is a field with a thick border, or the article's text with its caret."""
    if isinstance(widget, FIELDS):
        return has_colour(widget.grab().toImage(), current_theme().accent)
    if isinstance(widget, QTextEdit):
        return True  # it shows its caret
    return ring.around is widget


def without_a_sign(window: QWidget, ring: FocusRing) -> list[str]:
    missing = []
    for widget in list(focusable(window)):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if widget.hasFocus() and not focus_is_seen(widget, ring):
            missing.append(f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}")
    return missing


def sheets(seat: Seat) -> list[QWidget]:
    window = seat.window
    return [
        SettingsWindow(seat.desk, seat.desk.places, window.errands.reader, window),
        GuideWindow(window),
        KeySheet(window.actions_.specs.values(), window),
        AboutSheet("1.0", "somewhere", window),
        QuestionSheet("Really?", ["It is a question."], ["Yes", "No"], window),
    ]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_focus_can_be_seen_wherever_it_goes(seat: Seat, qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    seat.window.set_theme(theme)
    choices = [("Close", lambda: None)]
    seat.window.page.trouble.tell("Trouble", "Something.", choices, [("Copy the details", lambda: None)])
    mark = seat.quotation("“We will not sail,”")
    seat.desk.choose(mark.key)
    assert len(list(focusable(seat.window))) > 10
    assert without_a_sign(seat.window, seat.window.ring) == []


def test_the_focus_can_be_seen_in_every_sheet(seat: Seat, qapp: QApplication) -> None:
    for sheet in sheets(seat):
        sheet.show()
        sheet.activateWindow()
        seat.bot.waitUntil(sheet.isActiveWindow, timeout=10_000)
        ring = sheet.findChild(FocusRing)
        assert ring is not None
        assert list(focusable(sheet)), sheet.windowTitle()
        assert without_a_sign(sheet, ring) == [], sheet.windowTitle()
        if isinstance(sheet, SettingsWindow):
            sheet.finish()
        sheet.close()


def dressed(widget: QWidget) -> QImage:
    for _ in range(10):
        QApplication.processEvents()
    return widget.grab().toImage()


def test_a_window_switched_to_dark_looks_like_one_that_was_opened_dark(
    sit: Callable[..., Seat], database: Path, tmp_path: Path, qapp: QApplication
) -> None:
    other = tmp_path / "other.sqlite3"
    other.write_bytes(database.read_bytes())
    switched = sit(database)
    switched.desk.choose(switched.quotation("“We will not sail,”").key)
    dressed(switched.window)
    apply_theme(qapp, DARK)
    switched.window.set_theme(DARK)
    opened = sit(other)
    opened.window.set_theme(DARK)
    opened.desk.choose(opened.quotation("“We will not sail,”").key)
    for seat in (switched, opened):
        seat.window.activateWindow()
        seat.text.setFocus()
    first, second = dressed(switched.window), dressed(opened.window)
    assert first.size() == second.size()
    assert differing(first, second) < 60, "some widget keeps colours of the theme before"


def differing(one: QImage, two: QImage) -> int:
    """How many pixels differ; a caret may."""
    return sum(one.pixel(x, y) != two.pixel(x, y) for y in range(one.height()) for x in range(one.width()))


def test_an_open_guide_and_open_settings_change_with_the_theme(seat: Seat, qapp: QApplication) -> None:
    for sheet in sheets(seat):
        sheet.show()
        if isinstance(sheet, GuideWindow):
            sheet.chapters.setCurrentRow(4)  # pictures stay as they are
        dressed(sheet)
        apply_theme(qapp, DARK)
        picture = dressed(sheet)
        pale = sum(
            picture.pixelColor(x, y).lightness() > 240
            for y in range(0, picture.height(), 2)
            for x in range(0, picture.width(), 2)
        )
        ground = picture.pixelColor(picture.width() - 3, picture.height() - 3)
        assert ground.lightness() < 60, sheet.windowTitle()
        assert pale < picture.width() * picture.height() // 4 * 0.05, sheet.windowTitle()
        if isinstance(sheet, SettingsWindow):
            sheet.finish()
        sheet.close()
        apply_theme(qapp, LIGHT)


def cut(window: QWidget) -> list[str]:
    """Buttons and labels with less room than their words need."""
    found = []
    for widget in [*window.findChildren(QPushButton), *window.findChildren(QLabel)]:
        if not widget.isVisible() or (isinstance(widget, QLabel) and (widget.wordWrap() or not widget.text())):
            continue
        if widget.width() < widget.sizeHint().width() - 1:
            found.append(f"{type(widget).__name__} “{widget.text()}” has {widget.width()}")
    for area in window.findChildren(QAbstractScrollArea):
        bar = area.horizontalScrollBar()
        if area.isVisible() and bar is not None and bar.isVisible() and bar.maximum() > 0:
            found.append(f"{type(area).__name__} {area.accessibleName()} scrolls sideways")
    return found


@pytest.mark.parametrize("size", [(1440, 900), (1199, 800), (1100, 700), (960, 600)])
def test_nothing_is_cut_at_any_size_of_the_window(seat: Seat, size: tuple[int, int]) -> None:
    seat.window.resize(*size)
    seat.desk.choose(seat.quotation("“We will not sail,”").key)
    dressed(seat.window)
    assert (seat.window.width(), seat.window.height()) == size
    assert cut(seat.window) == []


FALLBACK = """
import sys
for name in ("font_source_serif_pro", "font_source_sans_pro"):
    sys.modules[name] = None  # as if the packages were not there
sys.path.insert(0, {tests!r}); sys.path.insert(0, {here!r})
from pathlib import Path
from PySide6.QtWidgets import QApplication
import test_looks as looks
from annotator.gui.desk import Desk
from annotator.gui.theme import DARK, LIGHT, apply_theme, load_fonts, reading_faces
from annotator.gui.window import MainWindow
from annotator.services.settings import Settings
from annotator.services.workspace import open_workspace
app = QApplication([])
apply_theme(app, LIGHT)
assert load_fonts() == (), load_fonts()
desk = Desk(open_workspace(Path({database!r}), "Ann"), Settings())
window = MainWindow(desk, lambda: None, None)
window.show()
window.open_first()
for size in ((1440, 900), (1100, 700)):
    window.resize(*size)
    desk.choose(desk.document.quotations[0].key)
    looks.dressed(window)
    assert looks.cut(window) == [], looks.cut(window)
    assert window.width() == size[0]
window.close()
desk.workspace.close()
print("well", reading_faces()[0])
"""


@pytest.mark.parametrize("scale", ["1", "2"])
def test_without_the_font_packages_the_layout_survives(database: Path, scale: str) -> None:
    here = Path(__file__).resolve().parent
    code = FALLBACK.format(tests=str(here.parent), here=str(here), database=str(database))
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_SCALE_FACTOR": scale},
    )
    assert done.stdout.startswith("well"), done.stdout + done.stderr


def test_a_face_that_is_not_there_is_replaced(sit: Callable[..., Seat], database: Path) -> None:
    seat = sit(database, Settings(reading_face="No Such Face", reading_size=20, measure=50))
    assert seat.text.reading_size == 20
    assert seat.text.document().defaultFont().families()[0] != "No Such Face"
