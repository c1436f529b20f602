"""How a text of any length becomes one parsed document: cut at paragraph borders, parsed, joined again.

Knows spaCy's limits and nothing of entities or quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from annotator.domain.text import paragraphs

_RUN = 500
_LONG_RUN = re.compile(rf"\S{{{2 * _RUN},}}")
CHUNK = 50_000
"""Longest text given to the pipeline at once, in code points: memory grows with it, results do not change."""


def chunks(text: str, limit: int) -> list[str]:
    """Cut ``text`` into pieces of at most ``limit`` code points whose concatenation is ``text``.

    Cuts fall between paragraphs; a paragraph longer than the limit is cut after a sentence, else after a
    blank, else anywhere. Long runs without a blank are cut too.
    """
    return list(_without_long_runs(_cut_at_paragraphs(text, limit)))


def _cut_at_paragraphs(text: str, limit: int) -> list[str]:
    if len(text) <= limit:
        return [text]
    pieces: list[str] = []
    start = end = 0
    borders = [begin for begin, _ in paragraphs(text)][1:]
    for border in [*borders, len(text)]:
        if border - start > limit and end > start:
            pieces.append(text[start:end])
            start = end
        while border - start > limit:
            cut = _cut(text, start, start + limit)
            pieces.append(text[start:cut])
            start = cut
        end = border
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def _without_long_runs(pieces: Iterable[str]) -> Iterator[str]:
    """Cut what has no blank for very long: the tokenizer's time grows with the square of such a run."""
    for piece in pieces:
        start = 0
        for run in _LONG_RUN.finditer(piece):
            for place in range(run.start() + _RUN, run.end(), _RUN):
                yield piece[start:place]
                start = place
        yield piece[start:]


def _cut(text: str, start: int, end: int) -> int:
    half = (start + end) // 2
    for mark in (". ", " ", "\n"):
        place = text.rfind(mark, half, end)
        if place > start:
            return place + len(mark)
    return end


def parse_many(texts: Iterable[str], nlp: Any, batch: int = 16) -> Iterator[Any]:
    """Parse texts of any length, in order, each into one spaCy ``Doc`` whose text is exactly the text."""
    # Loaded here: the module itself stays importable where spaCy is absent.
    from spacy.tokens import Doc

    limit = max(1, min(CHUNK, nlp.max_length))
    remaining = iter(texts)
    while group := list(islice(remaining, batch)):
        cut = [chunks(text, limit) for text in group]
        parsed = nlp.pipe(chain.from_iterable(cut), batch_size=batch)
        for pieces in cut:
            docs = list(islice(parsed, len(pieces)))
            yield docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
