"""The library of a project: getting files in, the list of documents, getting annotated files out."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote_to_bytes

from sqlalchemy import Connection

from annotator.domain.edits import Edit, EditKind
from annotator.domain.errors import AnnotatorError, WorkerFailed
from annotator.domain.layout import Layout, layout_of
from annotator.domain.marks import Status
from annotator.domain.records import DocumentRecord, Metadata, Problem, ReadDocument
from annotator.domain.text import canonicalise, first_line
from annotator.formats.annotator_write import Pending
from annotator.formats.article_text import change_notes, is_blank
from annotator.formats.atomic import write_lines
from annotator.formats.registry import readers, writers
from annotator.services.exchange import Entered, enter_records, records_of
from annotator.services.workspace import Workspace
from annotator.storage import decisions, documents, imports
from annotator.storage.arrivals import Entry, title_of
from annotator.storage.clock import new_id
from annotator.storage.decisions import StoredSet
from annotator.storage.documents import Counts, DocumentFilter, DocumentInfo, Sort
from annotator.storage.imports import PastImport
from annotator.worker.client import WorkerClient

log = logging.getLogger(__name__)
_ALL = 10_000_000
_BATCH = 50
_PATIENCE = 0.5
"""Seconds after which documents that wait are stored, however few."""

__all__ = [
    "Counts",
    "DocumentFilter",
    "DocumentInfo",
    "DocumentList",
    "ExportCancelled",
    "ExportReport",
    "ImportProgress",
    "ImportReport",
    "PastImport",
    "Pending",
    "Sort",
    "add_text",
    "article_files",
    "dismiss_import",
    "export_file",
    "files_left",
    "import_files",
    "past_imports",
    "pasted_layout",
    "sample_files",
    "unfinished_imports",
]


def sample_files() -> tuple[Path, ...]:
    """The sample articles that come with the program, in reading order."""
    folder = files("annotator.seeds")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith((".txt", ".md")))
    return tuple(Path(str(folder.joinpath(name))) for name in names)


@dataclass
class ImportReport:
    """What became of an import: ids of new documents, of known ones, of known ones that got annotations.

    ``problems`` were not taken in; ``notes`` are (file, sentence) of what was taken in with a remark; ``past`` is
    the number under which ``past_imports`` remembers the import.
    """

    added: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    annotated: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    cancelled: bool = False
    past: int | None = None

    @property
    def summary(self) -> str:
        """One line for the status bar."""
        parts = [f"{len(self.added)} {_plural(len(self.added), 'article')} added"]
        if self.known:
            parts.append(f"{len(self.known)} already there")
        if self.problems:
            parts.append(f"{len(self.problems)} could not be read")
        if self.cancelled:
            parts.append("cancelled")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: files read and in all, the share of the whole that is read, and what came of it."""

    files_done: int
    files: int
    share: float
    added: int
    known: int
    failed: int


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


