"""Reading and making projects, label schemes and annotators."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from importlib.resources import files

from sqlalchemy import Connection, func, insert, select, update

from annotator.domain.scheme import Hue, Label
from annotator.storage.clock import new_id, now
from annotator.storage.tables import Annotator, LabelRow, Project, Scheme, row_id

FIRST_PROJECT = "My articles"


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """A project: its row id, name, label scheme and chosen pipeline (None: the default one)."""

    id: int
    name: str
    scheme: int
    pipeline: str | None
    label_map: dict[str, str]


def name_key(name: str) -> str:
    """A name without case and accents, for finding and sorting."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in folded if not unicodedata.combining(character))


def projects(connection: Connection) -> list[ProjectInfo]:
    """All projects, the last used first."""
    rows = connection.execute(select(Project.__table__).order_by(Project.last_used.desc(), Project.id.desc()))
    return [ProjectInfo(row.id, row.name, row.scheme, row.pipeline, row.label_map or {}) for row in rows]


def project_named(connection: Connection, name: str | None) -> ProjectInfo | None:
    """The project of that name, or the last used one for None; None if there is none."""
    found = projects(connection)
    return next((project for project in found if name is None or project.name == name), None)


def ensure_project(connection: Connection, name: str | None) -> ProjectInfo:
    """The project of that name (None: the last used, else "My articles"), made with its scheme if missing."""
    existing = project_named(connection, name)
    if existing:
        return existing
    scheme = _make_scheme(connection)
    time = now()
    connection.execute(
        insert(Project).values(
            uid=new_id(),
            name=name or FIRST_PROJECT,
            scheme=scheme,
            pipeline=None,
            label_map={},
            created=time,
            last_used=time,
        )
    )
    made = project_named(connection, name or FIRST_PROJECT)
    assert made is not None
    return made


def use_project(connection: Connection, project: int) -> None:
    """Remember that a project was used."""
    connection.execute(update(Project).where(Project.id == project).values(last_used=now()))


def _make_scheme(connection: Connection) -> int:
    content = json.loads(files("annotator.resources").joinpath("label_scheme.json").read_text("utf-8"))
    scheme = row_id(connection.execute(insert(Scheme).values(name=content["name"], guidelines="")))
    connection.execute(
        insert(LabelRow),
        [
            {"scheme": scheme, "position": position, "archived": False, **label}
            for position, label in enumerate(content["labels"])
        ],
    )
    return scheme


def labels(connection: Connection, scheme: int) -> list[Label]:
    """The scheme's labels in order, archived ones too."""
    rows = connection.execute(
        select(LabelRow.__table__).where(LabelRow.scheme == scheme).order_by(LabelRow.position, LabelRow.id)
    )
    return [
        Label(row.id, row.name, row.short, Hue(row.hue), row.strong, row.key, row.description, row.archived)
        for row in rows
    ]


def ensure_labels(connection: Connection, scheme: int, names: set[str]) -> dict[str, int]:
    """Ids of the named labels by name; unknown ones are appended to the scheme."""
    known = {label.name: label.id for label in labels(connection, scheme)}
    position = connection.scalar(select(func.max(LabelRow.position)).where(LabelRow.scheme == scheme)) or 0
    for name in sorted(names - known.keys()):
        position += 1
        made = connection.execute(
            insert(LabelRow).values(
                scheme=scheme,
                position=position,
                name=name,
                short=name[:8],
                hue=Hue.THINGS.value,
                strong=False,
                key="",
                description="",
                archived=False,
            )
        )
        known[name] = row_id(made)
    return known


def set_pipeline(connection: Connection, project: int, pipeline: str | None) -> None:
    """Choose the pipeline (by its own name; None: the default one) that reads a project's documents from now on."""
    connection.execute(update(Project).where(Project.id == project).values(pipeline=pipeline))


def annotator_named(connection: Connection, name: str) -> int | None:
    """The row id of the annotator of that name, if there is one."""
    return connection.scalar(select(Annotator.id).where(Annotator.name == name))


def ensure_annotator(connection: Connection, name: str) -> int:
    """The row id of the annotator of that name."""
    found = annotator_named(connection, name)
    if found is not None:
        return found
    return row_id(connection.execute(insert(Annotator).values(name=name)))


def annotator_name(connection: Connection, annotator: int) -> str:
    """The name of an annotator."""
    return connection.execute(select(Annotator.name).where(Annotator.id == annotator)).scalar_one()
