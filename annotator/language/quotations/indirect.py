"""Indirect and mixed speech: every rule for content without marks, in the order in which they count."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.predictions import PredictedQuotation
from annotator.language.quotations.according import according_quotations
from annotator.language.quotations.clauses import clause_quotations
from annotator.language.quotations.nouns import noun_quotations
from annotator.language.quotations.objects import object_quotations
from annotator.language.quotations.parentheticals import parenthetical_quotations
from annotator.language.quotations.passage import Passage
from annotator.language.quotations.phrases import marked_phrases


def indirect_quotations(passage: Passage) -> Iterator[PredictedQuotation]:
    """Candidates, the surer rules first; they may overlap."""
    yield from according_quotations(passage)
    yield from parenthetical_quotations(passage)
    yield from clause_quotations(passage)
    yield from noun_quotations(passage)
    yield from object_quotations(passage)
    yield from marked_phrases(passage)
