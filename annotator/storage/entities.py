"""The register of entities in the database, and what runs proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, select

from annotator.domain.marks import Entity
from annotator.storage.arrivals import Arrivals
from annotator.storage.clock import new_id
from annotator.storage.projects import name_key
from annotator.storage.tables import EntityRow, SuggestedEntity

Value = TypeVar("Value")


def register(connection: Connection, project: int, ids: Iterable[UUID]) -> dict[UUID, Entity]:
    """The named entities of the project's register."""
    wanted = list(ids)
    found: dict[UUID, Entity] = {}
    for some in _some(wanted):
        query = select(EntityRow.__table__).where(EntityRow.id.in_(some), EntityRow.project == project)
        for row in connection.execute(query):
            found[row.id] = Entity(row.id, row.name, row.type, tuple(row.aliases), row.kb_id)
    return found


def proposed(connection: Connection, document: int) -> dict[UUID, Entity]:
    """Every entity that any run proposed in a document."""
    return proposed_in(connection, (document,))[document]


def proposed_in(connection: Connection, documents: Iterable[int]) -> dict[int, dict[UUID, Entity]]:
    """Every entity that any run proposed in each of the given documents (some hundreds at most)."""
    found: dict[int, dict[UUID, Entity]] = {document: {} for document in documents}
    query = select(SuggestedEntity.__table__).where(SuggestedEntity.document.in_(found))
    for document, _, id_, name, type_, aliases, kb_id in connection.execute(query):
        found[document][id_] = Entity(id_, name, type_, tuple(aliases), kb_id)
    return found


class EntityArrivals:
    """Entities of files on their way into a project's register, looked up together before they are entered."""

    def __init__(self, arrivals: Arrivals, coming: Iterable[Entity]) -> None:
        """``coming`` are those that may be entered."""
        self._arrivals = arrivals
        self._owners: dict[UUID, int] = {}
        self._known: dict[tuple[str, str], UUID] = {}
        coming = list(coming)
        for ids in _some([*{entity.id for entity in coming}]):
            query = select(EntityRow.id, EntityRow.project).where(EntityRow.id.in_(ids))
            self._owners.update((row.id, row.project) for row in arrivals.connection.execute(query))
        for keys in _some(sorted({name_key(entity.name) for entity in coming})):
            self._look_up(keys)

    def _look_up(self, keys: list[str]) -> None:
        query = (
            select(EntityRow.id, EntityRow.type, EntityRow.name)
            .where(
                EntityRow.project == self._arrivals.project,
                EntityRow.name_key.in_(keys),
                EntityRow.merged_into.is_(None),
            )
            .order_by(EntityRow.id)
        )
        for id_, type_, name in self._arrivals.connection.execute(query):
            self._known.setdefault((type_, name), id_)

    def enter(self, entity: Entity) -> UUID:
        """The id under which an entity stands in the register; put there if it is new.

        The file's id is kept unless another project has it; an entity of the same name and type is the same.
        """
        project = self._arrivals.project
        owner = self._owners.get(entity.id)
        if owner == project:
            return entity.id
        known = self._known.get((entity.type, entity.name))
        if known is not None:
            return known
        id_ = entity.id if owner is None else new_id()
        values = {
            "id": id_,
            "project": project,
            "name": entity.name,
            "name_key": name_key(entity.name),
            "type": entity.type,
            "aliases": list(entity.aliases),
            "kb_id": entity.kb_id,
            "merged_into": None,
            "root_id": id_,
        }
        self._arrivals.add(EntityRow, [values])
        self._owners[id_] = project
        self._known[entity.type, entity.name] = id_
        return id_


def _some(values: list[Value]) -> Iterator[list[Value]]:
    """Lists of as many values as a statement may have parameters on any SQLite."""
    for begin in range(0, len(values), 500):
        yield values[begin : begin + 500]
