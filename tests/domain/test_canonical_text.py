"""Canonical text: fixed once, stable for ever, and offsets of the text as read land on the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import CanonicalText, ChangeKind, canonicalise, first_line, paragraphs, text_digest

ANYTHING = st.text(
    st.one_of(
        st.sampled_from("ab \t\r\n\u2028\u2029\u0085\x00\ufeff\ud800\udfff\ufdd0\ufdef\u00a0\u0301😀"),
        st.characters(),
        st.characters(categories=["Cs"]),
    ),
    max_size=40,
)
"""All of Unicode, lone surrogates too, with much of what canonical text changes."""


@given(ANYTHING)
def test_canonical_text_is_stable(raw):
    text = canonicalise(raw).text
    assert canonicalise(text) == CanonicalText(text)


@given(ANYTHING)
def test_canonical_text_can_be_stored_anywhere(raw):
    text = canonicalise(raw).text
    assert text.encode("utf-8").decode("utf-8") == text
    assert not set(text) & set("\r\u2028\u2029\u0085\x00")
    assert not any("\ufdd0" <= character <= "\ufdef" for character in text)
    assert not text.startswith("\ufeff")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\u2028\u2029\u0085\x00\ufeff")))
def test_everything_else_stays_as_it_is(raw):
    kept = "".join(character for character in raw if not "\ufdd0" <= character <= "\ufdef")
    assert canonicalise(kept) == CanonicalText(kept)


@pytest.mark.parametrize(
    ("raw", "text", "kind"),
    [
        ("a\r\nb", "a\nb", ChangeKind.LINE_BREAK),
        ("a\rb", "a\nb", ChangeKind.LINE_BREAK),
        ("a\u2028b", "a\nb", ChangeKind.LINE_BREAK),
        ("a\u2029b", "a\nb", ChangeKind.LINE_BREAK),
        ("a\u0085b", "a\nb", ChangeKind.LINE_BREAK),
        ("\ufeffab", "ab", ChangeKind.BYTE_ORDER_MARK),
        ("\ufeff\ufeffab", "ab", ChangeKind.BYTE_ORDER_MARK),
        ("a\x00b", "a␀b", ChangeKind.NUL),
        ("a\ud83db", "a�b", ChangeKind.LONE_SURROGATE),
        ("a\ufdd0b", "a�b", ChangeKind.NONCHARACTER),
    ],
)
def test_each_change_is_made_once_and_told(raw, text, kind):
    found = canonicalise(raw)
    assert found.text == text
    assert [change.kind for change in found.changes] == [kind]


def test_a_byte_order_mark_inside_the_text_is_kept():
    assert canonicalise("a\ufeffb") == CanonicalText("a\ufeffb")


def test_line_breaks_and_a_byte_order_mark_are_no_news_for_a_person():
    found = canonicalise("\ufeffa\r\nb\x00c\ud800")
    assert [change.kind for change in found.notable] == [ChangeKind.NUL, ChangeKind.LONE_SURROGATE]


@given(ANYTHING)
def test_offsets_are_mapped_in_order_and_stay_inside(raw):
    canonical = canonicalise(raw)
    mapped = [canonical.map_offset(offset) for offset in range(len(raw) + 1)]
    assert mapped == sorted(mapped)
    assert mapped[-1] == len(canonical.text)
    assert mapped[0] >= 0


@given(ANYTHING, st.data())
def test_a_slice_of_the_text_as_read_maps_to_the_same_words(raw, data):
    canonical = canonicalise(raw)
    inside = {change.start + skipped for change in canonical.changes for skipped in range(1, change.removed)}
    clean = [offset for offset in range(len(raw) + 1) if offset not in inside]
    start, end = sorted((data.draw(st.sampled_from(clean)), data.draw(st.sampled_from(clean))))
    got = canonical.text[canonical.map_offset(start) : canonical.map_offset(end)]
    # What stands in the middle of a text keeps its byte order marks: shield the slice's beginning.
    expected = canonicalise(raw[start:end]).text if start == 0 else canonicalise("|" + raw[start:end]).text[1:]
    assert got == expected


def test_an_offset_inside_a_replaced_stretch_goes_to_its_end():
    canonical = canonicalise("a\r\nb")
    assert [canonical.map_offset(offset) for offset in range(5)] == [0, 1, 2, 2, 3]


def test_the_digest_is_that_of_the_utf8_bytes():
    assert text_digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


@given(ANYTHING)
def test_the_first_line_is_a_line_without_blanks_at_its_ends(raw):
    text = canonicalise(raw).text
    found = first_line(text)
    if found is None:
        assert not text.strip()
    else:
        words = text[slice(*found)]
        assert words == words.strip() != ""
        assert "\n" not in words
        assert not text[: found[0]].strip()


@given(ANYTHING)
def test_paragraphs_hold_every_word_in_order_and_none_twice(raw):
    text = canonicalise(raw).text
    position, outside = 0, ""
    for start, end in paragraphs(text):
        assert position <= start < end <= len(text)
        assert text[start:end].strip()
        assert text[start] != "\n" != text[end - 1]
        outside += text[position:start]
        position = end
    assert not (outside + text[position:]).strip()


def test_blank_lines_part_paragraphs_where_the_text_has_any():
    text = "One\nstill one.\n \nTwo.\n\n\n\nThree.\n"
    assert [text[start:end] for start, end in paragraphs(text)] == ["One\nstill one.", "Two.", "Three."]


def test_each_line_is_a_paragraph_where_there_are_no_blank_lines():
    text = "One.\nTwo.\nThree.\n\n"
    assert [text[start:end] for start, end in paragraphs(text)] == ["One.", "Two.", "Three."]
