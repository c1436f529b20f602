"""Random gestures of an annotator, for tests that need long histories. The same random numbers give the same acts."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

from building import Sitting

from annotator.domain.errors import Refused
from annotator.domain.marks import QuotationType, SpeakerState, Status, Stretch
from annotator.services.library import DocumentFilter, DocumentList
from annotator.services.session import Side, Unit


def _stretch(sitting: Sitting, numbers: random.Random) -> Stretch:
    start = numbers.randrange(len(sitting.text) - 1)
    return Stretch(start, min(len(sitting.text), start + numbers.randint(1, 20)))


def _label(sitting: Sitting, numbers: random.Random) -> int:
    return numbers.choice(sitting.session.labels).id


def _span(sitting: Sitting, numbers: random.Random):
    assert sitting.session.document
    if not sitting.session.document.spans:
        raise Refused("There is no span left.")
    return numbers.choice(sitting.session.document.spans)


def _quotation(sitting: Sitting, numbers: random.Random):
    assert sitting.session.document
    if not sitting.session.document.quotations:
        raise Refused("There is no quotation left.")
    return numbers.choice(sitting.session.document.quotations)


def _mark(sitting: Sitting, numbers: random.Random):
    return numbers.choice((_span, _quotation))(sitting, numbers)


def accept(sitting, numbers):
    sitting.session.accept([_mark(sitting, numbers).key])


def accept_several(sitting, numbers):
    keys = sitting.session.document.open_keys()
    sitting.session.accept(numbers.sample(keys, min(len(keys), 3)))


def remove(sitting, numbers):
    sitting.session.remove(_mark(sitting, numbers).key)


def label(sitting, numbers):
    sitting.session.label(_stretch(sitting, numbers), _label(sitting, numbers))


def second_label(sitting, numbers):
    sitting.session.add_label(_span(sitting, numbers).fields.stretch, _label(sitting, numbers))


def relabel(sitting, numbers):
    sitting.session.relabel(_span(sitting, numbers).key, _label(sitting, numbers))


def move_end(sitting, numbers):
    sitting.session.move_end(
        _mark(sitting, numbers).key,
        numbers.choice(("content", "cue", "speaker")),
        numbers.randrange(2),
        numbers.choice(list(Side)),
        numbers.choice(list(Unit)),
        numbers.choice((1, -1)),
    )


def add_quotation(sitting, numbers):
    sitting.session.add_quotation(_stretch(sitting, numbers))


def add_part(sitting, numbers):
    sitting.session.add_part(_quotation(sitting, numbers).key, _stretch(sitting, numbers))


def remove_part(sitting, numbers):
    sitting.session.remove_part(_quotation(sitting, numbers).key, numbers.randrange(2))


def set_cue(sitting, numbers):
    cue = [_stretch(sitting, numbers) for _ in range(numbers.randrange(3))]
    sitting.session.set_cue(_quotation(sitting, numbers).key, cue)


def set_mention(sitting, numbers):
    stretch = numbers.choice((None, _stretch(sitting, numbers), _span(sitting, numbers).fields.stretch))
    sitting.session.set_mention(_quotation(sitting, numbers).key, stretch)


def set_person(sitting, numbers):
    persons = sitting.session.document.persons
    if persons:
        sitting.session.set_person(_quotation(sitting, numbers).key, numbers.choice(persons))


def set_state(sitting, numbers):
    states = (SpeakerState.UNNAMED, SpeakerState.AUTHOR, SpeakerState.UNKNOWN)
    sitting.session.set_speaker_state(_quotation(sitting, numbers).key, numbers.choice(states))


def set_type(sitting, numbers):
    sitting.session.set_type(_quotation(sitting, numbers).key, numbers.choice(list(QuotationType)))


def set_note(sitting, numbers):
    sitting.session.set_note(_mark(sitting, numbers).key, numbers.choice(("", "why?", "“é” 😀")))


def set_document_note(sitting, numbers):
    sitting.session.set_document_note(numbers.choice(("", "later", "a\nb")))


def set_flag(sitting, numbers):
    sitting.session.set_flag(numbers.choice((True, False)))


def set_status(sitting, numbers):
    keys = sitting.session.document.open_keys() if numbers.random() < 0.2 else ()
    sitting.session.set_status(numbers.choice(list(Status)), keys)


def set_status_of_several(sitting, numbers):
    sitting.session.set_status_of(_several(sitting), numbers.choice(list(Status)))


def flag_several(sitting, numbers):
    sitting.session.set_flag_of(_several(sitting), numbers.choice((True, False)))


def _several(sitting):
    return [info.id for info in DocumentList(sitting.workspace).page(DocumentFilter())]


def undo(sitting, numbers):
    sitting.session.undo()


def redo(sitting, numbers):
    sitting.session.redo()


GESTURES: tuple[Callable[[Sitting, random.Random], None], ...] = (
    accept,
    accept_several,
    remove,
    remove,
    label,
    second_label,
    relabel,
    move_end,
    move_end,
    add_quotation,
    add_part,
    remove_part,
    set_cue,
    set_mention,
    set_person,
    set_state,
    set_type,
    set_note,
    set_document_note,
    set_flag,
    set_status,
    set_status_of_several,
    flag_several,
    undo,
    undo,
    redo,
)


def act(sitting: Sitting, numbers: random.Random, documents: tuple[int, ...]) -> None:
    """One random gesture, now and then in another article; one that makes no sense is refused and does nothing."""
    if sitting.session.document is None or numbers.random() < 0.1:
        sitting.session.open(numbers.choice(documents))
    with suppress(Refused):
        numbers.choice(GESTURES)(sitting, numbers)
