"""What each rule is worth: quotations with one rule off at a time, entities likewise.

``python -m benchmarks.quality.ablation``

Quotations are measured on the half of PolNeAR's training part that nobody read and on the outlets, entities on the
outlets and on CoNLL++; shown is what is lost without the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotator.domain.predictions import Prediction
from annotator.language.settings import Settings
from benchmarks.measuring import table
from benchmarks.quality.gold import Document, documents, outlets, polnear_half, scorer
from benchmarks.quality.scoring import entity_f1, parsed, predicted, quotation_figures, shown

QUOTATION_RULES = (
    "frame after",
    "frame after, part in marks",
    "frame after, with content",
    "quote after comma",
    "quote after colon",
    "quote without comma",
    "floating",
    "signature",
    "transcript",
    "embedded post",
    "goes on in marks",
    "according to, first",
    "according to, last",
    "according to, within",
    "split clause",
    "clause before cue",
    "as clause",
    "clause",
    "that clause",
    "question clause",
    "infinitive",
    "object and infinitive",
    "gerund",
    "denied report",
    "noun with clause",
    "noun phrase",
    "noun phrase and preposition",
    "phrase after preposition",
    "marked phrase",
    "that before",
    "trailing participle",
)
ENTITY_RULES = (
    "entity ends",
    "party in brackets",
    "entity shouts",
    "entity heads",
    "entity agreement",
    "entity context",
    "entity lists",
    "entity short forms",
    "entity repeats",
    "entity capitals",
)


def main() -> None:
    """Measure and print."""
    unread, papers = polnear_half(read=False), outlets()
    corpora = [(gold, _texts(gold), parsed(_texts(gold))) for gold in (unread, papers)]
    _quotations(corpora)
    _entities(corpora[1])


def _texts(gold: Sequence[Document]) -> list[str]:
    return [one["text"] for one in gold]


def _quotations(corpora: Sequence[tuple[Sequence[Document], list[str], list[Any]]]) -> None:
    whole = [quotation_figures(gold, predicted(texts, docs))["all"] for gold, texts, docs in corpora]
    rows = [["all rules", *map(shown, whole)]]
    for rule in QUOTATION_RULES:
        off = Settings(without=frozenset((rule,)))
        cells = []
        for (gold, texts, docs), best in zip(corpora, whole, strict=True):
            figures = quotation_figures(gold, predicted(texts, docs, off))["all"]
            cells.append(shown([figure - full for figure, full in zip(figures, best, strict=True)]))
        rows.append([f"without {rule}", *cells])
    table("Quotations: exact / partial / attribution F1", ("rules", "PolNeAR, unread", "outlets"), rows)


def _entities(papers: tuple[Sequence[Document], list[str], list[Any]]) -> None:
    gold, texts, docs = papers
    news = documents("data/ner/conllpp_dev.jsonl")
    news_docs = parsed(_texts(news))

    def figures(settings: Settings) -> tuple[float, float]:
        return (
            entity_f1(gold, predicted(texts, docs, settings)),
            _conll(news, predicted(_texts(news), news_docs, settings)),
        )

    best = figures(Settings())
    rows = [["all rules", *(f"{figure:.1f}" for figure in best)]]
    for rule in ENTITY_RULES:
        found = figures(Settings(without=frozenset((rule,))))
        rows.append([f"without {rule}", *(f"{one - full:.1f}" for one, full in zip(found, best, strict=True))])
    table("Entities: F1", ("rules", "outlets", "CoNLL++"), rows)


def _conll(news: Sequence[Document], predictions: Sequence[Prediction]) -> float:
    by_id = {one["id"]: one for one in news}
    given = {
        one["id"]: {"spans": [[span.start, span.end, span.label] for span in each.spans]}
        for one, each in zip(news, predictions, strict=True)
    }
    return float(scorer("score_ner").score(by_id, given)["all"][2])


if __name__ == "__main__":
    main()
