"""The real window on a real database of one's own; nothing is mocked, only the pipeline is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import fill
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from seat import Seat

from annotator.gui.theme import LIGHT, apply_theme
from annotator.services.settings import Settings


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled database; copy it, never open it."""
    path = tmp_path_factory.mktemp("gui") / "template.sqlite3"
    fill(path)
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    """A database of one's own with two articles."""
    path = tmp_path / "annotator.sqlite3"
    path.write_bytes(template.read_bytes())
    return path


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., Seat]]:
    """Take a seat at a window on a database; closed afterwards."""
    apply_theme(qapp, LIGHT)
    seats: list[Seat] = []

    def take(database: Path, settings: Settings | None = None) -> Seat:
        seats.append(Seat(qtbot, database, settings))
        return seats[-1]

    yield take
    for seat in seats:
        seat.close()


@pytest.fixture
def seat(sit: Callable[..., Seat], database: Path) -> Seat:
    """At the window with the first of two articles open."""
    return sit(database)
