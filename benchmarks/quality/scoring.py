"""From predictions to the scorers' figures.

Knows the scorers' input; nothing of what is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from annotator.domain.predictions import Prediction
from annotator.language import pipelines
from annotator.language.analysis import predict_parsed
from annotator.language.reading import parse_many
from annotator.language.settings import DEFAULT, Settings
from benchmarks.quality.gold import Document, scorer

TYPES = ("all", "direct", "mixed", "indirect")


def parsed(texts: Sequence[str], pipeline: str | None = None) -> list[Any]:
    """The texts parsed by a pipeline, the default one if none is named."""
    return list(parse_many(texts, pipelines.load(pipeline).nlp))


def predicted(texts: Sequence[str], docs: Iterable[Any], settings: Settings = DEFAULT) -> list[Prediction]:
    """What our rules find in parsed texts."""
    return [predict_parsed(text, doc, settings) for text, doc in zip(texts, docs, strict=True)]


def quotation_rows(gold: Sequence[Document], predictions: Iterable[Prediction]) -> list[Document]:
    """One row a content part, as the scorer of quotations reads them."""
    return [
        {"id": one["id"], "quotes": list(_rows(prediction))} for one, prediction in zip(gold, predictions, strict=True)
    ]


def _rows(prediction: Prediction) -> Iterator[Document]:
    for quotation in prediction.quotations:
        for part in quotation.content:
            speaker, cue = quotation.speaker, quotation.cue[0] if quotation.cue else None
            yield {
                "content": [part.start, part.end],
                "speaker": None if speaker is None else [speaker.start, speaker.end],
                "cue": None if cue is None else [cue.start, cue.end],
            }


def quotation_figures(
    gold: Sequence[Document], predictions: Iterable[Prediction], view: str = "speech"
) -> dict[str, tuple[float, float, float]]:
    """Exact, partial and attribution F1 (in hundredths) for each type of quotation."""
    options = SimpleNamespace(view=view, strict_punct=False, strip_that=False, min_iou=0.3, bootstrap=0)
    without_types = [{**one, "quotes": [{**quote, "type": None} for quote in one["quotes"]]} for one in gold]
    result, _ = scorer("score_quotes").run(without_types, quotation_rows(gold, predictions), options)
    return {
        kind: (
            100 * result["types"][kind]["exact"]["F"],
            100 * result["types"][kind]["partial"]["F"],
            100 * result["types"][kind]["attrib"]["F"],
        )
        for kind in TYPES
    }


def entity_f1(gold: Sequence[Document], predictions: Iterable[Prediction]) -> float:
    """F1 of named types with exact ends and label (in hundredths), by the measure of the outlets' scorer."""
    outlets = scorer("score_outlets")
    right = found = wanted = 0
    for one, prediction in zip(gold, predictions, strict=True):
        text = one["text"]
        marked = {
            (outlets.ends(text, span.start, span.end), span.label)
            for span in prediction.spans
            if span.label in outlets.NAMED
        }
        true = {(outlets.ends(text, start, end), label) for start, end, label in one["spans"]}
        right, found, wanted = right + len(marked & true), found + len(marked), wanted + len(true)
    return 200 * right / max(1, found + wanted)


def shown(figures: Sequence[float]) -> str:
    """Figures with one digit, parted by strokes."""
    return " / ".join(f"{figure:.1f}" for figure in figures)
