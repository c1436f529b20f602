"""What stands beside a name and tells its kind, wherever in the document it does so.

Works on the surface, in any newspaper's English: "in X" and "the mayor of X" make a place, "X shares" and "X
spokesman" an organisation, "X, 58," and a surname that stands alone later make a person. Evidence is capped, so
that a hundred repeats of a phrase say little more than two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.capitals import DATELINE
from annotator.language.entities.heads import is_head
from annotator.language.entities.names import NAMED, key_of
from annotator.language.entities.places import places
from annotator.language.words import word_set

_REACH = 40
_CAP = 2
_DATELINE_WEIGHT = 4.0
_BEFORE: tuple[tuple[re.Pattern[str], str, float], ...] = (
    (re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sen|Rep|Gov|Lt|Sgt|Sir|Gen|Col|Capt)\b\.? $"), "PERSON", 4.0),
    (
        re.compile(r"\b(?:city|town|village|island|port|province|district|mayor|people|residents|streets) of $"),
        "GPE",
        2.5,
    ),
    (re.compile(r"\bbased in $"), "GPE", 3.0),
    (re.compile(r"\b(?:shares (?:of|in)|a unit of|subsidiary of|employees of|owner of) $"), "ORG", 2.0),
)
_AFTER: tuple[tuple[re.Pattern[str], str, float], ...] = (
    (re.compile(r", \d\d?, "), "PERSON", 3.0),
    (re.compile(r", who\b"), "PERSON", 2.0),
    (re.compile(r"-based\b"), "GPE", 3.0),
    (re.compile(r" (?:Inc|Ltd|Corp|Co|plc|GmbH|AG|LLC|SA)\b"), "ORG", 4.0),
    (re.compile(r"(?:['’]s)? (?:shares|stock|employees|subscribers|chief executive|CEO)\b"), "ORG", 2.0),
    (re.compile(r" (?:spokesman|spokeswoman|spokesperson|executives?)\b"), "ORG", 1.2),
)
_HYPHEN = re.compile(r"^(?P<place>[A-Z][A-Z'.-]+(?: [A-Z][A-Z'.-]+){0,2}) - ", re.MULTILINE)
"""A dateline with a hyphen looks like the heading of a table: only a name that also stands in small letters counts."""
_IN = re.compile(r"\b[Ii]n $")
_IN_WEIGHT = 1.1
_NO_PLACE_AFTER = re.compile(r"['’-]| [A-Z]")
_PLACE_FIRST = word_set("Upper Lower Little Great Port Fort")
_NO_NAME = re.compile(r"[^\w .'’-]|\d")
_WORDS = re.compile(r"[^\W\d_][\w'’-]*")


def context_votes(text: str, spans: Sequence[PredictedSpan]) -> dict[str, dict[str, float]]:
    """For each name the weight that its surroundings in the document give to a label."""
    seen: dict[tuple[str, str, float], int] = defaultdict(int)
    for span in spans:
        if span.label in NAMED:
            for label, weight in _beside(text, span):
                seen[key_of(text, span), label, weight] += 1
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (key, label, weight), count in seen.items():
        votes[key][label] += weight * min(count, _CAP)
    for key, label, weight in (*_by_form(text, spans), *_by_dateline(text, spans)):
        votes[key][label] += weight
    return votes


def _by_dateline(text: str, spans: Sequence[PredictedSpan]) -> list[tuple[str, str, float]]:
    """``CORVANE - ...`` at a line's start: that name is a place however it is written."""
    towns = {match.group("place") for match in DATELINE.finditer(text)}
    towns |= {match.group("place") for match in _HYPHEN.finditer(text) if match.group("place").title() in text}
    towns = {town.casefold() for town in towns}
    keys = {key_of(text, span) for span in spans if span.label in NAMED} if towns else ()
    return [(key, "GPE", _DATELINE_WEIGHT) for key in keys if key.casefold() in towns]


def _beside(text: str, span: PredictedSpan) -> list[tuple[str, float]]:
    start, end = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    found = [(label, weight) for pattern, label, weight in _BEFORE if pattern.search(text, start, span.start)]
    if text[span.start : span.start + 4].lower() == "the ":
        return [one for one in found if one[0] != "PERSON"]
    if _IN.search(text, start, span.start) and _can_be_town(text, span):
        found.append(("GPE", _IN_WEIGHT))
    return found + [(label, weight) for pattern, label, weight in _AFTER if pattern.match(text, span.end, end)]


def _can_be_town(text: str, span: PredictedSpan) -> bool:
    """Whether "in" before the name may tell a place: one ordinary word, not the owner of what follows."""
    name = text[span.start : span.end]
    plain = " " not in name and not name.isupper() and span.label not in ("EVENT", "FAC", "WORK_OF_ART")
    return plain and not _NO_PLACE_AFTER.match(text, span.end)


def _by_form(text: str, spans: Sequence[PredictedSpan]) -> list[tuple[str, str, float]]:
    """Names whose own words tell: "Upper X", and two words of which the last, and not the first, stands alone later."""
    keys = {key_of(text, span) for span in spans if span.label in NAMED}
    alone = {key for key in keys if " " not in key}
    common = {word for word in _WORDS.findall(text) if word.islower()}
    found = []
    for key in keys:
        words = key.split()
        if len(words) not in (2, 3) or _NO_NAME.search(key) or not all(word[0].isupper() for word in words):
            continue
        if words[0] in _PLACE_FIRST and not is_head(words[-1]):
            found.append((key, "GPE", 1.5))
        elif words[-1] in alone and words[0] not in alone and _is_surname(words, common):
            found.append((key, "PERSON", 2.0))
    return found


def _is_surname(words: Sequence[str], common: Collection[str]) -> bool:
    known = words[0] in places() or words[-1] in places() or " ".join(words[:2]) in places()
    if words[-1].lower() in common or words[0].isupper():
        return False
    return not known and not is_head(words[-1]) and len(words[-1]) > 2 and not words[-1].isupper()
