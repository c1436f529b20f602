"""Canonical text, paragraphs, word and grapheme borders.

The canonical text is fixed once, at import, and never changes; every offset of the program counts its code
points. Borders follow UAX 29 (https://www.unicode.org/reports/tr29/) as the ``regex`` package implements it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

import regex

_SPECIAL = regex.compile(r"\A\ufeff+|\r\n?|[\u2028\u2029\u0085\x00\ud800-\udfff\ufdd0-\ufdef]")
_WORD_BORDER = regex.compile(r"\b", regex.WORD | regex.VERSION1)
_GRAPHEME = regex.compile(r"\X")
_BLANK_LINE = regex.compile(r"\n[^\S\n]*\n")
_LINE = regex.compile(r"[^\n]+")
_FAR = 10_000
"""So far from a place its borders cannot depend on what stands there, once a blank lies between."""
_POSSESSIVE = regex.compile(r"(?<=\w)['’]s\b", regex.IGNORECASE)


class ChangeKind(StrEnum):
    """Why the canonical text differs from what was read."""

    LINE_BREAK = "line break"
    BYTE_ORDER_MARK = "byte order mark"
    NUL = "NUL character"
    LONE_SURROGATE = "lone surrogate"
    NONCHARACTER = "noncharacter"


@dataclass(frozen=True, slots=True)
class TextChange:
    """One replacement made on the way to canonical text.

    ``start`` is the code point offset in the text as read; ``removed`` and ``inserted`` count code points.
    """

    start: int
    removed: int
    inserted: int
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """A text that no longer changes, and how it came from what was read."""

    text: str
    changes: tuple[TextChange, ...] = ()

    def map_offset(self, offset: int) -> int:
        """Translate an offset into the text as read to one into the canonical text.

        An offset inside a replaced stretch goes to its end, so that a span never loses a character.
        """
        index = bisect_right(self.changes, offset, key=lambda change: change.start)
        shift = sum(change.inserted - change.removed for change in self.changes[:index])
        if index and offset < self.changes[index - 1].start + self.changes[index - 1].removed:
            last = self.changes[index - 1]
            if offset > last.start:
                return last.start + last.removed + shift
            return offset + shift - (last.inserted - last.removed)
        return offset + shift

    @property
    def notable(self) -> tuple[TextChange, ...]:
        """Changes that a person should be told of: all but line breaks and a byte order mark."""
        quiet = (ChangeKind.LINE_BREAK, ChangeKind.BYTE_ORDER_MARK)
        return tuple(change for change in self.changes if change.kind not in quiet)


def _replacement(found: str) -> tuple[str, ChangeKind]:
    if found[0] == "\ufeff":
        return "", ChangeKind.BYTE_ORDER_MARK
    if found == "\x00":
        return "␀", ChangeKind.NUL
    if "\ud800" <= found <= "\udfff":
        return "�", ChangeKind.LONE_SURROGATE
    if "\ufdd0" <= found <= "\ufdef":
        return "�", ChangeKind.NONCHARACTER
    return "\n", ChangeKind.LINE_BREAK


def canonicalise(raw: str) -> CanonicalText:
    """Fix the canonical text of what was read (idempotent).

    CRLF, CR, U+2028, U+2029 and U+0085 become LF; leading byte order marks are dropped; NUL becomes U+2400;
    lone surrogates and U+FDD0..U+FDEF become U+FFFD. Everything else stays, NBSP and combining marks too.
    """
    changes: list[TextChange] = []
    pieces: list[str] = []
    position = 0
    for match in _SPECIAL.finditer(raw):
        new, kind = _replacement(match.group())
        pieces += (raw[position : match.start()], new)
        position = match.end()
        changes.append(TextChange(match.start(), position - match.start(), len(new), kind))
    return CanonicalText("".join([*pieces, raw[position:]]), tuple(changes))


def text_digest(text: str) -> str:
    """SHA-256 of a canonical text's UTF-8 bytes, in hexadecimal: a text is stored once under it."""
    return hashlib.sha256(text.encode()).hexdigest()


