"""Persons called by what they are: "the senator", "the president" after "Senator Jane Doe", "Roe, president of X".

A definite description means a person only if exactly one of the document has that noun as title or apposition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.places import countries, peoples
from annotator.language.speakers.persons import PERSON

_DEFINITE = frozenset(("the", "this", "that"))
_SHORT = {
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "prof": "professor",
    "dr": "doctor",
}


_LEADERS = frozenset(("leader", "president", "premier", "counterpart", "chancellor"))
_AMERICAN = frozenset(("US", "U.S.", "USA", "American", "America"))
_IRREGULAR = {"france": "french", "germany": "german", "uk": "british", "u.k.": "british", "britain": "british"}
_STEM = 4


class Descriptions:
    """For each describing noun of the document, alone or with its owner, the persons (indexes) that bear it."""

    def __init__(self, doc: Any, spans: Sequence[PredictedSpan], of_span: Mapping[int, int]) -> None:
        self._bearers: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._tied: dict[str, set[int]] = defaultdict(set)
        self._bare = _known_by_surname(doc.text, spans, of_span)
        for index, span in enumerate(spans):
            if span.label == PERSON and index in of_span:
                if _is_leaders(nouns := _describing(doc, span)):
                    for nation in _nations_around(doc, span, nouns):
                        self._tied[nation].add(of_span[index])
                for noun in nouns:
                    self._bearers["", _word(noun)].add(of_span[index])
                    if owner := _owner(noun):
                        self._bearers[owner, _word(noun)].add(of_span[index])

    def person(self, noun: Any) -> int | None:
        """The one person whom the definite phrase headed by ``noun`` can mean, or None."""
        return self._only_bearer(noun) if (nation := _nation(noun)) is None else self._leader(noun, nation)

    def _leader(self, noun: Any, nation: str) -> int | None:
        """``the Russian leader``: who is called so, or heads that nation by title; else the one whom nobody describes.

        Newspapers present everybody but those whom all readers know: a person named by surname alone, often, and
        tied to no nation, is the leader meant if there is exactly one.
        """
        tied = self._tied.get(nation, set())
        if len(tied) == 1:
            return next(iter(tied))
        others = set().union(*self._tied.values()) if self._tied else set()
        known = [one for one in self._bare if one not in others]
        return known[0] if not tied and len(known) == 1 else None

    def _only_bearer(self, noun: Any) -> int | None:
        if noun.pos_ not in ("NOUN", "PROPN") or noun.tag_ in ("NNS", "NNPS"):
            return None
        owner = _owner(noun)
        if not owner and not any(child.lower_ in _DEFINITE for child in noun.lefts if child.dep_ == "det"):
            return None
        bearers = self._bearers.get((owner, _word(noun)), set())
        return next(iter(bearers)) if len(bearers) == 1 else None


def _nation(noun: Any) -> str | None:
    """The nation of "the Russian leader" or "Ukraine's president"; None for another phrase."""
    if not _is_leader(noun):
        return None
    names = [child for child in noun.lefts if child.dep_ in ("amod", "compound", "nmod", "poss")]
    return next((stem for child in names if (stem := nation_stem(child.text))), None)


def nation_stem(word: str) -> str | None:
    """What a country and its adjective share: "Russia" and "Russian"; None for other words."""
    if word in _AMERICAN:
        return "america"
    if word in countries() or word in peoples():
        return _IRREGULAR.get(word.lower(), word.lower()[:_STEM])
    return None


def _is_leaders(nouns: Sequence[Any]) -> bool:
    return any(_is_leader(noun) for noun in nouns)


def _is_leader(noun: Any) -> bool:
    """Whether the noun heads a nation: a minister does only as a prime minister."""
    word = _word(noun)
    return word in _LEADERS or (word == "minister" and any(child.lower_ == "prime" for child in noun.lefts))


def _nations_around(doc: Any, span: PredictedSpan, nouns: Sequence[Any]) -> set[str]:
    """The nations in the words that describe the person: "his Russian counterpart, Vladimir Putin"."""
    first = min([noun.left_edge.i for noun in nouns])
    words = doc[first : max(noun.i for noun in nouns) + 1]
    text = words.text
    found = {stem for token in words if (stem := nation_stem(token.text))}
    return found | ({"america"} if "United States" in text else set())


def _known_by_surname(text: str, spans: Sequence[PredictedSpan], of_span: Mapping[int, int]) -> list[int]:
    """Persons whom the document names three times or more, always by one word and never with a description."""
    forms: dict[int, list[str]] = defaultdict(list)
    for index, span in enumerate(spans):
        if index in of_span and span.label == PERSON:
            forms[of_span[index]].append(text[span.start : span.end])
    return [one for one, names in forms.items() if len(names) > 2 and all(" " not in name for name in names)]


def _word(noun: Any) -> str:
    word: str = noun.lower_.rstrip(".")
    return _SHORT.get(word, word)


def _owner(noun: Any) -> str:
    owners = (str(child.lower_) for child in noun.lefts if child.dep_ == "poss" and child.pos_ != "PRON")
    return next(owners, "")


def _describing(doc: Any, span: PredictedSpan) -> list[Any]:
    """The nouns that say what the person is: before the name, inside it, or in apposition."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return []
    root = tokens.root
    nouns = [
        child
        for child in root.children
        if child.dep_ in ("compound", "appos", "nmod") and not span.start <= child.idx < span.end
    ]
    nouns += [token for token in tokens[:-1] if token.pos_ in ("NOUN", "PROPN")]
    if root.dep_ == "appos":
        nouns.append(root.head)
    return nouns
