"""Articles made up by a seeded generator, with marks at known places: the input of the benchmarks.

The same seed gives the same bytes on every machine. The words are plain and the news is invented; what counts is
size: the lengths of words, sentences and paragraphs are those of news text. Real articles are read at run time where
they lie beside the checkout, and never copied.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from annotator.domain.marks import Entity, Origin, OriginKind, QuotationType, SpeakerState, Stretch
from annotator.domain.records import DocumentRecord, MarkRecords, Metadata, QuotationRecord, SpanRecord
from benchmarks.measuring import TOP

ARTICLES, SPANS = 2_000, 58_460
"""The size at which imports and exports are compared."""


def _words(text: str) -> list[str]:
    return text.split()


_FIRST = _words("Anna Boris Clara Dmitri Elena Farid Greta Hugo Ines Jonas Karin Luis Marta Nils Olga Pavel Rosa Sven")
_LAST = _words("Albrecht Bauer Castro Dorn Eriksen Fuchs Grande Holm Ilves Jensen Kovač Lindqvist Møller Novák Peña")
_PLACES = _words("Aarhus Bergen Cádiz Dresden Esbjerg Florence Ghent Heidelberg Innsbruck Kiel Łódź Malmö Zürich")
_GROUPS = ("Harbour Union", "Northern Rail", "City Council", "Water Board", "Green League", "Finance Ministry")
_DAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_WORDS = _words(
    "the a of to in and on for that with as by at from its their was were has have had will would could after before"
    " about against new old public local last next more most many several other plan council budget report strike"
    " harbour bridge school hospital railway energy water housing market price worker driver teacher minister decision"
    " meeting protest repair delay promise question answer money week month year early late cost season company city"
)
_ORIGIN = Origin(OriginKind.PIPELINE, "made_up", "1.0")


@dataclass
class _Page:
    """An article that is being written: its parts, its length so far, what was marked in it."""

    random: random.Random
    parts: list[str]
    length: int
    spans: list[SpanRecord]
    quotations: list[QuotationRecord]
    entities: dict[str, Entity]

    def write(self, words: str) -> Stretch:
        start, self.length = self.length, self.length + len(words)
        self.parts.append(words)
        return Stretch(start, self.length)

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def name(self, label: str) -> tuple[Stretch, Entity]:
        choose = self.random.choice
        words = {
            "PERSON": f"{choose(_FIRST)} {choose(_LAST)}",
            "GPE": choose(_PLACES),
            "ORG": choose(_GROUPS),
            "DATE": choose(_DAYS),
        }[label]
        entity = self.entities.setdefault(words, Entity(self.id(), words, label))
        place = self.write(words)
        linked = entity.id if label != "DATE" else None
        self.spans.append(SpanRecord(self.id(), place.start, place.end, label, _ORIGIN, linked))
        return place, entity


def article(seed: int, spans: int, characters: int) -> DocumentRecord:
    """An article of about ``characters`` code points with exactly ``spans`` spans and some quotations, all pending."""
    page = _Page(random.Random(seed), [], 0, [], [], {})
    page.write(f"{_clause(page, 6).capitalize()} in number {seed}\n\n")
    sentence = 0
    while page.length < characters or len(page.spans) < spans:
        due = min(spans, spans * (page.length + 110) // max(characters, 1) + 1) - len(page.spans)
        _sentence(page, max(0, due), spans - len(page.spans))
        sentence += 1
        page.write("\n\n" if sentence % 4 == 0 else " ")
    entities = tuple(sorted(page.entities.values(), key=lambda entity: entity.id))
    used = {span.entity for span in page.spans}
    return DocumentRecord(
        f"made-up-{seed}",
        "".join(page.parts),
        Metadata(title=f"Number {seed}", outlet="The Made-up Times", published="2026-11-24", language="en"),
        suggestions=MarkRecords(tuple(page.spans), tuple(page.quotations)),
        entities=tuple(entity for entity in entities if entity.id in used),
    )


def _clause(page: _Page, words: int) -> str:
    return " ".join(page.random.choices(_WORDS, k=words))


def _sentence(page: _Page, due: int, left: int) -> None:
    """A sentence with ``due`` names, every fourth one quoting somebody while at least one span is ``left``."""
    quotes = left > 0 and page.random.random() < 0.25
    if quotes:
        content = page.write(f"“{_clause(page, 9).capitalize()},”")
        page.write(" ")
        speaker, entity = page.name("PERSON")
        page.write(" ")
        cue = page.write(page.random.choice(("said", "warned", "added")))
        page.quotations.append(
            QuotationRecord(
                page.id(), QuotationType.DIRECT, (content,), _ORIGIN, (cue,), speaker, entity.id, SpeakerState.NAMED
            )
        )
    else:
        page.write(_clause(page, 8).capitalize())
    for _ in range(due - quotes):
        page.write(f" {_clause(page, 3)} ")
        page.name(page.random.choice(("PERSON", "GPE", "ORG", "DATE")))
    page.write(f" {_clause(page, 5)}.")


def articles(count: int = ARTICLES, spans: int = SPANS, characters: int = 3_300) -> Iterator[DocumentRecord]:
    """``count`` articles that have ``spans`` spans between them."""
    for number in range(count):
        share = spans * (number + 1) // count - spans * number // count
        yield article(number, share, characters)


def real_texts(limit: int | None = None) -> list[str]:
    """News articles: those beside the checkout if they are there, else the program's samples, repeated to ``limit``."""
    data = TOP.parent / "shared" / "data" / "quotes" / "polnear_dev.jsonl"
    if data.is_file():
        texts = [json.loads(line)["text"] for line in data.read_text("utf-8").splitlines()]
    else:
        samples = sorted(path for path in (TOP / "seeds").iterdir() if path.suffix in (".txt", ".md"))
        texts = [path.read_text("utf-8") for path in samples] * 10
    return texts[:limit]


def first_article() -> tuple[str, Path]:
    """The name and path of one real article: the one beside the checkout, else the first sample."""
    real = TOP.parent / "shared" / "seed" / "article.txt"
    if real.is_file():
        return "seed article", real
    return "sample article", min((TOP / "seeds").glob("*.txt"))
