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
from annotator.language.quotations.mentions import mention, subject_of
from annotator.language.quotations.passage import Passage
from annotator.language.words import word_set

_PROMISES = frozenset(("promise", "pledge", "vow", "threat", "call", "demand", "plea", "request", "offer"))
_MAKING = word_set(
    "make issue repeat reiterate release offer deliver give raise post publish add echo renew voice send express"
)


def noun_quotations(passage: Passage) -> Iterator[PredictedQuotation]:
    """Every possessed noun of saying outside marks with its "that" clause as content."""
    for token in passage.nouns:
        if is_cue(token.lemma_.lower(), Frame.NOUN):
            found = _with_clause(passage, token)
            if found is not None:
                yield found


def _owner(noun: Any) -> Any | None:
    """Whose words they are: the possessor's, else the subject's who makes, issues, repeats them."""
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if owner is None and noun.dep_ == "dobj" and noun.head.lemma_ in _MAKING:
        return subject_of(noun.head)
    return owner


def _with_clause(passage: Passage, noun: Any) -> PredictedQuotation | None:
    clause = next((child for child in noun.rights if child.dep_ in ("acl", "ccomp")), None)
    if clause is None or clause.left_edge.i != noun.i + 1:
        return None
    first = passage.doc[noun.i + 1]
    promised = first.tag_ == "TO" and noun.lemma_ in _PROMISES
    if not promised and not (first.lower_ == "that" and first.tag_ == "IN"):
        return None
    owner = _owner(noun)
    if owner is None or passage.inside(owner):
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
