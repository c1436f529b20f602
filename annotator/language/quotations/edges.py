"""Where reported clauses begin and end: the parser's stretch, mended by the surface.

Marks are atoms: an end never falls inside them. Knows nothing of cues beyond where one starts a new report.
"""

from __future__ import annotations

from typing import Any

from annotator.language.quotations.cues import Frame, is_cue
from annotator.language.quotations.mentions import FINITE
from annotator.language.quotations.passage import DASHES, Passage

_OPENERS_LEFT = frozenset(("but", "and", "meanwhile", "still", "however", "also", "so", "yet", "or", "then"))

_JOINTS = frozenset(("and", "but", "while", "though", "although", "whereas"))


def clause_end(passage: Passage, cue: Any, clause: Any, stop: int) -> int:
    """The token after the last one of the clause that ``clause`` heads, at most ``stop``."""
    end = min(max(clause.right_edge.i + 1, clause.i + 1), stop)
    end = _over_conjuncts(passage, cue, end, stop)
    end = cut_right(passage, cue, clause.left_edge.i, end)
    end = _over_marks(passage, out_of_marks(passage, end), stop)
    while end > clause.i + 1 and passage.doc[end - 1].pos_ == "CCONJ":
        end -= 1
    return end


def _over_marks(passage: Passage, end: int, stop: int) -> int:
    """Take in marks that go on in the same clause after a comma: considered it possible, "but only ..."."""
    start = end + 1 if end < stop and passage.pauses(end) else end
    if start >= stop or passage.quote_of[start] < 0 or passage.quote_of[start] == passage.quote_of[start - 1]:
        return end
    top = passage.tops[passage.quote_of[start]]
    if not top.inner.slice(passage.text)[:1].islower():
        return end
    return out_of_marks(passage, start + 1)


def _over_conjuncts(passage: Passage, cue: Any, end: int, stop: int) -> int:
    """Take in later clauses of the same cue: a second complement, or a conjunct that "that" opens."""
    for child in cue.rights:
        if child.dep_ == "ccomp" and child.left_edge.i >= end:
            between = passage.doc[end : child.left_edge.i]
            if all(t.text in (",", ";") or t.dep_ in ("cc", "punct") for t in between):
                end = min(child.right_edge.i + 1, stop)
        elif passage.settings.use("trailing participle") and _trails(passage, child, end):
            end = min(child.right_edge.i + 1, stop)
    if end + 2 < stop and passage.doc[end].lower_ in ("and", "but") and passage.doc[end + 1].lower_ == "that":
        clause = passage.doc[end + 1].head
        end = min(max(end, clause.right_edge.i + 1), stop)
    return end


def _trails(passage: Passage, participle: Any, end: int) -> bool:
    """``said he would phone Lenk, followed by Brock``: a passive participle goes on with what was reported."""
    after_comma = end <= participle.i <= end + 1 and passage.doc[participle.i - 1].text == ","
    return bool(participle.tag_ == "VBN" and participle.left_edge.i == participle.i and after_comma)


def cut_right(passage: Passage, cue: Any, start: int, end: int) -> int:
    """End before a new report outside marks.

    That is: ``, adding ...``, ``and said ...``, ``, but she noted that ...``, ``, according to ...``.
    """
    for index in range(start + 1, end):
        token = passage.doc[index]
        if passage.inside(token):
            continue
        if token.text == ";" and has_finite(passage, index, end):
            return index
        if token.lower_ == "according" and passage.doc[index - 1].text == ",":
            return index - 1
        if token.pos_ == "VERB" and (place := _new_report(passage, cue, token, start)) is not None:
            return _before_joint(passage, place, start)
    return end


def _new_report(passage: Passage, cue: Any, token: Any, start: int) -> int | None:
    """Where a report by another verb begins: at a participle, a bare conjunct, or a conjunct's subject."""
    lemma = token.lemma_.lower()
    if not (is_cue(lemma, Frame.CLAUSE) or is_cue(lemma, Frame.MARKED_PHRASE)):
        return None
    previous = passage.doc[token.i - 1]
    if token.tag_ == "VBG" and previous.text == ",":
        return int(token.i)
    if token.tag_ not in FINITE:
        return None
    subject = next((child for child in token.lefts if child.dep_ == "nsubj"), None)
    if subject is None:
        bare = token.tag_ == cue.tag_ and previous.lower_ in ("and", "but") and is_cue(lemma, Frame.CLAUSE)
        return int(token.i) if bare else None
    edge = int(subject.left_edge.i)
    joined = edge > start + 1 and passage.doc[edge - 1].lower_ in _JOINTS
    return edge if joined and token.dep_ in ("conj", "advcl", "ccomp", "parataxis") else None


def _before_joint(passage: Passage, place: int, start: int) -> int:
    """Step back over the conjunction and the pause before it."""
    while place > start + 1 and (
        passage.doc[place - 1].lower_ in _JOINTS or passage.doc[place - 1].text == ";" or passage.pauses(place - 1)
    ):
        place -= 1
    return place


def out_of_marks(passage: Passage, end: int) -> int:
    """Go on to the close of the marks that an end at token ``end`` would cut."""
    while 0 < end < len(passage.quote_of) and 0 <= passage.quote_of[end] == passage.quote_of[end - 1]:
        end += 1
    return end


def sentence_lead(passage: Passage, start: int, end: int) -> int:
    """The first token of a sentence's own words: datelines, "But", "Meanwhile," left out."""
    start = _after_dateline(passage, start, end)
    while start < end:
        token = passage.doc[start]
        if (
            token.is_space
            or token.text in (",", "•", "*")
            or token.text in DASHES
            or (token.lower_ in _OPENERS_LEFT and start + 1 < end)
        ):
            start += 1
        else:
            break
    return start


def _after_dateline(passage: Passage, start: int, end: int) -> int:
    """``LONDON (Reuters) -``: capitals, perhaps an agency in brackets, and a dash."""
    limit = min(end, start + 12)
    for index in range(start, limit):
        token = passage.doc[index]
        if token.text in DASHES and index > start:
            first = passage.doc[start]
            capitals = first.text.isupper() and len(first.text) > 2
            bracket = passage.doc[index - 1].text == ")"
            return index + 1 if capitals or bracket else start
        if token.tag_ in FINITE:
            return start
    return start


def has_finite(passage: Passage, start: int, end: int) -> bool:
    """Whether a finite verb, or a verb form with a subject, stands among tokens ``[start, end)``."""
    return any(
        token.tag_ in FINITE or (token.tag_ in ("VB", "VBN") and any(c.dep_ == "nsubj" for c in token.lefts))
        for token in passage.doc[start:end]
    )
