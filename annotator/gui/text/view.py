"""The article as a page: a read-only text widget that paints its marks itself, for the visible part only.

Qt keeps caret, native selection, scrolling and accessibility; the canonical text is kept beside it. The view
shows what it is given; it must not know pointer, keys or session. Offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.domain.marks import QuotationMark, SpanMark, Stretch
from annotator.domain.scheme import Label
from annotator.gui.text import overlay
from annotator.gui.text.document import fill_document, lay_out, set_margins
from annotator.gui.text.heading import Heading
from annotator.gui.text.index import MarkIndex, QuotationItem, SpanItem
from annotator.gui.text.lines import LINES_PER_UNIT
from annotator.gui.text.metrics import GUTTER_LEAST, MEASURE_LETTERS, NAME_GUTTER, page_metrics
from annotator.gui.text.overview import WIDTH as OVERVIEW_WIDTH
from annotator.gui.text.overview import Overview
from annotator.gui.text.page import Page, PlacedUnit
from annotator.gui.text.painting import MarkPainter
from annotator.gui.text.positions import TextPositions
from annotator.gui.text.scrolling import Scroller
from annotator.gui.theme import READING_SIZE_MAX, READING_SIZE_MIN, Theme, current_theme, palette, reading_family

_BOTTOM_MARGIN = 120
_REVEAL_MARGIN = 56


class PageView(QTextEdit):
    """Shows one article with its spans and quotations."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._overview = Overview()
        self.setVerticalScrollBar(self._overview)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._text = ""
        self._positions = TextPositions("")
        self._heading = Heading()
        self._letters, self._family = MEASURE_LETTERS, reading_family()
        self._metrics = page_metrics()
        self._theme = current_theme()
        self._marks = MarkPainter(self._theme, self._metrics)
        self._page = Page(self.document(), MarkIndex(self._positions))
        self._hover: UUID | None = None
        self._previews: list[Stretch] = []
        self._found: list[Stretch] = []
        self._tick_scale = 0.0, 0.0
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
        self._hover = None
        self._previews, self._found = [], []
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
        changed = self._page.index.update(spans, quotations, labels, speakers)
        self._show_changed(*changed)
        if any(changed):
            self._overview.marks_changed()

    def change_marks(
        self, changed: Mapping[UUID, SpanMark | QuotationMark | None], speakers: Mapping[UUID, str]
    ) -> None:
        """Show only these marks anew (None: gone); ``speakers`` are the margin names of the quotations among them."""
        index = self._page.index
        before = [item for key in changed if (item := index.get(key)) is not None]
        spans, quotations = index.change(changed, speakers)
        self._show_changed(spans, quotations)
        after = [item for key in changed if (item := index.get(key)) is not None]
        self._overview.change(map(self._tick, before), map(self._tick, after))

    def _show_changed(self, spans: list[tuple[int, int]], quotations: list[tuple[int, int]]) -> None:
        index = self._page.index
        if quotations:
            self._page.forget_lanes()
        else:
            self._page.forget_stretches(spans)
        if index.get(self._page.selected) is None:
            self._page.selected = None
        if index.get(self._hover) is None:
            self._hover = None
        if spans or quotations:
            self.viewport().update()

    def show_previews(self, stretches: Iterable[Stretch]) -> None:
        """Outline mentions that would be marked too."""
        self._previews = sorted(self._to_qt(stretch) for stretch in stretches)
        self.viewport().update()

    def show_found(self, stretches: Iterable[Stretch]) -> None:
        """Give search hits their ground."""
        self._found = sorted(self._to_qt(stretch) for stretch in stretches)
        self.viewport().update()

    def set_reading_size(self, px: float) -> None:
        """Zoom: the page's type size in pixels. The line at the top stays in view."""
        self.set_type(px, self._letters)

    def set_type(self, px: float, letters: int) -> None:
        """The page's type size in pixels, the line's length in average letters, and the face that is now chosen."""
        size = max(READING_SIZE_MIN, min(READING_SIZE_MAX, round(px)))
        if (size, letters, reading_family()) != (self._metrics.body.size, self._letters, self._family):
            self._letters, self._family = letters, reading_family()
            with self._place_kept():
                self._metrics = page_metrics(size, letters)
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

    def width_for_names(self) -> int:
        """How wide this widget must be for the speakers' names to stand in the margin."""
        return self._metrics.measure + 2 * NAME_GUTTER + OVERVIEW_WIDTH

    @property
    def selected(self) -> UUID | None:
        """The key of the selected mark."""
        return self._page.selected

    # Places

    def reveal(self, stretch: Stretch) -> None:
        """Scroll until a stretch can be seen; nothing moves if it can."""
        rect = self._document_rect(stretch)
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        margin = min(_REVEAL_MARGIN, height // 4)
        # Qt lays a long text out bit by bit, and its scroll bar learns only then how far down it goes.
        self._overview.setMaximum(max(self._overview.maximum(), round(rect.bottom() + margin - height)))
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
        """Those of some stretches (in order, none inside another) that lie in what is painted."""
        if stretches and units:
            first = self.document().findBlockByNumber(units[0].block)
            low = first.position() + first.layout().lineAt(units[0].first).textStart()
            block = self.document().findBlockByNumber(units[-1].block)
            beyond = units[-1].first + LINES_PER_UNIT
            more = beyond < block.layout().lineCount()
            high = block.position() + (block.layout().lineAt(beyond).textStart() if more else block.length())
            start = bisect_right(stretches, low, key=lambda each: each.end)
            end = bisect_left(stretches, high, key=lambda each: each.start)
            yield from stretches[start:end]

    def _set_hover(self, key: UUID | None) -> None:
        if key != self._hover:
            for each in (self._hover, key):
                item = self._page.index.get(each)
                if item is not None:
                    self.viewport().update(self._qt_rect(item.start, item.end).adjusted(-9, -9, 9, 9))
            self._hover = key

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
        self._tick_scale = top, scale
        index = self._page.index
        return map(self._tick, (*index.spans.items.values(), *index.quotations.items.values()))

    def _tick(self, item: SpanItem | QuotationItem) -> tuple[float, bool]:
        top, scale = self._tick_scale
        start = item.content_start if isinstance(item, QuotationItem) else item.start
        return top + start * scale, item.mark.decision is not None

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
