"""Everything that brings articles in, as the window shows it: the page of the import, the frame for dropping, the
banner for an import that broke off. The errands do the work."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.gui.desk import Desk
from annotator.gui.dropping import DropTarget
from annotator.gui.errands import Errands
from annotator.gui.import_page import ImportPage
from annotator.gui.import_report import LineSheet
from annotator.gui.widgets.banner import Banner
from annotator.services.changes import Changes
from annotator.services.library import (
    DocumentFilter,
    ImportProgress,
    ImportReport,
    PastImport,
    dismiss_import,
    past_imports,
    unfinished_imports,
)

_SHOW_AFTER = 800
"""Milliseconds after which an import that goes on gets the page."""
_NEWS = 0.5
"""Seconds between two looks at what an import has brought."""


class Intake(QObject):
    """One for each window."""

    shown_changed = Signal()
    """The import page shall be seen, or no longer."""
    report_waits = Signal(str)
    """An import has ended while somebody reads; the sentence says that its report has something to tell."""
    arrived = Signal()
    """Articles have come in."""

    def __init__(self, desk: Desk, errands: Errands, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._errands, self._window = desk, errands, window
        self.page = ImportPage()
        self.banner = Banner("Interrupted import")
        self.drop = DropTarget(window)
        self.drop.enabled = not desk.workspace.read_only
        self.shown = False
        self._left = False
        self._told = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOW_AFTER)
        self._timer.timeout.connect(self._show_if_long)
        # What is dropped may ask something; the other program must not wait for the answer.
        self.drop.files_dropped.connect(lambda paths: QTimer.singleShot(0, self, lambda: errands.import_paths(paths)))
        self.drop.text_dropped.connect(lambda text: QTimer.singleShot(0, self, lambda: errands.offer_text(text)))
        errands.import_begun.connect(self._begin)
        errands.import_advanced.connect(self._advance)
        errands.imported.connect(self._end)
        self.page.cancelled.connect(errands.cancel)
        self.page.closed.connect(lambda: self._show(False))
        self.page.report.line_wanted.connect(lambda problem: LineSheet(problem, window).show())
        desk.changed.connect(self._news)

    # -- an import that goes on

    def _begin(self, files: int) -> None:
        self._left, self._told = False, time.monotonic()
        self.banner.hide()
        self.page.begin(files)
        if self._desk.counts.total == 0:
            self._show(True)
        else:
            self._timer.start()

    def _show_if_long(self) -> None:
        if self._errands.importing and not self._left:
            self._show(True)

    def _advance(self, progress: ImportProgress) -> None:
        self.page.tell(progress)
        if time.monotonic() - self._told < _NEWS or not self._errands.importing:
            return
        self._desk.session.publish(Changes(listing=True))
        self.arrived.emit()
        past = self._past(None)
        if past is not None:
            self.page.show_report(past)
        self.page.show_latest(self._desk.documents.page(DocumentFilter(descending=True), size=4))
        self._told = time.monotonic()

    def _end(self, report: ImportReport) -> None:
        self._timer.stop()
        self.arrived.emit()
        past = self._past(report.past)
        if past is None:
            self._show(False)
            if report.problems:
                self._desk.said.emit(f"{report.problems[0].what} {report.problems[0].remedy}")
            return
        self.page.end(past)
        self.page.show_latest([])
        if self._left and past.problems:
            self.report_waits.emit(f"{report.summary[0].upper()}{report.summary[1:]}.")
        elif not self._left:
            self._show(bool(past.problems))

    def _past(self, number: int | None) -> PastImport | None:
        """What is remembered of an import; of the one that goes on for None."""
        found = past_imports(self._desk.workspace)
        if number is None:
            return found[0] if found and found[0].finished is None else None
        return next((past for past in found if past.id == number), None)

    def _news(self, changes: Changes) -> None:
        if changes.opened:
            self._left = self._errands.importing
            self._show(False)

    def show_page(self) -> None:
        """Show the import that goes on, or the report of the last one."""
        self._left = False
        self._show(True)

    def _show(self, shown: bool) -> None:
        if shown != self.shown:
            self.shown = shown
            self.shown_changed.emit()

    # -- an import that broke off

    def offer_to_resume(self) -> None:
        """Say that an import broke off, if one did."""
        if self._desk.workspace.read_only:
            return
        broken = [past for past in unfinished_imports(self._desk.workspace) if past.left]
        left = len({name for past in broken for name in past.left})
        if not left:
            return
        self.banner.tell(
            f"An import was interrupted: {left:,} {'file' if left == 1 else 'files'} left",
            "What was read until then is in the project. No article comes in twice.",
            [("Resume", lambda: self._resume(broken)), ("Not now", self.banner.hide)],
            [("Do not ask again", lambda: self._dismiss(broken))],
        )

    def _resume(self, broken: list[PastImport]) -> None:
        self.banner.hide()
        self._errands.resume(broken)

    def _dismiss(self, broken: list[PastImport]) -> None:
        self.banner.hide()
        for past in broken:
            self._desk.attempt(lambda past=past: dismiss_import(self._desk.workspace, past))
