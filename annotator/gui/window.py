"""The main window: it puts the panes together, hands actions to those who do them, and comes back as it was left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.marks import Stretch
from annotator.gui.action_set import ActionSet, KeyFilter
from annotator.gui.actions import Scope
from annotator.gui.article_page import ArticlePage
from annotator.gui.articles.acts import ArticleActs
from annotator.gui.articles.pane import ArticlesPane
from annotator.gui.cards.entities import EntitiesTab
from annotator.gui.cards.notes import NotesTab
from annotator.gui.cards.pane import CardsPane
from annotator.gui.cards.side import SidePane
from annotator.gui.desk import Desk
from annotator.gui.empty_page import EmptyPage
from annotator.gui.errands import Errands
from annotator.gui.gestures import Gestures
from annotator.gui.guide import GuideWindow
from annotator.gui.intake import Intake
from annotator.gui.label_bar import LabelBar
from annotator.gui.panes import PaneSplitter
from annotator.gui.settings_window import SettingsWindow
from annotator.gui.situation import situation
from annotator.gui.status_line import StatusLine
from annotator.gui.text.metrics import MEASURE_STEPS
from annotator.gui.text.positions import TextPositions
from annotator.gui.theme import MENU_HEIGHT, READING_SIZE, SPACE_2, Theme
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.bars import Hairline
from annotator.gui.widgets.focus_ring import FocusRing
from annotator.services.changes import Changes
from annotator.services.session import Saving
from annotator.services.settings import ThemeChoice
from annotator.services.suggest import Preannotation
from annotator.services.workspace import choose_pipeline
from annotator.worker.client import WorkerClient

_SMALLEST = QSize(960, 600)
_FIRST = QSize(1440, 900)
_FRAME = QSize(0, 40)
"""Room for the frame that the desktop puts around a window."""
_GRIP = 120
"""So many pixels of the window's head must be seen, to take hold of it."""


