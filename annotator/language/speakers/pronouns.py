"""Whom "he" or "she" means as a speaker: the likeliest person named before it outside marks.

A candidate's score falls with distance and rises if it was a subject, a speaker, or agrees in gender; the
weights are measured ones (bare surnames hidden and resolved as if they were pronouns).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from annotator.language.speakers.names import Gender

PRONOUNS = {"he": Gender.MALE, "she": Gender.FEMALE}
_FAR = 4000
NOBODY_NAMED = -1
"""Stands among the candidates for a speaker that has no name; meant only within its paragraph."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention of a person that a later pronoun may take up."""

    start: int
    person: int
    paragraph: int
    subject: bool
    speaker: bool
    reported: bool


def resolve(
    gender: Gender,
    place: int,
    paragraph: int,
    candidates: Sequence[Candidate],
    genders: Mapping[int, Gender | None],
    talked_of: Mapping[int, float] = MappingProxyType({}),
) -> int | None:
    """The person (an index) whom a pronoun of ``gender`` at offset ``place`` most likely means, or None.

    ``candidates`` are in the order of their starts; ``talked_of`` says how much it speaks against a person that
    the reported words name them: people seldom call themselves by name.
    """
    low = bisect_left(candidates, place - _FAR, key=lambda one: one.start)
    high = bisect_left(candidates, place, key=lambda one: one.start)
    best: tuple[float, int] | None = None
    for one in candidates[low:high]:
        if one.person == NOBODY_NAMED and one.paragraph != paragraph:
            continue
        known = genders.get(one.person)
        if known is not None and known is not gender:
            continue
        score = -(place - one.start) / 400
        score += 1.2 * one.subject + 0.3 * one.speaker - 0.8 * one.reported
        score -= talked_of.get(one.person, 0.0)
        score += (0.5 if known is gender else 0.0) - 0.5 * (one.paragraph != paragraph)
        if best is None or score >= best[0]:
            best = (score, one.person)
    return best[1] if best else None
