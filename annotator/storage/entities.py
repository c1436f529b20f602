"""The register of entities in the database, and what runs proposed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, insert, select

from annotator.domain.marks import Entity
from annotator.storage.clock import new_id
from annotator.storage.projects import name_key
from annotator.storage.tables import EntityRow, SuggestedEntity


def register(connection: Connection, project: int, ids: Iterable[UUID]) -> dict[UUID, Entity]:
    """The named entities of the project's register."""
    wanted = list(ids)
    found: dict[UUID, Entity] = {}
    for begin in range(0, len(wanted), 500):
        some = EntityRow.id.in_(wanted[begin : begin + 500])
        for row in connection.execute(select(EntityRow.__table__).where(some, EntityRow.project == project)):
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


def enter_entity(connection: Connection, project: int, entity: Entity) -> UUID:
    """The id under which an entity of a file stands in the project's register; put there if it is new.

    The file's id is kept unless another project has it; an entity of the same name and type is the same.
    """
    owner = connection.scalar(select(EntityRow.project).where(EntityRow.id == entity.id))
    if owner == project:
        return entity.id
    known = connection.scalar(
        select(EntityRow.id).where(
            EntityRow.project == project,
            EntityRow.name_key == name_key(entity.name),
            EntityRow.type == entity.type,
            EntityRow.name == entity.name,
            EntityRow.merged_into.is_(None),
        )
    )
    if known is not None:
        return known
    id_ = entity.id if owner is None else new_id()
    connection.execute(
        insert(EntityRow).values(
            id=id_,
            project=project,
            name=entity.name,
            name_key=name_key(entity.name),
            type=entity.type,
            aliases=list(entity.aliases),
            kb_id=entity.kb_id,
            merged_into=None,
            root_id=id_,
        )
    )
    return id_
