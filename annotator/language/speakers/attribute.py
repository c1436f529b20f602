"""From mentions to persons: the document's persons, and whom each quotation's speaker mention means."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.domain.marks import QuotationType, SpeakerState, Stretch
from annotator.domain.predictions import PredictedEntity, PredictedQuotation, PredictedSpan, Prediction
from annotator.language.blocks import blocks
from annotator.language.settings import DEFAULT, Settings
from annotator.language.speakers.descriptions import Descriptions
from annotator.language.speakers.mentions import BODY_NOUNS, antecedent, head_token, is_definite, named_span
from annotator.language.speakers.names import Gender
from annotator.language.speakers.persons import PERSON, cluster_persons
from annotator.language.speakers.pronouns import NOBODY_NAMED, PRONOUNS, Candidate, resolve

_BODIES = frozenset(("ORG", "GPE", "NORP", "FAC"))
_NEAR = 800
_SHORTEST_LABEL = 3
_TALKED_OF_DIRECT = 3.0
_TALKED_OF_INDIRECT = 1.5
_SOMEBODY = frozenset(("somebody", "someone"))
_FIRST_PERSON = frozenset(("i", "we"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))


@dataclass(slots=True)
class _Register:
    """The prediction's entities while they grow, and which entity each span means."""

    entities: list[PredictedEntity] = field(default_factory=list)
    of_span: dict[int, int] = field(default_factory=dict)
    bodies: dict[tuple[str, str], int] = field(default_factory=dict)
    genders: dict[int, Gender | None] = field(default_factory=dict)


def attribute(
    text: str,
    doc: Any,
    spans: Sequence[PredictedSpan],
    quotations: Sequence[PredictedQuotation],
    settings: Settings = DEFAULT,
) -> Prediction:
    """Number the document's persons and speaking bodies, and point spans and quotations at them."""
    register = _persons(text, spans)
    resolver = _Resolver(text, doc, spans, quotations, register)
    attributed = [resolver.attributed(quotation) for quotation in quotations]
    linked = [replace(span, entity=register.of_span.get(i)) for i, span in enumerate(spans)]
    linked = [_linked_body(text, span, register) for span in linked]
    return Prediction(tuple(linked), tuple(attributed), tuple(register.entities))


def _persons(text: str, spans: Sequence[PredictedSpan]) -> _Register:
    register = _Register()
    for person in cluster_persons(text, spans):
        number = len(register.entities)
        register.entities.append(person.entity)
        register.genders[number] = person.gender
        register.of_span.update(dict.fromkeys(person.spans, number))
    return register


def _body_key(text: str, span: PredictedSpan) -> tuple[str, str]:
    words = text[span.start : span.end]
    return (words[4:] if words.lower().startswith("the ") else words), span.label


def _linked_body(text: str, span: PredictedSpan, register: _Register) -> PredictedSpan:
    if span.entity is None and span.label in _BODIES:
        return replace(span, entity=register.bodies.get(_body_key(text, span)))
    return span


