"""The frame beside a stretch in marks: cue and speaker after it ("...," she said) or before it (she said, "...").

Works on the surface between marks, with the parse only for the subject. A frame never reaches into other
marks or out of its sentence. Knows nothing of what is then made of the stretch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.domain.marks import Stretch
from annotator.language.quotations.cues import Frame, is_cue
from annotator.language.quotations.mentions import (
    FINITE,
    agent_of,
    is_subject,
    mention,
    phrase_at,
    subject_of,
)
from annotator.language.quotations.passage import DASHES, Passage

LOADED_FRAME = "frame after, with content"
"""Rule of a frame whose cue also has content on its right: counts only after a whole sentence in marks."""
_REACH = 45
"""How many tokens a frame may span."""
_NEVER_FIRST = frozenset(("IN", "WDT", "WP", "WRB", "TO"))
_RELATIVE = frozenset(("relcl", "acl", "advcl", "csubj", "ccomp", "pcomp"))


@dataclass(frozen=True, slots=True)
class Attribution:
    """Cue and speaker of a frame, the token after it, and the rule that found it with its confidence."""

    cue: tuple[Stretch, ...]
    speaker: Stretch | None
    start: int
    end: int
    rule: str
    score: float


def frame_after(passage: Passage, index: int, limit: int) -> Attribution | None:
    """The frame that begins at token ``index`` right after a mark's close and ends before ``limit``."""
    start = _skip(passage, index, limit)
    if start >= limit:
        return None
    first = passage.doc[start]
    if verb := _cue_at(first):
        return _inverted(passage, verb, start, limit)
    if first.tag_ in _NEVER_FIRST or first.pos_ in ("CCONJ", "SCONJ", "PUNCT"):
        return None
    verb = _first_finite(passage, start, limit) or _quoted_as(passage, start, limit)
    if verb is None or not _reports(verb):
        return None
    speaker = _speaker_between(passage, verb, start)
    if speaker is None:
        return None
    rule, score = ("frame after", 0.97) if _is_bare(verb, limit) else (LOADED_FRAME, 0.8)
    return Attribution((_word(verb),), speaker, start, verb.i + 1, rule, score)


def _quoted_as(passage: Passage, start: int, limit: int) -> Any | None:
    """``Jane Doe was quoted as saying``: the last word is the cue."""
    for index in range(start, min(limit, start + _REACH) - 2):
        if passage.doc[index].lower_ == "quoted" and passage.doc[index + 1].lower_ == "as":
            return passage.doc[index + 2]
    return None


def _is_bare(verb: Any, limit: int) -> bool:
    """Whether the cue has no content of its own on its right."""
    addressee = verb.lemma_ == "put" or is_cue(verb.lemma_.lower(), Frame.ADDRESSEE)
    for child in verb.rights:
        if child.i < limit and child.dep_ in ("ccomp", "xcomp"):
            return False
        if child.i < limit and child.dep_ == "dobj" and not addressee:
            return False
    return True


def _skip(passage: Passage, index: int, limit: int) -> int:
    adverbs = 0
    while index < min(limit, len(passage.doc)):
        token = passage.doc[index]
        adverb = token.pos_ == "ADV" and token.is_lower and token.tag_ != "WRB" and adverbs < 2
        adverbs += adverb
        if not (token.is_space or passage.pauses(index) or adverb):
            break
        index += 1
    return index


def _reports(verb: Any) -> bool:
    """Whether the verb reports words beside it; "put" does with "it": as she put it."""
    if verb.lemma_ == "put":
        return any(child.lower_ == "it" for child in verb.rights)
    return is_cue(verb.lemma_.lower(), Frame.QUOTATION)


def _cue_at(token: Any) -> Any | None:
    finite = token.tag_ in FINITE or token.tag_ in ("VBN", "VB") or token.text == token.text.lower()
    if finite and token.pos_ in ("VERB", "AUX") and _reports(token):
        return None if token.tag_ == "VBG" else token
    return None


