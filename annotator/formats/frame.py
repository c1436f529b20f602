"""The text of a line and everything that is measured in it: stretches are checked and mapped to canonical offsets.

Knows no format beyond the keys ``text``, ``text_sha256``, ``offset_unit``, ``start`` and ``end``.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from itertools import accumulate

from annotator.domain.marks import Stretch
from annotator.domain.text import CanonicalText, canonicalise
from annotator.formats.article_text import is_blank
from annotator.formats.fields import Fields
from annotator.formats.problems import CORRECT_LINE, Unreadable, shown

_UNIT = "Count offsets in Unicode code points and export the file again."


class OffsetMap:
    """The same as ``CanonicalText.map_offset``, for many offsets: logarithmic in the number of changes."""

    def __init__(self, canonical: CanonicalText) -> None:
        self._changes = canonical.changes
        self._starts = [change.start for change in canonical.changes]
        self._shifts = [*accumulate((change.inserted - change.removed for change in canonical.changes), initial=0)]

    def __call__(self, offset: int) -> int:
        """The offset in the canonical text."""
        index = bisect_right(self._starts, offset)
        if index:
            last = self._changes[index - 1]
            end = last.start + last.removed
            if offset == last.start < end:
                return offset + self._shifts[index - 1]
            if offset < end:
                return end + self._shifts[index]
        return offset + self._shifts[index]


class Frame:
    """A line's text as read (``raw``) and as fixed (``canonical``)."""

    def __init__(self, line: Fields) -> None:
        """Take the text of a line.

        Raises:
            Unreadable: there is none, its digest differs, or offsets count something else than code points.
        """
        raw = line.values.get("text")
        if not isinstance(raw, str):
            raise line.bad("text", "a string")
        if is_blank(raw):
            raise Unreadable("text is empty.", "Leave the line out, or put the article's text in it.")
        self.raw = raw
        self.canonical = canonicalise(raw)
        self._map = OffsetMap(self.canonical)
        _check_unit(line)
        _check_digest(line, raw)

    def stretch(self, item: Fields) -> Stretch:
        """The stretch of an object with ``start``, ``end`` and perhaps its ``text``.

        Raises:
            Unreadable: it is empty, reversed, outside the text, or its words differ.
        """
        start, end = item.integer("start"), item.integer("end")
        self._check_range(item, start, end)
        words = item.values.get("text")
        if words is not None and words != self.raw[start:end]:
            found = shown(self.raw[start:end])
            what = f"{item.name('text')} is {shown(words)}, but the text has {found} at {start:,} to {end:,}."
            raise Unreadable(what, "Check that offsets count Unicode code points of this very text.")
        mapped = Stretch(self._map(start), self._map(end))
        if not mapped:
            raise Unreadable(f"{item.path} covers only a byte order mark.", CORRECT_LINE)
        return mapped

    def _check_range(self, item: Fields, start: int, end: int) -> None:
        for key, offset in (("start", start), ("end", end)):
            if offset < 0:
                raise Unreadable(f"{item.name(key)} is {shown(offset)}, but offsets begin at 0.", CORRECT_LINE)
            if offset > len(self.raw):
                what = f"{item.name(key)} is {shown(offset)}, but the text has {len(self.raw):,} characters."
                raise Unreadable(what, CORRECT_LINE)
        if start == end:
            raise Unreadable(f"{item.path} is empty: it starts and ends at {start:,}.", CORRECT_LINE)
        if start > end:
            raise Unreadable(f"{item.path} ends at {end:,}, before its start at {start:,}.", CORRECT_LINE)


def _check_unit(line: Fields) -> None:
    unit = line.values.get("offset_unit")
    if unit is not None and unit != "codepoint":
        raise Unreadable(f'offset_unit is {shown(unit)}; only "codepoint" can be read.', _UNIT)


def _check_digest(line: Fields, raw: str) -> None:
    digest = line.optional_text("text_sha256")
    if digest is not None and digest.lower() != hashlib.sha256(raw.encode()).hexdigest():
        raise Unreadable(
            "text_sha256 does not fit the text: the text was altered after it was annotated.",
            "Export the file again, or take text_sha256 out if the offsets are right.",
        )
