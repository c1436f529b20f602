"""The persons of an article who can be picked as speakers, each with a letter.

Until persons come from the register, they are the distinct names among the article's PERSON marks; a single
name that ends exactly one longer name stands for it ("Peskov" for "Dmitry Peskov").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from annotator.domain.marks import Entity, Person, QuotationMark, SpanMark, Stretch

LETTERS = "DFGHJKLERTYIO"
"""Letters that pick a person, in order; more persons than letters are picked by mouse."""


@dataclass
class _Group:
    name: str
    entity: UUID | None
    mentions: list[Stretch] = field(default_factory=list)
    quotations: int = 0


def person_key(name: str) -> str:
    """A name without case, a final 's and doubled blanks: what makes two mentions the same name."""
    words = " ".join(name.split()).casefold()
    return words.removesuffix("’s").removesuffix("'s")


def persons_of(
    text: str,
    marks: Iterable[SpanMark],
    quotations: Iterable[QuotationMark],
    entity_of: Callable[[UUID | None], Entity | None],
) -> list[Person]:
    """The persons among ``marks`` (PERSON spans in order of the text), in order of first appearance.

    Speakers who are persons of the register but have no mark here come last. ``entity_of`` looks an entity up.
    """
    groups: dict[str, _Group] = {}
    for mark in marks:
        entity = entity_of(mark.fields.entity)
        name = entity.name if entity else " ".join(mark.fields.stretch.slice(text).split())
        group = groups.setdefault(person_key(name), _Group(name, None))
        if entity and (group.entity is None or mark.decided):
            group.entity = entity.id
        group.mentions.append(mark.fields.stretch)
    groups = _fold_surnames(groups)
    for quotation in quotations:
        entity = entity_of(quotation.fields.entity)
        if entity is None or entity.type != "PERSON":
            continue
        known = _group_of(groups, entity.name)
        if known is None:
            known = groups[person_key(entity.name)] = _Group(entity.name, entity.id)
        known.quotations += 1
    ordered = list(groups.values())
    letters = [*LETTERS, *[""] * len(ordered)]
    return [
        Person(group.name, letter, group.entity, group.quotations, tuple(group.mentions))
        for group, letter in zip(ordered, letters, strict=False)
    ]


def _fold_surnames(groups: dict[str, _Group]) -> dict[str, _Group]:
    folded: dict[str, _Group] = {}
    targets = {key: _longer(groups, key) for key in groups}
    for key, group in groups.items():
        target = targets[key] or key
        owner = groups[target]
        known = folded.setdefault(target, _Group(owner.name, owner.entity))
        known.mentions += group.mentions
        known.entity = known.entity or group.entity
    return folded


def _longer(groups: dict[str, _Group], key: str) -> str | None:
    """The one longer name that ends with this single name, if there is exactly one."""
    if " " in key:
        return None
    found = [other for other in groups if other.endswith(" " + key)]
    return found[0] if len(found) == 1 else None


def _group_of(groups: dict[str, _Group], name: str) -> _Group | None:
    key = person_key(name)
    return groups.get(key) or groups.get(_longer(groups, key) or "")
