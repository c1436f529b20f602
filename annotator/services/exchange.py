"""Between records (what files hold) and rows (what the database holds), in both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection

from annotator.domain.marks import (
    Entity,
    Origin,
    OriginKind,
    QuotationDecision,
    QuotationFields,
    QuotationSuggestion,
    SpanDecision,
    SpanFields,
    SpanSuggestion,
    Status,
    Verdict,
)
from annotator.domain.pending import pending_quotations, pending_spans
from annotator.domain.predictions import PredictedQuotation, PredictedSpan
from annotator.domain.records import (
    DocumentRecord,
    MarkRecords,
    QuotationOriginal,
    QuotationRecord,
    ReadDocument,
    SpanOriginal,
    SpanRecord,
)
from annotator.domain.rows import AnnotationSet
from annotator.services.workspace import Workspace
from annotator.storage import decisions, documents, entities, projects, runs
from annotator.storage.arrivals import Arrivals, Entry
from annotator.storage.clock import new_id, now
from annotator.storage.decisions import StoredSet
from annotator.storage.documents import Article
from annotator.storage.entities import EntityArrivals
from annotator.storage.runs import FiledRun, RunIdentity, Suggestions

# -- into the database


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a record: the document, whether it is new, whether its annotations went in."""

    document: int
    entry: Entry
    title: str
    annotated: bool = False
    left_out: str = ""


def enter_records(connection: Connection, workspace: Workspace, reads: Sequence[ReadDocument]) -> list[Entered]:
    """Put records into the project: the documents, and their annotations where they can stand."""
    arrivals = Arrivals(connection, workspace.project.id, reads)
    names = _Names(connection, workspace, EntityArrivals(arrivals, _decided_entities(reads)))
    entered = [_enter(arrivals, workspace, names, read) for read in reads]
    arrivals.flush()
    return entered


def _decided_entities(reads: Iterable[ReadDocument]) -> Iterator[Entity]:
    return (entity for read in reads if read.record.decided for entity in read.record.entities)


def _enter(arrivals: Arrivals, workspace: Workspace, names: _Names, read: ReadDocument) -> Entered:
    document = arrivals.enter(read)
    record = read.record
    if document.entry is Entry.CONFLICT or not _has_annotations(record):
        return Entered(document.id, document.entry, document.title)
    annotator = _annotator(names, workspace, record)
    is_new = document.entry is Entry.ADDED and not names.has_runs(arrivals, document.id)
    if not is_new:
        arrivals.flush()
        if annotator is not None and decisions.has_set(arrivals.connection, document.id, annotator, record.round):
            sentence = "has annotations by the same annotator already; those of the file were left out"
            return Entered(document.id, document.entry, document.title, left_out=sentence)
    annotated = _RecordEntry(arrivals, names, record, document.id, is_new).enter(annotator)
    names.with_annotations.add(document.id)
    return Entered(document.id, document.entry, document.title, annotated)


def _has_annotations(record: DocumentRecord) -> bool:
    return bool(
        record.decided
        or record.suggestions
        or record.rejected
        or record.annotator
        or record.status is not Status.NEW
        or record.flagged
        or record.note
    )


def _annotator(names: _Names, workspace: Workspace, record: DocumentRecord) -> int | None:
    if record.annotator:
        return names.annotator(record.annotator)
    bare = not (record.decided or record.rejected or record.flagged or record.note)
    return None if bare and record.status is Status.NEW else workspace.annotator


class _Names:
    """What records call by name, as the project has it: looked up once for a batch of records."""

    def __init__(self, connection: Connection, workspace: Workspace, register: EntityArrivals) -> None:
        self._connection = connection
        self._workspace = workspace
        self.register = register
        self._annotators: dict[str, int] = {}
        self._runs: dict[RunIdentity, int] = {}
        self._labels: dict[str, int] = {}
        self.with_annotations: set[int] = set()

    def annotator(self, name: str) -> int:
        if name not in self._annotators:
            self._annotators[name] = projects.ensure_annotator(self._connection, name)
        return self._annotators[name]

    def run(self, identity: RunIdentity) -> int:
        if identity not in self._runs:
            self._runs[identity] = runs.ensure_run(self._connection, self._workspace.project.id, identity)
        return self._runs[identity]

    def labels(self, names: set[str]) -> dict[str, int]:
        if not names <= self._labels.keys():
            self._labels = projects.ensure_labels(self._connection, self._workspace.project.scheme, names)
        return self._labels

    def has_runs(self, arrivals: Arrivals, document: int) -> bool:
        """Whether a document that counts as added has annotations already: from before it was removed, or from here."""
        return document in self.with_annotations or runs.is_read(arrivals.connection, document)


