"""Where quotation marks open and close: our own scanner, in linear time, on the text alone.

Each paragraph is scanned by itself, so a stray mark never costs another paragraph; a paragraph that ends open
goes on in the next one where that reopens or holds the missing close. Kinds nest in each other. Knows nothing
of words, cues or parsing: whether what stands in marks is a quotation is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto

from annotator.domain.marks import Stretch
from annotator.language.blocks import blocks


class Family(StrEnum):
    """A kind of quotation mark; marks of one family close each other."""

    CURLY = "curly"
    STRAIGHT = "straight"
    DOUBLED = "doubled"
    GUILLEMETS = "guillemets"
    CORNERS = "corners"
    SINGLE = "single"
    STRAIGHT_SINGLE = "straight single"


SINGLES = frozenset({Family.SINGLE, Family.STRAIGHT_SINGLE})


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch in quotation marks, the marks included, within one paragraph (an index).

    ``closed`` is false where the close is missing (the stretch then ends with the paragraph); ``opened`` is
    false where it goes on from the paragraph before without a mark; ``joins`` says that it goes on from there.
    ``depth`` is 0 unless it stands inside another.
    """

    start: int
    end: int
    paragraph: int
    family: Family
    opener: int
    closer: int
    depth: int = 0
    closed: bool = True
    joins: bool = False

    @property
    def stretch(self) -> Stretch:
        """The stretch with its marks."""
        return Stretch(self.start, self.end)

    @property
    def inner(self) -> Stretch:
        """What stands between the marks."""
        return Stretch(self.start + self.opener, max(self.start + self.opener, self.end - self.closer))

    @property
    def opened(self) -> bool:
        """Whether it begins with a mark."""
        return self.opener > 0


class _Turn(Enum):
    OPEN = auto()
    CLOSE = auto()
    EITHER = auto()


@dataclass(slots=True)
class _Sign:
    start: int
    length: int
    family: Family
    turn: _Turn
    strong: bool = True


_SIGN = re.compile(r"''|``|[“”„‟\"＂«»「」『』‘’‚‛'`]")
_FAMILIES = {
    **dict.fromkeys("“”„‟", Family.CURLY),
    **dict.fromkeys(('"', "＂"), Family.STRAIGHT),
    **dict.fromkeys(("''", "``"), Family.DOUBLED),
    **dict.fromkeys("«»", Family.GUILLEMETS),
    **dict.fromkeys("「」『』", Family.CORNERS),
    **dict.fromkeys("‘’‚‛", Family.SINGLE),
    **dict.fromkeys("'`", Family.STRAIGHT_SINGLE),
}
_COUNTERPARTS = {Family.CURLY: Family.STRAIGHT, Family.STRAIGHT: Family.CURLY}
_BEFORE_OPEN = frozenset("([{<—–-/:=|…*_>")
_AFTER_CLOSE = frozenset(".,;:!?)]}>—–-/…*_|<")
_ELISION = re.compile(r"['’‘](?:\d0s|(?:tis|twas|til|till|em|cause|round|bout|n|nuff|cuz|twere|sup)\b)", re.IGNORECASE)
_SENTENCE_END = frozenset(".,!?…;:")


def marked_stretches(text: str) -> tuple[Marked, ...]:
    """All stretches in quotation marks, nested ones too, ordered by start, longer first. Linear in the text."""
    found: list[Marked] = []
    tail: Marked | None = None
    for index, (start, end) in enumerate(blocks(text)):
        signs = _signs(text, start, end)
        here, stray = _pair(text, signs, index, end)
        if tail is not None:
            here = _join(text, tail, here, stray, start, index)
        found += here
        tail = next((one for one in here if not one.closed and one.depth == 0), None)
    return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


def _join(text: str, tail: Marked, here: list[Marked], stray: Sequence[_Sign], start: int, index: int) -> list[Marked]:
    """Tie this paragraph to one that ended open: it reopens, or it holds the close that was missing."""
    first = min((one for one in here if one.depth == 0), key=lambda one: one.start, default=None)
    lead = _skip_blank(text, start)
    if first is not None and first.start == lead and first.family is tail.family:
        return [replace(one, joins=True) if one is first else one for one in here]
    if stray and stray[0].family is tail.family and (first is None or stray[0].start < first.start):
        close = stray[0]
        piece = Marked(lead, close.start + close.length, index, tail.family, 0, close.length, joins=True)
        return [piece, *here]
    return here


