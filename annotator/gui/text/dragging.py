"""Dragging an end of the selected mark: which handle is under the pointer, and what the stretch becomes.

It must not know the widget: it gets places in document coordinates and offsets in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPointF

from annotator.domain.marks import Stretch
from annotator.domain.text import snap_to_graphemes, snap_to_words
from annotator.gui.text.index import QuotationItem, Role
from annotator.gui.text.lines import Piece
from annotator.gui.text.metrics import HANDLE_DISTANCE, HANDLE_HIT
from annotator.gui.text.page import Page, PlacedUnit


@dataclass(frozen=True, slots=True)
class Grip:
    """A handle that was taken: whose, of which stretch, and whether it is the stretch's start."""

    key: UUID
    role: Role
    index: int
    at_start: bool


def grip_at(units: Iterable[PlacedUnit], page: Page, point: QPointF) -> Grip | None:
    """The handle of the selected mark under a point, within its reach."""
    nearest: tuple[float, Grip] | None = None
    for unit in units:
        metrics, local = page.unit_metrics(unit), point - unit.origin
        for each in (*unit.geometry.boxes, *unit.geometry.bands):
            if each.item.key != page.selected:
                continue
            piece, item = each.piece, each.item
            top, bottom = piece.line.baseline - metrics.handle_above, piece.line.baseline + metrics.handle_below
            if not top <= local.y() <= bottom:
                continue
            for at_left, here, x in (
                (True, piece.opens, piece.left - HANDLE_DISTANCE),
                (False, piece.closes, piece.right + HANDLE_DISTANCE),
            ):
                distance = abs(local.x() - x)
                if here and distance <= HANDLE_HIT / 2 and (nearest is None or distance < nearest[0]):
                    at_start = at_left is not piece.line.leftward
                    role = Role.CONTENT if isinstance(item, QuotationItem) else Role.SPAN
                    index = _part_of(item, piece) if isinstance(item, QuotationItem) else 0
                    nearest = distance, Grip(item.key, role, index, at_start)
    return nearest[1] if nearest else None


def _part_of(item: QuotationItem, piece: Piece) -> int:
    """Which part of a quotation lies on a piece of a line."""
    line = piece.line
    for index, part in enumerate(item.content):
        low, high = max(part.start, line.start), min(part.end, line.end)
        if low < high and abs(min(line.x(low), line.x(high)) - piece.left) < 1:
            return index
    return 0


def dragged(text: str, stretch: Stretch, at_start: bool, offset: int, *, exact: bool) -> Stretch:
    """The stretch when the end that was taken is at ``offset``; the other end stays, at least a character is left.

    The end goes to a word's border, or (``exact``) to that of a user-perceived character.
    """
    snap = snap_to_graphemes if exact else snap_to_words
    if at_start:
        low, _ = snap(text, min(offset, stretch.end - 1), stretch.end)
        return Stretch(min(low, stretch.end - 1), stretch.end)
    _, high = snap(text, stretch.start, max(offset, stretch.start + 1))
    return Stretch(stretch.start, max(high, stretch.start + 1))
