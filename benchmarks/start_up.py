"""From starting the process to a painted window, against a bare PySide6 window that also imports SQLAlchemy.

Ours opens a database with the sample articles, the last one shown, and starts the worker as it does in use. The
baseline is what no program of this make can do without: an empty main window, ``import sqlalchemy``. Each run is a
process of its own, by the same Python, with compiled modules (as installed) and files warm in the system's cache.
Typed commands are timed as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from benchmarks import measuring

_BARE = "bare window + import sqlalchemy"


def main() -> None:
    """Print the table, or be one of the processes that are timed."""
    parser = measuring.options(__doc__ or "", repetitions=9)
    parser.add_argument("--part", choices=["ours", "bare"], help="for the benchmark itself")
    parser.add_argument("--folder", type=Path, help="for the benchmark itself")
    given = measuring.parsed(parser)
    if given.part:
        _ours(given.folder) if given.part == "ours" else _bare()
    else:
        _compare(given.repetitions)


def _compare(repetitions: int) -> None:
    from annotator.services.library import sample_files
    from benchmarks import desktop

    times: dict[str, list[float]] = {"annotator": [], _BARE: [], "annotator --version": [], "annotator projects": []}
    with desktop.scratch() as folder:
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
        desktop.database(folder, [], list(sample_files()[:4]))
        for _ in range(repetitions + 1):
            times["annotator"].append(_seconds_to_window("ours", folder, compiled))
            times[_BARE].append(_seconds_to_window("bare", folder, compiled))
            for command in ("--version", "projects"):
                arguments = [] if command == "--version" else ["--data-dir", str(folder)]
                call = [sys.executable, "-m", "annotator.cli.main", command, *arguments]
                run = partial(subprocess.run, call, capture_output=True, check=False, env={**os.environ, **compiled})
                times[f"annotator {command}"].append(measuring.seconds(run))
    found = {name: measuring.median(some[1:]) for name, some in times.items()}  # the first one warms the cache
    measuring.table(
        f"Start ({measuring.machine()})",
        ("", "median", "of bare"),
        [[name, f"{value * 1000:.0f} ms", f"{value / found[_BARE]:.2f}"] for name, value in found.items()],
    )


def _seconds_to_window(part: str, folder: Path, environment: dict[str, str]) -> float:
    begin = time.monotonic()  # the same clock in all processes
    call = "benchmarks.start_up", "--part", part, "--folder", str(folder)
    printed = measuring.in_new_process(*call, environment=environment)
    return float(printed.split()[-1]) - begin


def _ours(folder: Path) -> None:
    measuring.without_display()
    from PySide6.QtWidgets import QApplication

    from annotator.gui.application import Program
    from annotator.services.places import Places

    app = QApplication([])
    program = Program(app, Places(folder))
    program.open(folder / "annotator.sqlite3")
    assert program.window is not None
    _tell_when_painted(app, program.window.page.text.viewport())
    program.window.close()


def _bare() -> None:
    measuring.without_display()
    import sqlalchemy  # noqa: F401
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    _tell_when_painted(app, window)


def _tell_when_painted(app: object, widget: object) -> None:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication, QWidget

    assert isinstance(app, QApplication)
    assert isinstance(widget, QWidget)

    class Watch(QObject):
        """Notes when the widget is painted."""

        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.painted = self.painted or event.type() is QEvent.Type.Paint
            return False

    watch = Watch()
    widget.installEventFilter(watch)
    widget.update()
    while not watch.painted:
        app.processEvents()
    print(time.monotonic(), flush=True)


if __name__ == "__main__":
    main()