def _skip_blank(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _signs(text: str, start: int, end: int) -> list[_Sign]:
    """The paragraph's marks with the way each may turn; apostrophes are left out."""
    signs = []
    for match in _SIGN.finditer(text, start, end):
        mark = match.group()
        if mark == "''" and not _doubled(text, match.start(), start, end):
            continue
        family = _FAMILIES[mark]
        turn = _turn(text, match.start(), match.end(), start, end, mark)
        if turn is not None:
            signs.append(_Sign(match.start(), len(mark), family, turn))
    _weigh_singles(text, signs, end)
    return signs


def _doubled(text: str, place: int, start: int, end: int) -> bool:
    """Two apostrophes are one mark unless nothing stands beside them that they could enclose."""
    return place > start or place + 2 < end


def _turn(text: str, start: int, stop: int, low: int, high: int, mark: str) -> _Turn | None:
    before = text[start - 1] if start > low else " "
    after = text[stop] if stop < high else " "
    may_open = not after.isspace() and (before.isspace() or before in _BEFORE_OPEN or _is_mark(before))
    may_close = not before.isspace() and (after.isspace() or after in _AFTER_CLOSE or _is_mark(after))
    if mark in ("“", "„", "``", "「", "『"):
        return _Turn.CLOSE if mark == "“" and may_close and not may_open else _Turn.OPEN
    if mark in ("”", "」", "』"):
        return _Turn.CLOSE
    if mark in "‟‚‛`":
        return _Turn.OPEN if may_open else None
    if mark in "‘’'":
        return _turn_of_single(text, start, stop, mark, before, after, may_open=may_open, may_close=may_close)
    return _turn_of_plain(mark, before, after, may_open=may_open, may_close=may_close)


def _turn_of_plain(mark: str, before: str, after: str, *, may_open: bool, may_close: bool) -> _Turn | None:
    if mark == "«":  # French marks may stand off their words; German ones point inwards
        return _Turn.CLOSE if not before.isspace() and not may_open else _Turn.OPEN
    if mark == "»":
        return _Turn.OPEN if before.isspace() and after.isalnum() else _Turn.CLOSE
    if before.isdigit() and mark == '"' and not may_open:
        return _Turn.CLOSE  # a quotation's end or inches: a close without an opener is ignored
    if may_open != may_close:
        return _Turn.OPEN if may_open else _Turn.CLOSE
    return _Turn.EITHER


def _turn_of_single(
    text: str, start: int, stop: int, mark: str, before: str, after: str, *, may_open: bool, may_close: bool
) -> _Turn | None:
    if before.isalnum() and after.isalnum():
        return None
    if _ELISION.match(text, start) and mark != "‘":
        return None
    if mark == "‘":
        return _Turn.OPEN if not after.isspace() and not before.isalnum() else None
    if mark == "’":
        return _Turn.CLOSE if may_close or (not before.isspace() and not after.isalnum()) else None
    if may_open != may_close:
        return _Turn.OPEN if may_open else _Turn.CLOSE
    return _Turn.EITHER if may_open else None


def _is_mark(character: str) -> bool:
    return character in _FAMILIES


def _weigh_singles(text: str, signs: list[_Sign], end: int) -> None:
    """A close after s and before a word may be a plural's possessive: weak if a sure close still follows."""
    sure = False
    for sign in reversed(signs):
        if sign.family not in SINGLES:
            continue
        if sign.turn is _Turn.OPEN:
            sure = False
        elif sign.turn is _Turn.CLOSE:
            before = text[sign.start - 1]
            following = text[sign.start + sign.length : min(end, sign.start + sign.length + 2)]
            possessive = before in "sSzx" and len(following) == 2 and following[0] == " "
            sign.strong = not (possessive and following[1].isalnum() and sure)
            sure = sure or before in _SENTENCE_END or not possessive


def _pair(text: str, signs: Sequence[_Sign], index: int, end: int) -> tuple[list[Marked], list[_Sign]]:
    """Match the paragraph's marks: (stretches, closes that no opener of the paragraph explains)."""
    found: list[Marked] = []
    stray: list[_Sign] = []
    pending: list[_Sign] = []
    open_of = dict.fromkeys(Family, 0)
    for sign in signs:
        turn = sign.turn
        if turn is _Turn.EITHER:
            turn = _Turn.CLOSE if _closes(sign.family, open_of) else _Turn.OPEN
        if turn is _Turn.OPEN:
            if open_of[sign.family] and sign.family in (Family.STRAIGHT, Family.DOUBLED):
                _drop(pending, open_of, sign.family)
            pending.append(sign)
            open_of[sign.family] += 1
        elif not sign.strong:
            continue
        elif family := _closes(sign.family, open_of):
            while (opener := pending.pop()).family is not family:
                open_of[opener.family] -= 1
            open_of[opener.family] -= 1
            close = sign.start + sign.length
            found.append(Marked(opener.start, close, index, family, opener.length, sign.length))
        else:
            stray.append(sign)
    found += _unclosed(text, pending, found, index, end)
    return _with_depth(found), stray


def _closes(family: Family, open_of: dict[Family, int]) -> Family | None:
    """The open family that a close of ``family`` ends: its own, else its straight or curly counterpart."""
    other = _COUNTERPARTS.get(family)
    if open_of[family]:
        return family
    return other if other is not None and open_of[other] else None


def _drop(pending: list[_Sign], open_of: dict[Family, int], family: Family) -> None:
    """Give up on an opener whose kind opens again before it closed, and on what was opened inside it."""
    while True:
        gone = pending.pop()
        open_of[gone.family] -= 1
        if gone.family is family:
            return


def _unclosed(text: str, pending: Sequence[_Sign], found: Sequence[Marked], index: int, end: int) -> list[Marked]:
    """The last opener without a close reaches to the paragraph's end; singles are too often apostrophes."""
    last = pending[-1] if pending else None
    if last is None or last.family is Family.STRAIGHT_SINGLE:
        return []
    if any(one.start > last.start and one.family is last.family for one in found):
        return []
    stop = end
    while stop > last.start + last.length and text[stop - 1].isspace():
        stop -= 1
    if stop <= last.start + last.length:
        return []
    return [Marked(last.start, stop, index, last.family, last.length, 0, closed=False)]


def _with_depth(found: Sequence[Marked]) -> list[Marked]:
    ordered = sorted(found, key=lambda one: (one.start, -one.end))
    ends: list[int] = []
    deep = []
    for one in ordered:
        while ends and ends[-1] <= one.start:
            ends.pop()
        deep.append(replace(one, depth=len(ends)))
        ends.append(one.end)
    return deep
