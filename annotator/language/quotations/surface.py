"""Quotations in marks without any parse: for pipelines without a parser, and for languages other than English.

A stretch in marks counts if a name stands beside it: behind its close, as in "...", said Ana Brock, or before a
colon or comma that leads up to it. Only the marks, capitals and the sentence's end are looked at, so that this
holds in any language written with capitals; the marks' own kinds are the scanner's business.
"""

from __future__ import annotations

import re
from itertools import pairwise

import regex

from annotator.domain.marks import QuotationType, Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.language.quotations.marks import Marked, marked_stretches

RULE = "marks beside a name"
_SCORE = 0.4
_REACH = 90
_NAME = regex.compile(r"(?<!\w)\p{Lu}[\w’'-]*(?: (?:(?:de|von|van|di|da|del|la|le|der) )*\p{Lu}[\w’'-]+)*")
_ENDS = re.compile(r"[.!?…。]")
_LEADS = re.compile(r"[:：,，、]\s*$")
_FEW = 3


def surface_quotations(text: str) -> list[PredictedQuotation]:
    """Every outermost stretch in marks that has a name beside it and holds several words."""
    tops = [one for one in marked_stretches(text) if one.depth == 0]
    borders = [0, *(one.end for one in tops)]
    nexts = [*(one.start for one in tops[1:]), len(text)]
    found = []
    for one, low, high in zip(tops, borders, nexts, strict=False):
        speaker = _after(text, one, high) or _before(text, one, low)
        if speaker is not None and _is_speech(text, one):
            found.append(
                PredictedQuotation((one.stretch,), (), speaker, type=QuotationType.DIRECT, rule=RULE, score=_SCORE)
            )
    assert all(before.content[0].end <= after.content[0].start for before, after in pairwise(found))
    return found


def _is_speech(text: str, one: Marked) -> bool:
    words = one.inner.slice(text)
    return len(words.split()) >= _FEW or bool(_ENDS.search(words)) or (len(words) >= _FEW * 2 and not words.isascii())


def _after(text: str, one: Marked, high: int) -> Stretch | None:
    stop = min(high, one.end + _REACH)
    line = text.find("\n", one.end, stop)
    stop = line if line >= 0 else stop
    end = _ENDS.search(text, one.end, stop)
    match = _NAME.search(text, one.end, end.start() if end else stop)
    return Stretch(*match.span()) if match else None


def _before(text: str, one: Marked, low: int) -> Stretch | None:
    low = max(low, one.start - _REACH)
    low = max(low, text.rfind("\n", low, one.start) + 1)
    lead = text[low : one.start]
    if not _LEADS.search(lead):
        return None
    names = list(_NAME.finditer(lead))
    return Stretch(low + names[-1].start(), low + names[-1].end()) if names else None
