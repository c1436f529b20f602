"""The interface of the extractor: a parsed document in, quotations out, each with the rule that found it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotator.domain.marks import QuotationType
from annotator.domain.predictions import PredictedQuotation, PredictedSpan
from annotator.language.quotations.choose import choose
from annotator.language.quotations.direct import direct_quotations
from annotator.language.quotations.indirect import indirect_quotations
from annotator.language.quotations.onward import RULE as ONWARD
from annotator.language.quotations.onward import onward_quotations
from annotator.language.quotations.passage import Passage, read_passage
from annotator.language.quotations.posts import RULE as POST
from annotator.language.quotations.posts import embedded_posts
from annotator.language.quotations.surface import surface_quotations
from annotator.language.quotations.transcripts import transcript_quotations
from annotator.language.settings import DEFAULT, Settings

WEAK = frozenset(("quote without comma", "floating"))
"""Rules for marks that count only where no rule for the clause around them does."""


def extract_quotations(
    text: str, doc: Any, spans: Sequence[PredictedSpan], settings: Settings = DEFAULT
) -> tuple[PredictedQuotation, ...]:
    """Every act of reporting speech, ordered by start; speakers are mentions, not yet entities.

    Without a parse, or in another language than English, only quotations in marks beside a name are found.
    """
    if not doc.has_annotation("DEP") or doc.lang_ != "en":
        return tuple(one for one in surface_quotations(text) if settings.use(one.rule or ""))
    passage = read_passage(text, doc, settings)
    direct = direct_quotations(passage)
    sure = [one for one in direct if one.rule not in WEAK]
    weak = [one for one in direct if one.rule in WEAK]
    candidates = [*transcript_quotations(text), *embedded_posts(text), *sure, *indirect_quotations(passage), *weak]
    found = choose(one for one in candidates if settings.use(one.rule or ""))
    if settings.use(ONWARD):
        found += onward_quotations(passage, found)
    typed = (replace(one, type=_type_of(passage, one)) for one in found)
    return tuple(sorted(typed, key=lambda one: (one.content[0].start, one.content[-1].end)))


def _type_of(passage: Passage, quotation: PredictedQuotation) -> QuotationType:
    """By the share of letters that stand in marks: (nearly) all is direct, some is mixed, none indirect."""
    if quotation.rule in ("transcript", POST):
        return QuotationType.DIRECT
    marked = total = 0
    for part in quotation.content:
        for index in range(passage.token_from(part.start), passage.token_from(part.end)):
            if passage.text[passage.starts[index]].isalnum():
                total += 1
                marked += passage.quote_of[index] >= 0
    if total and marked == total:
        return QuotationType.DIRECT
    return QuotationType.MIXED if marked else QuotationType.INDIRECT
