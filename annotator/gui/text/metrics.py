"""Measures of the page, all derived from the reading size; logical pixels. It must not know the document."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFontMetricsF

from annotator.gui.theme import READING_SIZE, reading_font

BAR_DISTANCE, BAR_WIDTH, LANE = 16, 3, 7
BAR_INSET = 3
BAND_PAD = 3
NAME_DISTANCE, NAME_GUTTER = 10, 120
GUTTER_LEAST = 44
BOX_LEFT, BOX_RIGHT = 2, 1
GROWTH, GROWTH_LEVELS = 2, 3
HANDLE_WIDTH, HANDLE_DISTANCE, HANDLE_HIT = 3, 2, 12
LABEL_GAP, LABEL_NARROW = 5, 24
TICK = 6
MEASURE_LETTERS = 66
MEASURE_STEPS = {"narrow": 54, "normal": MEASURE_LETTERS, "wide": 82}
"""Line lengths in average letters that the menu offers."""
TITLE_SCALE = 1.4
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class TypeMetrics:
    """Distances from the baseline for one type size: body or title."""

    size: int
    pitch: int
    box_above: int
    box_below: int
    band_above: int
    label_drop: int

    @property
    def line_drop(self) -> float:
        """Where cue and speaker lines run, below the baseline."""
        return self.box_below - 1.5

    @property
    def handle_above(self) -> int:
        """How far a handle reaches above the baseline."""
        return self.box_above + 2

    @property
    def handle_below(self) -> int:
        """How far a handle reaches below the baseline."""
        return self.box_below + 2


@dataclass(frozen=True, slots=True)
class PageMetrics:
    """What the page is laid out by."""

    body: TypeMetrics
    title: TypeMetrics
    gap: int
    label_size: int
    measure: int


def page_metrics(size: int = READING_SIZE, measure: int = MEASURE_LETTERS) -> PageMetrics:
    """The measures for a reading size in pixels and lines of ``measure`` average letters."""
    label = max(9, round(0.53 * size))
    letters = int(QFontMetricsF(reading_font(size)).horizontalAdvance(_ALPHABET))
    title = round(TITLE_SCALE * size)
    return PageMetrics(
        body=_type_metrics(size, max(2.0 * size, 1.25 * size + 12), label),
        title=_type_metrics(title, 1.25 * title + 12, label),
        gap=round(0.7 * size),
        label_size=label,
        measure=letters * measure // len(_ALPHABET),
    )


def _type_metrics(size: int, pitch: float, label: int) -> TypeMetrics:
    below = round(0.33 * size)
    return TypeMetrics(
        size=size,
        pitch=round(pitch),
        box_above=round(0.92 * size),
        box_below=below,
        band_above=round(1.18 * size),
        label_drop=below + label,
    )
