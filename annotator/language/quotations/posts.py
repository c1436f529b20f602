"""Embedded posts without marks: lines above ``- Jane Doe (@jane) May 4, 2019``, as web pages flatten them.

The signature is what the networks' own embedding writes, in every newspaper alike. A post is short, so the lines
above count only up to its greatest length, and none that reports or quotes.
"""

from __future__ import annotations

import re

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.domain.text import trim
from annotator.language.blocks import blocks

RULE = "embedded post"
_SIGNED = re.compile(r"\s*[—–-]+ ?(?P<name>[^\n(@]{2,60}?) ?\(@\w{1,20}\)")
_LONGEST = 280
_NO_POST = re.compile(
    r"[“”\"]|:\s*$|\b(?:said|says|told|added|tweeted|posted|wrote|shared|according|replied|responded|continued)\b"
)


def embedded_posts(text: str) -> list[PredictedQuotation]:
    """One quotation for each signed post, a part for each of its lines."""
    lines = list(blocks(text))
    found = []
    for index, (start, end) in enumerate(lines):
        signature = _SIGNED.match(text, start, end)
        if signature is None:
            continue
        parts: list[Stretch] = []
        for low, high in reversed(lines[:index]):
            low, high = trim(text, low, high)
            length = sum(map(len, parts)) + high - low
            if length > _LONGEST or _NO_POST.search(text, low, high) or _SIGNED.match(text, low, high):
                break
            parts.insert(0, Stretch(low, high))
        if parts:
            speaker = Stretch(*signature.span("name"))
            found.append(PredictedQuotation(tuple(parts), (), speaker, rule=RULE, score=0.6))
    return found
