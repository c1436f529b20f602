"""The bar of labels and their keys below the panes, with hints at the right; it shows what there is room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.domain.scheme import Label
from annotator.gui.action_set import ActionSet
from annotator.gui.keys import shown
from annotator.gui.theme import (
    LABEL_BAR_HEIGHT,
    RADIUS_MARK,
    SIZE_SMALL,
    SPACE_4,
    chrome_font,
    current_theme,
)
from annotator.gui.widgets.controls import KEY_CAP_HEIGHT, key_cap_width, paint_key_cap
from annotator.gui.widgets.plain import plain_tooltip

_CHIP_HEIGHT, _CAP_GAP, _PAD = 20, 4, 6
_GAP, _PART_GAP = 14, 24


class Chip(QAbstractButton):
    """A key and what it does; pressing it does the same."""

    def __init__(self, cap: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.cap, self.words = cap, words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def word_font(self) -> object:
        """The font of the words."""
        return chrome_font(SIZE_SMALL, semibold=True)

    def words_width(self) -> int:
        """The width beside the cap."""
        return QFontMetrics(self.word_font()).horizontalAdvance(self.words) + 2 * _PAD

    def sizeHint(self) -> QSize:
        cap = key_cap_width(self.cap) + _CAP_GAP if self.cap else 0
        return QSize(cap + self.words_width(), 28)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, left = self.height() / 2, 0
        if self.cap:
            cap = key_cap_width(self.cap)
            box = QRectF(0, middle - KEY_CAP_HEIGHT / 2, cap, KEY_CAP_HEIGHT)
            paint_key_cap(painter, box, self.cap, accent=self.underMouse())
            left = cap + _CAP_GAP
        painter.setFont(self.word_font())
        self.paint_words(painter, QRectF(left, middle - _CHIP_HEIGHT / 2, self.width() - left, _CHIP_HEIGHT))

    def paint_words(self, painter: QPainter, box: QRectF) -> None:
        """Draw what stands beside the cap."""
        painter.setPen(current_theme().text if self.underMouse() else current_theme().text2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.words)

    def enterEvent(self, event: QEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class LabelChip(Chip):
    """A label in its tint."""

    def __init__(self, label: Label, parent: QWidget) -> None:
        super().__init__(label.key, label.name, parent)
        self.label = label

    def paint_words(self, painter: QPainter, box: QRectF) -> None:
        theme = current_theme()
        painter.setPen(QPen(theme.ink(self.label.hue), 1) if self.underMouse() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(self.label.hue, self.label.strong))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_MARK, RADIUS_MARK)
        painter.setPen(theme.ink(self.label.hue))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.words)


class QuotationChip(Chip):
    """A bar and a band, as on the page."""

    def words_width(self) -> int:
        return super().words_width() + 8

    def paint_words(self, painter: QPainter, box: QRectF) -> None:
        theme = current_theme()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.bar)
        painter.drawRoundedRect(QRectF(box.left() + 2, box.top(), 3, box.height()), 1.5, 1.5)
        band = box.adjusted(8, 0, 0, 0)
        painter.setBrush(theme.quote)
        painter.drawRoundedRect(band, RADIUS_MARK, RADIUS_MARK)
        painter.setPen(theme.text)
        painter.drawText(band, Qt.AlignmentFlag.AlignCenter, self.words)


class LineChip(Chip):
    """Words with the line that marks them on the page: dashes for the speaker, dots for the cue."""

    def __init__(self, cap: str, words: str, parent: QWidget, *, dots: bool) -> None:
        super().__init__(cap, words, parent)
        self._dots = dots

    def paint_words(self, painter: QPainter, box: QRectF) -> None:
        theme = current_theme()
        painter.setPen(theme.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.words)
        pen = QPen(theme.text2, 1.5 if self._dots else 1.2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1, 1.67] if self._dots else [4.2, 2.5])
        painter.setPen(pen)
        y = box.bottom() - 1.5
        painter.drawLine(QLineF(box.left() + _PAD, y, box.right() - _PAD, y))


class HintChip(Chip):
    """A key and a word, in the regular weight."""

    def word_font(self) -> object:
        return chrome_font(SIZE_SMALL)


class MoreChip(Chip):
    """How many labels there is no room for; opens the list of all."""


class LabelBar(QWidget):
    """Lays its chips out by measured widths; it never asks for more width than it gets."""

    def __init__(self, actions: ActionSet, labels: tuple[Label, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Labels")
        self.setFixedHeight(LABEL_BAR_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._divider = 0
        keyed = sorted((label for label in labels if label.key), key=lambda label: (label.key == "0", label.key))
        self._labels = [self._bind(LabelChip(label, self), actions, f"label.{label.id}") for label in keyed]
        self._more = self._bind(MoreChip("", "+ 0", self), actions, "list_labels")
        self._marks = [
            self._bind(QuotationChip("Q", "Quotation", self), actions, "quotation"),
            self._bind(LineChip("S", "Speaker", self, dots=False), actions, "mention"),
            self._bind(LineChip("C", "Cue", self, dots=True), actions, "cue"),
        ]
        self._hints = [
            self._bind(HintChip(shown("Tab"), "next", self), actions, "next_mark"),
            self._bind(HintChip("A", "accept", self), actions, "accept"),
            self._bind(HintChip("Del", "remove", self), actions, "remove"),
            self._bind(HintChip("F1", "keys", self), actions, "keys"),
        ]

    def _bind(self, chip: Chip, actions: ActionSet, id_: str) -> Chip:
        chip.setToolTip(actions[id_].toolTip() or plain_tooltip(chip.words))
        chip.setObjectName(f"chip.{id_}")
        # Not through the action: pressing a chip that makes no sense now shall say why.
        chip.clicked.connect(lambda: actions.asked.emit(id_))
        return chip

    def minimumSizeHint(self) -> QSize:
        return QSize(0, LABEL_BAR_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_hints"):
            self._lay_out()

    def _lay_out(self) -> None:
        room = self.width() - 2 * SPACE_4
        marks = _width(self._marks) + 2 * _PART_GAP
        hints = list(self._hints)
        while hints and _width(self._labels) + marks + _width(hints) + _PART_GAP > room:
            hints.pop(1 if len(hints) > 1 else 0)
        labels = list(self._labels)
        while labels and _width(labels) + marks + self._more_width(labels) > room:
            labels.pop()
        for chip in (*self._labels, *self._hints, self._more):
            chip.setVisible(chip in labels or chip in hints)
        left = self._place(labels, SPACE_4)
        hidden = len(self._labels) - len(labels)
        if hidden:
            self._more.words = f"+ {hidden}"
            self._more.setText(self._more.words)
            self._more.setAccessibleName(f"{hidden} more labels")
            self._more.show()
            left = self._place([self._more], left)
        self._divider = left + _PART_GAP // 2 - _GAP // 2
        self._place(self._marks, left + _PART_GAP)
        self._place(hints, self.width() - SPACE_4 - _width(hints))
        self.update()

    def _more_width(self, labels: list[Chip]) -> int:
        return 0 if len(labels) == len(self._labels) else self._more.sizeHint().width() + _GAP

    def _place(self, chips: list[Chip], left: int) -> int:
        for chip in chips:
            size = chip.sizeHint()
            chip.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())
            left += size.width() + _GAP
        return left

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(self.rect(), theme.panel)
        painter.fillRect(0, 0, self.width(), 1, theme.line)
        painter.fillRect(self._divider, (self.height() - 18) // 2, 1, 18, theme.line)


def _width(chips: list[Chip]) -> int:
    return sum(chip.sizeHint().width() + _GAP for chip in chips) - (_GAP if chips else 0)
