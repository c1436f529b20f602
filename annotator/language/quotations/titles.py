"""Titles in marks: films, books, programmes. They look like quotations and are none."""

from __future__ import annotations

from annotator.domain.text import trim
from annotator.language.quotations.marks import Marked

_LONG = 4
_MOST = 10


def is_title(text: str, top: Marked, *, full_stop: bool = False) -> bool:
    """Whether the marked stretch is set like a title: two or more capitals, every longer word upper case.

    ``full_stop`` allows one at its end, where American papers put the sentence's own.
    """
    start, end = trim(text, top.inner.start, top.inner.end)
    inner = text[start:end].rstrip(",;." if full_stop else ",;")
    words = [word for word in inner.replace("-", " ").split() if word[:1].isalpha()]
    if not words or len(words) > _MOST or inner[-1:] in (".", "…"):
        return False
    capitals = sum(word[0].isupper() for word in words)
    return capitals > 1 and words[0][0].isupper() and all(w[0].isupper() for w in words if len(w) >= _LONG)
