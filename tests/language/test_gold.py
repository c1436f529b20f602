"""The gold annotation of the sample articles is sound, and the extractor stays near it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from annotator.domain.marks import Stretch
from annotator.domain.records import DocumentRecord, ReadDocument
from annotator.formats.registry import read_file
from annotator.language.analysis import analyse
from annotator.language.entities.names import NAMED
from annotator.language.pipelines import LoadedPipeline

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
GOLD = sorted((SEEDS / "gold").glob("*.jsonl"))
ARTICLES = sorted(path for path in SEEDS.glob("[0-9]*") if path.suffix in (".txt", ".md"))
FLOOR_CONTENTS, FLOOR_SPEAKERS, FLOOR_ENTITIES = 0.85, 0.85, 0.75


def record_of(path: Path) -> DocumentRecord:
    (read,) = read_file(path)
    assert isinstance(read, ReadDocument), read
    return read.record


def test_every_sample_article_has_its_gold() -> None:
    assert [path.stem for path in GOLD] == [path.stem for path in ARTICLES]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_is_of_the_sample_article_and_imports_without_a_problem(path: Path) -> None:
    record = record_of(path)
    article = next(one for one in ARTICLES if one.stem == path.stem)
    (read,) = read_file(article)
    assert isinstance(read, ReadDocument)
    assert record.text == read.record.text
    assert record.annotator == "gold"
    assert record.decided.spans
    assert record.decided.quotations


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_parts_of_quotations_and_names_do_not_overlap(path: Path) -> None:
    record = record_of(path)
    parts = sorted(part for one in record.decided.quotations for part in one.content)
    assert all(before.end <= after.start for before, after in pairwise(parts))
    spans = sorted((one.start, one.end) for one in record.decided.spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def trimmed(text: str, part: Stretch) -> tuple[int, int]:
    start, end = part.start, part.end
    while start < end and text[start] in "“”\"‘’' .,":
        start += 1
    while end > start and text[end - 1] in "“”\"‘’' .,":
        end -= 1
    return start, end


def f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / max(1, found + wanted)


def test_the_extractor_stays_near_the_gold(pipeline: LoadedPipeline) -> None:
    contents, speakers, entities = [0, 0, 0], [0, 0], [0, 0, 0]
    for path in GOLD:
        record = record_of(path)
        prediction = analyse(record.text, pipeline)
        names = {one.id: one.name for one in record.entities}
        gold = {
            trimmed(record.text, part): names.get(one.speaker_entity) if one.speaker_entity else None
            for one in record.decided.quotations
            for part in one.content
        }
        found = {
            trimmed(record.text, part): prediction.entities[one.entity].name if one.entity is not None else None
            for one in prediction.quotations
            for part in one.content
        }
        add(contents, [len(gold.keys() & found.keys()), len(found), len(gold)])
        same = [part for part in gold.keys() & found.keys() if is_same(gold[part], found[part])]
        add(speakers, [len(same), len(gold.keys() & found.keys())])
        wanted = {(bare(record.text, one.start, one.end), one.label) for one in record.decided.spans}
        marked = {(bare(record.text, one.start, one.end), one.label) for one in prediction.spans if one.label in NAMED}
        add(entities, [len(wanted & marked), len(marked), len(wanted)])
    assert f1(*contents) >= FLOOR_CONTENTS, contents
    assert speakers[0] / speakers[1] >= FLOOR_SPEAKERS, speakers
    assert f1(*entities) >= FLOOR_ENTITIES, entities


def add(totals: list[int], more: Sequence[int]) -> None:
    totals[:] = [total + one for total, one in zip(totals, more, strict=True)]


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    return (start + 4, end) if text[start : start + 4].lower() == "the " else (start, end)


def is_same(gold: str | None, found: str | None) -> bool:
    if gold is None or found is None:
        return gold is found
    return gold == found or gold.split()[-1] == found.split()[-1]
