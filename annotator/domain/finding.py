"""Finding words in a text as people expect it: curly and straight marks, any blanks, either way of writing accents.

The text is folded character by character with a table of where each folded character comes from, so that hits are
stretches of the canonical text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from annotator.domain.marks import Stretch
from annotator.domain.text import word_borders

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for finding; ``origins[i]`` is the offset in the text that folded character i comes from."""

    text: str
    origins: tuple[int, ...]


@lru_cache(maxsize=4)
def fold(text: str, case: bool = False) -> Folded:
    """Fold a text: marks, dashes and blanks alike, no invisible characters; without ``case`` no case, no accents."""
    if text.isascii():
        plain = "".join(" " if character.isspace() else character for character in text)
        return Folded(plain if case else plain.lower(), tuple(range(len(text))))
    pieces: list[str] = []
    origins: list[int] = []
    for offset, character in enumerate(text):
        folded = _fold_character(character, case)
        pieces.append(folded)
        origins += [offset] * len(folded)
    return Folded("".join(pieces), tuple(origins))


@lru_cache(maxsize=4096)
def _fold_character(character: str, case: bool) -> str:
    if character.isspace():
        return " "
    folded = unicodedata.normalize("NFD", character.translate(_SAME))
    if case:
        return folded
    return "".join(part for part in folded.casefold() if not unicodedata.combining(part))


def find_all(text: str, words: str, *, case: bool = False, whole_words: bool = False) -> list[Stretch]:
    """Every place where ``words`` stand in ``text``, in order, not overlapping."""
    wanted = fold(words, case).text.strip()
    if not wanted:
        return []
    folded = fold(text, case)
    found: list[Stretch] = []
    position = folded.text.find(wanted)
    while position >= 0:
        end = position + len(wanted)
        stretch = Stretch(folded.origins[position], _end(text, folded, end))
        if whole_words and not _is_whole(text, stretch):
            position = folded.text.find(wanted, position + 1)
            continue
        found.append(stretch)
        position = folded.text.find(wanted, end)
    return found


def _end(text: str, folded: Folded, end: int) -> int:
    """Where a hit ends in the text: combining marks behind its last character belong to it."""
    offset = folded.origins[end - 1] + 1
    while offset < len(text) and unicodedata.combining(text[offset]):
        offset += 1
    return offset


def _is_whole(text: str, stretch: Stretch) -> bool:
    borders = word_borders(text, stretch.start, stretch.end)
    return stretch.start in borders and stretch.end in borders
