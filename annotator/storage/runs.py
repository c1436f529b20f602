"""Runs and what they propose: immutable rows with derived ids, and which run is current."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from sqlalchemy import Connection, Select, func, insert, select, update

from annotator.domain.marks import (
    Entity,
    Origin,
    OriginKind,
    QuotationFields,
    QuotationSuggestion,
    QuotationType,
    SpanFields,
    SpanSuggestion,
    SpeakerState,
    Stretch,
)
from annotator.domain.predictions import PipelineInfo, PredictedQuotation, PredictedSpan, Prediction
from annotator.storage.arrivals import Arrivals
from annotator.storage.clock import now
from annotator.storage.tables import (
    Document,
    Run,
    RunDocument,
    SuggestedEntity,
    SuggestedQuotation,
    SuggestedSpan,
    row_id,
)

_NAMESPACE = uuid5(NAMESPACE_URL, "annotator/run")


@lru_cache(maxsize=256)
def _run_uid(kind: OriginKind, name: str, version: str | None, rules_version: str | None) -> UUID:
    """Kept: every id of a suggestion is derived from it, and there are few runs."""
    return uuid5(_NAMESPACE, msgspec.json.encode([kind, name, version, rules_version]).decode())


@dataclass(frozen=True, slots=True)
class RunIdentity:
    """What makes two runs equal: the same ids come out of equal ones."""

    kind: OriginKind
    name: str
    version: str | None = None
    rules_version: str | None = None

    @property
    def uid(self) -> UUID:
        """The run's id, derived from what it is."""
        return _run_uid(self.kind, self.name, self.version, self.rules_version)

    @classmethod
    def of_pipeline(cls, info: PipelineInfo) -> RunIdentity:
        """The run of a pipeline with the rules that stand on it."""
        return cls(OriginKind.PIPELINE, info.name, info.version, info.rules_version)

    def origin(self, rule: str | None = None, score: float | None = None) -> Origin:
        """The origin that a suggestion of this run has."""
        return Origin(self.kind, self.name, self.version, rule, score)

    def span_id(self, span: PredictedSpan) -> UUID:
        """The id of a span that this run proposes."""
        return uuid5(self.uid, f"span {span.start} {span.end} {span.label}")

    def quotation_id(self, quotation: PredictedQuotation) -> UUID:
        """The id of a quotation that this run proposes."""
        places = [quotation.content, quotation.cue, quotation.speaker, quotation.type]
        return uuid5(self.uid, f"quotation {msgspec.json.encode(places).decode()}")

    def entity_id(self, type_: str, name: str) -> UUID:
        """The id of an entity that this run proposes."""
        return uuid5(self.uid, f"entity {type_} {name}")


def ensure_run(connection: Connection, project: int, identity: RunIdentity) -> int:
    """The row of a run; an equal run is the same row."""
    uid = identity.uid
    found = connection.scalar(select(Run.id).where(Run.project == project, Run.uid == uid))
    if found is not None:
        return found
    made = connection.execute(
        insert(Run).values(
            uid=uid,
            project=project,
            kind=identity.kind.value,
            name=identity.name,
            version=identity.version,
            rules_version=identity.rules_version,
            settings={},
            created=now(),
        )
    )
    return row_id(made)


def add_prediction(
    connection: Connection, document: int, run: int, identity: RunIdentity, prediction: Prediction
) -> bool:
    """Store what a run proposes for a document and make it current; False if it was there already."""
    entities = [identity.entity_id(entity.type, entity.name) for entity in prediction.entities]
    rows: dict[str, list[dict[str, Any]]] = {
        "entities": [
            {"id": id_, "name": e.name, "type": e.type, "aliases": list(e.aliases), "kb_id": None}
            for id_, e in dict(zip(entities, prediction.entities, strict=True)).items()
        ],
        "spans": list(
            {identity.span_id(span): _span_values(identity, span, entities) for span in prediction.spans}.values()
        ),
        "quotations": list(
            {
                identity.quotation_id(quotation): _quotation_values(identity, quotation, entities)
                for quotation in prediction.quotations
            }.values()
        ),
    }
    return add_suggestions(connection, document, run, identity.kind, **rows)


def _span_values(identity: RunIdentity, span: PredictedSpan, entities: list[UUID]) -> dict[str, Any]:
    return {
        "id": identity.span_id(span),
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "entity": None if span.entity is None else entities[span.entity],
        "rule": span.rule,
        "score": span.score,
    }


