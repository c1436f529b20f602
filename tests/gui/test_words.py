"""How dates, counts and sources are written."""

import datetime as dt

import pytest

from annotator.domain.marks import Origin, OriginKind
from annotator.domain.records import Metadata
from annotator.gui.words import long_date, meta_line, plural, short_date, source_line, sureness

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("iso", "short", "long"),
    [
        ("2026-11-18", "18 Nov", "18 November 2026"),
        ("2026-11-18T08:00:00Z", "18 Nov", "18 November 2026"),
        ("2019-01-02", "2 Jan 2019", "2 January 2019"),
        ("last week", "last week", "last week"),
        (None, "", ""),
    ],
)
def test_dates_are_written_out_and_what_is_no_date_stays(iso: str | None, short: str, long: str) -> None:
    assert short_date(iso, TODAY) == short
    assert long_date(iso) == long


def test_the_meta_line_has_what_is_known() -> None:
    assert meta_line(Metadata(outlet="The Fjord", published="2026-11-18")) == "The Fjord  ·  18 November 2026"
    assert meta_line(Metadata()) == ""


def test_sources_and_scores() -> None:
    origin = Origin(OriginKind.PIPELINE, "en_md", "1.0", "clause", 0.956)
    assert source_line(origin) == "Rule: clause  ·  en_md 1.0"
    assert sureness(origin) == "96 % sure"
    assert sureness(Origin(OriginKind.PIPELINE, "en_md")) == ""
    assert source_line(Origin(OriginKind.PERSON, "Ann")) == "Added by hand"


def test_counts() -> None:
    assert [plural(count, "article") for count in (0, 1, 2)] == ["0 articles", "1 article", "2 articles"]
