"""Code points and Qt's positions: the same place both ways, over all of Unicode."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from annotator.domain.text import canonicalise
from annotator.gui.text.positions import TextPositions, display_text, utf16_length

anything = st.text(st.characters(exclude_categories=()), max_size=40)
astral = st.text(st.sampled_from("a é\n\u00a0😀👩\u200d𝔘"), max_size=40)


@given(st.one_of(anything, astral))
def test_an_offset_counts_the_utf16_units_before_it(raw: str) -> None:
    text = canonicalise(raw).text
    positions = TextPositions(text)
    for offset in range(len(text) + 1):
        assert positions.to_qt(offset) == len(text[:offset].encode("utf-16-le")) // 2
        assert positions.to_text(positions.to_qt(offset)) == offset
    assert positions.qt_length == utf16_length(text)


@given(astral)
def test_a_position_inside_a_surrogate_pair_is_the_start_of_its_character(text: str) -> None:
    positions = TextPositions(text)
    for offset, character in enumerate(text):
        if character > "\uffff":
            assert positions.to_text(positions.to_qt(offset) + 1) == offset


@given(anything)
def test_qt_holds_exactly_the_canonical_texts_units(raw: str) -> None:
    text = canonicalise(raw).text
    document = QTextDocument()
    document.setPlainText(display_text(text))
    assert document.characterCount() - 1 == utf16_length(text)
    assert document.blockCount() == text.count("\n") + 1


def test_hidden_controls_and_direction_overrides_are_shown_and_do_not_act() -> None:
    assert display_text("a\x01b\u202ec\x7f") == "a␁b◌c␡"


def test_blanks_tabs_and_joiners_stay_as_they_are() -> None:
    text = "«\u00a0oui\u202f»\tx\u200d\u00ad"
    assert display_text(text) == text
