"""The middle: strip, banners, the article's text, or the empty page. It carries news to the text pane and back."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.errors import Refused
from annotator.domain.marks import QuotationMark, SpanFields
from annotator.domain.scheme import Label
from annotator.gui.action_set import ActionSet
from annotator.gui.cards.note_popup import NotePopup
from annotator.gui.desk import Desk
from annotator.gui.find_bar import FindBar
from annotator.gui.strip import ArticleStrip
from annotator.gui.text.pane import ArticlePane
from annotator.gui.text.positions import TextPositions, hard_to_show
from annotator.gui.theme import SIZE_SMALL, SPACE_2, SPACE_3, SPACE_4, Theme, choose_reading_face
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.bars import ProgressLine
from annotator.gui.widgets.controls import ActionButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.words import meta_line
from annotator.services.changes import Changes
from annotator.services.opened import OpenDocument
from annotator.services.session import Saving

_PLACING = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest)


class WorkStrip(QWidget):
    """How far long work is, with Cancel. Hidden while there is none."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel(size=SIZE_SMALL, tabular=True)
        self.line = ProgressLine("Progress", height=3)
        self.cancel = ActionButton("Cancel")
        self.cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, 4, SPACE_4, 8)
        row.setSpacing(SPACE_3)
        row.addWidget(self.words)
        row.addWidget(self.line, 1)
        row.addWidget(self.cancel)
        self.hide()

    def tell(self, what: str, done: int, total: int) -> None:
        """Show how far it is."""
        self.words.setText(f"{what} {min(done + 1, total)} of {total}" if total else what)
        self.line.set_share(done / total if total else 0.0)


