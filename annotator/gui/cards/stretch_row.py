"""A stretch of a quotation as a line in its card: pressing it shows it in the text, the cross takes it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from annotator.gui.theme import SIZE_SMALL, chrome_font, current_theme, reading_font
from annotator.gui.widgets.controls import IconButton
from annotator.gui.widgets.plain import elided_lines, one_line

LEFT = 64
"""Where the words of cue and mention begin, beside their names."""
NUMBER_LEFT = 22
"""Where the words of a part begin, beside its number."""
_LIMIT = 6
_CROSS = 20


class StretchRow(QAbstractButton):
    """``name`` stands before the words; ``reading`` sets them in the article's face."""

    removed = Signal()
    """The cross was pressed."""

    def __init__(self, name: str, words: str, hint: str = "", *, reading: bool = False, removable: bool = True) -> None:
        super().__init__()
        self.words = one_line(words)
        self._name, self._hint, self._reading = name, hint, reading
        self.setText((self.words or hint).replace("&", "&&"))
        self.setAccessibleName(f"{name}: {self.words or hint}")
        self.setToolTip("Show these words in the text" if self.words else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self.words else Qt.FocusPolicy.NoFocus)
        self.setEnabled(bool(self.words))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.cross = IconButton("x", f"Remove {name}", size=12, parent=self)
        self.cross.setFixedSize(_CROSS, _CROSS)
        self.cross.setStyleSheet("min-height: 0; min-width: 0; padding: 0;")
        self.cross.clicked.connect(self.removed)
        self.cross.setVisible(removable and bool(words))

    def _font(self) -> QFont:
        return reading_font(14) if self._reading and self.words else chrome_font()

    def _left(self) -> int:
        return NUMBER_LEFT if self._reading else LEFT

    def _lines(self, width: int) -> list[str]:
        room = width - self._left() - _CROSS - 4
        return elided_lines(self.words or self._hint, self._font(), room, _LIMIT if self._reading else 2) or [""]

    def _pitch(self) -> int:
        return 18 if self._reading else 20

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return len(self._lines(width)) * self._pitch() + 4

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._pitch() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.cross.move(self.width() - _CROSS, (self._pitch() + 4 - _CROSS) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        base = self._baseline()
        painter.setFont(chrome_font(SIZE_SMALL))
        painter.setPen(theme.text2)
        painter.drawText(0, base, self._name)
        painter.setFont(self._font())
        painter.setPen(theme.text if self.words else theme.text3)
        if self.words and self.underMouse():
            painter.setPen(theme.accent)
        for number, line in enumerate(self._lines(self.width())):
            painter.drawText(self._left(), base + number * self._pitch(), line)

    def _baseline(self) -> int:
        metrics = QFontMetrics(self._font())
        return 2 + (self._pitch() + metrics.ascent() - metrics.descent()) // 2

    def enterEvent(self, event: QEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
