"""Entities in CoNLL++ (Reuters news of 1996): the pipeline alone, and with our rules.

``python -m benchmarks.quality.entities``
"""

from __future__ import annotations

from typing import Any

from annotator.domain.predictions import Prediction
from benchmarks.measuring import table
from benchmarks.quality.gold import documents, scorer
from benchmarks.quality.scoring import parsed, predicted


def main() -> None:
    """Measure and print."""
    gold = documents("data/ner/conllpp_dev.jsonl")
    texts = [one["text"] for one in gold]
    docs = parsed(texts)
    raw = [[[ent.start_char, ent.end_char, ent.label_] for ent in doc.ents] for doc in docs]
    found = [_spans(prediction) for prediction in predicted(texts, docs)]
    by_id = {one["id"]: one for one in gold}
    rows = []
    for name, spans in (("pipeline alone", raw), ("with our rules", found)):
        given = {one["id"]: {"spans": each} for one, each in zip(gold, spans, strict=True)}
        scores = scorer("score_ner").score(by_id, given)
        rows.append([name, *(str(scores[label][2]) for label in ("all", "PER", "ORG", "LOC"))])
    table("CoNLL++ dev: F1", ("entities", "all", "persons", "organisations", "places"), rows)


def _spans(prediction: Prediction) -> list[list[Any]]:
    return [[span.start, span.end, span.label] for span in prediction.spans]


if __name__ == "__main__":
    main()
