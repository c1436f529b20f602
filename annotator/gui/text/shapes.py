"""Outlines and pens: boxes with open ends, dashed bars, dotted lines. Knows no marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

_DASH, _DASH_GAP, _DOT_PITCH = 6.0, 4.0, 6.0


def box_edge(rect: QRectF, radius: float, opens: bool, closes: bool) -> QPainterPath:
    """The edge of a box; an end that does not open or close has no edge and square corners."""
    path = QPainterPath()
    if opens and closes:
        path.addRoundedRect(rect, radius, radius)
        return path
    left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
    round_by = 2 * radius
    if opens:
        path.moveTo(right, top)
        path.lineTo(left + radius, top)
        path.arcTo(left, top, round_by, round_by, 90, 90)
        path.lineTo(left, bottom - radius)
        path.arcTo(left, bottom - round_by, round_by, round_by, 180, 90)
        path.lineTo(right, bottom)
    elif closes:
        path.moveTo(left, top)
        path.lineTo(right - radius, top)
        path.arcTo(right - round_by, top, round_by, round_by, 90, -90)
        path.lineTo(right, bottom - radius)
        path.arcTo(right - round_by, bottom - round_by, round_by, round_by, 0, -90)
        path.lineTo(left, bottom)
    else:
        path.moveTo(left, top)
        path.lineTo(right, top)
        path.moveTo(left, bottom)
        path.lineTo(right, bottom)
    return path


def box_ground(rect: QRectF, radius: float, opens: bool, closes: bool) -> QPainterPath:
    """The closed ground of a box, corners rounded at true ends only."""
    path = QPainterPath()
    if opens or closes:
        path = box_edge(rect, radius, opens, closes)
        path.closeSubpath()
    else:
        path.addRect(rect)
    return path


def half_pixel(rect: QRectF) -> QRectF:
    """``rect`` moved inside by half a pixel, so that a 1 px edge fills whole pixels vertically."""
    return rect.adjusted(0.5, 0.5, -0.5, -0.5)


def pen(colour: QColor, width: float, pattern: Sequence[float] = ()) -> QPen:
    """A flat-ended pen; ``pattern`` is in logical pixels (Qt counts in pen widths)."""
    result = QPen(colour, width)
    result.setCapStyle(Qt.PenCapStyle.FlatCap)
    result.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if pattern:
        result.setDashPattern([length / width for length in pattern])
    return result


def dots(colour: QColor, width: float, every: float) -> QPen:
    """A pen that draws round dots."""
    result = QPen(colour, width)
    result.setCapStyle(Qt.PenCapStyle.RoundCap)
    result.setDashPattern([0.01, every / width - 0.01])
    return result


def bar_parts(rect: QRectF, dashed: bool, dotted: bool) -> Iterator[QRectF]:
    """The pieces of a bar: one, or dashes of 6 with gaps of 4, or dots, fitted to the height."""
    height, width = rect.height(), rect.width()
    if dotted and height > width:
        steps = max(1, int((height - width) / _DOT_PITCH))
        pitch = (height - width) / steps
        for number in range(steps + 1):
            yield QRectF(rect.left(), rect.top() + number * pitch, width, width)
    elif dashed and height > _DASH:
        count = max(1, round((height + _DASH_GAP) / (_DASH + _DASH_GAP)))
        length = (height - _DASH_GAP * (count - 1)) / count
        for number in range(count):
            yield QRectF(rect.left(), rect.top() + number * (length + _DASH_GAP), width, length)
    else:
        yield rect
