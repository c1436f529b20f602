"""A project opened by an annotator: what every use case starts from."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.domain.errors import Refused
from annotator.domain.scheme import Label
from annotator.storage import projects
from annotator.storage.projects import ProjectInfo
from annotator.storage.store import Store
from annotator.storage.writer import read_only_sentence


def default_annotator_name() -> str:
    """The user's full name, else the login, else "Annotator"."""
    try:
        import pwd

        entry = pwd.getpwnam(getpass.getuser())
        return entry.pw_gecos.split(",")[0].strip() or entry.pw_name
    except (ImportError, KeyError, OSError):
        pass
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "Annotator"


_NOBODY = -1
"""The row id of an annotator who has no row, in a database that may not be written to."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open database, the project worked on, and who works."""

    store: Store
    project: ProjectInfo
    annotator: int
    annotator_name: str
    labels: tuple[Label, ...]

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed, since file or folder may not be written to."""
        return self.store.read_only

    @property
    def read_only_sentence(self) -> str:
        """Why nothing can be changed, and what to do."""
        return read_only_sentence(self.store.path)

    @property
    def label_ids(self) -> dict[str, int]:
        """The project's label ids by the names that runs use: its own names, and those that it maps."""
        own = {label.name: label.id for label in self.labels if not label.archived}
        mapped = {theirs: own[ours] for theirs, ours in self.project.label_map.items() if ours in own}
        return {**own, **mapped}

    def close(self) -> None:
        """Commit what is under way and let go of the database."""
        self.store.close()


def open_workspace(
    database: Path, annotator: str | None = None, project: str | None = None, *, create: bool = True
) -> Workspace:
    """Open the database and the project (None: the last used one, else "My articles").

    Args:
        database: the file; made if it is missing.
        annotator: a name, or None for the user's own.
        project: a name; an unknown one is made if ``create``.

    Raises:
        DatabaseRefused: the file cannot be opened; it was not changed.
        Refused: there is no such project and ``create`` is False.
    """
    name = annotator or default_annotator_name()
    store = Store(database)
    try:
        return _prepare(store, name, project, create)
    except BaseException:
        store.close()
        raise


def choose_pipeline(workspace: Workspace, pipeline: str | None) -> Workspace:
    """The workspace whose project is read by another pipeline (by its own name) from now on; stored with it."""
    project = workspace.project
    workspace.store.writer.run(lambda connection: projects.set_pipeline(connection, project.id, pipeline))
    return replace(workspace, project=replace(project, pipeline=pipeline))


def _prepare(store: Store, name: str, project: str | None, create: bool) -> Workspace:
    with store.reading() as connection:
        known = projects.projects(connection)
    if store.read_only:
        return _prepare_to_read(store, name, project, known)
    if project and not create and all(project != info.name for info in known):
        names = ", ".join(info.name for info in known) or "none yet"
        raise Refused(f'There is no project "{project}" in {store.path}. Its projects: {names}.')
    info = store.writer.run(lambda connection: projects.ensure_project(connection, project))
    store.writer.run(lambda connection: projects.use_project(connection, info.id))
    annotator = store.writer.run(lambda connection: projects.ensure_annotator(connection, name))
    with store.reading() as connection:
        labels = tuple(projects.labels(connection, info.scheme))
    return Workspace(store, info, annotator, name, labels)


def _prepare_to_read(store: Store, name: str, project: str | None, known: list[ProjectInfo]) -> Workspace:
    info = next((info for info in known if project is None or info.name == project), None)
    if info is None:
        wanted = f'no project "{project}"' if project else "no project"
        raise Refused(f"{store.path} holds {wanted} and may not be written to. Open another database.")
    with store.reading() as connection:
        annotator = projects.annotator_named(connection, name)
        labels = tuple(projects.labels(connection, info.scheme))
    return Workspace(store, info, _NOBODY if annotator is None else annotator, name, labels)
