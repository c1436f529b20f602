"""The laid-out lines of a part of a block, and where a stretch lies on them.

Distances are block-local logical pixels. A line's place is its baseline, never its top: a fixed line height
puts all extra space above the text. Nothing here outlives a new layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextLine

LINES_PER_UNIT = 64
"""Blocks are measured and painted in units of so many lines, so that one endless line costs no more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``start`` to ``end`` are Qt positions in the document, ``ink_end`` leaves out blanks at its end."""

    number: int
    start: int
    end: int
    ink_end: int
    baseline: float
    line: QTextLine
    origin: int
    ratio: float
    leftward: bool

    def x(self, position: int) -> float:
        """Where a Qt position lies, from the column's left edge, rounded to a device pixel."""
        return round(self.line.cursorToX(position - self.origin)[0] * self.ratio) / self.ratio


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a stretch that lies on one line.

    ``opens`` and ``closes`` tell whether its left and its right end are true ends (in a paragraph that runs from
    right to left, its start is at the right); ``starts`` whether the stretch starts here.
    """

    line: Line
    left: float
    right: float
    opens: bool
    closes: bool
    starts: bool


def unit_lines(block: QTextBlock, first: int, last: int, ratio: float) -> list[Line]:
    """Lines ``first`` to ``last`` (exclusive); baselines rounded to device pixels at ``ratio``."""
    layout, origin = block.layout(), block.position()
    text = block.text()
    leftward = block.textDirection() == Qt.LayoutDirection.RightToLeft
    lines = []
    for number in range(first, min(last, layout.lineCount())):
        line = layout.lineAt(number)
        start, length = line.textStart(), line.textLength()
        ink = start + len(text[start : start + length].rstrip())
        baseline = round((line.y() + line.ascent()) * ratio) / ratio
        end = origin + start + length
        lines.append(Line(number, origin + start, end, origin + ink, baseline, line, origin, ratio, leftward))
    return lines


def pieces(lines: Sequence[Line], start: int, end: int) -> Iterator[Piece]:
    """The pieces of ``[start, end)`` on ``lines``, blanks at line ends cut."""
    for line in lines:
        if line.start >= end:
            return
        if line.end <= start:
            continue
        low, high = max(start, line.start), min(end, line.end)
        cut = high if end <= line.end else min(high, line.ink_end)
        if cut <= low:
            continue
        left, right = sorted((line.x(low), line.x(cut)))
        starts, ends = start >= line.start, end <= line.end
        opens, closes = (ends, starts) if line.leftward else (starts, ends)
        yield Piece(line, left, right, opens, closes, starts)
