"""The right pane's tabs: entities by label and name with a way to each place, notes on the article and its marks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from building import at, enter
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from seat import Seat

from annotator.services.workspace import open_workspace

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Sit = Callable[..., Seat]


def names(seat: Seat) -> dict[str, list[tuple[str, int, int]]]:
    """What the entities' tab shows: label, then (name, decided, all)."""
    model = seat.window.entities.model
    shown = {}
    for number in range(model.rowCount()):
        label = model.index(number, 0)
        rows = [model.index(row, 0, label) for row in range(model.rowCount(label))]
        shown[label.data()] = [(row.data(), *model.counts(row)) for row in rows]
    return shown


def row(seat: Seat, name: str) -> QModelIndex:
    """The row of a name."""
    model = seat.window.entities.model
    for number in range(model.rowCount()):
        label = model.index(number, 0)
        for each in range(model.rowCount(label)):
            index = model.index(each, 0, label)
            if index.data() == name:
                return index
    raise AssertionError(f"there is no row {name}")


def press_row(seat: Seat, name: str) -> None:
    """Click on a name."""
    view = seat.window.entities.list
    index = row(seat, name)
    view.scrollTo(index)
    seat.bot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


def selected(seat: Seat) -> tuple[int, int]:
    """The selected mark's ends."""
    mark = seat.desk.mark
    assert mark is not None
    return mark.fields.start, mark.fields.end


def place(seat: Seat, words: str, nth: int = 1) -> tuple[int, int]:
    """The ends of some words."""
    found = at(seat.body, words, nth)
    return found.start, found.end


def notes_stored(seat: Seat) -> list[str | None]:
    """The notes in the database: of the set, the spans and the quotations."""
    seat.saved()
    with seat.workspace.store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT note FROM annotation_set UNION ALL SELECT note FROM span UNION ALL SELECT note FROM quotation"
        )
        return [note for (note,) in rows if note is not None]


def edits_stored(seat: Seat) -> int:
    """How many edits the database has."""
    seat.saved()
    with seat.workspace.store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM edit").scalar_one())


def test_the_tabs_say_how_many_there_are(seat: Seat) -> None:
    tabs = seat.window.side.tabs
    assert [tabs.tabText(number) for number in range(3)] == ["Quotations 3", "Entities 7", "Notes 0"]
    seat.text.setFocus()
    seat.press(Qt.Key.Key_Tab, Qt.Key.Key_Delete)
    assert tabs.tabText(1) == "Entities 6"


def test_a_click_or_an_arrow_on_the_tabs_changes_the_page(seat: Seat) -> None:
    tabs = seat.window.side.tabs
    seat.bot.mouseClick(tabs, LEFT, pos=tabs.tabRect(1).center())
    assert seat.window.entities.isVisible()
    assert not seat.window.cards.isVisible()
    tabs.setFocus()
    seat.press(Qt.Key.Key_Right)
    assert seat.window.notes.isVisible()


def test_entities_stand_by_label_and_name_with_short_forms_folded(seat: Seat) -> None:
    seat.press(Qt.Key.Key_2, modifier=CTRL)
    assert names(seat) == {
        "PERSON": [("Anna Berg", 0, 2), ("Olaf Stern", 0, 1)],
        "GPE": [("Kiel", 0, 2)],
        "DATE": [("Friday", 0, 1), ("Monday", 0, 1)],
    }
    assert seat.window.entities.summary.text() == "5 names, 7 suggested, 0 decided"


def test_a_click_goes_to_each_place_in_turn(seat: Seat) -> None:
    seat.press(Qt.Key.Key_2, modifier=CTRL)
    press_row(seat, "Kiel")
    assert selected(seat) == place(seat, "Kiel")
    press_row(seat, "Kiel")
    assert selected(seat) == place(seat, "Kiel", 2)
    press_row(seat, "Kiel")
    assert selected(seat) == place(seat, "Kiel")


