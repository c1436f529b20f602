"""The pages, counts and texts that lists and panes show of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select, tuple_, update

from annotator.domain.marks import Status
from annotator.domain.records import Metadata
from annotator.domain.text import first_line
from annotator.storage.projects import name_key
from annotator.storage.tables import AnnotationSetRow, Document, RunDocument, TextBody


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


class Sort(StrEnum):
    """By what a list of documents is ordered; equal ones stand in the order of import."""

    IMPORT = "import"
    TITLE = "title"
    OUTLET = "outlet"
    DATE = "date"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents a list shows, and in which order.

    ``words`` must all stand in the title or outlet; ``flagged`` and ``open_only`` narrow to flagged documents
    and to those with suggestions that nobody decided.
    """

    words: str = ""
    status: Status | None = None
    flagged: bool = False
    open_only: bool = False
    sort: Sort = Sort.IMPORT
    descending: bool = False


def article(connection: Connection, document: int) -> Article | None:
    """A document with its text."""
    return articles(connection, (document,)).get(document)


def articles(connection: Connection, documents: Iterable[int]) -> dict[int, Article]:
    """The given documents (some hundreds at most) with their texts, by id."""
    query = (
        select(Document.id, Document.uid, Document.title, Document.meta, Document.title_is_first_line, TextBody.body)
        .join(TextBody, TextBody.id == Document.text)
        .where(Document.id.in_(list(documents)))
    )
    return {
        id_: Article(id_, uid, body, title, Metadata(**meta), first_line(body) if is_first_line else None)
        for id_, uid, title, meta, is_first_line, body in connection.execute(query)
    }


def batches(
    connection: Connection, ids: Sequence[int], *, documents: int = 200, characters: int = 1_000_000
) -> Iterator[list[int]]:
    """The ids in their order, in batches of at most so many documents and (but for a single long one) characters."""
    batch: list[int] = []
    length = 0
    for begin in range(0, len(ids), 500):
        some = ids[begin : begin + 500]
        query = select(Document.id, TextBody.length).join(TextBody, TextBody.id == Document.text)
        lengths = {row.id: row.length for row in connection.execute(query.where(Document.id.in_(some)))}
        for id_ in some:
            if batch and (len(batch) >= documents or length + lengths.get(id_, 0) > characters):
                yield batch
                batch, length = [], 0
            batch.append(id_)
            length += lengths.get(id_, 0)
    if batch:
        yield batch


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
        .where(Document.project == project, ~Document.removed)
    )


def _narrow(query: Select[tuple[object, ...]], wanted: DocumentFilter) -> Select[tuple[object, ...]]:
    for word in name_key(wanted.words).split():
        named = (key.contains(word, autoescape=True) for key in (Document.title_key, Document.outlet_key))
        query = query.where(or_(*named))
    if wanted.status is Status.NEW:
        query = query.where(or_(AnnotationSetRow.status.is_(None), AnnotationSetRow.status == Status.NEW.value))
    elif wanted.status is not None:
        query = query.where(AnnotationSetRow.status == wanted.status.value)
    if wanted.flagged:
        query = query.where(AnnotationSetRow.flagged)
    if wanted.open_only:
        query = query.where(func.coalesce(AnnotationSetRow.n_open, Document.n_suggested) > 0)
    return query


_STATUS_RANK = case(
    {Status.IN_PROGRESS.value: 1, Status.DONE.value: 2, Status.SKIPPED.value: 3},
    value=AnnotationSetRow.status,
    else_=0,
)
_SORT_VALUES: dict[Sort, ColumnElement[Any]] = {
    Sort.TITLE: Document.title_key.expression,
    Sort.OUTLET: Document.outlet_key.expression,
    Sort.DATE: func.coalesce(Document.published, ""),
    Sort.STATUS: _STATUS_RANK,
}


