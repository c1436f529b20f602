"""Borders of words and of user-perceived characters: selections snap to them and ends move by them."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import (
    canonicalise,
    next_border,
    next_character,
    snap_to_graphemes,
    snap_to_words,
    trim,
    word_at,
    word_borders,
)

FAMILY = "👨‍👩‍👧"
TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab’'s .,-\n\u00a0\u0301\u200d😀👩👧🏽🇩🇪กิ각\u0600\u0d4e\u0903"),
        st.characters(),
    ),
    max_size=25,
).map(lambda raw: canonicalise(raw).text)


def graphemes(text):
    """The borders of all user-perceived characters, without the code under test."""
    return {0, len(text), *(match.end() for match in regex.finditer(r"\X", text))}


def snapped(text, words):
    start = text.index(words)
    return text[slice(*snap_to_words(text, start, start + len(words)))]


@pytest.mark.parametrize(
    ("text", "selected", "words"),
    [
        ("Angela Merkel said", "ngela Merk", "Angela Merkel"),
        ("Angela Merkel said", " Merkel ", "Merkel"),
        ("Merkel’s plan", "erke", "Merkel"),
        ("Merkel's plan", "erke", "Merkel"),
        ("MERKEL’S plan", "ERKE", "MERKEL"),
        ("Merkel’s plan", "Merkel’", "Merkel’s"),
        ("don’t go", "on", "don’t"),
        ("in 3.5 million", ".", "3.5"),
        (f"a {FAMILY} b", FAMILY[:2], FAMILY),
        ("(Kiel)", "Kiel", "Kiel"),
        ("cafe\u0301 bar", "caf", "cafe\u0301"),
        ("a\u00a0 b", "\u00a0 b", "b"),
    ],
)
def test_a_selection_snaps_to_the_words_that_it_touches(text, selected, words):
    assert snapped(text, selected) == words


def test_a_selection_of_blanks_is_empty():
    assert snap_to_words("a   b", 1, 4) == (4, 4)
    assert snap_to_words("", 0, 0) == (0, 0)


def test_a_selection_may_be_backwards_and_outside():
    assert snap_to_words("Anna Berg", 7, -3) == (0, 9)
    assert snap_to_words("Anna Berg", 6, 99) == (5, 9)


@given(TEXTS, st.data())
def test_snapping_to_words_widens_to_whole_characters_and_is_stable(text, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    low, high = snap_to_words(text, start, end)
    visible = trim(text, start, end)
    if low == high:
        assert not text[start:end].strip()
        return
    assert low <= visible[0] < visible[1] <= high
    assert {low, high} <= graphemes(text)
    assert snap_to_words(text, low, high) == (low, high)


@given(TEXTS, st.data())
def test_snapping_to_characters_is_the_least_widening(text, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    borders = graphemes(text)
    assert snap_to_graphemes(text, start, end) == (
        max(border for border in borders if border <= start),
        min(border for border in borders if border >= end),
    )


@given(TEXTS, st.data())
def test_word_borders_lie_between_characters(text, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    borders = word_borders(text, start, end)
    assert borders == sorted(set(borders))
    assert set(borders) <= graphemes(text)


@given(TEXTS, st.data(), st.sampled_from((1, -1)), st.sampled_from((next_border, next_character)))
def test_the_next_border_moves_on_and_never_into_a_character(text, data, step, move):
    offset = data.draw(st.sampled_from(sorted(graphemes(text))))
    found = move(text, offset, step)
    limit = len(text) if step > 0 else 0
    assert found in graphemes(text)
    assert found == limit == offset or (found - offset) * step > 0


@given(TEXTS)
def test_walking_by_characters_meets_every_border(text):
    forth, offset = [0], 0
    while offset < len(text):
        forth.append(offset := next_character(text, offset, 1))
    back = [offset := len(text)]
    while offset:
        back.append(offset := next_character(text, offset, -1))
    assert forth == sorted(graphemes(text)) == back[::-1]


def test_words_are_walked_end_by_end_and_start_by_start():
    text = "Anna Berg’s  ferry"
    ends, offset = [], 0
    while offset < len(text):
        ends.append(offset := next_border(text, offset, 1))
    starts = []
    while offset:
        starts.append(offset := next_border(text, offset, -1))
    assert ends == [4, 9, 11, 18]
    assert starts == [13, 9, 5, 0]


@pytest.mark.parametrize(
    ("offset", "word"),
    [(0, "Anna"), (2, "Anna"), (4, "Anna"), (5, "Berg"), (8, "Berg"), (9, "’s"), (11, "’s")],
)
def test_the_word_at_an_offset_holds_it_or_ends_there(offset, word):
    text = "Anna Berg’s"
    found = word_at(text, offset)
    assert found is not None
    assert text[slice(*found)] == word


def test_there_is_no_word_among_blanks():
    assert word_at("", 0) is None
    assert word_at("a   b", 3) is None


@given(TEXTS, st.data())
def test_a_word_touches_its_offset(text, data):
    offset = data.draw(st.integers(0, len(text)))
    found = word_at(text, offset)
    if found:
        assert found[0] <= offset <= found[1]
        assert text[slice(*found)].strip()
