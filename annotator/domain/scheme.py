"""The label scheme: ordered labels, each with a name, a short name, a colour group and a key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Hue(StrEnum):
    """The six colour groups of labels; a label is never told by its colour alone."""

    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    PLACES = "places"
    TIME = "time"
    THINGS = "things"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a scheme. Marks refer to ``id``; a label is archived, never deleted.

    ``short`` is what stands under a mark on the page; ``strong`` marks the first label of its hue, which has
    the full tint; ``key`` is the digit that sets it, or empty.
    """

    id: int
    name: str
    short: str
    hue: Hue
    strong: bool
    key: str = ""
    description: str = ""
    archived: bool = False