class _RecordEntry:
    """One record on its way in: its runs, labels and entities as they are named in the project."""

    def __init__(self, arrivals: Arrivals, names: _Names, record: DocumentRecord, document: int, is_new: bool) -> None:
        self._arrivals = arrivals
        self._connection = arrivals.connection
        self._names = names
        self._record = record
        self._document = document
        self._is_new = is_new
        groups = (record.decided, record.suggestions, record.rejected)
        used = {span.label for group in groups for span in group.spans}
        used |= {span.original.label for group in groups for span in group.spans if span.original}
        self._labels = names.labels(used)
        self._entities = {entity.id: entity for entity in record.entities}
        self._registered: dict[UUID, UUID] = {}
        self._runs: dict[RunIdentity, tuple[int, RunIdentity]] = {}
        self._run_already: set[int] = set()

    def enter(self, annotator: int | None) -> bool:
        """Put the annotations in; False where all of them were there already."""
        self._register_entities()
        added = self._suggestions()
        if added and not self._is_new:
            current = runs.suggestions(self._connection, self._document, self._labels.get)
            decisions.recount(self._connection, self._document, current)
        if annotator is None:
            return added
        record = self._record
        spans = [self._span(span) for span in record.decided.spans]
        spans += [self._rejected_span(span) for span in record.rejected.spans]
        quotations = [self._quotation(quotation) for quotation in record.decided.quotations]
        quotations += [self._rejected_quotation(quotation) for quotation in record.rejected.quotations]
        annotation_set = AnnotationSet(
            new_id(), self._document, annotator, record.round, record.status, record.flagged, record.note
        )
        decisions.add_set(
            self._arrivals,
            annotation_set,
            [*spans, *quotations],
            updated=record.updated or now(),
            n_open=self._open_count(spans, quotations),
        )
        return True

    def _open_count(self, spans: list[SpanDecision], quotations: list[QuotationDecision]) -> int:
        if not self._is_new:
            current = runs.suggestions(self._connection, self._document, self._labels.get)
            return decisions.count_marks(current, spans, quotations)[1]
        pending = self._record.suggestions
        open_spans = (
            SpanSuggestion(span.id, SpanFields(span.start, span.end, self._labels[span.label]), span.origin)
            for span in pending.spans
        )
        open_quotations = (
            QuotationSuggestion(one.id, _quotation_fields(one, None), one.origin) for one in pending.quotations
        )
        return len(pending_spans(open_spans, spans)) + len(pending_quotations(open_quotations, quotations))

    def _register_entities(self) -> None:
        """Entities that a decision names go into the register; those of suggestions stay with their run."""
        decided = self._record.decided
        named = {span.entity for span in decided.spans} | {q.speaker_entity for q in decided.quotations}
        for id_ in sorted(id_ for id_ in named if id_ in self._entities):
            self._registered[id_] = self._names.register.enter(self._entities[id_])

    def _entity(self, id_: UUID | None) -> UUID | None:
        return None if id_ is None else self._registered.get(id_)

    def _run(self, origin: Origin) -> tuple[int, RunIdentity]:
        """The run that an origin names. A file does not say the rules' version: a run of the document is taken."""
        identity = _identity(origin)
        if identity not in self._runs:
            known = None if self._is_new else runs.run_on(self._connection, self._document, identity)
            if known:
                self._run_already.add(known[0])
            self._runs[identity] = known or (self._names.run(identity), identity)
        return self._runs[identity]

    def _suggestions(self) -> bool:
        """Pending and rejected items become rows of their runs, unless those have read the document already.

        The file's ids are kept.
        """
        record = self._record
        groups: dict[RunIdentity, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {}
        for span in (*record.suggestions.spans, *record.rejected.spans):
            groups.setdefault(_identity(span.origin), ([], []))[0].append(_span_row(span))
        for quotation in (*record.suggestions.quotations, *record.rejected.quotations):
            groups.setdefault(_identity(quotation.origin), ([], []))[1].append(_quotation_row(quotation))
        referred = self._proposed_ids()
        filed = []
        for identity, (spans, quotations) in groups.items():
            run, _ = self._run(Origin(identity.kind, identity.name, identity.version))
            own = {row["entity"] for row in (*spans, *quotations)}
            named = [_entity_row(self._entities[id_]) for id_ in sorted(referred & own) if id_ in self._entities]
            filed.append(FiledRun(run, identity.kind, named, spans, quotations))
            referred -= own
        if self._is_new:
            runs.add_filed_runs(self._arrivals, self._document, filed)
            added = bool(filed)
        else:
            added = False
            for one in filed:
                added |= self._add_to_known(one)
        self._keep_originals(referred)
        return added

    def _add_to_known(self, filed: FiledRun) -> bool:
        """Add to a document that has annotations already; False where nothing was new."""
        if filed.run in self._run_already:
            marks = self._record.suggestions
            pending = {span.id for span in marks.spans} | {quotation.id for quotation in marks.quotations}
            return runs.complete_filed_run(self._connection, self._document, filed, pending)
        rows = {"entities": filed.entities, "spans": filed.spans, "quotations": filed.quotations}
        return runs.add_suggestions(self._connection, self._document, filed.run, filed.kind, **rows)

    def _proposed_ids(self) -> set[UUID]:
        """Entities that only runs have named: of pending, rejected and original fields."""
        record = self._record
        found: set[UUID | None] = set()
        for group in (record.suggestions, record.rejected):
            found |= {span.entity for span in group.spans} | {q.speaker_entity for q in group.quotations}
        found |= {q.original.speaker_entity for q in record.decided.quotations if q.original}
        return {id_ for id_ in found if id_ is not None}

    def _keep_originals(self, ids: set[UUID]) -> None:
        """What was proposed for marks that are decided by now stays known under the run that proposed it."""
        for quotation in self._record.decided.quotations:
            original = quotation.original
            id_ = original.speaker_entity if original else None
            if id_ is not None and id_ in ids and id_ in self._entities and id_ not in self._registered:
                ids.discard(id_)
                run, _ = self._run(quotation.origin)
                self._arrivals.flush()
                runs.keep_entity(self._connection, self._document, run, self._entities[id_])

    def _span(self, record: SpanRecord) -> SpanDecision:
        fields = SpanFields(record.start, record.end, self._labels[record.label], self._entity(record.entity))
        if record.verdict is Verdict.ADDED or record.origin.kind is OriginKind.PERSON:
            return SpanDecision(record.id, fields, record.origin, note=record.note)
        first = record.original
        original = fields
        if first:
            original = SpanFields(first.start, first.end, self._labels[first.label], fields.entity)
        label = first.label if first else record.label
        proposed = PredictedSpan(original.start, original.end, label)
        run, identity = self._run(record.origin)
        suggestion = identity.span_id(proposed)
        return SpanDecision(record.id, fields, record.origin, suggestion, original, note=record.note, run=run)

    def _quotation(self, record: QuotationRecord) -> QuotationDecision:
        fields = _quotation_fields(record, self._entity(record.speaker_entity))
        if record.verdict is Verdict.ADDED or record.origin.kind is OriginKind.PERSON:
            return QuotationDecision(record.id, fields, record.origin, note=record.note)
        original = fields
        if record.original:
            first = record.original
            entity = self._entity(first.speaker_entity) or first.speaker_entity
            original = QuotationFields(first.content, first.cue, first.speaker, entity, first.speaker_state, first.type)
        run, identity = self._run(record.origin)
        suggestion = identity.quotation_id(
            PredictedQuotation(original.content, original.cue, original.speaker, type=original.type)
        )
        return QuotationDecision(record.id, fields, record.origin, suggestion, original, note=record.note, run=run)

    def _rejected_span(self, record: SpanRecord) -> SpanDecision:
        fields = SpanFields(record.start, record.end, self._labels[record.label])
        original = replace(fields, entity=record.entity)
        run, _ = self._run(record.origin)
        return SpanDecision(new_id(), fields, record.origin, record.id, original, True, record.note, run)

    def _rejected_quotation(self, record: QuotationRecord) -> QuotationDecision:
        fields = _quotation_fields(record, None)
        return QuotationDecision(
            new_id(),
            fields,
            record.origin,
            record.id,
            replace(fields, entity=record.speaker_entity),
            True,
            record.note,
            self._run(record.origin)[0],
        )


def _identity(origin: Origin) -> RunIdentity:
    return RunIdentity(origin.kind, origin.name, origin.version)


def _quotation_fields(record: QuotationRecord, entity: UUID | None) -> QuotationFields:
    return QuotationFields(record.content, record.cue, record.speaker, entity, record.speaker_state, record.type)


def _entity_row(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "aliases": list(entity.aliases),
        "kb_id": entity.kb_id,
    }


def _span_row(span: SpanRecord) -> dict[str, Any]:
    return {
        "id": span.id,
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "entity": span.entity,
        "rule": span.origin.rule,
        "score": span.origin.score,
    }


def _quotation_row(quotation: QuotationRecord) -> dict[str, Any]:
    return {
        "id": quotation.id,
        "start": quotation.content[0].start,
        "content": [[part.start, part.end] for part in quotation.content],
        "cue": [[part.start, part.end] for part in quotation.cue],
        "speaker": [quotation.speaker.start, quotation.speaker.end] if quotation.speaker else None,
        "entity": quotation.speaker_entity,
        "state": quotation.speaker_state.value,
        "type": quotation.type.value,
        "rule": quotation.origin.rule,
        "score": quotation.origin.score,
    }


# -- out of the database


class _LabelNames:
    """Gives every label name a number, so that suggestions with labels that the project lacks go out too."""

    def __init__(self, known: dict[int, str]) -> None:
        self.names = dict(known)
        self._ids = {name: id_ for id_, name in known.items()}

    def number(self, name: str) -> int:
        if name not in self._ids:
            self._ids[name] = -len(self._ids) - 1
            self.names[self._ids[name]] = name
        return self._ids[name]


def records_of(
    connection: Connection,
    workspace: Workspace,
    documents_: Sequence[int],
    chosen: Callable[[StoredSet | None], bool] = lambda stored: True,
) -> Iterator[tuple[int, tuple[DocumentRecord, ...]]]:
    """Each document with its records: one for each chosen set, or one without annotator where it has no set.

    The documents are read together; some hundreds of them at most.
    """
    names = _LabelNames({label.id: label.name for label in projects.labels(connection, workspace.project.scheme)})
    suggestions = runs.suggestions_on(connection, documents_, names.number)
    stored = decisions.stored_sets_on(connection, documents_)
    no_set: tuple[None] = (None,)
    chosen_sets = {document: [one for one in stored[document] or no_set if chosen(one)] for document in documents_}
    wanted = [document for document, sets in chosen_sets.items() if sets]
    articles = documents.articles(connection, wanted)
    made = {
        document: [
            _record(articles[document], one, suggestions[document], names.names) for one in chosen_sets[document]
        ]
        for document in wanted
    }
    known = _Entities(connection, workspace.project.id, made, suggestions)
    for document in documents_:
        yield document, tuple(known.named(document, record) for record in made.get(document, ()))


def _record(
    article: Article, stored: StoredSet | None, suggestions: Suggestions, labels: dict[int, str]
) -> DocumentRecord:
    """The record of a set, or of a document that has none; its entities are not in it yet."""
    meta = replace(article.meta, title=article.title)
    if stored is None:
        pending = _pending(suggestions, (), (), labels)
        return DocumentRecord(article.uid, article.text, meta, suggestions=pending)
    info, spans, quotations = stored.info, stored.spans, stored.quotations
    return DocumentRecord(
        article.uid,
        article.text,
        meta,
        annotator=stored.annotator,
        round=info.round,
        status=info.status,
        flagged=info.flagged,
        note=info.note,
        updated=stored.updated,
        decided=MarkRecords(
            tuple(_span_record(d, labels) for d in spans if not d.rejected),
            tuple(_quotation_record(d) for d in quotations if not d.rejected),
        ),
        rejected=MarkRecords(
            tuple(_span_record(d, labels) for d in spans if d.rejected),
            tuple(_quotation_record(d) for d in quotations if d.rejected),
        ),
        suggestions=_pending(suggestions, spans, quotations, labels),
    )


def _pending(
    suggestions: Suggestions,
    spans: Iterable[SpanDecision],
    quotations: Iterable[QuotationDecision],
    labels: dict[int, str],
) -> MarkRecords:
    return MarkRecords(
        tuple(_suggested_span(s, labels) for s in pending_spans(suggestions.spans, spans)),
        tuple(_suggested_quotation(s) for s in pending_quotations(suggestions.quotations, quotations)),
    )


def _suggested_span(suggestion: SpanSuggestion, labels: dict[int, str]) -> SpanRecord:
    fields = suggestion.fields
    return SpanRecord(
        suggestion.id,
        fields.start,
        fields.end,
        labels[fields.label],
        suggestion.origin,
        fields.entity,
        verdict=Verdict.PENDING,
    )


def _suggested_quotation(suggestion: QuotationSuggestion) -> QuotationRecord:
    fields = suggestion.fields
    return QuotationRecord(
        suggestion.id,
        fields.type,
        fields.content,
        suggestion.origin,
        fields.cue,
        fields.speaker,
        fields.entity,
        fields.state,
        verdict=Verdict.PENDING,
    )


def _span_record(decision: SpanDecision, labels: dict[int, str]) -> SpanRecord:
    fields, original = decision.fields, decision.original
    if decision.rejected and original:
        fields = original
    first = None
    if decision.changed and original and not decision.rejected:
        first = SpanOriginal(original.start, original.end, labels[original.label])
    return SpanRecord(
        decision.suggestion if decision.rejected and decision.suggestion else decision.id,
        fields.start,
        fields.end,
        labels[fields.label],
        decision.origin,
        fields.entity,
        decision.note,
        decision.verdict,
        () if decision.rejected else decision.changed,
        first,
    )


def _quotation_record(decision: QuotationDecision) -> QuotationRecord:
    fields, original = decision.fields, decision.original
    if decision.rejected and original:
        fields = original
    first = None
    if decision.changed and original and not decision.rejected:
        first = QuotationOriginal(
            original.content, original.cue, original.speaker, original.entity, original.state, original.type
        )
    return QuotationRecord(
        decision.suggestion if decision.rejected and decision.suggestion else decision.id,
        fields.type,
        fields.content,
        decision.origin,
        fields.cue,
        fields.speaker,
        fields.entity,
        fields.state,
        decision.note,
        decision.verdict,
        () if decision.rejected else decision.changed,
        first,
    )


class _Entities:
    """The entities that the marks of some documents refer to; the register's name comes before a run's."""

    def __init__(
        self,
        connection: Connection,
        project: int,
        records: Mapping[int, Sequence[DocumentRecord]],
        suggestions: Mapping[int, Suggestions],
    ) -> None:
        self._referred = {id(record): _referred(record) for some in records.values() for record in some}
        self._register = entities.register(connection, project, set().union(*self._referred.values()))
        self._proposed = {
            document: {entity.id: entity for entity in reversed(suggestions[document].entities)} for document in records
        }
        # Only what was decided on in an older run's time needs a look at the runs that are not current.
        older = [document for document, some in records.items() if any(self._lacks(document, one) for one in some)]
        for document, proposed in entities.proposed_in(connection, older).items():
            self._proposed[document] = {**proposed, **self._proposed[document]}

    def _lacks(self, document: int, record: DocumentRecord) -> bool:
        return not self._referred[id(record)] <= self._register.keys() | self._proposed[document].keys()

    def named(self, document: int, record: DocumentRecord) -> DocumentRecord:
        """The record with its entities, by id."""
        proposed = self._proposed[document]
        found = (self._register.get(id_) or proposed.get(id_) for id_ in sorted(self._referred[id(record)]))
        return replace(record, entities=tuple(entity for entity in found if entity))


def _referred(record: DocumentRecord) -> set[UUID]:
    referred: set[UUID | None] = set()
    for group in (record.decided, record.suggestions, record.rejected):
        referred.update(span.entity for span in group.spans)
        referred.update(quotation.speaker_entity for quotation in group.quotations)
        referred.update(q.original.speaker_entity for q in group.quotations if q.original)
    referred.discard(None)
    return cast("set[UUID]", referred)