def test_the_keyboard_goes_through_names_and_places_and_decides(seat: Seat) -> None:
    seat.press(Qt.Key.Key_2, modifier=CTRL)
    view = seat.window.entities.list
    assert QApplication.focusWidget() is view
    view.setCurrentIndex(row(seat, "Anna Berg"))
    seat.press(Qt.Key.Key_Return)
    assert selected(seat) == place(seat, "Anna Berg")
    seat.press(Qt.Key.Key_Return)
    assert selected(seat) == place(seat, "Berg", 2)
    seat.press(Qt.Key.Key_Return, modifier=SHIFT)
    assert selected(seat) == place(seat, "Anna Berg")
    seat.press(Qt.Key.Key_A)
    assert {name: (decided, total) for name, decided, total in names(seat)["PERSON"]}["Anna Berg"] == (1, 2)
    assert QApplication.focusWidget() is view
    seat.saved()
    with seat.workspace.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM span WHERE NOT rejected").scalar_one() == 1


def test_a_label_closes_and_stays_closed_while_marks_change(seat: Seat) -> None:
    seat.press(Qt.Key.Key_2, modifier=CTRL)
    view, model = seat.window.entities.list, seat.window.entities.model
    first = model.index(0, 0)
    view.setCurrentIndex(first)
    seat.press(Qt.Key.Key_Return)
    assert not view.isExpanded(first)
    seat.desk.session.accept([seat.span("Kiel").key])  # type: ignore[union-attr]
    assert not view.isExpanded(model.index(0, 0))
    assert view.isExpanded(model.index(1, 0))


def test_the_mark_selected_in_the_text_is_the_current_row(seat: Seat) -> None:
    seat.press(Qt.Key.Key_2, modifier=CTRL)
    seat.click("Olaf Stern")
    assert seat.window.entities.list.currentIndex().data() == "Olaf Stern"


def test_rows_are_named_for_screen_readers(seat: Seat) -> None:
    seat.press(Qt.Key.Key_2, modifier=CTRL)
    assert row(seat, "Kiel").data(Qt.ItemDataRole.AccessibleTextRole) == "Kiel, 2 places, 0 decided"


def test_the_strips_note_button_opens_the_field_and_leaving_it_saves_one_edit(seat: Seat) -> None:
    seat.bot.mouseClick(seat.window.page.strip.note, LEFT)
    field = seat.window.notes.field
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "Ask the desk, again")
    assert edits_stored(seat) == 0
    seat.text.setFocus()
    assert edits_stored(seat) == 1
    assert notes_stored(seat) == ["Ask the desk, again"]
    assert seat.window.side.tabs.tabText(2) == "Notes 1"
    seat.press(Qt.Key.Key_Z, modifier=CTRL)
    assert notes_stored(seat) == []
    assert field.toPlainText() == ""


def test_escape_puts_the_articles_note_back(seat: Seat) -> None:
    seat.press(Qt.Key.Key_3, modifier=CTRL)
    QTest.keyClicks(seat.window.notes.field, "nonsense")
    seat.press(Qt.Key.Key_Escape)
    assert seat.window.notes.field.toPlainText() == ""
    assert QApplication.focusWidget() is seat.text
    assert edits_stored(seat) == 0


def test_done_and_next_from_within_the_field_keeps_the_note(seat: Seat) -> None:
    seat.press(Qt.Key.Key_3, modifier=CTRL)
    QTest.keyClicks(seat.window.notes.field, "later")
    seat.press(Qt.Key.Key_Return, modifier=CTRL)
    assert seat.desk.document is not None
    assert seat.desk.document.article.uid == "doc-2"
    assert notes_stored(seat) == ["later"]
    assert seat.window.notes.field.toPlainText() == ""


