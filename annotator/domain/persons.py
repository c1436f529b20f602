"""The persons of an article who can be picked as speakers, each with a letter.

Until persons come from the register, they are the distinct names among the article's PERSON marks; a single
name that ends exactly one longer name stands for it ("Peskov" for "Dmitry Peskov").
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias
from uuid import UUID

from annotator.domain.marks import Entity, Person, QuotationMark, SpanMark, Stretch
from annotator.domain.ordered import Place, place_of

LETTERS = "DFGHJKLERTYIO"
"""Letters that pick a person, in order; more persons than letters are picked by mouse."""


EntityOf: TypeAlias = Callable[[UUID | None], Entity | None]


@dataclass
class _Group:
    name: str
    entity: UUID | None
    mentions: list[Stretch] = field(default_factory=list)
    quotations: int = 0


@dataclass(frozen=True, slots=True)
class _Mention:
    """A PERSON mark as its group sees it, ordered by its place in the text."""

    place: Place
    name: str
    entity: UUID | None
    decided: bool
    stretch: Stretch


@lru_cache(maxsize=8192)
def person_key(name: str) -> str:
    """A name without case, a final 's and doubled blanks: what makes two mentions the same name."""
    words = " ".join(name.split()).casefold()
    return words.removesuffix("’s").removesuffix("'s")


def persons_of(
    text: str, marks: Iterable[SpanMark], quotations: Iterable[QuotationMark], entity_of: EntityOf
) -> list[Person]:
    """The persons among ``marks`` (PERSON spans), in order of first appearance.

    Speakers who are persons of the register but have no mark here come last. ``entity_of`` looks an entity up.
    """
    board = PersonBoard(text, entity_of)
    board.change((), marks)
    return board.persons(quotations)


class PersonBoard:
    """The persons of an article, kept up to date as PERSON marks come and go."""

    def __init__(self, text: str, entity_of: EntityOf) -> None:
        self._text = text
        self._entity_of = entity_of
        self._key_of: dict[UUID, str] = {}
        self._groups: dict[str, list[_Mention]] = {}

    def change(self, gone: Iterable[SpanMark], come: Iterable[SpanMark]) -> None:
        """Take PERSON marks out and put others in; those whose entity has another name do both."""
        for mark in gone:
            key = self._key_of.pop(mark.key)
            group = self._groups[key]
            del group[bisect_left(group, place_of(mark), key=_by_place)]
            if not group:
                del self._groups[key]
        for mark in come:
            entity = self._entity_of(mark.fields.entity)
            stretch = mark.fields.stretch
            name = entity.name if entity else " ".join(stretch.slice(self._text).split())
            key = self._key_of[mark.key] = person_key(name)
            mention = _Mention(place_of(mark), name, entity.id if entity else None, mark.decided, stretch)
            insort(self._groups.setdefault(key, []), mention, key=_by_place)

    def persons(self, quotations: Iterable[QuotationMark]) -> list[Person]:
        """The persons, with letters and how many of the quotations are theirs."""
        ordered = sorted(self._groups.items(), key=lambda item: item[1][0].place)
        groups = _fold_surnames({key: _group(mentions) for key, mentions in ordered})
        self._count(groups, quotations)
        letters = [*LETTERS, *[""] * len(groups)]
        return [
            Person(group.name, letter, group.entity, group.quotations, tuple(group.mentions))
            for group, letter in zip(groups.values(), letters, strict=False)
        ]

    def _count(self, groups: dict[str, _Group], quotations: Iterable[QuotationMark]) -> None:
        longer = longer_names(groups)
        counts = Counter(quotation.fields.entity for quotation in quotations)
        for id_, count in counts.items():
            entity = self._entity_of(id_)
            if entity is None or entity.type != "PERSON":
                continue
            known = _group_of(groups, longer, entity.name)
            if known is None:
                key = person_key(entity.name)
                known = groups[key] = _Group(entity.name, entity.id)
                for last, names in longer_names([key]).items():
                    longer.setdefault(last, []).extend(names)
            known.quotations += count


def _by_place(mention: _Mention) -> Place:
    return mention.place


def _group(mentions: Sequence[_Mention]) -> _Group:
    """Mentions of one name; a decided entity counts before a proposed one, the last before the others."""
    group = _Group(mentions[0].name, None, [mention.stretch for mention in mentions])
    for mention in mentions:
        if mention.entity and (group.entity is None or mention.decided):
            group.entity = mention.entity
    return group


def _fold_surnames(groups: dict[str, _Group]) -> dict[str, _Group]:
    folded: dict[str, _Group] = {}
    longer = longer_names(groups)
    targets = {key: longer_name(longer, key) for key in groups}
    for key, group in groups.items():
        target = targets[key] or key
        owner = groups[target]
        known = folded.setdefault(target, _Group(owner.name, owner.entity))
        known.mentions += group.mentions
        known.entity = known.entity or group.entity
    return folded


def longer_names(names: Iterable[str]) -> dict[str, list[str]]:
    """The names of several words by their last word."""
    found: dict[str, list[str]] = {}
    for name in names:
        _, blank, last = name.rpartition(" ")
        if blank:
            found.setdefault(last, []).append(name)
    return found


def longer_name(longer: Mapping[str, list[str]], key: str) -> str | None:
    """The one longer name that ends with this single name, if there is exactly one."""
    found = longer.get(key, ())
    return found[0] if len(found) == 1 else None


def _group_of(groups: dict[str, _Group], longer: Mapping[str, list[str]], name: str) -> _Group | None:
    key = person_key(name)
    return groups.get(key) or groups.get(longer_name(longer, key) or "")
