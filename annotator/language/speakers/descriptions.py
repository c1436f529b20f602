"""Persons called by what they are: "the senator", "the president" after "Senator Jane Doe", "Roe, president of X".

A definite description means a person only if exactly one of the document has that noun as title or apposition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.domain.predictions import PredictedSpan
from annotator.language.speakers.persons import PERSON

_DEFINITE = frozenset(("the", "this", "that"))


class Descriptions:
    """For each describing noun of the document the persons (indexes) that bear it."""

    def __init__(self, doc: Any, spans: Sequence[PredictedSpan], of_span: Mapping[int, int]) -> None:
        self._bearers: dict[str, set[int]] = defaultdict(set)
        for index, span in enumerate(spans):
            if span.label == PERSON and index in of_span:
                for noun in _describing(doc, span):
                    self._bearers[noun].add(of_span[index])

    def person(self, noun: Any) -> int | None:
        """The one person whom the definite phrase headed by ``noun`` can mean, or None."""
        if noun.pos_ not in ("NOUN", "PROPN") or noun.tag_ in ("NNS", "NNPS"):
            return None
        if not any(child.lower_ in _DEFINITE for child in noun.lefts if child.dep_ == "det"):
            return None
        bearers = self._bearers.get(noun.lower_, set())
        return next(iter(bearers)) if len(bearers) == 1 else None


def _describing(doc: Any, span: PredictedSpan) -> set[str]:
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return set()
    root = tokens.root
    nouns = {
        child.lower_
        for child in root.children
        if child.dep_ in ("compound", "appos", "nmod") and not span.start <= child.idx < span.end
    }
    nouns.update(token.lower_ for token in tokens[:-1] if token.pos_ in ("NOUN", "PROPN"))
    if root.dep_ == "appos":
        nouns.add(root.head.lower_)
    return nouns
