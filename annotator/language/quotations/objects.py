"""Contents that are noun phrases: cited the report, warned of a flood, accused Brock of breaking the law.

The object counts with only the prepositions that the cue governs, never with time or place: those are the
writer's own. Which cue takes what stands in the lexicon: a plain object, an object with a preposition, or a
preposition alone. A phrase wholly in marks, or marks after "as", are left to ``phrases``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.language.quotations.clauses import DENIED, is_denied, speaker_of
from annotator.language.quotations.cues import Frame, is_cue
from annotator.language.quotations.edges import out_of_marks
from annotator.language.quotations.mentions import is_finite
from annotator.language.quotations.passage import Passage

OBJECT = "noun phrase"
GOVERNED = "noun phrase and preposition"
PREPOSITION = "phrase after preposition"
_SCORES = {OBJECT: 0.5, GOVERNED: 0.65, PREPOSITION: 0.5}
_EMPTY = frozenset(("it", "this", "that", "what", "which", "who", "whom", "himself", "herself", "themselves", "itself"))
_LOOSE = frozenset(("relcl", "advcl", "parataxis", "appos", "acl"))


def object_quotations(passage: Passage) -> Iterator[PredictedQuotation]:
    """Every cue outside marks whose object or prepositional object is what was said."""
    for token in passage.verbs:
        if token.pos_ != "VERB" or token.dep_ in ("amod", "aux", "auxpass"):
            continue
        if any(child.dep_ == "auxpass" for child in token.lefts):
            continue
        found = _with_object(passage, token) or _with_preposition(passage, token)
        if found is not None:
            yield replace(found, rule=DENIED, score=0.45) if is_denied(token) else found


def _with_object(passage: Passage, verb: Any) -> PredictedQuotation | None:
    lemma = verb.lemma_.lower()
    thing = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if thing is None:
        return None
    for preposition in (*thing.rights, *verb.rights):
        governed = preposition.dep_ == "prep" and preposition.i > thing.i
        if (
            governed
            and preposition.lower_ == "as"
            and _marked(passage, preposition.i + 1, preposition.right_edge.i + 1)
        ):
            return None
        if governed and is_cue(f"{lemma}_{preposition.lower_}", Frame.OBJECT_PREPOSITION):
            return _quotation(passage, verb, thing.left_edge.i, _end(passage, preposition), GOVERNED)
    if not is_cue(lemma, Frame.OBJECT) or thing.lower_ in _EMPTY or any(c.dep_ == "ccomp" for c in verb.rights):
        return None
    return _quotation(passage, verb, thing.left_edge.i, _end(passage, thing), OBJECT)


def _with_preposition(passage: Passage, verb: Any) -> PredictedQuotation | None:
    lemma = verb.lemma_.lower()
    if any(child.dep_ in ("dobj", "ccomp") for child in verb.rights):
        return None
    for child in verb.rights:
        cue = child.dep_ == "prep" and is_cue(f"{lemma}_{child.lower_}", Frame.PREPOSITION)
        if cue and any(one.dep_ in ("pobj", "pcomp") and one.lower_ not in _EMPTY for one in child.rights):
            return _quotation(passage, verb, child.i + 1, _end(passage, child), PREPOSITION)
    return None


def _end(passage: Passage, head: Any) -> int:
    """The token after the phrase of ``head``; additions that a comma or dash sets off stay out."""
    end = int(head.right_edge.i) + 1
    for index in range(head.i + 1, end):
        token = passage.doc[index]
        edge = token.left_edge.i
        anew = token.dep_ == "conj" and token.tag_ == "VBG" and _is_any_cue(token)
        if anew and passage.doc[token.i - 1].pos_ == "CCONJ":
            return int(token.i) - 1
        if token.dep_ in _LOOSE and edge > head.i + 1 and passage.pauses(edge - 1):
            return int(edge) - 1
    return end


def _is_any_cue(verb: Any) -> bool:
    lemma = verb.lemma_.lower()
    prepositions = (f"{lemma}_{child.lower_}" for child in verb.rights if child.dep_ == "prep")
    return is_cue(lemma, Frame.CLAUSE) or any(is_cue(pair, Frame.PREPOSITION) for pair in prepositions)


def _marked(passage: Passage, start: int, end: int) -> bool:
    return any(passage.quote_of[index] >= 0 for index in range(start, min(end, len(passage.quote_of))))


def _quotation(passage: Passage, verb: Any, start: int, end: int, rule: str) -> PredictedQuotation | None:
    _, stop = passage.sentence(verb.i)
    content = passage.stretch(start, min(out_of_marks(passage, end), stop))
    if content is None or passage.quote_of[passage.token_from(content.start)] >= 0:
        return None
    speaker = speaker_of(passage, verb)
    if speaker is None and not is_finite(verb):
        return None
    return PredictedQuotation(
        (content,), (Stretch(verb.idx, verb.idx + len(verb)),), speaker, rule=rule, score=_SCORES[rule]
    )
