"""Pure rules about quotations: type, parts, sameness, and where stretches may lie."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import InvalidStretch
from annotator.domain.marks import QuotationFields, QuotationType, Stretch
from annotator.domain.quotations import arrange_parts, check_stretch, quotation_type, same_quotation, stretches_of

PARTS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda pair: Stretch(pair[0], sum(pair))),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("“We will not sail.”", QuotationType.DIRECT),
        ('"We will not sail."', QuotationType.DIRECT),
        ("‘We will not sail.’", QuotationType.DIRECT),
        ("« Nous partons »", QuotationType.DIRECT),
        (" “We will not sail.” ", QuotationType.DIRECT),
        ("the ferry would “not sail”", QuotationType.MIXED),
        ("the ferry would ‘not sail’", QuotationType.MIXED),
        ("the ferry would not sail", QuotationType.INDIRECT),
        ("it isn’t the crew's fault", QuotationType.INDIRECT),
    ],
)
def test_the_type_follows_the_quotation_marks(text, type_):
    assert quotation_type(text, [Stretch(0, len(text))]) is type_


def test_a_quotation_is_direct_only_if_every_part_stands_in_marks():
    text = "“We go,” she said, and they would."
    parts = [Stretch(0, 8), Stretch(23, 33)]
    assert quotation_type(text, parts[:1]) is QuotationType.DIRECT
    assert quotation_type(text, parts) is QuotationType.MIXED


@given(PARTS)
def test_arranged_parts_cover_the_same_and_never_touch(parts):
    arranged = arrange_parts(parts)
    covered = {offset for part in parts for offset in range(part.start, part.end)}
    assert {offset for part in arranged for offset in range(part.start, part.end)} == covered
    assert all(one.end < other.start for one, other in pairwise(arranged))
    assert arrange_parts(arranged) == arranged


@given(PARTS, PARTS)
def test_sameness_is_mutual_and_a_quotation_is_the_same_as_itself(one, other):
    mine, theirs = QuotationFields(arrange_parts(one)), QuotationFields(arrange_parts(other))
    assert same_quotation(mine, mine)
    assert same_quotation(mine, theirs) == same_quotation(theirs, mine)


def test_quotations_that_share_nothing_are_not_the_same():
    assert not same_quotation(QuotationFields((Stretch(0, 5),)), QuotationFields((Stretch(5, 10),)))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 2), (0, 11), (10, 11)])
def test_a_stretch_that_is_empty_reversed_or_outside_is_refused_in_a_sentence(start, end):
    with pytest.raises(InvalidStretch, match=rf"{start} to {end} .*\(10 characters\)\."):
        check_stretch(Stretch(start, end), 10)


def test_a_stretch_inside_is_taken():
    assert check_stretch(Stretch(0, 10), 10) == Stretch(0, 10)


def test_all_stretches_of_a_quotation_are_named():
    fields = QuotationFields((Stretch(0, 1), Stretch(2, 3)), (Stretch(4, 5),), Stretch(6, 7))
    assert [(role, index) for role, index, _ in stretches_of(fields)] == [
        ("content", 0),
        ("content", 1),
        ("cue", 0),
        ("speaker", 0),
    ]


@given(PARTS, PARTS)
def test_overlap_and_containment_agree_with_the_characters(one, other):
    a, b = one[0], other[0]
    shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
    assert a.overlaps(b) == b.overlaps(a) == bool(shared)
    assert a.contains(b) == (len(shared) == len(b))
