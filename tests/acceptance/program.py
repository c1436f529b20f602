"""The real program as an analyst has it: a process on a screen of its own, driven by real keys and mouse.

Nothing of the program is imported here but what reads its database afterwards. Waiting is always for something
that can be seen from outside, with a limit.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

LIMIT = 60.0
Result = TypeVar("Result")


def wait_for(what: str, look: Callable[[], Result], limit: float = LIMIT) -> Result:
    """Look again and again until there is something; fail by name after ``limit`` seconds."""
    deadline = time.monotonic() + limit
    while True:
        with suppress(sqlite3.OperationalError):
            found = look()
            if found:
                return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {limit:.0f} s in vain for {what}")
        time.sleep(0.05)  # between two looks, not instead of one


class Screen:
    """A virtual screen with a window keeper on it."""

    def __init__(self, width: int = 1440, height: int = 900) -> None:
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        assert number, "the virtual screen did not start"
        self.display = f":{number}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND"))},
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_FONT_DPI": "96",
            "LANG": "C.UTF-8",
        }
        self._keeper = subprocess.Popen(
            ["openbox"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def close(self) -> None:
        """End what was started here."""
        for process in (self._keeper, self._server):
            process.terminate()
            process.wait(10)

    def xdotool(self, *words: object) -> str:
        """Run xdotool on this screen and return what it prints."""
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=self.environment, capture_output=True, text=True, check=False, timeout=30
        )
        return done.stdout.strip()

    def windows(self) -> list[str]:
        """Ids of the visible windows of the program."""
        return self.xdotool("search", "--onlyvisible", "--class", "annotator").split()

    def screenshot(self, path: Path) -> Path:
        """Save what is on the screen."""
        subprocess.run(
            ["import", "-window", "root", str(path)], env=self.environment, check=True, capture_output=True, timeout=30
        )
        return path

    def key(self, *names: str) -> None:
        """Press keys one after the other, in xdotool's names ("Tab", "ctrl+z")."""
        for name in names:
            self.xdotool("key", "--clearmodifiers", name)

    def type(self, words: str) -> None:
        """Type words."""
        self.xdotool("type", "--clearmodifiers", words)

    def click(self, x: float, y: float, times: int = 1) -> None:
        """Click at a place of the screen."""
        self.xdotool("mousemove", "--sync", round(x), round(y), "click", "--repeat", times, "--delay", 60, 1)

    def drag(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Press at one place, move in steps, let go at another."""
        self.xdotool("mousemove", "--sync", round(x), round(y), "mousedown", 1)
        for step in range(1, 6):
            part = step / 5
            self.xdotool("mousemove", "--sync", round(x + (to_x - x) * part), round(y + (to_y - y) * part))
        self.xdotool("mouseup", 1)


class Program:
    """A running window on a screen, with its data in a folder of its own."""

    def __init__(self, screen: Screen, data: Path, *files: Path) -> None:
        self.screen = screen
        self.data = data
        self.database = data / "annotator.sqlite3"
        command = [sys.executable, "-m", "annotator.cli.main", "gui", "--data-dir", str(data)]
        self.process = subprocess.Popen(
            [*command, *map(str, files)],
            env=screen.environment,
            stdout=subprocess.DEVNULL,
            stderr=(data / "stderr.txt").open("wb"),
        )
        self.window = wait_for("the window", self._find_window)
        screen.xdotool("windowactivate", "--sync", self.window)

    def _find_window(self) -> str | None:
        assert self.process.poll() is None, (self.data / "stderr.txt").read_text("utf-8", "replace")
        return next(iter(self.screen.windows()), None)

    def rows(self, query: str, *values: object) -> list[Any]:
        """What a query finds in the database right now."""
        with self.reading() as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The database as another program sees it."""
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5)
        connection.row_factory = sqlite3.Row
        try:
            yield connection
        finally:
            connection.close()

    def wait_rows(self, what: str, query: str, *values: object, limit: float = LIMIT) -> list[Any]:
        """Wait until a query finds something."""
        return wait_for(what, lambda: self.rows(query, *values), limit)

    def quit(self) -> None:
        """Leave by Ctrl+Q, as a person does."""
        self.screen.key("ctrl+q")
        assert self.process.wait(LIMIT) == 0, (self.data / "stderr.txt").read_text("utf-8", "replace")

    def kill(self) -> None:
        """The process ends at once (kill -9)."""
        self.process.kill()
        self.process.wait()
