"""The mark scanner: styles, apostrophes, paragraphs, broken texts, linear time."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.language.quotations.marks import Marked, marked_stretches

MARKS = "\"'“”‘’„‟‚‛«»`「」『』＂"


def words(text: str, depth: int = 0) -> list[str]:
    return [one.stretch.slice(text) for one in marked_stretches(text) if one.depth == depth]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We are leaving,” Ana Brock said.", ["“We are leaving,”"]),
        ('"We are leaving," Ana Brock said.', ['"We are leaving,"']),
        ("‘We are leaving,’ Ana Brock said.", ["‘We are leaving,’"]),
        ("'We are leaving,' Ana Brock said.", ["'We are leaving,'"]),
        ("''We are leaving,'' Ana Brock said.", ["''We are leaving,''"]),
        ("``We are leaving,'' Ana Brock said.", ["``We are leaving,''"]),
        ("«We are leaving», Ana Brock said.", ["«We are leaving»"]),
        ("« We are leaving », Ana Brock said.", ["« We are leaving »"]),
        ("„We are leaving“, Ana Brock said.", ["„We are leaving“"]),
        ("(\"We are leaving,\" she said—'perhaps'.)", ['"We are leaving,"', "'perhaps'"]),
    ],
)
def test_each_style_of_marks_is_found_with_its_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It’s the boys’ last game of the ’90s, isn’t it?",
        "It's the boys' last game of the '90s, isn't it? Rock 'n' roll.",
        "Tell 'em that Brock's brother doesn't care.",
        "A 5'10\" man",
    ],
)
def test_apostrophes_open_nothing(text: str) -> None:
    assert words(text) == []


def test_a_possessive_plural_does_not_close_single_marks() -> None:
    text = "‘The farmers’ demands are fair, and they won’t go away,’ said Ana Brock."
    assert words(text) == ["‘The farmers’ demands are fair, and they won’t go away,’"]


def test_marks_nest_by_kind_and_only_the_outer_one_is_a_top() -> None:
    text = "“He told me ‘never again’ twice,” she said."
    assert words(text) == ["“He told me ‘never again’ twice,”"]
    assert words(text, depth=1) == ["‘never again’"]


def test_british_marks_nest_the_other_way_round() -> None:
    text = "‘He told me “never again” twice,’ she said."
    assert words(text) == ["‘He told me “never again” twice,’"]


def test_straight_and_curly_marks_of_a_careless_editor_close_each_other() -> None:
    text = '"We are leaving,” she said. “And soon."'
    assert words(text) == ['"We are leaving,”', '“And soon."']


def test_a_reopened_paragraph_goes_on_from_the_one_that_ended_open() -> None:
    text = "“We came at dawn.\n“Nobody was there,” he said."
    first, second = marked_stretches(text)
    assert not first.closed
    assert first.stretch.slice(text) == "“We came at dawn."
    assert second.joins
    assert second.closed


def test_a_close_in_the_next_paragraph_is_taken_where_it_does_not_reopen() -> None:
    text = "“We came at dawn.\nNobody was there,” he said."
    assert words(text) == ["“We came at dawn.", "Nobody was there,”"]
    assert marked_stretches(text)[1].joins
    assert not marked_stretches(text)[1].opened


def test_an_unbalanced_paragraph_never_costs_another() -> None:
    text = 'A 24" screen stood there.\n"We saw it," he said.\n"And then what is this\nShe said: "Nothing."'
    assert '"We saw it,"' in words(text)
    assert '"Nothing."' in words(text)


def test_marks_in_hard_wrapped_text_span_lines() -> None:
    text = "The mayor spoke.\n\n“We will build the bridge before the\nwinter comes,” he said."
    assert words(text) == ["“We will build the bridge before the\nwinter comes,”"]


@given(st.text(alphabet=st.sampled_from(MARKS + "ab sS.,\n-1é😀\u00a0"), max_size=80) | st.text(max_size=80))
def test_any_text_gives_ordered_stretches_inside_it(text: str) -> None:
    found = marked_stretches(text)
    assert found == marked_stretches(text)
    assert list(found) == sorted(found, key=lambda one: (one.start, -one.end))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.start <= one.inner.start <= one.inner.end <= one.end
    _assert_disjoint([one for one in found if one.depth == 0])


def _assert_disjoint(tops: list[Marked]) -> None:
    for before, after in pairwise(tops):
        assert before.end <= after.start


@given(st.text(alphabet=st.sampled_from(MARKS + "ab .,"), max_size=40), st.text(alphabet="ab “”,.", max_size=40))
def test_paragraphs_that_end_closed_do_not_influence_each_other(first: str, second: str) -> None:
    opening = "“Quoted words,” he said."
    alone = [one.stretch.slice(opening) for one in marked_stretches(opening)]
    text = f"{first}\n{second}\n\n{opening}"
    last = [one for one in marked_stretches(text) if one.start >= len(text) - len(opening)]
    assert [one.stretch.slice(text) for one in last] == alone


@pytest.mark.parametrize("unit", ['"', '" ', ' "a', "''", "‘’", "“", "’ ", '"\n', "'s '"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        best = float("inf")
        for _ in range(3):
            start = perf_counter()
            marked_stretches(text)
            best = min(best, perf_counter() - start)
        return best

    small, large = seconds(2_500), seconds(20_000)
    assert large < 8 * 4 * small + 0.05  # eight times the text; a quadratic scan would take 64 times as long


def test_german_guillemets_point_inwards() -> None:
    text = "»We are leaving«, Ana Brock said. »And soon.«"
    assert words(text) == ["»We are leaving«", "»And soon.«"]