class _Resolver:
    """Goes through the quotations in order; each resolved speaker is a candidate for later pronouns."""

    def __init__(
        self,
        text: str,
        doc: Any,
        spans: Sequence[PredictedSpan],
        quotations: Sequence[PredictedQuotation],
        register: _Register,
    ) -> None:
        self._text, self._doc, self._spans, self._register = text, doc, spans, register
        self._paragraphs = [start for start, _ in blocks(text)]
        self._speakers = sorted({q.speaker for q in quotations if q.speaker is not None})
        self._last_body: tuple[int, int | None] | None = None
        self._contents = sorted(part for q in quotations for part in q.content)
        self._descriptions = Descriptions(doc, spans, register.of_span)
        self._candidates = [self._candidate(i) for i in sorted(register.of_span)]

    def attributed(self, quotation: PredictedQuotation) -> PredictedQuotation:
        """The quotation with its speaker's entity and state."""
        if quotation.speaker is None:
            return quotation
        entity, state = self._meant(quotation.speaker, quotation)
        return replace(quotation, entity=entity, state=state)

    def _meant(self, mention: Stretch, quotation: PredictedQuotation) -> tuple[int | None, SpeakerState]:
        root = head_token(self._doc, mention)
        if root is None:
            return None, SpeakerState.UNKNOWN
        word = root.lower_
        labelled = self._labelled(mention)
        if labelled is not None:
            return labelled, SpeakerState.NAMED
        if word in PRONOUNS:
            return self._by_pronoun(mention, PRONOUNS[word], quotation)
        if word == "it":
            return self._last_spoken_body(mention.start)
        if word in _FIRST_PERSON:
            return None, SpeakerState.AUTHOR
        noun = antecedent(root)
        if noun is not None:
            mention = Stretch(noun.idx, noun.idx + len(noun))
            root = noun
        index = named_span(self._doc, mention, self._spans, frozenset((PERSON,)))
        if index is not None and index in self._register.of_span:
            return self._register.of_span[index], SpeakerState.NAMED
        described = self._descriptions.person(root)
        if described is not None:
            self._remember(mention.start, described)
            return described, SpeakerState.NAMED
        index = named_span(self._doc, mention, self._spans, _BODIES)
        if index is not None:
            body = self._body(index)
            self._last_body = (mention.start, body)
            return body, SpeakerState.NAMED
        if root.lower_ in BODY_NOUNS and is_definite(root) and self._body_near(mention.start) is not None:
            return self._body_near(mention.start), SpeakerState.NAMED
        common = root.pos_ in ("NOUN", "NUM") or root.tag_ in ("NNS", "DT") or root.lower_ in _SOMEBODY
        if not common:
            return None, SpeakerState.UNKNOWN
        self._last_body = (mention.start, None) if root.lower_ in BODY_NOUNS else self._last_body
        if root.tag_ == "NN" and root.lower_ not in BODY_NOUNS:
            self._remember(mention.start, NOBODY_NAMED)
        return None, SpeakerState.UNNAMED

    def _labelled(self, mention: Stretch) -> int | None:
        """The person whose surname a transcript's label in capitals is."""
        label = mention.slice(self._text)
        if not label.isupper() or len(label) < _SHORTEST_LABEL:
            return None
        entities = enumerate(self._register.entities)
        fitting = [i for i, one in entities if one.type == PERSON and one.name.split()[-1].upper() == label.split()[-1]]
        longer = [i for i in fitting if not self._register.entities[i].name.isupper()]
        return longer[0] if longer else None

    def _by_pronoun(
        self, mention: Stretch, gender: Gender, quotation: PredictedQuotation
    ) -> tuple[int | None, SpeakerState]:
        paragraph = self._paragraph(mention.start)
        talked_of = self._talked_of(quotation)
        person = resolve(gender, mention.start, paragraph, self._candidates, self._register.genders, talked_of)
        if person is None:
            return None, SpeakerState.UNKNOWN
        self._remember(mention.start, person)
        if person == NOBODY_NAMED:
            return None, SpeakerState.UNNAMED
        self._register.genders[person] = gender
        return person, SpeakerState.NAMED

    def _remember(self, place: int, person: int) -> None:
        """Let later pronouns mean whom a mention without a name meant."""
        again = Candidate(place, person, self._paragraph(place), subject=True, speaker=True, reported=False)
        insort(self._candidates, again, key=lambda one: one.start)

    def _body_near(self, place: int) -> int | None:
        """The organisation that spoke last, if it did so near by."""
        if self._last_body is None or not 0 < place - self._last_body[0] < _NEAR:
            return None
        return self._last_body[1]

    def _talked_of(self, quotation: PredictedQuotation) -> dict[int, float]:
        """The persons named in what is reported, with what speaks against each as the speaker."""
        against = _TALKED_OF_DIRECT if quotation.type is QuotationType.DIRECT else _TALKED_OF_INDIRECT
        persons: dict[int, float] = {}
        for part in quotation.content:
            low = bisect_left(self._spans, part.start, key=lambda span: span.start)
            for index in range(low, len(self._spans)):
                if self._spans[index].start >= part.end:
                    break
                if index in self._register.of_span:
                    persons[self._register.of_span[index]] = against
        return persons

    def _last_spoken_body(self, place: int) -> tuple[int | None, SpeakerState]:
        """Whom "it" means: the organisation that spoke last, if it did so near by; it may have had no name."""
        body = self._body_near(place)
        if body is not None:
            return body, SpeakerState.NAMED
        unnamed = self._last_body is not None and 0 < place - self._last_body[0] < _NEAR
        return None, SpeakerState.UNNAMED if unnamed else SpeakerState.UNKNOWN

    def _body(self, index: int) -> int:
        span = self._spans[index]
        key = _body_key(self._text, span)
        if key not in self._register.bodies:
            self._register.bodies[key] = len(self._register.entities)
            self._register.entities.append(PredictedEntity(key[0], span.label))
        return self._register.bodies[key]

    def _candidate(self, index: int) -> Candidate:
        span = self._spans[index]
        stretch = Stretch(span.start, span.end)
        root = head_token(self._doc, stretch)
        subject = root is not None and _is_subject(root)
        speaker = _covered(self._speakers, stretch)
        reported = _covered(self._contents, stretch)
        person = self._register.of_span[index]
        return Candidate(span.start, person, self._paragraph(span.start), subject, speaker, reported)

    def _paragraph(self, offset: int) -> int:
        return bisect_right(self._paragraphs, offset)


def _covered(stretches: Sequence[Stretch], one: Stretch) -> bool:
    """Whether ``one`` shares a character with the last of the sorted ``stretches`` that starts before it."""
    place = bisect_right(stretches, one.start, key=lambda part: part.start)
    return place > 0 and stretches[place - 1].overlaps(one)


def _is_subject(token: Any) -> bool:
    for _ in range(3):
        if token.dep_ in _SUBJECTS:
            return True
        if token.dep_ not in ("appos", "compound", "conj"):
            return False
        token = token.head
    return False
