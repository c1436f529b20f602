"""The persons of a document: which PERSON spans mean the same one.

A full name joins those with its surname and a given name that agrees; a bare surname means the last such person
named before it. The longest form is the person's name. Knows nothing of quotations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.domain.predictions import PredictedEntity, PredictedSpan
from annotator.language.speakers.names import Gender, Name, compatible, display_name, given_gender, parse_name

PERSON = "PERSON"


@dataclass(slots=True)
class Person:
    """Somebody of the document with the names that stand there and the indexes of the spans that mean them."""

    names: list[Name] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    spans: list[int] = field(default_factory=list)

    @property
    def gender(self) -> Gender | None:
        """What the first name that says anything of it says."""
        return next((name.gender for name in self.names if name.gender), None)

    @property
    def entity(self) -> PredictedEntity:
        """The longest form as the name, the other forms as aliases."""
        forms = sorted(dict.fromkeys(self.words), key=lambda form: (-len(form.split()), -len(form)))
        return PredictedEntity(forms[0], PERSON, tuple(sorted(forms[1:])))


def cluster_persons(text: str, spans: Sequence[PredictedSpan]) -> list[Person]:
    """Group the PERSON spans, in order of each person's first appearance."""
    named = [(i, span, parse_name(text[span.start : span.end])) for i, span in _persons(spans)]
    people: list[Person] = []
    for index, span, name in named:
        if name.full:
            person = next((one for one in people if any(compatible(n, name) for n in one.names)), None)
            _add(people, person, index, text[span.start : span.end], name)
    full = list(people)
    for index, span, name in named:
        if not name.full:
            person = _bearer(full, spans, span, name) or _same_word(people, name)
            _add(people, person, index, text[span.start : span.end], name)
    for person in people:
        person.spans.sort()
    return sorted(people, key=lambda one: one.spans[0])


def _persons(spans: Sequence[PredictedSpan]) -> list[tuple[int, PredictedSpan]]:
    return [(i, span) for i, span in enumerate(spans) if span.label == PERSON]


def _add(people: list[Person], person: Person | None, index: int, words: str, name: Name) -> None:
    if person is None:
        person = Person()
        people.append(person)
    person.names.append(name)
    person.words.append(display_name(words))
    person.spans.append(index)


def _bearer(people: Sequence[Person], spans: Sequence[PredictedSpan], span: PredictedSpan, name: Name) -> Person | None:
    """The person with this surname, else given name, who was last named in full before the span."""
    for part in ("surname", "given"):
        fitting = [one for one in people if _bears(one, name, part)]
        if fitting:
            return min(fitting, key=lambda one: _distance(one, spans, span))
    return None


def _bears(person: Person, name: Name, part: str) -> bool:
    if name.gender and person.gender and name.gender is not person.gender:
        return False
    full = [one for one in person.names if one.full]
    if part == "surname":
        return any(one.surname == name.surname or _double(one, name) for one in full)
    return any(one.given[0] == name.surname for one in full) and len(name.surname) > 2


def _double(one: Name, name: Name) -> bool:
    return len(one.given) > 1 and "-" in one.surname and name.surname in one.surname.split("-")


def _distance(person: Person, spans: Sequence[PredictedSpan], span: PredictedSpan) -> tuple[bool, int]:
    before = [spans[i].start for i in person.spans if spans[i].start < span.start]
    if before:
        return False, span.start - max(before)
    return True, min(abs(spans[i].start - span.start) for i in person.spans)


def _same_word(people: Sequence[Person], name: Name) -> Person | None:
    return next((one for one in people if not one.names[0].full and one.names[0].surname == name.surname), None)


def known_gender(name: Name) -> Gender | None:
    """The gender that a lone given name says, for persons known by it alone."""
    return name.gender or given_gender(name.surname)
