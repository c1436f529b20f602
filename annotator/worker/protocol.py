"""What the worker's two ends say to each other: one JSON object a line, requests one way, answers the other.

Each request has exactly one answer. A file is read piece by piece (``Read``, then ``More`` until the answer is
``last``), so that other requests may stand between and a large file never fills the pipe. Knows no library that
either end works with. Paths cross as bytes, since names of files need not be text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

import msgspec

from annotator.domain.marks import Entity, Status
from annotator.domain.predictions import PipelineInfo, Prediction
from annotator.domain.records import DocumentRecord, MarkRecords, Metadata, Problem, ReadDocument
from annotator.domain.text import CanonicalText, TextChange


class Read(msgspec.Struct, tag=True):
    """Begin to read a file under a handle that the client chose; answered by :class:`Items`."""

    path: bytes
    handle: int


class More(msgspec.Struct, tag=True):
    """Go on reading the file behind a handle; answered by :class:`Items`."""

    handle: int


class Close(msgspec.Struct, tag=True):
    """Stop reading the file behind a handle; answered by :class:`Done`."""

    handle: int


class Analyse(msgspec.Struct, tag=True):
    """Run a pipeline (None: the default one) over a canonical text; answered by :class:`Analysed`."""

    text: str
    pipeline: str | None


class AnalyseMany(msgspec.Struct, tag=True):
    """Run a pipeline over several canonical texts together; answered by :class:`AnalysedMany`."""

    texts: list[str]
    pipeline: str | None


class Warm(msgspec.Struct, tag=True):
    """Load a pipeline ahead of its use; answered by :class:`Loaded`."""

    pipeline: str | None


class ListPipelines(msgspec.Struct, tag=True):
    """List the installed pipelines; answered by :class:`Pipelines`."""


_Known: TypeAlias = tuple[str | None, str | None, str | None, str | None, str | None, str | None, str | None]
"""Title, outlet, URL, author, published, language, source."""


class WireDocument(msgspec.Struct, tag=True):
    """A document that was read. Only what differs crosses: the canonical text is the record's.

    ``extra`` is the metadata's free part as JSON, since its type is recursive.
    """

    id: str
    text: str
    meta: _Known
    extra: str
    annotator: str | None
    round: int
    status: Status
    flagged: bool
    note: str | None
    updated: str | None
    decided: MarkRecords
    entities: tuple[Entity, ...]
    suggestions: MarkRecords
    rejected: MarkRecords
    changes: tuple[TextChange, ...]
    line: int | None
    notes: tuple[str, ...]


class WireProblem(msgspec.Struct, tag=True):
    """A line or file that was not taken in."""

    line: int | None
    what: str
    remedy: str


class Items(msgspec.Struct, tag=True):
    """The next documents and problems of a file; after the ``last`` the handle is gone."""

    items: list[WireDocument | WireProblem]
    last: bool


class Analysed(msgspec.Struct, tag=True):
    """What a pipeline found in a text."""

    info: PipelineInfo
    prediction: Prediction


class AnalysedMany(msgspec.Struct, tag=True):
    """What a pipeline found in each text, or why it could not read it, in the order of the texts."""

    results: list[Analysed | Failed]


class Loaded(msgspec.Struct, tag=True):
    """The pipeline that is now in memory."""

    info: PipelineInfo


class Pipelines(msgspec.Struct, tag=True):
    """The installed pipelines, the default one first."""

    pipelines: tuple[PipelineInfo, ...]


class Done(msgspec.Struct, tag=True):
    """Nothing to tell."""


class Failed(msgspec.Struct, tag=True):
    """The request could not be fulfilled: a sentence for a person. The child goes on."""

    sentence: str


Request: TypeAlias = Read | More | Close | Analyse | AnalyseMany | Warm | ListPipelines
Answer: TypeAlias = Items | Analysed | AnalysedMany | Loaded | Pipelines | Done | Failed

_encoder = msgspec.json.Encoder()
_requests: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_answers: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)


def encode(message: Request | Answer) -> bytes:
    """A message as one line."""
    return _encoder.encode(message) + b"\n"


def decode_request(line: bytes) -> Request:
    """The request in a line; raises ``msgspec.DecodeError`` if it is none."""
    return _requests.decode(line)


def decode_answer(line: bytes) -> Answer:
    """The answer in a line; raises ``msgspec.DecodeError`` if it is none."""
    return _answers.decode(line)


def to_wire(item: ReadDocument | Problem) -> WireDocument | WireProblem:
    """Pack what a reader yielded; the file's name stays behind (the client knows it)."""
    if isinstance(item, Problem):
        return WireProblem(item.line, item.what, item.remedy)
    record, meta = item.record, item.record.meta
    return WireDocument(
        id=record.id,
        text=record.text,
        meta=(meta.title, meta.outlet, meta.url, meta.author, meta.published, meta.language, meta.source),
        extra=json.dumps(dict(meta.extra)),
        annotator=record.annotator,
        round=record.round,
        status=record.status,
        flagged=record.flagged,
        note=record.note,
        updated=record.updated,
        decided=record.decided,
        entities=record.entities,
        suggestions=record.suggestions,
        rejected=record.rejected,
        changes=item.canonical.changes,
        line=item.line,
        notes=item.notes,
    )


def from_wire(item: WireDocument | WireProblem, file: Path) -> ReadDocument | Problem:
    """Unpack what was read from ``file``."""
    if isinstance(item, WireProblem):
        return Problem(str(file), item.line, item.what, item.remedy)
    record = DocumentRecord(
        id=item.id,
        text=item.text,
        meta=Metadata(*item.meta, extra=json.loads(item.extra)),
        annotator=item.annotator,
        round=item.round,
        status=item.status,
        flagged=item.flagged,
        note=item.note,
        updated=item.updated,
        decided=item.decided,
        entities=item.entities,
        suggestions=item.suggestions,
        rejected=item.rejected,
    )
    return ReadDocument(record, CanonicalText(item.text, item.changes), str(file), item.line, item.notes)
