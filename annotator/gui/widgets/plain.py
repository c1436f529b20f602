"""Labels and tooltips that never read markup out of what they show.

Qt guesses rich text from the words themselves; everything here is plain text whatever it holds. It must not
know what the words mean.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from annotator.gui.theme import SIZE_BASE, chrome_font, current_theme

_JOINER = "\u2060"


def plain_tooltip(text: str) -> str:
    """``text`` as a tooltip that Qt cannot take for markup: an unseen joiner breaks every tag and entity."""
    return text.replace("<", "<" + _JOINER).replace("&", "&" + _JOINER)


def menu_text(text: str) -> str:
    """``text`` for a menu or a button, where a single ampersand would underline a letter."""
    return text.replace("&", "&&")


def one_line(text: str) -> str:
    """``text`` with every run of blanks and line breaks as one space."""
    return " ".join(text.split())


class PlainLabel(QLabel):
    """A label in one of the chrome's sizes, in a token's colour; its text is always plain."""

    def __init__(
        self,
        text: str = "",
        *,
        size: int = SIZE_BASE,
        semibold: bool = False,
        role: str = "text",
        wrap: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._role = role
        self._font = (size, semibold, tabular)
        # On a page-coloured ground Qt would take the colour of text fields.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setWordWrap(wrap)
        self.setText(text)
        self._dress()

    def set_role(self, role: str) -> None:
        """Show the text in another token's colour."""
        if role != self._role:
            self._role = role
            self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self._dressing:
            self._dress()

    _dressing = False

    def _dress(self) -> None:
        self._dressing = True
        size, semibold, tabular = self._font
        self.setFont(chrome_font(size, semibold=semibold, tabular=tabular))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, getattr(current_theme(), self._role))
        self.setPalette(palette)
        self._dressing = False


def elided_lines(text: str, font: QFont, width: float, limit: int) -> list[str]:
    """``text`` broken into at most ``limit`` lines of ``width`` pixels, the last one elided."""
    words = one_line(text[:4000])
    metrics = QFontMetrics(font)
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        # QTextLayout counts UTF-16 units; slices are cut there and put back together.
        units = words.encode("utf-16-le")
        start, length = line.textStart(), line.textLength()
        rest = units[2 * start :].decode("utf-16-le", "ignore")
        if len(lines) == limit - 1:
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, int(width)))
            break
        lines.append(units[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore").rstrip())
    layout.endLayout()
    return lines


class ElidedLabel(QWidget):
    """Plain text on at most so many lines; what does not fit is elided, and then the tooltip has it whole."""

    def __init__(
        self,
        text: str = "",
        *,
        lines: int = 1,
        font: QFont | None = None,
        role: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        spacing: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._limit, self._role, self._align, self._spacing = lines, role, align, spacing
        self._text = ""
        self.setFont(font or chrome_font())
        # With a fixed policy Qt would hold a widget to the height of its hint, whatever the width asks for.
        vertical = QSizePolicy.Policy.Preferred if lines > 1 else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)
        self.setText(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text."""
        text = one_line(text)
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def set_role(self, role: str) -> None:
        """Show the text in another token's colour."""
        self._role = role
        self.update()

    def _pitch(self) -> int:
        return QFontMetrics(self.font()).height() + self._spacing

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self._text) + 2
        return QSize(min(width, 600), self._pitch() * (1 if self._limit == 1 else 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self._pitch())

    def hasHeightForWidth(self) -> bool:
        return self._limit > 1

    def heightForWidth(self, width: int) -> int:
        return self._pitch() * max(1, len(elided_lines(self._text, self.font(), width, self._limit)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(getattr(current_theme(), self._role))
        lines = elided_lines(self._text, self.font(), self.width(), self._limit)
        for number, line in enumerate(lines):
            box = QRect(0, number * self._pitch(), self.width(), self._pitch())
            painter.drawText(box, int(self._align | Qt.AlignmentFlag.AlignVCenter), line)
        cut = bool(lines) and lines[-1].endswith("…") and not self._text.endswith("…")
        tip = plain_tooltip(self._text) if cut else ""
        if tip != self.toolTip():
            self.setToolTip(tip)
