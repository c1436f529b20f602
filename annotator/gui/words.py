"""How dates, shares and counts are written in the window. Pure functions of what they are given."""

from __future__ import annotations

import datetime as dt

from annotator.domain.marks import Origin, OriginKind
from annotator.domain.records import Metadata

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
DOT = "  ·  "


def _date(iso: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


def short_date(iso: str | None, today: dt.date | None = None) -> str:
    """“18 Nov”, with the year if it is not this one; what is no ISO date stands as it is."""
    day = _date(iso)
    if day is None:
        return iso or ""
    year = "" if day.year == (today or dt.date.today()).year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1][:3]}{year}"


def long_date(iso: str | None) -> str:
    """“18 November 2026”; what is no ISO date stands as it is."""
    day = _date(iso)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else iso or ""


def meta_line(meta: Metadata, name: str = "") -> str:
    """Outlet, author and date of an article, as far as they are known, behind a name that stands for its title."""
    return DOT.join(each for each in (name, meta.outlet, meta.author, long_date(meta.published)) if each)


def plural(count: int, word: str) -> str:
    """“1 article”, “2 articles”."""
    return f"{count} {word if count == 1 else word + 's'}"


def about(seconds: float) -> str:
    """“about 9 seconds”, “about 3 minutes”, “about 2 hours”."""
    if seconds < 60:
        return f"about {plural(max(1, round(seconds)), 'second')}"
    if seconds < 3600:
        return f"about {plural(round(seconds / 60), 'minute')}"
    return f"about {plural(round(seconds / 3600), 'hour')}"


def sureness(origin: Origin) -> str:
    """“96 % sure”, or nothing where the source gives no score."""
    return "" if origin.score is None else f"{round(origin.score * 100)} % sure"


def source_line(origin: Origin) -> str:
    """Rule and pipeline of a mark in one line."""
    if origin.kind is OriginKind.PERSON:
        return "Added by hand"
    rule = f"Rule: {origin.rule}" if origin.rule else ""
    source = " ".join(each for each in (origin.name, origin.version) if each)
    return DOT.join(each for each in (rule, source) if each)
