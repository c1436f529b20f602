"""A phrase in marks that a cue governs: described it as "a sham", warned of "dire consequences".

Only the marked words are the content. A phrase in marks without such a cue is a title or a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.language.quotations.clauses import speaker_of
from annotator.language.quotations.cues import Frame, is_cue
from annotator.language.quotations.passage import Passage
from annotator.language.quotations.titles import is_title

_PLACES = frozenset(("in", "at", "during", "after", "before", "near", "from", "inside", "outside", "under"))
_LINKS = frozenset(("prep", "pcomp", "pobj", "dobj", "oprd", "attr", "appos", "xcomp", "conj", "amod", "det", "ccomp"))


def marked_phrases(passage: Passage) -> Iterator[PredictedQuotation]:
    """Every stretch in marks that hangs on a cue by at most a few links, as a quotation of its own."""
    for top in passage.tops:
        start, end = passage.tokens_of(top)
        verb = _governor(passage, start, end)
        if (
            verb is None
            or is_title(passage.text, top, full_stop=True)
            or len(top.inner.slice(passage.text).split()) < 2
        ):
            continue
        cue = Stretch(verb.idx, verb.idx + len(verb))
        content = Stretch(_with_article(passage, verb, start), top.end)
        yield PredictedQuotation((content,), (cue,), speaker_of(passage, verb), rule="marked phrase", score=0.65)


def _with_article(passage: Passage, verb: Any, start: int) -> int:
    """Where the content begins: ``urged an "end"`` has its article, ``called it a "sham"`` only the marked words."""
    thing = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if thing is not None and start > 0 and thing.left_edge.i == start - 1 and thing.i >= start:
        return passage.starts[start - 1]
    return passage.starts[start]


def _leads_to_words(preposition: Any) -> bool:
    """Whether what follows the preposition can be what was said, not where: "as", "of", not "in", "at"."""
    if preposition.lower_ == "on":
        return bool(preposition.head.lemma_ == "blame")
    return preposition.lower_ not in _PLACES


def _governor(passage: Passage, start: int, end: int) -> Any | None:
    """The cue outside the marks on which the phrase hangs."""
    for index in range(start, end):
        token = passage.doc[index]
        if token.is_punct or start <= token.head.i < end:
            continue
        for _ in range(4):
            if token.dep_ not in _LINKS or (token.dep_ in ("pobj", "pcomp") and not _leads_to_words(token.head)):
                return None
            token = token.head
            if passage.inside(token):
                return None
            if token.pos_ == "VERB" and is_cue(token.lemma_.lower(), Frame.MARKED_PHRASE):
                return token
        return None
    return None
