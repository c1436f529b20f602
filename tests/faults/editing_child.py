"""The program that is killed: a session in which somebody edits as fast as it goes, telling each edit on a pipe.

``made`` is told when an edit is in memory and on its way, ``saved`` only when the session says so. Runs in a
process that was forked from a clean one, so that fifty of them start in no time.
"""

from __future__ import annotations

import hashlib
import json
import random
from multiprocessing.connection import Connection
from pathlib import Path

from building import Sitting
from gestures import act

from annotator.services.session import Saving


def digest(rows) -> str:
    """A short name for the state of rows."""
    listed = sorted((table.value, id_.hex, json.dumps(row, sort_keys=True)) for (table, id_), row in rows.items())
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def edit_for_ever(database: Path, documents: tuple[int, ...], seed: int, news: Connection) -> None:
    """Edit until killed."""
    numbers = random.Random(seed)
    sitting = Sitting(database)
    with sitting.workspace.store.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM edit").scalar_one()
    sitting.session.open(documents[0])
    news.send(("ready", count, 0, ""))
    while True:
        before = len(sitting.news)
        act(sitting, numbers, documents)
        made = sum(bool(one.saving and one.marks) for one in sitting.news[before:])
        if not made:
            continue
        count += made
        document = sitting.session.document
        news.send(("made", count, document.id, digest(document.rows)))
        if sitting.settle() is not Saving.SAVED:
            news.send(("failed", count, 0, str(sitting.session.failure)))
            return
        news.send(("saved", count, document.id, digest(document.rows)))