def article_files(paths: Iterable[Path]) -> list[Path]:
    """The files that were named, and those in named folders that can be read, in order; hidden ones left out."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        for folder, names, entries in os.walk(path):
            names[:] = sorted(name for name in names if not name.startswith("."))
            found += [
                Path(folder, entry)
                for entry in sorted(entries)
                if not entry.startswith(".") and Path(entry).suffix.lower() in readers
            ]
    return found


def import_files(
    workspace: Workspace,
    paths: Sequence[Path],
    worker: WorkerClient,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    advanced: Callable[[ImportProgress], None] | None = None,
    paused: Callable[[], bool] = lambda: False,
    resumes: Sequence[PastImport] = (),
) -> ImportReport:
    """Read files, and those in folders, in the worker and put their documents into the project, batch by batch.

    What is bad is reported by file and line, the rest goes in. An import that breaks off can be gone on with: see
    ``unfinished_imports``.

    Args:
        workspace: where the documents go.
        paths: files and folders.
        worker: reads the files.
        progress: gets files done and files in all.
        cancelled: whether to end early; what is in stays in.
        advanced: is told after each batch how far the import is.
        paused: asked when it ends early: whether it is to be offered again at the next start.
        resumes: broken-off imports with whose files this one goes on; they are not offered any more.

    Raises:
        NotSaved: a batch could not be committed; those before it are in.
    """
    files = article_files(paths)
    if not files:
        names = ", ".join(str(path) for path in paths)
        remedy = f"Annotator reads {', '.join(readers)}."
        return ImportReport(problems=[Problem(names, None, "There is no file here that can be read.", remedy)])
    return _Import(workspace, files, worker, progress, cancelled, advanced, paused).run(resumes)


class _Import:
    """One import under way: documents wait until there are enough of them for a transaction."""

    def __init__(
        self,
        workspace: Workspace,
        files: Sequence[Path],
        worker: WorkerClient,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        advanced: Callable[[ImportProgress], None] | None,
        paused: Callable[[], bool],
    ) -> None:
        self._workspace = workspace
        self._advanced = advanced
        self._paused = paused
        self._lines = self._lines_read = 0
        self._files = files
        self._worker = worker
        self._progress = progress
        self._cancelled = cancelled
        self._waiting: list[ReadDocument] = []
        self._since = time.monotonic()
        self._files_done = 0
        self._report = ImportReport()

    def run(self, resumes: Sequence[PastImport]) -> ImportReport:
        writer = self._workspace.store.writer
        import_ = self._report.past = writer.run(lambda connection: self._begin(connection, resumes))
        for path in self._files:
            self._progress(self._files_done, len(self._files))
            self._read(path, import_)
            if self._cancelled():
                self._report.cancelled = True
                break
            self._files_done += 1
        self._store(import_)
        if not (self._report.cancelled and self._paused()):
            cancelled = self._report.cancelled
            writer.run(lambda connection: imports.finish_import(connection, import_, cancelled=cancelled))
        self._progress(self._files_done, len(self._files))
        if self._report.annotated:
            writer.run(lambda connection: _baseline(connection, self._workspace, self._report))
        return self._report

    def _begin(self, connection: Connection, resumes: Sequence[PastImport]) -> int:
        """Remember this import, and that those with which it goes on are over: in one transaction."""
        for past in resumes:
            imports.finish_import(connection, past.id, cancelled=True)
        names = [_stored_name(path.absolute()) for path in self._files]
        return imports.begin_import(connection, self._workspace.project.id, names)

    def _read(self, path: Path, import_: int) -> None:
        self._lines, self._lines_read = (_count_lines(path) if self._advanced else 0), 0
        items = self._worker.read(path)
        try:
            for item in items:
                if isinstance(item, Problem):
                    self._report.problems.append(replace(item, file=_as_text(item.file)))
                else:
                    self._waiting.append(replace(item, file=_as_text(item.file)))
                self._lines_read = item.line or 0
                if len(self._waiting) >= _BATCH or time.monotonic() - self._since > _PATIENCE:
                    self._store(import_)
                if self._cancelled():
                    return
        except WorkerFailed as error:
            if not self._cancelled():
                self._report.problems.append(Problem(str(path), None, str(error), "Try this file again."))

    def _store(self, import_: int) -> None:
        """One transaction: the documents that wait, and how far the import has come."""
        reads, self._waiting = self._waiting, []

        def task(connection: Connection) -> None:
            for read, result in zip(reads, enter_records(connection, self._workspace, reads), strict=True):
                _report(self._report, read, result)
            report = self._report
            imports.advance_import(
                connection,
                import_,
                files_done=self._files_done,
                added=len(report.added),
                known=len(report.known),
                problems=report.problems,
                notes=report.notes,
            )

        self._workspace.store.writer.run(task)
        self._since = time.monotonic()
        if self._advanced:
            report, files = self._report, len(self._files)
            within = min(1.0, self._lines_read / self._lines) if self._lines else 0.0
            share = min(1.0, (self._files_done + within) / files)
            counts = len(report.added), len(report.known), len(report.problems)
            self._advanced(ImportProgress(self._files_done, files, share, *counts))


def _as_text(name: str) -> str:
    """A file's name in a form that a database can hold: not every name on a disk is text."""
    return os.fsencode(name).decode("utf-8", "replace")


def _stored_name(path: Path) -> str:
    """A path as the database remembers it: as it is, or as a file URL where it is no text."""
    name = str(path)
    return name if _as_text(name) == name else path.as_uri()


def files_left(past: PastImport) -> list[Path]:
    """The files of a broken-off import that were not read."""
    return [
        Path(os.fsdecode(unquote_to_bytes(name.removeprefix("file://")))) if name.startswith("file://") else Path(name)
        for name in past.left
    ]


