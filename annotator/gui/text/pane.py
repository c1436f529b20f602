"""The article as a page: a read-only text widget that paints its marks itself, for the visible part only.

Qt keeps caret, native selection, scrolling and accessibility. The pane shows what it is given and says what was
pressed or selected; it decides nothing, and it must not know the session. Offsets are code points throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QToolTip, QWidget

from annotator.domain.marks import QuotationMark, SpanMark, Stretch
from annotator.domain.scheme import Label
from annotator.domain.text import snap_to_graphemes, snap_to_words, word_at
from annotator.gui.text import overlay
from annotator.gui.text.caret import move_caret, moves_caret
from annotator.gui.text.document import fill_document, lay_out, set_margins
from annotator.gui.text.geometry import Hit
from annotator.gui.text.heading import Heading
from annotator.gui.text.index import MarkIndex, QuotationItem, Role
from annotator.gui.text.metrics import GUTTER_LEAST, NAME_GUTTER, page_metrics
from annotator.gui.text.overview import Overview
from annotator.gui.text.page import Page, PlacedUnit
from annotator.gui.text.painting import MarkPainter
from annotator.gui.text.positions import TextPositions
from annotator.gui.text.scrolling import Scroller
from annotator.gui.text.tips import mark_tip
from annotator.gui.theme import (
    READING_SIZE_MAX,
    READING_SIZE_MIN,
    Theme,
    current_theme,
    palette,
)

_BOTTOM_MARGIN = 120
_CARET_WIDTH = 2
_REVEAL_MARGIN = 56
_SCROLL_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)


class ArticlePane(QTextEdit):
    """Shows one article with its spans and quotations."""

    markPressed = Signal(object, str, int)
    """A mark was clicked: its key, the role of the stretch ("" for a span, content, cue, speaker), its index."""
    nothingPressed = Signal()
    """A click where no mark is."""
    selectionSettled = Signal(object)
    """A text selection is complete: its Stretch, or None when it went away."""
    contextRequested = Signal(QPoint, object)
    """A context menu is wanted at a global place, for a mark's key or None."""
    zoomRequested = Signal(int)
    """The wheel was turned with Ctrl held: 1 for larger, -1 for smaller."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("Article text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._overview = Overview()
        self.setVerticalScrollBar(self._overview)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAcceptDrops(False)
        self.setCursorWidth(0)
        self.viewport().setMouseTracking(True)
        self._text = ""
        self._positions = TextPositions("")
        self._heading = Heading()
        self._metrics = page_metrics()
        self._theme = current_theme()
        self._marks = MarkPainter(self._theme, self._metrics)
        self._page = Page(self.document(), MarkIndex(self._positions))
        self._selected_stretch: tuple[str, int] = ("", 0)
        self._hover: UUID | None = None
        self._press: QPoint | None = None
        self._last_click: list[tuple[UUID, str, int]] = []
        self._previews: list[Stretch] = []
        self._found: list[Stretch] = []
        self._scroller = Scroller(self._overview)
        self._overview.set_source(self._ticks)
        self.set_theme(self._theme)
        self._lay_out()

    # What is shown

    def show_article(
        self, text: str, *, title: tuple[int, int] | None, meta: str, figures: str, heading: str = ""
    ) -> None:
        """Show a canonical text without marks, from its top.

        ``title`` is the stretch of the first line if that is the title; ``heading`` a title that the text does
        not begin with; ``meta`` and ``figures`` stand left and right above the text.
        """
        self._scroller.stop()
        self._text = text
        self._positions = TextPositions(text)
        fill_document(self, text, self._positions)
        self._page = Page(self.document(), MarkIndex(self._positions))
        self._page.title_end = self._positions.to_qt(title[1]) if title else 0
        self._heading = Heading(meta, figures, heading, title is not None)
        self._hover, self._last_click, self._selected_stretch = None, [], ("", 0)
        self._previews, self._found = [], []
        self.setCursorWidth(0)
        self._lay_out()
        self._overview.marks_changed()
        self.verticalScrollBar().setValue(0)

    def show_heading(self, meta: str, figures: str) -> None:
        """Change the words above the text; nothing moves."""
        heading = self._heading
        self._heading = Heading(meta, figures, heading.title, heading.title_in_text)
        self.viewport().update()

    def show_marks(
        self,
        spans: Sequence[SpanMark],
        quotations: Sequence[QuotationMark],
        labels: Mapping[int, Label],
        speakers: Mapping[UUID, str],
    ) -> None:
        """Show these marks instead of the present ones; ``speakers`` are margin names by quotation key.

        Only what differs is measured anew; text, scroll bar and native selection stay.
        """
        index = self._page.index
        changed_spans, changed_quotations = index.update(spans, quotations, labels, speakers)
        if changed_quotations:
            self._page.forget_lanes()
        else:
            self._page.forget_stretches(changed_spans)
        if index.get(self._page.selected) is None:
            self._page.selected = None
        if index.get(self._hover) is None:
            self._hover = None
        if changed_spans or changed_quotations:
            self.viewport().update()
            self._overview.marks_changed()

    def show_previews(self, stretches: Iterable[Stretch]) -> None:
        """Outline mentions that would be marked too."""
        self._previews = [self._to_qt(stretch) for stretch in stretches]
        self.viewport().update()

    def show_found(self, stretches: Iterable[Stretch]) -> None:
        """Give search hits their ground."""
        self._found = [self._to_qt(stretch) for stretch in stretches]
        self.viewport().update()

    def set_reading_size(self, px: float) -> None:
        """Zoom: the page's type size in pixels. The line at the top stays in view."""
        size = max(READING_SIZE_MIN, min(READING_SIZE_MAX, round(px)))
        if size != self._metrics.body.size:
            with self._place_kept():
                self._metrics = page_metrics(size)
                self._marks = MarkPainter(self._theme, self._metrics)
                self._lay_out()

    @property
    def reading_size(self) -> int:
        """The page's type size in pixels."""
        return self._metrics.body.size

    def set_theme(self, theme: Theme) -> None:
        """Take over a theme's colours."""
        self._theme = theme
        self._marks = MarkPainter(theme, self._metrics)
        for widget in (self, self.viewport()):  # under a style sheet the viewport does not inherit
            widget.setPalette(palette(theme))
        self._overview.set_theme(theme)
        self._configure()
        self.viewport().update()

    # Selection

    @property
    def selected(self) -> UUID | None:
        """The key of the selected mark."""
        return self._page.selected

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

    # Places

    def reveal(self, stretch: Stretch) -> None:
        """Scroll until a stretch can be seen; nothing moves if it can."""
        rect = self._document_rect(stretch)
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        margin = min(_REVEAL_MARGIN, height // 4)
        if rect.top() - margin >= top and rect.bottom() + margin <= top + height:
            self._scroller.stop()
            return
        if rect.top() - margin >= top and rect.height() + 2 * margin > height:
            self._scroller.to(round(rect.top()) - margin)
            return
        self._scroller.to(round(rect.top() - height / 3))

    def stretch_rect(self, stretch: Stretch) -> QRect:
        """The rectangle around a stretch, in viewport coordinates."""
        return self._document_rect(stretch).translated(-self._offset()).toAlignedRect()

    def mark_at(self, offset: int) -> UUID | None:
        """The innermost mark that holds the character at ``offset``."""
        return next(iter(self.mark_keys_at(offset)), None)

    def mark_keys_at(self, offset: int) -> list[UUID]:
        """All marks that hold the character at ``offset``: spans inner first, then quotations inner first."""
        low = self._positions.to_qt(offset)
        spans = self._page.index.spans.touching(low, low + 1)
        quotations = [
            (item.content_end - item.content_start, item.key)
            for item in self._page.index.quotations.touching(low, low + 1)
            if any(stretch.start <= low < stretch.end for _, _, stretch in item.stretches())
        ]
        return [item.key for item in sorted(spans, key=lambda item: item.end - item.start)] + [
            key for _, key in sorted(quotations, key=lambda pair: pair[0])
        ]

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._page.ratio != self.devicePixelRatioF():
            self._configure()
        offset = self._offset()
        area = QRectF(event.rect()).translated(offset)
        units = list(self._page.visible(area))
        painter = self._painter()
        self._paint_under(painter, units, area)
        painter.end()
        super().paintEvent(event)
        painter = self._painter()
        self._paint_over(painter, units, area)
        painter.end()

    def _painter(self) -> QPainter:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self._offset())
        return painter

    def _paint_under(self, painter: QPainter, units: Sequence[PlacedUnit], area: QRectF) -> None:
        for unit in units:
            painter.translate(unit.origin)
            self._marks.under(painter, unit.geometry, self._name_gutter(), self.selected)
            painter.translate(-unit.origin)
        overlay.paint_found(painter, self._theme, self._page, self._shown(self._found, units))
        if self.selected is not None:
            overlay.paint_handles(painter, self._theme, units, self._page)

    def _paint_over(self, painter: QPainter, units: Sequence[PlacedUnit], area: QRectF) -> None:
        left = self._column_left()
        if area.top() <= self.document().rootFrame().frameFormat().topMargin():
            self._heading.paint(painter, self._theme, self._metrics, left, self._page.column_width)
        for layer in (self._marks.bars, self._marks.over):
            for unit in units:
                painter.translate(unit.origin)
                layer(painter, unit.geometry, self._name_gutter(), self.selected)
                painter.translate(-unit.origin)
        overlay.paint_boxes(painter, units, self._page, self._marks, self._hover)
        overlay.paint_previews(painter, self._page, self._marks, self._shown(self._previews, units))
        chosen = self._page.index.get(self.selected)
        if isinstance(chosen, QuotationItem) and list(self._shown([Stretch(chosen.start, chosen.end)], units)):
            overlay.paint_ticks(painter, self._theme, self._page, chosen, left)

    def _shown(self, stretches: Sequence[Stretch], units: Sequence[PlacedUnit]) -> Iterator[Stretch]:
        if stretches and units:
            first = self.document().findBlockByNumber(units[0].block).position()
            block = self.document().findBlockByNumber(units[-1].block)
            last = block.position() + block.length()
            yield from (each for each in stretches if each.start < last and each.end > first)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._scroller.stop()
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()
            self.setCursorWidth(0)
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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._point_at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            return
        press, self._press = self._press, None
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
        shape = Qt.CursorShape.IBeamCursor if over_text and not in_margin else Qt.CursorShape.PointingHandCursor
        if in_margin and not hits:
            shape = Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._set_hover(hits[0].key if hits and hits[0].role is Role.SPAN else None)

    def _set_hover(self, key: UUID | None) -> None:
        if key != self._hover:
            for each in (self._hover, key):
                item = self._page.index.get(each)
                if item is not None:
                    self.viewport().update(self._qt_rect(item.start, item.end).adjusted(-9, -9, 9, 9))
            self._hover = key

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
        elif Qt.Key(event.key()) in _SCROLL_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._scroll_by_key(Qt.Key(event.key()))
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

    def _scroll_by_key(self, key: Qt.Key) -> None:
        bar = self.verticalScrollBar()
        page = max(1, bar.pageStep() - self._metrics.body.pitch)
        goal = {
            Qt.Key.Key_PageUp: bar.value() - page,
            Qt.Key.Key_PageDown: bar.value() + page,
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
        }[key]
        self._scroller.to(goal)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied comes from the canonical text, never from Qt's document."""
        data = QMimeData()
        stretch = self.selected_stretch()
        data.setText(stretch.slice(self._text) if stretch else "")
        return data

    # Layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        with self._place_kept():
            super().resizeEvent(event)
            self._set_margins()

    def _lay_out(self) -> None:
        lay_out(self.document(), self._metrics, self._page.title_end)
        self._set_margins()
        self._configure()

    def _set_margins(self) -> None:
        width = self.viewport().width()
        column = min(self._metrics.measure, max(80, width - 2 * GUTTER_LEAST))
        left = max(0, (width - column) // 2)
        top = self._heading.height(self._metrics, column)
        changed = set_margins(self.document(), left, max(0, width - column - left), top, _BOTTOM_MARGIN)
        if changed or column != self._page.column_width:
            self._page.column_width = column
            self._configure()

    def _configure(self) -> None:
        self._page.configure(self._metrics, self._marks, self._page.column_width, self.devicePixelRatioF())

    @contextmanager
    def _place_kept(self) -> Iterator[None]:
        bar = self.verticalScrollBar()
        if bar.value() == 0:
            yield
            return
        position = self.cursorForPosition(QPoint(round(self._column_left()), 0)).position()
        before = self._page.line_top(position)
        yield
        bar.setValue(round(bar.value() + self._page.line_top(position) - before))

    def _column_left(self) -> float:
        return self.document().rootFrame().frameFormat().leftMargin()

    def _name_gutter(self) -> float:
        """The room for names in the margin, 0 if there is too little."""
        left = self._column_left()
        return left if left >= NAME_GUTTER else 0.0

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _ticks(self) -> Iterator[tuple[float, bool]]:
        """Where marks stand, as shares of the scrolled height; by the text's share, as layout may lag behind."""
        total = max(1, self._overview.maximum() + self._overview.pageStep())
        top = self.document().rootFrame().frameFormat().topMargin() / total
        scale = max(0.0, 1 - top - _BOTTOM_MARGIN / total) / max(1, self._positions.qt_length)
        index = self._page.index
        for item in index.spans.items.values():
            yield top + item.start * scale, item.mark.decision is not None
        for each in index.quotations.items.values():
            yield top + each.content_start * scale, each.mark.decided

    def _to_qt(self, stretch: Stretch) -> Stretch:
        return Stretch(self._positions.to_qt(stretch.start), self._positions.to_qt(stretch.end))

    def _document_rect(self, stretch: Stretch) -> QRectF:
        given = self._to_qt(stretch)
        rect = QRectF()
        for each, _ in overlay.piece_rects(self._page, given.start, given.end):
            rect = rect.united(each)
        return rect

    def _qt_rect(self, start: int, end: int) -> QRect:
        rect = QRectF()
        for each, _ in overlay.piece_rects(self._page, start, end):
            rect = rect.united(each)
        return rect.translated(-self._offset()).toAlignedRect()

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
