"""Moving the ends of stretches, and naming the stretches of a quotation by role. Pure."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from annotator.domain import text as borders
from annotator.domain.marks import QuotationFields, Stretch
from annotator.domain.quotations import arrange_parts


class Side(Enum):
    """Which end of a stretch moves."""

    START = "start"
    END = "end"


class Unit(Enum):
    """By how much an end moves."""

    WORD = "word"
    CHARACTER = "character"


def stretch_of(fields: QuotationFields, role: str, index: int) -> Stretch:
    """A quotation's stretch by its role ("content", "cue", "speaker"; else the first content part)."""
    if role == "cue" and index < len(fields.cue):
        return fields.cue[index]
    if role == "speaker" and fields.speaker:
        return fields.speaker
    return fields.content[index if role == "content" and index < len(fields.content) else 0]


def with_stretch(fields: QuotationFields, role: str, index: int, stretch: Stretch) -> QuotationFields:
    """The quotation with one of its stretches put elsewhere; content parts that touch are joined."""
    if role == "cue" and index < len(fields.cue):
        return replace(fields, cue=arrange_parts([*fields.cue[:index], stretch, *fields.cue[index + 1 :]]))
    if role == "speaker" and fields.speaker:
        return replace(fields, speaker=stretch)
    index = index if role == "content" and index < len(fields.content) else 0
    return replace(fields, content=arrange_parts([*fields.content[:index], stretch, *fields.content[index + 1 :]]))


def moved(text: str, stretch: Stretch, side: Side, unit: Unit, step: int) -> Stretch:
    """The stretch with one end moved by a word or character; the same one where that would leave nothing."""
    start, end = stretch.start, stretch.end
    if unit is Unit.CHARACTER:
        if side is Side.START:
            start = borders.next_character(text, start, step)
        else:
            end = borders.next_character(text, end, step)
    elif side is Side.END:
        end = borders.next_border(text, end, step)
        while step < 0 and end > start and text[end - 1].isspace():
            end -= 1
    else:
        start = borders.next_border(text, start, step)
        while step > 0 and start < end and text[start].isspace():
            start += 1
    return Stretch(start, end) if start < end else stretch