def _count_lines(path: Path) -> int:
    """The lines of a file that holds an article in each; 0 where that cannot be told or does not matter."""
    if path.suffix.lower() != ".jsonl" or not path.is_file():
        return 0
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1_000_000), b""))
    except OSError:
        return 0  # the reader says why


PASTED = "pasted text"
"""What stands in place of a file's name for text that was pasted."""


def pasted_layout(text: str, title: str | None = None) -> Layout:
    """How a pasted text would be read: its title, its paragraphs, and what is doubtful."""
    body = canonicalise(text).text
    words, is_first_line = title_of(body, title, PASTED)
    return layout_of(body, words, title_is_first_line=is_first_line, title_was_given=bool(title and title.strip()))


def add_text(workspace: Workspace, text: str, title: str | None = None, *, source: str = PASTED) -> ImportReport:
    """Put one text into the project as an article, remembered as an import of its own.

    Args:
        workspace: where it goes.
        text: as it was pasted; it becomes canonical text.
        title: None or blank for the title rule.
        source: what the report calls it, in place of a file.

    Raises:
        NotSaved: it could not be committed.
    """
    report = ImportReport()
    canonical = canonicalise(text)
    record = DocumentRecord(id="", text=canonical.text, meta=Metadata(title=(title or "").strip() or None))
    read = ReadDocument(record, canonical, source, notes=change_notes(canonical))

    def task(connection: Connection) -> int:
        import_ = imports.begin_import(connection, workspace.project.id, [source])
        if is_blank(canonical.text):
            report.problems.append(Problem(source, None, "There is no text in it.", "Copy an article’s text first."))
        else:
            (result,) = enter_records(connection, workspace, [read])
            _report(report, read, result)
        imports.advance_import(
            connection,
            import_,
            files_done=1,
            added=len(report.added),
            known=len(report.known),
            problems=report.problems,
            notes=report.notes,
        )
        imports.finish_import(connection, import_, cancelled=False)
        return import_

    report.past = workspace.store.writer.run(task)
    return report


def unfinished_imports(workspace: Workspace) -> list[PastImport]:
    """Imports that broke off (the program was killed, say): their ``left`` files can be imported again."""
    with workspace.store.reading() as connection:
        return imports.past_imports(connection, workspace.project.id, unfinished=True)


def dismiss_import(workspace: Workspace, past: PastImport) -> None:
    """Do not offer to go on with a broken-off import any more."""
    workspace.store.writer.run(lambda connection: imports.finish_import(connection, past.id, cancelled=True))


def past_imports(workspace: Workspace) -> list[PastImport]:
    """The project's imports with what was said of their files, the newest first."""
    with workspace.store.reading() as connection:
        return imports.past_imports(connection, workspace.project.id)


def _report(report: ImportReport, read: ReadDocument, result: Entered) -> None:
    place = read.file if read.line is None else f"{read.file}:{read.line}"
    if result.entry is Entry.CONFLICT:
        report.problems.append(
            Problem(
                read.file,
                read.line,
                f"The id {read.record.id!r} belongs to another text in this project.",
                "Give it another id, or import it into another project.",
            )
        )
        return
    (report.added if result.entry is Entry.ADDED else report.known).append(result.document)
    if result.annotated:
        report.annotated.append(result.document)
    notes = list(read.notes)
    if result.entry is Entry.ADDED:
        notes += _doubts(read, result.title)
    if result.left_out:
        notes.append(f"“{result.title}” {result.left_out}.")
    elif result.entry is Entry.KNOWN:
        notes.append(f"“{result.title}” is already in the project, so it was not added again.")
    report.notes += [(place, note) for note in notes]


def _doubts(read: ReadDocument, title: str) -> tuple[str, ...]:
    """What a person should check of how an article file was read; lines of a file come from programs."""
    record, given = read.record, read.record.meta.title
    if read.line is not None:
        return ()
    line = first_line(record.text)
    is_first_line = line is not None and record.text[line[0] : line[1]] == title
    was_given = bool(given and given.strip())
    return layout_of(record.text, title, title_is_first_line=is_first_line, title_was_given=was_given).doubts


def _baseline(connection: Connection, workspace: Workspace, report: ImportReport) -> None:
    count = len(report.annotated)
    summary = f"import annotations of {count} {_plural(count, 'article')}"
    edit = Edit(new_id(), EditKind.IMPORT, summary, ())
    decisions.write_edit(connection, workspace.project.id, workspace.annotator, edit)


