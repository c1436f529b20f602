"""How a reader says that a file, or a line of one, cannot be taken in: one sentence, and what to do.

Knows no format. A reader raises :class:`Unreadable` inside; whoever iterates gets a ``Problem``.
"""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

from annotator.domain.errors import BadInput
from annotator.domain.records import Problem

CORRECT_LINE = "Correct the line and import the file again."
_SHOWN = 40
_REASONS = {
    errno.ENOENT: ("The file does not exist.", "Check the name."),
    errno.EACCES: ("You have no permission to read the file.", "Change its permissions or copy it."),
    errno.EPERM: ("You have no permission to read the file.", "Change its permissions or copy it."),
    errno.ELOOP: ("The file is a symbolic link that leads back to itself.", "Name the real file."),
    errno.ENOTDIR: ("The file does not exist.", "Check the name."),
    errno.ENAMETOOLONG: ("The name of the file is too long.", "Give it a shorter name."),
    errno.EISDIR: ("This is a folder, not a file.", "Name the files in it."),
}


class Unreadable(BadInput):
    """A file or line that a reader refuses: ``what`` is wrong, and the ``remedy``, a sentence each."""

    def __init__(self, what: str, remedy: str, *, file: str = "", line: int | None = None) -> None:
        super().__init__(f"{what} {remedy}", file=file, line=line)
        self.what = what
        self.remedy = remedy

    def problem(self, file: str, line: int | None = None) -> Problem:
        """The same as a row of the import report."""
        return Problem(file, line, self.what, self.remedy)


def unreadable(error: OSError) -> Unreadable:
    """Put an error of the operating system into words."""
    known = _REASONS.get(error.errno or 0)
    if known:
        return Unreadable(*known)
    reason = os.strerror(error.errno) if error.errno else "unknown reason"
    return Unreadable(f"The file cannot be read ({reason}).", "Check the disk it is on, or copy it.")


def shown(value: object) -> str:
    """A value of a JSON file as it stands there, abridged, for a sentence."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    value = value[: _SHOWN + 1] if isinstance(value, str) else value
    words = json.dumps(value, ensure_ascii=False).encode(errors="replace").decode()
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def name_of(path: Path) -> str:
    """The file's name in a form that every encoding can hold."""
    return os.fsencode(path.name).decode("utf-8", "replace")
