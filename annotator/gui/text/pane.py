"""The article pane: the page under mouse and keyboard. It says what was pressed or selected and decides nothing.

It must not know the session. Offsets are code points throughout.
"""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from annotator.domain.marks import Stretch
from annotator.domain.text import snap_to_graphemes, snap_to_words, word_at
from annotator.gui.text.caret import move_caret, moves_caret
from annotator.gui.text.dragging import Grip, dragged, grip_at
from annotator.gui.text.geometry import Hit
from annotator.gui.text.index import QuotationItem, Role
from annotator.gui.text.tips import mark_tip
from annotator.gui.text.view import PageView

_CARET_WIDTH = 2
_SCROLL_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)


class ArticlePane(PageView):
    """An article whose marks can be pressed and whose text can be selected."""

    markPressed = Signal(object, str, int)
    """A mark was clicked: its key, the role of the stretch ("" for a span, content, cue, speaker), its index."""
    nothingPressed = Signal()
    """A click where no mark is."""
    selectionSettled = Signal(object)
    """A text selection is complete: its Stretch, or None when it went away."""
    contextRequested = Signal(QPoint, object)
    """A context menu is wanted at a global place, for a mark's key or None."""
    endDragged = Signal(object, str, int, object)
    """An end of the selected mark was dragged: key, role and index of the stretch, and the new Stretch."""
    speakerDragged = Signal(object, object)
    """A quotation's bar or name was dragged to a span: the quotation's key, and the span's Stretch."""
    zoomRequested = Signal(int)
    """The wheel was turned with Ctrl held: 1 for larger, -1 for smaller."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("Article text")
        self.setAcceptDrops(False)
        self.setCursorWidth(0)
        self.viewport().setMouseTracking(True)
        self._selected_stretch: tuple[str, int] = ("", 0)
        self._press: QPoint | None = None
        self._grip: Grip | None = None
        self._link: UUID | None = None
        self._goal: Stretch | None = None
        self._last_click: list[tuple[UUID, str, int]] = []

    def show_article(
        self, text: str, *, title: tuple[int, int] | None, meta: str, figures: str, heading: str = ""
    ) -> None:
        super().show_article(text, title=title, meta=meta, figures=figures, heading=heading)
        self._press, self._last_click, self._selected_stretch = None, [], ("", 0)
        self.setCursorWidth(0)

    # Selection

    @property
    def selected_role(self) -> tuple[str, int]:
        """Role and index of the selected mark's chosen stretch."""
        return self._selected_stretch

    def select_mark(self, key: UUID | None, role: str = "", index: int = 0, *, reveal: bool = True) -> None:
        """Select a mark, or none; ``role`` and ``index`` say which stretch of a quotation is meant."""
        before, after = self._page.index.get(self._page.selected), self._page.index.get(key)
        self._page.selected = key if after is not None else None
        self._selected_stretch = (role, index)
        for item in (before, after):
            if isinstance(item, QuotationItem) and before is not after:
                self._page.forget_stretches([(item.start, item.end)])
        if before is not after:
            self.viewport().update()
        if after is None:
            return
        stretch = self._stretch_of(after, role, index)
        self._put_caret(stretch.start)
        if reveal:
            self.reveal(Stretch(self._positions.to_text(stretch.start), self._positions.to_text(stretch.end)))

    def announce(self, words: str) -> None:
        """Tell a screen reader what is selected: the pane's description, and an announcement while it has the focus."""
        if words == self.accessibleDescription():
            return
        self.setAccessibleDescription(words)
        if words and self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def selected_stretch(self) -> Stretch | None:
        """The native text selection."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        to_text = self._positions.to_text
        return Stretch(to_text(cursor.selectionStart()), to_text(cursor.selectionEnd()))

    def clear_selection(self) -> None:
        """Drop the native text selection."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self._set_cursor(cursor)

    def select_text(self, stretch: Stretch) -> None:
        """Make ``stretch`` the native text selection."""
        cursor = self.textCursor()
        cursor.setPosition(self._positions.to_qt(stretch.start))
        cursor.setPosition(self._positions.to_qt(stretch.end), QTextCursor.MoveMode.KeepAnchor)
        self._set_cursor(cursor)

    @property
    def caret(self) -> int:
        """Where the caret stands."""
        return self._positions.to_text(self.textCursor().position())

    def _stretch_of(self, item: object, role: str, index: int) -> Stretch:
        if isinstance(item, QuotationItem):
            for each, number, stretch in item.stretches():
                if each == (role or Role.CONTENT) and number == index:
                    return stretch
            return item.content[0]
        return Stretch(item.start, item.end)  # type: ignore[attr-defined]

    def _put_caret(self, position: int) -> None:
        cursor = self.textCursor()
        if not cursor.hasSelection() and cursor.position() != position:
            cursor.setPosition(position)
            self._set_cursor(cursor)

    def _set_cursor(self, cursor: QTextCursor) -> None:
        """Set caret and selection without Qt's scrolling to them."""
        place = self.verticalScrollBar().value()
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(place)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._scroller.stop()
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()
            self.setCursorWidth(0)
            if self._take_hold(self._press):
                return
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.textCursor().hasSelection():
                self.clear_selection()  # else Qt would begin to drag the selected text
                self.selectionSettled.emit(None)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        hits = self._hits(point)
        if hits and hits[0].role is Role.SPAN:
            self._press = point
            return
        self._press = None
        offset = self._positions.to_text(self.cursorForPosition(point).position())
        word = word_at(self._text, offset)
        if word is not None:
            self.select_text(Stretch(*word))
            self.selectionSettled.emit(Stretch(*word))

    def _take_hold(self, point: QPoint) -> bool:
        """Begin to drag an end of the selected mark, or a quotation by its bar or name."""
        self._goal = None
        self._grip = self._grip_at(point)
        hits = self._hits(point) if self._grip is None and point.x() < self._column_left() - 3 else []
        self._link = hits[0].key if hits and hits[0].role is Role.CONTENT else None
        return self._grip is not None or self._link is not None

    def _grip_at(self, point: QPoint) -> Grip | None:
        if self.selected is None:
            return None
        place = QPointF(point) + self._offset()
        return grip_at(self._page.visible(QRectF(place, place)), self._page, place)

    def _drag(self, point: QPoint, exact: bool) -> None:
        """Show what the drag would come to if it ended here."""
        self._goal = None
        if self._press is None or (point - self._press).manhattanLength() < QApplication.startDragDistance():
            pass
        elif self._grip is not None:
            item = self._page.index.get(self._grip.key)
            stretch = self._to_text(self._stretch_of(item, self._grip.role, self._grip.index))
            offset = self._positions.to_text(self.cursorForPosition(point).position())
            self._goal = dragged(self._text, stretch, self._grip.at_start, offset, exact=exact)
        else:
            name = next((hit for hit in self._hits(point) if hit.role is Role.SPAN), None)
            item = self._page.index.get(name.key) if name else None
            self._goal = self._to_text(Stretch(item.start, item.end)) if item else None
        self.show_previews([self._goal] if self._goal else [])

    def _let_go(self) -> bool:
        """End a drag; whether it was one."""
        grip, link, goal = self._grip, self._link, self._goal
        self._grip = self._link = self._goal = None
        if (grip is None and link is None) or goal is None:
            return False
        self.show_previews([])
        if grip is not None:
            self.endDragged.emit(grip.key, str(grip.role), grip.index, goal)
        else:
            self.speakerDragged.emit(link, goal)
        return True

    def _to_text(self, stretch: Stretch) -> Stretch:
        return Stretch(self._positions.to_text(stretch.start), self._positions.to_text(stretch.end))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None or self._link is not None:
            exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._drag(event.position().toPoint(), exact)
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._point_at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            return
        press, self._press = self._press, None
        if self._let_go():
            return
        stretch = self.selected_stretch()
        if stretch is not None:
            self._settle(stretch, exact=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        elif (event.position().toPoint() - press).manhattanLength() < QApplication.startDragDistance():
            self._click(press)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hover(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        key, place = self.selected, event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        else:
            hits = self._hits(event.pos())
            key = hits[0].key if hits else None
        self.contextRequested.emit(place, key)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoomRequested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        self._scroller.stop()
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)  # type: ignore[arg-type]
            return True
        return super().viewportEvent(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        hits = self._hits(event.pos())
        item = self._page.index.get(hits[0].key) if hits else None
        if item is None:
            QToolTip.hideText()
            return
        rect = hits[0].rect
        around = QRect(event.pos() - QPoint(8, 8), QSize(16, 16)) if rect.height() > 60 else QRect()
        QToolTip.showText(event.globalPos(), mark_tip(item), self.viewport(), around)

    def _hits(self, point: QPoint) -> list[Hit]:
        return self._page.hits(QPointF(point) + self._offset())

    def _click(self, point: QPoint) -> None:
        places = [(hit.key, str(hit.role), hit.index) for hit in self._hits(point)]
        if not places:
            self._last_click = []
            self.nothingPressed.emit()
            return
        chosen = (self.selected, *self._selected_stretch)
        number = 0
        if places == self._last_click and chosen in places:
            number = (places.index(chosen) + 1) % len(places)
        self._last_click = places
        self.markPressed.emit(*places[number])

    def _settle(self, stretch: Stretch, *, exact: bool) -> None:
        snap = snap_to_graphemes if exact else snap_to_words
        start, end = snap(self._text, stretch.start, stretch.end)
        if start == end:
            self.clear_selection()
            self.selectionSettled.emit(None)
            return
        self.select_text(Stretch(start, end))
        self.selectionSettled.emit(Stretch(start, end))

    def _point_at(self, point: QPoint) -> None:
        hits = self._hits(point)
        over_text = not hits or hits[0].role is Role.CONTENT
        in_margin = point.x() < self._column_left() - 3
        if self._grip_at(point) is not None:
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
            self._set_hover(None)
            return
        shape = Qt.CursorShape.IBeamCursor if over_text and not in_margin else Qt.CursorShape.PointingHandCursor
        if in_margin and not hits:
            shape = Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._set_hover(hits[0].key if hits and hits[0].role is Role.SPAN else None)

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            mine = moves_caret(event) and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)  # type: ignore
            event.setAccepted(mine)
            return mine
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if moves_caret(event):
            self._move_caret(event)
        elif event.key() in _SCROLL_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._scroll_by_key(event.key())
        elif event.matches(QKeySequence.StandardKey.Copy) and self.textCursor().hasSelection():
            self.copy()
        else:
            event.ignore()
            return
        event.accept()

    def _move_caret(self, event: QKeyEvent) -> None:
        before = self.selected_stretch()
        cursor = self.textCursor()
        move_caret(cursor, event, self._text, self._positions)
        self.setCursorWidth(_CARET_WIDTH)
        self._scroller.stop()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        after = self.selected_stretch()
        if after != before:
            self.selectionSettled.emit(after)

    def _scroll_by_key(self, key: int) -> None:
        bar = self.verticalScrollBar()
        page = max(1, bar.pageStep() - self._metrics.body.pitch)
        goal = {
            Qt.Key.Key_PageUp: bar.value() - page,
            Qt.Key.Key_PageDown: bar.value() + page,
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
        }[key]
        self._scroller.to(goal)

    def copy(self) -> None:
        """Copy the selected words as plain text, from the canonical text: Qt's document has lost some blanks.

        Qt's own hook for this (``createMimeDataFromSelection``) must not be taken: an object that Python makes
        there crashes the program at its end, while the clipboard holds it.
        """
        stretch = self.selected_stretch()
        if stretch is not None:
            QGuiApplication.clipboard().setText(stretch.slice(self._text))
