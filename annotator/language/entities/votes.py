"""One label for one name within a document: the pipeline's own votes, capped, against better evidence.

The surname of somebody named in full is that person wherever it stands alone. Without the cap many identical
wrong votes would outweigh that evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.context import context_votes
from annotator.language.entities.names import NAMED, key_of, surname_of
from annotator.language.entities.places import is_weak, peoples, places
from annotator.language.settings import DEFAULT, Settings

_CAP = 2
_SURNAME = 6.0
_SURNAME_LIKE_COUNTRY = 2.0
_COUNTRY = 3.0
_WEAK_PLACE = 1.0

Votes = Mapping[str, Mapping[str, float]]


def surnames(text: str, spans: Sequence[PredictedSpan]) -> Counter[str]:
    """Surnames of the persons named in full, with how often."""
    found: Counter[str] = Counter()
    for span in spans:
        if span.label == "PERSON" and (surname := surname_of(text[span.start : span.end])):
            found[surname] += 1
    return found


def agree_on_labels(text: str, spans: Sequence[PredictedSpan], settings: Settings = DEFAULT) -> list[PredictedSpan]:
    """Give each name the label with the most votes in the document; a tie leaves labels as they are."""
    votes = _votes(text, spans, settings)
    known = surnames(text, spans)
    agreed = []
    for span in spans:
        label = _winner(votes.get(key_of(text, span), {})) if span.label in NAMED else None
        if label is None or label == span.label:
            agreed.append(span)
        else:
            surname = label == "PERSON" and key_of(text, span) in known
            agreed.append(replace(span, label=label, rule="surname" if surname else "same name"))
    return agreed


def _votes(text: str, spans: Sequence[PredictedSpan], settings: Settings) -> Votes:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        if span.label in NAMED:
            counts[key_of(text, span)][span.label] += 1
    known = surnames(text, spans)
    beside = context_votes(text, spans) if settings.use("entity context") else {}
    votes: dict[str, dict[str, float]] = {}
    for key, labels in counts.items():
        total = sum(labels.values())
        votes[key] = {label: count / total * min(total, _CAP) for label, count in labels.items()}
        for label, weight in (*beside.get(key, {}).items(), *_listed(key, known, settings)):
            votes[key][label] = votes[key].get(label, 0.0) + weight
    return votes


def _listed(key: str, known: Counter[str], settings: Settings) -> list[tuple[str, float]]:
    """What lists say of a name: the document's own surnames, places, peoples."""
    found = []
    place = settings.use("entity lists") and key in places()
    if key in known:
        found.append(("PERSON", _SURNAME_LIKE_COUNTRY if place else _SURNAME))
    if place:
        found.append(("GPE", _WEAK_PLACE if is_weak(key) else _COUNTRY))
    elif settings.use("entity lists") and key in peoples():
        found.append(("NORP", _COUNTRY))
    return found


def _winner(votes: Mapping[str, float]) -> str | None:
    ordered = sorted(votes.items(), key=lambda item: -item[1])
    if len(ordered) > 1 and ordered[0][1] - ordered[1][1] < 1e-9:
        return None
    return ordered[0][0] if ordered else None