class DocumentList:
    """The project's documents as lists show them: pages, counts, neighbours."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def page(self, wanted: DocumentFilter, *, after: int = 0, size: int = 200) -> list[DocumentInfo]:
        """A page in the order of import, starting behind the document ``after``."""
        project, annotator = self._workspace.project.id, self._workspace.annotator
        with self._workspace.store.reading() as connection:
            return documents.page(connection, project, annotator, wanted, after=after, size=size)

    def infos(self, ids: Iterable[int]) -> list[DocumentInfo]:
        """What lists show of the given documents."""
        with self._workspace.store.reading() as connection:
            return documents.infos(connection, self._workspace.project.id, self._workspace.annotator, ids)

    def counts(self) -> Counts:
        """How many documents have which status."""
        with self._workspace.store.reading() as connection:
            return documents.counts(connection, self._workspace.project.id, self._workspace.annotator)

    def neighbour(self, wanted: DocumentFilter, document: int, step: int) -> int | None:
        """The next (``step`` 1) or previous (-1) document that the filter shows."""
        project, annotator = self._workspace.project.id, self._workspace.annotator
        with self._workspace.store.reading() as connection:
            return documents.neighbour(connection, project, annotator, wanted, document, step)

    def ids(self, wanted: DocumentFilter) -> list[int]:
        """The ids of all documents that the filter shows, in its order."""
        return [info.id for info in self.page(wanted, size=_ALL)]

    def place(self, wanted: DocumentFilter, document: int) -> tuple[int, int]:
        """The place of a document in the filtered list (from 1; 0 if it is not in it) and the list's length."""
        project, annotator = self._workspace.project.id, self._workspace.annotator
        with self._workspace.store.reading() as connection:
            return documents.place_in_list(connection, project, annotator, wanted, document)


class ExportCancelled(AnnotatorError):
    """The export was ended early; an older file of that name is as it was."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote."""

    path: Path
    lines: int


def export_file(
    workspace: Workspace,
    path: Path,
    *,
    format_name: str = "annotator",
    status: Status | None = None,
    annotator: str | None = None,
    pending: Pending = Pending.SEPARATE,
    documents: Sequence[int] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ExportReport:
    """Write the project's annotation sets to a file, atomically: the old file stays until the new one is whole.

    Args:
        workspace: what to export.
        path: the file to write.
        format_name: a name of ``formats.registry.writers``.
        status: only sets of this status (a document without a set is new); None: all.
        annotator: only sets of this annotator; None: everyone's.
        pending: where suggestions without a decision go.
        documents: only these documents, in the order of import all the same; None: all.
        progress: gets documents done and documents in all.
        cancelled: whether to end early.

    Raises:
        AnnotatorError: the format is unknown.
        ExportCancelled: it was ended early; an older file of that name is as it was.
        NotSaved: the file could not be written; an older one of that name is as it was.
    """
    writer = writers.get(format_name)
    if writer is None:
        raise AnnotatorError(f"There is no format “{format_name}”. Known formats: {', '.join(sorted(writers))}.")

    def chosen(stored: StoredSet | None) -> bool:
        its_status = stored.info.status if stored else Status.NEW
        by = annotator is None or (stored is not None and stored.annotator == annotator)
        return by and (status is None or its_status is status)

    with workspace.store.reading() as connection:
        wanted = None if documents is None else frozenset(documents)
        records = _records(connection, workspace, chosen, wanted, progress, cancelled)
        return ExportReport(path, write_lines(path, writer(records, pending)))


def _records(
    connection: Connection,
    workspace: Workspace,
    chosen: Callable[[StoredSet | None], bool],
    wanted: frozenset[int] | None,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Iterator[DocumentRecord]:
    ids = documents.all_ids(connection, workspace.project.id)
    if wanted is not None:
        ids = [id_ for id_ in ids if id_ in wanted]
    done = 0
    for batch in documents.batches(connection, ids):
        for _, records in records_of(connection, workspace, batch, chosen):
            progress(done, len(ids))
            if cancelled():
                raise ExportCancelled("The export was cancelled. No file was written; an older one is as it was.")
            yield from records
            done += 1
    progress(len(ids), len(ids))
