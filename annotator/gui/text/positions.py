"""Code points ↔ Qt's UTF-16 positions, and the text that Qt is given: the only module that knows both.

Qt's text document counts UTF-16 units and changes some characters on the way in and out, so it is never the
source of the text. It must not know widgets or marks.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_UNSHOWABLE = re.compile(
    "^\ufeff|[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef]"
)
_MARKER = "◌"
_PIECE = 4_000
_ENDLESS = re.compile(r"[^\n]{20000,}")
_UNBROKEN = re.compile(r"[^\n ]{100000,}")
_LINES_AT_MOST = 150_000


class TextPositions:
    """Converts offsets of one text. Building is linear in the text, converting logarithmic."""

    __slots__ = ("_astral", "_astral_qt", "length", "qt_length")

    def __init__(self, text: str) -> None:
        found = () if text.isascii() else _ASTRAL.finditer(text)
        self._astral = [match.start() for match in found]
        self._astral_qt = [offset + index for index, offset in enumerate(self._astral)]
        self.length = len(text)
        self.qt_length = self.length + len(self._astral)

    def to_qt(self, offset: int) -> int:
        """The UTF-16 position of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def to_text(self, position: int) -> int:
        """The code point offset of a UTF-16 position; the start of the code point if it falls inside one."""
        return position - bisect_left(self._astral_qt, position)


def utf16_length(text: str) -> int:
    """How many UTF-16 units ``text`` has (a lone surrogate counts as one)."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


def display_text(text: str) -> str:
    """What Qt is given: as many UTF-16 units as ``text``, nothing that Qt drops or breaks lines on.

    Controls show as their control pictures, so that nothing hides; direction overrides show as a marker and
    do not act, so that a name cannot pose as another.
    """
    shown = _UNSHOWABLE.sub(_shown, text)
    return _ENDLESS.sub(_broken, shown) if _ENDLESS.search(shown) else shown


def hard_to_show(text: str) -> str | None:
    """Why Qt would take long over a text (very many lines, or no blank in sight), else None."""
    lines = text.count("\n") + (not text.endswith("\n"))
    if lines > _LINES_AT_MOST:
        return f"It has {lines:,} lines."
    found = _UNBROKEN.search(text)
    return f"It has {len(found.group()):,} characters in a row without a blank." if found else None


def _broken(match: re.Match[str]) -> str:
    """An endless line as several, for Qt takes long over one: some of its blanks show as line ends."""
    line, start = match.group(), 0
    pieces = []
    blank = line.find(" ", _PIECE)
    while 0 <= blank < len(line) - 1:
        if not unicodedata.combining(line[blank + 1]):
            pieces.append(line[start:blank])
            start = blank + 1
        blank = line.find(" ", max(start + _PIECE, blank + 1))
    return "\n".join([*pieces, line[start:]])


def _shown(match: re.Match[str]) -> str:
    character = match.group()
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "␡"
    if "\ud800" <= character <= "\udfff" or "\ufdd0" <= character <= "\ufdef":
        return "�"
    return "\u200b" if character == "\ufeff" else _MARKER
