"""How an article's title and paragraphs were found, and where that was a guess which a person should check.

The rules themselves are ``text.paragraphs`` and the title rule; here is only what can be doubted about their
outcome. Pure functions of a canonical text; they must not know files.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.text import first_line, paragraphs

_ENDS = tuple(".!?:;…。！？")
_CLOSERS = "\"'”’»)]"
_WRAP_SHORTEST, _WRAP_LONGEST = 45, 110
"""Characters of the lines of text that was wrapped by hand or by a mail program."""
_WRAP_LINES = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found: the title's words, where they came from, how many paragraphs, and what is doubtful."""

    title: str
    title_is_first_line: bool
    paragraphs: int
    doubts: tuple[str, ...] = ()


def layout_of(text: str, title: str, *, title_is_first_line: bool, title_was_given: bool = False) -> Layout:
    """Describe how a text is read; ``title`` is what the title rule made of it."""
    stretches = list(paragraphs(text))
    doubts = [
        *([] if title_was_given else _title_doubts(text, title, title_is_first_line, len(stretches))),
        *_paragraph_doubts([text[start:end].splitlines() for start, end in stretches]),
    ]
    return Layout(title, title_is_first_line, len(stretches), tuple(doubts))


def _title_doubts(text: str, title: str, is_first_line: bool, count: int) -> list[str]:
    if not is_first_line:
        too_long = f"Its first line is too long for a title, so it is called “{title}”."
        return [] if first_line(text) is None else [too_long]
    if count <= 1 and "\n" not in text.strip():
        return ["It is one short line, which is its title, too."]
    if _ends_sentence(title) and not title.rstrip(_CLOSERS).endswith(("?", "!")):
        return ["Its first line reads like a sentence; it was taken as the title."]
    return []


def _paragraph_doubts(found: list[list[str]]) -> list[str]:
    """Blank lines that part only some paragraphs, or lines that were wrapped without any blank line."""
    inner = [line for lines in found for line in lines[:-1]]
    ended = sum(_ends_sentence(line) for line in inner)
    if len(inner) >= 2 and ended * 2 > len(inner):
        what = "1 line inside them ends" if ended == 1 else f"{ended} lines inside them end"
        return [f"Blank lines part its paragraphs, but {what} like a paragraph, too."]
    if not inner and _looks_wrapped([lines[0] for lines in found if lines]):
        return [f"It has no blank lines, so each of its {len(found)} lines is a paragraph, but they look wrapped."]
    return []


def _looks_wrapped(lines: list[str]) -> bool:
    """Lines of about one length, most of which stop in mid-sentence."""
    body = [line.strip() for line in lines[1:]]
    if len(body) < _WRAP_LINES:
        return False
    fits = sum(_WRAP_SHORTEST <= len(line) <= _WRAP_LONGEST for line in body)
    open_ = sum(not _ends_sentence(line) for line in body)
    return fits * 4 >= len(body) * 3 and open_ * 2 > len(body) and max(map(len, body)) <= _WRAP_LONGEST


def _ends_sentence(line: str) -> bool:
    return line.rstrip().rstrip(_CLOSERS).endswith(_ENDS)
