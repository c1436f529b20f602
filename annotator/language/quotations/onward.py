"""Reports that go on in the next sentence without a cue of their own, because they quote in it.

``Lenk said the harbour would close. The boats could stay "until the ice comes".`` A sentence right after a report
in the same paragraph, outside marks but ending in them, is reported too, by the same speaker: writers do not quote
somebody new without naming them. Anything with a cue, a title or a word in doubt marks alone is left alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
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
    reports = sorted(
        ((part, number) for number, one in enumerate(found) if one.speaker for part in (*one.content, *one.cue)),
        key=lambda pair: pair[0].end,
    )
    taken = sorted(part for one in found for part in (*one.content, *one.cue))
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
        before = _before(passage, reports, low)
        if before is None or is_title(passage.text, top, full_stop=True) or _has_cue(passage, low, high):
            continue
        lead = sentence_lead(passage, low, high)
        content = Stretch(passage.starts[lead], top.end)
        place = bisect_left(taken, content)
        if any(part.overlaps(content) for part in taken[max(0, place - 2) : place + 2]):
            continue
        insort(taken, content)
        added.append(PredictedQuotation((content,), (), found[before].speaker, rule=RULE, score=0.55))
    return added


def _before(passage: Passage, reports: Sequence[tuple[Stretch, int]], low: int) -> int | None:
    """The number of the last report in the sentence right before token ``low`` in its paragraph."""
    previous = low - 1
    if "\n" in passage.text[passage.ends[previous] : passage.starts[low]] or passage.doc[previous].is_space:
        return None
    begin = passage.starts[passage.sentence(previous)[0]]
    place = bisect_right(reports, passage.starts[low], key=lambda pair: pair[0].end)
    return reports[place - 1][1] if place and reports[place - 1][0].end > begin else None


def _has_cue(passage: Passage, low: int, high: int) -> bool:
    return any(
        passage.quote_of[i] < 0
        and passage.doc[i].pos_ == "VERB"
        and is_cue(passage.doc[i].lemma_.lower(), Frame.CLAUSE)
        for i in range(low, high)
    )
