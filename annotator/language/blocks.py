"""The blocks of a text: its paragraphs, and also its single lines where the text is not hard-wrapped.

Web pages often part some paragraphs by blank lines and others by a single break. A text that has a line longer
than any wrapped one is not wrapped, so there every line is a block of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.text import paragraphs

_LONGEST_WRAPPED = 120


def is_wrapped(text: str) -> bool:
    """Whether no line is too long for a hard-wrapped text."""
    return max(map(len, text.split("\n"))) <= _LONGEST_WRAPPED


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the blocks, line breaks at their ends left out."""
    if is_wrapped(text):
        yield from paragraphs(text)
        return
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield start, start + len(line)
        start += len(line) + 1
