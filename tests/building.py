"""What the tests of storage, services and faults build with: a real database, an article, a prediction by hand.

The predictions are written here, not made by a pipeline, so that tests know every mark. Nothing is mocked.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection

from annotator.domain.edits import Row, RowKey
from annotator.domain.marks import QuotationMark, QuotationType, SpanMark, SpeakerState, Stretch
from annotator.domain.predictions import PredictedEntity, PredictedQuotation, PredictedSpan, Prediction
from annotator.domain.records import DocumentRecord, Metadata, ReadDocument
from annotator.domain.text import canonicalise
from annotator.services.changes import Changes
from annotator.services.session import Saving, Session
from annotator.services.workspace import Workspace, open_workspace
from annotator.storage import decisions, runs
from annotator.storage.arrivals import Arrivals
from annotator.storage.runs import RunIdentity

ARTICLE = """Ferry 🚢 crews strike in Kiel

“We will not sail,” Anna Berg said on Monday. “Not before Friday.” Berg leads the union.

The mayor, Olaf Stern, said talks would resume soon. Nobody in Kiel believed him.

“Later,” he told Café Müller’s guests.
"""
OTHER = "Nothing was said in Oslo. Anna Berg was there, and “silence is an answer,” wrote Kari Lund.\n"
PIPELINE = RunIdentity(runs.OriginKind.PIPELINE, "test_md", "1.0", "r1")
NEWER = RunIdentity(runs.OriginKind.PIPELINE, "test_md", "2.0", "r1")


def at(text: str, words: str, nth: int = 1) -> Stretch:
    """Where ``words`` stand in the text, for the nth time."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return Stretch(start, start + len(words))


def _span(text: str, words: str, label: str, entity: int | None = None, nth: int = 1) -> PredictedSpan:
    place = at(text, words, nth)
    return PredictedSpan(place.start, place.end, label, entity, score=0.9 if label == "PERSON" else None)


def article_prediction(text: str = ARTICLE) -> Prediction:
    """Seven spans, three quotations (direct in two parts, indirect, direct by a pronoun), four entities."""
    spans = (
        _span(text, "Kiel", "GPE", 2),
        _span(text, "Anna Berg", "PERSON", 0),
        _span(text, "Monday", "DATE"),
        _span(text, "Friday", "DATE"),
        _span(text, "Berg", "PERSON", 0, nth=2),
        _span(text, "Olaf Stern", "PERSON", 1),
        _span(text, "Kiel", "GPE", 2, nth=2),
    )
    quotations = (
        PredictedQuotation(
            (at(text, "“We will not sail,”"), at(text, "“Not before Friday.”")),
            (at(text, "said"),),
            at(text, "Anna Berg"),
            0,
            SpeakerState.NAMED,
            QuotationType.DIRECT,
            "marks",
            0.8,
        ),
        PredictedQuotation(
            (at(text, "talks would resume soon"),),
            (at(text, "said", 2),),
            at(text, "Olaf Stern"),
            1,
            SpeakerState.NAMED,
            QuotationType.INDIRECT,
            "indirect",
            0.3,
        ),
        PredictedQuotation(
            (at(text, "“Later,”"),),
            (at(text, "told"),),
            Stretch(at(text, "he told").start, at(text, "he told").start + 2),
            None,
            SpeakerState.UNKNOWN,
            QuotationType.DIRECT,
            "marks",
        ),
    )
    entities = (
        PredictedEntity("Anna Berg", "PERSON", ("Berg",)),
        PredictedEntity("Olaf Stern", "PERSON"),
        PredictedEntity("Kiel", "GPE"),
    )
    return Prediction(spans, quotations, entities)


def other_prediction(text: str = OTHER) -> Prediction:
    """Three spans and one quotation; Anna Berg is in it too."""
    spans = (
        _span(text, "Oslo", "GPE", 0),
        _span(text, "Anna Berg", "PERSON", 1),
        _span(text, "Kari Lund", "PERSON", 2),
    )
    said = PredictedQuotation(
        (at(text, "“silence is an answer,”"),), (at(text, "wrote"),), at(text, "Kari Lund"), 2, SpeakerState.NAMED
    )
    entities = (
        PredictedEntity("Oslo", "GPE"),
        PredictedEntity("Anna Berg", "PERSON"),
        PredictedEntity("Kari Lund", "PERSON"),
    )
    return Prediction(spans, (said,), entities)


