"""Repeats that the pipeline missed: a name that it found once is that name wherever it stands as a name."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.names import NAMED, key_of
from annotator.language.entities.places import is_weak, peoples, places
from annotator.language.entities.votes import surnames
from annotator.language.settings import DEFAULT, Settings


def add_repeats(
    text: str, doc: Any, spans: Sequence[PredictedSpan], settings: Settings = DEFAULT
) -> list[PredictedSpan]:
    """Add untagged occurrences of known names, longest first; surnames of persons named in full too.

    A name that also stands in lower case is added only as a proper noun, and only if found twice or more.
    """
    words = [token.text for token in doc]
    known = _known_names(text, spans)
    if settings.use("entity lists"):
        known = {**_listed(set(words)), **known}
    by_first = _by_first_word(known)
    plain = Counter(word for word in words if word.islower())
    counts = Counter(key_of(text, span) for span in spans)
    taken = sorted((span.start, span.end) for span in spans)
    tagged = _tagged(doc, spans)
    added = []
    position = 0
    while position < len(words):
        length, label, rule = _match(doc, words, position, by_first, tagged)
        surname = rule == "surname" and words[position].istitle() and not plain[words[position].lower()]
        if length and (surname or _stands_as_name(doc, position, length, tagged)):
            start, end = doc[position].idx, doc[position + length - 1].idx + len(doc[position + length - 1])
            key = text[start:end]
            doubtful = length == 1 and plain[key.lower()]
            if _free(taken, start, end) and (not doubtful or counts[key] > 1):
                added.append(PredictedSpan(start, end, label, rule=rule))
                insort(taken, (start, end))
                position += length
                continue
        position += 1
    return [*spans, *added]


def _known_names(text: str, spans: Sequence[PredictedSpan]) -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for span in spans:
        key = key_of(text, span)
        if span.label in NAMED and key[:1].isupper() and len(key) > 1:
            known.setdefault(key, (span.label, "repeat"))
    for surname in surnames(text, spans):
        known.setdefault(surname, ("PERSON", "surname"))
    return known


def _listed(words: Collection[str]) -> dict[str, tuple[str, str]]:
    """Places and peoples of our lists that may stand in a document of these words; names that persons bear left out."""
    found = {name: ("GPE", "list") for name in places() if name.split()[0] in words and not is_weak(name)}
    return found | {name: ("NORP", "list") for name in peoples() if name.split()[0] in words}


def _by_first_word(
    known: Mapping[str, tuple[str, str]],
) -> dict[str, list[tuple[list[str], str, str]]]:
    by_first: dict[str, list[tuple[list[str], str, str]]] = defaultdict(list)
    for key, (label, rule) in known.items():
        parts = key.replace("-", " - ").split()
        by_first[parts[0]].append((parts, label, rule))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return by_first


def _match(
    doc: Any,
    words: Sequence[str],
    position: int,
    by_first: Mapping[str, list[tuple[list[str], str, str]]],
    tagged: Sequence[bool],
) -> tuple[int, str, str]:
    if tagged[position]:
        return 0, "", ""
    for parts, label, rule in by_first.get(words[position], ()):
        if list(words[position : position + len(parts)]) == parts:
            return len(parts), label, rule
    return 0, "", ""


def _tagged(doc: Any, spans: Sequence[PredictedSpan]) -> list[bool]:
    tagged = [False] * len(doc)
    starts = [token.idx for token in doc]
    for span in spans:
        for index in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
            tagged[index] = True
    return tagged


def _stands_as_name(doc: Any, position: int, length: int, tagged: Sequence[bool]) -> bool:
    """Whether the words are proper nouns and no part of a longer untagged name."""
    token = doc[position]
    if token.pos_ not in ("PROPN", "NOUN", "ADJ") or (token.pos_ != "PROPN" and length == 1 and token.is_lower):
        return False
    if length == 1 and token.pos_ != "PROPN" and token.is_sent_start:
        return False
    for neighbour in (position - 1, position + length):
        if 0 <= neighbour < len(doc) and _capital(doc[neighbour]) and not tagged[neighbour]:
            return False
    return True


def _capital(token: Any) -> bool:
    return token.pos_ == "PROPN" and token.text[0].isupper() and not token.is_upper and "." not in token.text


def _free(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_left(taken, (start, end))
    return all(not (a < end and start < b) for a, b in taken[max(0, place - 1) : place + 1])
