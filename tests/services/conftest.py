"""A database with two articles and their suggestions, made once and copied for each test."""

import shutil

import pytest
from building import Sitting, fill


@pytest.fixture(scope="session")
def filled_database(tmp_path_factory):
    """The template and the ids of its two documents; copy it, never open it."""
    path = tmp_path_factory.mktemp("filled") / "template.sqlite3"
    return path, fill(path)


@pytest.fixture
def database(filled_database, tmp_path):
    """A database of one's own."""
    path = tmp_path / "annotator.sqlite3"
    shutil.copy(filled_database[0], path)
    return path


@pytest.fixture
def documents(filled_database):
    """The row ids of the two documents."""
    return filled_database[1]


@pytest.fixture
def sitting(database, documents):
    """A sitting with the first document open."""
    with Sitting(database) as sitting:
        sitting.session.open(documents[0])
        yield sitting
