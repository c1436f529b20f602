"""The made-up articles: as many spans as asked for, every mark on its words, the same bytes each time."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.annotator_write import write_line
from benchmarks.corpus import article, articles
from benchmarks.measuring import percentile


@given(st.integers(0, 1_000), st.integers(0, 60), st.integers(10, 5_000))
def test_an_article_has_the_spans_asked_for_and_can_be_written(seed, spans, characters):
    record = article(seed, spans, characters)
    assert len(record.suggestions.spans) == spans
    assert len(record.text) >= characters
    assert write_line(record) == write_line(article(seed, spans, characters))


def test_articles_share_out_their_spans():
    assert sum(len(record.suggestions.spans) for record in articles(7, 100, 500)) == 100


@given(st.lists(st.floats(0, 100), min_size=1), st.sampled_from([0.5, 0.95, 0.99, 0.999, 1.0]))
def test_a_percentile_is_the_smallest_value_that_the_share_does_not_exceed(values, share):
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
    assert sum(value < found for value in values) < share * len(values)
