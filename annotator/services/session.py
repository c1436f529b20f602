"""The session: one annotator's work on a project, one open document at a time. Knows no Qt.

Every gesture is one edit: applied in memory and published at once, then handed to the writer. What the session
calls saved is committed. Undo and redo go through all edits of the annotator, in whichever document they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection

from annotator.domain.edits import (
    Edit,
    EditKind,
    Row,
    RowChange,
    RowKey,
    Table,
    apply_change,
    apply_fitting,
    change_row,
    invert,
)
from annotator.domain.errors import NotSaved, Refused
from annotator.domain.marks import (
    Entity,
    Person,
    QuotationFields,
    QuotationMark,
    QuotationType,
    SpanFields,
    SpanMark,
    SpeakerState,
    Status,
    Stretch,
)
from annotator.domain.quotations import arrange_parts, check_stretch
from annotator.domain.rows import AnnotationSet, entity_from_row, set_row
from annotator.domain.scheme import Label
from annotator.services.changes import Changes
from annotator.services.draft import Draft, named
from annotator.services.opened import OpenDocument
from annotator.services.saving import SaveQueue, Saving
from annotator.services.stretches import Side, Unit, moved, stretch_of, with_stretch
from annotator.services.workspace import Workspace
from annotator.storage import decisions, documents, projects, runs
from annotator.storage.clock import new_id


class Session:
    """The open document and its gestures.

    All methods are called from one thread, except that ``post`` must carry a callable to it from any other.
    """

    def __init__(self, workspace: Workspace, post: Callable[[Callable[[], None]], None] = lambda call: call()) -> None:
        self.workspace = workspace
        self._subscribers: list[Callable[[Changes], None]] = []
        self._document: OpenDocument | None = None
        with workspace.store.reading() as connection:
            rows = decisions.register_rows(connection, workspace.project.id)
        self._register: dict[UUID, Entity] = {key[1]: entity_from_row(key[1], row) for key, row in rows.items()}
        self._register_rows = rows
        self._queue = SaveQueue(workspace, post, self._saved)
        self._can_redo: bool | None = None
        self._can_undo: bool | None = None

    # -- news

    def subscribe(self, subscriber: Callable[[Changes], None]) -> None:
        """Call ``subscriber`` with every change from now on."""
        self._subscribers.append(subscriber)

    def publish(self, changes: Changes) -> None:
        """Tell all subscribers."""
        for subscriber in list(self._subscribers):
            subscriber(changes)

    # -- the open document

    @property
    def document(self) -> OpenDocument | None:
        """The open document, if any."""
        return self._document

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels of the project's scheme that are in use."""
        return tuple(label for label in self.workspace.labels if not label.archived)

    def open(self, document: int | None) -> None:
        """Open a document (None: close the open one). Opening writes nothing."""
        self._load(document)
        self.publish(Changes(opened=True))

    def _load(self, document: int | None) -> None:
        if document is None:
            self._document = None
            return
        self._settle()
        workspace = self.workspace
        with workspace.store.reading() as connection:
            article = documents.article(connection, document)
            if article is None:
                raise Refused("This article is no longer in the database.")
            rows = decisions.document_rows(connection, document, workspace.annotator)
            self._apply_unsaved(rows, document)
            suggestions = runs.suggestions(connection, document, workspace.label_ids.get)
            info = documents.infos(connection, workspace.project.id, workspace.annotator, [document])[0]
        people = frozenset(label.id for label in workspace.labels if label.name == "PERSON")
        self._document = OpenDocument(article, suggestions, rows, self._register, people, info.failure)

    def _apply_unsaved(self, rows: dict[RowKey, Row], document: int | None) -> None:
        """Bring rows of a document (None: the register) that were read up to the edits that are not saved."""
        tables = (Table.ENTITY,) if document is None else (Table.SET, Table.SPAN, Table.QUOTATION)
        for edit in self._queue.unsaved:
            apply_fitting(rows, (c for c in edit.changes if c.document == document and c.table in tables))

    def suggestions_arrived(self, arrived: Iterable[int]) -> None:
        """Read the suggestions of the open document again if it is among those that a run has finished."""
        ids = frozenset(arrived)
        document = self._document
        if document and document.id in ids:
            with self.workspace.store.reading() as connection:
                document.suggestions = runs.suggestions(connection, document.id, self.workspace.label_ids.get)
                info = documents.infos(connection, self.workspace.project.id, self.workspace.annotator, [document.id])
            document.failure = info[0].failure
            document.refresh()
            self._queue.recount(document.id)
        self.publish(Changes(marks=bool(document and document.id in ids), documents=ids))

    def documents_came(self, ids: Iterable[int] = ()) -> None:
        """Take up what an import brought: documents, labels, entities, annotations of the open document."""
        self._settle()
        store, project = self.workspace.store, self.workspace.project
        with store.reading() as connection:
            labels = tuple(projects.labels(connection, project.scheme))
            self._register_rows = decisions.register_rows(connection, project.id)
        self._apply_unsaved(self._register_rows, None)
        self._register.clear()
        self._register.update({key[1]: entity_from_row(key[1], row) for key, row in self._register_rows.items()})
        new_labels = labels != self.workspace.labels
        self.workspace = self._queue.workspace = replace(self.workspace, labels=labels)
        touched = frozenset(ids)
        reopened = self._document is not None and self._document.id in touched
        if self._document and reopened:
            self._load(self._document.id)
        self.publish(Changes(marks=reopened, documents=touched, listing=True, labels=new_labels))

    def _open(self) -> OpenDocument:
        if self._document is None:
            raise Refused("No article is open.")
        return self._document

    def _mark(self, key: UUID | None) -> SpanMark | QuotationMark:
        mark = self._open().mark(key)
        if mark is None:
            raise Refused("Select a mark first.")
        return mark

    def span(self, key: UUID | None) -> SpanMark:
        """The span shown under a key.

        Raises:
            Refused: there is none.
        """
        mark = self._open().mark(key)
        if not isinstance(mark, SpanMark):
            raise Refused("Select an entity first.")
        return mark

    def quotation(self, key: UUID | None) -> QuotationMark:
        """The quotation shown under a key.

        Raises:
            Refused: there is none.
        """
        mark = self._open().mark(key)
        if not isinstance(mark, QuotationMark):
            raise Refused("Select a quotation first.")
        return mark

    # -- edits

    def _refuse_while_unsaved(self) -> None:
        if self.workspace.read_only:
            raise Refused(self.workspace.read_only_sentence)
        if self._queue.blocked:
            raise NotSaved(self._queue.failure or "An earlier change is not saved yet.")

    def _draft(self) -> Draft:
        self._refuse_while_unsaved()
        return Draft(self._open(), self.workspace, self._register)

    def _do(self, draft: Draft, summary: str, select: UUID | None = None) -> None:
        changes = draft.changes
        if not changes:
            return
        document = self._open()
        self._commit(Edit(new_id(), EditKind.DO, summary, changes, document.id), select)

    def _commit(self, edit: Edit, select: UUID | None = None, message: str = "") -> None:
        document = self._document
        mine: list[RowKey] = []
        for change in edit.changes:
            if change.table is Table.ENTITY:
                self._apply_to_register(change)
                mine.append(change.key)
            elif document and change.document == document.id and change.table is not Table.DOCUMENT:
                apply_change(document.rows, change)
                mine.append(change.key)
        counters = None
        if document:
            document.refresh_rows(mine)
            annotation_set = document.annotation_set
            if annotation_set:
                decided, _ = document.decided_and_all
                counters = (annotation_set.id, decided, document.left_open)
        if edit.kind is EditKind.DO:
            self._can_undo, self._can_redo = True, False
        else:
            self._can_undo = self._can_redo = None
        self._queue.save(edit, counters)
        touched = frozenset(change.document for change in edit.changes if change.document is not None)
        listing = any(change.table is Table.DOCUMENT for change in edit.changes)
        self.publish(
            Changes(marks=True, documents=touched, listing=listing, saving=True, select=select, message=message)
        )

    def _apply_to_register(self, change: RowChange) -> None:
        apply_change(self._register_rows, change)
        row = self._register_rows.get(change.key)
        if row is None:
            self._register.pop(change.row, None)
        else:
            self._register[change.row] = entity_from_row(change.row, row)

    def accept(self, keys: Iterable[UUID]) -> None:
        """Keep suggestions as they are: one edit, however many."""
        document = self._open()
        draft = self._draft()
        marks = [mark for key in keys if (mark := document.mark(key)) is not None and not mark.decided]
        for mark in marks:
            draft.accept(mark)
        self._do(draft, f"accept {self._words(marks[0])}" if len(marks) == 1 else f"accept {len(marks)} suggestions")

    def remove(self, key: UUID) -> None:
        """Reject a suggestion, or take a mark away: this mark only."""
        mark = self._mark(key)
        draft = self._draft()
        draft.remove(mark)
        self._do(draft, f"remove {self._words(mark)}")

    def label(self, stretch: Stretch, label: int) -> UUID:
        """Label a stretch: a span that stands on it is relabelled, else a new one is made. Returns its key."""
        document = self._open()
        check_stretch(stretch, len(document.text))
        existing = document.spans_at(stretch)
        if existing:
            same = next((mark for mark in existing if mark.fields.label == label), existing[0])
            self.relabel(same.key, label)
            return same.key
        return self.add_label(stretch, label)

    def add_label(self, stretch: Stretch, label: int) -> UUID:
        """A new span, also where others stand on the same stretch (suggestions there are kept). Returns its key."""
        document = self._open()
        check_stretch(stretch, len(document.text))
        draft = self._draft()
        for mark in document.spans_at(stretch):
            draft.accept(mark)  # a suggestion left open here would be hidden by the new decision
        person = self._person_at(stretch) if self._is_person(label) else None
        entity = draft.person(person) if person and person.entity else None
        key = draft.add_span(SpanFields(stretch.start, stretch.end, label, entity))
        self._do(draft, f"mark {_quoted(stretch.slice(document.text))} as {self._label_name(label)}", key)
        return key

    def relabel(self, key: UUID, label: int) -> None:
        """Give a span another label (the same one accepts it). An entity of another type is let go."""
        mark = self.span(key)
        draft = self._draft()
        fields = mark.fields
        if fields.label != label:
            entity = fields.entity if self._label_name(label) == self._entity_type(fields.entity) else None
            fields = replace(fields, label=label, entity=entity)
        draft.change_span(mark, fields)
        self._do(draft, f"label {self._words(mark)} {self._label_name(label)}", key)

    def move_end(self, key: UUID, role: str, index: int, side: Side, unit: Unit, step: int) -> None:
        """Move one end of a stretch by a word or character; ``role`` and ``index`` name a quotation's stretch.

        An end that cannot move any further stays.
        """
        mark = self._mark(key)
        document = self._open()
        old = mark.fields.stretch if isinstance(mark, SpanMark) else stretch_of(mark.fields, role, index)
        self.set_stretch(key, role, index, moved(document.text, old, side, unit, step))

    def set_stretch(self, key: UUID, role: str, index: int, stretch: Stretch) -> None:
        """Put a span, or a quotation's content part, cue part or mention, on another stretch."""
        document = self._open()
        check_stretch(stretch, len(document.text))
        mark = self._mark(key)
        draft = self._draft()
        if isinstance(mark, SpanMark):
            if stretch == mark.fields.stretch:
                return
            fields = replace(mark.fields, start=stretch.start, end=stretch.end)
            draft.change_span(mark, fields)
        else:
            if stretch == stretch_of(mark.fields, role, index):
                return
            draft.change_quotation(mark, with_stretch(mark.fields, role, index, stretch))
        self._do(draft, f"move the ends of {self._words(mark)}", key)

    # -- quotations

    def add_quotation(self, stretch: Stretch) -> UUID:
        """Make a stretch a quotation; one with just this content is accepted instead. Returns its key."""
        document = self._open()
        check_stretch(stretch, len(document.text))
        wanted = QuotationFields((stretch,))
        for mark in document.quotations:
            if mark.fields.content == wanted.content:
                self.accept([mark.key])
                return mark.key
        draft = self._draft()
        key = draft.add_quotation(stretch)
        self._do(draft, f"mark {_quoted(stretch.slice(document.text))} as quotation", key)
        return key

    def _change_quotation(self, key: UUID, fields: QuotationFields, summary: str, draft: Draft | None = None) -> None:
        mark = self.quotation(key)
        draft = draft or self._draft()
        draft.change_quotation(mark, fields)
        self._do(draft, f"{summary} {self._words(mark)}", key)

    def add_part(self, key: UUID, stretch: Stretch) -> None:
        """Add a content part to a quotation; parts that touch are joined."""
        check_stretch(stretch, len(self._open().text))
        fields = self.quotation(key).fields
        self._change_quotation(key, replace(fields, content=arrange_parts([*fields.content, stretch])), "add a part to")

    def remove_part(self, key: UUID, index: int) -> None:
        """Take a content part away.

        Raises:
            Refused: it is the only one.
        """
        fields = self.quotation(key).fields
        if len(fields.content) == 1:
            raise Refused("A quotation keeps at least one part. Remove the quotation instead.")
        parts = tuple(part for i, part in enumerate(fields.content) if i != index)
        self._change_quotation(key, replace(fields, content=parts), "remove a part of")

    def set_cue(self, key: UUID, cue: Iterable[Stretch]) -> None:
        """Set the words that report the speech (none: no cue)."""
        parts = arrange_parts(check_stretch(part, len(self._open().text)) for part in cue)
        self._change_quotation(key, replace(self.quotation(key).fields, cue=parts), "set the cue of")

    def set_mention(self, key: UUID, mention: Stretch | None) -> None:
        """Set the words that name the speaker.

        A mention that is a person of the article names the speaker too; another one keeps a speaker that was
        picked apart from the old mention, and lets go one that the old mention implied.
        """
        fields = self.quotation(key).fields
        draft = self._draft()
        person = self._person_at(check_stretch(mention, len(self._open().text))) if mention else None
        old_person = self._person_at(fields.speaker) if fields.speaker else None
        if person:
            fields = named(fields, draft.person(person))
        elif old_person and fields.entity and self._is_same(old_person, fields.entity):
            fields = replace(fields, entity=None, state=SpeakerState.UNKNOWN)
        self._change_quotation(key, replace(fields, speaker=mention), "set the speaker mention of", draft)

    def set_person(self, key: UUID, person: Person) -> None:
        """Say who speaks: a person of the article."""
        draft = self._draft()
        fields = named(self.quotation(key).fields, draft.person(person))
        self._change_quotation(key, fields, f"{person.name} speaks in", draft)

    def set_speaker_state(self, key: UUID, state: SpeakerState) -> None:
        """Say that the speaker is unnamed, the author, or unknown."""
        fields = replace(self.quotation(key).fields, entity=None, state=state)
        self._change_quotation(key, fields, f"{state.value} speaker in")

    def set_type(self, key: UUID, type_: QuotationType) -> None:
        """Override the computed type."""
        self._change_quotation(key, replace(self.quotation(key).fields, type=type_), f"{type_.value} speech in")

    # -- status

    @property
    def status(self) -> Status:
        """The open document's status."""
        annotation_set = self._document.annotation_set if self._document else None
        return annotation_set.status if annotation_set else Status.NEW

    @property
    def flagged(self) -> bool:
        """Whether the open document is flagged."""
        annotation_set = self._document.annotation_set if self._document else None
        return bool(annotation_set and annotation_set.flagged)

    def set_status(self, status: Status, accept: Iterable[UUID] = ()) -> None:
        """Set the open document's status, accepting suggestions in the same edit."""
        document = self._open()
        draft = self._draft()
        marks = [mark for key in accept if (mark := document.mark(key)) is not None and not mark.decided]
        for mark in marks:
            draft.accept(mark)
        if status is not self.status:
            draft.change_set(status=status)
        also = f", accept {len(marks)} suggestions" if marks else ""
        self._do(draft, f"set the article to {status.value}{also}")

    def set_flag(self, flagged: bool) -> None:
        """Flag the open document, or take the flag away."""
        draft = self._draft()
        if flagged != self.flagged:
            draft.change_set(flagged=flagged)
        self._do(draft, "flag the article" if flagged else "take the article's flag away")

    # -- notes, and acts on several documents

    def set_note(self, key: UUID, note: str) -> None:
        """Write a note on a mark ("" takes it away), which decides it."""
        mark = self._mark(key)
        draft = self._draft()
        draft.set_note(mark, note)
        self._do(draft, f"note on {self._words(mark)}", key)

    @property
    def note(self) -> str:
        """The note on the open document."""
        annotation_set = self._document.annotation_set if self._document else None
        return (annotation_set.note if annotation_set else None) or ""

    def set_document_note(self, note: str) -> None:
        """Write a note on the open document ("" takes it away)."""
        draft = self._draft()
        if note != self.note:
            draft.change_set(note=note)
        self._do(draft, "note on the article")

    def set_note_of(self, ids: Iterable[int], note: str) -> None:
        """Write a note on several documents ("" takes theirs away): one edit."""
        self._change_sets(ids, "note on %s", lambda one: replace(one, note=note or None))

    def set_status_of(self, ids: Iterable[int], status: Status) -> None:
        """Set the status of several documents: one edit."""
        self._change_sets(ids, f"set %s to {status.value}", lambda one: replace(one, status=status))

    def set_flag_of(self, ids: Iterable[int], flagged: bool) -> None:
        """Flag several documents, or take their flags away: one edit."""
        summary = "flag %s" if flagged else "take the flags of %s away"
        self._change_sets(ids, summary, lambda one: replace(one, flagged=flagged))

    def _change_sets(self, ids: Iterable[int], summary: str, change: Callable[[AnnotationSet], AnnotationSet]) -> None:
        wanted = list(dict.fromkeys(ids))
        self._refuse_while_unsaved()
        self._settle()
        self._refuse_while_unsaved()
        with self.workspace.store.reading() as connection:
            existing = decisions.sets_on(connection, self.workspace.annotator, wanted)
        changes = []
        for document in wanted:
            old = existing.get(document)
            new = change(old or AnnotationSet(new_id(), document, self.workspace.annotator))
            found = change_row((Table.SET, new.id), document, set_row(old) if old else None, set_row(new))
            if found:
                changes.append(found)
        if changes:
            self._commit(Edit(new_id(), EditKind.DO, summary % _articles(len(changes)), tuple(changes)))

    def remove_documents(self, ids: Iterable[int]) -> None:
        """Take documents out of the project: one edit, which undo takes back with all their annotations."""
        wanted = list(dict.fromkeys(ids))
        self._refuse_while_unsaved()
        with self.workspace.store.reading() as connection:
            keys = documents.keys(connection, wanted)
        changes = [
            RowChange(Table.DOCUMENT, keys[document], document, {"removed": False}, {"removed": True})
            for document in wanted
            if document in keys
        ]
        if not changes:
            return
        if self._document and self._document.id in wanted:
            self.open(None)
        self._commit(Edit(new_id(), EditKind.DO, f"remove {_articles(len(changes))}", tuple(changes)))

    # -- undo and redo

    @property
    def undo_summary(self) -> str | None:
        """What undo would take back, or None."""
        edit = self._stack(decisions.newest_undoable) if self._can_undo is not False else None
        self._can_undo = edit is not None
        return edit.summary if edit else None

    @property
    def redo_summary(self) -> str | None:
        """What redo would do again, or None."""
        edit = self._stack(decisions.newest_redoable) if self._can_redo is not False else None
        self._can_redo = edit is not None
        return edit.summary if edit else None

    def _stack(self, newest: Callable[[Connection, int, int], Edit | None]) -> Edit | None:
        self._settle()
        with self.workspace.store.reading() as connection:
            return newest(connection, self.workspace.project.id, self.workspace.annotator)

    def undo(self) -> None:
        """Take my newest edit back, in whichever document it was, and go there."""
        self._take_back(decisions.newest_undoable, EditKind.UNDO, "Nothing to undo.")

    def redo(self) -> None:
        """Do again what my newest undo took back, and go there."""
        self._take_back(decisions.newest_redoable, EditKind.REDO, "Nothing to redo.")

    def _take_back(self, newest: Callable[[Connection, int, int], Edit | None], kind: EditKind, nothing: str) -> None:
        self._refuse_while_unsaved()
        target = self._stack(newest)
        self._refuse_while_unsaved()  # what failed meanwhile would have been the newest
        if target is None:
            raise Refused(nothing)
        if target.document is not None and (self._document is None or self._document.id != target.document):
            self.open(target.document)
        changes = invert(target.changes)
        known = self._rows_of(changes)
        possible = _with_a_place(changes, known)
        done, _ = apply_fitting({c.key: known[c.key] for c in changes if c.key in known}, possible)
        left = len(changes) - len(done)
        message = ""
        if left:
            message = f"{left} of {len(changes)} changes stayed as they are: they were changed since."
        edit = Edit(new_id(), kind, target.summary, tuple(done), target.document, target.id)
        self._commit(edit, self._key_of(done), message)

    def _rows_of(self, changes: Iterable[RowChange]) -> dict[RowKey, Row]:
        """The rows that changes are about as they are now, of other documents too."""
        changes = tuple(changes)
        mine = self._document
        rows = {**self._register_rows, **(mine.rows if mine else {})}
        elsewhere = {c.document for c in changes if c.document is not None} - {mine.id if mine else None}
        with self.workspace.store.reading() as connection:
            for document in sorted(id_ for id_ in elsewhere if id_ is not None):
                rows |= decisions.document_rows(connection, document, self.workspace.annotator)
            removed = [c.document for c in changes if c.table is Table.DOCUMENT and c.document is not None]
            rows |= decisions.document_states(connection, removed)
        return rows

    def _key_of(self, changes: list[RowChange]) -> UUID | None:
        """The key of the mark that changes are about, if they are about one."""
        marks = [change for change in changes if change.table in (Table.SPAN, Table.QUOTATION)]
        if len({change.row for change in marks}) != 1:
            return None
        row = marks[0].after or {}
        whole = self._document.rows.get(marks[0].key) if self._document else None
        suggestion = (whole or row).get("suggestion") or (marks[0].before or {}).get("suggestion")
        return UUID(hex=str(suggestion)) if suggestion else marks[0].row

    # -- saving

    @property
    def saving(self) -> Saving:
        """Whether everything is committed."""
        return self._queue.state

    @property
    def failure(self) -> str | None:
        """Why the last change is not saved, in a sentence."""
        return self._queue.failure

    def retry(self) -> None:
        """Try again to save what could not be saved, in order."""
        self._queue.retry()
        self.publish(Changes(saving=True))

    def _saved(self, edit: Edit) -> None:
        touched = frozenset(change.document for change in edit.changes if change.document is not None)
        # Articles that go or come back are read from the database: they can be listed only now.
        listing = any(change.table is Table.DOCUMENT for change in edit.changes)
        self.publish(Changes(saving=True, documents=touched, listing=listing))

    def _settle(self) -> None:
        """Wait for the writer, so that what is read next holds every edit."""
        with suppress(NotSaved):
            self.workspace.store.writer.flush()

    def close(self) -> None:
        """Commit what is under way."""
        self._settle()
        self._document = None

    # -- words and lookups

    def _words(self, mark: SpanMark | QuotationMark) -> str:
        stretch = mark.fields.stretch if isinstance(mark, SpanMark) else mark.fields.content[0]
        return _quoted(stretch.slice(self._open().text))

    def _label_name(self, label: int) -> str:
        return next((known.name for known in self.workspace.labels if known.id == label), "?")

    def _is_person(self, label: int) -> bool:
        return self._label_name(label) == "PERSON"

    def _entity_type(self, entity: UUID | None) -> str | None:
        found = self._open().entity(entity)
        return found.type if found else None

    def _person_at(self, stretch: Stretch) -> Person | None:
        """The person whom a stretch names: a mention lies in it, or its words are a mention's words."""
        document = self._open()
        for person in document.persons:
            if any(stretch.contains(mention) for mention in person.mentions):
                return person
        words = stretch.slice(document.text).casefold()
        for person in document.persons:
            if any(mention.slice(document.text).casefold() == words for mention in person.mentions):
                return person
        return None

    def _is_same(self, person: Person, entity: UUID) -> bool:
        found = self._open().entity(entity)
        return found is not None and found.name == person.name


def _quoted(words: str, limit: int = 40) -> str:
    flat = " ".join(words.split())
    return f"“{flat if len(flat) <= limit else flat[: limit - 1] + '…'}”"


def _with_a_place(changes: Iterable[RowChange], rows: Mapping[RowKey, Row]) -> list[RowChange]:
    """The changes but for sets that cannot come back, and their marks: an import has brought another set since."""
    changes = list(changes)
    taken = {row["document"] for (table, _), row in rows.items() if table is Table.SET}
    barred = {c.row.hex for c in changes if c.table is Table.SET and c.before is None and c.document in taken}
    return [c for c in changes if c.row.hex not in barred and (c.after or {}).get("set") not in barred]


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"


__all__ = ["Saving", "Session", "Side", "Unit"]
