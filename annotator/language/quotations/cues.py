"""The lexicon of cues: which lemma reports speech in which frame. Read once from the program's resources."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from importlib import resources


class Frame(StrEnum):
    """A construction in which a cue stands with what it reports."""

    QUOTATION = "quotation"
    """With words in quotation marks beside it."""
    CLAUSE = "clause"
    """With a clause that "that" opens."""
    BARE = "bare"
    """With a clause that nothing opens."""
    WH = "wh"
    """With a clause that a question word opens."""
    PARENTHETICAL = "parenthetical"
    """Set off by commas in or after what it reports."""
    INFINITIVE = "infinitive"
    """With an infinitive whose subject is the speaker."""
    OBJECT_INFINITIVE = "object_infinitive"
    """With an object and an infinitive."""
    MARKED_PHRASE = "marked_phrase"
    """With a phrase in marks as its object or after its preposition."""
    ADDRESSEE = "addressee"
    """May have the person spoken to as its object."""
    GERUND = "gerund"
    """With a gerund whose subject is the speaker."""
    OBJECT = "object"
    """With a noun phrase that tells what was said."""
    OBJECT_PREPOSITION = "object_preposition"
    """With an object and this preposition (``accuse_of``), both told."""
    PREPOSITION = "preposition"
    """With a phrase after this preposition (``warn_of``) that tells what was said."""
    ATTITUDE = "attitude"
    """With a clause that tells what somebody thinks, believes, hopes: no speech, and off unless asked for."""
    NOUN = "noun"
    """A noun with a clause that says what was said."""


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    source = resources.files("annotator.resources").joinpath("cues.json").read_text(encoding="utf-8")
    return {frame: frozenset(lemmas.split()) for frame, lemmas in json.loads(source)["frames"].items()}


def is_cue(lemma: str, frame: Frame) -> bool:
    """Whether ``lemma`` (lower case) reports speech in ``frame``."""
    return lemma in _lexicon()[frame]
