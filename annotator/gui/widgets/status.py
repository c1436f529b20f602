"""Shapes that tell a status without colour: rings, arcs, discs. They must not know documents or marks."""

from __future__ import annotations

import math
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.gui.theme import chrome_font, current_theme

SHAPE_SIZE = 14


class Shape(Enum):
    """What a status looks like; the words are what a screen reader says."""

    RING = "new"
    ARC = "in progress"
    DISC = "done"
    SLASHED = "skipped"
    EXCLAMATION = "not read"
    DASHED = "suggested"
    DOTTED = "unsure"
    TICK = "decided"


def paint_shape(painter: QPainter, box: QRectF, shape: Shape, share: float = 0.0) -> None:
    """Draw ``shape`` in a square ``box``; ``share`` (0 to 1) is how much of an arc is full."""
    theme = current_theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring = box.adjusted(1, 1, -1, -1)
    if shape in (Shape.DISC, Shape.TICK):
        _disc(painter, box, theme.text2)
        _tick(painter, box)
    elif shape is Shape.EXCLAMATION:
        _disc(painter, box, theme.warn)
        painter.setPen(QPen(theme.panel, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x = box.center().x()
        painter.drawLine(QPointF(x, box.top() + 3.6), QPointF(x, box.top() + 7.4))
        painter.drawPoint(QPointF(x, box.top() + 10.2))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _ring(painter, ring, shape, share)
    painter.restore()


def _ring(painter: QPainter, ring: QRectF, shape: Shape, share: float) -> None:
    theme = current_theme()
    pen = QPen(theme.edge, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    around = math.pi * ring.width() / 1.5
    if shape is Shape.DASHED:
        pen.setDashPattern([around / 9 * 0.6, around / 9 * 0.4])
    elif shape is Shape.DOTTED:
        pen.setDashPattern([around / 16 * 0.45, around / 16 * 0.55])
    elif shape is Shape.ARC:
        pen = QPen(theme.chart2, 2)
    painter.setPen(pen)
    painter.drawEllipse(ring)
    if shape is Shape.ARC:
        pen = QPen(theme.accent, 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(ring, 90 * 16, -round(max(0.04, min(1.0, share)) * 360 * 16))
    elif shape is Shape.SLASHED:
        reach = ring.width() / 2 * math.cos(math.pi / 4)
        middle = ring.center()
        painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))
    elif shape is Shape.DOTTED:
        painter.setPen(theme.text2)
        painter.setFont(chrome_font(9, semibold=True))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, "?")


def _disc(painter: QPainter, box: QRectF, colour: object) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)  # type: ignore[call-overload]
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))


def _tick(painter: QPainter, box: QRectF) -> None:
    pen = QPen(current_theme().page, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    corner = box.topLeft()
    painter.drawPolyline([corner + QPointF(4.0, 7.3), corner + QPointF(6.2, 9.5), corner + QPointF(10.2, 5.0)])


class StatusShape(QWidget):
    """A status shape as a widget."""

    def __init__(self, shape: Shape, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = shape
        self.setAccessibleName(shape.value)
        self.setFixedSize(QSize(SHAPE_SIZE, SHAPE_SIZE))

    def set_shape(self, shape: Shape) -> None:
        """Show another status."""
        self._shape = shape
        self.setAccessibleName(shape.value)
        self.update()

    @property
    def shape(self) -> Shape:
        """What is shown."""
        return self._shape

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_shape(QPainter(self), QRectF(0, 0, SHAPE_SIZE, SHAPE_SIZE), self._shape)