def test_another_article_opened_meanwhile_loses_no_note(seat: Seat) -> None:
    seat.press(Qt.Key.Key_3, modifier=CTRL)
    QTest.keyClicks(seat.window.notes.field, "half a thought")
    assert seat.desk.document is not None
    first = seat.desk.document.id
    seat.desk.session.open(first + 1)
    seat.bot.waitUntil(lambda: notes_stored(seat) == ["half a thought"], timeout=5000)
    seat.desk.session.open(first)
    assert seat.window.notes.field.toPlainText() == "half a thought"


def test_closing_the_window_keeps_what_stands_in_the_field(sit: Sit, database: Path) -> None:
    seat = sit(database)
    seat.press(Qt.Key.Key_3, modifier=CTRL)
    QTest.keyClicks(seat.window.notes.field, "at the door")
    seat.window.close()
    seat.workspace.store.writer.flush()
    assert sit(database).desk.session.note == "at the door"


def test_n_writes_a_note_at_the_mark_and_the_list_goes_to_it(seat: Seat) -> None:
    seat.text.setFocus()
    seat.click("Olaf Stern")
    seat.press(Qt.Key.Key_N)
    popup = seat.window.page.note
    assert popup.isVisible()
    assert QApplication.focusWidget() is popup.field
    QTest.keyClicks(popup.field, "the mayor a1")
    seat.press(Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert QApplication.focusWidget() is seat.text
    assert notes_stored(seat) == ["the mayor a1"]
    assert edits_stored(seat) == 1
    seat.press(Qt.Key.Key_Escape)
    seat.press(Qt.Key.Key_3, modifier=CTRL)
    view = seat.window.notes.list
    assert [note.note for note in seat.window.notes.model.notes] == ["the mayor a1"]
    index = seat.window.notes.model.index(0)
    seat.bot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
    assert selected(seat) == place(seat, "Olaf Stern")


def test_a_note_on_a_mark_is_dropped_by_escape_and_kept_by_a_click_elsewhere(seat: Seat) -> None:
    seat.text.setFocus()
    seat.click("Olaf Stern")
    seat.press(Qt.Key.Key_N)
    popup = seat.window.page.note
    QTest.keyClicks(popup.field, "no")
    seat.press(Qt.Key.Key_Escape)
    assert notes_stored(seat) == []
    seat.press(Qt.Key.Key_N)
    QTest.keyClicks(popup.field, "yes")
    seat.bot.mouseClick(seat.text.viewport(), LEFT, pos=QPoint(300, 40))
    assert not popup.isVisible()
    assert notes_stored(seat) == ["yes"]


def test_the_open_card_shows_the_note_and_a_click_on_it_writes_one(seat: Seat) -> None:
    seat.desk.choose(seat.quotation("“Later,”").key)
    ends = seat.window.cards.open._ends_layout
    line = ends.itemAt(ends.count() - 1).widget()
    assert line.accessibleName() == "Note: press N"
    seat.bot.mouseClick(line, LEFT)
    QTest.keyClicks(seat.window.page.note.field, "who is he")
    seat.press(Qt.Key.Key_Return)
    line = ends.itemAt(ends.count() - 1).widget()
    assert line.accessibleName() == "Note: who is he"


def test_done_is_no_next_step_before_the_article_was_read(sit: Sit, tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "new.sqlite3", "Ann")
    enter(workspace, "Nobody has read this yet.", "new")
    workspace.close()
    seat = sit(tmp_path / "new.sqlite3")
    done = seat.window.page.strip.done
    assert done.words == "Done, next"
    assert not done.primary


def test_done_is_the_next_step_when_nothing_is_left_open(seat: Seat) -> None:
    done = seat.window.page.strip.done
    assert not done.primary
    seat.window.actions_["accept_all"].trigger()
    assert done.words == "Done, next"
    assert done.primary


@pytest.mark.parametrize("width", [960, 1100, 1440])
def test_the_tabs_fit_at_every_width(seat: Seat, width: int) -> None:
    seat.window.resize(width, 700)
    QApplication.processEvents()
    tabs = seat.window.side.tabs
    assert tabs.tabRect(2).right() <= tabs.width()