def reading(text: str, id_: str = "", file: str = "article.txt", **meta: str) -> ReadDocument:
    """A text as a reader hands it on."""
    canonical = canonicalise(text)
    return ReadDocument(DocumentRecord(id_, canonical.text, Metadata(**meta)), canonical, file)


def enter(workspace: Workspace, text: str, id_: str = "", **meta: str) -> int:
    """Put a document into the project; its row id."""

    def task(connection: Connection) -> int:
        read = reading(text, id_, **meta)
        arrivals = Arrivals(connection, workspace.project.id, [read])
        entered = arrivals.enter(read)
        arrivals.flush()
        return entered.id

    return workspace.store.writer.run(task)


def propose(workspace: Workspace, document: int, prediction: Prediction, identity: RunIdentity = PIPELINE) -> None:
    """Store a prediction as pre-annotation does, counters too."""

    def task(connection: Connection) -> None:
        run = runs.ensure_run(connection, workspace.project.id, identity)
        if runs.add_prediction(connection, document, run, identity, prediction):
            current = runs.suggestions(connection, document, workspace.label_ids.get)
            decisions.recount(connection, document, current)

    workspace.store.writer.run(task)


def fill(database: Path, annotator: str = "Ann") -> tuple[int, int]:
    """A database with the two articles and their suggestions; the documents' row ids."""
    workspace = open_workspace(database, annotator)
    try:
        first = enter(workspace, ARTICLE, "doc-1", outlet="The Fjord")
        second = enter(workspace, OTHER, "doc-2")
        propose(workspace, first, article_prediction())
        propose(workspace, second, other_prediction())
    finally:
        workspace.close()
    return first, second


class Sitting:
    """One sitting of an annotator at a database: a session whose news is handled in this thread."""

    def __init__(self, database: Path, annotator: str = "Ann", project: str | None = None) -> None:
        self.database = database
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self.workspace = open_workspace(database, annotator, project)
        self.session = Session(self.workspace, self._calls.put)
        self.news: list[Changes] = []
        self.session.subscribe(self.news.append)

    def __enter__(self) -> Sitting:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the program."""
        self.session.close()
        self.settle()
        self.workspace.close()

    def settle(self) -> Saving:
        """Wait until the writer has nothing left to do and the session has heard of it."""
        self.workspace.store.writer.submit(lambda connection: None).exception(30)
        while not self._calls.empty():
            self._calls.get()()
        return self.session.saving

    @property
    def text(self) -> str:
        """The open article."""
        assert self.session.document
        return self.session.document.text

    def label(self, name: str) -> int:
        """A label's id."""
        return self.workspace.label_ids[name]

    def span(self, words: str, nth: int = 1, label: str | None = None) -> SpanMark:
        """The span that stands on the words."""
        assert self.session.document
        found = self.session.document.spans_at(at(self.text, words, nth))
        return next(mark for mark in found if label is None or mark.fields.label == self.label(label))

    def has_span(self, words: str, nth: int = 1) -> bool:
        """Whether a span stands on the words."""
        assert self.session.document
        return bool(self.session.document.spans_at(at(self.text, words, nth)))

    def quotation(self, words: str) -> QuotationMark:
        """The quotation one of whose parts is ``words``."""
        assert self.session.document
        return next(
            mark
            for mark in self.session.document.quotations
            if any(words == part.slice(self.text) for part in mark.fields.content)
        )

    @property
    def names(self) -> list[str]:
        """The names in the project's register, as the database has it."""
        with self.workspace.store.reading() as connection:
            rows = decisions.register_rows(connection, self.workspace.project.id)
        return sorted(str(row["name"]) for row in rows.values())

    def stored(self, documents_: Sequence[int]) -> dict[RowKey, Row]:
        """All rows of the annotator's work on documents and the register, as the database has them."""
        return stored_rows(self.workspace, documents_)


def stored_rows(workspace: Workspace, documents_: Sequence[int]) -> dict[RowKey, Row]:
    """The annotator's rows on documents and the register's, as the database has them."""
    with workspace.store.reading() as connection:
        rows = decisions.register_rows(connection, workspace.project.id)
        for document in documents_:
            rows |= decisions.document_rows(connection, document, workspace.annotator)
    return rows
