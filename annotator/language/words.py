"""How the language room writes down its word lists: one string, words parted by blanks."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of ``words``, which blanks and line breaks part."""
    return frozenset(words.split())