def _quotation_values(identity: RunIdentity, quotation: PredictedQuotation, entities: list[UUID]) -> dict[str, Any]:
    return {
        "id": identity.quotation_id(quotation),
        "start": quotation.content[0].start,
        "content": [[part.start, part.end] for part in quotation.content],
        "cue": [[part.start, part.end] for part in quotation.cue],
        "speaker": [quotation.speaker.start, quotation.speaker.end] if quotation.speaker else None,
        "entity": None if quotation.entity is None else entities[quotation.entity],
        "state": quotation.state.value,
        "type": quotation.type.value,
        "rule": quotation.rule,
        "score": quotation.score,
    }


def add_suggestions(
    connection: Connection,
    document: int,
    run: int,
    kind: OriginKind,
    *,
    entities: list[dict[str, Any]],
    spans: list[dict[str, Any]],
    quotations: list[dict[str, Any]],
) -> bool:
    """Store rows that a run proposes for a document and make the run current; False if it was there already."""
    done = connection.execute(
        select(RunDocument.is_current).where(RunDocument.document == document, RunDocument.run == run)
    ).first()
    if done is None:
        for table, rows in ((SuggestedEntity, entities), (SuggestedSpan, spans), (SuggestedQuotation, quotations)):
            if rows:
                whole = [{"document": document, "run": run, **row} for row in rows]
                statement = table.__table__.insert()  # type: ignore[attr-defined]
                if table is SuggestedEntity:  # it may have been kept for a decided mark before the run came
                    statement = statement.prefix_with("OR IGNORE", dialect="sqlite")
                connection.execute(statement, whole)
    elif done.is_current:
        return False
    connection.execute(
        update(RunDocument)
        .where(RunDocument.document == document, RunDocument.source_kind == kind.value)
        .values(is_current=False)
    )
    if done is None:
        connection.execute(
            insert(RunDocument).values(
                document=document,
                run=run,
                source_kind=kind.value,
                is_current=True,
                n_spans=len(spans),
                n_quotations=len(quotations),
            )
        )
    else:
        connection.execute(
            update(RunDocument).where(RunDocument.document == document, RunDocument.run == run).values(is_current=True)
        )
    _count_suggestions(connection, document)
    return True


def is_read(connection: Connection, document: int) -> bool:
    """Whether any run has finished a document."""
    query = select(RunDocument.run).where(RunDocument.document == document).limit(1)
    return connection.scalar(query) is not None


def run_on(connection: Connection, document: int, identity: RunIdentity) -> tuple[int, RunIdentity] | None:
    """The newest run of that kind, name and version that has finished a document, whatever its rules' version."""
    row = connection.execute(
        select(Run.id, Run.rules_version)
        .join(RunDocument, RunDocument.run == Run.id)
        .where(
            RunDocument.document == document,
            Run.kind == identity.kind.value,
            Run.name == identity.name,
            Run.version.is_not_distinct_from(identity.version),
        )
        .order_by(RunDocument.is_current.desc(), Run.id.desc())
        .limit(1)
    ).first()
    return row and (row.id, replace(identity, rules_version=row.rules_version))


@dataclass(frozen=True, slots=True)
class FiledRun:
    """What a run proposed for a document, as a file has it: rows without document and run."""

    run: int
    kind: OriginKind
    entities: list[dict[str, Any]]
    spans: list[dict[str, Any]]
    quotations: list[dict[str, Any]]


def add_filed_runs(arrivals: Arrivals, document: int, filed: Iterable[FiledRun]) -> None:
    """Add what runs proposed for a document that was added among the same arrivals; the last of a kind is current."""
    filed = list(filed)
    current = {one.kind: one.run for one in filed}
    suggested = 0
    for one in filed:
        here = {"document": document, "run": one.run}
        is_current = current[one.kind] == one.run
        counts = {"n_spans": len(one.spans), "n_quotations": len(one.quotations)}
        suggested += sum(counts.values()) if is_current else 0
        whole = {**here, **counts, "source_kind": one.kind.value, "is_current": is_current}
        arrivals.add(RunDocument, [whole])
        arrivals.add(SuggestedEntity, [{**here, **row} for row in one.entities])
        arrivals.add(SuggestedSpan, [{**here, **row} for row in one.spans])
        arrivals.add(SuggestedQuotation, [{**here, **row} for row in one.quotations])
    arrivals.count_suggestions(document, suggested)