def _inverted(passage: Passage, verb: Any, start: int, limit: int) -> Attribution | None:
    """``said Jane Doe, the mayor``: the subject stands right after the verb."""
    if any(child.dep_ in ("nsubj", "nsubjpass") and child.i < start for child in verb.lefts):
        outside = [c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass") and not passage.inside(c)]
        if outside:
            return None
    index = verb.i + 1
    while index < limit and passage.doc[index].pos_ in ("ADV", "PART") and index < verb.i + 3:
        index += 1
    head = next((child for child in verb.rights if is_subject(child) and child.i < limit), None)
    if head is not None and head.i - verb.i < 30:
        speaker = mention(passage, head, low=verb.i + 1, high=limit)
    elif index < limit and passage.doc[index].pos_ in ("PROPN", "NOUN", "DET", "PRON", "ADJ", "NUM"):
        speaker = phrase_at(passage, index, limit)
    else:
        speaker = None
    if speaker is None:
        return None
    end = passage.token_from(speaker.end)
    return Attribution((_word(verb),), speaker, start, end, "frame after", 0.97)


def _first_finite(passage: Passage, start: int, limit: int) -> Any | None:
    """The first finite verb of the frame's main clause, or the full verb behind an auxiliary."""
    for index in range(start, min(limit, start + _REACH)):
        token = passage.doc[index]
        if token.tag_ not in FINITE and not (token.tag_ in ("VBN", "VB") and _has_subject(token, start)):
            continue
        if token.dep_ in _RELATIVE and token.head.i >= start and token.head.i < index and _comma(passage, token):
            continue
        if token.dep_ in ("aux", "auxpass") and token.head.i < limit:
            return None if token.dep_ == "auxpass" else token.head
        if token.dep_ == "relcl" and token.head.i < index and token.head.i >= start:
            continue
        return token
    return None


def _has_subject(token: Any, start: int) -> bool:
    return any(child.dep_ == "nsubj" and child.i >= start for child in token.lefts)


def _comma(passage: Passage, token: Any) -> bool:
    edge = token.left_edge.i
    return edge > 0 and passage.doc[edge - 1].text in (",", "(", "—", "–")


def _speaker_between(passage: Passage, verb: Any, start: int) -> Stretch | None:
    head = next((child for child in verb.lefts if child.dep_ == "nsubj" and child.i >= start), None)
    if head is not None:
        return mention(passage, head, low=start, high=verb.i)
    governing = subject_of(verb)
    if governing is not None and start <= governing.i < verb.i:
        return mention(passage, governing, low=start, high=verb.i)
    if any(token.text == "," or token.pos_ in ("ADP", "VERB") for token in passage.doc[start : verb.i]):
        return phrase_at(passage, start, verb.i)
    return passage.stretch(start, verb.i)


def signature(passage: Passage, index: int) -> Attribution | None:
    """A dash and a name that fill the rest of the paragraph after a close: "..." - Jane Doe."""
    start = index
    while start < len(passage.doc) and passage.doc[start].text in DASHES:
        start += 1
    if start == index or start >= len(passage.doc):
        return None
    end = start
    while end < len(passage.doc) and "\n" not in passage.doc[end].text and end - start < 20:
        end += 1
    if end == start or any(token.tag_ in FINITE for token in passage.doc[start:end]):
        return None
    stop = next((i for i in range(start, end) if passage.doc[i].text in (",", "(", ".")), end)
    words = passage.doc[start:stop]
    if not 1 <= len(words) <= 5 or not all(t.text[0].isupper() or t.pos_ == "ADP" for t in words):
        return None
    speaker = passage.stretch(start, stop)
    return Attribution((), speaker, index, end, "signature", 0.9) if speaker is not None else None


def frame_before(passage: Passage, index: int, low: int) -> Attribution | None:
    """The frame that ends right before token ``index``, the first in marks, and begins at ``low`` or later."""
    last = index - 1
    while last >= low and passage.doc[last].is_space:
        last -= 1
    if last < low:
        return None
    pause = passage.doc[last]
    if pause.text == ":":
        return _before_colon(passage, last, low)
    if passage.pauses(last):
        return _before_comma(passage, last, low)
    if verb := _cue_left(passage, last + 1, max(low, last)):
        return _attribution(passage, verb, low, "quote without comma", 0.36)
    return None


def _before_comma(passage: Passage, last: int, low: int) -> Attribution | None:
    verb = _cue_left(passage, last, low)
    if verb is None:
        return None
    between = passage.doc[verb.i + 1 : last]
    if any(token.tag_ in FINITE and token.dep_ not in ("relcl",) for token in between):
        return None
    if any(child.dep_ == "ccomp" and verb.i < child.i < last for child in verb.children):
        return None
    return _attribution(passage, verb, low, "quote after comma", 0.8)


def _before_colon(passage: Passage, last: int, low: int) -> Attribution | None:
    verb = _cue_left(passage, last, low)
    if verb is not None:
        return _attribution(passage, verb, low, "quote after colon", 0.87)
    colon = (Stretch(passage.starts[last], passage.ends[last]),)
    main = next((t for t in passage.doc[low:last] if t.tag_ in FINITE and t.dep_ != "relcl"), None)
    if main is None:
        speaker = phrase_at(passage, low, last)
        if speaker is None or passage.token_from(speaker.end) < last:
            return None
        return Attribution(colon, speaker, low, last + 1, "quote after colon", 0.6)
    head = subject_of(main)
    speaker = mention(passage, head, low=low, high=last) if head is not None else None
    return Attribution(colon, speaker, low, last + 1, "quote after colon", 0.6)


def _cue_left(passage: Passage, end: int, low: int) -> Any | None:
    """The nearest cue to the left of ``end``, outside marks and not in a relative clause before another."""
    for index in range(end - 1, max(low, end - _REACH) - 1, -1):
        token = passage.doc[index]
        if passage.inside(token) or token.pos_ not in ("VERB", "AUX"):
            continue
        if token.dep_ in ("aux", "auxpass", "amod"):
            continue
        if _reports(token) and token.lower_ != "according":
            return token
    return None


def _attribution(passage: Passage, verb: Any, low: int, rule: str, score: float) -> Attribution:
    head = subject_of(verb)
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    if passive:
        head = agent_of(verb)
    if head is not None and passage.inside(head):
        head = None
    speaker = mention(passage, head, low=low) if head is not None and head.i >= low else None
    return Attribution((_word(verb),), speaker, low, verb.i + 1, rule, score)


def _word(token: Any) -> Stretch:
    return Stretch(token.idx, token.idx + len(token))
