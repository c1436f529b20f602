"""Who speaks: the subject of a cue, and the noun phrase that names the speaker.

The mention has title and apposition and leaves relative clauses out. Works on the parse, with the surface as a
fallback. Knows nothing of who a mention is.
"""

from __future__ import annotations

from typing import Any

from annotator.domain.marks import Stretch
from annotator.language.quotations.cues import Frame, is_cue
from annotator.language.quotations.passage import Passage

_SUBJECTS = frozenset(("nsubj", "csubj", "expl"))
_CUT = frozenset(("relcl", "advcl", "ccomp", "parataxis", "dep"))
_CLIMB = frozenset(("conj", "xcomp", "advcl", "pcomp", "prep"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LONGEST = 40
"""Longest part of a mention, in tokens; a longer one is a parser's error."""


def is_finite(token: Any) -> bool:
    """Whether the verb is finite, alone or with an auxiliary: said, has said, would say, is saying."""
    if token.tag_ in FINITE:
        return True
    return token.tag_ in ("VBN", "VB", "VBG") and any(
        child.dep_ == "aux" and (child.tag_ in FINITE) for child in token.lefts
    )


def subject_of(verb: Any) -> Any | None:
    """The token that heads the cue's subject: its own, or the one that governs a participle or conjunct."""
    seen = 0
    if _is_bare_passive(verb):
        return agent_of(verb)
    while seen < 6:
        seen += 1
        passive = None
        for child in verb.children:
            if child.dep_ == "nsubj":
                return child
            if child.dep_ == "nsubjpass":
                passive = child
        if passive is not None:
            return passive if seen > 1 or verb.tag_ == "VBG" else None
        if verb.dep_ == "acl":
            return verb.head if verb.head.i < verb.i else None
        if verb.dep_ not in _CLIMB or verb.head is verb:
            return None
        if (governing := _joined_participle(verb)) is not None:
            verb = governing
            continue
        if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
            verb = verb.head
            if verb.head.dep_ == "dobj":
                verb = verb.head
            elif verb.head.pos_ not in ("VERB", "AUX"):
                return None
            elif is_cue(f"{verb.head.lemma_}_{verb.lower_}", Frame.OBJECT_PREPOSITION):
                return _object_before(verb)
        if verb.dep_ == "xcomp" and not _set_off(verb) and (controller := _object_before(verb)) is not None:
            return controller
        verb = _reporting(verb) or verb.head
    return None


def _is_bare_passive(verb: Any) -> bool:
    """``Asked whether ...`` and ``when asked ...``: a participle without auxiliary, whose subject was spoken to."""
    if verb.tag_ != "VBN" or verb.dep_ not in ("advcl", "prep", "pcomp"):
        return False
    return not any(child.dep_ in ("aux", "auxpass", "nsubj") for child in verb.lefts)


def _joined_participle(verb: Any) -> Any | None:
    """``accusing Lenk of lying and calling for peace``: the first participle, where the parser joined the others."""
    if verb.dep_ != "conj" or verb.tag_ != "VBG" or verb.head.dep_ != "pcomp":
        return None
    governing = verb.head.head.head
    return governing if governing.tag_ == "VBG" and governing.i < verb.head.i else None


def _set_off(verb: Any) -> bool:
    """Whether a comma stands before a participle: ``told them, adding ...`` goes on with the subject."""
    return bool(verb.tag_ == "VBG" and verb.i and verb.nbor(-1).text == ",")


def _object_before(verb: Any) -> Any | None:
    """``led Brock to say``: the object of the governing verb speaks, unless that verb is itself a promise."""
    if verb.head.lemma_ == "promise":
        return None
    return next((c for c in verb.head.rights if c.dep_ == "dobj" and c.i < verb.i), None)


def _reporting(verb: Any) -> Any | None:
    """``said that it might close, warning: ...``: the participle goes on with the reporting verb's subject."""
    head = verb.head
    participle = verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.i > head.i
    if participle and head.dep_ == "ccomp" and is_cue(head.head.lemma_.lower(), Frame.CLAUSE):
        return head.head
    return None


def is_subject(token: Any) -> bool:
    """Whether the parser made the token a subject."""
    return token.dep_ in _SUBJECTS or token.dep_ == "nsubjpass"


def agent_of(verb: Any) -> Any | None:
    """The token that heads "by ..." of a passive cue."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return None


def mention(passage: Passage, head: Any, *, low: int = 0, high: int | None = None) -> Stretch | None:
    """The noun phrase of ``head`` within tokens ``[low, high)``, without relative clauses and outer marks."""
    start, end = noun_phrase(passage, head)
    start = max(_over_name(passage, start), low)
    end = min(end, high) if high is not None else end
    return passage.stretch(start, end)


def _over_name(passage: Passage, start: int) -> int:
    """Take in the name before an apposition that the parser made the subject: Weems, his brother and partner, said."""
    name = start - 2
    if start < 2 or passage.doc[start - 1].text != "," or passage.doc[start].pos_ not in ("DET", "PRON"):
        return start
    low, _ = passage.sentence(name)
    while name >= low and (passage.doc[name].pos_ == "PROPN" or passage.doc[name].is_title):
        name -= 1
    return name + 1 if name + 1 == low and name + 1 < start - 1 else start


def noun_phrase(passage: Passage, head: Any) -> tuple[int, int]:
    """The tokens ``[start, end)`` of the noun phrase that ``head`` heads."""
    start = head.left_edge.i
    for token in head.lefts:
        if token.dep_ in _CUT or (token.dep_ == "punct" and token.text in (",", "—", "–")):
            start = max(start, token.right_edge.i + 1)
    start = max(start, _after_marks(passage, start, head.i))
    end = head.i + 1
    for token in head.rights:
        if token.dep_ in _CUT or passage.quote_of[token.i] != passage.quote_of[head.i]:
            break
        if token.dep_ == "acl" and token.i and passage.doc[token.left_edge.i - 1].text == ",":
            break
        end = _end_of(passage, token)
    return start, max(end, head.i + 1)


def _after_marks(passage: Passage, start: int, head: int) -> int:
    """A mention outside marks never starts inside the marks that stand before it, except for a nickname."""
    if passage.quote_of[start] >= 0 and passage.quote_of[head] < 0:
        while start < head and passage.quote_of[start] >= 0:
            start += 1
    return start


def _end_of(passage: Passage, token: Any) -> int:
    """Where the part of the phrase under ``token`` ends, its own relative clauses left out."""
    last = min(token.right_edge.i, token.i + _LONGEST)
    for index in range(token.i + 1, last + 1):
        inner = passage.doc[index]
        if inner.dep_ in _CUT and inner.left_edge.i > token.i:
            return int(inner.left_edge.i)
    return int(last) + 1


def phrase_at(passage: Passage, start: int, end: int) -> Stretch | None:
    """The noun phrase that begins at token ``start`` by its surface: up to a comma, verb or preposition."""
    stop = start
    while stop < end:
        token = passage.doc[stop]
        if token.pos_ in ("VERB", "AUX", "ADP", "SCONJ", "CCONJ", "ADV") or token.is_punct or token.is_space:
            break
        stop += 1
    return passage.stretch(start, stop)
