"""What takes the window to files and back: importing, the samples, exporting, the data folder, the sheets.

Long work runs in the background; the window stays usable. It must not know panes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

import annotator
from annotator.gui.action_set import ActionSet
from annotator.gui.background import Job
from annotator.gui.desk import Desk
from annotator.gui.dialogs import AboutSheet, ImportSheet, KeySheet, QuestionSheet
from annotator.gui.words import plural
from annotator.services.changes import Changes
from annotator.services.library import ExportReport, ImportReport, export_file, import_files, sample_files
from annotator.worker.client import WorkerClient

_ARTICLES = "Articles (*.txt *.md *.markdown *.jsonl);;All files (*)"


class Errands(QObject):
    """The errands of one window."""

    progressed = Signal(str, int, int)
    """What is done, how far, of how many."""
    ended = Signal()
    """Long work has ended."""
    imported = Signal(object)
    """An import has ended: its report."""

    def __init__(self, desk: Desk, actions: ActionSet, window: QWidget, reader: Callable[[], WorkerClient]) -> None:
        super().__init__(window)
        self._desk = desk
        self._actions = actions
        self._window = window
        self._reader = reader
        self._job: Job | None = None
        self.sheet: QWidget | None = None

    # -- in

    def choose_files(self) -> None:
        """Ask for files and import them."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Import files", self._folder(), _ARTICLES)
        if names:
            self.import_paths([Path(name) for name in names])

    def import_samples(self) -> None:
        """Import the sample articles."""
        self.import_paths(sample_files())

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files in the background."""
        if self._job is not None:
            self._desk.said.emit("Another import or export is still going on.")
            return
        workspace, reader = self._desk.workspace, self._reader()
        job = Job(
            "import",
            lambda progress, cancelled: import_files(workspace, paths, reader, progress=progress, cancelled=cancelled),
            self,
        )
        self._start(job, "Importing file", self._import_done)

    def _import_done(self, report: ImportReport) -> None:
        touched = frozenset((*report.annotated, *report.known))
        self._desk.session.publish(Changes(listing=True, documents=touched))
        document = self._desk.document
        if document is not None and document.id in report.annotated:
            self._desk.session.open(document.id)
        here = [*report.added, *report.known]
        if here and (document is None or len(here) == 1):
            self._desk.attempt(lambda: self._desk.session.open(here[0]))
        self._desk.said.emit(report.summary[0].upper() + report.summary[1:] + ".")
        self.imported.emit(report)
        if report.problems or len(report.notes) > len(report.known):
            self._show(ImportSheet(report, self._window))

    # -- out

    def choose_export(self) -> None:
        """Ask for a file and export to it."""
        suggested = str(Path(self._folder()) / f"{_file_name(self._desk.workspace.project.name)}.jsonl")
        name, _ = QFileDialog.getSaveFileName(self._window, "Export", suggested, "Annotated JSONL (*.jsonl)")
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Export everything in the background."""
        if self._job is not None:
            self._desk.said.emit("Another import or export is still going on.")
            return
        workspace = self._desk.workspace
        job = Job("export", lambda progress, _: self._export(workspace, path, progress), self)
        self._start(job, "Exporting article", self._export_done)

    @staticmethod
    def _export(workspace: object, path: Path, progress: Callable[[int, int], None]) -> ExportReport:
        workspace.store.writer.flush()  # type: ignore[attr-defined]
        return export_file(workspace, path, progress=progress)  # type: ignore[arg-type]

    def _export_done(self, report: ExportReport) -> None:
        self._desk.said.emit(f"{plural(report.lines, 'article')} written to {report.path}.")

    # -- the work

    def _start(self, job: Job, what: str, done: Callable[[object], None]) -> None:
        self._job = job
        job.progressed.connect(lambda at, total: self.progressed.emit(what, at, total))
        job.finished.connect(lambda result: (self._end(), done(result)))
        job.failed.connect(lambda sentence: (self._end(), self._desk.said.emit(sentence)))
        job.start()

    def _end(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._job.deleteLater()
        self._job = None
        self.ended.emit()

    @property
    def busy(self) -> bool:
        """Whether an import or export goes on."""
        return self._job is not None

    def cancel(self) -> None:
        """End long work early; what is in stays in."""
        if self._job is not None:
            self._job.cancel()

    def finish(self) -> None:
        """Cancel and wait: the window closes."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    # -- sheets

    def show_keys(self) -> None:
        """All keys."""
        self._show(KeySheet(self._actions.specs.values(), self._window))

    def show_about(self) -> None:
        """Version and licences."""
        self._show(AboutSheet(annotator.__version__, str(self._desk.workspace.store.path), self._window))

    def open_folder(self) -> None:
        """Show the database's folder."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.workspace.store.path.parent)))

    def ask(self, title: str, sentences: Sequence[str], answers: Sequence[str]) -> int:
        """A question before something is lost; the number of the answer, from 1, or 0."""
        sheet = QuestionSheet(title, sentences, answers, self._window)
        return int(sheet.exec())

    def _show(self, sheet: ImportSheet | KeySheet | AboutSheet) -> None:
        self.sheet = sheet
        sheet.setModal(False)
        sheet.show()

    def _folder(self) -> str:
        return str(Path.home())


def _file_name(name: str) -> str:
    kept = "".join(character if character.isalnum() or character in " -_" else "_" for character in name)
    return kept.strip() or "annotated"
