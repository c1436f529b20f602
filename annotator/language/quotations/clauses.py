"""Reported clauses and infinitives that a cue governs: said that ..., said ..., asked whether ..., vowed to ...

Works on the parse: the complement of the cue is the content, its ends are mended in ``edges``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.language.quotations.cues import Frame, is_cue
from annotator.language.quotations.edges import clause_end, has_finite, sentence_lead
from annotator.language.quotations.mentions import FINITE, agent_of, is_finite, mention, subject_of
from annotator.language.quotations.passage import Passage

_ORDERS = frozenset(("tell", "warn", "remind", "advise"))
_ADVERBIAL = frozenset(("after", "before", "because", "until", "since", "during", "following"))
ATTITUDE = "attitude"
DENIED = "denied report"
_NOBODY = frozenset(("nobody", "none", "neither", "nothing"))
_DISTANCE = 16
_WH = frozenset(("WDT", "WP", "WRB", "WP$"))


def clause_quotations(passage: Passage) -> Iterator[PredictedQuotation]:
    """Indirect and mixed quotations whose content hangs on a cue outside marks."""
    for token in passage.verbs:
        if token.dep_ in ("amod", "aux", "auxpass"):
            continue
        found = (
            _with_clause(passage, token)
            or _with_infinitive(passage, token)
            or _with_distant_that(passage, token)
            or _with_gerund(passage, token)
        )
        if found is not None and is_denied(token):
            found = replace(found, rule=DENIED, score=0.45)
        if found is not None:
            yield found


def is_denied(token: Any) -> bool:
    """Not said, declined to say, nobody said: what follows was not reported."""
    if any(child.dep_ == "nsubj" and child.lower_ in _NOBODY for child in token.lefts):
        return True
    if any(child.dep_ == "neg" for child in token.children):
        return True
    return token.dep_ == "xcomp" and token.head.lemma_ in ("decline", "refuse", "fail", "want", "have", "try")


def _with_clause(passage: Passage, verb: Any) -> PredictedQuotation | None:
    lemma = verb.lemma_.lower()
    clause = next((c for c in verb.rights if c.dep_ == "ccomp" and c.i > verb.i), None)
    if clause is None:
        return None
    _, stop = passage.sentence(verb.i)
    start = _complement_start(passage, verb, clause)
    if start >= stop:
        return None
    frame, rule, score = _frame_of(passage, start)
    if not is_cue(lemma, frame):
        if not (passage.settings.attitudes and is_cue(lemma, Frame.ATTITUDE)):
            return None
        rule, score = ATTITUDE, 0.4
    end = clause_end(passage, verb, clause, stop)
    if not has_finite(passage, start, end) or passage.doc[start].lower_ in _ADVERBIAL:
        return None
    return _quotation(passage, verb, start, end, rule, score)


def _frame_of(passage: Passage, start: int) -> tuple[Frame, str, float]:
    first = passage.doc[start]
    if first.lower_ == "that":
        return Frame.CLAUSE, "that clause", 0.82
    if first.tag_ in _WH or first.lower_ in ("whether", "if"):
        return Frame.WH, "question clause", 0.75
    return Frame.BARE, "clause", 0.85


def _complement_start(passage: Passage, verb: Any, clause: Any) -> int:
    """The first token of the complement; adjuncts of the cue between the two stay out."""
    start = int(max(clause.left_edge.i, verb.i + 1))
    for index in range(verb.i + 1, min(start, verb.i + _DISTANCE)):
        token = passage.doc[index]
        if token.lower_ == "that" and token.tag_ == "IN" and passage.settings.use("that before"):
            return index
        if token.tag_ in FINITE or passage.inside(token) or token.text in (",", ":"):
            break
    while start < clause.i and (passage.doc[start].text in (",", ":", "—", "–") or passage.doc[start].is_space):
        start += 1
    return start


def _with_infinitive(passage: Passage, verb: Any) -> PredictedQuotation | None:
    lemma = verb.lemma_.lower()
    clause = next((c for c in verb.rights if c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VB"), None)
    if clause is None or not any(c.dep_ == "aux" and c.tag_ == "TO" for c in clause.lefts):
        return None
    marker = next(c for c in clause.lefts if c.dep_ == "aux" and c.tag_ == "TO")
    gap = passage.doc[verb.i + 1 : marker.i]
    _, stop = passage.sentence(verb.i)
    end = clause_end(passage, verb, clause, stop)
    if all(t.pos_ == "ADV" for t in gap):
        if is_cue(lemma, Frame.INFINITIVE):
            return _quotation(passage, verb, marker.i, end, "infinitive", 0.63)
        if passage.settings.attitudes and is_cue(lemma, Frame.ATTITUDE):
            return _quotation(passage, verb, marker.i, end, ATTITUDE, 0.4)
        return None
    if lemma in _ORDERS:
        return _quotation(passage, verb, marker.i, end, "infinitive", 0.6)
    if is_cue(lemma, Frame.OBJECT_INFINITIVE):
        return _quotation(passage, verb, verb.i + 1, end, "object and infinitive", 0.65)
    return None


def _with_gerund(passage: Passage, verb: Any) -> PredictedQuotation | None:
    """``denies targeting civilians``: a gerund right after the cue."""
    clause = next((c for c in verb.rights if c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VBG"), None)
    if clause is None or clause.left_edge.i != verb.i + 1 or not is_cue(verb.lemma_.lower(), Frame.GERUND):
        return None
    _, stop = passage.sentence(verb.i)
    return _quotation(passage, verb, verb.i + 1, clause_end(passage, verb, clause, stop), "gerund", 0.6)


def _with_distant_that(passage: Passage, verb: Any) -> PredictedQuotation | None:
    """``told the paper in a statement that ...`` where the parser hung the clause on another word."""
    if not is_cue(verb.lemma_.lower(), Frame.CLAUSE):
        return None
    _, stop = passage.sentence(verb.i)
    for index in range(verb.i + 1, min(stop, verb.i + _DISTANCE)):
        token = passage.doc[index]
        if token.lower_ == "that" and _opens_report(token):
            end = clause_end(passage, verb, token.head, stop)
            return _quotation(passage, verb, index, end, "that clause", 0.6)
        if token.pos_ in ("VERB", "AUX") or passage.inside(token):
            return None
    return None


def _opens_report(that: Any) -> bool:
    """Whether "that" opens a clause of its own: it is tagged so, or cannot be the relative pronoun it is tagged as.

    A relative clause with "that" narrows a common noun down; names, days and hours need no narrowing, and "is" with
    a subject of its own has no object for the pronoun to be.
    """
    clause = that.head
    if clause.i < that.i:
        return False
    if that.tag_ == "IN":
        return True
    if not any(child.dep_ == "nsubj" and child.i > that.i for child in clause.lefts):
        return False
    noun = clause.head
    return bool(clause.lemma_ == "be" or noun.pos_ == "PROPN" or noun.ent_type_ in ("DATE", "TIME"))


def _quotation(passage: Passage, verb: Any, start: int, end: int, rule: str, score: float) -> PredictedQuotation | None:
    content = passage.stretch(start, end)
    if content is None:
        return None
    speaker = speaker_of(passage, verb)
    if speaker is None and verb.tag_ in ("VB", "VBG") and verb.dep_ not in ("advcl", "conj"):
        return None
    return PredictedQuotation((content,), (Stretch(verb.idx, verb.idx + len(verb)),), speaker, rule=rule, score=score)


def speaker_of(passage: Passage, verb: Any) -> Stretch | None:
    """The mention of the cue's subject, or of its agent in the passive; none inside marks."""
    head = subject_of(verb)
    if any(child.dep_ == "auxpass" for child in verb.children):
        head = agent_of(verb)
    if head is None and is_finite(verb) and not any(child.dep_ == "auxpass" for child in verb.children):
        return _opening(passage, verb)
    if head is None or passage.inside(head):
        return None
    return mention(passage, head, high=verb.i if head.i < verb.i else None)


def _opening(passage: Passage, verb: Any) -> Stretch | None:
    """Where the parser found no subject: what the sentence begins with, if nothing but a noun phrase stands there."""
    low, _ = passage.sentence(verb.i)
    low = sentence_lead(passage, low, verb.i)
    words = passage.doc[low : verb.i]
    if not len(words) or words[0].pos_ not in ("PROPN", "DET", "NOUN", "PRON", "ADJ", "NUM"):
        return None
    if any(t.tag_ in FINITE or passage.inside(t) or t.text in (":", ";") for t in words):
        return None
    if words[0].pos_ == "PRON" and len(words) > 2:
        return None
    return passage.stretch(low, verb.i)