def complete_filed_run(connection: Connection, document: int, filed: FiledRun, pending: Container[UUID]) -> bool:
    """Add what a run that came from a file lacks on a document (another line of it had decided that); False: nothing.

    A run of a pipeline that was here is complete: its rules' version is known, a file's is not. The entity of a
    ``pending`` suggestion is the run's own; that of a rejected one may be the register's.
    """
    if connection.scalar(select(Run.rules_version).where(Run.id == filed.run)) is not None:
        return False
    here = {"document": document, "run": filed.run}
    added = {"n_spans": 0, "n_quotations": 0, "n_entities": 0}
    for table, rows, name in (
        (SuggestedEntity, filed.entities, "n_entities"),
        (SuggestedSpan, filed.spans, "n_spans"),
        (SuggestedQuotation, filed.quotations, "n_quotations"),
    ):
        mine = (table.document == document) & (table.run == filed.run)
        known = set(connection.execute(select(table.id).where(mine)).scalars())
        if table is not SuggestedEntity:
            for row in rows:
                if row["id"] in known and row["id"] in pending:
                    connection.execute(update(table).where(mine, table.id == row["id"]).values(entity=row["entity"]))
        new = [{**here, **row} for row in rows if row["id"] not in known]
        added[name] = len(new)
        if new:
            connection.execute(table.__table__.insert(), new)  # type: ignore[attr-defined]
    if not added["n_spans"] and not added["n_quotations"]:
        return False
    connection.execute(
        update(RunDocument)
        .where(RunDocument.document == document, RunDocument.run == filed.run)
        .values(
            n_spans=RunDocument.n_spans + added["n_spans"],
            n_quotations=RunDocument.n_quotations + added["n_quotations"],
        )
    )
    _count_suggestions(connection, document)
    return True


def without_effect(connection: Connection, run: int) -> list[int]:
    """The documents that a run has read and where another run of its kind is the current one."""
    rows = connection.execute(
        select(RunDocument.document)
        .where(RunDocument.run == run, RunDocument.is_current.is_(False))
        .order_by(RunDocument.document)
    )
    return list(rows.scalars())


def bring_back(connection: Connection, document: int, run: int, kind: OriginKind) -> None:
    """Make a run that has read a document the current one again."""
    add_suggestions(connection, document, run, kind, entities=[], spans=[], quotations=[])


def _count_suggestions(connection: Connection, document: int) -> None:
    suggested = connection.scalar(
        select(func.sum(RunDocument.n_spans + RunDocument.n_quotations)).where(
            RunDocument.document == document, RunDocument.is_current
        )
    )
    connection.execute(update(Document).where(Document.id == document).values(n_suggested=suggested or 0, failure=None))


