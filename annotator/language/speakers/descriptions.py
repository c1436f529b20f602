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
_SHORT = {
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "prof": "professor",
    "dr": "doctor",
}


class Descriptions:
    """For each describing noun of the document, alone or with its owner, the persons (indexes) that bear it."""

    def __init__(self, doc: Any, spans: Sequence[PredictedSpan], of_span: Mapping[int, int]) -> None:
        self._bearers: dict[tuple[str, str], set[int]] = defaultdict(set)
        for index, span in enumerate(spans):
            if span.label == PERSON and index in of_span:
                for noun in _describing(doc, span):
                    self._bearers["", _word(noun)].add(of_span[index])
                    if owner := _owner(noun):
                        self._bearers[owner, _word(noun)].add(of_span[index])

    def person(self, noun: Any) -> int | None:
        """The one person whom the definite phrase headed by ``noun`` can mean, or None."""
        if noun.pos_ not in ("NOUN", "PROPN") or noun.tag_ in ("NNS", "NNPS"):
            return None
        owner = _owner(noun)
        if not owner and not any(child.lower_ in _DEFINITE for child in noun.lefts if child.dep_ == "det"):
            return None
        bearers = self._bearers.get((owner, _word(noun)), set())
        return next(iter(bearers)) if len(bearers) == 1 else None


def _word(noun: Any) -> str:
    word: str = noun.lower_.rstrip(".")
    return _SHORT.get(word, word)


def _owner(noun: Any) -> str:
    owners = (str(child.lower_) for child in noun.lefts if child.dep_ == "poss" and child.pos_ != "PRON")
    return next(owners, "")


def _describing(doc: Any, span: PredictedSpan) -> list[Any]:
    """The nouns that say what the person is: before the name, inside it, or in apposition."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return []
    root = tokens.root
    nouns = [
        child
        for child in root.children
        if child.dep_ in ("compound", "appos", "nmod") and not span.start <= child.idx < span.end
    ]
    nouns += [token for token in tokens[:-1] if token.pos_ in ("NOUN", "PROPN")]
    if root.dep_ == "appos":
        nouns.append(root.head)
    return nouns
