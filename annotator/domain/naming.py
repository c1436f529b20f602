"""The names that an article's spans stand for: equal names and short forms folded, label by label.

A span with an entity has the entity's name, another one its own words. It must not know the label scheme.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from uuid import UUID

from annotator.domain.marks import Entity, SpanMark
from annotator.domain.persons import longer_name, longer_names, person_key

_ARTICLE = "the "


@dataclass(frozen=True, slots=True)
class NameGroup:
    """One name under one label; ``marks`` are the keys of its spans in order of the text."""

    label: int
    name: str
    marks: tuple[UUID, ...]
    decided: int


def name_groups(
    text: str,
    spans: Iterable[SpanMark],
    entity_of: Callable[[UUID | None], Entity | None],
    persons: Container[int],
) -> list[NameGroup]:
    """The names of ``spans`` (in order of the text) by label, in order of first appearance.

    Under the labels of ``persons`` a single name that ends exactly one longer name stands for it.
    """
    found: dict[int, dict[str, list[SpanMark]]] = {}
    names: dict[tuple[int, str], str] = {}
    for mark in spans:
        label = mark.fields.label
        entity = entity_of(mark.fields.entity)
        name = entity.name if entity else " ".join(mark.fields.stretch.slice(text).split())
        key = person_key(name).removeprefix(_ARTICLE) or name
        found.setdefault(label, {}).setdefault(key, []).append(mark)
        names.setdefault((label, key), name)
    groups = []
    for label, by_key in found.items():
        folded = _fold(by_key) if label in persons else by_key
        groups += [_group(label, names[label, key], marks) for key, marks in folded.items()]
    return groups


def _fold(by_key: dict[str, list[SpanMark]]) -> dict[str, list[SpanMark]]:
    longer = longer_names(by_key)
    folded: dict[str, list[SpanMark]] = {}
    for key, marks in by_key.items():
        folded.setdefault(longer_name(longer, key) or key, []).extend(marks)
    return folded


def _group(label: int, name: str, marks: list[SpanMark]) -> NameGroup:
    ordered = sorted(marks, key=lambda mark: (mark.fields.start, -mark.fields.end, mark.key.int))
    return NameGroup(label, name, tuple(mark.key for mark in ordered), sum(mark.decided for mark in ordered))
