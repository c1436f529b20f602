"""Transcripts and interviews: lines that begin with who speaks, as in "SMITH: We will see."

Counts only where a document has several such labels, because a single one is nearly always a heading.
"""

from __future__ import annotations

from collections import Counter

import regex

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.domain.text import trim
from annotator.language.blocks import blocks
from annotator.language.words import word_set

_LABEL = regex.compile(
    r"[“\"'‘]{0,2}(?P<name>"
    r"\p{Lu}[\p{Lu}.'’-]+(?: \p{Lu}[\p{Lu}.'’-]+){0,3}"
    r"|[QA]"
    r"|\p{Lu}[\w.'’-]+(?: \p{Lu}[\w.'’-]+){1,3}"
    r"):\s+"
)
_HEADINGS = word_set(
    """
    EXCLUSIVE WATCH VIDEO PHOTO PHOTOS UPDATE UPDATED BREAKING READ RELATED NOTE CORRECTION ANALYSIS OPINION
    SEE LISTEN FACT NEWS LIVE IMAGE SOURCE CREDIT WARNING
    """
)


def transcript_quotations(text: str) -> list[PredictedQuotation]:
    """One quotation for each labelled line, the label as its speaker mention."""
    lines = []
    for start, end in blocks(text):
        match = _LABEL.match(text, start, end)
        if match and match.group("name").split()[0].rstrip(".") not in _HEADINGS:
            lines.append((match, end))
    names = Counter(match.group("name") for match, _ in lines)
    if len(lines) < 3 or len(names) < 2 or max(names.values()) < 2:
        return []
    found = []
    for match, end in lines:
        start, stop = trim(text, match.end(), end)
        if start < stop:
            speaker = Stretch(*match.span("name"))
            found.append(PredictedQuotation((Stretch(start, stop),), (), speaker, rule="transcript", score=0.8))
    return found
