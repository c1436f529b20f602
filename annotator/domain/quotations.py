"""Pure rules about quotations: their type, where their stretches may lie, and when two are the same act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.errors import InvalidStretch
from annotator.domain.marks import QuotationFields, QuotationType, Stretch

_OPENERS = "“„‟«‹「『\"'‘`"
_DOUBLE = '“”„‟«»「」『』"'


def quotation_type(text: str, content: Iterable[Stretch]) -> QuotationType:
    """Direct where every content part stands in quotation marks, mixed where some words do, else indirect."""
    words = [part.slice(text).strip() for part in content]
    if all(_in_marks(part) for part in words):
        return QuotationType.DIRECT
    if any(mark in part for part in words for mark in _DOUBLE) or any("‘" in part for part in words):
        return QuotationType.MIXED
    return QuotationType.INDIRECT


def _in_marks(words: str) -> bool:
    return bool(words) and words[0] in _OPENERS


def arrange_parts(parts: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Content parts in order of the text, overlapping or touching ones joined."""
    arranged: list[Stretch] = []
    for part in sorted(parts):
        if arranged and part.start <= arranged[-1].end:
            arranged[-1] = Stretch(arranged[-1].start, max(arranged[-1].end, part.end))
        else:
            arranged.append(part)
    return tuple(arranged)


def same_quotation(one: QuotationFields, other: QuotationFields) -> bool:
    """Whether two quotations are the same act: their contents share at least half of the longer one."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.content for b in other.content)
    longer = max(sum(map(len, one.content)), sum(map(len, other.content)))
    return shared * 2 >= longer


def check_stretch(stretch: Stretch, length: int) -> Stretch:
    """Return ``stretch`` if it lies inside a text of ``length`` code points and is not empty.

    Raises:
        InvalidStretch: it is empty, reversed or outside.
    """
    if not 0 <= stretch.start < stretch.end <= length:
        raise InvalidStretch(
            f"The stretch {stretch.start} to {stretch.end} lies outside the text ({length} characters)."
        )
    return stretch


def stretches_of(fields: QuotationFields) -> Sequence[tuple[str, int, Stretch]]:
    """Every stretch that a quotation owns, as (role, index, stretch); roles are content, cue, speaker."""
    return [
        *(("content", index, part) for index, part in enumerate(fields.content)),
        *(("cue", index, part) for index, part in enumerate(fields.cue)),
        *((("speaker", 0, fields.speaker),) if fields.speaker else ()),
    ]
