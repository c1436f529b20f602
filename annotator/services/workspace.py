"""A project opened by an annotator: what every use case starts from."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.errors import Refused
from annotator.domain.scheme import Label
from annotator.storage import projects
from annotator.storage.projects import ProjectInfo
from annotator.storage.store import Store


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


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open database, the project worked on, and who works."""

    store: Store
    project: ProjectInfo
    annotator: int
    annotator_name: str
    labels: tuple[Label, ...]

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


def _prepare(store: Store, name: str, project: str | None, create: bool) -> Workspace:
    with store.reading() as connection:
        known = projects.projects(connection)
    if project and not create and all(project != info.name for info in known):
        names = ", ".join(info.name for info in known) or "none yet"
        raise Refused(f'There is no project "{project}" in {store.path}. Its projects: {names}.')
    info = store.writer.run(lambda connection: projects.ensure_project(connection, project))
    store.writer.run(lambda connection: projects.use_project(connection, info.id))
    annotator = store.writer.run(lambda connection: projects.ensure_annotator(connection, name))
    with store.reading() as connection:
        labels = tuple(projects.labels(connection, info.scheme))
    return Workspace(store, info, annotator, name, labels)
