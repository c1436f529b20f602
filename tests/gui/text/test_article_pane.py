"""The article pane under a real mouse and keyboard, and what it paints."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from annotator.domain.marks import (
    Decision,
    Mark,
    Origin,
    OriginKind,
    QuotationFields,
    QuotationMark,
    SpanFields,
    SpanMark,
    Stretch,
)
from annotator.domain.scheme import Hue, Label
from annotator.domain.text import snap_to_graphemes
from annotator.gui.text.pane import ArticlePane
from annotator.gui.theme import DARK, LIGHT, apply_theme

LABELS = {
    1: Label(1, "PERSON", "PER", Hue.PEOPLE, True),
    2: Label(2, "ORG", "ORG", Hue.ORGANISATIONS, True),
    3: Label(3, "GPE", "GPE", Hue.PLACES, True),
}
TEXT = (
    "😀 Ferries stop in Corvane\n"
    "The Corvane\u00a0Harbour Board met Tomas Eddow’s crew 👩‍🚀 on a long day of rain and little wind at the "
    "end of the old pier, where nobody had been for a year.\n"
    "“Bread does not wait,” said Eddow. “Nor do we.”\n" + "\n".join(f"Line {number} of many." for number in range(80))
)
LEFT, ALT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def copied(pane: ArticlePane) -> str:
    """What the clipboard holds after copying."""
    pane.copy()
    return QGuiApplication.clipboard().text()


def find(words: str, after: int = 0) -> Stretch:
    start = TEXT.index(words, after)
    return Stretch(start, start + len(words))


def span(number: int, words: str, label: int, how: str = "decided") -> SpanMark:
    key, stretch = UUID(int=number), find(words)
    fields = SpanFields(stretch.start, stretch.end, label)
    origin = Origin(OriginKind.PIPELINE, "<b>model</b>", "1.0", score=0.3 if how == "unsure" else 0.9)
    decided = how in ("decided", "rejected")
    decision = Decision(key, fields, origin, key, fields, rejected=how == "rejected") if decided else None
    return Mark(key, fields, origin, decision)


BOARD = span(1, "The Corvane\u00a0Harbour Board", 2)
CORVANE = Mark(
    UUID(int=2),
    SpanFields(TEXT.index("Corvane\u00a0"), TEXT.index("Corvane\u00a0") + 7, 3),
    BOARD.origin,
    Decision(UUID(int=2), SpanFields(0, 1, 3), BOARD.origin),
)
PERSON = span(3, "Tomas Eddow", 1)
QUOTE: QuotationMark = Mark(
    UUID(int=10),
    QuotationFields(
        (find("“Bread does not wait,”"), find("“Nor do we.”")), (find("said"),), find("Eddow", TEXT.index("said"))
    ),
    Origin(OriginKind.RULE, "verb", score=0.8),
)
SPANS = [BOARD, CORVANE, PERSON]


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_REDUCED_MOTION", "1")


@pytest.fixture
def pane(qtbot) -> Iterator[ArticlePane]:
    apply_theme(QApplication.instance(), LIGHT)
    widget = ArticlePane()
    qtbot.addWidget(widget)
    widget.resize(832, 600)
    widget.show_article(TEXT, title=(0, TEXT.index("\n")), meta="The Courier", figures="1 of 3 decided")
    widget.show_marks(SPANS, [QUOTE], LABELS, {QUOTE.key: "Tomas Eddow"})
    widget.show()
    qtbot.waitExposed(widget)
    widget.setFocus()
    return widget


def middle(pane: ArticlePane, stretch: Stretch) -> QPoint:
    return pane.stretch_rect(stretch).center()


def start_of(pane: ArticlePane, offset: int) -> QPoint:
    rect = pane.stretch_rect(Stretch(offset, offset + 1))
    return QPoint(rect.left() + 3, rect.center().y())


def drag(pane: ArticlePane, stretch: Stretch, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = pane.viewport()
    begin, end = start_of(pane, stretch.start), start_of(pane, stretch.end)
    QTest.mousePress(target, LEFT, modifier, begin)
    QTest.mouseMove(target, (begin + end) / 2)
    for x in (begin.x() + 20, end.x()):
        move(target, QPoint(x, end.y()), modifier)
    QTest.mouseRelease(target, LEFT, modifier, end)


def move(target: QWidget, point: QPoint, modifier: Qt.KeyboardModifier) -> None:
    place = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, QPointF(target.mapToGlobal(point)), Qt.MouseButton.NoButton, LEFT, modifier
    )
    QApplication.sendEvent(target, event)


def image(pane: ArticlePane) -> QImage:
    return pane.viewport().grab().toImage()


def has_colour(picture: QImage, rect, colour: QColor) -> bool:
    return any(
        picture.pixelColor(x, y) == colour
        for x in range(max(0, rect.left()), rect.right())
        for y in range(max(0, rect.top()), rect.bottom())
    )


def test_it_has_a_name_for_screen_readers_and_cannot_be_edited(pane: ArticlePane) -> None:
    assert pane.accessibleName() == "Article text"
    assert pane.isReadOnly()


def test_a_click_on_a_mark_says_which(qtbot, pane: ArticlePane) -> None:
    with qtbot.waitSignal(pane.markPressed) as pressed:
        QTest.mouseClick(pane.viewport(), LEFT, pos=middle(pane, find("Tomas Eddow")))
    assert pressed.args == [PERSON.key, "", 0]


def test_clicking_again_goes_from_the_inner_mark_to_the_outer_and_back(qtbot, pane: ArticlePane) -> None:
    pane.markPressed.connect(lambda key, role, index: pane.select_mark(key, role, index))
    place = middle(pane, Stretch(CORVANE.fields.start, CORVANE.fields.end))
    seen = []
    for _ in range(3):
        QTest.mousePress(pane.viewport(), LEFT, pos=place)
        QTest.mouseRelease(pane.viewport(), LEFT, pos=place)
        seen.append(pane.selected)
    assert seen == [CORVANE.key, BOARD.key, CORVANE.key]


def test_a_click_beside_all_marks_says_so(qtbot, pane: ArticlePane) -> None:
    with qtbot.waitSignal(pane.nothingPressed), qtbot.assertNotEmitted(pane.markPressed):
        QTest.mouseClick(pane.viewport(), LEFT, pos=middle(pane, find("long day")))


@pytest.mark.parametrize(
    ("words", "role", "index"),
    [("Bread does", "content", 0), ("Nor do", "content", 1), ("said", "cue", 0), ("Eddow. ", "speaker", 0)],
)
def test_a_click_in_a_quotation_says_which_of_its_stretches(qtbot, pane, words: str, role: str, index: int) -> None:
    start = TEXT.index(words, TEXT.index("“Bread"))
    with qtbot.waitSignal(pane.markPressed) as pressed:
        QTest.mouseClick(pane.viewport(), LEFT, pos=middle(pane, Stretch(start, start + 4)))
    assert pressed.args == [QUOTE.key, role, index]


@pytest.mark.parametrize("distance", [14, 45])
def test_a_click_on_a_quotations_bar_or_margin_name_selects_it(qtbot, pane: ArticlePane, distance: int) -> None:
    rect = pane.stretch_rect(QUOTE.fields.content[0])
    with qtbot.waitSignal(pane.markPressed) as pressed:
        QTest.mouseClick(pane.viewport(), LEFT, pos=QPoint(rect.left() + 2 - distance, rect.center().y()))
    assert pressed.args == [QUOTE.key, "content", 0]


def test_a_mouse_selection_snaps_to_words_when_it_ends(qtbot, pane: ArticlePane) -> None:
    pane.select_mark(QUOTE.key)
    begin = TEXT.index("omas Eddow’s")
    with (
        qtbot.waitSignal(pane.selectionSettled) as settled,
        qtbot.assertNotEmitted(pane.markPressed),
        qtbot.assertNotEmitted(pane.nothingPressed),
    ):
        drag(pane, Stretch(begin, TEXT.index("ddow’s") + 2))
    assert settled.args == [find("Tomas Eddow")]
    assert pane.selected_stretch() == find("Tomas Eddow")
    assert pane.selected == QUOTE.key


def test_with_alt_a_selection_is_exact(qtbot, pane: ArticlePane) -> None:
    wanted = find("omas Ed")
    with qtbot.waitSignal(pane.selectionSettled) as settled:
        drag(pane, wanted, ALT)
    assert settled.args == [wanted]


def test_a_selection_never_ends_inside_a_grapheme_even_with_alt(qtbot, pane: ArticlePane) -> None:
    pane.select_text(find("crew 👩"))
    pane._settle(find("crew 👩"), exact=True)
    assert pane.selected_stretch() == find("crew 👩‍🚀")


def test_a_double_click_selects_a_word_but_not_on_a_mark(qtbot, pane: ArticlePane) -> None:
    with qtbot.waitSignal(pane.selectionSettled) as settled:
        QTest.mouseDClick(pane.viewport(), LEFT, pos=middle(pane, find("nobody")))
    assert settled.args == [find("nobody")]
    assert pane.selected_stretch() == find("nobody")
    QTest.mouseClick(pane.viewport(), LEFT, pos=middle(pane, find("a year")))
    QTest.mouseDClick(pane.viewport(), LEFT, pos=middle(pane, find("Tomas Eddow")))
    assert pane.selected_stretch() is None


def test_a_click_drops_the_text_selection_and_says_so(qtbot, pane: ArticlePane) -> None:
    pane.select_text(find("nobody"))
    with qtbot.waitSignal(pane.selectionSettled) as settled:
        QTest.mouseClick(pane.viewport(), LEFT, pos=middle(pane, find("nobody")))
    assert settled.args == [None]
    assert pane.selected_stretch() is None


def test_shift_and_arrows_select_by_character_behind_emoji(qtbot, pane: ArticlePane) -> None:
    pane.select_text(Stretch(0, 0))
    QTest.keyClick(pane, Qt.Key.Key_Right, SHIFT)
    assert pane.selected_stretch() == Stretch(0, 1)
    for _ in range(4):
        QTest.keyClick(pane, Qt.Key.Key_Right, SHIFT)
    assert pane.selected_stretch() == Stretch(0, 5)
    assert pane.cursorWidth() > 0


def test_ctrl_shift_and_arrows_select_by_word(qtbot, pane: ArticlePane) -> None:
    begin = find("Tomas").start
    pane.select_text(Stretch(begin, begin))
    with qtbot.waitSignal(pane.selectionSettled) as settled:
        QTest.keyClick(pane, Qt.Key.Key_Right, SHIFT | CTRL)
    assert settled.args == [find("Tomas")]
    QTest.keyClick(pane, Qt.Key.Key_Right, SHIFT | CTRL)
    assert pane.selected_stretch() == find("Tomas Eddow")
    QTest.keyClick(pane, Qt.Key.Key_Left, SHIFT | CTRL)
    assert TEXT[pane.selected_stretch().start : pane.selected_stretch().end].strip() == "Tomas"


def test_the_keyboard_never_stops_inside_a_grapheme(qtbot, pane: ArticlePane) -> None:
    begin = find("👩‍🚀").start
    pane.select_text(Stretch(begin, begin))
    QTest.keyClick(pane, Qt.Key.Key_Right, SHIFT)
    assert pane.selected_stretch() == find("👩‍🚀")
    QTest.keyClick(pane, Qt.Key.Key_Left, SHIFT)
    assert pane.selected_stretch() is None


@pytest.mark.parametrize(
    "keys", ["Tab", "A", "Return", "Delete", "Alt+Right", "Ctrl+Up", "1", "Q", "Esc", ",", "Ctrl+Z"]
)
def test_all_other_keys_are_left_to_the_window(qtbot, keys: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pane = ArticlePane()
    QVBoxLayout(window).addWidget(pane)
    pane.show_article(TEXT, title=None, meta="", figures="")
    shortcut, pressed = QShortcut(QKeySequence(keys), window), []
    shortcut.activated.connect(lambda: pressed.append(keys))
    window.show()
    window.activateWindow()
    pane.setFocus()
    qtbot.waitUntil(pane.hasFocus)
    combination = QKeySequence(keys)[0]
    QTest.keyClick(pane, combination.key(), combination.keyboardModifiers())
    assert pressed == [keys]


@pytest.mark.parametrize("letter", ["ж", "é", "ω", "中"])
def test_letters_of_other_scripts_pass_through(qtbot, pane: ArticlePane, letter: str) -> None:
    before = pane.caret
    event = QKeyEvent(QEvent.Type.KeyPress, ord(letter), Qt.KeyboardModifier.NoModifier, letter)
    QApplication.sendEvent(pane, event)
    assert not event.isAccepted()
    assert pane.caret == before


def test_plain_arrows_move_the_caret_and_end_a_selection(qtbot, pane: ArticlePane) -> None:
    pane.select_text(find("nobody"))
    QTest.keyClick(pane, Qt.Key.Key_Left)
    assert (pane.selected_stretch(), pane.caret) == (None, find("nobody").start)
    QTest.keyClick(pane, Qt.Key.Key_Down, SHIFT)
    assert len(pane.selected_stretch()) > 10


@given(steps=st.lists(st.sampled_from(["Left", "Right", "Up", "Down", "Home", "End"]), max_size=12), ctrl=st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_keys_are_pressed_a_selection_has_whole_characters(pane: ArticlePane, steps: list[str], ctrl) -> None:
    pane.select_text(Stretch(find("crew").start, find("crew").start))
    for step in steps:
        modifier = SHIFT | CTRL if ctrl and step in ("Left", "Right") else SHIFT
        QTest.keyClick(pane, getattr(Qt.Key, f"Key_{step}"), modifier)
        stretch = pane.selected_stretch()
        if stretch is not None:
            assert snap_to_graphemes(TEXT, stretch.start, stretch.end) == (stretch.start, stretch.end)
            chosen = pane.textCursor().selectedText().replace("\u2029", "\n").replace("\u00a0", " ")
            assert chosen == stretch.slice(TEXT).replace("\u00a0", " ")


def test_page_down_scrolls_and_home_goes_back(qtbot, pane: ArticlePane) -> None:
    QTest.keyClick(pane, Qt.Key.Key_PageDown)
    assert pane.verticalScrollBar().value() > 300
    QTest.keyClick(pane, Qt.Key.Key_Home)
    assert pane.verticalScrollBar().value() == 0


def test_copying_gives_the_canonical_text_with_its_hard_spaces(pane: ArticlePane) -> None:
    pane.select_text(find("The Corvane\u00a0Harbour"))
    assert copied(pane) == "The Corvane\u00a0Harbour"


def test_new_marks_leave_text_scroll_and_selection_where_they_are(pane: ArticlePane) -> None:
    pane.verticalScrollBar().setValue(200)
    pane.select_text(find("nobody"))
    before = (pane.stretch_rect(find("year")), pane.verticalScrollBar().value(), pane.selected_stretch())
    pane.show_marks(SPANS[:1], [], LABELS, {})
    pane.select_mark(BOARD.key, reveal=False)
    QApplication.processEvents()
    assert (pane.stretch_rect(find("year")), pane.verticalScrollBar().value(), pane.selected_stretch()) == before


def test_a_mark_that_went_away_is_no_longer_selected(pane: ArticlePane) -> None:
    pane.select_mark(PERSON.key)
    pane.show_marks(SPANS[:1], [], LABELS, {})
    assert pane.selected is None


def test_selecting_a_mark_far_away_brings_it_into_view(pane: ArticlePane) -> None:
    far = find("Line 70 of")
    key = UUID(int=77)
    pane.show_marks([Mark(key, SpanFields(far.start, far.end, 1), PERSON.origin)], [], LABELS, {})
    pane.select_mark(key)
    assert pane.viewport().rect().contains(pane.stretch_rect(far))
    pane.reveal(find("Ferries"))
    assert pane.viewport().rect().contains(pane.stretch_rect(find("Ferries")))


def test_marks_at_an_offset_come_inner_first(pane: ArticlePane) -> None:
    assert pane.mark_keys_at(CORVANE.fields.start) == [CORVANE.key, BOARD.key]
    assert pane.mark_at(find("Bread").start) == QUOTE.key
    assert pane.mark_at(find("nobody").start) is None


def test_zooming_keeps_the_place(pane: ArticlePane) -> None:
    pane.verticalScrollBar().setValue(700)
    place = pane.cursorForPosition(QPoint(300, 0)).blockNumber()
    pane.set_reading_size(24)
    assert pane.reading_size == 24
    assert abs(pane.cursorForPosition(QPoint(300, 0)).blockNumber() - place) <= 1


def test_a_decided_span_is_filled_with_its_tint_and_a_suggested_one_is_hollow(pane: ArticlePane) -> None:
    rect = pane.stretch_rect(find("Tomas Eddow"))
    assert has_colour(image(pane), rect, LIGHT.tint(Hue.PEOPLE))
    pane.show_marks([span(3, "Tomas Eddow", 1, "suggested")], [], LABELS, {})
    picture = image(pane)
    assert not has_colour(picture, rect, LIGHT.tint(Hue.PEOPLE))
    dashed = sum(picture.pixelColor(x, rect.top()) != LIGHT.page for x in range(rect.left() + 4, rect.right() - 4))
    assert 0.4 < dashed / (rect.width() - 8) < 0.9


def test_a_rejected_mark_leaves_no_trace(pane: ArticlePane) -> None:
    pane.show_marks([], [], LABELS, {})
    empty = image(pane)
    pane.show_marks([span(3, "Tomas Eddow", 1, "rejected")], [], LABELS, {})
    assert image(pane) == empty


def test_an_unsure_mark_carries_a_question_mark_that_a_sure_one_lacks(pane: ArticlePane) -> None:
    from annotator.gui.text.geometry import label_text
    from annotator.gui.text.index import SpanItem

    unsure, sure = span(3, "Tomas Eddow", 1, "unsure"), span(3, "Tomas Eddow", 1, "suggested")
    assert label_text(SpanItem(unsure.key, 0, 1, unsure, LABELS[1])) == "PER ?"
    assert label_text(SpanItem(sure.key, 0, 1, sure, LABELS[1])) == "PER"


def test_the_selected_quotation_turns_to_the_accent(pane: ArticlePane) -> None:
    rect = pane.stretch_rect(QUOTE.fields.content[0])
    bar = rect.translated(-14, 0)
    bar.setWidth(3)
    assert has_colour(image(pane), rect, LIGHT.quote_suggested)
    assert has_colour(image(pane), bar, LIGHT.bar)
    pane.select_mark(QUOTE.key)
    assert has_colour(image(pane), rect, LIGHT.accent_tint)
    assert has_colour(image(pane), bar, LIGHT.accent)
    pane.select_mark(None)
    assert has_colour(image(pane), rect, LIGHT.quote_suggested)


def test_names_leave_a_narrow_margin(qtbot, pane: ArticlePane) -> None:
    rect = pane.stretch_rect(QUOTE.fields.content[0])
    picture = image(pane)
    assert any(picture.pixelColor(x, rect.center().y()) != LIGHT.page for x in range(rect.left() - 24))
    pane.resize(700, 600)
    QApplication.processEvents()
    rect = pane.stretch_rect(QUOTE.fields.content[0])
    picture = image(pane)
    for y in range(rect.top(), rect.bottom()):
        assert all(picture.pixelColor(x, y) == LIGHT.page for x in range(rect.left() - 24))


def test_hovering_makes_the_edge_solid_and_gives_a_hand(qtbot, pane: ArticlePane) -> None:
    pane.show_marks([span(3, "Tomas Eddow", 1, "suggested")], [], LABELS, {})
    rect = pane.stretch_rect(find("Tomas Eddow"))
    QTest.mouseMove(pane.viewport(), middle(pane, find("nobody")))
    QTest.mouseMove(pane.viewport(), rect.center())
    qtbot.waitUntil(lambda: pane.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor)
    picture = image(pane)
    ink = LIGHT.ink(Hue.PEOPLE)
    assert all(picture.pixelColor(x, rect.top()) == ink for x in range(rect.left() + 5, rect.right() - 5))


def test_a_theme_change_repaints_ground_and_marks(pane: ArticlePane) -> None:
    pane.set_theme(DARK)
    picture = image(pane)
    assert picture.pixelColor(5, 5) == DARK.page
    assert has_colour(picture, pane.stretch_rect(find("Tomas Eddow")), DARK.tint(Hue.PEOPLE))


def test_the_title_is_set_in_title_type_and_can_be_marked(pane: ArticlePane) -> None:
    title, body = pane.stretch_rect(find("Ferries")), pane.stretch_rect(find("nobody"))
    assert title.height() > 1.2 * body.height()
    pane.show_marks([span(9, "Corvane", 3)], [], LABELS, {})
    assert has_colour(image(pane), pane.stretch_rect(find("Corvane")), LIGHT.tint(Hue.PLACES))


def test_a_context_menu_is_asked_for_the_mark_under_the_pointer(qtbot, pane: ArticlePane) -> None:
    point = middle(pane, find("Tomas Eddow"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, pane.viewport().mapToGlobal(point))
    with qtbot.waitSignal(pane.contextRequested) as asked:
        QApplication.sendEvent(pane.viewport(), event)
    assert asked.args[1] == PERSON.key


def test_the_overview_ticks_open_marks_dark_and_decided_ones_pale(pane: ArticlePane) -> None:
    bar = pane.verticalScrollBar()
    pane.show_marks([span(3, "Tomas Eddow", 1)], [], LABELS, {})
    assert list(bar.rows().values()) == [True]
    pane.show_marks([span(3, "Tomas Eddow", 1, "suggested")], [QUOTE], LABELS, {})
    assert set(bar.rows().values()) == {False}
    row = next(iter(bar.rows()))
    assert bar.grab().toImage().pixelColor(8, row) == LIGHT.edge
    assert bar.width() == 16


def test_ctrl_and_wheel_ask_for_zoom_and_change_nothing(qtbot, pane: ArticlePane) -> None:
    size = pane.document().defaultFont().pixelSize()
    point = QPointF(pane.viewport().rect().center())
    event = QWheelEvent(
        point, point, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
    )
    with qtbot.waitSignal(pane.zoomRequested) as asked:
        QApplication.sendEvent(pane.viewport(), event)
    assert asked.args == [1]
    assert pane.document().defaultFont().pixelSize() == size


def test_a_cue_on_a_line_beyond_the_bar_is_reached_by_a_thin_line(pane: ArticlePane) -> None:
    content, cue = find("Line 1 of"), find("Bread does")
    key = UUID(int=20)
    quotation = Mark(key, QuotationFields((content,), (cue,)), QUOTE.origin)
    pane.show_marks([], [quotation], LABELS, {})
    between = pane.stretch_rect(find("Line 0 of"))
    gutter = between.translated(-22, 0)
    gutter.setWidth(18)
    assert not has_colour(image(pane), gutter, LIGHT.accent)
    pane.select_mark(key, reveal=False)
    picture = image(pane)
    assert sum(picture.pixelColor(x, between.center().y()) != LIGHT.page for x in range(between.left() - 4)) in (1, 2)


def test_twenty_thousand_marks_in_a_long_text_paint_only_what_is_seen(qtbot) -> None:
    text = "\n".join(["Ferry crews walked off the job on Tuesday in Corvane again."] * 17_000)
    pane = ArticlePane()
    qtbot.addWidget(pane)
    pane.resize(832, 600)
    pane.show_article(text, title=None, meta="", figures="")
    marks = [
        Mark(UUID(int=number), SpanFields(number * 50, number * 50 + 9, 1 + number % 3), PERSON.origin)
        for number in range(20_000)
    ]
    pane.show_marks(marks, [], LABELS, {})
    pane.show()
    qtbot.waitExposed(pane)
    pane.viewport().repaint()
    assert len(pane._page._units) < 60
    assert pane.extraSelections() == []


def test_a_text_is_shown_whatever_characters_it_has(qtbot) -> None:
    pane = ArticlePane()
    qtbot.addWidget(pane)
    for text in ("", "\n", "a\x01b\u202ec\ufeff\tّ", "😀" * 50, "x" * 30_000, "\n\n\nא ב ג\n"):
        pane.show_article(text, title=None, meta="m", figures="f")
        pane.show()
        pane.viewport().repaint()
