"""Reports that go on in the next sentence without a cue of their own, because they quote in it.

``Lenk said the harbour would close. The boats could stay "until the ice comes".`` A sentence right after a report
in the same paragraph, outside marks but ending in them, is reported too, by the same speaker: writers do not quote
somebody new without naming them. Anything with a cue, a title or a word in doubt marks alone is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.marks import Stretch
from annotator.domain.predictions import PredictedQuotation
from annotator.language.quotations.cues import Frame, is_cue
from annotator.language.quotations.edges import has_finite, sentence_lead
from annotator.language.quotations.passage import Passage
from annotator.language.quotations.titles import is_title

RULE = "goes on in marks"


def onward_quotations(passage: Passage, found: Sequence[PredictedQuotation]) -> list[PredictedQuotation]:
    """For each sentence without report that ends in marks: what it reports, if the sentence before is a report."""
    reported = sorted(
        (part.end, part.start, number)
        for number, one in enumerate(found)
        for part in (*one.content, *one.cue)
        if one.speaker is not None
    )
    added: list[PredictedQuotation] = []
    for top in passage.tops:
        start, end = passage.tokens_of(top)
        if start >= end or not top.closed or len(top.inner.slice(passage.text).split()) < 3:
            continue
        low, high = passage.sentence(start)
        if not low or low >= start or (not has_finite(passage, low, start) and not has_finite(passage, start, end)):
            continue
        if any(not passage.doc[i].is_punct and not passage.doc[i].is_space for i in range(end, high)):
            continue
        before = _before(passage, found, reported, low)
        if before is None or is_title(passage.text, top, full_stop=True) or _has_cue(passage, low, high):
            continue
        lead = sentence_lead(passage, low, high)
        content = Stretch(passage.starts[lead], top.end)
        if any(part.overlaps(content) for one in (*found, *added) for part in (*one.content, *one.cue)):
            continue
        added.append(PredictedQuotation((content,), (), before.speaker, rule=RULE, score=0.55))
    return added


def _before(
    passage: Passage, found: Sequence[PredictedQuotation], reported: Sequence[tuple[int, int, int]], low: int
) -> PredictedQuotation | None:
    """The last report of the sentence right before token ``low`` in its paragraph."""
    previous = low - 1
    if "\n" in passage.text[passage.ends[previous] : passage.starts[low]] or passage.doc[previous].is_space:
        return None
    begin = passage.starts[passage.sentence(previous)[0]]
    last = [number for end, _, number in reported if begin < end <= passage.starts[low]]
    return found[last[-1]] if last else None


def _has_cue(passage: Passage, low: int, high: int) -> bool:
    return any(
        passage.quote_of[i] < 0
        and passage.doc[i].pos_ == "VERB"
        and is_cue(passage.doc[i].lemma_.lower(), Frame.CLAUSE)
        for i in range(low, high)
    )
