"""Marking by keys and mouse in the real window: what is pressed, what is seen, what the database says."""

from __future__ import annotations

import pytest
from building import at, stored_rows
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from seat import Seat

from annotator.domain.edits import Table
from annotator.domain.marks import QuotationType, SpeakerState, Status, Verdict

Key = Qt.Key
ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def rows(seat: Seat, table: Table) -> list[dict[str, object]]:
    seat.saved()
    assert seat.desk.document is not None
    stored = stored_rows(seat.workspace, [seat.desk.document.id])
    return [dict(row) for (kind, _), row in stored.items() if kind is table]


def test_tab_and_a_accept_marks_one_after_the_other(seat: Seat) -> None:
    first, second = seat.desk.document.in_order()[:2]
    seat.press(Key.Key_Tab)
    assert seat.desk.choice.key == first.key
    seat.press(Key.Key_A)
    assert seat.desk.mark.key == second.key
    seat.press(Key.Key_Return)
    assert [mark.verdict for mark in seat.desk.document.in_order()[:2]] == [Verdict.ACCEPTED] * 2
    assert len(rows(seat, Table.SPAN)) + len(rows(seat, Table.QUOTATION)) == 2
    assert seat.window.status.saved.text() == "Saved"


def test_a_on_a_decided_mark_only_goes_on(seat: Seat) -> None:
    seat.click("Kiel")
    seat.press(Key.Key_A)
    seat.click("Kiel")
    before = seat.desk.choice.key
    seat.press(Key.Key_A)
    assert seat.desk.choice.key not in (before, None)
    assert not seat.desk.mark.decided
    assert len(rows(seat, Table.SPAN)) == 1


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_rejects_the_selected_mark_only_and_goes_on(seat: Seat, key: Qt.Key) -> None:
    count = len(seat.desk.document.in_order())
    seat.click("Monday")
    seat.press(key)
    assert seat.span("Monday") is None
    assert len(seat.desk.document.in_order()) == count - 1
    assert seat.desk.mark is not None
    assert not seat.desk.mark.decided
    assert [row["rejected"] for row in rows(seat, Table.SPAN)] == [True]


def test_a_digit_labels_selected_words_and_relabels_a_selected_span(seat: Seat) -> None:
    seat.select("strike")
    seat.press(Key.Key_7)
    assert seat.label(seat.span("strike")) == "EVENT"
    assert seat.text.selected_stretch() is None
    assert seat.desk.choice.key == seat.span("strike").key
    seat.click("Kiel")
    seat.press(Key.Key_4)
    assert seat.label(seat.span("Kiel")) == "LOC"
    assert seat.span("Kiel").verdict is Verdict.CHANGED
    assert len(rows(seat, Table.SPAN)) == 2


def test_a_digit_with_nothing_selected_says_what_to_do(seat: Seat) -> None:
    seat.press(Key.Key_1)
    assert "Select some words" in seat.message
    assert rows(seat, Table.SPAN) == []


def test_a_selected_stretch_grows_and_shrinks_by_keys(seat: Seat) -> None:
    seat.click("Berg", 2)
    seat.press(Key.Key_Right, modifier=ALT)
    span = seat.desk.mark
    assert span.fields.stretch.slice(seat.body) == "Berg leads"
    seat.press(Key.Key_Left, modifier=ALT)
    seat.press(Key.Key_Comma)
    assert seat.desk.mark.fields.stretch.slice(seat.body) == "Ber"
    seat.press(Key.Key_Period)
    seat.press(Key.Key_Period, modifier=SHIFT)
    assert seat.desk.mark.fields.stretch.slice(seat.body) == "erg"
    seat.press(Key.Key_Less, modifier=SHIFT)
    seat.press(Key.Key_Left, modifier=ALT | SHIFT)
    assert seat.desk.mark.fields.stretch.slice(seat.body).endswith(" Berg")


def test_q_marks_a_quotation_p_adds_a_part_and_the_card_shows_both(seat: Seat) -> None:
    seat.select("Nobody in Kiel believed him.")
    seat.press(Key.Key_Q)
    mark = seat.quotation("Nobody in Kiel believed him.")
    assert seat.desk.choice.key == mark.key
    seat.select("guests")
    assert seat.desk.choice.key == mark.key, "selecting text keeps the quotation selected"
    seat.press(Key.Key_P)
    assert len(seat.desk.mark.fields.content) == 2
    card = seat.window.cards.open
    assert card.isVisible()
    rows_shown = [card._parts_layout.itemAt(i).widget().words for i in range(card._parts_layout.count())]
    assert rows_shown == ["Nobody in Kiel believed him.", "guests"]
    assert len(rows(seat, Table.QUOTATION)) == 1


def test_s_and_c_take_the_selection_or_the_mark_under_the_pointer(seat: Seat) -> None:
    mark = seat.quotation("“Later,”")
    seat.desk.choose(mark.key)
    seat.select("told Café")
    seat.press(Key.Key_C)
    assert [part.slice(seat.body) for part in seat.desk.mark.fields.cue] == ["told Café"]
    QCursor.setPos(seat.text.viewport().mapToGlobal(seat.place_of("Olaf Stern")))
    seat.press(Key.Key_S)
    fields = seat.desk.mark.fields
    assert fields.speaker.slice(seat.body) == "Olaf Stern"
    assert fields.state is SpeakerState.NAMED
    QCursor.setPos(seat.text.viewport().mapToGlobal(QPoint(2, 2)))
    seat.press(Key.Key_S)
    assert "point at a marked name" in seat.message


