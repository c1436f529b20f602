"""Which named entity a speaker mention names: the one in its head, not one in a possessive or a phrase behind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedSpan
from annotator.language.words import word_set

_SAME = frozenset(("appos", "conj", "attr"))
_BODIES = word_set(
    "agency newspaper paper network company group party government ministry website magazine channel broadcaster"
)
"""Nouns behind the name of an organisation that name it again: the TASS agency."""
BODY_NOUNS = _BODIES | word_set(
    "firm board council committee ministry department union club bank university court police museum charity firm"
    " organisation organization association airline publisher maker retailer carrier panel commission institute"
)
_RELATIVES = frozenset(("who", "which", "that"))


def head_token(doc: Any, stretch: Stretch) -> Any | None:
    """The token on which the mention hangs: the one whose head lies outside it."""
    tokens = doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
    return tokens.root if tokens is not None and len(tokens) else None


def is_definite(noun: Any) -> bool:
    """Whether the noun has a definite article or pronoun and nothing else that tells which one: "the company"."""
    lefts = list(noun.lefts)
    return len(lefts) == 1 and lefts[0].lower_ in ("the", "this", "that")


def antecedent(token: Any) -> Any | None:
    """The noun that a relative pronoun stands for."""
    if token.lower_ not in _RELATIVES:
        return None
    for ancestor in token.ancestors:
        if ancestor.dep_ == "relcl":
            return ancestor.head
    return None


def named_span(doc: Any, stretch: Stretch, spans: Sequence[PredictedSpan], labels: frozenset[str]) -> int | None:
    """The index of the span that the mention names among those with one of ``labels``; None for none."""
    root = head_token(doc, stretch)
    if root is None:
        return None
    best: tuple[int, int] | None = None
    place = bisect_left(spans, stretch.start, key=lambda span: span.end)
    for index in range(place, len(spans)):
        span = spans[index]
        if span.start >= stretch.end:
            break
        if span.label not in labels or span.end <= stretch.start:
            continue
        links = _links(doc, span, root)
        if links is not None and (best is None or links < best[0]):
            best = (links, index)
    return best[1] if best else _at_end(doc, stretch, spans, labels, root)


def _at_end(
    doc: Any, stretch: Stretch, spans: Sequence[PredictedSpan], labels: frozenset[str], root: Any
) -> int | None:
    """A name that closes the mention with no preposition before it, where the parser missed its link to the head."""
    place = bisect_left(spans, stretch.end, key=lambda span: span.end)
    if place >= len(spans) or spans[place].end != stretch.end or spans[place].label not in labels:
        return None
    name = doc.char_span(spans[place].start, spans[place].end, alignment_mode="expand")
    if name is None or name.start <= root.i:
        return None
    between = doc[root.i : name.start]
    if any(token.pos_ == "ADP" or token.dep_ == "case" for token in between):
        return None
    return place if spans[place].label == "PERSON" else None


def _links(doc: Any, span: PredictedSpan, root: Any) -> int | None:
    """How many links of identity lead from the span to the mention's head; None if another link does."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return None
    if span.start <= root.idx < span.end:
        return 0
    token = tokens.root
    for links in range(1, 5):
        named_again = token.dep_ in ("compound", "nmod") and token.head.lower_ in _BODIES and span.label == "ORG"
        if token.dep_ not in _SAME and not named_again:
            return None
        token = token.head
        if token == root:
            return links
    return None
