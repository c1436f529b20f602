"""Schema 1: the first one. Frozen: a later change is a step of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Make all tables."""
    op.create_table(
        "annotator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotator")),
        sa.UniqueConstraint("name", name=op.f("uq_annotator_name")),
    )
    op.create_table(
        "scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("guidelines", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
    )
    op.create_table(
        "text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text")),
        sa.UniqueConstraint("sha256", name=op.f("uq_text_sha256")),
    )
    op.create_table(
        "label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("hue", sa.Text(), nullable=False),
        sa.Column("strong", sa.Boolean(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.id"], name=op.f("fk_label_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
        sa.UniqueConstraint("scheme", "name", name=op.f("uq_label_scheme_name")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Integer(), nullable=False),
        sa.Column("pipeline", sa.Text(), nullable=True),
        sa.Column("label_map", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("last_used", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.id"], name=op.f("fk_project_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("name", name=op.f("uq_project_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_project_uid")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("text", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("title_is_first_line", sa.Boolean(), nullable=False),
        sa.Column("outlet_key", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("meta", sa.Text(), nullable=False),
        sa.Column("imported", sa.Text(), nullable=False),
        sa.Column("n_suggested", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_document_project")),
        sa.ForeignKeyConstraint(["text"], ["text.id"], name=op.f("fk_document_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("key", name=op.f("uq_document_key")),
        sa.UniqueConstraint("project", "text", "source", name=op.f("uq_document_project_text_source")),
        sa.UniqueConstraint("project", "uid", name=op.f("uq_document_project_uid")),
    )
    op.create_index(
        op.f("ix_document_project_n_suggested_id"), "document", ["project", "n_suggested", "id"], unique=False
    )
    op.create_index(
        op.f("ix_document_project_outlet_key_id"), "document", ["project", "outlet_key", "id"], unique=False
    )
    op.create_index(op.f("ix_document_project_published_id"), "document", ["project", "published", "id"], unique=False)
    op.create_index(op.f("ix_document_project_title_key_id"), "document", ["project", "title_key", "id"], unique=False)
    op.create_index(op.f("ix_document_text"), "document", ["text"], unique=False)
    op.create_table(
        "entity",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("kb_id", sa.Text(), nullable=True),
        sa.Column("merged_into", sa.LargeBinary(length=16), nullable=True),
        sa.Column("root_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["entity.id"], name=op.f("fk_entity_merged_into")),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_entity_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_entity_project_name_key_id",
        "entity",
        ["project", "name_key", "id"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NULL"),
    )
    op.create_index(op.f("ix_entity_root_id_id"), "entity", ["root_id", "id"], unique=False)
    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("finished", sa.Text(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("n_files_done", sa.Integer(), nullable=False),
        sa.Column("n_added", sa.Integer(), nullable=False),
        sa.Column("n_known", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_import_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
    )
    op.create_index(op.f("ix_import_project_id"), "import", ["project", "id"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("rules_version", sa.Text(), nullable=True),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_run_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("project", "uid", name=op.f("uq_run_project_uid")),
    )
    op.create_table(
        "annotation_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("annotator", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("updated", sa.Text(), nullable=False),
        sa.Column("n_decided", sa.Integer(), nullable=False),
        sa.Column("n_open", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name=op.f("fk_annotation_set_annotator")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_annotation_set_document")),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_annotation_set_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation_set")),
        sa.UniqueConstraint("document", "annotator", "round", name=op.f("uq_annotation_set_document_annotator_round")),
        sa.UniqueConstraint("uid", name=op.f("uq_annotation_set_uid")),
    )
    op.create_index(
        op.f("ix_annotation_set_project_annotator_round_n_open_document"),
        "annotation_set",
        ["project", "annotator", "round", "n_open", "document"],
        unique=False,
    )
    op.create_index(
        op.f("ix_annotation_set_project_annotator_round_status_document"),
        "annotation_set",
        ["project", "annotator", "round", "status", "document"],
        unique=False,
    )
    op.create_table(
        "document_alias",
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_document_alias_document")),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_document_alias_project")),
        sa.PrimaryKeyConstraint("project", "uid", name=op.f("pk_document_alias")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("annotator", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.LargeBinary(length=16), nullable=True),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name=op.f("fk_edit_annotator")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_edit_document")),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name=op.f("fk_edit_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edit")),
        sa.UniqueConstraint("target", name=op.f("uq_edit_target")),
        sa.UniqueConstraint("uid", name=op.f("uq_edit_uid")),
    )
    op.create_index(op.f("ix_edit_project_annotator_id"), "edit", ["project", "annotator", "id"], unique=False)
    op.create_table(
        "run_document",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("n_spans", sa.Integer(), nullable=False),
        sa.Column("n_quotations", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_run_document_document")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_run_document_run")),
        sa.PrimaryKeyConstraint("document", "run", name=op.f("pk_run_document")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_run_document_run"), "run_document", ["run"], unique=False)
    op.create_index(
        "uq_run_document_current",
        "run_document",
        ["document", "source_kind"],
        unique=True,
        sqlite_where=sa.text("is_current = 1"),
    )
    op.create_table(
        "suggested_entity",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("kb_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_suggested_entity_document")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_suggested_entity_run")),
        sa.PrimaryKeyConstraint("document", "run", "id", name=op.f("pk_suggested_entity")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "suggested_quotation",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("entity", sa.LargeBinary(length=16), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_suggested_quotation_document")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_suggested_quotation_run")),
        sa.PrimaryKeyConstraint("document", "run", "id", name=op.f("pk_suggested_quotation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "suggested_span",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("entity", sa.LargeBinary(length=16), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck_suggested_span_stretch")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_suggested_span_document")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_suggested_span_run")),
        sa.PrimaryKeyConstraint("document", "run", "id", name=op.f("pk_suggested_span")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "change",
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("ord", sa.Integer(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("row", sa.LargeBinary(length=16), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_change_document")),
        sa.ForeignKeyConstraint(["edit"], ["edit.id"], name=op.f("fk_change_edit")),
        sa.PrimaryKeyConstraint("edit", "ord", name=op.f("pk_change")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_change_document_edit"), "change", ["document", "edit"], unique=False)
    op.create_table(
        "quotation",
        sa.Column("set", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("entity", sa.LargeBinary(length=16), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=True),
        sa.Column("suggestion", sa.LargeBinary(length=16), nullable=True),
        sa.Column("original", sa.Text(), nullable=True),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_quotation_entity")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_quotation_run")),
        sa.ForeignKeyConstraint(["set"], ["annotation_set.id"], name=op.f("fk_quotation_set")),
        sa.PrimaryKeyConstraint("set", "id", name=op.f("pk_quotation")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_quotation_entity_set_id"), "quotation", ["entity", "set", "id"], unique=False)
    op.create_index(op.f("ix_quotation_rule_set_id"), "quotation", ["rule", "set", "id"], unique=False)
    op.create_table(
        "span",
        sa.Column("set", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("label", sa.Integer(), nullable=False),
        sa.Column("entity", sa.LargeBinary(length=16), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=True),
        sa.Column("suggestion", sa.LargeBinary(length=16), nullable=True),
        sa.Column("original", sa.Text(), nullable=True),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck_span_stretch")),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_span_entity")),
        sa.ForeignKeyConstraint(["label"], ["label.id"], name=op.f("fk_span_label")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_span_run")),
        sa.ForeignKeyConstraint(["set"], ["annotation_set.id"], name=op.f("fk_span_set")),
        sa.PrimaryKeyConstraint("set", "id", name=op.f("pk_span")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_span_entity_set_id",
        "span",
        ["entity", "set", "id"],
        unique=False,
        sqlite_where=sa.text("entity IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_span_run_label_rule_changed_set"), "span", ["run", "label", "rule", "changed", "set"], unique=False
    )
