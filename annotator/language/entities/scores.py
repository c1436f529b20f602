"""How sure each entity is: shares of right labels as measured on news, by what found it and how often it stands.

Rounded shares of two kinds of news text (see docs/quality.md), so that unsure marks appear where the program
really doubts: an organisation or building that is named once, and that no word of its name explains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.heads import is_head
from annotator.language.entities.names import NAMED, key_of
from annotator.language.entities.places import peoples, places

_BY_RULE = {
    "surname": 0.95,
    "head": 0.9,
    "party in brackets": 0.95,
    "capitals": 0.8,
    "repeat": 0.75,
    "same name": 0.75,
    "ends": 0.75,
    "list": 0.7,
    "short form": 0.6,
}
_ONCE = {"PERSON": 0.9, "GPE": 0.85, "NORP": 0.85, "ORG": 0.6, "LOC": 0.6, "EVENT": 0.6, "LAW": 0.6}
_MORE = {"PERSON": 0.95, "GPE": 0.93, "NORP": 0.93, "ORG": 0.85, "LOC": 0.8, "EVENT": 0.8, "LAW": 0.8}
_OTHER_ONCE, _OTHER_MORE = 0.48, 0.7
_UNEXPLAINED = 0.45
_NOT_NAMED = 0.85


def give_scores(text: str, spans: Sequence[PredictedSpan]) -> list[PredictedSpan]:
    """The spans with the share of such spans whose ends and label are right."""
    counts = Counter(key_of(text, span) for span in spans)
    return [replace(span, score=_score(key_of(text, span), span, counts)) for span in spans]


def _score(key: str, span: PredictedSpan, counts: Counter[str]) -> float:
    if span.label not in NAMED:
        return _NOT_NAMED
    if span.rule in _BY_RULE:
        return _BY_RULE[span.rule]
    if counts[key] > 1:
        return _MORE.get(span.label, _OTHER_MORE)
    if span.label == "ORG" and not _is_explained(key):
        return _UNEXPLAINED
    if key in places() or key in peoples():
        return _MORE["GPE"]
    return _ONCE.get(span.label, _OTHER_ONCE)


def _is_explained(key: str) -> bool:
    """Whether a word of the name tells that it is an organisation's, or it is a long acronym."""
    words = key.split()
    return any(is_head(word) for word in words) or " of " in key or (key.isupper() and len(key) > 2)
