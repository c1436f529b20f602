"""Putting documents in, and the pages, counts and texts that lists and panes show of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, Select, and_, func, insert, or_, select, update

from annotator.domain.marks import Status
from annotator.domain.records import Metadata, ReadDocument
from annotator.domain.text import first_line, text_digest
from annotator.storage.clock import new_id, now
from annotator.storage.projects import name_key
from annotator.storage.tables import AnnotationSetRow, Document, DocumentAlias, RunDocument, TextBody, row_id

TITLE_LIMIT = 150
"""A first line of fewer characters is taken as the title where the file gives none."""


class Entry(Enum):
    """What became of a document on its way in."""

    ADDED = "added"
    KNOWN = "known"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class EnteredDocument:
    """The document's row id and what became of it; for CONFLICT the id belongs to the other text."""

    id: int
    entry: Entry
    title: str


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a list shows of a document: no text, no marks."""

    id: int
    title: str
    outlet: str | None
    published: str | None
    status: Status
    flagged: bool
    n_suggested: int
    n_decided: int
    n_open: int
    analysed: bool
    failure: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """A document with its text. ``title_stretch`` is the first line's stretch where that is the title."""

    id: int
    uid: str
    text: str
    title: str
    meta: Metadata
    title_stretch: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents a list shows; ``words`` must all stand in the title or outlet."""

    words: str = ""
    status: Status | None = None


def enter(connection: Connection, project: int, read: ReadDocument) -> EnteredDocument:
    """Put a document in, unless its text is already there from the same source."""
    record = read.record
    body = _ensure_text(connection, read)
    title, is_first_line = _title(record.text, record.meta.title, read.file)
    source = record.meta.identity
    same = connection.execute(
        select(Document.id, Document.uid).where(
            Document.project == project, Document.text == body, Document.source == source
        )
    ).first()
    owner = _owner_of(connection, project, record.id) if record.id else None
    if same:
        if record.id and owner is None and record.id != same.uid:
            connection.execute(insert(DocumentAlias).values(project=project, uid=record.id, document=same.id))
        return EnteredDocument(same.id, Entry.KNOWN, title)
    if owner is not None:
        return EnteredDocument(owner, Entry.CONFLICT, title)
    made = connection.execute(
        insert(Document).values(
            uid=record.id or str(new_id()),
            project=project,
            text=body,
            source=source,
            title=title,
            title_key=name_key(title),
            title_is_first_line=is_first_line,
            published=record.meta.published,
            meta=asdict(record.meta),
            imported=now(),
        )
    )
    return EnteredDocument(row_id(made), Entry.ADDED, title)


def _ensure_text(connection: Connection, read: ReadDocument) -> int:
    digest = text_digest(read.record.text)
    found = connection.scalar(select(TextBody.id).where(TextBody.sha256 == digest))
    if found is not None:
        return found
    changes = [[c.start, c.removed, c.inserted, c.kind.value] for c in read.canonical.changes]
    values = {"sha256": digest, "length": len(read.record.text), "body": read.record.text, "changes": changes}
    return row_id(connection.execute(insert(TextBody).values(values)))


def _owner_of(connection: Connection, project: int, uid: str) -> int | None:
    direct = connection.scalar(select(Document.id).where(Document.project == project, Document.uid == uid))
    if direct is not None:
        return direct
    return connection.scalar(
        select(DocumentAlias.document).where(DocumentAlias.project == project, DocumentAlias.uid == uid)
    )


def _title(text: str, given: str | None, file: str) -> tuple[str, bool]:
    line = first_line(text)
    words = text[line[0] : line[1]] if line else ""
    if given and given.strip():
        return given.strip(), given.strip() == words
    if words and len(words) < TITLE_LIMIT:
        return words, True
    return Path(file).stem or "Untitled", False


def article(connection: Connection, document: int) -> Article | None:
    """A document with its text."""
    row = connection.execute(
        select(Document.__table__, TextBody.body)
        .join(TextBody, TextBody.id == Document.text)
        .where(Document.id == document)
    ).first()
    if row is None:
        return None
    stretch = first_line(row.body) if row.title_is_first_line else None
    return Article(row.id, row.uid, row.body, row.title, Metadata(**row.meta), stretch)


def _listing(project: int, annotator: int) -> Select[tuple[object, ...]]:
    mine = and_(
        AnnotationSetRow.document == Document.id,
        AnnotationSetRow.annotator == annotator,
        AnnotationSetRow.round == 1,
    )
    analysed = select(RunDocument.document).where(RunDocument.document == Document.id, RunDocument.is_current).exists()
    return (
        select(
            Document.id,
            Document.title,
            Document.meta,
            Document.published,
            Document.n_suggested,
            Document.failure,
            AnnotationSetRow.status,
            AnnotationSetRow.flagged,
            AnnotationSetRow.n_decided,
            AnnotationSetRow.n_open,
            analysed.label("analysed"),
        )
        .outerjoin(AnnotationSetRow, mine)
        .where(Document.project == project)
    )


def _narrow(query: Select[tuple[object, ...]], wanted: DocumentFilter) -> Select[tuple[object, ...]]:
    for word in name_key(wanted.words).split():
        query = query.where(Document.title_key.contains(word, autoescape=True))
    if wanted.status is Status.NEW:
        query = query.where(or_(AnnotationSetRow.status.is_(None), AnnotationSetRow.status == Status.NEW.value))
    elif wanted.status is not None:
        query = query.where(AnnotationSetRow.status == wanted.status.value)
    return query


def _infos(connection: Connection, query: Select[tuple[object, ...]]) -> list[DocumentInfo]:
    return [
        DocumentInfo(
            row.id,
            row.title,
            row.meta.get("outlet"),
            row.published,
            Status(row.status or Status.NEW),
            bool(row.flagged),
            row.n_suggested,
            row.n_decided or 0,
            row.n_suggested if row.n_open is None else row.n_open,
            bool(row.analysed),
            row.failure,
        )
        for row in connection.execute(query)
    ]


def page(
    connection: Connection, project: int, annotator: int, wanted: DocumentFilter, *, after: int = 0, size: int = 200
) -> list[DocumentInfo]:
    """A page of the list in the order of import, starting behind the document ``after``."""
    query = _narrow(_listing(project, annotator), wanted).where(Document.id > after)
    return _infos(connection, query.order_by(Document.id).limit(size))


def infos(connection: Connection, project: int, annotator: int, documents: Iterable[int]) -> list[DocumentInfo]:
    """What lists show of the given documents."""
    query = _listing(project, annotator).where(Document.id.in_(list(documents)))
    return _infos(connection, query.order_by(Document.id))


def neighbour(
    connection: Connection, project: int, annotator: int, wanted: DocumentFilter, document: int, step: int
) -> int | None:
    """The next (``step`` 1) or previous (-1) document that the filter shows."""
    query = _narrow(_listing(project, annotator), wanted)
    if step > 0:
        query = query.where(Document.id > document).order_by(Document.id)
    else:
        query = query.where(Document.id < document).order_by(Document.id.desc())
    found = _infos(connection, query.limit(1))
    return found[0].id if found else None


@dataclass(frozen=True, slots=True)
class Counts:
    """Documents of a project by status, and the place of one of them in the filtered list (from 1; 0: none)."""

    total: int
    new: int
    in_progress: int
    done: int
    skipped: int


def counts(connection: Connection, project: int, annotator: int) -> Counts:
    """How many documents have which status."""
    total = connection.scalar(select(func.count()).select_from(Document).where(Document.project == project)) or 0
    rows = connection.execute(
        select(AnnotationSetRow.status, func.count())
        .where(
            AnnotationSetRow.project == project, AnnotationSetRow.annotator == annotator, AnnotationSetRow.round == 1
        )
        .group_by(AnnotationSetRow.status)
    )
    by_status = {row[0]: row[1] for row in rows}
    in_progress, done, skipped = (by_status.get(s.value, 0) for s in (Status.IN_PROGRESS, Status.DONE, Status.SKIPPED))
    return Counts(total, total - in_progress - done - skipped, in_progress, done, skipped)


def place_in_list(
    connection: Connection, project: int, annotator: int, wanted: DocumentFilter, document: int
) -> tuple[int, int]:
    """The place of a document in the filtered list (from 1; 0 if it is not in it) and the list's length."""
    listed = _narrow(_listing(project, annotator), wanted).subquery()
    total = connection.scalar(select(func.count()).select_from(listed)) or 0
    within = connection.scalar(select(func.count()).select_from(listed).where(listed.c.id == document)) or 0
    before = connection.scalar(select(func.count()).select_from(listed).where(listed.c.id <= document)) or 0
    return (before if within else 0), total


