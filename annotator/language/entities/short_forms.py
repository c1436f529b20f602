"""Organisations called by a part of their name, by their initials in brackets, and teams called without their town.

"Vox Media" is "Vox" later, "the International Criminal Court (ICC)" is "the ICC", "Minnesota Wild" is "the Wild".
A part that is a place, a person's name or a common word of the text stands for nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.heads import is_head
from annotator.language.entities.names import key_of
from annotator.language.entities.places import peoples, places

_INITIALS = re.compile(r" \((?P<short>[A-Z][A-Za-z]{1,6})\)")
_CONFUSED = frozenset(("ORG", "FAC", "PERSON", "PRODUCT", "WORK_OF_ART"))
_WORD = re.compile(r"[^\W\d_][\w-]*")


def name_short_forms(text: str, spans: Sequence[PredictedSpan]) -> list[PredictedSpan]:
    """Give the short forms of organisations that label, and add the ones that nobody marked."""
    known = _short_forms(text, spans)
    named = []
    for span in spans:
        label = known.get(text[span.start : span.end].removeprefix("the ")) if span.label in _CONFUSED else None
        named.append(replace(span, label=label, rule="short form") if label and label != span.label else span)
    taken = sorted((span.start, span.end) for span in spans)
    for match in _WORD.finditer(text) if known else ():
        label = known.get(match.group())
        with_article = match.group().isupper() or text[match.start() - 4 : match.start()].lower() == "the "
        if label and with_article and _is_free(taken, *match.span()):
            named.append(PredictedSpan(*match.span(), label, rule="short form"))
    return named


def _is_free(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_left(taken, (start, end))
    return all(end <= low or high <= start for low, high in taken[max(0, place - 1) : place + 1])


def _short_forms(text: str, spans: Sequence[PredictedSpan]) -> Mapping[str, str]:
    common = {word for word in _WORD.findall(text) if word.islower()}
    persons = {word for span in spans if span.label == "PERSON" for word in text[span.start : span.end].split()}
    known: dict[str, str] = {}
    for span in spans:
        words = key_of(text, span).split()
        match = _INITIALS.match(text, span.end)
        if match and span.label in ("ORG", "EVENT", "LAW") and _fits(words, match.group("short")):
            known.setdefault(match.group("short"), span.label)
        if span.label != "ORG" or len(words) < 2:
            continue
        town = " ".join(words[:-1])
        candidates = [words[-1]] if town in places() and len(words[-1]) > 3 else []
        if len(words) == 2 and words[0] not in places():
            candidates.append(words[0])
        for word in candidates:
            plain = word.isalpha() and word[0].isupper() and len(word) > 2
            listed = word in places() or word in peoples() or is_head(word)
            if plain and not listed and word.lower() not in common and word not in persons:
                known.setdefault(word, "ORG")
    return known


def _fits(words: Sequence[str], short: str) -> bool:
    initials = "".join(word[0] for word in words if word[0].isupper())
    return short[0] == initials[:1] and set(short.upper()) <= set("".join(words).upper())
