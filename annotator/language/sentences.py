"""Sentence borders that the parser must keep: one at every paragraph, none at the breaks of wrapped lines.

A spaCy component that runs before the parser. It knows only text and tokens, not what is found in them.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language

from annotator.language.blocks import blocks

COMPONENT = "annotator_paragraph_borders"
_WRAPPED_FROM = 40
"""A line shorter than this may be a heading or a byline, so its end is left to the parser."""
_CLOSERS = "\"'”’»)]"
_ENDERS = ".!?:…"


def paragraph_borders(doc: Any) -> Any:
    """Start a sentence at each paragraph's first word, and forbid one inside a wrapped line."""
    text = doc.text
    starts = {start for start, _ in blocks(text)}
    ordered = sorted(starts, reverse=True)
    for token in doc:
        if token.is_space:
            if token.i:
                token.is_sent_start = False
            continue
        if ordered and token.idx >= ordered[-1]:
            token.is_sent_start = True
            while ordered and token.idx >= ordered[-1]:
                ordered.pop()
        elif token.i and doc[token.i - 1].is_space and _wrapped(text, token.idx):
            token.is_sent_start = False
    return doc


def _wrapped(text: str, start: int) -> bool:
    """Whether the word at ``start`` follows a line break inside running text."""
    before = text[max(0, start - 400) : start]
    gap = before[len(before.rstrip()) :]
    if gap.count("\n") != 1:
        return False
    line = before.rstrip().rpartition("\n")[2].rstrip(_CLOSERS)
    return len(line) >= _WRAPPED_FROM and not line.endswith(tuple(_ENDERS))


Language.component(COMPONENT, func=paragraph_borders)
