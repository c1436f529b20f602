"""The real window on a database made for a benchmark, and how long until something is painted.

Without a display Qt's offscreen platform is used: widgets are laid out and painted by the same code into memory, only
the copy to the screen is missing.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit, QWidget

from annotator.domain.records import DocumentRecord
from annotator.formats.annotator_write import write_line
from annotator.gui.desk import Desk
from annotator.gui.theme import LIGHT, apply_theme
from annotator.gui.window import MainWindow
from annotator.services.library import import_files
from annotator.services.places import Places
from annotator.services.session import Saving
from annotator.services.settings import Settings
from annotator.services.suggest import PipelineRun
from annotator.services.workspace import Workspace, open_workspace
from annotator.storage import documents
from annotator.worker.client import WorkerClient
from benchmarks import corpus, measuring

SIZE = (1440, 900)
PATIENCE = 60.0


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of its own, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-benchmark-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def database(folder: Path, records: list[DocumentRecord], articles: list[Path]) -> Path:
    """A database with made-up records, their marks pending, and real articles read by the default pipeline."""
    path, source = folder / "annotator.sqlite3", folder / "records.jsonl"
    source.write_text("".join(f"{write_line(record)}\n" for record in records), "utf-8")
    workspace = open_workspace(path, "Ann")
    try:
        with WorkerClient() as worker:
            report = import_files(workspace, [*articles, *([source] if records else [])], worker)
            assert not report.problems, report.problems[0]
            if articles:
                run = PipelineRun(workspace, worker)
                run.read_many(report.added[: len(articles)])
    finally:
        workspace.close()
    return path


def articles(folder: Path, small: bool) -> tuple[Path, dict[str, int]]:
    """A database with the articles that are opened, and the row id of each by its name (a short one first)."""
    name, path = corpus.first_article()
    sizes = [("short", 10, 3_000), ("50 kB, 1,000 marks", 1_000, 50_000), ("1 MB, 20,000 marks", 20_000, 1_000_000)]
    if small:
        sizes = [("short", 10, 3_000), ("5 kB, 100 marks", 100, 5_000)]
    records = [corpus.article(number, spans, length) for number, (_, spans, length) in enumerate(sizes)]
    found = database(folder, records, [path])
    workspace = open_workspace(found, "Ann")
    with workspace.store.reading() as connection:
        first, *rest = documents.all_ids(connection, workspace.project.id)
    workspace.close()
    ids = dict(zip((size[0] for size in sizes), rest, strict=True))
    return found, {"short": ids.pop("short"), name: first, **ids}


def application() -> QApplication:
    """The application, in the light theme."""
    measuring.without_display()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, LIGHT)
    return app


class Watch(QObject):
    """Notes when a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.painted = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.painted = self.painted or event.type() is QEvent.Type.Paint
        return False


def wait_until(condition: Callable[[], bool]) -> None:
    """Run the event loop until a condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        QApplication.processEvents()
        if time.monotonic() > end:
            raise SystemExit("Nothing happened for a minute.")


class Seat:
    """The real window on a database, without pre-annotation."""

    def __init__(self, path: Path) -> None:
        self.workspace: Workspace = open_workspace(path, "Ann")
        self.desk = Desk(self.workspace, Settings(), Places(path.parent))
        self.reader = WorkerClient()
        self.window = MainWindow(self.desk, lambda: self.reader, None)
        self.window.resize(*SIZE)
        self.window.show()
        self.watch = Watch(self.window.page.text.viewport())
        wait_until(self.window.isVisible)
        QApplication.processEvents()

    def open(self, document: int) -> float:
        """Seconds from asking for a document until its text was painted."""
        self.settle()
        self.watch.painted = False
        begin = time.perf_counter()
        self.desk.session.open(document)
        wait_until(lambda: self.watch.painted)
        return time.perf_counter() - begin

    def settle(self) -> None:
        """Wait until all is stored and painted."""
        wait_until(lambda: self.desk.session.saving is not Saving.UNDER_WAY)
        self.workspace.store.writer.flush()
        QApplication.processEvents()

    def close(self) -> None:
        """Close the window and the database."""
        self.settle()
        self.window.close()
        self.reader.close()
        self.workspace.close()
        self.window.deleteLater()
        QApplication.processEvents()


class BareText:
    """A read-only ``QTextEdit`` of the same size in a window of its own: the baseline of opening."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.window = QMainWindow()
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setFixedSize(*size)
        self.window.setCentralWidget(self.text)
        self.window.show()
        self.watch = Watch(self.text.viewport())
        QApplication.processEvents()

    def open(self, text: str) -> float:
        """Seconds until a text was painted."""
        QApplication.processEvents()
        self.watch.painted = False
        begin = time.perf_counter()
        self.text.setPlainText(text)
        wait_until(lambda: self.watch.painted)
        return time.perf_counter() - begin
