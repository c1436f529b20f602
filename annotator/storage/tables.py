"""The tables, as typed mapped classes. Only ``storage`` knows them.

Rows that people make have UUIDv7 ids, suggestions and predicted entities derived UUIDv5 ids, both stored as 16
bytes; inside, integer keys. Times are UTC text with milliseconds. Every constraint has a name, so that a
migration can find it. Counters (``n_*``), ``is_current`` and ``changed`` are kept twice: written by the one
writer in the transaction that changes what they count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    CursorResult,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

APPLICATION_ID = 0x416E6E74
"""``Annt``: stands in the header of our database files."""

SCHEMA_VERSION = 1
"""The schema that this program writes, kept as SQLite's ``user_version``."""


def row_id(result: CursorResult[Any]) -> int:
    """The integer key of the row that an insertion made."""
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


class Uuid16(TypeDecorator[UUID]):
    """A UUID as its 16 bytes. The conversions are plain functions: a decorator's own ones cost three calls a value."""

    impl = LargeBinary(16)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[UUID | None], bytes | None]:
        """How a value becomes the bytes to store."""
        return lambda value: None if value is None else value.bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], UUID | None]:
        """How the bytes read become a UUID."""
        return lambda value: None if value is None else UUID(bytes=value)


def _to_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


class JsonText(TypeDecorator[Any]):
    """A JSON value as compact text; SQL NULL is None."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        """How a value becomes the text to store."""
        return lambda value: None if value is None else _to_json(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Any]:
        """How the text read becomes a value."""
        return lambda value: None if value is None else msgspec.json.decode(value)


class Base(DeclarativeBase):
    """Base of the mapped classes; every constraint gets a name."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {str: Text(), int: Integer(), float: Float(), bool: Boolean(), UUID: Uuid16()}


class TextBody(Base):
    """A canonical text, stored once per SHA-256 and never changed."""

    __tablename__ = "text"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    length: Mapped[int]
    body: Mapped[str]
    changes: Mapped[Any] = mapped_column(JsonText)


class Scheme(Base):
    """A label scheme: a name and guidelines in Markdown."""

    __tablename__ = "scheme"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    guidelines: Mapped[str] = mapped_column(default="")


class LabelRow(Base):
    """A label of a scheme; archived, never deleted."""

    __tablename__ = "label"
    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    position: Mapped[int]
    name: Mapped[str]
    short: Mapped[str]
    hue: Mapped[str]
    strong: Mapped[bool]
    key: Mapped[str]
    description: Mapped[str]
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (UniqueConstraint("scheme", "name"),)


class Project(Base):
    """Documents worked on with one label scheme and one pipeline (None: the default one)."""

    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    scheme: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    pipeline: Mapped[str | None]
    label_map: Mapped[Any] = mapped_column(JsonText)
    created: Mapped[str]
    last_used: Mapped[str]


class Annotator(Base):
    """A person by name."""

    __tablename__ = "annotator"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Document(Base):
    """One article in a project. ``key`` names its row in edits; ``uid`` is its id in files, a foreign one too.

    A removed document stays, so that its removal can be undone and nothing that was annotated is lost.
    """

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(unique=True)
    uid: Mapped[str]
    project: Mapped[int] = mapped_column(ForeignKey("project.id"))
    text: Mapped[int] = mapped_column(ForeignKey("text.id"))
    source: Mapped[str]
    title: Mapped[str]
    title_key: Mapped[str]
    title_is_first_line: Mapped[bool]
    outlet_key: Mapped[str]
    published: Mapped[str | None]
    meta: Mapped[Any] = mapped_column(JsonText)
    imported: Mapped[str]
    n_suggested: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None]
    removed: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        UniqueConstraint("project", "text", "source"),
        UniqueConstraint("project", "uid"),
        Index(None, "project", "title_key", "id"),
        Index(None, "project", "outlet_key", "id"),
        Index(None, "project", "published", "id"),
        Index(None, "project", "n_suggested", "id"),
        Index(None, "text"),
    )


class DocumentAlias(Base):
    """Another id under which the same document came in."""

    __tablename__ = "document_alias"
    project: Mapped[int] = mapped_column(ForeignKey("project.id"))
    uid: Mapped[str]
    document: Mapped[int] = mapped_column(ForeignKey("document.id"))
    __table_args__ = (PrimaryKeyConstraint("project", "uid"), {"sqlite_with_rowid": False})


