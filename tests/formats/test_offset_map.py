"""The fast offset map of the readers agrees with the domain's definition."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import canonicalise
from annotator.formats.frame import OffsetMap

RAW = st.text(st.sampled_from("ab\r\n\u2028\ufeff\0\ud83d\ufdd0😀"), max_size=30)


@given(RAW)
def test_every_offset_goes_where_the_domain_says(raw):
    canonical = canonicalise(raw)
    fast = OffsetMap(canonical)
    assert [fast(offset) for offset in range(len(raw) + 1)] == [
        canonical.map_offset(offset) for offset in range(len(raw) + 1)
    ]
