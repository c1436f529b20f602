"""Where a named entity starts and ends: without possessive, marks and blanks, within one paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.domain.predictions import PredictedSpan
from annotator.language.blocks import blocks
from annotator.language.entities.names import NAMED
from annotator.language.entities.places import places

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=[sS])['’])$", re.IGNORECASE)
_SCORE = re.compile(r"(?:[\s(]+\d+[-–]\d+(?:[\s,()\d–-]*))$")
_NUMBER = re.compile(r"(?<=[^\W\d])\s+\d+$")
_FULL_STOP = re.compile(r"(?<![A-Za-z]\.)(?<!\b[A-Z])\b[\w-]{5,}\.$")
_TITLE = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Sir|Rev|Hon)\b\.?\s+)+")
_EDGE = " \t\n\r\u00a0\u200b“”„‟‘’‚«»\"'`,;:–—|•*_#-"
_OWNED = re.compile(r"[’']s (?=[A-Z0-9])")
_OPENERS, _CLOSERS = "([{", ")]}"


def clean_ends(text: str, spans: Iterable[PredictedSpan]) -> list[PredictedSpan]:
    """Shorten each span to the name itself; one that crosses a paragraph border keeps its first paragraph.

    A span of which nothing with a letter or digit is left is dropped. The label stays as it is.
    """
    borders = list(blocks(text))
    starts = [start for start, _ in borders]
    cleaned = []
    for span in spans:
        start, end = _within_paragraph(text, span.start, span.end, borders, starts)
        start, end = strip_ends(text, start, end)
        if span.label in NAMED:
            start, end = _name_alone(text, start, end, span.label)
        if span.label in NAMED and text[start:end].islower():
            continue
        if any(character.isalnum() for character in text[start:end]):
            changed = (start, end) != (span.start, span.end)
            cleaned.append(replace(span, start=start, end=end, rule="ends") if changed else span)
    return cleaned


def split_owners(text: str, spans: Sequence[PredictedSpan]) -> list[PredictedSpan]:
    """``Vox Media’s Code Conference`` is two names where the owner is a place or is named elsewhere by itself."""
    labels = {text[span.start : span.end]: span.label for span in spans}
    done = []
    for span in spans:
        match = _OWNED.search(text, span.start, span.end)
        owner = text[span.start : match.start()].removeprefix("the ") if match else ""
        label = labels.get(owner) or ("GPE" if owner in places() else None)
        if match is None or label is None or span.label not in NAMED:
            done.append(span)
        else:
            done.append(PredictedSpan(span.start, match.start(), label, rule="ends"))
            done.append(replace(span, start=match.end(), rule="ends"))
    return done


def _name_alone(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """Drop a score or number behind the name, a full stop that ends no abbreviation, a personal title before it."""
    if match := _SCORE.search(text, start, end):
        end = match.start()
    if text[start:end].endswith(".") and _FULL_STOP.search(text, start, end):
        end -= 1
    if label in ("PERSON", "GPE") and (match := _NUMBER.search(text, start, end)):
        end = match.start()
    if label == "PERSON" and (match := _TITLE.match(text, start, end)) and match.end() < end:
        start = match.end()
    return start, end


def _within_paragraph(
    text: str, start: int, end: int, borders: Sequence[tuple[int, int]], starts: Sequence[int]
) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    index = bisect_right(starts, start) - 1
    return (start, min(end, borders[index][1])) if index >= 0 else (start, end)


def strip_ends(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop marks, blanks, unpaired brackets and a final possessive at both ends of ``[start, end)``."""
    while True:
        before = (start, end)
        while start < end and (text[start] in _EDGE or _unpaired(text, start, end, first=True)):
            start += 1
        while end > start and (text[end - 1] in _EDGE or _unpaired(text, start, end, first=False)):
            end -= 1
        if match := _POSSESSIVE.search(text, start, end):
            end = match.start()
        if (start, end) == before:
            return start, end


def _unpaired(text: str, start: int, end: int, *, first: bool) -> bool:
    mark = text[start] if first else text[end - 1]
    words = text[start:end]
    for opener, closer in zip(_OPENERS, _CLOSERS, strict=True):
        if mark == (opener if first else closer):
            return words.count(opener) != words.count(closer)
        if mark == (closer if first else opener):
            return True
    return False
