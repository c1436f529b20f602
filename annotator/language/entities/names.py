"""What the steps of entity clean-up share: which labels are names, and when two strings are the same name."""

from __future__ import annotations

from annotator.domain.predictions import PredictedSpan

NAMED = frozenset(("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"))
"""Labels of names; the others mark dates and numbers."""
SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))


def key_of(text: str, span: PredictedSpan) -> str:
    """The name without "the" in front: spans with the same key should have the same label."""
    words = text[span.start : span.end]
    return words[4:].lstrip() if words[:4].lower() == "the " else words


def surname_of(words: str) -> str | None:
    """The last word of a personal name of two or more words, suffixes left out."""
    parts = words.split()
    while parts and parts[-1].lower() in SUFFIXES:
        parts.pop()
    if len(parts) < 2 or len(parts) > 5:
        return None
    last = parts[-1].strip(",.")
    return last if len(last) > 2 and last[0].isupper() and any(part[0].isupper() for part in parts[:-1]) else None
