"""The list of articles: several selected, order, filters, removal and undo, the menu of a row, coming back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from building import enter
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from seat import Seat

from annotator.domain.marks import Status
from annotator.gui.export_sheet import Articles, ExportSheet
from annotator.services.library import DocumentFilter, Pending, Sort
from annotator.services.settings import ListLeft, Settings
from annotator.services.workspace import open_workspace

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NAMES = ["Delta", "alpha", "Charlie", "Bravo", "Echo", "Foxtrot"]


@pytest.fixture
def many(database: Path) -> Path:
    """Eight articles: two with suggestions, six with outlets and dates."""
    workspace = open_workspace(database, "Ann")
    for number, name in enumerate(NAMES):
        enter(
            workspace,
            f"{name}\n\n" + f"Text {name}. " * 400,
            f"id-{name}",
            outlet=f"Outlet {9 - number}",
            published=f"2026-11-{20 - number if number % 2 else 10 + number:02}",
        )
    workspace.close()
    return database


@pytest.fixture
def full(sit: Callable[..., Seat], many: Path) -> Seat:
    """At the window with eight articles."""
    return sit(many)


def shown(seat: Seat) -> list[str]:
    model = seat.window.articles.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def spot(seat: Seat, name: str) -> QPoint:
    """The middle of the row of an article."""
    pane = seat.window.articles
    index = pane.model.index(shown(seat).index(name))
    pane.list.scrollTo(index)
    return pane.list.visualRect(index).center()


def click(seat: Seat, name: str, modifier: Qt.KeyboardModifier = NONE) -> None:
    seat.bot.mouseClick(seat.window.articles.list.viewport(), LEFT, modifier, spot(seat, name))


def selected(seat: Seat) -> list[str]:
    infos = seat.desk.documents.infos(seat.window.articles.selected())
    return [info.title for info in infos]


def opened(seat: Seat) -> str:
    assert seat.desk.document is not None
    return seat.desk.document.article.title


def trigger(seat: Seat, id_: str) -> None:
    action = seat.window.actions_[id_]
    assert action.isEnabled(), id_
    action.trigger()
    seat.saved()


def test_ctrl_and_shift_clicks_select_without_opening_and_a_click_opens(full: Seat) -> None:
    before = opened(full)
    click(full, "Delta", CTRL)
    click(full, "Charlie", CTRL)
    assert selected(full)[1:] == ["Delta", "Charlie"]
    assert opened(full) == before
    click(full, "Delta", CTRL)
    assert "Delta" not in selected(full)
    click(full, "Echo", SHIFT)
    assert opened(full) == before
    click(full, "Bravo")
    assert (opened(full), selected(full)) == ("Bravo", ["Bravo"])
    click(full, "Foxtrot", SHIFT)
    assert selected(full) == ["Bravo", "Echo", "Foxtrot"]


def test_shift_and_arrows_and_ctrl_a_select_and_the_open_article_stays(full: Seat) -> None:
    before = opened(full)
    full.window.articles.list.setFocus()
    full.press(Key.Key_Down)
    full.press(Key.Key_Down, Key.Key_Down, modifier=SHIFT)
    assert len(selected(full)) == 3
    full.press(Key.Key_A, modifier=CTRL)
    assert len(selected(full)) == 8
    assert opened(full) == before
    assert full.window.articles.list.rows.open_document == full.desk.document.id


def test_ctrl_a_selects_also_what_was_not_loaded_yet(sit: Callable[..., Seat], database: Path) -> None:
    workspace = open_workspace(database, "Ann")
    for number in range(450):
        enter(workspace, f"Text {number}.", f"n-{number}")
    workspace.close()
    seat = sit(database)
    seat.window.articles.list.setFocus()
    assert seat.window.articles.model.rowCount() < 452
    seat.press(Key.Key_A, modifier=CTRL)
    assert len(seat.window.articles.selected()) == 452


def test_the_status_of_several_is_set_in_one_edit_that_one_undo_takes_back(full: Seat) -> None:
    click(full, "Delta")
    click(full, "Charlie", SHIFT)
    trigger(full, "chosen_done")
    counts = full.desk.counts
    assert (counts.done, counts.new) == (3, 5)
    assert full.message == "3 articles set to done."
    assert full.window.status.act.isVisible()
    full.bot.mouseClick(full.window.status.act, LEFT)
    full.saved()
    assert full.desk.counts.done == 0
    assert not full.window.status.act.isVisible()


def test_several_are_flagged_and_the_list_shows_flagged_ones_only(full: Seat) -> None:
    click(full, "alpha")
    click(full, "Echo", CTRL)
    trigger(full, "chosen_flag")
    trigger(full, "only_flagged")
    assert shown(full) == ["alpha", "Echo"]
    pane = full.window.articles
    assert pane.narrowed.text() == "Flagged"
    assert full.window.actions_["only_flagged"].isChecked()
    full.bot.mouseClick(pane.widen, LEFT)
    assert len(shown(full)) == 8
    assert not full.window.actions_["only_flagged"].isChecked()


def test_only_skipped_articles_can_be_shown_and_narrowed_by_words(full: Seat) -> None:
    documents = {info.title: info.id for info in full.desk.documents.page(full.desk.wanted)}
    first, second = sorted(documents)[:2]
    full.desk.session.set_status_of([documents[first], documents[second]], Status.SKIPPED)
    full.saved()
    trigger(full, "only_skipped")
    assert sorted(shown(full)) == sorted([first, second])
    pane = full.window.articles
    assert pane.narrowed.text() == "Skipped"
    full.bot.keyClicks(pane.field, first)
    full.bot.waitUntil(lambda: shown(full) == [first])
    full.bot.mouseClick(pane.widen, LEFT)
    assert full.desk.wanted.status is None
    assert not full.window.actions_["only_skipped"].isChecked()


def test_only_articles_with_open_suggestions_can_be_shown(full: Seat) -> None:
    trigger(full, "only_open")
    assert len(shown(full)) == 2
    full.window.articles.field.setFocus()
    full.bot.keyClicks(full.window.articles.field, "zzz")
    full.bot.waitUntil(full.window.articles.no_hit.isVisible)
    full.bot.mouseClick(full.window.articles.clear, LEFT)
    assert len(shown(full)) == 8


@pytest.mark.parametrize(
    ("act", "first"),
    [
        ("sort_title", ["alpha", "Bravo", "Charlie", "Delta", "Echo"]),
        ("sort_import", ["Delta", "alpha", "Charlie", "Bravo", "Echo", "Foxtrot"]),
        ("sort_outlet", ["Foxtrot", "Echo", "Bravo", "Charlie", "alpha", "Delta"]),
        ("sort_date", ["Delta", "Charlie", "Echo", "Foxtrot", "Bravo", "alpha"]),
    ],
)
def test_the_list_is_ordered_by_what_is_chosen_and_the_other_way_round(full: Seat, act: str, first: list[str]) -> None:
    trigger(full, act)
    names = [name for name in shown(full) if name in first]
    assert names == first
    assert full.window.actions_[act].isChecked()
    assert full.desk.settings.article_list.sort == full.desk.wanted.sort.value
    trigger(full, "sort_reversed")
    assert [name for name in shown(full) if name in first] == first[::-1]
    assert full.window.actions_["sort_reversed"].isChecked()


def test_the_order_button_opens_the_menu_by_mouse_and_keyboard(full: Seat) -> None:
    pane = full.window.articles
    full.bot.mouseClick(pane.order, LEFT)
    menu = pane.order_menu
    assert menu.isVisible()
    full.bot.keyClick(menu, Key.Key_Down)
    full.bot.keyClick(menu, Key.Key_Down)
    full.bot.keyClick(menu, Key.Key_Return)
    assert full.desk.wanted.sort is Sort.TITLE
    assert "title" in pane.order.accessibleName()


def test_by_status_done_ones_stand_last_and_ctrl_down_follows_the_order(full: Seat) -> None:
    click(full, "Delta")
    trigger(full, "chosen_done")
    trigger(full, "sort_status")
    assert shown(full)[-1] == "Delta"
    trigger(full, "sort_title")
    click(full, "alpha")
    full.press(Key.Key_Down, modifier=CTRL)
    assert opened(full) == "Bravo"


def test_removed_articles_are_gone_at_once_and_undo_brings_them_back(full: Seat) -> None:
    click(full, "Charlie")
    click(full, "Bravo", CTRL)
    click(full, "alpha", CTRL)
    full.window.articles.list.setFocus()
    full.press(Key.Key_Delete)
    full.saved()
    assert full.message == "Removed 3 articles."
    assert not {"Charlie", "Bravo", "alpha"} & set(shown(full))
    assert opened(full) == "Echo"
    assert full.window.page.strip.place.text() == "4 of 5"
    assert full.desk.counts.total == 5
    full.text.setFocus()
    full.press(Key.Key_Z, modifier=CTRL)
    full.saved()
    assert shown(full)[2:] == NAMES
    assert full.desk.counts.total == 8


def test_when_all_are_removed_the_first_page_comes_and_undo_still_works(full: Seat) -> None:
    full.window.articles.list.setFocus()
    full.press(Key.Key_A, modifier=CTRL)
    full.press(Key.Key_Delete)
    full.saved()
    assert full.window.empty.isVisible()
    assert full.desk.document is None
    trigger(full, "undo")
    assert not full.window.empty.isVisible()
    assert len(shown(full)) == 8


def test_delete_in_the_text_never_removes_an_article(full: Seat) -> None:
    click(full, "Delta")
    full.text.setFocus()
    full.press(Key.Key_Delete)
    full.saved()
    assert len(shown(full)) == 8


def test_a_row_has_a_menu_by_the_right_button_and_by_the_menu_key(full: Seat) -> None:
    pane = full.window.articles
    place = spot(full, "Charlie")
    full.bot.mouseClick(pane.list.viewport(), Qt.MouseButton.RightButton, NONE, place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, pane.list.viewport().mapToGlobal(place))
    QApplication.sendEvent(pane.list.viewport(), event)
    menu = full.window.chosen_menu
    assert menu.isVisible()
    assert selected(full) == ["Charlie"]
    ids = [action.objectName() for action in menu.actions() if action.objectName()]
    assert ids[-1] == "chosen_remove"
    assert all(action.isEnabled() for action in menu.actions())
    menu.close()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(pane.list, event)
    assert menu.isVisible()
    menu.close()


def test_the_menu_acts_on_all_that_are_selected(full: Seat) -> None:
    click(full, "Delta")
    click(full, "Charlie", SHIFT)
    place = spot(full, "alpha")
    full.bot.mouseClick(full.window.articles.list.viewport(), Qt.MouseButton.RightButton, NONE, place)
    assert len(selected(full)) == 3


def test_the_selection_survives_a_list_that_is_read_again(full: Seat) -> None:
    trigger(full, "sort_title")
    click(full, "Bravo")
    click(full, "Delta", SHIFT)
    enter(full.workspace, "Beta\n\nCame in meanwhile.")
    full.desk.session.documents_came()
    assert "Beta" in shown(full)
    assert sorted(selected(full)) == ["Bravo", "Charlie", "Delta"]


# -- export


def export_sheet(seat: Seat) -> ExportSheet:
    sheet = seat.window.errands.sheet
    assert isinstance(sheet, ExportSheet)
    return sheet


def exported(seat: Seat, path: Path) -> list[dict[str, object]]:
    seat.bot.waitUntil(lambda: not seat.window.errands.busy, timeout=20_000)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_the_selected_articles_are_exported_from_their_menu(full: Seat, tmp_path: Path) -> None:
    click(full, "Echo")
    click(full, "alpha", CTRL)
    trigger(full, "chosen_export")
    sheet = export_sheet(full)
    assert sheet.articles.value is Articles.SELECTED
    path = tmp_path / "two.jsonl"
    sheet.file.setText(str(path))
    full.bot.mouseClick(sheet.export, LEFT)
    assert [line["id"] for line in exported(full, path)] == ["id-alpha", "id-Echo"]
    assert str(path) in full.message


def test_the_filtered_articles_are_exported_and_other_choices_count(full: Seat, tmp_path: Path) -> None:
    click(full, "Echo")
    trigger(full, "chosen_done")
    full.bot.keyClicks(full.window.articles.field, "outlet")
    full.bot.waitUntil(lambda: len(shown(full)) == 6)
    full.text.setFocus()
    full.press(Key.Key_E, modifier=CTRL)
    sheet = export_sheet(full)
    segments = {segment.words: segment for segment in sheet.articles.segments}
    assert {name: segment.count for name, segment in segments.items()} == {"All": 8, "Filtered": 6}
    full.bot.mouseClick(segments["Filtered"], LEFT)
    sheet.status.setFocus()
    full.bot.keyClick(sheet.status, Key.Key_D)
    assert sheet.wish.status is Status.DONE
    full.bot.keyClick(sheet.pending, Key.Key_Down)
    assert sheet.wish.pending is Pending.INCLUDE
    full.bot.keyClick(sheet.annotator, Key.Key_Down)
    assert sheet.wish.mine
    path = tmp_path / "done.jsonl"
    sheet.file.setText(str(path))
    full.bot.keyClick(sheet.file, Key.Key_Return)
    (line,) = exported(full, path)
    assert (line["id"], line["annotator"]) == ("id-Echo", "Ann")


def test_what_is_in_the_way_of_a_file_is_told_before(full: Seat, tmp_path: Path) -> None:
    full.press(Key.Key_E, modifier=CTRL)
    sheet = export_sheet(full)
    old = tmp_path / "old.jsonl"
    old.write_text("old", "utf-8")
    for name, note, enabled in (
        (str(tmp_path), "There is a folder of that name. Choose another one.", False),
        (str(tmp_path / "no" / "x.jsonl"), "The folder does not exist. Create it or choose another one.", False),
        ("  ", "Name a file.", False),
        (str(old), "There is a file of that name; it will be replaced.", True),
    ):
        sheet.file.setText(name)
        assert (sheet.note.text(), sheet.export.isEnabled()) == (note, enabled)
    assert sheet.export.words == "Replace"
    full.bot.keyClick(sheet, Key.Key_Escape)
    assert old.read_text("utf-8") == "old"


def test_a_cancelled_export_says_that_the_old_file_is_as_it_was(sit: Callable[..., Seat], database: Path) -> None:
    workspace = open_workspace(database, "Ann")
    for number in range(1500):
        enter(workspace, f"Text {number}. " * 50, f"n-{number}")
    workspace.close()
    seat = sit(database)
    out = database.parent / "old.jsonl"
    out.write_text("old", "utf-8")
    work = seat.window.page.work
    seat.window.errands.progressed.connect(
        lambda what, at, total: seat.bot.mouseClick(work.cancel, LEFT) if at == 3 else None
    )
    seat.window.errands.export_to(out)
    seat.bot.waitUntil(lambda: not seat.window.errands.busy, timeout=20_000)
    assert seat.message == "The export was cancelled. No file was written; an older one is as it was."
    assert out.read_text("utf-8") == "old"
    assert not list(out.parent.glob(".annotator-*"))
    assert not work.isVisible()


# -- coming back


def test_order_filter_and_scroll_positions_come_back(sit: Callable[..., Seat], many: Path) -> None:
    seat = sit(many)
    seat.window.resize(1100, 700)
    trigger(seat, "sort_title")
    trigger(seat, "sort_reversed")
    click(seat, "Echo")
    seat.text.verticalScrollBar().setValue(900)
    seen = seat.window._first_seen()
    assert seen > 0
    pane = seat.window.articles
    bar = pane.list.verticalScrollBar()
    bar.setValue(60)
    scrolled, order = bar.value(), shown(seat)
    assert scrolled > 0
    seat.window.close()
    again = sit(many, seat.desk.settings)
    assert shown(again) == order
    assert opened(again) == "Echo"
    assert again.window.articles.list.verticalScrollBar().value() == scrolled
    assert abs(again.window._first_seen() - seen) < 100
    assert again.window.actions_["sort_reversed"].isChecked()


def test_words_and_status_of_the_filter_come_back(sit: Callable[..., Seat], many: Path) -> None:
    left = ListLeft(words="outlet", status=Status.NEW, sort="nonsense")
    seat = sit(many, Settings(article_list=left))
    assert seat.window.articles.field.text() == "outlet"
    assert seat.window.articles.segments.value is Status.NEW
    assert len(shown(seat)) == 6
    assert seat.desk.wanted == DocumentFilter("outlet", Status.NEW)


def test_a_window_whose_monitor_is_gone_comes_back_on_the_one_that_is_there(
    sit: Callable[..., Seat], database: Path
) -> None:
    first = sit(database)
    first.window.setGeometry(QRect(9000, 7000, 1200, 800))
    first.window.close()
    again = sit(database, first.desk.settings)
    room = QApplication.primaryScreen().availableGeometry()
    head = QRect(again.window.pos(), again.window.size()).adjusted(0, 0, 0, 40 - again.window.height())
    seen = head.intersected(room)
    assert seen.width() >= 120
    assert seen.height() >= 20


def test_going_on_by_ctrl_and_arrow_selects_the_opened_article_alone(full: Seat) -> None:
    pane = full.window.articles
    full.text.setFocus()
    full.press(Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ControlModifier)
    assert full.desk.document is not None
    assert pane.selected() == [full.desk.document.id]
    full.press(Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ControlModifier)
    assert pane.selected() == [full.desk.document.id]
