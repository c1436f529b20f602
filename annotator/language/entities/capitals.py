"""Words set in capitals: a headline or a shout, in which the pipeline takes common words for names."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.names import NAMED
from annotator.language.entities.places import countries

_WORD = re.compile(r"[^\W\d_]+")
_REACH = 60
_SHORT = 3
_CAPITALS = re.compile(r"\b[A-Z][A-Z'’-]+\b")
DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Z'.-]+(?: [A-Z][A-Z'.-]+){0,2})(?:, [A-Z][\w. ]{1,20})?"
    r"(?: \([A-Z][\w. /]{1,30}\) [—–-]+ | [—–] |, [A-Z][a-z]+ \d)",
    re.MULTILINE,
)
_SHARE = 0.8


def drop_shouted(text: str, spans: Sequence[PredictedSpan]) -> list[PredictedSpan]:
    """Drop names in running capitals unless the same name stands elsewhere in ordinary letters."""
    known = {text[span.start : span.end].casefold() for span in spans if not text[span.start : span.end].isupper()}
    return [
        span
        for span in spans
        if not text[span.start : span.end].isupper()
        or text[span.start : span.end].casefold() in known
        or not _among_capitals(text, span)
    ]


def name_capitals(text: str, spans: Sequence[PredictedSpan]) -> list[PredictedSpan]:
    """Mark untagged capitals: the place of a dateline, countries, and names that stand elsewhere in small letters."""
    known = {country.upper(): "GPE" for country in countries() if len(country) > _SHORT}
    for span in spans:
        words = text[span.start : span.end]
        if span.label in NAMED and not words.isupper() and len(words) > _SHORT:
            known.setdefault(words.upper(), span.label)
    taken = sorted((span.start, span.end) for span in spans)
    found = list(spans)
    for start, end, label in _capitals(text, known):
        place = bisect_left(taken, (start, end))
        if all(not (a < end and start < b) for a, b in taken[max(0, place - 1) : place + 1]):
            found.append(PredictedSpan(start, end, label, rule="capitals"))
            insort(taken, (start, end))
    return found


def _capitals(text: str, known: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for match in DATELINE.finditer(text):
        yield *match.span("place"), "GPE"
    words = list(_CAPITALS.finditer(text))
    for index, first in enumerate(words):
        for count in (3, 2, 1):
            group = words[index : index + count]
            end = group[-1].end()
            if len(group) == count and (label := known.get(text[first.start() : end])):
                yield first.start(), end, label


def _among_capitals(text: str, span: PredictedSpan) -> bool:
    """Whether nearly all words around the span, on its line, are in capitals."""
    low = max(text.rfind("\n", 0, span.start) + 1, span.start - _REACH)
    end = text.find("\n", span.end)
    high = min(end if end >= 0 else len(text), span.end + _REACH)
    around = [word for word in _WORD.findall(text[low : span.start] + " " + text[span.end : high]) if len(word) > 1]
    capitals = sum(word.isupper() for word in around)
    return len(around) >= 5 and capitals >= _SHARE * len(around) and _is_named(span)


def _is_named(span: PredictedSpan) -> bool:
    return span.label in NAMED or span.label in ("DATE", "TIME")
