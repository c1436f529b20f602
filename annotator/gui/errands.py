"""What takes the window to files and back: importing, pasting, the samples, exporting, reports, the sheets.

Long work runs in the background; the window stays usable. It must not know panes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

import annotator
from annotator.gui.action_set import ActionSet
from annotator.gui.background import Job
from annotator.gui.desk import Desk
from annotator.gui.dialogs import AboutSheet, KeySheet, QuestionSheet, Sheet
from annotator.gui.dropping import paths_of
from annotator.gui.export_sheet import Articles, ExportSheet, ExportWish
from annotator.gui.import_report import ReportsSheet
from annotator.gui.paste import PasteSheet, text_of
from annotator.gui.words import plural
from annotator.services.changes import Changes
from annotator.services.library import (
    DocumentFilter,
    ExportReport,
    ImportProgress,
    ImportReport,
    PastImport,
    add_text,
    article_files,
    export_file,
    files_left,
    import_files,
    past_imports,
    sample_files,
)
from annotator.worker.client import WorkerClient

_ARTICLES = "Articles (*.txt *.md *.jsonl);;All files (*)"
_PATIENCE = 700
"""Milliseconds after Cancel until a reader that is in the middle of a long file is stopped."""


class Errands(QObject):
    """The errands of one window."""

    progressed = Signal(str, int, int)
    """What is done, how far, of how many."""
    ended = Signal()
    """Long work has ended."""
    import_begun = Signal(int)
    """An import of so many files begins."""
    import_advanced = Signal(object)
    """It has come so far: an ``ImportProgress``."""
    imported = Signal(object)
    """An import has ended: its report."""

    def __init__(self, desk: Desk, actions: ActionSet, window: QWidget, reader: Callable[[], WorkerClient]) -> None:
        super().__init__(window)
        self._desk = desk
        self._actions = actions
        self._window = window
        self._reader = self.reader = reader
        self._job: Job | None = None
        self._importing = False
        self._leaving = False
        self._next: list[Path] = []
        self.sheet: QWidget | None = None

    # -- in

    def choose_files(self) -> None:
        """Ask for files and import them."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Import files", self._folder(), _ARTICLES)
        if names:
            self._desk.set(last_folder=str(Path(names[0]).parent))
            self.import_paths([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder and import the articles in it."""
        name = QFileDialog.getExistingDirectory(self._window, "Import a folder", self._folder())
        if name:
            self._desk.set(last_folder=name)
            self.import_paths([Path(name)])

    def import_samples(self) -> None:
        """Import the sample articles."""
        self.import_paths(sample_files())

    def import_paths(self, paths: Sequence[Path], resumes: Sequence[PastImport] = ()) -> None:
        """Import files and folders in the background; after the import that is going on, if one is."""
        if self._job is not None:
            self._next += paths
            self._desk.said.emit("These files come in as soon as what is going on has ended.")
            return
        workspace, reader = self._desk.workspace, self._reader()
        told = self.import_advanced.emit

        def work(progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> ImportReport:
            files = article_files(paths)
            told(ImportProgress(0, max(1, len(files)), 0.0, 0, 0, 0))
            return import_files(
                workspace,
                files or paths,
                reader,
                progress=progress,
                cancelled=cancelled,
                advanced=told,
                paused=lambda: self._leaving,
                resumes=resumes,
            )

        self._importing = True
        self.import_begun.emit(len(paths))
        self._start(Job("import", work, self), "Importing file", self._import_done)

    def resume(self, imports: Sequence[PastImport]) -> None:
        """Go on with imports that broke off."""
        left = list(dict.fromkeys(path for past in imports for path in files_left(past)))
        self.import_paths(left, imports)

    def _import_done(self, report: ImportReport) -> None:
        if self._leaving:
            return
        desk = self._desk
        desk.session.documents_came((*report.added, *report.annotated, *report.known))
        here = [*report.added, *report.known]
        if here and (desk.document is None or len(here) == 1):
            desk.attempt(lambda: desk.session.open(here[0]))
        desk.said.emit(report.summary[0].upper() + report.summary[1:] + ".")
        self.imported.emit(report)
        if self._next:
            paths, self._next = self._next, []
            self.import_paths(paths)

    # -- paste

    def paste(self) -> None:
        """Take in what was copied: files, or text after a look at it."""
        data = QGuiApplication.clipboard().mimeData()
        paths = paths_of(data) if data else []
        if paths:
            self.import_paths(paths)
        else:
            self.offer_text(text_of(data) if data else "")

    def offer_text(self, text: str) -> None:
        """Show how a text would be read, and add it if it is wanted."""
        if not text.strip():
            self._desk.said.emit("There is no text to paste. Copy an article’s text first.")
            return
        sheet = PasteSheet(text, self._window)
        sheet.wanted.connect(lambda words, title: self._desk.attempt(lambda: self._add_text(words, title)))
        self._show(sheet, modal=True)

    def _add_text(self, words: str, title: str) -> None:
        report = add_text(self._desk.workspace, words, title)
        here = (*report.added, *report.known)
        self._desk.session.documents_came(here)
        if here:
            self._desk.session.open(here[0])
        known = "This text is already in the project; here it is."
        self._desk.said.emit(known if report.known else f"{report.summary[0].upper()}{report.summary[1:]}.")
        self.imported.emit(report)

    # -- out

    def choose_export(self, selected: Sequence[int] = (), *, only_selected: bool = False) -> None:
        """Ask what to export and to which file."""
        desk = self._desk
        name = f"{_file_name(desk.workspace.project.name)}.jsonl"
        filtered = self._filtered()
        counts = {
            Articles.ALL: desk.counts.total,
            Articles.FILTERED: len(filtered) if filtered is not None else 0,
            Articles.SELECTED: len(selected) if only_selected or len(selected) > 1 else 0,
        }
        sheet = ExportSheet(
            Path(self._folder()) / name,
            counts,
            desk.workspace.annotator_name,
            first=Articles.SELECTED if only_selected else Articles.ALL,
            parent=self._window,
        )
        sheet.wanted.connect(lambda wish: self._export_wish(wish, filtered, tuple(selected)))
        self._show(sheet, modal=True)

    def _filtered(self) -> list[int] | None:
        """The articles that the filter shows; None while it shows all."""
        wanted = self._desk.wanted
        if wanted == DocumentFilter(sort=wanted.sort, descending=wanted.descending):
            return None
        return self._desk.documents.ids(wanted)

    def _export_wish(self, wish: ExportWish, filtered: Sequence[int] | None, selected: Sequence[int]) -> None:
        self._desk.set(last_folder=str(wish.path.parent))
        chosen = {Articles.ALL: None, Articles.FILTERED: filtered, Articles.SELECTED: selected}
        self.export_to(wish.path, wish, chosen[wish.articles])

    def export_to(self, path: Path, wish: ExportWish | None = None, documents: Sequence[int] | None = None) -> None:
        """Export in the background; everything, unless something else is wished."""
        if self._job is not None:
            self._desk.said.emit("Another import or export is still going on.")
            return
        workspace, wish = self._desk.workspace, wish or ExportWish(path)

        def work(progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> ExportReport:
            workspace.store.writer.flush()
            return export_file(
                workspace,
                path,
                status=wish.status,
                annotator=workspace.annotator_name if wish.mine else None,
                pending=wish.pending,
                documents=documents,
                progress=progress,
                cancelled=cancelled,
            )

        self._start(Job("export", work, self), "Exporting article", self._export_done)

    def _export_done(self, report: ExportReport) -> None:
        self._desk.said.emit(f"{plural(report.lines, 'article')} written to {report.path}.")

    # -- the work

    def _start(self, job: Job, what: str, done: Callable[..., None]) -> None:
        self._job = job
        job.progressed.connect(lambda at, total: self.progressed.emit(what, at, total))
        job.finished.connect(lambda result: (self._end(), done(result)))
        job.failed.connect(self._failed)
        job.start()

    def _failed(self, sentence: str) -> None:
        was_import = self._importing
        self._end()
        self._desk.said.emit(sentence)
        if was_import:
            self._desk.session.publish(Changes(listing=True))
            self.imported.emit(ImportReport())

    def _end(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._job.deleteLater()
        self._job = None
        self._importing = False
        self.ended.emit()

    @property
    def busy(self) -> bool:
        """Whether an import or export goes on."""
        return self._job is not None

    @property
    def importing(self) -> bool:
        """Whether an import goes on."""
        return self._importing

    def cancel(self) -> None:
        """End long work early; what is in stays in."""
        job = self._job
        if job is not None:
            self._next = []
            job.cancel()
            QTimer.singleShot(_PATIENCE, self, lambda: self._stop_reader(job))

    def _stop_reader(self, job: Job) -> None:
        if self._job is job and self._importing:
            self._reader().stop()

    def finish(self) -> None:
        """Cancel and wait: the window closes. An import is offered again at the next start."""
        if self._job is not None:
            self._leaving = True
            self._job.cancel()
            if self._importing:
                self._reader().stop()
            self._job.wait()

    # -- sheets

    def show_reports(self) -> None:
        """All imports of this project with what was said of their files."""
        self._show(ReportsSheet(past_imports(self._desk.workspace), self._window))

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

    def _show(self, sheet: Sheet, *, modal: bool = False) -> None:
        self.sheet = sheet
        sheet.setModal(modal)
        sheet.show()

    def _folder(self) -> str:
        """Where files were last chosen or written, if that is still there."""
        last = self._desk.settings.last_folder
        return last if last and Path(last).is_dir() else str(Path.home())


def _file_name(name: str) -> str:
    kept = "".join(character if character.isalnum() or character in " -_" else "_" for character in name)
    return kept.strip() or "annotated"
