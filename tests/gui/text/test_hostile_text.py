"""Text that other tools trip over: the pane shows it, marks lie exactly on their words, and copies are exact."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.finding import find_all
from annotator.domain.marks import Origin, OriginKind, QuotationFields, QuotationMark, SpanFields, SpanMark, Stretch
from annotator.domain.scheme import Hue, Label
from annotator.domain.text import canonicalise, snap_to_words, word_borders
from annotator.gui.text.pane import ArticlePane
from annotator.gui.text.positions import display_text, hard_to_show, utf16_length
from annotator.gui.theme import LIGHT, apply_theme

LABELS = {1: Label(1, "PERSON", "PER", Hue.PEOPLE, True), 2: Label(2, "ORG", "ORG", Hue.ORGANISATIONS, True)}
ORIGIN = Origin(OriginKind.PIPELINE, "md", "1")
LEFT = Qt.MouseButton.LeftButton


def copied(pane: ArticlePane) -> str:
    """What the clipboard holds after copying."""
    pane.copy()
    return QGuiApplication.clipboard().text()


def span(number: int, start: int, end: int, label: int = 1) -> SpanMark:
    return SpanMark(UUID(int=number), SpanFields(start, end, label), ORIGIN)


@pytest.fixture
def pane(qapp: QApplication) -> Iterator[ArticlePane]:
    apply_theme(qapp, LIGHT)
    pane = ArticlePane()
    pane.resize(830, 700)
    pane.show()
    yield pane
    pane.close()
    pane.deleteLater()
    qapp.processEvents()


def show(pane: ArticlePane, text: str, *marks: SpanMark, quotations: tuple[QuotationMark, ...] = ()) -> None:
    pane.show_article(text, title=None, meta="", figures="")
    pane.show_marks(marks, quotations, LABELS, {mark.key: "" for mark in quotations})
    QApplication.processEvents()


def ink(pane: ArticlePane, stretch: Stretch) -> tuple[int, int]:
    """The left and right edge of words as Qt has them, whatever our own painting says."""
    document, edges = pane.document(), []
    for offset in (stretch.start, stretch.end):
        units = utf16_length(pane._text[:offset])
        block = document.findBlock(units)
        line = block.layout().lineForTextPosition(units - block.position())
        edges.append(line.cursorToX(units - block.position())[0])
    left = document.rootFrame().frameFormat().leftMargin()
    return round(left + min(edges)), round(left + max(edges))


HOSTILE = {
    "an emoji": "🚢 Anna Berg spoke",
    "a family joined by ZWJ": "👨‍👩‍👧‍👦 and 👩🏽‍🚀, Anna Berg spoke",
    "flags": "🇳🇴🇩🇪🇰🇿 Anna Berg spoke",
    "skin tones": "👍🏿👍🏻 Anna Berg spoke",
    "decomposed accents": "Ame\u0301lie me\u0301t Anna Berg là",
    "zero-width characters": "A\u200bb\u200d c\u2060d\ufeff Anna Berg spoke",
    "a soft hyphen": "Minis\u00adter Anna Berg spoke",
    "no-break and thin spaces": "«\u00a0Non\u202f», dit\u2009Anna Berg.",
    "letters from mathematics": "𝔄𝔫𝔫𝔞 𝐱 Anna Berg spoke",
    "noncharacters": "a\ufdd0b\ufdd1c Anna Berg spoke",
    "controls": "a\x01b\x1bc Anna Berg spoke",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_mark_lies_exactly_over_its_words_and_a_copy_is_exact(pane: ArticlePane, text: str) -> None:
    start = text.index("Anna Berg")
    stretch = Stretch(start, start + 9)
    show(pane, text, span(1, *((stretch.start, stretch.end))))
    assert pane.document().blockCount() == 1, "Qt has broken the line"
    box = pane.stretch_rect(stretch)
    left, right = ink(pane, stretch)
    assert abs(box.left() + 2 - left) <= 1
    assert abs(box.right() - right) <= 2
    pressed: list[UUID] = []
    pane.markPressed.connect(lambda key, *_: pressed.append(key))
    QTest.mouseClick(pane.viewport(), LEFT, pos=box.center())
    assert pressed == [UUID(int=1)]
    QTest.mouseClick(pane.viewport(), LEFT, pos=QPoint(left - 12, box.center().y()))
    assert len(pressed) == 1, "the mark is hit beside its words"
    pane.select_text(Stretch(0, len(text)))
    assert copied(pane) == text


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("Ame\u0301lie came", "Am\u00e9lie"),
        ("Am\u00e9lie came", "Ame\u0301lie"),
        ("Am\u00e9lie came", "Amelie"),
        ("Ber\u200bg came", "Berg"),
        ("Minis\u00adter came", "Minister"),
        ("«\u00a0Non\u00a0»", "« Non »"),
    ],
)
def test_finding_sees_through_accents_and_invisible_characters_and_selects_whole(
    pane: ArticlePane, text: str, sought: str
) -> None:
    show(pane, text)
    hits = find_all(text, sought)
    assert len(hits) == 1
    pane.show_found(hits)
    pane.select_text(hits[0])
    taken = copied(pane)
    assert taken in text
    assert taken.split() == [each for each in text.split() if each != "came"]


def test_a_selection_never_parts_a_family_or_an_accent_from_its_letter(pane: ArticlePane) -> None:
    text = "Ame\u0301lie 👨‍👩‍👧 x"
    show(pane, text)
    family = text.index("👨")
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            low, high = snap_to_words(text, start, end)
            for offset in (low, high):
                assert not family < offset < family + 5
                assert offset != text.index("\u0301")


def test_right_to_left_text_is_marked_by_logical_offsets(pane: ArticlePane) -> None:
    text = "אמר דוד כהן אתמול בתל אביב"
    start = text.index("דוד כהן")
    stretch = Stretch(start, start + 7)
    show(pane, text, span(1, stretch.start, stretch.end))
    left, right = ink(pane, stretch)
    box = pane.stretch_rect(stretch)
    assert abs(box.left() + 2 - left) <= 1
    assert abs(box.right() - right) <= 2
    before = ink(pane, Stretch(0, 3))
    assert before[0] >= right, "the word before stands at the right"
    pressed: list[UUID] = []
    pane.markPressed.connect(lambda key, *_: pressed.append(key))
    QTest.mouseClick(pane.viewport(), LEFT, pos=box.center())
    assert pressed == [UUID(int=1)]


def test_a_direction_override_shows_as_a_marker_and_turns_nothing(pane: ArticlePane) -> None:
    text = "The \u202egreB annA\u202c came"
    show(pane, text)
    shown = pane.document().toPlainText()
    assert shown == "The ◌greB annA◌ came"
    assert ink(pane, Stretch(5, 6))[0] < ink(pane, Stretch(12, 13))[0]
    pane.select_text(Stretch(0, len(text)))
    assert copied(pane) == text


def test_noncharacters_are_replaced_on_the_way_in_and_reported() -> None:
    read = canonicalise("a\ufdd0b\x00c")
    assert read.text == "a\ufffdb\u2400c"
    assert read.changes


def geometry_size(pane: ArticlePane) -> int:
    """How many boxes are kept for painting."""
    return sum(len(unit.boxes) for unit in pane._page._units.values())


def test_of_a_hundred_thousand_marks_only_those_in_sight_are_measured(pane: ArticlePane) -> None:
    line = "word " * 100 + "\n"
    text = line * 1_000
    marks = [span(number, number * 5 + number // 100, number * 5 + number // 100 + 4) for number in range(100_000)]
    show(pane, text, *marks)
    pane.viewport().repaint()
    assert 0 < geometry_size(pane) < 2_000
    pane.verticalScrollBar().setValue(pane.verticalScrollBar().maximum() // 2)
    pane.viewport().repaint()
    assert geometry_size(pane) < 4_000
    changed = span(50, 50 * 5, 50 * 5 + 4, 2)
    pane.change_marks({changed.key: changed}, {})
    assert pane._page.index.get(changed.key).label.name == "ORG"  # type: ignore[union-attr]
    assert len(pane._page.index.spans.items) == 100_000


def test_fifty_nested_marks_can_each_be_reached_by_clicking_again(pane: ArticlePane) -> None:
    text = "x" * 50 + " core " + "y" * 50 + " end"
    marks = [span(number, 50 - number, 56 + number) for number in range(50)]
    show(pane, text, *marks)
    pressed: list[UUID] = []

    def take(key: UUID, role: str, index: int) -> None:
        pressed.append(key)
        pane.select_mark(key, role, index, reveal=False)

    pane.markPressed.connect(take)
    place = pane.stretch_rect(Stretch(51, 55)).center()
    for _ in range(50):
        QTest.mouseClick(pane.viewport(), LEFT, pos=place)
        QTest.qWait(0)
    assert len(set(pressed)) == 50
    tallest = max(box.rect.height() for unit in pane._page._units.values() for box in unit.boxes)
    flattest = min(box.rect.height() for unit in pane._page._units.values() for box in unit.boxes)
    assert tallest - flattest == 2 * 2 * 3, "a box grows by three levels at most"


def test_two_labels_on_one_stretch_and_crossing_marks_are_all_drawn_and_reached(pane: ArticlePane) -> None:
    text = "the Sorrel Islands Council elections began"
    marks = [span(1, 4, 26), span(2, 4, 26, 2), span(3, 11, 36)]
    show(pane, text, *marks)
    boxes = {box.item.key: box for unit in pane._page._units.values() for box in unit.boxes}
    assert boxes.keys() == {mark.key for mark in marks}
    assert boxes[UUID(int=3)].crossing
    assert len({label.text for unit in pane._page._units.values() for label in unit.labels}) == 2
    assert set(pane.mark_keys_at(15)) == {mark.key for mark in marks}


def test_a_quotation_over_paragraphs_has_one_bar_through_the_gaps(pane: ArticlePane) -> None:
    text = "“One goes on\nand two goes on\nand three ends”\n" + "rest " * 30
    fields = QuotationFields((Stretch(0, text.index("”") + 1),))
    show(pane, text, quotations=(QuotationMark(UUID(int=9), fields, ORIGIN),))
    units = sorted(pane._page._units.items())
    with_bars = [key[0] for key, unit in units if any(not bar.joint for bar in unit.bars)]
    assert with_bars == [0, 1, 2]
    joints = [key[0] for key, unit in units if any(bar.joint for bar in unit.bars)]
    assert {0, 1} <= set(joints), "the gaps between its paragraphs are bridged"


def test_ten_megabytes_in_one_line_are_laid_out_in_pieces_and_painted_by_sight(pane: ArticlePane, qtbot: QtBot) -> None:
    text = ("Anna Berg said a word. " * (10_000_000 // 23 + 1))[:10_000_000]
    place = text.index("Berg", 5_000_000)
    show(pane, text, span(1, place, place + 4))
    document = pane.document()
    assert document.characterCount() - 1 == len(text)
    assert document.blockCount() > 1_000, "Qt would lay out all of it for each painting"
    pane.reveal(Stretch(place, place + 4))
    seen = pane.viewport().rect()
    qtbot.waitUntil(lambda: seen.contains(pane.stretch_rect(Stretch(place, place + 4))), timeout=10_000)
    assert len(pane._page._units) < 60
    pressed: list[UUID] = []
    pane.markPressed.connect(lambda key, *_: pressed.append(key))
    QTest.mouseClick(pane.viewport(), LEFT, pos=pane.stretch_rect(Stretch(place, place + 4)).center())
    assert pressed == [UUID(int=1)]
    broken = document.findBlockByNumber(1).position()
    pane.select_text(Stretch(broken - 20, broken + 20))
    assert copied(pane) == text[broken - 20 : broken + 20]
    assert "\n" not in text[broken - 20 : broken + 20]


def test_an_endless_line_is_broken_at_blanks_only_and_never_before_an_accent() -> None:
    text = ("a" * 50 + " \u0301b ") * 1_000
    shown = display_text(text)
    assert len(shown) == len(text)
    assert all(text[n] == " " and text[n + 1] != "\u0301" for n, character in enumerate(shown) if character == "\n")
    assert shown.count("\n") > 5
    assert display_text("x" * 50_000) == "x" * 50_000


def test_words_in_an_endless_line_end_where_they_end_in_a_short_one() -> None:
    words = "Amélie’s crew 👨‍👩‍👧 met U.N. envoys, e.g. Mr. O'Neil; 3.5 million came "
    text = words * 2_000
    middle = len(words) * 1_000
    short = {border + middle for border in word_borders(words * 3, len(words), len(words))}
    found = set(word_borders(text, middle + len(words), middle + len(words)))
    inside = {border for border in short if middle < border < middle + 2 * len(words)}
    assert inside == {border for border in found if middle < border < middle + 2 * len(words)}
    assert len(found) < 20_000, "the whole line was looked at"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\n" * 200_000, "It has 200,000 lines."),
        ("x" * 150_000, "It has 150,000 characters in a row without a blank."),
        ("words and words " * 700_000, None),
        ("A line.\n" * 10_000, None),
    ],
)
def test_what_qt_takes_long_over_is_known_before(text: str, reason: str | None) -> None:
    assert hard_to_show(text) == reason
