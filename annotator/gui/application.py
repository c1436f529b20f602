"""The program with a window: starts Qt, opens the database, puts the window, the worker and pre-annotation together."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

import annotator
from annotator.domain.errors import AnnotatorError
from annotator.gui.desk import Desk
from annotator.gui.dialogs import QuestionSheet
from annotator.gui.endings import Endings
from annotator.gui.theme import DARK, LIGHT, Theme, apply_theme, system_prefers_dark
from annotator.gui.window import MainWindow
from annotator.services.places import Places
from annotator.services.settings import Settings, ThemeChoice, read_settings, save_settings
from annotator.services.suggest import Preannotation
from annotator.services.workspace import open_workspace
from annotator.worker.client import WorkerClient

if TYPE_CHECKING:
    from annotator.gui.single_instance import FirstInstance

log = logging.getLogger(__name__)
_DATABASES = "Annotator databases (*.sqlite3 *.sqlite *.db);;All files (*)"


class Program(QObject):
    """One running program; it has one window at a time."""

    def __init__(self, app: QApplication, places: Places, project: str | None = None, *, suggest: bool = True) -> None:
        super().__init__(app)
        self._app = app
        self._places = places
        self._project = project
        self._suggest = suggest
        loaded = read_settings(places.settings)
        self.settings: Settings = loaded.settings
        self._settings_trouble = loaded.trouble
        self.window: MainWindow | None = None
        self._preannotation: Preannotation | None = None
        self._readers: list[WorkerClient] = []
        self._switching = False
        self._first: FirstInstance | None = None
        self._theme: Theme | None = None
        app.styleHints().colorSchemeChanged.connect(lambda _: self._dress())
        self._dress()

    # -- windows

    def open(self, database: Path, files: Sequence[Path] = ()) -> bool:
        """Open a window on a database.

        A database that is refused is told with a way to choose another; False if none was opened.
        """
        chosen: Path | None = database
        while chosen is not None:
            try:
                self._show(chosen, files)
            except AnnotatorError as error:
                log.warning("%s was refused: %s", chosen, error)
                chosen = self._ask_another(str(error))
            else:
                return True
        return False

    def _show(self, database: Path, files: Sequence[Path]) -> None:
        workspace = open_workspace(database, self.settings.annotator, self._project)
        desk = Desk(workspace, self.settings, self._places)
        preannotation = None
        if self._suggest and not workspace.read_only:
            preannotation = Preannotation(
                workspace,
                WorkerClient(log_path=self._places.log),
                on_read=lambda ids: desk.post(lambda: desk.session.suggestions_arrived(ids)),
                on_state=lambda state: desk.post(lambda: desk.set_reading(state)),
            )
        self._preannotation = preannotation
        window = self.window = MainWindow(desk, self._reader, preannotation)
        desk.settings_changed.connect(lambda: self._keep(desk.settings))
        window.closed.connect(self._closed)
        window.database_wanted.connect(self._choose_database)
        window.reopen_wanted.connect(self.reopen)
        if self._theme is not None:
            window.set_theme(self._theme)
        if self.settings.window_maximized:
            window.showMaximized()
        else:
            window.show()
        window.open_first()
        if self._settings_trouble:
            window.tell_settings_trouble(self._settings_trouble)
        if preannotation is not None:
            preannotation.start()
        self.listen()
        if files:
            window.errands.import_paths(files)

    # -- other starts, and the end

    def listen(self) -> None:
        """Let later starts on this database hand their files to this window, where Qt's part for that is there."""
        if self._first is not None:
            self._first.close()
            self._first.deleteLater()
            self._first = None
        network = _single_instance()
        if network is not None and self.window is not None:
            self._first = network.FirstInstance(self.window.desk.workspace.store.path, self)
            self._first.handed_over.connect(self._take_over)

    def _take_over(self, names: list[str]) -> None:
        window = self.window
        if window is None:
            return
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if names:
            window.errands.import_paths([Path(name) for name in names])

    def end(self) -> None:
        """Close at once, without a question: everything that can be saved is."""
        if self.window is None:
            self._app.quit()
            return
        sheet = self._app.activeModalWidget()
        if isinstance(sheet, QDialog):
            sheet.reject()
        self._switching = False
        self.window.close_at_once()

    def _reader(self) -> WorkerClient:
        """A worker of its own for reading files, so that an import does not wait for a long article."""
        if not self._readers:
            self._readers.append(WorkerClient(log_path=self._places.log))
        return self._readers[0]

    def _closed(self) -> None:
        window = self.window
        if window is None:
            return
        if self._preannotation is not None:
            self._preannotation.stop()
        for reader in self._readers:
            reader.close()
        self._readers = []
        window.desk.workspace.close()
        save_settings(self._places.settings, self.settings)
        self.window = None
        window.deleteLater()
        if not self._switching:
            self._app.quit()

    def _choose_database(self) -> None:
        folder = str(self._places.data)
        name, _ = QFileDialog.getSaveFileName(
            self.window, "Open or make a database", folder, _DATABASES, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if name:
            self.switch(Path(name))

    def switch(self, database: Path) -> None:
        """Close the window and open one on another database; the old one again if that is refused."""
        window = self.window
        before = window.desk.workspace.store.path if window is not None else None
        self._switching = True
        try:
            if window is not None and not window.close():
                return
            self.settings = msgspec.structs.replace(self.settings, database=str(database), last_document=None)
            if not self.open(database) and before is not None and self.open(before):
                self.settings = msgspec.structs.replace(self.settings, database=str(before))
        finally:
            self._switching = False
        if self.window is None:
            self._app.quit()

    def reopen(self) -> None:
        """Close the window and open one on the same database, with the settings as they are now."""
        window = self.window
        if window is None:
            return
        database = window.desk.workspace.store.path
        self._switching = True
        try:
            if window.close() and self.open(database) and self.window is not None:
                self.window.status.say(f"You work as {self.window.desk.workspace.annotator_name} now.")
        finally:
            self._switching = False
        if self.window is None:
            self._app.quit()

    def _ask_another(self, sentence: str) -> Path | None:
        sheet = QuestionSheet("This database cannot be opened", [sentence], ["Choose another database…", "Quit"])
        if sheet.exec() != 1:
            return None
        name, _ = QFileDialog.getSaveFileName(
            None,
            "Open or make a database",
            str(self._places.data),
            _DATABASES,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        return Path(name) if name else None

    # -- settings, theme, trouble

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        trouble = save_settings(self._places.settings, settings)
        if trouble is not None and self._settings_trouble is None and self.window is not None:
            self.window.tell_settings_trouble(trouble)
        self._settings_trouble = trouble or self._settings_trouble
        self._dress()

    def _dress(self) -> None:
        choice = self.settings.theme
        dark = choice is ThemeChoice.DARK or (choice is ThemeChoice.SYSTEM and system_prefers_dark(self._app))
        theme = DARK if dark else LIGHT
        if theme is not self._theme:
            self._theme = theme
            apply_theme(self._app, theme)
            if self.window is not None:
                self.window.set_theme(theme)

    def tell_trouble(self, error: BaseException) -> None:
        """An error that nobody expected: the log has it whole, the window says it calmly."""
        if self.window is not None:
            sentence = f"The program goes on. If it happens again, close and open it. ({type(error).__name__})"
            self.window.page.tell_trouble(sentence)


def _single_instance() -> ModuleType | None:
    """The module that needs QtNetwork, whose system libraries may be missing where all others are there."""
    try:
        from annotator.gui import single_instance
    except ImportError as error:
        log.warning("later starts open windows of their own: %s", error)
        return None
    return single_instance


def _watch_errors(program: Program) -> None:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("unexpected", exc_info=(kind, error, trace))
        QTimer.singleShot(0, program, lambda: program.tell_trouble(error))

    sys.excepthook = hook
    threading.excepthook = lambda args: log.error(
        "unexpected in thread %s",
        args.thread.name if args.thread else "?",
        exc_info=(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback),
    )


def _icon() -> QIcon:
    """Hollow and filled: a small mark on a page, drawn here so that no file can be missing."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter, QPen

    picture = QPixmap(64, 64)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(LIGHT.accent)
    painter.drawRoundedRect(QRectF(4, 4, 56, 56), 12, 12)
    painter.setBrush(LIGHT.on_accent)
    painter.drawRoundedRect(QRectF(14, 16, 5, 32), 2.5, 2.5)
    painter.drawRoundedRect(QRectF(25, 18, 25, 10), 3, 3)
    pen = QPen(LIGHT.on_accent, 2.5)
    pen.setDashPattern([2, 1.4])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(26, 36, 20, 10), 3, 3)
    painter.end()
    return QIcon(picture)


def run(files: Sequence[str], database: Path | None, places: Places, project: str | None = None) -> int:
    """Open the window, importing ``files``; return the exit status.

    ``database`` None is the one of the settings, else the user's own.
    """
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("Annotator")
    app.setApplicationVersion(annotator.__version__)
    app.setDesktopFileName("annotator")
    app.setWindowIcon(_icon())
    app.setQuitOnLastWindowClosed(False)
    program = Program(app, places, project)
    _watch_errors(program)
    chosen = database
    if chosen is None and program.settings.database and not places.data_dir:
        chosen = Path(program.settings.database)
    wanted, paths = chosen or places.database, [Path(name).absolute() for name in files]
    network = _single_instance()
    if network is not None and wanted.exists() and network.hand_over(wanted, paths):
        return 0
    Endings(app, program.end)
    if not program.open(wanted, paths):
        return 3
    return app.exec()
