"""Files in, annotated records out, without a database: what ``annotator predict`` does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from annotator.domain.errors import WorkerFailed
from annotator.domain.marks import Entity
from annotator.domain.predictions import Prediction
from annotator.domain.records import (
    DocumentRecord,
    MarkRecords,
    Problem,
    QuotationRecord,
    ReadDocument,
    SpanRecord,
)
from annotator.storage.runs import RunIdentity
from annotator.worker.client import Analysis, WorkerClient

_BATCH_DOCUMENTS = 32
_BATCH_CHARACTERS = 100_000
"""Texts go to the worker in batches: large enough for the pipeline's speed, small enough to keep several at work."""


def predict(
    paths: Sequence[Path],
    *,
    pipeline: str | None = None,
    jobs: int = 1,
    log_path: Path | None = None,
    on_problem: Callable[[Problem], None],
    on_ready: Callable[[], None] = lambda: None,
) -> Iterator[DocumentRecord]:
    """Yield the annotated record of each article, in order; no clock and no random ids are in it.

    A record keeps the line's own id, else it has the file's name; a failed input goes to ``on_problem``.
    ``on_ready`` is called once the pipeline is loaded.

    Raises:
        WorkerFailed: the pipeline cannot be loaded.
    """
    with ExitStack() as stack:
        reader = stack.enter_context(WorkerClient(log_path=log_path))
        workers = [stack.enter_context(WorkerClient(log_path=log_path)) for _ in range(jobs)]
        idle: SimpleQueue[WorkerClient] = SimpleQueue()
        for worker in workers:
            worker.warm(pipeline)
            idle.put(worker)
        on_ready()

        def analyse(reads: list[ReadDocument]) -> list[DocumentRecord | Problem]:
            worker = idle.get()
            try:
                analyses = worker.analyse_many([read.record.text for read in reads], pipeline)
            except WorkerFailed as error:
                analyses = [error] * len(reads)
            finally:
                idle.put(worker)
            return [_result(read, analysis) for read, analysis in zip(reads, analyses, strict=True)]

        pool = stack.enter_context(ThreadPoolExecutor(jobs))
        waiting: deque[Future[list[DocumentRecord | Problem]]] = deque()
        for batch in _batches(_items(reader, paths), on_problem):
            waiting.append(pool.submit(analyse, batch))
            if len(waiting) > jobs + 1:
                yield from _finished(waiting.popleft(), on_problem)
        while waiting:
            yield from _finished(waiting.popleft(), on_problem)


def _items(reader: WorkerClient, paths: Sequence[Path]) -> Iterator[ReadDocument | Problem]:
    for path in paths:
        try:
            yield from reader.read(path)
        except WorkerFailed as error:
            yield Problem(str(path), None, str(error), "Try this file again.")


def _batches(
    items: Iterable[ReadDocument | Problem], on_problem: Callable[[Problem], None]
) -> Iterator[list[ReadDocument]]:
    """The documents in order, as many together as the pipeline reads at its full speed; problems go aside."""
    batch: list[ReadDocument] = []
    characters = 0
    for item in items:
        if isinstance(item, Problem):
            on_problem(item)
            continue
        batch.append(item)
        characters += len(item.record.text)
        if len(batch) >= _BATCH_DOCUMENTS or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _result(read: ReadDocument, analysis: Analysis | WorkerFailed) -> DocumentRecord | Problem:
    if isinstance(analysis, WorkerFailed):
        return Problem(read.file, read.line, f"It was not annotated: {analysis}", "Try this article again.")
    return predicted_record(read, RunIdentity.of_pipeline(analysis.info), analysis.prediction)


def _finished(
    future: Future[list[DocumentRecord | Problem]], on_problem: Callable[[Problem], None]
) -> Iterator[DocumentRecord]:
    for result in future.result():
        if isinstance(result, Problem):
            on_problem(result)
        else:
            yield result


def predicted_record(read: ReadDocument, identity: RunIdentity, prediction: Prediction) -> DocumentRecord:
    """The record of a prediction: all that was found, with verdict None and derived ids."""
    entities = [
        Entity(identity.entity_id(entity.type, entity.name), entity.name, entity.type, entity.aliases)
        for entity in prediction.entities
    ]
    ids = [entity.id for entity in entities]
    spans = tuple(
        SpanRecord(
            identity.span_id(span),
            span.start,
            span.end,
            span.label,
            identity.origin(span.rule, span.score),
            None if span.entity is None else ids[span.entity],
        )
        for span in prediction.spans
    )
    quotations = tuple(
        QuotationRecord(
            identity.quotation_id(quotation),
            quotation.type,
            quotation.content,
            identity.origin(quotation.rule, quotation.score),
            quotation.cue,
            quotation.speaker,
            None if quotation.entity is None else ids[quotation.entity],
            quotation.state,
        )
        for quotation in prediction.quotations
    )
    return replace(
        read.record,
        id=read.record.id or Path(read.file).name,
        decided=MarkRecords(spans, quotations),
        suggestions=MarkRecords(),
        rejected=MarkRecords(),
        entities=tuple({entity.id: entity for entity in entities}.values()),
        annotator=None,
        updated=None,
    )