def first_line(text: str) -> tuple[int, int] | None:
    """The stretch of the first line that is not blank, blanks trimmed; None for a blank text."""
    for match in _LINE.finditer(text):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + match.group().index(stripped)
            return start, start + len(stripped)
    return None


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the paragraphs, line breaks at their ends left out.

    Blank lines part paragraphs where the text has any; else each line is one.
    """
    if not _BLANK_LINE.search(text.strip()):
        yield from (match.span() for match in _LINE.finditer(text) if not match.group().isspace())
        return
    position = 0
    for match in [*_BLANK_LINE.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[position:end]
        if piece.strip():
            yield (
                position + len(piece) - len(piece.lstrip("\n")),
                end - (len(piece) - len(piece.rstrip("\n"))),
            )
        if match:
            position = match.end()


def _line_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The line that holds ``[start, end]``; of an endless one only a part, cut where a blank parts two words."""
    low, high = text.rfind("\n", 0, start) + 1, length if (length := text.find("\n", end)) >= 0 else len(text)
    place = start - _FAR
    while place > low and (place := text.rfind(" ", low, place)) >= 0:
        if text[place + 1].isalnum():
            low = place + 1
            break
    place = end + _FAR
    while place < high and (place := text.find(" ", place + 1, high)) >= 0:
        if text[place - 1].isalnum():
            high = place
            break
    return low, high


def word_borders(text: str, start: int, end: int) -> list[int]:
    """All word borders (UAX 29, and one before a final ’s or 's) on the lines that hold ``[start, end]``.

    A few of UAX 29's word borders lie inside a user-perceived character (before U+0E33, for one): not here.
    """
    low, high = _line_around(text, start, end)
    line = text[low:high]
    borders = {low + match.start() for match in _WORD_BORDER.finditer(line)}
    borders.update(low + match.start() for match in _POSSESSIVE.finditer(line))
    return sorted({low, high, *borders.intersection(grapheme_borders(text, start, end))})


def snap_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen ``[start, end)`` to whole words and trim blanks at both ends, never inside a user-perceived character.

    An end that already stands on a border stays. Returns ``(start, start)`` where only blanks are left.
    """
    start, end = sorted(min(max(0, offset), len(text)) for offset in (start, end))
    start, end = trim(text, start, end)
    if start == end:
        return start, start
    borders = word_borders(text, start, end)
    low = borders[bisect_right(borders, start) - 1]
    high = next(border for border in borders if border >= end)
    # A blank can be the base of a combining mark; then it belongs to the word.
    return snap_to_graphemes(text, *trim(text, low, high))


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop blanks at both ends of ``[start, end)``."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def word_at(text: str, offset: int) -> tuple[int, int] | None:
    """The word (a stretch between borders that is not blank) that holds ``offset`` or ends at it."""
    if not text:
        return None
    borders = word_borders(text, min(offset, len(text)), min(offset, len(text)))
    for position in (offset, offset - 1):
        if 0 <= position < len(text) and not text[position].isspace():
            index = bisect_right(borders, position)
            if 0 < index < len(borders):
                return borders[index - 1], borders[index]
    return None


def next_border(text: str, offset: int, step: int) -> int:
    """The next place where a word ends (``step`` 1) or starts (``step`` -1) beyond ``offset``."""
    position = offset
    if step > 0:
        while position < len(text) and text[position].isspace():
            position += 1
        if position == len(text):
            return position
        return next(border for border in word_borders(text, position, position) if border > position)
    while position > 0 and text[position - 1].isspace():
        position -= 1
    if position == 0:
        return 0
    return next(border for border in reversed(word_borders(text, position, position)) if border < position)


def grapheme_borders(text: str, start: int, end: int) -> list[int]:
    """Borders of user-perceived characters on the lines that hold ``[start, end]``."""
    low, high = _line_around(text, start, end)
    lengths = (len(match.group()) for match in _GRAPHEME.finditer(text[low:high]))
    return [low, *accumulate(lengths, initial=low)][1:]


def snap_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen ``[start, end)`` so that no end falls inside a user-perceived character."""
    borders = grapheme_borders(text, start, end)
    low = borders[bisect_right(borders, start) - 1]
    return low, next((border for border in borders if border >= end), end)


def next_character(text: str, offset: int, step: int) -> int:
    """The border of the next (``step`` 1) or previous (``step`` -1) user-perceived character."""
    if step > 0:
        if offset >= len(text):
            return len(text)
        if text[offset] == "\n":
            return offset + 1
        return next(border for border in grapheme_borders(text, offset, offset) if border > offset)
    if offset <= 0:
        return 0
    if text[offset - 1] == "\n":
        return offset - 1
    return next(border for border in reversed(grapheme_borders(text, offset, offset)) if border < offset)
