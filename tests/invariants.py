"""What must hold of every database at all times, whatever happened to it."""

from __future__ import annotations

from uuid import UUID

from annotator.domain.edits import Row, RowChange, RowKey, Table, apply_change
from annotator.domain.marks import Stretch
from annotator.domain.quotations import check_stretch, stretches_of
from annotator.services.workspace import Workspace
from annotator.storage import decisions, documents, runs
from annotator.storage.tables import ChangeRow, EditRow


def check(workspace: Workspace) -> None:
    """Fail if the database is damaged, a stretch lies outside its text, or a column kept twice is wrong."""
    with workspace.store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        for document in documents.all_ids(connection, workspace.project.id):
            article = documents.article(connection, document)
            assert article
            suggestions = runs.suggestions(connection, document, workspace.label_ids.get)
            for stored in decisions.stored_sets(connection, document):
                for span in stored.spans:
                    check_stretch(span.fields.stretch, len(article.text))
                for quotation in stored.quotations:
                    for _, _, stretch in stretches_of(quotation.fields):
                        check_stretch(stretch, len(article.text))
                        assert isinstance(stretch, Stretch)
                decided, n_open = decisions.count_marks(suggestions, stored.spans, stored.quotations)
                counters = connection.exec_driver_sql(
                    "SELECT n_decided, n_open FROM annotation_set WHERE uid = ?", (stored.info.id.bytes,)
                ).one()
                assert tuple(counters) == (decided, n_open)
        _check_changed(connection)


def _check_changed(connection) -> None:
    for table, kind in (("span", Table.SPAN), ("quotation", Table.QUOTATION)):
        stored = {row.id: row.changed for row in connection.exec_driver_sql(f"SELECT id, changed FROM {table}")}
        for set_id, uid in connection.exec_driver_sql("SELECT id, uid FROM annotation_set").all():
            rows = decisions.set_rows(connection, set_id, UUID(bytes=uid))
            for span, quotation in (_pair(rows, kind, key) for key in rows if key[0] is kind):
                decision = span or quotation
                assert stored[decision.id.bytes] == ",".join(decision.changed)


def _pair(rows, kind, key):
    spans, quotations = decisions.decisions_of({key: rows[key]})
    return (spans or [None])[0], (quotations or [None])[0]


def replayed(workspace: Workspace) -> dict[RowKey, Row]:
    """The rows that the history gives when it is carried out from nothing."""
    rows: dict[RowKey, Row] = {}
    with workspace.store.reading() as connection:
        changes = connection.execute(
            ChangeRow.__table__.select()
            .join(EditRow, EditRow.id == ChangeRow.edit)
            .where(EditRow.project == workspace.project.id, EditRow.annotator == workspace.annotator)
            .order_by(ChangeRow.edit, ChangeRow.ord)
        ).all()
    for change in changes:
        apply_change(rows, RowChange(Table(change.table), change.row, change.document, change.before, change.after))
    return rows
