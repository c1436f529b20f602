"""Which of overlapping candidates stay: one content belongs to one act, and no report stands inside another."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation


def choose(candidates: Iterable[PredictedQuotation]) -> list[PredictedQuotation]:
    """Keep candidates in their order of trust, drop what overlaps or whose cue lies in a kept content."""
    ordered = list(candidates)
    kept: list[PredictedQuotation] = []
    taken: list[Stretch] = []
    for one in ordered:
        if any(_overlaps(taken, part) for part in one.content):
            continue
        for part in one.content:
            insort(taken, part)
        kept.append(one)
    return [one for one in kept if not any(_overlaps(taken, cue) for cue in one.cue)]


def _overlaps(taken: list[Stretch], part: Stretch) -> bool:
    """Whether ``part`` shares a character with one of ``taken``, which are sorted and do not overlap."""
    place = bisect_left(taken, part)
    return any(other.overlaps(part) for other in taken[max(0, place - 1) : place + 1])
