"""All reported speech of the article that the application was asked for, as read by hand.

The article is no part of the project, so the expectation is written as the first and last words of each content part.
"""

from __future__ import annotations

from collections.abc import Callable

from annotator.domain.marks import UNSURE_BELOW
from annotator.domain.predictions import Prediction

Predict = Callable[[str], Prediction]

EXPECTED = (
    ((("he will phone the", "on Monday"),), "The US leader", "Donald Trump"),
    ((("he will phone his", "war to an end"),), "United States President Donald Trump", "Donald Trump"),
    ((("“HOPEFULLY", "WILL END,”"),), "Trump", "Donald Trump"),
    ((("the Russian leader", "“seriously”"),), "Zelenskyy", "Zelenskyy"),
    ((("the “next step”", "and Putin"),), "Ukraine’s Defence Minister Rustem Umerov", "Rustem Umerov"),
    ((("Russia considered", "two sides”"),), "Kremlin spokesman Dmitry Peskov", "Dmitry Peskov"),
    ((("both sides needed", "of talks"),), "Peskov", "Dmitry Peskov"),
    (
        (("the exchange could", "next week"),),
        "Ukraine’s head of military intelligence, Kyrylo Budanov",
        "Kyrylo Budanov",
    ),
    ((("“a cynical", "crime”"),), "the National Police", "National Police"),
    ((("Seven others", "Bilopillia"),), "Zelenskyy", "Zelenskyy"),
    ((("tougher sanctions", "on Moscow"),), "Zelenskyy", "Zelenskyy"),
    ((("Russia’s Ministry", "military equipment"),), "the TASS state news agency", "TASS"),
    ((("“All the", "civilians,”"), ("“And the", "of civilians.”")), "Zelenskyy", "Zelenskyy"),
    ((("that preliminary", "been killed"),), "Zelenskyy", "Zelenskyy"),
    ((("the wounded", "in hospital"),), "He", "Zelenskyy"),
    ((("he expected", "the killings”"),), "The Ukrainian leader", "Zelenskyy"),
    ((("“Without tougher", "real diplomacy,”"), ("“This must", "change.”")), "he", "Zelenskyy"),
    ((("Russia had sent", "end the war"),), "He", "Zelenskyy"),
    ((("“deliberate and", "war crime”"),), "Ukrainian Foreign Minister Andrii Sybiha", "Andrii Sybiha"),
    ((("Putin of continuing", "against civilians”"),), "Ukrainian Foreign Minister Andrii Sybiha", "Andrii Sybiha"),
    ((("additional pressure", "on Russia"),), "Ukrainian Foreign Minister Andrii Sybiha", "Andrii Sybiha"),
    ((("“There should", "Russian terror,”"),), "Sybiha", "Andrii Sybiha"),
    ((("targeting civilians", "February 2022"),), "Russia", "Russia"),
)


def test_all_reported_speech_is_found_with_its_speakers_and_persons(predict: Predict, seed_article: str) -> None:
    prediction = predict(seed_article)
    sure = [one for one in prediction.quotations if one.score is None or one.score >= UNSURE_BELOW]
    assert len(sure) == len(EXPECTED)
    for found, (parts, speaker, person) in zip(sure, EXPECTED, strict=True):
        words = [part.slice(seed_article) for part in found.content]
        assert len(words) == len(parts), words
        for word, (first, last) in zip(words, parts, strict=True):
            assert word.startswith(first), word
            assert word.endswith(last), word
        assert found.speaker is not None
        assert found.speaker.slice(seed_article) == speaker
        assert found.entity is not None, words
        assert prediction.entities[found.entity].name == person


def test_what_was_not_said_is_at_most_an_unsure_suggestion(predict: Predict, seed_article: str) -> None:
    (denied,) = [one for one in predict(seed_article).quotations if one.rule == "denied report"]
    assert denied.content[0].slice(seed_article) == "what would be required"


def test_every_zelenskyy_is_a_person(predict: Predict, seed_article: str) -> None:
    found = [span.label for span in predict(seed_article).spans if seed_article[span.start : span.end] == "Zelenskyy"]
    assert found == ["PERSON"] * seed_article.count("Zelenskyy")
