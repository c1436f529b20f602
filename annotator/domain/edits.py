"""Edits: the only way a person's work changes, and the whole of undo.

An edit is an ordered list of row changes. A row is a mapping of JSON values under a table and a UUID; a change
keeps the changed fields before and after, so it can be taken back and done again. Everything here is pure: the
same changes on the same rows give the same rows, in memory and in the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from annotator.domain.records import JSONValue

PAYLOAD_VERSION = 1
"""The version of the rows in a change; a migration converts older ones or visibly ends undo there."""

Row: TypeAlias = Mapping[str, JSONValue]


class Table(StrEnum):
    """The tables that hold a person's work."""

    DOCUMENT = "document"
    ENTITY = "entity"
    SET = "annotation_set"
    SPAN = "span"
    QUOTATION = "quotation"


RowKey: TypeAlias = tuple[Table, UUID]
Rows: TypeAlias = MutableMapping[RowKey, Row]


class EditKind(StrEnum):
    """What an edit is: a person's act, the taking back of one, or doing it again; or an import's baseline."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; ``before`` None inserts it, ``after`` None deletes it.

    Of a row that stays, both hold the changed fields only. ``document`` is the row's document, if it has one.
    """

    table: Table
    row: UUID
    document: int | None
    before: Row | None
    after: Row | None

    @property
    def key(self) -> RowKey:
        """Where the row stands."""
        return self.table, self.row


@dataclass(frozen=True, slots=True)
class Edit:
    """One transaction of a person: what it is called, and the rows it changes, in order.

    ``document`` is where the person was; ``target`` the edit that an undo takes back, or the undo that a redo
    takes back.
    """

    id: UUID
    kind: EditKind
    summary: str
    changes: tuple[RowChange, ...]
    document: int | None = None
    target: UUID | None = None


def change_row(key: RowKey, document: int | None, old: Row | None, new: Row | None) -> RowChange | None:
    """The change that leads from ``old`` to ``new`` (None: no row); None where nothing differs."""
    if old is None or new is None:
        return None if old is new else RowChange(*key, document, old, new)
    fields = [name for name in new if name not in old or old[name] != new[name]]
    if not fields:
        return None
    before = {name: old.get(name) for name in fields}
    return RowChange(*key, document, before, {name: new[name] for name in fields})


def invert(changes: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """The changes that take ``changes`` back, last first."""
    return tuple(
        RowChange(change.table, change.row, change.document, change.after, change.before)
        for change in reversed(tuple(changes))
    )


def fits(rows: Mapping[RowKey, Row], change: RowChange) -> bool:
    """Whether the row still is what ``change`` starts from."""
    current = rows.get(change.key)
    if current is None or change.before is None:
        return current is None and change.before is None
    return all(current.get(name) == value for name, value in change.before.items())


def apply_change(rows: Rows, change: RowChange) -> None:
    """Carry out one change on ``rows``."""
    if change.after is None:
        del rows[change.key]
    elif change.before is None:
        rows[change.key] = dict(change.after)
    else:
        rows[change.key] = {**rows[change.key], **change.after}


def apply_fitting(rows: Rows, changes: Iterable[RowChange]) -> tuple[list[RowChange], list[RowChange]]:
    """Carry out every change whose row still fits; return those done and those that were left out."""
    done: list[RowChange] = []
    left: list[RowChange] = []
    for change in changes:
        if fits(rows, change):
            apply_change(rows, change)
            done.append(change)
        else:
            left.append(change)
    return done, left
