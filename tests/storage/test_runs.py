"""Runs and their suggestions: derived ids, equal runs, and which run is current."""

from dataclasses import replace

import pytest
from building import ARTICLE, NEWER, PIPELINE, Sitting, article_prediction, enter, propose

from annotator.domain.marks import OriginKind, Stretch
from annotator.domain.predictions import PredictedQuotation, PredictedSpan, Prediction
from annotator.storage import runs
from annotator.storage.runs import RunIdentity


@pytest.fixture
def sitting(tmp_path):
    with Sitting(tmp_path / "a.sqlite3") as sitting:
        yield sitting


def shown(sitting, document):
    with sitting.workspace.store.reading() as connection:
        return runs.suggestions(connection, document, sitting.workspace.label_ids.get)


def test_ids_are_derived_from_the_run_and_the_place():
    span = PredictedSpan(0, 4, "PERSON")
    assert PIPELINE.span_id(span) == PIPELINE.span_id(PredictedSpan(0, 4, "PERSON", 1, "rule", 0.5))
    assert PIPELINE.span_id(span) != NEWER.span_id(span)
    assert PIPELINE.span_id(span) != PIPELINE.span_id(PredictedSpan(0, 4, "ORG"))
    assert PIPELINE.span_id(span) != PIPELINE.span_id(PredictedSpan(0, 5, "PERSON"))
    said = PredictedQuotation((Stretch(0, 4),))
    assert PIPELINE.quotation_id(said) != PIPELINE.quotation_id(PredictedQuotation((Stretch(0, 4),), (Stretch(5, 6),)))
    assert PIPELINE.entity_id("PERSON", "Anna") != PIPELINE.entity_id("ORG", "Anna")


def test_ids_never_change_from_one_release_to_the_next():
    identity = RunIdentity(OriginKind.PIPELINE, "en_core_web_md", "3.7.1", "1")
    assert str(identity.uid) == str(RunIdentity(OriginKind.PIPELINE, "en_core_web_md", "3.7.1", "1").uid)
    assert identity.uid.version == identity.span_id(PredictedSpan(0, 1, "X")).version == 5


def test_an_equal_run_is_the_same_row(sitting):
    project = sitting.workspace.project.id
    run = sitting.workspace.store.writer.run
    first = run(lambda connection: runs.ensure_run(connection, project, PIPELINE))
    assert run(lambda connection: runs.ensure_run(connection, project, PIPELINE)) == first
    assert run(lambda connection: runs.ensure_run(connection, project, NEWER)) != first


def test_the_newest_run_of_a_kind_is_current(sitting):
    document = enter(sitting.workspace, ARTICLE)
    propose(sitting.workspace, document, article_prediction())
    fewer = replace(article_prediction(), spans=article_prediction().spans[:2], quotations=())
    propose(sitting.workspace, document, fewer, NEWER)
    found = shown(sitting, document)
    assert {suggestion.origin.version for suggestion in found.spans} == {"2.0"}
    assert (len(found.spans), found.quotations) == (2, ())
    propose(sitting.workspace, document, article_prediction())
    assert len(shown(sitting, document).spans) == 7


def test_runs_of_different_kinds_stand_beside_each_other(sitting):
    document = enter(sitting.workspace, ARTICLE)
    propose(sitting.workspace, document, article_prediction())
    memory = RunIdentity(OriginKind.MEMORY, "memory")
    propose(sitting.workspace, document, Prediction((PredictedSpan(0, 5, "ORG"),)), memory)
    kinds = [suggestion.origin.kind for suggestion in shown(sitting, document).spans]
    assert sorted(kinds) == sorted([OriginKind.MEMORY] + 7 * [OriginKind.PIPELINE])


def test_a_span_that_a_run_proposes_twice_is_stored_once(sitting):
    document = enter(sitting.workspace, ARTICLE)
    twice = Prediction(2 * (PredictedSpan(0, 5, "ORG"),), 2 * (PredictedQuotation((Stretch(0, 5),)),))
    propose(sitting.workspace, document, twice)
    found = shown(sitting, document)
    assert (len(found.spans), len(found.quotations)) == (1, 1)


def test_labels_that_the_project_leaves_out_are_counted(sitting):
    document = enter(sitting.workspace, ARTICLE)
    propose(sitting.workspace, document, Prediction((PredictedSpan(0, 5, "SHIP"), PredictedSpan(0, 5, "ORG"))))
    found = shown(sitting, document)
    assert (len(found.spans), found.unmapped) == (1, 1)


def test_an_empty_run_is_a_run_too(sitting):
    document = enter(sitting.workspace, ARTICLE)
    propose(sitting.workspace, document, article_prediction())
    propose(sitting.workspace, document, Prediction(), NEWER)
    assert shown(sitting, document).spans == ()


def test_a_suggestion_outside_every_text_never_reaches_the_database(sitting):
    document = enter(sitting.workspace, ARTICLE)
    with pytest.raises(Exception, match="could not take"):
        propose(sitting.workspace, document, Prediction((PredictedSpan(5, 5, "ORG"),)))
    assert shown(sitting, document).spans == ()