class Run(Base):
    """One source of suggestions over documents; an equal run is the same row."""

    __tablename__ = "run"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID]
    project: Mapped[int] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[str]
    name: Mapped[str]
    version: Mapped[str | None]
    rules_version: Mapped[str | None]
    settings: Mapped[Any] = mapped_column(JsonText)
    created: Mapped[str]
    __table_args__ = (UniqueConstraint("project", "uid"),)


class RunDocument(Base):
    """That a run has finished a document; one is current per document and kind of source."""

    __tablename__ = "run_document"
    document: Mapped[int] = mapped_column(ForeignKey("document.id"))
    run: Mapped[int] = mapped_column(ForeignKey("run.id"))
    source_kind: Mapped[str]
    is_current: Mapped[bool]
    n_spans: Mapped[int]
    n_quotations: Mapped[int]
    __table_args__ = (
        PrimaryKeyConstraint("document", "run"),
        Index(
            "uq_run_document_current",
            "document",
            "source_kind",
            unique=True,
            sqlite_where=text("is_current = 1"),
        ),
        Index(None, "run"),
        {"sqlite_with_rowid": False},
    )


class SuggestedEntity(Base):
    """A person, organisation or place that a run proposed in one document; never a row of the register."""

    __tablename__ = "suggested_entity"
    document: Mapped[int] = mapped_column(ForeignKey("document.id"))
    run: Mapped[int] = mapped_column(ForeignKey("run.id"))
    id: Mapped[UUID]
    name: Mapped[str]
    type: Mapped[str]
    aliases: Mapped[Any] = mapped_column(JsonText)
    kb_id: Mapped[str | None]
    __table_args__ = (PrimaryKeyConstraint("document", "run", "id"), {"sqlite_with_rowid": False})


class SuggestedSpan(Base):
    """A span that a run proposed; ``label`` is the run's own name for it."""

    __tablename__ = "suggested_span"
    document: Mapped[int] = mapped_column(ForeignKey("document.id"))
    run: Mapped[int] = mapped_column(ForeignKey("run.id"))
    id: Mapped[UUID]
    start: Mapped[int]
    end: Mapped[int]
    label: Mapped[str]
    entity: Mapped[UUID | None]
    rule: Mapped[str | None]
    score: Mapped[float | None]
    __table_args__ = (
        PrimaryKeyConstraint("document", "run", "id"),
        CheckConstraint('start >= 0 AND "end" > start', name="stretch"),
        {"sqlite_with_rowid": False},
    )


class SuggestedQuotation(Base):
    """A quotation that a run proposed; its speaker is the run's proposed entity."""

    __tablename__ = "suggested_quotation"
    document: Mapped[int] = mapped_column(ForeignKey("document.id"))
    run: Mapped[int] = mapped_column(ForeignKey("run.id"))
    id: Mapped[UUID]
    start: Mapped[int]
    content: Mapped[Any] = mapped_column(JsonText)
    cue: Mapped[Any] = mapped_column(JsonText)
    speaker: Mapped[Any] = mapped_column(JsonText, nullable=True)
    entity: Mapped[UUID | None]
    state: Mapped[str]
    type: Mapped[str]
    rule: Mapped[str | None]
    score: Mapped[float | None]
    __table_args__ = (PrimaryKeyConstraint("document", "run", "id"), {"sqlite_with_rowid": False})


class EntityRow(Base):
    """An entity of a project's register. Merging sets ``merged_into``, from which ``root_id`` is derived."""

    __tablename__ = "entity"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    project: Mapped[int] = mapped_column(ForeignKey("project.id"))
    name: Mapped[str]
    name_key: Mapped[str]
    type: Mapped[str]
    aliases: Mapped[Any] = mapped_column(JsonText)
    kb_id: Mapped[str | None]
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("entity.id"))
    root_id: Mapped[UUID]
    __table_args__ = (
        Index(None, "root_id", "id"),
        Index("ix_entity_project_name_key_id", "project", "name_key", "id", sqlite_where=text("merged_into IS NULL")),
        {"sqlite_with_rowid": False},
    )


class AnnotationSetRow(Base):
    """One annotator's decisions on one document in one round; no row means "new"."""

    __tablename__ = "annotation_set"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    document: Mapped[int] = mapped_column(ForeignKey("document.id"))
    project: Mapped[int] = mapped_column(ForeignKey("project.id"))
    annotator: Mapped[int] = mapped_column(ForeignKey("annotator.id"))
    round: Mapped[int]
    status: Mapped[str]
    flagged: Mapped[bool]
    note: Mapped[str | None]
    updated: Mapped[str]
    n_decided: Mapped[int] = mapped_column(default=0)
    n_open: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        UniqueConstraint("document", "annotator", "round"),
        Index(None, "project", "annotator", "round", "status", "document"),
        Index(None, "project", "annotator", "round", "n_open", "document"),
    )


