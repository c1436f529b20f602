"""Documents on their way in: the rows of one transaction of an import, looked up and inserted together.

One statement a row would cost ten times as much. The one writer's transaction holds the lock, so integer keys can
be given out here before their rows are inserted. ``flush`` must be called before the transaction ends, and before
anything reads what was added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Table, func, select, update

from annotator.domain.records import ReadDocument
from annotator.domain.text import first_line, text_digest
from annotator.storage.clock import new_id, now
from annotator.storage.projects import name_key
from annotator.storage.tables import (
    AnnotationSetRow,
    Base,
    Document,
    DocumentAlias,
    EntityRow,
    QuotationRow,
    RunDocument,
    SpanRow,
    SuggestedEntity,
    SuggestedQuotation,
    SuggestedSpan,
    TextBody,
)

TITLE_LIMIT = 150
"""A first line of fewer characters is taken as the title where the file gives none."""

_ORDER: tuple[type[Base], ...] = (
    TextBody,
    Document,
    DocumentAlias,
    RunDocument,
    SuggestedEntity,
    SuggestedSpan,
    SuggestedQuotation,
    EntityRow,
    AnnotationSetRow,
    SpanRow,
    QuotationRow,
)


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


@dataclass(slots=True)
class _Known:
    id: int
    uid: str
    removed: bool


class Arrivals:
    """Documents that go into one project in one transaction."""

    def __init__(self, connection: Connection, project: int, reads: Sequence[ReadDocument]) -> None:
        self.connection = connection
        self.project = project
        self._waiting: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
        self._next: dict[type[Base], int] = {}
        self._time = now()
        digests = {read.record.text: text_digest(read.record.text) for read in reads}
        self._digests = digests
        self._texts = self._known_texts(set(digests.values()))
        self._documents = self._known_documents(self._texts.values())
        self._owners = self._known_owners({read.record.id for read in reads if read.record.id})

    def _known_texts(self, digests: set[str]) -> dict[str, int]:
        query = select(TextBody.sha256, TextBody.id).where(TextBody.sha256.in_(sorted(digests)))
        return {row.sha256: row.id for row in self.connection.execute(query)}

    def _known_documents(self, texts: Iterable[int]) -> dict[tuple[int, str], _Known]:
        query = select(Document.id, Document.uid, Document.text, Document.source, Document.removed).where(
            Document.project == self.project, Document.text.in_(sorted(texts))
        )
        return {(row.text, row.source): _Known(row.id, row.uid, row.removed) for row in self.connection.execute(query)}

    def _known_owners(self, uids: set[str]) -> dict[str, int]:
        aliases = select(DocumentAlias.uid, DocumentAlias.document).where(
            DocumentAlias.project == self.project, DocumentAlias.uid.in_(sorted(uids))
        )
        direct = select(Document.uid, Document.id).where(
            Document.project == self.project, Document.uid.in_(sorted(uids))
        )
        found = {row.uid: row.document for row in self.connection.execute(aliases)}
        return found | {row.uid: row.id for row in self.connection.execute(direct)}

    def add(self, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
        """Rows to be inserted by the next flush; all of one table have the same columns."""
        self._waiting[table].extend(rows)

    def next_key(self, table: type[TextBody] | type[Document] | type[AnnotationSetRow]) -> int:
        """An integer key for a new row of a table."""
        if table not in self._next:
            self._next[table] = (self.connection.scalar(select(func.max(table.id))) or 0) + 1
        key = self._next[table]
        self._next[table] += 1
        return key

    def flush(self) -> None:
        """Insert what was added."""
        for table in _ORDER:
            rows = self._waiting.pop(table, None)
            if rows:
                _insert(self.connection, cast(Table, table.__table__), rows)

    def enter(self, read: ReadDocument) -> EnteredDocument:
        """Put a document in, unless its text is already there from the same source."""
        record = read.record
        title, is_first_line = title_of(record.text, record.meta.title, read.file, read.line, record.id)
        known_text = self._texts.get(self._digests[record.text])
        source = record.meta.identity
        same = self._documents.get((known_text, source)) if known_text is not None else None
        owner = self._owners.get(record.id) if record.id else None
        if same:
            return self._enter_known(same, record.id, owner, title)
        if owner is not None:
            return EnteredDocument(owner, Entry.CONFLICT, title)
        text = self._ensure_text(read)
        key, uuid = self.next_key(Document), new_id()
        uid = record.id or str(uuid)
        values = {
            "id": key,
            "key": uuid,
            "uid": uid,
            "project": self.project,
            "text": text,
            "source": source,
            "title": title,
            "title_key": name_key(title),
            "title_is_first_line": is_first_line,
            "outlet_key": name_key(record.meta.outlet or ""),
            "published": record.meta.published,
            "meta": asdict(record.meta),
            "imported": self._time,
            "n_suggested": 0,
            "failure": None,
            "removed": False,
        }
        self.add(Document, [values])
        self._documents[text, source] = _Known(key, uid, False)
        self._owners[uid] = key
        return EnteredDocument(key, Entry.ADDED, title)

    def count_suggestions(self, document: int, count: int) -> None:
        """Write how many suggestions a document that was added here has."""
        for values in reversed(self._waiting[Document]):
            if values["id"] == document:
                values["n_suggested"] = count
                return

    def _enter_known(self, same: _Known, uid: str, owner: int | None, title: str) -> EnteredDocument:
        if uid and owner is None and uid != same.uid:
            self.add(DocumentAlias, [{"project": self.project, "uid": uid, "document": same.id}])
            self._owners[uid] = same.id
        if same.removed:
            self.connection.execute(update(Document).where(Document.id == same.id).values(removed=False))
            same.removed = False
            return EnteredDocument(same.id, Entry.ADDED, title)
        return EnteredDocument(same.id, Entry.KNOWN, title)

    def _ensure_text(self, read: ReadDocument) -> int:
        digest = self._digests[read.record.text]
        if digest not in self._texts:
            key = self._texts[digest] = self.next_key(TextBody)
            changes = [[c.start, c.removed, c.inserted, c.kind.value] for c in read.canonical.changes]
            body = read.record.text
            values = {"id": key, "sha256": digest, "length": len(body), "body": body, "changes": changes}
            self.add(TextBody, [values])
        return self._texts[digest]


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns: SQLAlchemy's statement and types, but converted column by column.

    Its own way through each row costs more than the database does.
    """
    dialect = connection.dialect
    statement = table.insert().compile(dialect=dialect, column_keys=[*rows[0]])
    columns = []
    for name in statement.positiontup or ():
        values: Iterable[Any] = [row[name] for row in rows]
        convert = table.columns[name].type.dialect_impl(dialect).bind_processor(dialect)
        columns.append(values if convert is None else map(convert, values))
    connection.exec_driver_sql(str(statement), [*zip(*columns, strict=True)])


def title_of(text: str, given: str | None, file: str, line: int | None = None, uid: str = "") -> tuple[str, bool]:
    """A document's title, and whether that is its first line: the given one, else a short first line, else the file.

    Of a file with many documents the name tells nothing: there the document's own id, or its line, is the title.
    """
    stretch = first_line(text)
    words = text[stretch[0] : stretch[1]] if stretch else ""
    if given and given.strip():
        return given.strip(), given.strip() == words
    if words and len(words) < TITLE_LIMIT:
        return words, True
    name = Path(file).stem or "Untitled"
    if line is not None:
        return uid or f"{name}, line {line}", False
    return name, False
