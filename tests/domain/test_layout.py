"""How an article is read, and when a person is asked to check it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.layout import layout_of
from annotator.domain.text import canonicalise, paragraphs

WRAPPED = "The council met\n" + "and talked about the night trams until the members were too\n" * 6


def doubts(text, title="The title", *, first=True, given=False):
    return layout_of(text, title, title_is_first_line=first, title_was_given=given).doubts


@pytest.mark.parametrize(
    "text",
    [
        "The title\n\nFirst paragraph.\n\nSecond one.\n",
        "The title\nFirst paragraph.\nSecond one.\n",
        "The title\n\nA paragraph that was wrapped by\nsomebody over three lines, none of\nwhich ends.\n\nAnother.\n",
    ],
)
def test_the_usual_ways_of_writing_an_article_raise_no_doubt(text):
    assert doubts(text) == ()


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ("A line. " * 40 + "\n\nMore.", "article", "too long for a title"),
        ("One short line", "One short line", "one short line"),
        ("He left on Monday.\n\nThen she left.\n\nNobody came.", "He left on Monday.", "reads like a sentence"),
    ],
)
def test_a_title_that_is_a_guess_is_told(text, title, words):
    (doubt,) = doubts(text, title, first=title != "article")
    assert words in doubt


def test_a_headline_may_be_a_question():
    assert doubts("Who pays?\n\nNobody.\n\nNot yet.", "Who pays?") == ()


def test_a_title_that_was_given_is_no_guess():
    assert doubts("He left on Monday.\n\nThen she left.\n\nNobody came.", "Given", first=False, given=True) == ()


def test_blank_lines_that_part_only_some_paragraphs_are_told():
    (doubt,) = doubts("The title\n\nOne ends.\nTwo ends.\nThree ends.\nFour.\n")
    assert "3 lines inside them end like a paragraph" in doubt


def test_wrapped_lines_without_blank_lines_are_told():
    (doubt,) = doubts(WRAPPED, "The council met")
    assert "each of its 7 lines is a paragraph" in doubt


@given(st.text(st.sampled_from("ab .\n”")))
def test_every_text_can_be_described_and_its_paragraphs_are_those_of_the_program(raw):
    text = canonicalise(raw).text
    layout = layout_of(text, "t", title_is_first_line=True)
    assert layout.paragraphs == len(list(paragraphs(text)))
    assert all(doubt.endswith(".") for doubt in layout.doubts)
