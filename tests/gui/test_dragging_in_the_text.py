"""Dragging ends of the selected mark, and a quotation to the name of its speaker, by a real mouse."""

from __future__ import annotations

from building import at
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from seat import Seat

from annotator.domain.marks import Stretch

LEFT, NONE, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


def drag(seat: Seat, start: QPoint, goal: QPoint, modifier: Qt.KeyboardModifier = NONE, *, drop: bool = True) -> None:
    """Press, move in steps, let go."""
    port = seat.text.viewport()
    QTest.mousePress(port, LEFT, modifier, start)
    for step in range(1, 6):
        QTest.mouseMove(port, start + (goal - start) * step / 5)
        QApplication.processEvents()
    if modifier is not NONE:  # QTest's moves carry no modifiers
        seat.text._drag(goal, True)
    if drop:
        QTest.mouseRelease(port, LEFT, modifier, goal)


def middle(seat: Seat, words: str, nth: int = 1) -> QPoint:
    return seat.text.stretch_rect(at(seat.body, words, nth)).center()


def stored_spans(seat: Seat) -> list[tuple[int, int]]:
    seat.saved()
    with seat.workspace.store.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql('SELECT start, "end" FROM span WHERE NOT rejected')]


def test_dragging_the_end_of_a_span_snaps_to_words_with_a_preview(seat: Seat) -> None:
    seat.click("Olaf Stern")
    box = seat.text.stretch_rect(at(seat.body, "Olaf Stern"))
    goal = middle(seat, "talks")
    drag(seat, QPoint(box.right() + 2, box.center().y()), goal, drop=False)
    whole = Stretch(at(seat.body, "Olaf Stern").start, at(seat.body, "talks").end)
    assert [seat.text._to_text(each) for each in seat.text._previews] == [whole]
    assert stored_spans(seat) == []
    QTest.mouseRelease(seat.text.viewport(), LEFT, NONE, goal)
    assert seat.text._previews == []
    assert stored_spans(seat) == [(whole.start, whole.end)]
    assert seat.text.selected_stretch() is None


def test_dragging_the_start_leaves_the_end_alone(seat: Seat) -> None:
    seat.click("Olaf Stern")
    box = seat.text.stretch_rect(at(seat.body, "Olaf Stern"))
    drag(seat, QPoint(box.left(), box.center().y()), middle(seat, "Stern") - QPoint(4, 0))
    stern = at(seat.body, "Stern")
    assert stored_spans(seat) == [(stern.start, stern.end)]


def test_with_alt_the_end_goes_to_the_character(seat: Seat) -> None:
    seat.click("Olaf Stern")
    stretch = at(seat.body, "Olaf Stern")
    box = seat.text.stretch_rect(stretch)
    inside = seat.text.stretch_rect(Stretch(stretch.end - 3, stretch.end)).left() + 2
    drag(seat, QPoint(box.right() + 2, box.center().y()), QPoint(inside, box.center().y()), ALT)
    assert stored_spans(seat) == [(stretch.start, stretch.end - 3)]


def test_an_end_cannot_be_dragged_over_the_other(seat: Seat) -> None:
    seat.click("Olaf Stern")
    stretch = at(seat.body, "Olaf Stern")
    box = seat.text.stretch_rect(stretch)
    drag(seat, QPoint(box.right() + 2, box.center().y()), middle(seat, "The mayor"))
    (kept,) = stored_spans(seat)
    assert kept[0] == stretch.start
    assert kept[1] > kept[0]


def test_an_end_of_a_quotations_second_part_is_dragged(seat: Seat) -> None:
    seat.desk.choose(seat.quotation("“We will not sail,”").key)
    box = seat.text.stretch_rect(at(seat.body, "“Not before Friday.”"))
    drag(seat, QPoint(box.right() + 1, box.center().y()), middle(seat, "leads"))
    mark = seat.desk.mark
    assert mark is not None
    assert [part.slice(seat.body) for part in mark.fields.content] == [  # type: ignore[union-attr]
        "“We will not sail,”",
        "“Not before Friday.” Berg leads",
    ]


def test_a_click_on_a_handle_changes_nothing(seat: Seat) -> None:
    seat.click("Olaf Stern")
    box = seat.text.stretch_rect(at(seat.body, "Olaf Stern"))
    seat.bot.mouseClick(seat.text.viewport(), LEFT, pos=QPoint(box.right() + 1, box.center().y()))
    assert stored_spans(seat) == []


def test_dragging_a_quotations_bar_to_a_name_makes_it_the_speaker(seat: Seat) -> None:
    key = seat.quotation("“Later,”").key
    seat.text.reveal(at(seat.body, "“Later,”"))
    line = seat.text.stretch_rect(at(seat.body, "“Later,”"))
    bar = QPoint(round(seat.text._column_left()) - 15, line.center().y())
    drag(seat, bar, middle(seat, "Olaf Stern"))
    mark = seat.desk.session.quotation(key)
    assert mark.fields.speaker == at(seat.body, "Olaf Stern")
    assert seat.desk.document is not None
    assert seat.desk.document.speaker_name(mark) == "Olaf Stern"
    seat.saved()
    with seat.workspace.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM edit").scalar_one() == 1
