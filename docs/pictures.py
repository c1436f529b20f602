"""Makes the pictures of the program: ``python docs/pictures.py [FOLDER [ARTICLE...]]``, of the real window.

The window of this checkout opens the sample articles (or the given files), read by the real pipeline and corrected
in part, in a temporary folder. Needs Qt, but no display. The pictures of the guide are made by it, too: afterwards
``docs/guide.py`` puts them beside the guide. With names in the variable ``PICTURES`` only those are made.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.gui.window import MainWindow

HERE = Path(__file__).resolve().parent
SHOTS: dict[str, tuple[str, int, int, int, str]] = {
    # name: theme, width, height, scale, state
    "main-light": ("light", 1440, 900, 1, "quotation"),
    "main-dark": ("dark", 1440, 900, 1, "quotation"),
    "span-light": ("light", 1440, 900, 1, "span"),
    "narrow-light": ("light", 1100, 700, 1, "quotation"),
    "main-200-light": ("light", 1000, 640, 2, "quotation"),
    "empty-light": ("light", 1440, 900, 1, "empty"),
    "empty-dark": ("dark", 1440, 900, 1, "empty"),
    "find-light": ("light", 1440, 900, 1, "find"),
    "entities-light": ("light", 1440, 900, 1, "entities"),
    "entities-dark": ("dark", 1440, 900, 1, "entities"),
    "notes-light": ("light", 1440, 900, 1, "notes"),
    "error-light": ("light", 1440, 900, 1, "error"),
    "import-light": ("light", 1440, 900, 1, "import"),
    "import-dark": ("dark", 1440, 900, 1, "import"),
    "read-only-light": ("light", 1100, 700, 1, "read only"),
    "settings-light": ("light", 1440, 900, 2, "settings"),
    "settings-dark": ("dark", 1440, 900, 2, "settings"),
    "export-light": ("light", 1440, 900, 2, "export"),
    "guide-light": ("light", 1440, 900, 1, "guide"),
}
_UNREAD = "The worker process was killed (SIGKILL); perhaps the computer ran out of memory."
_MILLISECONDS = 20_000


def main(folder: Path, articles: list[Path]) -> None:
    """Take every picture in a process of its own: the scale is fixed when Qt starts."""
    folder.mkdir(parents=True, exist_ok=True)
    # Always the same place: its name is seen in some pictures.
    data = Path(tempfile.gettempdir()) / "annotator-pictures"
    if data.exists():
        sys.exit(f"{data} is left from another time; look at it, then remove it.")
    data.mkdir()
    try:
        prepare(data, articles)
        (data / ".shots").mkdir()
        only = os.environ.get("PICTURES", "").split() or list(SHOTS)
        for name in only:
            scale = SHOTS[name][3]
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_FONT_DPI": "96",
                "QT_SCALE_FACTOR": str(scale),
                "ANNOTATOR_REDUCED_MOTION": "1",
                "HOME": str(data),
            }
            command = [sys.executable, __file__, "--shot", name, str(data / ".shots"), str(data)]
            subprocess.run(command, env=environment, check=True)
            shutil.copyfile(data / ".shots" / f"{name}.png", folder / f"{name}.png")
            print(folder / f"{name}.png")
    finally:
        shutil.rmtree(data)


def prepare(data: Path, articles: list[Path]) -> None:
    """A database with the articles, read by the pipeline; one is done, one is in progress."""
    from annotator.domain.marks import Status
    from annotator.services.library import import_files, sample_files
    from annotator.services.session import Session
    from annotator.services.suggest import PipelineRun
    from annotator.services.workspace import open_workspace
    from annotator.storage.documents import set_failure
    from annotator.worker.client import WorkerClient

    workspace = open_workspace(data / "full.sqlite3", "Sam Analyst")
    with WorkerClient() as worker:
        report = import_files(workspace, articles or sample_files(), worker)
        run = PipelineRun(workspace, worker)
        *read, unread = report.added
        for document in read:
            run.read(document)
    workspace.store.writer.run(lambda connection: set_failure(connection, unread, _UNREAD))
    session = Session(workspace)
    session.open(report.added[0])
    assert session.document is not None
    session.accept(session.document.open_keys()[:14])
    if len(read) > 2:
        session.open(report.added[2])
        session.set_status(Status.DONE, session.document.open_keys())
        session.open(report.added[1])
        session.accept(session.document.open_keys()[:31])
        session.set_flag(True)
    session.close()
    workspace.close()
    open_workspace(data / "empty.sqlite3", "Sam Analyst").close()
    make_folder(data / "articles")


def make_folder(folder: Path) -> None:
    """A folder to import of which some files cannot be read."""
    from annotator.services.library import sample_files

    folder.mkdir()
    for path in sample_files():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "export-of-monday.jsonl").write_text('{"text": "The lake is low."}\n{"text": "The la', "utf-8")
    (folder / "scan.txt").write_bytes(bytes(range(256)) * 8)


def take(name: str, folder: Path, data: Path) -> None:
    """One picture, in this process."""
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from annotator.gui.application import Program
    from annotator.language.pipelines import installed
    from annotator.services.places import Places
    from annotator.services.settings import Settings, ThemeChoice, save_settings
    from annotator.services.suggest import ReadingState

    theme, width, height, _, state = SHOTS[name]
    places = Places(data / name)
    save_settings(places.settings, Settings(theme=ThemeChoice(theme), annotator="Sam Analyst"))
    app = QApplication(sys.argv[:1])
    program = Program(app, places, suggest=False)
    original = data / ("empty.sqlite3" if state in ("empty", "import") else "full.sqlite3")
    database = data / name / "annotator.sqlite3"
    database.write_bytes(original.read_bytes())
    with _as_somebody_else(data, database) if state == "read only" else nullcontext():
        program.open(database)
    window = program.window
    assert window is not None
    window.resize(width, height)
    window.desk.set_reading(ReadingState(pipeline=next(iter(installed()), None)))
    _settle()
    shown = _bring_about(state, window, data)
    _settle()
    picture = shown.grab().toImage()
    if picture.width() * picture.height() > 2_000_000:
        picture = picture.convertToFormat(QImage.Format.Format_RGB16)  # fewer shades make it smaller
    picture.save(str(folder / f"{name}.png"), "PNG", 0)  # 0: as small as it goes
    if shown is not window:
        shown.close()
    window.close()


def _bring_about(state: str, window: MainWindow, data: Path) -> QWidget:
    """Lead the window into a state; return what shall be in the picture."""
    from PySide6.QtTest import QTest

    document = window.desk.session.document
    actions = window.actions_
    if state in ("quotation", "entities", "notes") and document is not None:
        wanted = next((mark for mark in document.quotations if len(mark.fields.content) > 1), None)
        window.desk.choose((wanted or document.quotations[0]).key)
    elif state == "span" and document is not None:
        window.desk.choose(document.spans[len(document.spans) // 8].key)
    if state in ("entities", "notes"):
        actions[f"tab_{state}"].trigger()
    if state == "notes":
        QTest.keyClicks(window.notes.field, "Two sums for the same debt. Ask the court which one it has.")
    elif state == "find":
        actions["find"].trigger()
        QTest.keyClicks(window.page.find.field, "ferries")
        QTest.qWait(300)
    elif state == "error":
        unread = window.desk.documents.page(window.desk.wanted, size=200)[-1]
        window.desk.session.open(unread.id)
    elif state == "import":
        window.errands.import_paths([data / "articles"])
        _wait(lambda: not window.errands.importing)
    elif state == "settings":
        window.show_settings()
        settings = window.settings_window
        assert settings is not None
        _wait(lambda: bool(settings.pipelines.buttons))
        return settings
    elif state == "export":
        actions["export"].trigger()
        assert window.errands.sheet is not None
        return window.errands.sheet
    elif state == "guide":
        window.show_guide()
        assert window.guide is not None
        window.guide.chapters.setCurrentRow(3)
        return window.guide
    return window


@contextmanager
def _as_somebody_else(data: Path, database: Path) -> Iterator[None]:
    """Root may write everything; the picture shows what others see."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    for path in (data, *data.rglob("*")) if root else ():
        path.chmod(0o777 if path.is_dir() else 0o666)
    database.chmod(0o444)
    if root:
        "".encode("utf-16-le")  # loaded now: others may not read where Python lies
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


def _wait(condition: Callable[[], bool]) -> None:
    from PySide6.QtTest import QTest

    for _ in range(_MILLISECONDS // 50):
        if condition():
            return
        QTest.qWait(50)
    sys.exit("This took too long.")


def _settle() -> None:
    """Let everything that is waiting happen: layout, painting, queued calls."""
    from PySide6.QtTest import QTest

    QTest.qWait(150)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--shot"]:
        take(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "pictures", [Path(name) for name in sys.argv[2:]])
