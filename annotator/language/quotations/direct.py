"""Quotations in marks: which marked stretches are quotations, and whose.

Beside each stretch a frame is sought after it, then before it; stretches of one paragraph that go on from an
attributed one join it as further parts; a whole sentence in marks without cue takes the speaker of what
stands before it. Anything else in marks (titles, names, single words) is no quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.language.quotations.cues import Frame, is_cue
from annotator.language.quotations.edges import has_finite, sentence_lead
from annotator.language.quotations.frames import LOADED_FRAME, Attribution, frame_after, frame_before, signature
from annotator.language.quotations.marks import Marked
from annotator.language.quotations.mentions import FINITE, is_subject, mention
from annotator.language.quotations.passage import SENTENCE_ENDS, Passage
from annotator.language.quotations.titles import is_title

_CLOSING = frozenset(".,!?…—–-;")


@dataclass(slots=True)
class _Act:
    """A quotation in the making: its parts, and the attribution of one of them."""

    parts: list[Marked] = field(default_factory=list)
    found: Attribution | None = None
    rule: str = ""
    score: float = 0.0
    start: int | None = None


def direct_quotations(passage: Passage) -> list[PredictedQuotation]:
    """All quotations that stand in marks, parts in order; scores are the share found exact for each rule."""
    acts: list[_Act] = []
    previous: _Act | None = None
    for index, top in enumerate(passage.tops):
        act = _act_of(passage, index, top, previous)
        if act is None:
            continue
        if act is not previous:
            acts.append(act)
        previous = act
    return [_quotation(act) for act in _give_speakers(passage, acts) if act.score > 0]


def _act_of(passage: Passage, index: int, top: Marked, previous: _Act | None) -> _Act | None:
    """The act that this stretch belongs to: the previous one that it goes on from, or its own; None for none."""
    start, end = passage.tokens_of(top)
    if start >= end:
        return None
    if top.joins and previous is not None and previous.parts[-1].paragraph == top.paragraph - 1:
        return _extend(previous, top, _after(passage, index, top, end))
    after = signature(passage, end) if is_whole(passage, top) else None
    after = after or _after(passage, index, top, end)
    before = None if after else _before(passage, index, start)
    whole = is_whole(passage, top)
    near = previous is not None and previous.parts[-1].paragraph == top.paragraph
    if near and previous is not None:
        if whole and before is None and (after is None or previous.found is None):
            return _extend(previous, top, after)
        if after is None and _same_cue(before, previous) and _resumes(passage, previous, top):
            return _extend(previous, top, None)
    found = after or before
    if found is not None and is_title(passage.text, top) and not is_whole_start(passage, top):
        found = after = None
    if after is not None and (lead := _lead(passage, start)) is not None:
        return _Act([top], after, "frame after, part in marks", 0.75, lead)
    if found is not None and found.rule == "quote without comma" and not _is_outcry_or_speech(passage, top):
        return None
    if found is not None:
        return _Act([top], found, found.rule, found.score, None if after else _that_before(passage, found, start))
    return _Act([top], None, "floating", 0.68) if whole and _is_speech(passage, top) else None


def _is_all(passage: Passage, found: Attribution, end: int) -> bool:
    """Whether the frame is its whole sentence: a frame can follow a full stop only by a slip, and then it is short."""
    _, high = passage.sentence(end)
    rest = passage.doc[found.end : high]
    return found.rule == "frame after" and found.end - end < 8 and all(t.is_space or t.text == "." for t in rest)


def _that_before(passage: Passage, found: Attribution | None, start: int) -> int | None:
    """``said that in Orle, "boats will return"``: the offset of the "that" with which the content begins."""
    if (
        found is None
        or not found.cue
        or start < 2
        or (not passage.pauses(start - 1) and passage.doc[start - 1].text != ":")
    ):
        return None
    low = passage.token_from(found.cue[-1].end)
    that = next(
        (i for i in range(low, start - 1) if passage.doc[i].lower_ == "that" and passage.doc[i].tag_ == "IN"), None
    )
    return None if that is None else passage.starts[that]


def _is_outcry_or_speech(passage: Passage, top: Marked) -> bool:
    return _is_speech(passage, top) or top.inner.slice(passage.text).rstrip()[-1:] in ("!", "?")


def _is_speech(passage: Passage, top: Marked) -> bool:
    """Whether a whole sentence in marks can be speech by itself: several words, not set like a title."""
    words = [word for word in top.inner.slice(passage.text).split() if word[:1].isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) * 2 <= len(words) + 1


def _extend(act: _Act, top: Marked, after: Attribution | None) -> _Act:
    act.parts.append(top)
    if act.found is None and after is not None:
        act.found, act.rule, act.score = after, after.rule, after.score
    return act


def _words(passage: Passage, top: Marked) -> int:
    return len(top.inner.slice(passage.text).split())


def is_whole(passage: Passage, top: Marked) -> bool:
    """Whether the stretch begins a sentence, begins upper case and closes its own clause."""
    inner = top.inner.slice(passage.text).strip()
    if not inner or not (inner[0].isupper() or inner[0].isdigit() or not inner[0].isalpha()):
        return False
    if top.closed and inner[-1] not in _CLOSING and not _end_follows(passage, top):
        return False
    start, _ = passage.tokens_of(top)
    return passage.sentence(start)[0] == start or top.joins


def _end_follows(passage: Passage, top: Marked) -> bool:
    following = passage.text[top.end : top.end + 1]
    return following in SENTENCE_ENDS or following in ("", "\n", ",")


def _after(passage: Passage, index: int, top: Marked, end: int) -> Attribution | None:
    """The frame after a stretch that leaves room for one: it does not end with a full stop."""
    inner = top.inner.slice(passage.text).rstrip("\"'”’ ")
    if not top.closed:
        return None
    limit = _limit_right(passage, index, end)
    found = frame_after(passage, end, limit)
    if inner.endswith(".") and not inner.endswith(".."):
        return found if found is not None and _is_all(passage, found, end) else None
    pause = inner[-1:] in _CLOSING or passage.text[top.end : top.end + 1] in (",", "-", "–", "—")
    if found is not None and not pause and not passage.text[top.end : top.end + 1].isspace():
        return None
    if found is not None and not pause and not is_whole_start(passage, top):
        return None
    if found is not None and found.rule == LOADED_FRAME and not (is_whole(passage, top) and _is_speech(passage, top)):
        return None
    return found


def _lead(passage: Passage, start: int) -> int | None:
    """``The plan is "dead," she said``: the offset where the content begins if its sentence began before it."""
    low, _ = passage.sentence(start)
    low = sentence_lead(passage, low, start)
    if low >= start or passage.stretch(low, start) is None:
        return None
    words = passage.doc[low:start]
    if words[-1].text == ":" or any(_is_long_mark(passage, token) for token in words):
        return None
    if not has_finite(passage, low, start) and not _is_clause(passage, start):
        return None
    cue = any(t.pos_ == "VERB" and is_cue(t.lemma_.lower(), Frame.CLAUSE) for t in words)
    return None if cue else passage.starts[low]


def is_whole_start(passage: Passage, top: Marked) -> bool:
    """Whether the outer sentence begins with the stretch."""
    start, _ = passage.tokens_of(top)
    return passage.sentence(start)[0] == start


def _is_long_mark(passage: Passage, token: Any) -> bool:
    index = passage.quote_of[token.i]
    return index >= 0 and _words(passage, passage.tops[index]) > 3


def _is_clause(passage: Passage, start: int) -> bool:
    """Whether the marks that open at token ``start`` hold a clause, not a title."""
    low, high = passage.tokens_of(passage.tops[passage.quote_of[start]])
    return has_finite(passage, low, high) and any(t.text.islower() and t.pos_ == "NOUN" for t in passage.doc[low:high])


def _limit_right(passage: Passage, index: int, end: int) -> int:
    limit = len(passage.doc)
    if index + 1 < len(passage.tops):
        limit = passage.token_from(passage.tops[index + 1].start)
    if end >= limit:
        return limit
    begin, stop = passage.sentence(end)
    if begin == end or begin < end:
        return min(limit, stop)
    return end


def _before(passage: Passage, index: int, start: int) -> Attribution | None:
    low, _ = passage.sentence(start)
    colon = _colon_above(passage, start) if low == start else None
    if colon is not None:
        low, start = passage.sentence(colon)[0], colon + 1
    if index:
        low = max(low, passage.token_from(passage.tops[index - 1].end))
    return frame_before(passage, start, low)


def _colon_above(passage: Passage, start: int) -> int | None:
    """The colon that ends the paragraph before the one that the stretch begins."""
    index = start - 1
    while index >= 0 and passage.doc[index].is_space:
        index -= 1
    return index if 0 <= index < start - 1 and passage.doc[index].text == ":" else None


def _resumes(passage: Passage, previous: _Act, top: Marked) -> bool:
    """``"A," she said, "b."``: the second stretch goes on in the sentence of an attributed first one."""
    found = previous.found
    if found is None or found.rule != "frame after":
        return False
    start, _ = passage.tokens_of(top)
    between = passage.doc[found.end : start]
    if any(token.tag_ in FINITE and token.dep_ != "relcl" for token in between):
        return False
    return _words(passage, top) > 1 and (not len(between) or between[-1].text in (",", "-", "–", "—", ";", ":"))


def _same_cue(before: Attribution | None, previous: _Act) -> bool:
    """Whether nothing stands before the stretch but the frame of the act before it."""
    return before is None or (previous.found is not None and before.cue == previous.found.cue)


def _give_speakers(passage: Passage, acts: Sequence[_Act]) -> Sequence[_Act]:
    """A whole sentence without cue: its sentence before in the paragraph, else the paragraph before, tells who."""
    previous: _Act | None = None
    for act in acts:
        if act.found is None:
            speaker = _subject_before(passage, act.parts[0])
            if speaker is None and previous is not None and previous.found is not None:
                near = act.parts[0].paragraph - previous.parts[-1].paragraph <= 1
                speaker = previous.found.speaker if near else None
            act.found = Attribution((), speaker, 0, 0, "floating", 0.75 if speaker else 0.4)
            act.score = act.found.score
        previous = act
    return acts


def _subject_before(passage: Passage, top: Marked) -> Stretch | None:
    """The subject of the sentence right before the stretch in its paragraph, where that is a person's."""
    start, _ = passage.tokens_of(top)
    if not start:
        return None
    low, high = passage.sentence(start - 1)
    if high > start or "\n" in passage.text[passage.ends[start - 1] : passage.starts[start]]:
        return None
    head = next((t for t in passage.doc[low:high] if _personal(passage, t)), None)
    return mention(passage, head, low=low, high=high) if head is not None else None


def _personal(passage: Passage, token: Any) -> bool:
    if passage.inside(token) or not is_subject(token):
        return False
    return token.ent_type_ == "PERSON" or token.lower_ in ("he", "she")


def _quotation(act: _Act) -> PredictedQuotation:
    found = act.found
    assert found is not None
    parts = [part.stretch for part in act.parts]
    if act.start is not None:
        parts[0] = Stretch(act.start, parts[0].end)
    return PredictedQuotation(
        tuple(parts),
        found.cue,
        found.speaker,
        rule=act.rule,
        score=act.score,
    )
