"""From starting the process to a painted window, against a bare PySide6 window that also imports SQLAlchemy.

Ours opens a database with the sample articles, the last one shown, and starts the worker as it does in use. The
baseline is what no program of this make can do without: an empty main window, ``import sqlalchemy``. Each run is a
process of its own, by the same Python, its files warm in the system's cache. Typed commands are timed as well.
"""

from __future__ import annotations

import subprocess
import sys
import time
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
        desktop.database(folder, [], list(sample_files()[:4]))
        for _ in range(repetitions + 1):
            times["annotator"].append(_seconds_to_window("ours", folder))
            times[_BARE].append(_seconds_to_window("bare", folder))
            for command in ("--version", "projects"):
                arguments = [] if command == "--version" else ["--data-dir", str(folder)]
                call = [sys.executable, "-m", "annotator.cli.main", command, *arguments]
                times[f"annotator {command}"].append(
                    measuring.seconds(lambda call=call: subprocess.run(call, capture_output=True, check=False))  # type: ignore[misc]
                )
    found = {name: measuring.median(some[1:]) for name, some in times.items()}  # the first one warms the cache
    measuring.table(
        f"Start ({measuring.machine()})",
        ("", "median", "of bare"),
        [[name, f"{value * 1000:.0f} ms", f"{value / found[_BARE]:.2f}"] for name, value in found.items()],
    )


def _seconds_to_window(part: str, folder: Path) -> float:
    begin = time.monotonic()  # the same clock in all processes
    printed = measuring.in_new_process("benchmarks.start_up", "--part", part, "--folder", str(folder))
    return float(printed.split()[-1]) - begin


def _ours(folder: Path) -> None:
    import os

    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
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
    import os

    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
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
