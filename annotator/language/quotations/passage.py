"""A parsed document with its quotation marks: what every rule of the extractor looks at.

Tokens are spaCy's; a *top* is a stretch in marks that stands in no other. For the sentence around it such a
stretch is one unit: its inside never ends the sentence and never holds a cue.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.marks import Stretch
from annotator.language.quotations.marks import Marked, marked_stretches
from annotator.language.settings import DEFAULT, Settings
from annotator.language.words import word_set

SENTENCE_ENDS = frozenset(".!?…")
DASHES = frozenset(("-", "–", "—", "--", "―", "‒"))


@dataclass(slots=True)
class Passage:
    """The document; ``quote_of[i]`` is the index in ``tops`` of the stretch that holds token i, or -1."""

    text: str
    doc: Any
    tops: tuple[Marked, ...]
    starts: list[int]
    ends: list[int]
    quote_of: list[int]
    sentence_starts: list[int] = field(default_factory=list)
    settings: Settings = DEFAULT
    verbs: list[Any] = field(default_factory=list)
    """The verbs and auxiliaries outside marks: where every rule for indirect speech looks."""
    nouns: list[Any] = field(default_factory=list)
    """The common nouns outside marks."""

    def token_from(self, offset: int) -> int:
        """Index of the first token that starts at ``offset`` or later."""
        return bisect_left(self.starts, offset)

    def inside(self, token: Any) -> bool:
        """Whether the token stands in quotation marks."""
        index: int = token.i
        return self.quote_of[index] >= 0

    def sentence(self, index: int) -> tuple[int, int]:
        """The tokens ``[start, end)`` of the outer sentence that holds token ``index``."""
        place = bisect_right(self.sentence_starts, index)
        start = self.sentence_starts[place - 1] if place else 0
        end = self.sentence_starts[place] if place < len(self.sentence_starts) else len(self.starts)
        return max(start, index - _LONGEST), min(end, index + _LONGEST)

    def tokens_of(self, top: Marked) -> tuple[int, int]:
        """The tokens ``[start, end)`` that a stretch in marks covers."""
        return self.token_from(top.start), self.token_from(top.end)

    def pauses(self, index: int) -> bool:
        """Whether token ``index`` is a comma or a dash between words, not a hyphen within one."""
        text: str = self.doc[index].text
        if text == ",":
            return True
        return text in DASHES and (len(text) > 1 or text != "-" or self._apart(index))

    def _apart(self, index: int) -> bool:
        start = self.starts[index]
        return start > 0 and (self.text[start - 1].isspace() or self.quote_of[index - 1] >= 0)

    def stretch(self, start: int, end: int) -> Stretch | None:
        """The characters of tokens ``[start, end)`` without blanks and loose punctuation at the ends."""
        while start < end and self._loose(start, opening=True):
            start += 1
        while end > start and self._loose(end - 1, opening=False):
            end -= 1
        return Stretch(self.starts[start], self.ends[end - 1]) if start < end else None

    def _loose(self, index: int, *, opening: bool) -> bool:
        word = self.text[self.starts[index] : self.ends[index]]
        if self.quote_of[index] >= 0:
            return word.isspace()
        return word.isspace() or word in _LOOSE or (not opening and word in SENTENCE_ENDS)


_LONGEST = 500
"""How far a sentence reaches from a token at most, in tokens: keeps work linear in texts without full stops."""
_LOOSE = DASHES | frozenset((",", ";", ":", "."))


_TITLES = word_set("Mr Mrs Ms Dr Prof Rev Hon Sen Sens Rep Reps Gov Govs Capt Lt Col Gen Maj Sgt Cpl Adm Cmdr")
"""Abbreviations that a name follows: their full stop ends no sentence, whatever the tokenizer makes of it."""


def read_passage(text: str, doc: Any, settings: Settings = DEFAULT) -> Passage:
    """Scan the marks, tie tokens to them, and find the outer sentences."""
    tops = tuple(one for one in marked_stretches(text) if one.depth == 0)
    starts = [token.idx for token in doc]
    ends = [token.idx + len(token) for token in doc]
    quote_of = [-1] * len(starts)
    for index, top in enumerate(tops):
        for i in range(max(0, bisect_right(ends, top.start)), bisect_left(starts, top.end)):
            quote_of[i] = index
    passage = Passage(text, doc, tops, starts, ends, quote_of, settings=settings)
    passage.sentence_starts = _sentence_starts(passage)
    for token in doc:
        if quote_of[token.i] < 0:
            kind = token.pos_
            if kind in ("VERB", "AUX"):
                passage.verbs.append(token)
            elif kind == "NOUN":
                passage.nouns.append(token)
    return passage


def _sentence_starts(passage: Passage) -> list[int]:
    starts = []
    previous: Any = None
    for token in passage.doc:
        if token.is_space:
            continue
        if previous is None or _begins(passage, previous, token):
            starts.append(token.i)
        previous = token
    return starts


def _begins(passage: Passage, previous: Any, token: Any) -> bool:
    """Whether an outer sentence begins at ``token``: never inside marks, else after an end or a paragraph."""
    quote, before = passage.quote_of[token.i], passage.quote_of[previous.i]
    if quote >= 0 and quote == before:
        return False
    if "\n" in passage.text[passage.ends[previous.i] : token.idx] and (
        token.is_sent_start or (quote >= 0 and _opens_line(passage, quote, previous))
    ):
        return True
    if quote < 0 and (token.text in _LOOSE or token.text in (")", "]")):
        return False
    if before >= 0:
        return _quote_ends_sentence(passage, passage.tops[before], token)
    if previous.text in SENTENCE_ENDS or previous.text.strip(".") == "":
        return not (previous.i and passage.doc[previous.i - 1].text in _TITLES and previous.text == ".")
    return bool(token.is_sent_start) and previous.text.endswith(".")


def _opens_line(passage: Passage, quote: int, previous: Any) -> bool:
    """Whether a line begins with a whole sentence in marks that nothing on the line before leads up to."""
    upper = passage.tops[quote].inner.slice(passage.text)[:1].isupper()
    return upper and previous.text not in (",", ":") and previous.pos_ in ("PROPN", "PUNCT", "NUM")


def _quote_ends_sentence(passage: Passage, top: Marked, token: Any) -> bool:
    words = top.inner.slice(passage.text).rstrip("\"'”’» ")
    if not words or words[-1] not in SENTENCE_ENDS:
        return False
    upper = token.text[0].isupper() or passage.quote_of[token.i] >= 0
    return upper and (words[-1] == "." or passage.quote_of[token.i] >= 0 or bool(token.is_sent_start))