def test_letters_of_persons_set_the_speaker(seat: Seat) -> None:
    mark = seat.quotation("“Later,”")
    seat.desk.choose(mark.key)
    names = {person.letter: person.name for person in seat.desk.document.persons}
    assert names == {"D": "Anna Berg", "F": "Olaf Stern"}
    seat.press(Key.Key_F)
    assert seat.desk.document.speaker_name(seat.desk.mark) == "Olaf Stern"
    assert seat.window.cards.open.name.text() == "Olaf Stern"
    for key, state in (
        (Key.Key_U, SpeakerState.UNNAMED),
        (Key.Key_W, SpeakerState.AUTHOR),
        (Key.Key_X, SpeakerState.UNKNOWN),
    ):
        seat.press(key)
        assert seat.desk.mark.fields.state is state
        assert seat.window.cards.open.answers[state].isChecked()
    seat.press(Key.Key_K)
    assert "letter K" in seat.message


def test_undo_and_redo_go_to_the_article_and_the_mark(seat: Seat) -> None:
    seat.click("Monday")
    key = seat.desk.choice.key
    seat.press(Key.Key_1)
    seat.saved()
    assert seat.window.actions_["undo"].text().startswith("&Undo label “Monday” PERSON")
    seat.press(Key.Key_Down, modifier=CTRL)
    assert "Oslo" in seat.body
    seat.press(Key.Key_Z, modifier=CTRL)
    assert "Kiel" in seat.body
    assert seat.label(seat.span("Monday")) == "DATE"
    seat.saved()
    seat.press(Key.Key_Z, modifier=CTRL | SHIFT)
    assert seat.label(seat.span("Monday")) == "PERSON"
    assert seat.desk.choice.key == key


def test_escape_drops_the_words_then_the_mark(seat: Seat) -> None:
    seat.click("Monday")
    seat.select("strike")
    seat.press(Key.Key_Escape)
    assert seat.text.selected_stretch() is None
    assert seat.desk.choice.key is not None
    seat.press(Key.Key_Escape)
    assert seat.desk.choice.key is None


def test_ctrl_enter_accepts_what_is_open_and_opens_the_next_article(seat: Seat) -> None:
    left = len(seat.desk.document.open_keys())
    assert seat.window.page.strip.done.words == f"Accept {left}, next"
    assert not seat.window.page.strip.done.primary
    first = seat.desk.document.id
    seat.press(Key.Key_Return, modifier=CTRL)
    assert "Oslo" in seat.body
    seat.saved()
    info = seat.desk.documents.infos([first])[0]
    assert (info.status, info.n_decided, info.n_open) == (Status.DONE, left, 0)
    assert seat.window.articles.count.text() == "1 of 2 done"
    assert seat.window.status.done.text() == "1 of 2 done"


def test_with_the_setting_off_done_leaves_suggestions_open(seat: Seat) -> None:
    seat.window.actions_["done_accepts"].trigger()
    assert seat.window.page.strip.done.words == "Done, next"
    first = seat.desk.document.id
    seat.press(Key.Key_Return, modifier=CTRL)
    seat.saved()
    info = seat.desk.documents.infos([first])[0]
    assert info.status is Status.DONE
    assert info.n_decided == 0
    assert info.n_open > 0


def test_done_is_primary_only_when_nothing_is_open(seat: Seat) -> None:
    seat.window.actions_["accept_all"].trigger()
    assert seat.window.page.strip.done.words == "Done, next"
    assert seat.window.page.strip.done.primary
    assert seat.window.status.left_here.text() == "Nothing left here"


def test_keypad_enter_and_letters_in_a_field_do_nothing_to_marks(seat: Seat) -> None:
    field = seat.window.articles.field
    field.setFocus()
    seat.desk.choose(seat.span("Monday").key)
    for key in (Key.Key_A, Key.Key_1, Key.Key_Q, Key.Key_D, Key.Key_Comma):
        seat.bot.keyClick(field, key)
    assert field.text() == "a1qd,"
    seat.bot.keyClick(field, Key.Key_Backspace)
    assert field.text() == "a1qd"
    assert rows(seat, Table.SPAN) == []


def test_zero_lists_all_labels_at_the_mark_and_the_arrows_choose(seat: Seat) -> None:
    seat.select("strike")
    seat.press(Key.Key_0)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert len([action for action in menu.actions() if action.isVisible()]) == 18
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        seat.bot.keyClick(menu, key)
    assert seat.label(seat.span("strike")) == seat.desk.session.labels[2].name


def test_a_second_label_on_the_same_words_by_the_menu(seat: Seat) -> None:
    seat.click("Kiel")
    org = next(label for label in seat.desk.session.labels if label.name == "ORG")
    seat.window.actions_[f"second.{org.id}"].trigger()
    labels = {seat.label(mark) for mark in seat.desk.document.spans_at(at(seat.body, "Kiel"))}
    assert labels == {"GPE", "ORG"}


def test_the_type_of_speech_is_chosen_in_the_card(seat: Seat) -> None:
    seat.desk.choose(seat.quotation("“Later,”").key)
    segment = seat.window.cards.open.types.segments[2]
    seat.bot.mouseClick(segment, Qt.MouseButton.LeftButton)
    assert seat.desk.mark.fields.type is QuotationType.MIXED


def test_shift_and_arrows_select_text_that_a_digit_labels(seat: Seat) -> None:
    seat.click("Nobody")
    seat.text.setFocus()
    start = at(seat.body, "Nobody").start
    cursor_was = seat.text.caret
    for _ in range(3):
        seat.press(Key.Key_Right, modifier=SHIFT)
    words = seat.text.selected_stretch()
    assert words is not None
    assert len(words) == 3
    assert abs(words.start - start) <= 6, cursor_was
    seat.press(Key.Key_2)
    assert seat.label(seat.desk.mark) == "ORG"