def without_run(connection: Connection, project: int, run: int, *, limit: int = 10) -> Sequence[int]:
    """Documents that a run has not finished and that have not failed, in the order of import."""
    finished = select(RunDocument.document).where(RunDocument.run == run, RunDocument.document == Document.id)
    query = (
        select(Document.id)
        .where(Document.project == project, Document.failure.is_(None), ~finished.exists())
        .order_by(Document.id)
        .limit(limit)
    )
    return connection.execute(query).scalars().all()


def set_failure(connection: Connection, document: int, reason: str | None) -> None:
    """Mark a document as not pre-annotated for a reason, or take the mark away."""
    connection.execute(update(Document).where(Document.id == document).values(failure=reason))


def all_ids(connection: Connection, project: int) -> Sequence[int]:
    """The ids of all documents of a project, in the order of import."""
    query = select(Document.id).where(Document.project == project).order_by(Document.id)
    return connection.execute(query).scalars().all()


def count_without_run(connection: Connection, project: int, run: int) -> int:
    """How many documents a run has not finished (failed ones left out)."""
    finished = select(RunDocument.document).where(RunDocument.run == run, RunDocument.document == Document.id)
    query = select(func.count()).where(Document.project == project, Document.failure.is_(None), ~finished.exists())
    return connection.execute(query).scalar_one()


def lacks_run(connection: Connection, document: int, run: int) -> bool:
    """Whether a run has not finished a document that has not failed."""
    finished = select(RunDocument.document).where(RunDocument.run == run, RunDocument.document == Document.id)
    query = select(func.count()).where(Document.id == document, Document.failure.is_(None), ~finished.exists())
    return bool(connection.execute(query).scalar_one())
