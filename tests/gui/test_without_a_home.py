"""A home that is missing or cannot be written to: the program starts, says what it cannot keep, and offers a way on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.gui.application import Program
from annotator.gui.dialogs import QuestionSheet
from annotator.services.places import Places


def test_a_data_folder_that_cannot_be_made_is_told_and_another_database_can_be_chosen(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder")
    program = Program(qapp, Places(home), suggest=False)
    seen: list[str] = []

    def answer() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, QuestionSheet)
        seen.extend(label.text() for label in sheet.findChildren(type(sheet.heading)))
        sheet.done(1)

    monkeypatch.setattr(
        "annotator.gui.application.QFileDialog.getSaveFileName", lambda *_, **__: (str(tmp_path / "new.sqlite3"), "")
    )
    QTimer.singleShot(300, answer)
    assert program.open(Places(home).database)
    assert any("cannot be created" in words and "Choose a folder" in words for words in seen)
    window = program.window
    assert window is not None
    window.desk.set(measure=70)
    assert window.notice.isVisible()
    program._switching = True  # the tests go on
    window.close()


@pytest.mark.parametrize("home", ["/proc/no-such-home", ""])
def test_the_command_line_works_without_a_home(home: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-m", "annotator.cli.main", "pipelines", "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**environment, "HOME": home},
    )
    assert done.returncode in (0, 3), done.stderr
    assert done.stdout.startswith("["), done.stderr
    assert "Traceback" not in done.stderr