def keep_entity(connection: Connection, document: int, run: int, entity: Entity) -> None:
    """Keep an entity that a run proposed for a mark which a file brings in as decided."""
    values = {"id": entity.id, "name": entity.name, "type": entity.type, "aliases": list(entity.aliases)}
    connection.execute(
        insert(SuggestedEntity)
        .prefix_with("OR IGNORE", dialect="sqlite")
        .values(document=document, run=run, kb_id=entity.kb_id, **values)
    )


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the current runs propose for a document.

    ``unmapped`` counts spans whose label the project leaves out, ``runs`` the runs: none has read it where it is 0.
    """

    spans: tuple[SpanSuggestion, ...]
    quotations: tuple[QuotationSuggestion, ...]
    entities: tuple[Entity, ...]
    unmapped: int
    runs: int = 0


def suggestions(connection: Connection, document: int, label_of: Callable[[str], int | None]) -> Suggestions:
    """The current runs' suggestions for a document, newest run first.

    ``label_of`` maps a run's label name to a label id of the project, or None where the project leaves it out.
    """
    return suggestions_on(connection, (document,), label_of)[document]


def suggestions_on(
    connection: Connection, documents: Sequence[int], label_of: Callable[[str], int | None]
) -> dict[int, Suggestions]:
    """What ``suggestions`` gives for each of the documents (some hundreds at most), in one query a table."""
    origins = _Origins()
    current: dict[int, list[int]] = {document: [] for document in documents}
    query = (
        select(RunDocument.document, Run.id, Run.kind, Run.name, Run.version)
        .join(Run, Run.id == RunDocument.run)
        .where(RunDocument.document.in_(documents), RunDocument.is_current)
        .order_by(Run.id.desc())
    )
    for document, run, kind, name, version in connection.execute(query):
        current[document].append(run)
        origins.add(run, OriginKind(kind), name, version)
    spans, unmapped = _spans(connection, current, label_of, origins)
    quotations = _quotations(connection, current, origins)
    entities = _entities(connection, current)
    return {
        document: Suggestions(
            tuple(sorted((span for run in runs for span in spans[document, run]), key=_longer_first)),
            tuple(one for run in runs for one in quotations[document, run]),
            tuple(entity for run in runs for entity in entities[document, run]),
            unmapped[document],
            len(runs),
        )
        for document, runs in current.items()
    }


class _Origins:
    """The origins of suggestions, one object for all that have the same: there are few of them."""

    def __init__(self) -> None:
        self._runs: dict[int, tuple[OriginKind, str, str | None]] = {}
        self._known: dict[tuple[int, str | None, float | None], Origin] = {}

    def add(self, run: int, kind: OriginKind, name: str, version: str | None) -> None:
        self._runs[run] = kind, name, version

    def get(self, run: int, rule: str | None, score: float | None) -> Origin:
        found = self._known.get((run, rule, score))
        if found is None:
            found = self._known[run, rule, score] = Origin(*self._runs[run], rule, score)
        return found


_Key: TypeAlias = tuple[int, int]
"""Document and run."""


def _longer_first(suggestion: SpanSuggestion) -> tuple[int, int]:
    return suggestion.fields.start, -suggestion.fields.end


def _proposed(
    table: type[SuggestedSpan | SuggestedQuotation | SuggestedEntity], current: Mapping[int, Sequence[int]]
) -> Select[tuple[Any, ...]]:
    """The rows of the documents' current runs, in the order of the key; rows of runs current elsewhere among them."""
    runs = {run for some in current.values() for run in some}
    return (
        select(table.__table__)
        .where(table.document.in_(current), table.run.in_(runs))
        .order_by(table.document, table.run, table.id)
    )


def _spans(
    connection: Connection,
    current: Mapping[int, Sequence[int]],
    label_of: Callable[[str], int | None],
    origins: _Origins,
) -> tuple[dict[_Key, list[SpanSuggestion]], Counter[int]]:
    found: dict[_Key, list[SpanSuggestion]] = defaultdict(list)
    unmapped: Counter[int] = Counter()
    for row in connection.execute(_proposed(SuggestedSpan, current)):
        document, run, id_, start, end, name, entity, rule, score = row
        if run not in current[document]:
            continue
        label = label_of(name)
        if label is None:
            unmapped[document] += 1
            continue
        fields = SpanFields(start, end, label, entity)
        found[document, run].append(SpanSuggestion(id_, fields, origins.get(run, rule, score), run))
    return found, unmapped


def _quotations(
    connection: Connection, current: Mapping[int, Sequence[int]], origins: _Origins
) -> dict[_Key, list[QuotationSuggestion]]:
    found: dict[_Key, list[QuotationSuggestion]] = defaultdict(list)
    for row in connection.execute(_proposed(SuggestedQuotation, current)):
        document, run, id_, _, content, cue, speaker, entity, state, type_, rule, score = row
        fields = QuotationFields(
            tuple(Stretch(*part) for part in content),
            tuple(Stretch(*part) for part in cue),
            Stretch(*speaker) if speaker else None,
            entity,
            SpeakerState(state),
            QuotationType(type_),
        )
        found[document, run].append(QuotationSuggestion(id_, fields, origins.get(run, rule, score), run))
    for quotations in found.values():
        quotations.sort(key=lambda one: one.fields.start)
    return found


def _entities(connection: Connection, current: Mapping[int, Sequence[int]]) -> dict[_Key, list[Entity]]:
    found: dict[_Key, list[Entity]] = defaultdict(list)
    for row in connection.execute(_proposed(SuggestedEntity, current)):
        document, run, id_, name, type_, aliases, kb_id = row
        found[document, run].append(Entity(id_, name, type_, tuple(aliases), kb_id))
    return found
