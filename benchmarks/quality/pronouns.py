"""Who "he" and "she" are: 24 gold pronouns, and a harder test with bare surnames hidden as if they were pronouns.

``python -m benchmarks.quality.pronouns``

The harder test takes every quotation of PolNeAR whose gold speaker is a bare surname that the document's persons
explain and whose gender is known, writes "he" or "she" (blanks behind it, so that no offset moves) in its place,
and asks whom the speaker now means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.marks import Stretch
from annotator.domain.predictions import Prediction
from annotator.language.speakers.names import Gender, parse_name
from benchmarks.measuring import table
from benchmarks.quality.gold import Document, documents, polnear, polnear_half
from benchmarks.quality.scoring import parsed, predicted

_WORD = re.compile(r"[A-ZÀ-Ý][\w’'-]{2,}")


@dataclass(frozen=True, slots=True)
class _Hidden:
    """A surname to hide: where it stands, whom it means, and the pronoun."""

    document: int
    start: int
    end: int
    name: str
    pronoun: str


def main() -> None:
    """Measure and print."""
    gold = polnear()
    texts = [one["text"] for one in gold]
    predictions = predicted(texts, parsed(texts))
    rows = [_named(gold, predictions), _tested("hidden surnames, dev", gold, predictions)]
    unread = polnear_half(read=False, most=100)
    texts = [one["text"] for one in unread]
    rows.append(_tested("hidden surnames, unread", unread, predicted(texts, parsed(texts))))
    table("Whom a pronoun means", ("test", "right", "of", "share"), rows)


def _named(gold: Sequence[Document], predictions: Sequence[Prediction]) -> list[str]:
    by_id = {one["id"]: prediction for one, prediction in zip(gold, predictions, strict=True)}
    asked = documents("data/quotes/dev_canonical.jsonl")
    right = 0
    for one in asked:
        who = _speaker_at(by_id[one["id"]], *one["speaker"])
        right += who is not None and _same(who, one["canonical"])
    return _row("pronouns of dev_canonical", right, len(asked))


def _tested(title: str, gold: Sequence[Document], predictions: Sequence[Prediction]) -> list[str]:
    hidden = [one for number, item in enumerate(gold) for one in _surnames(number, item, predictions[number])]
    texts = [_without(gold[one.document]["text"], one) for one in hidden]
    found = predicted(texts, parsed(texts))
    right = asked = 0
    for one, prediction in zip(hidden, found, strict=True):
        spoken = [q for q in prediction.quotations if q.speaker and q.speaker.start <= one.start < q.speaker.end]
        if spoken:
            asked += 1
            entity = spoken[0].entity
            right += entity is not None and _same(prediction.entities[entity].name, one.name)
    return _row(title, right, asked)


def _surnames(number: int, item: Document, prediction: Prediction) -> list[_Hidden]:
    """Bare surnames that are gold speakers, with a person of several names and known gender behind them."""
    text = item["text"]
    found: dict[int, _Hidden] = {}
    for quote in item["quotes"]:
        if not quote.get("speaker") or quote.get("speech") is False:
            continue
        start, end = quote["speaker"]
        if not _WORD.fullmatch(text[start:end]) or any(
            content["content"][0] <= start < content["content"][1] for content in item["quotes"]
        ):
            continue
        span = next((one for one in prediction.spans if one.start == start and one.entity is not None), None)
        person = prediction.entities[span.entity] if span is not None and span.entity is not None else None
        if person is None or " " not in person.name or parse_name(person.name).surname != text[start:end].lower():
            continue
        gender = parse_name(person.name).gender
        if gender is not None:
            pronoun = "he" if gender is Gender.MALE else "she"
            found[start] = _Hidden(number, start, end, person.name, pronoun)
    return list(found.values())


def _without(text: str, one: _Hidden) -> str:
    before = text[: one.start].rstrip(" ")
    capital = not before or before[-1] in '.!?\n”"'
    word = one.pronoun.capitalize() if capital else one.pronoun
    return text[: one.start] + word + text[one.end :]


def _speaker_at(prediction: Prediction, start: int, end: int) -> str | None:
    place = Stretch(start, end)
    for quotation in prediction.quotations:
        if quotation.speaker is not None and quotation.speaker.overlaps(place) and quotation.entity is not None:
            return prediction.entities[quotation.entity].name
    return None


def _plain(name: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", name.lower())
    return [word.strip(".,’'") for word in letters.replace("-", " ").split()]


def _same(one: str, other: str) -> bool:
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return bool(short) and (short[-1] == long[-1])


def _row(title: str, right: int, asked: int) -> list[str]:
    return [title, str(right), str(asked), f"{100 * right / max(1, asked):.1f} %"]


if __name__ == "__main__":
    main()
