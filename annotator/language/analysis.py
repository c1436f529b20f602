"""Text in, one prediction out: the order in which the language room's parts work on a document.

Deterministic: no clock, no random choice. Knows the parts by their one function each, and nothing of how a
prediction is stored or shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee
from typing import Any

from annotator.domain.predictions import Prediction
from annotator.language.entities.recognise import entity_spans
from annotator.language.pipelines import LoadedPipeline
from annotator.language.quotations.extract import extract_quotations
from annotator.language.reading import parse_many
from annotator.language.speakers.attribute import attribute
from annotator.language.version import RULES_VERSION

__all__ = ["RULES_VERSION", "analyse", "analyse_many"]


def analyse(text: str, pipeline: LoadedPipeline) -> Prediction:
    """Find entities, quotations and their speakers in a canonical text of any length."""
    return next(analyse_many((text,), pipeline))


def analyse_many(texts: Iterable[str], pipeline: LoadedPipeline) -> Iterator[Prediction]:
    """Like :func:`analyse` for each text, in order, several parsed at a time."""
    to_parse, to_read = tee(texts)
    for doc, text in zip(parse_many(to_parse, pipeline.nlp), to_read, strict=False):
        yield _predict(text, doc)


def _predict(text: str, doc: Any) -> Prediction:
    spans = entity_spans(text, doc)
    quotations = extract_quotations(text, doc, spans)
    return attribute(text, doc, spans, quotations)
