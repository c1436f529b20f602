"""A short list of chapters at a window's left edge, of which one is open. It must not know what is in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui.icons import icon
from annotator.gui.theme import SELECTED_BAR_WIDTH, SPACE_2, SPACE_4, TABLE_ROW_HEIGHT, chrome_font, current_theme

_ICON = 16
_ICON_ROLE = Qt.ItemDataRole.UserRole


class _Rows(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, TABLE_ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, row = current_theme(), option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(row, theme.accent_tint)
            painter.fillRect(QRect(row.left(), row.top(), SELECTED_BAR_WIDTH, row.height()), theme.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.hover)
        left = row.left() + SPACE_4
        name = index.data(_ICON_ROLE)
        if name:
            place = QRect(left, row.top() + (row.height() - _ICON) // 2, _ICON, _ICON)
            icon(name, "text" if chosen else "text2").paint(painter, place)
            left += _ICON + SPACE_2 + 4
        font = chrome_font(semibold=chosen)
        painter.setFont(font)
        painter.setPen(theme.text)
        room = row.right() - SPACE_2 - left
        words = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, row.top(), room, row.height()), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class ChapterList(QListWidget):
    """Rows of an icon (or none) and a name."""

    opened = Signal(int)
    """A person has gone to the chapter of this number, from 0."""

    def __init__(self, name: str, chapters: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Rows(self))
        self.viewport().setAutoFillBackground(False)
        self.setViewportMargins(0, SPACE_2, 0, SPACE_2)
        for icon_name, words in chapters:
            item = QListWidgetItem(words, self)
            item.setData(_ICON_ROLE, icon_name)
        self.setCurrentRow(0)
        self.currentRowChanged.connect(self.opened)
