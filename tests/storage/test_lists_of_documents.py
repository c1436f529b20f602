"""Lists of documents: pages, order, filters, neighbours and counts, compared with a list sorted in Python."""

import random
from dataclasses import replace
from itertools import product

import pytest
from building import Sitting, article_prediction, enter, propose

from annotator.domain.marks import Status
from annotator.services.library import DocumentList
from annotator.services.session import Saving
from annotator.storage.documents import DocumentFilter, Sort, batches
from annotator.storage.projects import name_key

STATUSES = [Status.NEW, Status.IN_PROGRESS, Status.DONE, Status.SKIPPED]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Forty documents with titles, outlets, dates, statuses and flags that repeat."""
    numbers = random.Random(8)
    with Sitting(tmp_path_factory.mktemp("shelf") / "a.sqlite3") as sitting:
        ids = []
        for number in range(40):
            meta = {"title": numbers.choice(["Ærø", "Łódź", "ferry", "Ferry", "100%", "a_b", "Zoë"])}
            if number % 3:
                meta["outlet"] = numbers.choice(["The Fjord", "Le Café", "Älv"])
            if number % 4:
                meta["published"] = numbers.choice(["2026-11-24", "2026-11-03", "2025-01-01"])
            ids.append(enter(sitting.workspace, f"Text {number}\nwith a second line.", **meta))
        for status in STATUSES:
            sitting.session.set_status_of(numbers.sample(ids, 8), status)
        sitting.session.set_flag_of(numbers.sample(ids, 9), True)
        assert sitting.settle() is Saving.SAVED
        yield DocumentList(sitting.workspace), sitting


def every(documents, wanted):
    """All pages of a list, one after the other."""
    found, after = [], 0
    while page := documents.page(wanted, after=after, size=7):
        found += page
        after = page[-1].id
    return found


KEYS = {
    Sort.IMPORT: lambda info: 0,
    Sort.TITLE: lambda info: name_key(info.title),
    Sort.OUTLET: lambda info: name_key(info.outlet or ""),
    Sort.DATE: lambda info: info.published or "",
    Sort.STATUS: lambda info: STATUSES.index(info.status),
}


@pytest.mark.parametrize(("sort", "descending"), list(product(Sort, (False, True))))
def test_pages_follow_each_other_in_the_order_that_was_asked_for(shelf, sort, descending):
    documents, _ = shelf
    everything = every(documents, DocumentFilter())
    assert len(everything) == 40
    wanted = sorted(everything, key=lambda info: (KEYS[sort](info), info.id), reverse=descending)
    assert every(documents, DocumentFilter(sort=sort, descending=descending)) == wanted


@pytest.mark.parametrize(
    ("wanted", "keeps"),
    [
        (DocumentFilter(words="FERRY"), lambda info: info.title.lower() == "ferry"),
        (DocumentFilter(words="zoe"), lambda info: info.title == "Zoë"),
        (DocumentFilter(words="fer fjord"), lambda info: info.title.lower() == "ferry" and info.outlet == "The Fjord"),
        (DocumentFilter(words="%"), lambda info: info.title == "100%"),
        (DocumentFilter(words="_"), lambda info: info.title == "a_b"),
        (DocumentFilter(words="nowhere"), lambda info: False),
        (DocumentFilter(flagged=True), lambda info: info.flagged),
        (DocumentFilter(words="cafe", flagged=True), lambda info: info.flagged and info.outlet == "Le Café"),
        *((DocumentFilter(status=status), lambda info, status=status: info.status is status) for status in STATUSES),
    ],
)
def test_a_filter_keeps_what_it_says(shelf, wanted, keeps):
    documents, _ = shelf
    kept = [info for info in every(documents, DocumentFilter()) if keeps(info)]
    assert every(documents, wanted) == kept
    for sort in Sort:
        assert {info.id for info in every(documents, replace(wanted, sort=sort))} == {info.id for info in kept}


@pytest.mark.parametrize(("sort", "descending"), list(product(Sort, (False, True))))
def test_neighbours_and_places_agree_with_the_list(shelf, sort, descending):
    documents, _ = shelf
    wanted = DocumentFilter(words="e", sort=sort, descending=descending)
    listed = [info.id for info in every(documents, wanted)]
    assert len(listed) > 5
    for index, document in enumerate(listed):
        assert documents.neighbour(wanted, document, 1) == (listed[index + 1] if index + 1 < len(listed) else None)
        assert documents.neighbour(wanted, document, -1) == (listed[index - 1] if index else None)
        assert documents.place(wanted, document) == (index + 1, len(listed))


def test_the_place_of_a_document_that_the_filter_hides_is_none(shelf):
    documents, _ = shelf
    hidden = next(info for info in every(documents, DocumentFilter()) if info.title == "100%")
    assert documents.place(DocumentFilter(words="zoe"), hidden.id)[0] == 0


def test_counts_agree_with_the_list(shelf):
    documents, _ = shelf
    everything = every(documents, DocumentFilter())
    counts = documents.counts()
    assert (counts.total, counts.new, counts.in_progress, counts.done, counts.skipped) == (
        40,
        *(sum(info.status is status for info in everything) for status in STATUSES),
    )


def test_a_removed_document_is_in_no_list_and_no_count(tmp_path):
    with Sitting(tmp_path / "a.sqlite3") as sitting:
        kept, gone = enter(sitting.workspace, "One\n1."), enter(sitting.workspace, "Two\n2.")
        sitting.session.remove_documents([gone])
        assert sitting.settle() is Saving.SAVED
        documents = DocumentList(sitting.workspace)
        assert [info.id for info in every(documents, DocumentFilter())] == [kept]
        assert documents.counts().total == 1
        assert documents.neighbour(DocumentFilter(), kept, 1) is None
        assert documents.place(DocumentFilter(), gone) == (0, 1)


def test_open_suggestions_are_counted_and_filtered(tmp_path):
    with Sitting(tmp_path / "a.sqlite3") as sitting:
        from building import ARTICLE

        document, bare = enter(sitting.workspace, ARTICLE), enter(sitting.workspace, "Two\n2.")
        documents = DocumentList(sitting.workspace)
        propose(sitting.workspace, document, article_prediction())
        info, other = documents.infos([document, bare])
        assert (info.n_open, info.n_suggested, info.n_decided, info.analysed) == (10, 10, 0, True)
        assert (other.n_open, other.analysed) == (0, False)
        assert [one.id for one in every(documents, DocumentFilter(open_only=True))] == [document]
        sitting.session.open(document)
        sitting.session.accept(sitting.session.document.open_keys()[:4])
        assert sitting.settle() is Saving.SAVED
        (info,) = documents.infos([document])
        assert (info.n_open, info.n_decided) == (6, 4)
        sitting.session.accept(sitting.session.document.open_keys())
        assert sitting.settle() is Saving.SAVED
        assert every(documents, DocumentFilter(open_only=True)) == []


def test_batches_hold_every_document_once_in_order(shelf):
    documents, sitting = shelf
    ids = [info.id for info in every(documents, DocumentFilter())]
    with sitting.workspace.store.reading() as connection:
        for size, characters in ((1, 10**6), (7, 10**6), (100, 1), (100, 60)):
            found = list(batches(connection, ids, documents=size, characters=characters))
            assert [id_ for batch in found for id_ in batch] == ids
            assert all(0 < len(batch) <= size for batch in found)