class MainWindow(QMainWindow):
    """One window on one database."""

    closed = Signal()
    """The window has closed and all is saved."""
    database_wanted = Signal()
    """Another database shall be opened."""
    reopen_wanted = Signal()
    """This database shall be opened anew: somebody else works here now."""

    def __init__(self, desk: Desk, reader: Callable[[], WorkerClient], preannotation: Preannotation | None) -> None:
        super().__init__()
        self.desk = desk
        desk.setParent(self)
        self._preannotation = preannotation
        self.setWindowTitle(f"{desk.workspace.project.name} – Annotator")
        self.setMinimumSize(_SMALLEST)
        self.actions_ = ActionSet(self, desk.session.labels)
        self.articles = ArticlesPane(desk)
        self.page = ArticlePage(desk, self.actions_)
        self.empty = EmptyPage(self.actions_)
        self.cards = CardsPane(desk, self.actions_)
        self.entities = EntitiesTab(desk)
        self.notes = NotesTab(desk)
        self.side = SidePane((("Quotations", self.cards), ("Entities", self.entities), ("Notes", self.notes)))
        self.bar = LabelBar(self.actions_, desk.session.labels)
        self.status = StatusLine(desk)
        self.errands = Errands(desk, self.actions_, self, reader)
        self.intake = Intake(desk, self.errands, self)
        self.acts = ArticleActs(
            desk,
            self.articles,
            offer=self.status.offer,
            undo=lambda: self._do("undo"),
            export=lambda ids: self.errands.choose_export(list(ids), only_selected=True),
        )
        self.gestures = Gestures(desk, self.page.text, self.page.pointed)
        self._handlers = {**self.gestures.table(), **self.acts.table(), **self._window_table()}
        self._closing = self._hurried = False
        self.settings_window: SettingsWindow | None = None
        self.guide: GuideWindow | None = None
        self._build()
        self._connect()
        self.ring = FocusRing(self)
        self._restore()
        self._show_what_there_is()
        self._tell_read_only()
        self._update()

    # -- building

    def _build(self) -> None:
        self.menus = QMenuBar()
        self.actions_.fill(self.menus)
        self.menus.setMinimumWidth(self.menus.sizeHint().width() + 16)
        top = QWidget()
        top.setFixedHeight(MENU_HEIGHT)
        row = QHBoxLayout(top)
        row.setContentsMargins(SPACE_2, 0, SPACE_2, 0)
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        over = QWidget()
        column = QVBoxLayout(over)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(Hairline())
        self.setMenuWidget(over)
        self.instead = QStackedWidget()
        self.instead.addWidget(self.empty)
        self.instead.addWidget(self.intake.page)
        self.panes = PaneSplitter(self.articles, self.page, self.instead, self.side)
        self.panes.names_need = self.page.text.width_for_names
        self.read_only = Banner("Read only")
        self.notice = Banner("Settings")
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.read_only)
        column.addWidget(self.notice)
        column.addWidget(self.intake.banner)
        column.addWidget(self.panes, 1)
        column.addWidget(self.bar)
        column.addWidget(self.status)
        self.setCentralWidget(central)
        self.keys = KeyFilter(self.actions_)
        self.keys.watch(self.page.text, Scope.TEXT, Scope.MARKS, Scope.PANES)
        self.keys.watch(self.cards.list, Scope.MARKS, Scope.PANES)
        for rows in (self.entities.list, self.notes.list):
            self.keys.watch(rows, Scope.MARKS, Scope.PANES, without=("Return",))
        self.keys.watch(self.articles.list, Scope.LIST, Scope.PANES)
        self.articles.order_menu = self.actions_.submenu(self, "Sort")
        self.chosen_menu = self.actions_.submenu(self, "Chosen")

    def _connect(self) -> None:
        desk = self.desk
        self.actions_.asked.connect(self._do)
        desk.changed.connect(self._news)
        desk.rows_changed.connect(lambda _: self._show_what_there_is())
        desk.chosen.connect(lambda _: self._update())
        desk.words_changed.connect(self._update)
        desk.settings_changed.connect(self._update)
        desk.settings_changed.connect(lambda: self.panes.fit(self.width()))
        desk.wants_text.connect(self.page.text.setFocus)
        self.page.context_wanted.connect(self._show_context)
        self.page.read_again.connect(self._read_again)
        self.page.work.cancelled.connect(self.errands.cancel)
        self.articles.field.left.connect(self.page.text.setFocus)
        self.errands.progressed.connect(self._show_progress)
        self.errands.ended.connect(self.page.work.hide)
        self.intake.arrived.connect(self._wake)
        self.intake.shown_changed.connect(self._show_import)
        self.intake.report_waits.connect(
            lambda sentence: self.status.offer(sentence, "Show the report", self.intake.show_page)
        )
        self.articles.selection_changed.connect(self._update)
        self.articles.context_wanted.connect(self._show_chosen)
        desk.filter_changed.connect(self._update)
        self.panes.changed.connect(self._update)

    def _window_table(self) -> dict[str, Callable[[], None]]:
        page, errands, desk = self.page, self.errands, self.desk
        return {
            "import": errands.choose_files,
            "import_folder": errands.choose_folder,
            "paste": errands.paste,
            "reports": self._show_reports,
            "samples": errands.import_samples,
            "export": lambda: errands.choose_export(self.articles.selected()),
            "open_database": self.database_wanted.emit,
            "quit": self.close,
            "copy": page.copy,
            "copy_text": page.copy_text,
            "find": page.find.ask,
            "find_next": lambda: page.find.step(1),
            "find_previous": lambda: page.find.step(-1),
            "note": page.write_note,
            "article_note": self._note_article,
            "tab_quotations": lambda: self._show_tab(self.cards),
            "tab_entities": lambda: self._show_tab(self.entities),
            "tab_notes": lambda: self._show_tab(self.notes),
            **{f"measure_{name}": partial(desk.set, measure=letters) for name, letters in MEASURE_STEPS.items()},
            "settings": self.show_settings,
            "guide": self.show_guide,
            "list_labels": self._list_labels,
            "next_pane": lambda: self._move_focus(1),
            "previous_pane": lambda: self._move_focus(-1),
            "theme_system": lambda: desk.set(theme=ThemeChoice.SYSTEM),
            "theme_light": lambda: desk.set(theme=ThemeChoice.LIGHT),
            "theme_dark": lambda: desk.set(theme=ThemeChoice.DARK),
            "zoom_in": lambda: page.zoom(1),
            "zoom_out": lambda: page.zoom(-1),
            "zoom_reset": lambda: desk.set(reading_size=READING_SIZE),
            "show_list": lambda: self.panes.toggle(0),
            "show_cards": lambda: self.panes.toggle(2),
            "done_accepts": lambda: desk.set(done_accepts=not desk.settings.done_accepts),
            "read_again": self._read_again,
            "pause_reading": self._pause_reading,
            "keys": errands.show_keys,
            "about": errands.show_about,
            "data_folder": errands.open_folder,
        }

    # -- actions

    def _do(self, id_: str) -> None:
        self.notes.keep()
        self.desk.attempt(self._handlers[id_])
        self._update()

    def _update(self) -> None:
        """Enable what makes sense now, tick what is set."""
        desk, actions = self.desk, self.actions_
        now = situation(desk, self.page.text.selected_stretch(), self._undoable, self._redoable)
        actions.update(replace(now, chosen=len(self.articles.selected())))
        actions.name_persons(desk.document.persons if desk.document else ())
        settings = desk.settings
        for id_, on in (
            ("flag", desk.session.flagged),
            ("done_accepts", settings.done_accepts),
            ("pause_reading", self._preannotation is not None and self._preannotation.paused),
            ("theme_system", settings.theme is ThemeChoice.SYSTEM),
            ("theme_light", settings.theme is ThemeChoice.LIGHT),
            ("theme_dark", settings.theme is ThemeChoice.DARK),
            ("show_list", self.panes.shows(0)),
            ("show_cards", self.panes.shows(2)),
            *((f"measure_{name}", settings.measure == letters) for name, letters in MEASURE_STEPS.items()),
        ):
            actions[id_].setChecked(on)
        for id_, on in self.acts.ticked().items():
            actions[id_].setChecked(on)

    _undoable = _redoable = False

    def _read_history(self) -> None:
        """Say in the menu what undo and redo would do; only when all is stored, so that nothing waits."""
        session = self.desk.session
        undo, redo = session.undo_summary, session.redo_summary
        self._undoable, self._redoable = undo is not None, redo is not None
        self.actions_.name_history(undo, redo)
        self._update()

    # -- news

    def _news(self, changes: Changes) -> None:
        if changes.opened:
            self._document_opened()
        if changes.marks and changes.saving:
            self._undoable = True
        if changes.opened or (changes.saving and self.desk.session.saving is Saving.SAVED):
            self._read_history()
        elif changes.opened or changes.marks or changes.documents:
            self._update()

    def _document_opened(self) -> None:
        document = self.desk.document
        if self._preannotation is not None and document is not None:
            self._preannotation.prefer(document.id)
        self._show_what_there_is()

    def _show_what_there_is(self) -> None:
        """The empty page while there is no article, the import's while it is wanted; the text is behind them."""
        importing = self.intake.shown
        empty = self.desk.counts.total == 0 or importing
        had_focus = self.instead.isAncestorOf(self.focusWidget() or self)
        self.instead.setCurrentIndex(int(importing))
        self.panes.show_empty(empty)
        self.bar.setVisible(not empty)
        if not empty and had_focus:
            self.page.text.setFocus()

    def _show_progress(self, what: str, done: int, total: int) -> None:
        self.page.work.tell(what, done, total)
        self.page.work.show()
        self.status.say(self.page.work.words.text() + "…", stay=True)

    def _show_import(self) -> None:
        self._show_what_there_is()
        if self.intake.shown:
            self.intake.page.stop.setFocus()
        elif self.desk.counts.total:
            self.page.text.setFocus()

    def _show_reports(self) -> None:
        if self.errands.importing:
            self.intake.show_page()
        else:
            self.errands.show_reports()

    def _wake(self) -> None:
        if self._preannotation is not None:
            self._preannotation.wake()

    def _pause_reading(self) -> None:
        if self._preannotation is not None:
            self._preannotation.pause(not self._preannotation.paused)
        self._update()

    def _read_again(self) -> None:
        document = self.desk.document
        if self._preannotation is not None and document is not None:
            self._preannotation.retry(document.id)
            self.status.say("The article is read again…")

    # -- menus at a place

    def _show_context(self, place: QPoint) -> None:
        self._update()
        self.actions_.context_menu(self).popup(place)

    def _show_chosen(self, place: QPoint) -> None:
        self._update()
        self.chosen_menu.popup(place)

    def _list_labels(self) -> None:
        """All labels as a menu at the mark; the arrows choose, a letter finds."""
        self._update()
        text, mark = self.page.text, self.desk.mark
        words = text.selected_stretch() or (
            mark.fields.stretch if self.actions_["list_labels"].isEnabled() and mark else None
        )
        menu = self.actions_.submenu(self, "Labels")
        place = self.bar.mapToGlobal(QPoint(16, -menu.sizeHint().height()))
        if words is not None:
            rect = text.stretch_rect(words)
            place = text.viewport().mapToGlobal(rect.bottomLeft() + QPoint(0, 8))
        menu.popup(place)
        enabled = next((action for action in menu.actions() if action.isEnabled()), None)
        if enabled is not None:
            menu.setActiveAction(enabled)
        self.label_menu = menu

    # -- tabs

    def _show_tab(self, page: QWidget) -> None:
        if not self.panes.shows(2):
            self.panes.toggle(2)
        self.side.show_page(page)
        self.side.stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _note_article(self) -> None:
        self._show_tab(self.notes)
        self.notes.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- focus

    def _move_focus(self, step: int) -> None:
        middle = self.intake.page.stop if self.intake.shown else self.page.text
        stops: list[QWidget] = [self.articles.list, middle, self.side.stop, self.articles.field]
        if self.desk.counts.total == 0 and not self.intake.shown:
            stops = [self.empty.choose]
        here = self.focusWidget()
        at = next(
            (i for i, stop in enumerate(stops) if here is not None and (stop is here or stop.isAncestorOf(here))), -1
        )
        for number in range(1, len(stops) + 1):
            stop = stops[(at + step * number) % len(stops)]
            if stop.isVisible():
                stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    # -- windows beside this one

    def show_settings(self) -> None:
        """The settings, beside the article."""
        if self.settings_window is None:
            self.settings_window = SettingsWindow(self.desk, self.desk.places, self.errands.reader, self)
            self.settings_window.pipeline_picked.connect(self._use_pipeline)
            self.settings_window.annotator_named.connect(self._work_as)
        self.settings_window.show()
        self.settings_window.raise_()
        self.settings_window.activateWindow()

    def show_guide(self) -> None:
        """The user guide, beside the article."""
        if self.guide is None:
            self.guide = GuideWindow(self)
        self.guide.show()
        self.guide.raise_()
        self.guide.activateWindow()

    def _use_pipeline(self, name: str) -> None:
        def choose() -> None:
            self.desk.workspace = self.desk.session.workspace = choose_pipeline(self.desk.session.workspace, name)
            if self._preannotation is not None:
                self._preannotation.use(name)

        if self.desk.attempt(choose):
            self.status.say(f"{name} reads the articles from now on.")

    def _work_as(self, name: str | None) -> None:
        self.desk.set(annotator=name)
        self.reopen_wanted.emit()

    def tell_settings_trouble(self, sentence: str) -> None:
        """Settings could not be read, or cannot be kept; the work is not touched by it."""
        self.notice.tell("Your work is safe; the settings are not", sentence, [("Close", self.notice.hide)])

    def _tell_read_only(self) -> None:
        workspace = self.desk.workspace
        if workspace.read_only:
            self.read_only.tell(
                "This database may only be read",
                f"{workspace.read_only_sentence} You can read all of it, and export it.",
                [("Export…", self.actions_["export"].trigger), ("Open another database…", self.database_wanted.emit)],
            )

    def set_theme(self, theme: Theme) -> None:
        """Take over a theme's colours; the palette has been set."""
        self.page.set_theme(theme)
        self.empty.set_theme(theme)

    # -- coming back, and going

    def _restore(self) -> None:
        settings = self.desk.settings
        self.resize(_FIRST)
        if settings.window_geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.window_geometry.encode("ascii", "ignore")))
        screen = QApplication.primaryScreen()
        if screen is not None and not settings.window_geometry:
            room: QRect = screen.availableGeometry()
            self.resize(self.size().boundedTo(room.size() - _FRAME).expandedTo(_SMALLEST))
        self._come_into_sight()
        self.panes.restore(settings.pane_sizes, self.width())

    def _come_into_sight(self) -> None:
        """Go to the first screen if the one that the window was on is gone."""
        screens = QApplication.screens()
        head = QRect(self.pos(), QSize(self.width(), MENU_HEIGHT))
        seen = [head.intersected(screen.availableGeometry()) for screen in screens]
        if screens and not any(part.width() >= _GRIP and part.height() >= MENU_HEIGHT // 2 for part in seen):
            room = QApplication.primaryScreen().availableGeometry()
            self.resize(self.size().boundedTo(room.size() - _FRAME).expandedTo(_SMALLEST))
            self.move(room.topLeft() + QPoint(_FRAME.height() // 2, _FRAME.height() // 2))

    def open_first(self) -> None:
        """Open the article that was open last, else the first one."""
        last = self.desk.settings.last_document
        found = self.desk.documents.infos([last]) if last is not None else []
        if not found:
            found = self.desk.documents.page(self.desk.wanted, size=1)
        if found:
            self.desk.attempt(lambda: self.desk.session.open(found[0].id))
            self.page.text.setFocus()
            if found[0].id == last:
                self._scroll_to(self.desk.settings.last_offset)
            self.articles.restore_scroll()
        elif self.desk.counts.total == 0:
            self.empty.choose.setFocus()
        self.intake.offer_to_resume()

    def _first_seen(self) -> int:
        """The offset of the first character of the article that is seen."""
        text, document = self.page.text, self.desk.document
        if document is None or text.verticalScrollBar().value() == 0:
            return 0
        column = round(text.document().rootFrame().frameFormat().leftMargin())
        return TextPositions(document.text).to_text(text.cursorForPosition(QPoint(column, 2)).position())

    def _scroll_to(self, offset: int) -> None:
        text, document = self.page.text, self.desk.document
        if document is not None and 0 < offset < len(document.text):
            bar = text.verticalScrollBar()
            bar.setValue(bar.value() + text.stretch_rect(Stretch(offset, offset + 1)).top())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panes.fit(self.width())

    def close_at_once(self) -> None:
        """Close without a question: the session ends, or somebody outside ended the program."""
        self._hurried = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing:
            event.accept()
            return
        session = self.desk.session
        self.notes.keep()
        self.page.note.dismiss()
        if session.saving is Saving.FAILED and not self._hurried and not self._leave_unsaved():
            event.ignore()
            return
        self._closing = True
        if self.settings_window is not None:
            self.settings_window.finish()
        self.errands.finish()
        document = self.desk.document
        self.desk.set(
            window_geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"),
            window_maximized=self.isMaximized(),
            pane_sizes=self.panes.kept(),
            last_offset=self._first_seen(),
            article_list=self.articles.left(),
            last_document=document.id if document else self.desk.settings.last_document,
        )
        session.close()
        event.accept()
        self.closed.emit()

    def _leave_unsaved(self) -> bool:
        session = self.desk.session
        answer = self.errands.ask(
            "Your last change is not saved",
            [session.failure or "", "If you close now, it is lost. Everything before it is saved."],
            ["Stay and retry", "Close and lose it"],
        )
        if answer == 1:
            session.retry()
        return answer == 2
