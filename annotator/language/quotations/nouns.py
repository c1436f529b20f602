"""Reports that a noun of saying carries: the minister's claim that prices would fall.

Counts only where the noun says whose words they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.language.quotations.cues import Frame, is_cue
from annotator.language.quotations.edges import clause_end
from annotator.language.quotations.mentions import mention
from annotator.language.quotations.passage import Passage


def noun_quotations(passage: Passage) -> Iterator[PredictedQuotation]:
    """Every possessed noun of saying outside marks with its "that" clause as content."""
    for token in passage.doc:
        if token.pos_ == "NOUN" and is_cue(token.lemma_.lower(), Frame.NOUN) and not passage.inside(token):
            found = _with_clause(passage, token)
            if found is not None:
                yield found


def _with_clause(passage: Passage, noun: Any) -> PredictedQuotation | None:
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    clause = next((child for child in noun.rights if child.dep_ in ("acl", "ccomp")), None)
    if owner is None or clause is None or clause.left_edge.i != noun.i + 1:
        return None
    if passage.doc[noun.i + 1].lower_ != "that" or passage.doc[noun.i + 1].tag_ != "IN":
        return None
    _, stop = passage.sentence(noun.i)
    content = passage.stretch(noun.i + 1, clause_end(passage, noun, clause, stop))
    if content is None:
        return None
    speaker = mention(passage, owner, high=noun.i)
    if speaker is not None and speaker.slice(passage.text).endswith(("’s", "'s")):
        speaker = Stretch(speaker.start, speaker.end - 2)
    cue = Stretch(noun.idx, noun.idx + len(noun))
    return PredictedQuotation((content,), (cue,), speaker, rule="noun with clause", score=0.7)
