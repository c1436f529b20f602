"""Reports set off by commas in or after what they report: ..., she said; the talks, he said, were ...

Works on surface commas and uses the parse only for the frame's subject and verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.language.quotations.cues import Frame, is_cue
from annotator.language.quotations.edges import cut_right, has_finite, out_of_marks, sentence_lead
from annotator.language.quotations.mentions import FINITE, is_finite, is_subject, noun_phrase
from annotator.language.quotations.passage import Passage


def parenthetical_quotations(passage: Passage) -> Iterator[PredictedQuotation]:
    """Quotations whose frame follows a comma, dash or mark and is followed by a comma or the sentence's end."""
    for token in passage.verbs:
        if token.pos_ != "VERB" or not is_finite(token):
            continue
        if is_cue(token.lemma_.lower(), Frame.PARENTHETICAL) and token.dep_ not in ("relcl", "acl"):
            found = _parenthetical(passage, token) or _as_clause(passage, token)
            if found is not None:
                yield found


def _parenthetical(passage: Passage, verb: Any) -> PredictedQuotation | None:
    subjects = [child for child in verb.children if is_subject(child)]
    subject = min(subjects, key=lambda child: abs(child.i - verb.i), default=None)
    if subject is None or passage.inside(subject):
        return None
    low, high = passage.sentence(verb.i)
    begin, end = noun_phrase(passage, subject)
    begin = max(begin, low)
    if subject.i < verb.i:
        end = min(end, verb.i)
    speaker = passage.stretch(begin, end)
    first = min(begin, verb.i)
    pause = _pause_before(passage, first, low)
    if speaker is None or pause is None:
        return None
    close = _close(passage, verb, max(end, verb.i + 1), high)
    if close is None or _governs(verb, close):
        return None
    parts = _parts(passage, verb, (low, pause), (close, high))
    if not parts:
        return None
    rule, score = ("split clause", 0.77) if len(parts) > 1 else ("clause before cue", 0.81)
    return PredictedQuotation(parts, (Stretch(verb.idx, verb.idx + len(verb)),), speaker, rule=rule, score=score)


def _pause_before(passage: Passage, first: int, low: int) -> int | None:
    """Where the words before the frame end; None if it is not set off."""
    index = first - 1
    while index > low and (passage.doc[index].pos_ == "ADV" or passage.doc[index].lower_ == "as"):
        index -= 1
    if index <= low:
        return None
    if passage.pauses(index):
        return index
    return index + 1 if passage.quote_of[index] >= 0 else None


def _close(passage: Passage, verb: Any, start: int, high: int) -> int | None:
    """The comma or end after the frame; None if a clause follows instead."""
    skip = start
    for index in range(start, high):
        token = passage.doc[index]
        if index < skip:
            continue
        if index > start and (end := _relative_end(token)) is not None:
            skip = end
            continue
        if passage.quote_of[index] < 0 and passage.pauses(index):
            return index
        if passage.quote_of[index] >= 0 or token.lower_ == "that" or token.text == ":":
            return None
        if token.tag_ in FINITE and token.dep_ not in ("relcl",):
            return None
    return high


def _relative_end(token: Any) -> int | None:
    """The token after the relative clause that ``token`` opens, if it opens one."""
    if token.tag_ not in ("WDT", "WP", "WP$", "WRB") and token.lower_ != "that":
        return None
    clause = next((one for one in token.ancestors if one.dep_ == "relcl"), None)
    return int(clause.right_edge.i) + 1 if clause is not None else None


def _as_clause(passage: Passage, verb: Any) -> PredictedQuotation | None:
    """``As experts have noted, the plan failed``: the rest of the sentence is the content."""
    if not any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.lefts):
        return None
    low, high = passage.sentence(verb.i)
    lead = sentence_lead(passage, low, high)
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if passage.doc[lead].lower_ != "as" or subject is None:
        return None
    close = _close(passage, verb, verb.i + 1, high)
    if close is None or close >= high - 1 or _governs(verb, close):
        return None
    content = _right_part(passage, verb, (close, high))
    if content is None:
        return None
    speaker = passage.stretch(*noun_phrase(passage, subject))
    cue = Stretch(verb.idx, verb.idx + len(verb))
    return PredictedQuotation((content,), (cue,), speaker, rule="as clause", score=0.7)


def _governs(verb: Any, close: int) -> bool:
    """Whether the cue has its content on its right within the frame, or an object that is no addressee."""
    addressee = is_cue(verb.lemma_.lower(), Frame.ADDRESSEE)
    for child in verb.rights:
        if child.i < close and child.dep_ in ("ccomp", "xcomp"):
            return True
        if child.i < close and child.dep_ == "dobj" and not addressee:
            return True
    return False


def _parts(passage: Passage, verb: Any, left: tuple[int, int], right: tuple[int, int]) -> tuple[Stretch, ...]:
    start = sentence_lead(passage, *left)
    if _introduces_marks(passage, right):
        return ()
    before = has_finite(passage, start, left[1])
    after = _right_part(passage, verb, right, open_left=_is_open(passage, left[1]))
    if not before and (after is None or left[1] - start > 12):
        return ()
    if before and _all_marked(passage, start, left[1]):
        return ()
    if not before and after is not None and not has_finite(passage, *right):
        return ()
    if not before and not any(t.pos_ in ("NOUN", "PROPN", "PRON", "VERB", "NUM") for t in passage.doc[start : left[1]]):
        return (after,) if after is not None else ()
    pieces = (passage.stretch(start, left[1]), after)
    return tuple(piece for piece in pieces if piece is not None)


def _introduces_marks(passage: Passage, right: tuple[int, int]) -> bool:
    """Whether what follows the frame is a sentence in marks: then the frame belongs to that."""
    start = right[0] + 1
    if start >= right[1] or passage.quote_of[start] < 0:
        return False
    return passage.tops[passage.quote_of[start]].inner.slice(passage.text)[:1].isupper()


def _all_marked(passage: Passage, start: int, end: int) -> bool:
    return all(passage.quote_of[i] >= 0 or passage.doc[i].is_punct for i in range(start, end))


def _reports_anew(verb: Any) -> bool:
    """``..., she said, and called for help``: a cue without subject goes on with the frame, not with the content."""
    if verb.tag_ not in FINITE or any(is_subject(child) for child in verb.lefts):
        return False
    lemma = verb.lemma_.lower()
    prepositions = (f"{lemma}_{child.lower_}" for child in verb.rights if child.dep_ == "prep")
    return is_cue(lemma, Frame.CLAUSE) or any(is_cue(pair, Frame.PREPOSITION) for pair in prepositions)


def _is_open(passage: Passage, end: int) -> bool:
    """Whether what stands before the frame ends in a verb and needs its complement: it was, he said, full."""
    last = passage.doc[end - 1]
    return bool(last.pos_ == "AUX" or (last.tag_ in FINITE and last.dep_ != "relcl"))


def _right_part(passage: Passage, verb: Any, right: tuple[int, int], *, open_left: bool = False) -> Stretch | None:
    start, high = right[0] + 1, right[1]
    if start >= high:
        return None
    first = passage.doc[start]
    if first.tag_ in ("WP", "WDT", "WRB", "WP$") or first.lower_ in ("according", "who"):
        return None
    if first.tag_ == "VBG" and is_cue(first.lemma_.lower(), Frame.CLAUSE):
        return None
    if not open_left and not has_finite(passage, start, high):
        return None
    if first.pos_ == "CCONJ" and start + 1 < high and _reports_anew(passage.doc[start + 1]):
        return None
    end = out_of_marks(passage, cut_right(passage, verb, start, high))
    return passage.stretch(start, end)
