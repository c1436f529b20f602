"""Makes the pictures of the program: ``python docs/pictures.py [FOLDER [ARTICLE...]]``, of the real window.

The window of this checkout opens the sample articles (or the given files), read by the real pipeline and corrected
in part, in a temporary folder. Needs Qt, but no display. The pictures of the guide are made by it, too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHOTS: dict[str, tuple[str, int, int, int, str]] = {
    # name: theme, width, height, scale, state
    "main-light": ("light", 1440, 900, 1, "quotation"),
    "main-dark": ("dark", 1440, 900, 1, "quotation"),
    "span-light": ("light", 1440, 900, 1, "span"),
    "narrow-light": ("light", 1100, 700, 1, "quotation"),
    "main-200-light": ("light", 1100, 700, 2, "quotation"),
    "empty-light": ("light", 1440, 900, 1, "empty"),
    "empty-dark": ("dark", 1440, 900, 1, "empty"),
}


def main(folder: Path, articles: list[Path]) -> None:
    """Take every picture in a process of its own: the scale is fixed when Qt starts."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="annotator-pictures-") as scratch:
        data = Path(scratch)
        prepare(data, articles)
        for name, (*_, scale, _state) in SHOTS.items():
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_FONT_DPI": "96",
                "QT_SCALE_FACTOR": str(scale),
                "ANNOTATOR_REDUCED_MOTION": "1",
            }
            command = [sys.executable, __file__, "--shot", name, str(folder), str(data)]
            subprocess.run(command, env=environment, check=True)
            print(folder / f"{name}.png")


def prepare(data: Path, articles: list[Path]) -> None:
    """A database with the articles, read by the pipeline; one is done, one is in progress."""
    from annotator.domain.marks import Status
    from annotator.services.library import import_files, sample_files
    from annotator.services.session import Session
    from annotator.services.suggest import PipelineRun
    from annotator.services.workspace import open_workspace
    from annotator.worker.client import WorkerClient

    workspace = open_workspace(data / "full.sqlite3", "Sam Analyst")
    with WorkerClient() as worker:
        report = import_files(workspace, articles or sample_files(), worker)
        run = PipelineRun(workspace, worker)
        for document in report.added:
            run.read(document)
    session = Session(workspace)
    session.open(report.added[0])
    assert session.document is not None
    session.accept(session.document.open_keys()[:14])
    if len(report.added) > 2:
        session.open(report.added[2])
        session.set_status(Status.DONE, session.document.open_keys())
        session.open(report.added[1])
        session.accept(session.document.open_keys()[:31])
        session.set_flag(True)
    session.close()
    workspace.close()
    open_workspace(data / "empty.sqlite3", "Sam Analyst").close()


def take(name: str, folder: Path, data: Path) -> None:
    """One picture, in this process."""
    from PySide6.QtWidgets import QApplication

    from annotator.gui.application import Program
    from annotator.services.places import Places
    from annotator.services.settings import Settings, ThemeChoice, save_settings

    theme, width, height, _, state = SHOTS[name]
    places = Places(data / name)
    save_settings(places.settings, Settings(theme=ThemeChoice(theme), annotator="Sam Analyst"))
    app = QApplication(sys.argv[:1])
    program = Program(app, places, suggest=False)
    program.open(data / ("empty.sqlite3" if state == "empty" else "full.sqlite3"))
    window = program.window
    assert window is not None
    window.resize(width, height)
    _settle(app)
    document = window.desk.session.document
    if document is not None:
        if state == "quotation":
            wanted = next((mark for mark in document.quotations if len(mark.fields.content) > 1), None)
            mark = wanted or document.quotations[0]
        else:
            mark = document.spans[len(document.spans) // 8]
        window.desk.choose(mark.key)
        _settle(app)
    window.grab().save(str(folder / f"{name}.png"))
    window.close()


def _settle(app: object) -> None:
    """Let everything that is waiting happen: layout, painting, queued calls."""
    for _ in range(20):
        app.processEvents()  # type: ignore[attr-defined]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--shot"]:
        take(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "pictures", [Path(name) for name in sys.argv[2:]])