class ArticlePage(QWidget):
    """Shows the desk's document."""

    context_wanted = Signal(QPoint)
    """A context menu for what is selected, at a global place."""
    read_again = Signal()
    """The failed article shall be read again."""

    def __init__(self, desk: Desk, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._actions = actions
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.strip = ArticleStrip(desk, actions)
        self.work = WorkStrip()
        self.not_saved = Banner("Not saved", danger=True)
        self.trouble = Banner("Something went wrong")
        self.not_read = Banner("No suggestions")
        self.too_long = Banner("Very long article")
        self._insisted: set[int] = set()
        self.text = ArticlePane()
        self.find = FindBar(self.text, actions, self)
        self.note = NotePopup(self.text)
        self._positions = TextPositions("")
        self._shown: tuple[OpenDocument | None, int, dict[int, Label]] = (None, 0, {})
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.strip, self.work, self.not_saved, self.trouble, self.not_read, self.too_long):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        self._show_zoom()
        self.text.markPressed.connect(lambda key, role, index: desk.choose(key, role, index, reveal=False))
        self.text.nothingPressed.connect(lambda: desk.choose(None, reveal=False))
        self.text.selectionSettled.connect(lambda _: desk.words_changed.emit())
        self.text.contextRequested.connect(self._context)
        self.text.zoomRequested.connect(self.zoom)
        self.text.endDragged.connect(
            lambda key, role, index, stretch: desk.attempt(lambda: desk.session.set_stretch(key, role, index, stretch))
        )
        self.text.speakerDragged.connect(
            lambda key, stretch: desk.attempt(lambda: desk.session.set_mention(key, stretch))
        )
        self.find.found.connect(desk.words_changed)
        self.find.closed.connect(self.text.setFocus)
        self.note.written.connect(lambda key, note: desk.attempt(lambda: desk.session.set_note(key, note)))
        self.note.closed.connect(self.text.setFocus)
        for widget in (self.text.viewport(), self.find):
            widget.installEventFilter(self)
        desk.changed.connect(self._news)
        desk.chosen.connect(self._show_choice)
        desk.settings_changed.connect(self._show_zoom)
        desk.reading_changed.connect(self._show_failure)

    def minimumSizeHint(self) -> QSize:
        return QSize(380, 300)

    def set_theme(self, theme: Theme) -> None:
        """Take over a theme's colours."""
        self.text.set_theme(theme)

    def pointed(self) -> UUID | None:
        """The innermost mark under the pointer."""
        port = self.text.viewport()
        point = port.mapFromGlobal(QCursor.pos())
        if not port.rect().contains(point):
            return None
        offset = self._positions.to_text(self.text.cursorForPosition(point).position())
        found = self.text.mark_at(offset)
        return found if found is not None or offset == 0 else self.text.mark_at(offset - 1)

    # -- news

    def _news(self, changes: Changes) -> None:
        if changes.opened:
            self._show_article()
        if changes.opened or changes.marks:
            self._show_marks()
        if changes.opened or changes.documents:
            self._show_failure()
        if changes.saving:
            self._show_saving()

    def _show_article(self) -> None:
        document = self._desk.document
        reason = self._held_back()
        self.text.setVisible(document is not None and reason is None)
        self._shown = (None, 0, {})
        self.too_long.hide()
        if document is None:
            return
        if reason is not None:
            self._hold_back(document.id, reason)
            return
        article = document.article
        self.note.dismiss()
        self._positions = TextPositions(document.text)
        heading = "" if article.title_stretch or not article.meta.title else article.title
        self.text.show_article(
            document.text,
            title=article.title_stretch,
            meta=self._meta(),
            figures=self._figures(),
            heading=heading,
        )
        self.find.show_article(document.text)

    def _held_back(self) -> str | None:
        """Why the article is not shown at once."""
        document = self._desk.document
        return hard_to_show(document.text) if document and document.id not in self._insisted else None

    def _hold_back(self, document: int, reason: str) -> None:
        """Ask before the window is held up by an article that takes long to lay out."""

        def show() -> None:
            self._insisted.add(document)
            self._show_article()
            self._show_marks()
            self.text.setFocus()

        self._positions = TextPositions("")
        self.text.show_article("", title=None, meta="", figures="")
        self.find.show_article("")
        self.too_long.tell(
            "This article takes long to show",
            f"{reason} The window can stand still for half a minute or longer while its lines are laid out.",
            [("Show it anyway", show), ("Next article", self._actions["next_article"].trigger)],
        )

    def _meta(self) -> str:
        """What is known of the article; a name that only its file gave is no headline, so it stands here."""
        document = self._desk.document
        if document is None:
            return ""
        article = document.article
        unnamed = not article.title_stretch and not article.meta.title
        return meta_line(article.meta, article.title if unnamed else "")

    def _description(self) -> str:
        """The selected mark in words, for a screen reader."""
        document, mark = self._desk.document, self._desk.mark
        if document is None or mark is None:
            return ""
        state = "decided" if mark.decided else "unsure" if mark.unsure else "suggested"
        note = f", note: {mark.note}" if mark.note else ""
        if isinstance(mark, QuotationMark):
            words = " … ".join(part.slice(document.text) for part in mark.fields.content)
            return f"Quotation of {document.speaker_name(mark)}, {state}: {words}{note}"
        label = self._desk.labels.get(mark.fields.label)
        words = mark.fields.stretch.slice(document.text)
        return f"{words}, {label.name if label else 'unknown label'}, {state}{note}"

    # -- find and note

    def write_note(self) -> None:
        """A field for the note at the selected mark."""
        mark = self._desk.mark
        if mark is None:
            raise Refused("Select a mark first, then press N.")
        fields = mark.fields
        stretch = fields.stretch if isinstance(fields, SpanFields) else fields.content[0]
        self.text.reveal(stretch)
        rect = self.text.stretch_rect(stretch).translated(self.text.viewport().pos())
        self.note.open_at(rect, mark.key, mark.note or "")

    def copy(self) -> None:
        """Copy the selected words, else those of the selected mark."""
        document, mark = self._desk.document, self._desk.mark
        if self.text.selected_stretch() is not None:
            self.text.copy()
        elif document is not None and mark is not None:
            fields = mark.fields
            parts = [fields.stretch] if isinstance(fields, SpanFields) else fields.content
            QGuiApplication.clipboard().setText(" … ".join(part.slice(document.text) for part in parts))

    def copy_text(self) -> None:
        """Copy the whole article."""
        document = self._desk.document
        if document is not None:
            QGuiApplication.clipboard().setText(document.text)
            self._desk.said.emit("The article is copied as plain text.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _PLACING and (watched is not self.find or event.type() != QEvent.Type.Resize):
            self._place_find()
        return super().eventFilter(watched, event)

    def _place_find(self) -> None:
        """The bar lies at the page's top right, left of the overview."""
        width = min(self.find.sizeHint().width(), self.text.viewport().width() - 2 * SPACE_2)
        right = self.text.geometry().left() + self.text.viewport().geometry().right() + 1 - SPACE_2
        self.find.setGeometry(right - width, self.text.y() + SPACE_2, width, self.find.sizeHint().height())

    # -- what there is

    def _figures(self) -> str:
        document = self._desk.document
        decided, total = document.decided_and_all if document else (0, 0)
        if document is not None and document.failure and not total:
            return "no suggestions"
        return f"{decided} of {total} decided" if total else "no marks yet"

    def _show_marks(self) -> None:
        """Bring the marks in the text up to the document; only those that changed since it was shown last."""
        document, labels = self._desk.document, self._desk.labels
        if document is None or self.text.isHidden():
            return
        changed = document.changed_since(self._shown[1]) if self._shown[::2] == (document, labels) else None
        keys = changed if changed is not None else [mark.key for mark in document.quotations]
        speakers = {
            mark.key: document.speaker_name(mark)
            for key in keys
            if isinstance(mark := document.mark(key), QuotationMark)
        }
        if changed is None:
            self.text.show_marks(document.spans, document.quotations, labels, speakers)
        elif changed:
            self.text.change_marks({key: document.mark(key) for key in changed}, speakers)
        self._shown = (document, document.revision, labels)
        self.text.show_heading(self._meta(), self._figures())

    def _show_choice(self, reveal: bool) -> None:
        choice = self._desk.choice
        self.text.select_mark(choice.key, choice.role, choice.index, reveal=reveal)
        self.text.announce(self._description())

    def _show_failure(self) -> None:
        document = self._desk.document
        own, general = document.failure if document else None, self._desk.reading.failure
        failure = own or general
        if document is None or not failure:
            self.not_read.hide()
            return
        rest = "the other articles go on" if own else "you can mark by hand"
        self.not_read.tell(
            "This article has no suggestions" if own else "Nothing can be suggested now",
            f"{failure} Your work is safe, and {rest}.",
            [("Try again", self.read_again.emit)],
            [("Copy the details", lambda: QGuiApplication.clipboard().setText(f"{document.article.title}: {failure}"))],
        )

    def _show_saving(self) -> None:
        session = self._desk.session
        if session.saving is not Saving.FAILED:
            self.not_saved.hide()
        elif self.not_saved.isHidden():
            self.not_saved.tell(
                "Your last change is not saved",
                f"{session.failure} It is kept in memory until it can be saved. Everything before it is safe.",
                [("Retry", session.retry)],
                [("Copy the details", lambda: QGuiApplication.clipboard().setText(session.failure or ""))],
            )

    def tell_trouble(self, sentence: str) -> None:
        """Something failed inside the program; it goes on."""
        self.trouble.tell("Something went wrong; your work is saved", sentence, [("Close", self.trouble.hide)])

    # -- zoom and context

    def zoom(self, step: int) -> None:
        """Larger or smaller type."""
        self.text.set_reading_size(self.text.reading_size + step)
        self._desk.set(reading_size=self.text.reading_size)

    def _show_zoom(self) -> None:
        settings = self._desk.settings
        choose_reading_face(settings.reading_face)
        self.text.set_type(settings.reading_size, settings.measure)

    def _context(self, place: QPoint, key: UUID | None) -> None:
        if key is not None and key != self._desk.choice.key:
            self._desk.choose(key, reveal=False)
        self.context_wanted.emit(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
