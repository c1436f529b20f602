"""The pipeline beside the window: it dies, it hangs, it is changed; work goes on and the window says what happened."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import ARTICLE
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.application import Program
from annotator.gui.widgets.controls import ActionButton
from annotator.services.places import Places
from annotator.storage.documents import set_failure
from annotator.worker.client import WorkerClient

PATIENCE = 90_000


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    with WorkerClient() as worker:
        if len(worker.pipelines()) < 2:
            pytest.skip("both language pipelines are needed")
    made = Program(qapp, Places(tmp_path))
    assert made.open(tmp_path / "annotator.sqlite3")
    yield made
    if made.window is not None:
        made._switching = True  # the tests go on
        made.window.close()


def import_article(program: Program, folder: Path) -> None:
    path = folder / "ferry.txt"
    path.write_text(ARTICLE, "utf-8")
    assert program.window is not None
    program.window.errands.import_paths([path])


def buttons(program: Program) -> dict[str, ActionButton]:
    assert program.window is not None
    return {each.words: each for each in program.window.page.not_read.findChildren(ActionButton)}


@pytest.mark.parametrize("what", ["dies", "hangs"])
def test_an_article_whose_reading_fails_says_why_and_can_be_read_again(
    program: Program, qtbot: QtBot, tmp_path: Path, what: str
) -> None:
    window, preannotation = program.window, program._preannotation
    assert window is not None
    assert preannotation is not None
    worker = preannotation._worker
    qtbot.waitUntil(lambda: window.desk.reading.pipeline is not None, timeout=PATIENCE)
    killer = QTimer()
    if what == "dies":
        killer.timeout.connect(lambda: worker.pid is not None and os.kill(worker.pid, signal.SIGKILL))
        killer.start(5)
    else:
        worker._patience = 0.0
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGSTOP)
    import_article(program, tmp_path)
    qtbot.waitUntil(window.page.not_read.isVisible, timeout=PATIENCE)
    killer.stop()
    worker._patience = 60.0
    banner = window.page.not_read
    assert banner.title.text() == "This article has no suggestions"
    assert ("took too long" if what == "hangs" else "killed") in banner.sentence.text()
    assert "Your work is safe" in banner.sentence.text()
    document = window.desk.document
    assert document is not None
    assert not document.spans
    qtbot.mouseClick(buttons(program)["Try again"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(banner.isHidden, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(document.spans), timeout=PATIENCE)


def test_another_pipeline_reads_all_again_what_failed_too_keeps_decisions_and_the_first_one_comes_back(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    window = program.window
    assert window is not None
    import_article(program, tmp_path)

    def current() -> set[str]:
        document = window.desk.document
        return {mark.origin.name for mark in document.spans if not mark.decided} if document else set()

    qtbot.waitUntil(lambda: current() == {"en_core_web_md"}, timeout=PATIENCE)
    document = window.desk.document
    assert document is not None
    kept = document.spans[0]
    window.desk.session.accept([kept.key])
    window.desk.workspace.store.writer.run(lambda connection: set_failure(connection, document.id, "It took too long."))
    window._use_pipeline("en_core_web_sm")
    qtbot.waitUntil(lambda: current() == {"en_core_web_sm"}, timeout=PATIENCE)
    assert [mark.fields for mark in document.spans if mark.decided] == [kept.fields]
    window._use_pipeline("en_core_web_md")
    qtbot.waitUntil(lambda: current() == {"en_core_web_md"}, timeout=PATIENCE)
    assert [mark.fields for mark in document.spans if mark.decided] == [kept.fields]
