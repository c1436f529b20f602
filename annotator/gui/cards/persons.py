"""The article's persons with their letters, and the three other answers to "Who is speaking?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QWidget

from annotator.domain.marks import Person
from annotator.gui.theme import RADIUS_CONTROL, SIZE_SMALL, chrome_font, current_theme
from annotator.gui.widgets.controls import KEY_CAP_HEIGHT, key_cap_width, paint_key_cap
from annotator.gui.widgets.plain import plain_tooltip

ROW = 24
_SHOWN_AT_MOST = 8
_NAME_LEFT = 30


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, and whether this one is the speaker."""

    person: Person
    speaks: bool


class PersonRows(QWidget):
    """Painted rows of 24 pixels; pressing one picks the person."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[PersonRow] = ()
        self._hot = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[PersonRow]) -> None:
        """Show other persons."""
        self.rows = rows
        self.setFixedHeight(ROW * len(rows))
        speaking = next((row.person.name for row in rows if row.speaks), "nobody of them")
        self.setAccessibleName("Who is speaking: " + speaking)
        self.update()

    def row_rect(self, number: int) -> QRect:
        """Where a row lies."""
        return QRect(0, number * ROW, self.width(), ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = max(0, event.rect().top() // ROW)
        last = min(len(self.rows), event.rect().bottom() // ROW + 1)
        for number in range(first, last):
            self._paint_row(painter, number)

    def _paint_row(self, painter: QPainter, number: int) -> None:
        theme, row, box = current_theme(), self.rows[number], self.row_rect(number)
        person = row.person
        if row.speaks or number == self._hot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_tint if row.speaks else theme.hover)
            painter.drawRoundedRect(QRectF(box), RADIUS_CONTROL, RADIUS_CONTROL)
        if person.letter:
            cap = QRectF(box.left() + 4, box.top() + (ROW - KEY_CAP_HEIGHT) / 2, KEY_CAP_HEIGHT, KEY_CAP_HEIGHT)
            paint_key_cap(painter, cap, person.letter, accent=row.speaks)
        painter.setPen(theme.text2)
        painter.setFont(chrome_font(SIZE_SMALL, tabular=True))
        area = box.adjusted(_NAME_LEFT, 0, -8, 0)
        count = str(person.quotations) if person.quotations else ""
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        font = chrome_font(semibold=row.speaks)
        painter.setFont(font)
        painter.setPen(theme.text)
        name = QFontMetrics(font).elidedText(person.name, Qt.TextElideMode.ElideRight, area.width() - 28)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)

    def _row_at(self, point: QPoint) -> int:
        number = point.y() // ROW
        return number if 0 <= number < len(self.rows) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hot = self._row_at(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hot = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._row_at(event.position().toPoint())
        if (
            event.button() == Qt.MouseButton.LeftButton
            and number >= 0
            and self.rect().contains(event.position().toPoint())
        ):
            self.picked.emit(self.rows[number].person)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            number = self._row_at(event.pos())  # type: ignore[attr-defined]
            person = self.rows[number].person if number >= 0 else None
            key = f" ({person.letter})" if person and person.letter else ""
            self.setToolTip(plain_tooltip(f"{person.name} is speaking{key}") if person else "")
        return super().event(event)


class PersonArea(QScrollArea):
    """As many rows as there is room for; the rest scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PersonRows()
        self.setWidget(self.rows)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.rows.setAutoFillBackground(False)

    def show_rows(self, rows: Sequence[PersonRow]) -> None:
        """Show other persons, and the speaker among them."""
        self.rows.show_rows(rows)
        self.setFixedHeight(ROW * min(len(rows), _SHOWN_AT_MOST))
        self.setVisible(bool(rows))
        speaks = next((number for number, row in enumerate(rows) if row.speaks), None)
        if speaks is not None:
            self.ensureVisible(0, speaks * ROW + ROW // 2, 0, ROW)


class AnswerButton(QAbstractButton):
    """A key and a word: unnamed, author, unknown."""

    def __init__(self, key: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(f"The speaker: {words} ({key})"))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Only the mark's state checks it."""

    def sizeHint(self) -> QSize:
        width = key_cap_width(self._key) + 6 + QFontMetrics(chrome_font(semibold=True)).horizontalAdvance(self.text())
        return QSize(width + 6, ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(key_cap_width(self._key) + 30, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_tint if self.isChecked() else theme.hover)
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CONTROL, RADIUS_CONTROL)
        cap = QRectF(2, (self.height() - KEY_CAP_HEIGHT) / 2, key_cap_width(self._key), KEY_CAP_HEIGHT)
        paint_key_cap(painter, cap, self._key, accent=self.isChecked())
        painter.setFont(chrome_font(semibold=self.isChecked()))
        painter.setPen(theme.text)
        area = QRectF(self.rect()).adjusted(cap.right() + 6, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())

    def enterEvent(self, event: QEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
