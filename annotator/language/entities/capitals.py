"""Words set in capitals: a headline or a shout, in which the pipeline takes common words for names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.names import NAMED

_WORD = re.compile(r"[^\W\d_]+")
_REACH = 60
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
