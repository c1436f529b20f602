"""What a name's last word says of its kind: a Ministry is an organisation, an Airport a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.names import key_of
from annotator.language.entities.places import places
from annotator.language.words import word_set

_HEADS = {
    **dict.fromkeys(
        word_set(
            """
            Ministry Council University College Committee Commission Agency Department Party Association
            Foundation Institute Corporation Corp. Inc. Ltd. Company Court Parliament Senate Congress Union
            Federation League Authority Bureau Police Club Society Group Organization Organisation Bank Office
            Fund Trust Partners Airlines Airways Motors Pictures Studios Holdings Technologies Industries Media
            Times Tribune Herald Gazette Courier Chronicle Inspectorate
            """
        ),
        "ORG",
    ),
    **dict.fromkeys(
        word_set(
            """
            Airport Bridge Stadium Street Avenue Hospital Station Highway Statehouse Capitol Arena Pier Palace
            Tower Square Cathedral Prison Theatre Theater Zoo
            """
        ),
        "FAC",
    ),
    **dict.fromkeys(word_set("River Ocean Sea Mountains Bay Gulf Valley Peninsula Islands"), "LOC"),
    **dict.fromkeys(word_set("War Olympics Festival Championships"), "EVENT"),
    **dict.fromkeys(word_set("Act Treaty"), "LAW"),
}
_ALONE = frozenset(("Statehouse", "Capitol"))
_CONFUSED = frozenset(("ORG", "FAC", "GPE", "LOC", "PERSON", "PRODUCT", "NORP", "LAW", "EVENT"))


def is_head(word: str) -> bool:
    """Whether a name's last word tells its kind."""
    return word in _HEADS


def label_by_head(text: str, spans: Iterable[PredictedSpan]) -> list[PredictedSpan]:
    """Relabel names of two or more words whose last word leaves no doubt."""
    done = []
    for span in spans:
        words = text[span.start : span.end].split()
        telling = span.label in _CONFUSED and (len(words) > 1 or words[0] in _ALONE)
        label = _HEADS.get(words[-1]) if telling and key_of(text, span) not in places() else None
        done.append(span if label in (None, span.label) else replace(span, label=label or "", rule="head"))
    return done
