"""The library of a project: getting files in, the list of documents, getting annotated files out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from annotator.domain.edits import Edit, EditKind
from annotator.domain.errors import AnnotatorError, WorkerFailed
from annotator.domain.marks import Status
from annotator.domain.records import DocumentRecord, Problem, ReadDocument
from annotator.formats.annotator_write import Pending
from annotator.formats.atomic import write_lines
from annotator.formats.registry import writers
from annotator.services.exchange import Entered, enter_records, records_of
from annotator.services.workspace import Workspace
from annotator.storage import decisions, documents
from annotator.storage.arrivals import Entry
from annotator.storage.clock import new_id
from annotator.storage.decisions import StoredSet
from annotator.storage.documents import Counts, DocumentFilter, DocumentInfo, Sort
from annotator.worker.client import WorkerClient

log = logging.getLogger(__name__)
_BATCH = 50

__all__ = [
    "Counts",
    "DocumentFilter",
    "DocumentInfo",
    "DocumentList",
    "ExportReport",
    "ImportReport",
    "Pending",
    "Sort",
    "export_file",
    "import_files",
    "sample_files",
]


def sample_files() -> tuple[Path, ...]:
    """The sample articles that come with the program, in reading order."""
    folder = files("annotator.seeds")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith((".txt", ".md")))
    return tuple(Path(str(folder.joinpath(name))) for name in names)


@dataclass
class ImportReport:
    """What became of an import: ids of new documents, of known ones, of known ones that got annotations.

    ``problems`` were not taken in; ``notes`` are (file, sentence) of what was taken in with a remark.
    """

    added: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    annotated: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    cancelled: bool = False

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


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


def import_files(
    workspace: Workspace,
    paths: Sequence[Path],
    worker: WorkerClient,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Read files in the worker and put their documents into the project, batch by batch.

    What is bad is reported by file and line, the rest goes in. ``progress`` gets files done and files in all.

    Raises:
        NotSaved: a batch could not be committed; those before it are in.
    """
    report = ImportReport()
    for index, path in enumerate(paths):
        progress(index, len(paths))
        try:
            _import_file(workspace, path, worker, report, cancelled)
        except WorkerFailed as error:
            report.problems.append(Problem(str(path), None, str(error), "Try this file again."))
        if cancelled():
            report.cancelled = True
            break
    progress(len(paths), len(paths))
    if report.annotated:
        workspace.store.writer.run(lambda connection: _baseline(connection, workspace, report))
    return report


def _import_file(
    workspace: Workspace, path: Path, worker: WorkerClient, report: ImportReport, cancelled: Callable[[], bool]
) -> None:
    items = worker.read(path)
    while batch := list(islice(items, _BATCH)):
        report.problems += [item for item in batch if isinstance(item, Problem)]
        documents_read = [item for item in batch if isinstance(item, ReadDocument)]
        entered = workspace.store.writer.run(
            lambda connection, reads=documents_read: enter_records(connection, workspace, reads)  # type: ignore[misc]
        )
        for read, result in zip(documents_read, entered, strict=True):
            _report(report, read, result)
        if cancelled():
            return


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
    if result.left_out:
        notes.append(f"“{result.title}” {result.left_out}.")
    elif result.entry is Entry.KNOWN:
        notes.append(f"“{result.title}” is already in the project, so it was not added again.")
    report.notes += [(place, note) for note in notes]


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

    def place(self, wanted: DocumentFilter, document: int) -> tuple[int, int]:
        """The place of a document in the filtered list (from 1; 0 if it is not in it) and the list's length."""
        project, annotator = self._workspace.project.id, self._workspace.annotator
        with self._workspace.store.reading() as connection:
            return documents.place_in_list(connection, project, annotator, wanted, document)


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
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ExportReport:
    """Write the project's annotation sets to a file, atomically: the old file stays until the new one is whole.

    Args:
        workspace: what to export.
        path: the file to write.
        format_name: a name of ``formats.registry.writers``.
        status: only sets of this status (a document without a set is new); None: all.
        annotator: only sets of this annotator; None: everyone's.
        pending: where suggestions without a decision go.
        progress: gets documents done and documents in all.

    Raises:
        AnnotatorError: the format is unknown.
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
        records = _records(connection, workspace, chosen, progress)
        return ExportReport(path, write_lines(path, writer(records, pending)))


def _records(
    connection: Connection,
    workspace: Workspace,
    chosen: Callable[[StoredSet | None], bool],
    progress: Callable[[int, int], None],
) -> Iterator[DocumentRecord]:
    ids = documents.all_ids(connection, workspace.project.id)
    for index, document in enumerate(ids):
        progress(index, len(ids))
        yield from records_of(connection, workspace, document, chosen)
    progress(len(ids), len(ids))
