"""Finding words in the open article, by real keys and clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import at, enter
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from seat import Seat

from annotator.gui.theme import LIGHT
from annotator.gui.widgets.controls import ActionButton
from annotator.services.workspace import open_workspace

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def find(seat: Seat, words: str) -> None:
    """Press Ctrl+F in the text and type."""
    seat.text.setFocus()
    seat.press(Qt.Key.Key_F, modifier=CTRL)
    assert QApplication.focusWidget() is seat.window.page.find.field
    QTest.keyClicks(seat.window.page.find.field, words)


def found_pixels(seat: Seat) -> int:
    """How much of the page has the colour of hits."""
    image = seat.text.viewport().grab().toImage()
    wanted = LIGHT.find.rgb()
    return sum(image.pixel(x, y) == wanted for y in range(0, image.height(), 2) for x in range(0, image.width(), 2))


def test_ctrl_f_marks_all_hits_and_selects_the_first(seat: Seat) -> None:
    assert found_pixels(seat) == 0
    find(seat, "kiel")
    assert seat.window.page.find.count.text() == "1 of 2"
    assert seat.text.selected_stretch() == at(seat.body, "Kiel")
    assert found_pixels(seat) > 20, "the other hit has no ground"


def test_enter_and_f3_go_through_the_hits_and_around(seat: Seat) -> None:
    find(seat, "said")
    first, second = at(seat.body, "said"), at(seat.body, "said", 2)
    assert seat.text.selected_stretch() == first
    seat.press(Qt.Key.Key_Return)
    assert seat.text.selected_stretch() == second
    assert seat.window.page.find.count.text() == "2 of 2"
    seat.press(Qt.Key.Key_F3)
    assert seat.text.selected_stretch() == first
    seat.press(Qt.Key.Key_F3, modifier=SHIFT)
    assert seat.text.selected_stretch() == second
    seat.press(Qt.Key.Key_Return, modifier=SHIFT)
    assert seat.text.selected_stretch() == first


def test_the_arrows_of_the_bar_go_to_the_next_and_previous_hit(seat: Seat) -> None:
    find(seat, "said")
    bar = seat.window.page.find
    seat.bot.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "2 of 2"
    seat.bot.mouseClick(bar.previous, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "1 of 2"


def test_escape_closes_the_bar_and_leaves_the_hit_selected_for_a_label(seat: Seat) -> None:
    find(seat, "cafe")
    assert seat.window.page.find.count.text() == "1 of 1"
    seat.press(Qt.Key.Key_Escape)
    assert not seat.window.page.find.isVisible()
    assert QApplication.focusWidget() is seat.text
    assert found_pixels(seat) == 0
    seat.press(Qt.Key.Key_4)
    assert seat.label(seat.span("Café")) == "LOC"
    seat.saved()
    rows = seat.workspace.store.reading()
    with rows as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM span").scalar_one() == 1


def test_whole_words_and_case_narrow_the_hits(seat: Seat) -> None:
    find(seat, "on")
    bar = seat.window.page.find
    assert bar.count.text() != "1 of 1"
    seat.bot.mouseClick(bar.whole, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "1 of 1"
    assert seat.text.selected_stretch() == at(seat.body, " on ").__class__(
        at(seat.body, " on ").start + 1, at(seat.body, " on ").end - 1
    )
    bar.field.setText("KIEL")
    assert len(bar.hits) == 2
    seat.bot.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "No hits"


def test_selected_words_are_offered_and_straight_marks_find_curly_ones(seat: Seat) -> None:
    seat.select("Berg")
    seat.press(Qt.Key.Key_F, modifier=CTRL)
    bar = seat.window.page.find
    assert bar.field.text() == "Berg"
    assert len(bar.hits) == 2
    bar.field.setText('"later,"')
    assert seat.text.selected_stretch() == at(seat.body, "“Later,”")


def test_another_article_is_searched_for_the_same_words(seat: Seat) -> None:
    find(seat, "anna")
    assert seat.window.page.find.count.text() == "1 of 1"
    seat.press(Qt.Key.Key_Down, modifier=CTRL)
    assert seat.window.page.find.count.text() == "1 hit"
    seat.press(Qt.Key.Key_F3)
    assert seat.text.selected_stretch() == at(seat.body, "Anna")


def test_the_bar_lies_inside_the_page_at_every_width(seat: Seat) -> None:
    find(seat, "x")
    page = seat.window.page
    for width in (960, 1100, 1440):
        seat.window.resize(width, 700)
        QApplication.processEvents()
        bar = page.find.geometry()
        assert page.rect().contains(bar)
        port = page.text.viewport()
        assert bar.right() < page.text.x() + port.x() + port.width()
        assert bar.width() >= page.find.minimumSizeHint().width()


def test_letters_in_the_field_are_words_and_not_gestures(seat: Seat) -> None:
    seat.text.setFocus()
    seat.press(Qt.Key.Key_Tab)
    find(seat, "aqsc1")
    assert seat.window.page.find.field.text() == "aqsc1"
    assert seat.desk.document is not None
    assert seat.desk.document.decided_and_all[0] == 0


def test_copy_takes_the_selected_words_or_the_mark_or_all_as_plain_text(seat: Seat) -> None:
    seat.select("Olaf Stern")
    seat.text.setFocus()
    seat.press(Qt.Key.Key_C, modifier=CTRL)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "Olaf Stern"
    seat.text.clear_selection()
    seat.desk.choose(seat.quotation("“We will not sail,”").key)
    seat.press(Qt.Key.Key_C, modifier=CTRL)
    assert clipboard.text() == "“We will not sail,” … “Not before Friday.”"
    assert clipboard.mimeData().formats() == ["text/plain"] or not clipboard.mimeData().hasHtml()
    seat.window.actions_["copy_text"].trigger()
    assert clipboard.text() == seat.body


@pytest.mark.parametrize(("name", "letters"), [("narrow", 54), ("wide", 82), ("normal", 66)])
def test_the_line_width_is_chosen_in_the_menu_and_kept(seat: Seat, name: str, letters: int) -> None:
    before = seat.text._page.column_width
    seat.window.actions_[f"measure_{name}"].trigger()
    assert seat.desk.settings.measure == letters
    assert seat.window.actions_[f"measure_{name}"].isChecked()
    after = seat.text._page.column_width
    assert (after < before) if name == "narrow" else (after > before) if name == "wide" else after == before


def test_the_wheel_with_ctrl_and_the_keys_zoom(seat: Seat) -> None:
    size = seat.text.reading_size
    seat.text.setFocus()
    seat.press(Qt.Key.Key_Equal, modifier=CTRL)
    assert seat.text.reading_size == size + 1 == seat.desk.settings.reading_size
    seat.press(Qt.Key.Key_0, modifier=CTRL)
    assert seat.text.reading_size == size


@pytest.mark.parametrize("width", [1366, 1400, 1432, 1440])
def test_the_side_panes_give_way_before_the_speakers_names(sit, database: Path, width: int) -> None:
    seat = sit(database)
    seat.window.resize(width, 800)
    QApplication.processEvents()
    assert seat.text._name_gutter() > 0
    left, _, right = seat.window.panes.sizes()
    assert 208 <= left <= 264
    assert 296 <= right <= 344
    if width == 1440:
        assert (left, right) == (264, 344)


def test_the_mark_selected_is_described_for_screen_readers(seat: Seat) -> None:
    seat.text.setFocus()
    seat.press(Qt.Key.Key_Tab)
    assert seat.text.accessibleDescription() == "Kiel, GPE, suggested"
    seat.desk.choose(seat.quotation("“We will not sail,”").key)
    assert seat.text.accessibleDescription().startswith("Quotation of Anna Berg, suggested: “We will not sail,”")
    seat.press(Qt.Key.Key_Escape)
    assert seat.text.accessibleDescription() == ""


def test_an_article_of_very_many_lines_is_shown_only_when_asked_for(sit, tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "long.sqlite3", "Ann")
    enter(workspace, "a\n" * 160_000, "long")
    enter(workspace, "A short one.", "short")
    workspace.close()
    seat = sit(tmp_path / "long.sqlite3")
    banner, text = seat.window.page.too_long, seat.text
    assert banner.isVisible()
    assert "160,000 lines" in banner.sentence.text()
    assert not text.isVisible()
    seat.press(Qt.Key.Key_Down, modifier=CTRL)
    assert text.isVisible()
    assert not banner.isVisible()
    seat.press(Qt.Key.Key_Up, modifier=CTRL)
    assert banner.isVisible()
    button = next(each for each in banner.findChildren(ActionButton) if each.words == "Show it anyway")
    seat.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert text.isVisible()
    assert text.document().blockCount() > 150_000
