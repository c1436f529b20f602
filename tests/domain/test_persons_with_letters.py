"""The persons who can be picked as speakers: one for each name, a surname folded in, a letter each."""

from uuid import UUID

from annotator.domain.marks import (
    Entity,
    Origin,
    OriginKind,
    QuotationFields,
    QuotationMark,
    SpanFields,
    SpanMark,
    SpeakerState,
    Stretch,
)
from annotator.domain.persons import LETTERS, person_key, persons_of

ORIGIN = Origin(OriginKind.PIPELINE, "md")


def persons(text, names, entities=None, speakers=()):
    """Persons of a text whose marks are ``names`` (name, entity) in order of the text."""
    marks, position = [], 0
    for number, (name, entity) in enumerate(names):
        start = text.index(name, position)
        position = start + 1
        fields = SpanFields(start, start + len(name), 1, entity)
        marks.append(SpanMark(UUID(int=number), fields, ORIGIN))
    quotations = [
        QuotationMark(
            UUID(int=100 + number),
            QuotationFields((Stretch(0, 1),), entity=speaker, state=SpeakerState.NAMED),
            ORIGIN,
        )
        for number, speaker in enumerate(speakers)
    ]
    return persons_of(text, marks, quotations, (entities or {}).get)


def plain(text, *names):
    return [(one.letter, one.name) for one in persons(text, [(name, None) for name in names])]


def test_letters_follow_the_order_of_first_appearance():
    found = plain("Olaf met Anna, and Olaf left.", "Olaf", "Anna", "Olaf")
    assert found == [("D", "Olaf"), ("F", "Anna")]


def test_a_surname_stands_for_the_one_longer_name_that_ends_with_it():
    assert plain("Peskov said. Dmitry Peskov said.", "Peskov", "Dmitry Peskov") == [("D", "Dmitry Peskov")]


def test_a_surname_that_two_names_share_stands_for_itself():
    text = "Anna Berg and Olaf Berg. Berg said."
    assert plain(text, "Anna Berg", "Olaf Berg", "Berg") == [("D", "Anna Berg"), ("F", "Olaf Berg"), ("G", "Berg")]


def test_mentions_of_the_surname_are_mentions_of_the_person():
    (person,) = persons("Berg said Anna Berg", [("Berg", None), ("Anna Berg", None)])
    assert person.mentions == (Stretch(0, 4), Stretch(10, 19))


def test_case_blanks_and_a_final_s_make_no_other_person():
    text = "Anna Berg’s ship. ANNA  BERG. Anna\nBerg's."
    assert plain(text, "Anna Berg’s", "ANNA  BERG", "Anna\nBerg's") == [("D", "Anna Berg’s")]
    assert person_key("Anna  BERG’s") == person_key("anna berg")


def test_an_entitys_name_comes_before_the_words():
    entity = Entity(UUID(int=7), "Anna Berg", "PERSON")
    (person,) = persons("Berg said.", [("Berg", entity.id)], {entity.id: entity})
    assert (person.name, person.entity) == ("Anna Berg", entity.id)


def test_a_person_without_a_letter_can_still_be_picked_by_mouse():
    names = [f"Name{number}" for number in range(len(LETTERS) + 2)]
    found = persons(" ".join(names), [(name, None) for name in names])
    assert [one.letter for one in found] == [*LETTERS, "", ""]


def test_quotations_are_counted_and_a_speaker_without_a_mark_comes_last():
    anna, olaf = (Entity(UUID(int=n), name, "PERSON") for n, name in ((7, "Anna Berg"), (8, "Olaf Stern")))
    union = Entity(UUID(int=9), "The Union", "ORG")
    found = persons(
        "Berg said.",
        [("Berg", None)],
        {one.id: one for one in (anna, olaf, union)},
        [olaf.id, olaf.id, union.id],
    )
    assert [(one.name, one.quotations) for one in found] == [("Berg", 0), ("Olaf Stern", 2)]


def test_a_speaker_by_the_surname_counts_for_the_person():
    berg = Entity(UUID(int=7), "Berg", "PERSON")
    (person,) = persons("Anna Berg said.", [("Anna Berg", None)], {berg.id: berg}, [berg.id])
    assert (person.name, person.quotations) == ("Anna Berg", 1)
