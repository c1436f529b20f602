"""Figures of a project for people: progress, and how good its suggestions were."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.services.workspace import Workspace
from annotator.storage import documents, figures, projects
from annotator.storage.documents import Counts
from annotator.storage.figures import Verdicts
from annotator.storage.store import Store

__all__ = ["Counts", "ProjectFigures", "Verdicts", "project_figures", "project_names"]


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """Documents by status (mine), and everyone's verdicts by label and by rule."""

    documents: Counts
    by_label: tuple[Verdicts, ...]
    by_rule: tuple[Verdicts, ...]


def project_figures(workspace: Workspace) -> ProjectFigures:
    """The figures of a project as they are now."""
    project = workspace.project.id
    with workspace.store.reading() as connection:
        return ProjectFigures(
            documents.counts(connection, project, workspace.annotator),
            tuple(figures.verdicts_by_label(connection, project)),
            tuple(figures.verdicts_by_rule(connection, project)),
        )


def project_names(database: Path) -> list[tuple[str, int]]:
    """The projects of a database, the last used first, each with its number of documents.

    Raises:
        DatabaseRefused: the file cannot be opened.
    """
    store = Store(database)
    try:
        with store.reading() as connection:
            found = projects.projects(connection)
            return [(project.name, len(documents.all_ids(connection, project.id))) for project in found]
    finally:
        store.close()