class SpanRow(Base):
    """A span decision."""

    __tablename__ = "span"
    set: Mapped[int] = mapped_column(ForeignKey("annotation_set.id"))
    id: Mapped[UUID]
    start: Mapped[int]
    end: Mapped[int]
    label: Mapped[int] = mapped_column(ForeignKey("label.id"))
    entity: Mapped[UUID | None] = mapped_column(ForeignKey("entity.id"))
    note: Mapped[str | None]
    kind: Mapped[str]
    name: Mapped[str]
    version: Mapped[str | None]
    rule: Mapped[str | None]
    score: Mapped[float | None]
    run: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    suggestion: Mapped[UUID | None]
    original: Mapped[Any] = mapped_column(JsonText, nullable=True)
    rejected: Mapped[bool]
    changed: Mapped[str]
    __table_args__ = (
        PrimaryKeyConstraint("set", "id"),
        CheckConstraint('start >= 0 AND "end" > start', name="stretch"),
        Index(None, "run", "label", "rule", "changed", "set"),
        Index("ix_span_entity_set_id", "entity", "set", "id", sqlite_where=text("entity IS NOT NULL")),
        {"sqlite_with_rowid": False},
    )


class QuotationRow(Base):
    """A quotation decision."""

    __tablename__ = "quotation"
    set: Mapped[int] = mapped_column(ForeignKey("annotation_set.id"))
    id: Mapped[UUID]
    start: Mapped[int]
    content: Mapped[Any] = mapped_column(JsonText)
    cue: Mapped[Any] = mapped_column(JsonText)
    speaker: Mapped[Any] = mapped_column(JsonText, nullable=True)
    entity: Mapped[UUID | None] = mapped_column(ForeignKey("entity.id"))
    state: Mapped[str]
    type: Mapped[str]
    note: Mapped[str | None]
    kind: Mapped[str]
    name: Mapped[str]
    version: Mapped[str | None]
    rule: Mapped[str | None]
    score: Mapped[float | None]
    run: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    suggestion: Mapped[UUID | None]
    original: Mapped[Any] = mapped_column(JsonText, nullable=True)
    rejected: Mapped[bool]
    changed: Mapped[str]
    __table_args__ = (
        PrimaryKeyConstraint("set", "id"),
        Index(None, "entity", "set", "id"),
        Index(None, "rule", "set", "id"),
        {"sqlite_with_rowid": False},
    )


class ImportRow(Base):
    """One import: its files, how many of them are in, and what was said of them. Unfinished: ``finished`` is null."""

    __tablename__ = "import"
    id: Mapped[int] = mapped_column(primary_key=True)
    project: Mapped[int] = mapped_column(ForeignKey("project.id"))
    started: Mapped[str]
    finished: Mapped[str | None]
    cancelled: Mapped[bool] = mapped_column(default=False)
    files: Mapped[Any] = mapped_column(JsonText)
    n_files_done: Mapped[int] = mapped_column(default=0)
    n_added: Mapped[int] = mapped_column(default=0)
    n_known: Mapped[int] = mapped_column(default=0)
    problems: Mapped[Any] = mapped_column(JsonText)
    notes: Mapped[Any] = mapped_column(JsonText)
    __table_args__ = (Index(None, "project", "id"),)


class EditRow(Base):
    """One edit; the list of edits is history, undo stack and audit trail, and is never compacted."""

    __tablename__ = "edit"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    project: Mapped[int] = mapped_column(ForeignKey("project.id"))
    annotator: Mapped[int] = mapped_column(ForeignKey("annotator.id"))
    kind: Mapped[str]
    target: Mapped[UUID | None] = mapped_column(unique=True)
    document: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    summary: Mapped[str]
    version: Mapped[int]
    created: Mapped[str]
    __table_args__ = (Index(None, "project", "annotator", "id"),)


class ChangeRow(Base):
    """One row change of an edit."""

    __tablename__ = "change"
    edit: Mapped[int] = mapped_column(ForeignKey("edit.id"))
    ord: Mapped[int]
    table: Mapped[str]
    document: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    row: Mapped[UUID]
    before: Mapped[Any] = mapped_column(JsonText, nullable=True)
    after: Mapped[Any] = mapped_column(JsonText, nullable=True)
    __table_args__ = (
        PrimaryKeyConstraint("edit", "ord"),
        Index(None, "document", "edit"),
        {"sqlite_with_rowid": False},
    )
