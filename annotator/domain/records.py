"""What travels between files and the database: one record is one annotation set of one document.

Records speak in names (labels, annotators), never in a database's row ids. ``formats`` reads and writes them,
``services`` turns them into rows and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from annotator.domain.marks import (
    Entity,
    Origin,
    QuotationType,
    SpeakerState,
    Status,
    Stretch,
    Verdict,
)
from annotator.domain.text import CanonicalText

JSONValue: TypeAlias = "bool | int | float | str | list[JSONValue] | dict[str, JSONValue] | None"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article. ``extra`` keeps keys of the file that the program has no field for."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    source: str | None = None
    extra: Mapping[str, JSONValue] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """What tells two documents with one text apart: URL, else outlet, else source, else empty."""
        return self.url or self.outlet or self.source or ""


@dataclass(frozen=True, slots=True)
class SpanOriginal:
    """What was suggested before the annotator changed a span."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class SpanRecord:
    """A span in a file. ``verdict`` is None where nobody has decided (it comes in as a suggestion)."""

    id: UUID
    start: int
    end: int
    label: str
    origin: Origin
    entity: UUID | None = None
    note: str | None = None
    verdict: Verdict | None = None
    changed: tuple[str, ...] = ()
    original: SpanOriginal | None = None


@dataclass(frozen=True, slots=True)
class QuotationOriginal:
    """What was suggested before the annotator changed a quotation."""

    content: tuple[Stretch, ...]
    cue: tuple[Stretch, ...] = ()
    speaker: Stretch | None = None
    speaker_entity: UUID | None = None
    speaker_state: SpeakerState = SpeakerState.UNKNOWN
    type: QuotationType = QuotationType.INDIRECT


@dataclass(frozen=True, slots=True)
class QuotationRecord:
    """A quotation in a file; see ``SpanRecord`` for ``verdict``."""

    id: UUID
    type: QuotationType
    content: tuple[Stretch, ...]
    origin: Origin
    cue: tuple[Stretch, ...] = ()
    speaker: Stretch | None = None
    speaker_entity: UUID | None = None
    speaker_state: SpeakerState = SpeakerState.UNKNOWN
    note: str | None = None
    verdict: Verdict | None = None
    changed: tuple[str, ...] = ()
    original: QuotationOriginal | None = None


@dataclass(frozen=True, slots=True)
class MarkRecords:
    """Spans and quotations that belong together: the decided, the pending or the rejected ones."""

    spans: tuple[SpanRecord, ...] = ()
    quotations: tuple[QuotationRecord, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.spans or self.quotations)


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One line of ``annotator/1``: a document and one annotator's set on it (annotator None: no set)."""

    id: str
    text: str
    meta: Metadata = field(default_factory=Metadata)
    annotator: str | None = None
    round: int = 1
    status: Status = Status.NEW
    flagged: bool = False
    note: str | None = None
    updated: str | None = None
    decided: MarkRecords = field(default_factory=MarkRecords)
    entities: tuple[Entity, ...] = ()
    suggestions: MarkRecords = field(default_factory=MarkRecords)
    rejected: MarkRecords = field(default_factory=MarkRecords)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document as a reader found it.

    ``record.id`` is empty where the file gives none; ``record.meta.title`` is None where the title rule has
    to decide. ``record.text`` equals ``canonical.text``; ``canonical.changes`` says how it came from the file.
    ``notes`` are sentences for the import report (encoding guessed, characters replaced).
    """

    record: DocumentRecord
    canonical: CanonicalText
    file: str
    line: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or line that was not taken in: where, what is wrong, and what to do."""

    file: str
    line: int | None
    what: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.what} {self.remedy}".rstrip()
