"""The persons of a document: which PERSON spans mean the same one.

A full name joins those with its surname and a given name that agrees; a bare surname means the last such person
named before it. The longest form is the person's name. Knows nothing of quotations.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.domain.predictions import PredictedEntity, PredictedSpan
from annotator.language.speakers.names import Gender, Name, compatible, display_name, given_gender, parse_name

PERSON = "PERSON"


@dataclass(slots=True)
class Person:
    """Somebody of the document: distinct names and forms, the indexes of the spans, and where those start."""

    names: dict[Name, None] = field(default_factory=dict)
    forms: dict[str, None] = field(default_factory=dict)
    spans: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    @property
    def gender(self) -> Gender | None:
        """What the first name that says anything of it says; a lone given name last of all."""
        said = next((name.gender for name in self.names if name.gender), None)
        return said or given_gender(next(iter(self.names)).surname)

    @property
    def entity(self) -> PredictedEntity:
        """The longest form as the name, the other forms as aliases."""
        forms = sorted(self.forms, key=lambda form: (-len(form.split()), -len(form)))
        return PredictedEntity(forms[0], PERSON, tuple(sorted(forms[1:])))

    def add(self, index: int, span: PredictedSpan, words: str, name: Name) -> None:
        """Take in one more span that means this person."""
        self.names.setdefault(name)
        self.forms.setdefault(display_name(words))
        insort(self.spans, index)
        insort(self.starts, span.start)

    def distance(self, place: int) -> tuple[bool, int]:
        """How far before ``place`` the person was last named; persons named only after it sort behind."""
        before = bisect_left(self.starts, place)
        if before:
            return False, place - self.starts[before - 1]
        return True, self.starts[0] - place


def cluster_persons(text: str, spans: Sequence[PredictedSpan]) -> list[Person]:
    """Group the PERSON spans, in order of each person's first appearance."""
    named = [
        (index, span, text[span.start : span.end], parse_name(text[span.start : span.end]))
        for index, span in enumerate(spans)
        if span.label == PERSON
    ]
    by_surname: dict[str, list[Person]] = defaultdict(list)
    for index, span, words, name in named:
        if name.full:
            _with_full_name(by_surname[name.surname], name).add(index, span, words, name)
    bearers = _by_single_word(by_surname)
    alone: dict[str, Person] = {}
    for index, span, words, name in named:
        if not name.full:
            person = _bearer(bearers.get(name.surname, ()), span, name)
            if person is None:
                person = alone.setdefault(name.surname, Person())
            person.add(index, span, words, name)
    people = [*(person for fitting in by_surname.values() for person in fitting), *alone.values()]
    return sorted(people, key=lambda one: one.spans[0])


def _with_full_name(namesakes: list[Person], name: Name) -> Person:
    person = next((one for one in namesakes if any(compatible(known, name) for known in one.names)), None)
    if person is None:
        person = Person()
        namesakes.append(person)
    return person


def _by_single_word(by_surname: dict[str, list[Person]]) -> dict[str, list[tuple[int, Person]]]:
    """Persons by each word that can name them alone: rank 0 for surnames, 1 for given names."""
    bearers: dict[str, list[tuple[int, Person]]] = defaultdict(list)
    for surname, people in by_surname.items():
        for person in people:
            bearers[surname].append((0, person))
            for part in surname.split("-") if "-" in surname else ():
                bearers[part].append((0, person))
            for given in {name.given[0] for name in person.names if len(name.given[0]) > 2}:
                bearers[given].append((1, person))
    return bearers


def _bearer(fitting: Sequence[tuple[int, Person]], span: PredictedSpan, name: Name) -> Person | None:
    """The person with this surname, else given name, who was last named before the span."""
    allowed = [
        (rank, person)
        for rank, person in fitting
        if not (name.gender and person.gender and name.gender is not person.gender)
    ]
    if not allowed:
        return None
    return min(allowed, key=lambda one: (one[0], one[1].distance(span.start)))[1]
