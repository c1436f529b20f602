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
from annotator.language.settings import DEFAULT, Settings
from annotator.language.speakers.attribute import attribute
from annotator.language.version import RULES_VERSION

__all__ = ["RULES_VERSION", "analyse", "analyse_many", "predict_parsed"]


def analyse(text: str, pipeline: LoadedPipeline, settings: Settings = DEFAULT) -> Prediction:
    """Find entities, quotations and their speakers in a canonical text of any length."""
    return next(analyse_many((text,), pipeline, settings))


def analyse_many(texts: Iterable[str], pipeline: LoadedPipeline, settings: Settings = DEFAULT) -> Iterator[Prediction]:
    """Like :func:`analyse` for each text, in order, several parsed at a time."""
    to_parse, to_read = tee(texts)
    for doc, text in zip(parse_many(to_parse, pipeline.nlp), to_read, strict=False):
        yield predict_parsed(text, doc, settings)


def predict_parsed(text: str, doc: Any, settings: Settings = DEFAULT) -> Prediction:
    """All that our rules find in a text that a pipeline has parsed into ``doc``."""
    spans = entity_spans(text, doc, settings)
    quotations = extract_quotations(text, doc, spans, settings)
    return attribute(text, doc, spans, quotations, settings)
