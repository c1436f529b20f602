"""Paints a row of the list of articles: status, title, outlet and date, figures, flag."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.marks import Status
from annotator.gui.articles.model import INFO_ROLE, figures_of
from annotator.gui.icons import icon
from annotator.gui.theme import SELECTED_BAR_WIDTH, SIZE_SMALL, SPACE_4, chrome_font, current_theme
from annotator.gui.widgets.plain import elided_lines
from annotator.gui.widgets.status import SHAPE_SIZE, Shape, paint_shape
from annotator.gui.words import DOT, short_date
from annotator.services.library import DocumentInfo

ROW_HEIGHT = 68
_TEXT_LEFT = 40
_TITLE_TOP, _TITLE_PITCH, _META_TOP = 9, 17, 45
_FLAG = 14


def shape_of(info: DocumentInfo) -> tuple[Shape, float]:
    """The status shape of a document, and the decided share for an arc."""
    if info.failure:
        return Shape.EXCLAMATION, 0.0
    if info.status is Status.DONE:
        return Shape.DISC, 1.0
    if info.status is Status.SKIPPED:
        return Shape.SLASHED, 0.0
    if info.status is Status.IN_PROGRESS:
        total = info.n_decided + info.n_open
        return Shape.ARC, info.n_decided / total if total else 0.0
    return Shape.RING, 0.0


class ArticleDelegate(QStyledItemDelegate):
    """Rows of one height; selected ones have the accent tint and bar, the open one keeps the bar."""

    open_document: int | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        info = index.data(INFO_ROLE)
        theme, row = current_theme(), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, theme.accent_tint)
            painter.fillRect(QRect(row.left(), row.top(), SELECTED_BAR_WIDTH, row.height()), theme.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.hover)
        if info.id == self.open_document:
            painter.fillRect(QRect(row.left(), row.top(), SELECTED_BAR_WIDTH, row.height()), theme.accent)
        shape, share = shape_of(info)
        paint_shape(painter, QRectF(row.left() + SPACE_4, row.top() + 12, SHAPE_SIZE, SHAPE_SIZE), shape, share)
        right = row.right() + 1 - SPACE_4
        if info.flagged:
            icon("flag").paint(painter, QRect(right - _FLAG, row.top() + 11, _FLAG, _FLAG))
        self._paint_title(painter, info, row, right)
        self._paint_meta(painter, info, row, right)
        painter.restore()

    def _paint_title(self, painter: QPainter, info: DocumentInfo, row: QRect, right: int) -> None:
        theme = current_theme()
        finished = info.status in (Status.DONE, Status.SKIPPED)
        font = chrome_font(semibold=not finished)
        painter.setFont(font)
        painter.setPen(theme.text2 if finished else theme.text)
        left = row.left() + _TEXT_LEFT
        width = right - left - (_FLAG + 6 if info.flagged else 0)
        for number, line in enumerate(elided_lines(info.title, font, width, 2)):
            top = row.top() + _TITLE_TOP + number * _TITLE_PITCH
            painter.drawText(QRect(left, top, width, _TITLE_PITCH), Qt.AlignmentFlag.AlignVCenter, line)

    def _paint_meta(self, painter: QPainter, info: DocumentInfo, row: QRect, right: int) -> None:
        theme = current_theme()
        font = chrome_font(SIZE_SMALL, tabular=True)
        painter.setFont(font)
        painter.setPen(theme.text2)
        left, top = row.left() + _TEXT_LEFT, row.top() + _META_TOP
        measure, figures = QFontMetrics(font), figures_of(info)
        width = measure.horizontalAdvance(figures)
        painter.drawText(QRect(right - width, top, width, _TITLE_PITCH), Qt.AlignmentFlag.AlignVCenter, figures)
        day, room = short_date(info.published), right - width - 8 - left
        tail = (DOT if info.outlet and day else "") + day
        outlet = measure.elidedText(
            info.outlet or "", Qt.TextElideMode.ElideRight, max(0, room - measure.horizontalAdvance(tail))
        )
        words = measure.elidedText(outlet + tail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, top, room, _TITLE_PITCH), Qt.AlignmentFlag.AlignVCenter, words)
