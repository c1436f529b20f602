"""Finding words in an article."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.finding import find_all
from annotator.domain.marks import Stretch


def words(text: str, *found: Stretch) -> list[str]:
    return [stretch.slice(text) for stretch in found]


def test_case_and_accents_do_not_count_unless_asked_for() -> None:
    text = "Zoë met ZOE and zoé."
    assert words(text, *find_all(text, "zoe")) == ["Zoë", "ZOE", "zoé"]
    assert words(text, *find_all(text, "ZOE", case=True)) == ["ZOE"]


def test_composed_and_decomposed_letters_are_the_same() -> None:
    text = "Cafe\u0301 and Caf\u00e9"
    assert words(text, *find_all(text, "caf\u00e9", case=False)) == ["Cafe\u0301", "Caf\u00e9"]
    assert words(text, *find_all(text, "Caf\u00e9", case=True)) == ["Cafe\u0301", "Caf\u00e9"]


def test_straight_marks_find_curly_ones_and_any_blank_is_a_blank() -> None:
    text = "the mayor’s\u00a0“plan”"
    assert words(text, *find_all(text, 'mayor\'s "plan"')) == ["mayor’s\u00a0“plan”"]


def test_invisible_characters_are_passed_over() -> None:
    text = "Al\u00addmouth Ald\u200bmouth"
    assert len(find_all(text, "aldmouth")) == 2


def test_whole_words_only() -> None:
    text = "port, report, ports, port’s"
    assert [stretch.start for stretch in find_all(text, "port", whole_words=True)] == [0, 21]


def test_hits_do_not_overlap_and_blank_words_find_nothing() -> None:
    assert find_all("aaaa", "aa") == [Stretch(0, 2), Stretch(2, 4)]
    assert find_all("a b", "  ") == []


@given(st.text(), st.text(max_size=5), st.booleans(), st.booleans())
def test_hits_lie_in_the_text_in_order(text: str, wanted: str, case: bool, whole: bool) -> None:
    found = find_all(text, wanted, case=case, whole_words=whole)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.start <= other.start for one, other in itertools.pairwise(found))


@given(st.text(min_size=1))
def test_a_piece_of_a_text_is_found_in_it(text: str) -> None:
    piece = text[: len(text) // 2 + 1]
    if piece.strip() and find_all(piece, piece):
        assert find_all(text, piece)