def _ordered(
    connection: Connection, listing: Select[tuple[object, ...]], wanted: DocumentFilter, after: int, step: int = 1
) -> Select[tuple[object, ...]]:
    """The filtered listing beyond a document (0: from its begin) in the filter's order, or against it (step -1)."""
    query = _narrow(listing, wanted)
    down = wanted.descending is (step > 0)
    columns = [Document.id.expression]
    if wanted.sort is not Sort.IMPORT:
        columns.insert(0, _SORT_VALUES[wanted.sort])
    if after:
        start = connection.execute(listing.with_only_columns(*columns).where(Document.id == after)).first()
        if start is not None:
            here = tuple_(*columns)
            query = query.where(here < tuple(start) if down else here > tuple(start))
    return query.order_by(*(column.desc() if down else column.asc() for column in columns))


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
    """A page of the list, starting behind the document ``after`` (0: at its begin)."""
    query = _ordered(connection, _listing(project, annotator), wanted, after)
    return _infos(connection, query.limit(size))


def infos(connection: Connection, project: int, annotator: int, documents: Iterable[int]) -> list[DocumentInfo]:
    """What lists show of the given documents."""
    query = _listing(project, annotator).where(Document.id.in_(list(documents)))
    return _infos(connection, query.order_by(Document.id))


def neighbour(
    connection: Connection, project: int, annotator: int, wanted: DocumentFilter, document: int, step: int
) -> int | None:
    """The next (``step`` 1) or previous (-1) document that the filter shows."""
    query = _ordered(connection, _listing(project, annotator), wanted, document, step)
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
    total = (
        connection.scalar(
            select(func.count()).select_from(Document).where(Document.project == project, ~Document.removed)
        )
        or 0
    )
    rows = connection.execute(
        select(AnnotationSetRow.status, func.count())
        .join(Document, Document.id == AnnotationSetRow.document)
        .where(
            ~Document.removed,
            AnnotationSetRow.project == project,
            AnnotationSetRow.annotator == annotator,
            AnnotationSetRow.round == 1,
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
    listing = _listing(project, annotator)
    narrowed = _narrow(listing, wanted).with_only_columns(func.count())
    total = connection.scalar(narrowed) or 0
    if not connection.scalar(narrowed.where(Document.id == document)):
        return 0, total
    beyond = _ordered(connection, listing, wanted, document).with_only_columns(func.count()).order_by(None)
    return total - (connection.scalar(beyond) or 0), total


def without_run(connection: Connection, project: int, run: int, *, limit: int = 10) -> Sequence[int]:
    """Documents that a run has not finished and that have not failed, in the order of import."""
    finished = select(RunDocument.document).where(RunDocument.run == run, RunDocument.document == Document.id)
    query = (
        select(Document.id)
        .where(Document.project == project, ~Document.removed, Document.failure.is_(None), ~finished.exists())
        .order_by(Document.id)
        .limit(limit)
    )
    return connection.execute(query).scalars().all()


def set_failure(connection: Connection, document: int, reason: str | None) -> None:
    """Mark a document as not pre-annotated for a reason, or take the mark away."""
    connection.execute(update(Document).where(Document.id == document).values(failure=reason))


def forget_failures(connection: Connection, project: int) -> None:
    """Take the marks of all documents of a project away that were not pre-annotated: another pipeline may do better."""
    connection.execute(
        update(Document).where(Document.project == project, Document.failure.is_not(None)).values(failure=None)
    )


def all_ids(connection: Connection, project: int) -> Sequence[int]:
    """The ids of all documents of a project that were not removed, in the order of import."""
    query = select(Document.id).where(Document.project == project, ~Document.removed).order_by(Document.id)
    return connection.execute(query).scalars().all()


def count_without_run(connection: Connection, project: int, run: int) -> int:
    """How many documents a run has not finished (failed ones left out)."""
    finished = select(RunDocument.document).where(RunDocument.run == run, RunDocument.document == Document.id)
    query = select(func.count()).where(
        Document.project == project, ~Document.removed, Document.failure.is_(None), ~finished.exists()
    )
    return connection.execute(query).scalar_one()


def lacks_run(connection: Connection, document: int, run: int) -> bool:
    """Whether a run has not finished a document that has not failed."""
    finished = select(RunDocument.document).where(RunDocument.run == run, RunDocument.document == Document.id)
    query = select(func.count()).where(Document.id == document, Document.failure.is_(None), ~finished.exists())
    return bool(connection.execute(query).scalar_one())


def keys(connection: Connection, ids: Iterable[int]) -> dict[int, UUID]:
    """The keys under which edits name the given documents."""
    query = select(Document.id, Document.key).where(Document.id.in_(list(ids)))
    return {row.id: row.key for row in connection.execute(query)}
