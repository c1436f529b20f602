"""Countries, states, large cities and peoples: evidence for a label, read once from the program's resources.

Names that persons bear as well (Jordan, Charlotte, Washington) are listed as weak.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources


@cache
def _names() -> dict[str, frozenset[str]]:
    source = resources.files("annotator.resources").joinpath("places.json").read_text(encoding="utf-8")
    return {kind: frozenset(names.split("|")) for kind, names in json.loads(source).items() if kind != "about"}


def countries() -> frozenset[str]:
    """Countries and their common short forms."""
    return _names()["countries"]


@cache
def places() -> frozenset[str]:
    """Countries, states and provinces, large cities."""
    return _names()["countries"] | _names()["states"] | _names()["cities"] | _names()["weak"]


def is_weak(name: str) -> bool:
    """Whether a place's name is also one of persons."""
    return name in _names()["weak"]


def peoples() -> frozenset[str]:
    """Adjectives and singulars of peoples, religions and parties."""
    return _names()["peoples"]
