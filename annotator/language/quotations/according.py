"""``According to S``: before, within or after what it reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.language.quotations.edges import has_finite, sentence_lead
from annotator.language.quotations.mentions import FINITE, noun_phrase
from annotator.language.quotations.passage import Passage


def according_quotations(passage: Passage) -> Iterator[PredictedQuotation]:
    """Every "according to" outside marks with the rest of its sentence as content."""
    if "ccording" not in passage.text:
        return
    for token in passage.doc[: max(0, len(passage.doc) - 2)]:
        if token.lower_ == "according" and not passage.inside(token):
            preposition = passage.doc[token.i + 1]
            if preposition.lower_ == "to" and (found := _according(passage, token, preposition)) is not None:
                yield found


def _according(passage: Passage, token: Any, preposition: Any) -> PredictedQuotation | None:
    head = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if head is None or passage.inside(head):
        return None
    low, high = passage.sentence(token.i)
    begin, end = noun_phrase(passage, head)
    begin, end = max(begin, preposition.i + 1), min(end, high)
    lead = sentence_lead(passage, low, high)
    speaker = passage.stretch(begin, end)
    left = passage.stretch(lead, token.i)
    right = _right(passage, end, high)
    parts: tuple[Stretch, ...]
    if left is not None and right is not None and _governed_later(passage, lead, token.i, end):
        parts, rule, score = (left, right), "according to, within", 0.7
    elif left is not None and has_finite(passage, lead, token.i):
        parts, rule, score = (left,), "according to, last", 0.74
    elif right is not None:
        parts = (left, right) if left is not None else (right,)
        rule, score = "according to, first", 0.77
    else:
        return None
    cue = Stretch(token.idx, preposition.idx + len(preposition))
    return PredictedQuotation(parts, (cue,), speaker, rule=rule, score=score)


def _governed_later(passage: Passage, lead: int, stop: int, end: int) -> bool:
    """Whether the subject stands before the phrase and its verb after it: the word, according to Croft, was ..."""
    if (
        end >= len(passage.doc)
        or not passage.pauses(end)
        or passage.doc[lead].pos_ not in ("DET", "NOUN", "PROPN", "PRON")
    ):
        return False
    if any(t.tag_ in FINITE and t.dep_ not in ("relcl", "aux") for t in passage.doc[lead:stop]):
        return False
    return any(
        t.dep_ in ("nsubj", "nsubjpass") and t.head.i > end and t.head.tag_ in FINITE for t in passage.doc[lead:stop]
    )


def _right(passage: Passage, end: int, high: int) -> Stretch | None:
    start = end
    while start < high and passage.doc[start].text != ",":
        start += 1
    start = start if start < high else end
    return passage.stretch(start, high) if has_finite(passage, start, high) else None
