"""Opening a file that a person named: only regular files, with every refusal in plain words.

Knows no format and never reads a device, a pipe or a folder.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

from annotator.formats.problems import Unreadable, unreadable

MEGABYTE = 1_000_000
LIMIT = 50 * MEGABYTE
"""Bytes that one article, or one line of an annotated file, may have."""


def open_regular(path: Path, limit: int | None = None) -> BinaryIO:
    """Open ``path`` for reading bytes; ``limit`` is the largest size in bytes.

    Raises:
        Unreadable: it is missing, not a regular file, not permitted or too large.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable("This is a folder, not a file.", "Name the files in it.")
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("This is not a regular file (a pipe or a device).", "Save its content as a file.")
        if limit is not None and found.st_size > limit:
            raise Unreadable(_too_large(found.st_size, limit), "Split it into smaller files.")
        return path.open("rb")
    except OSError as error:
        raise unreadable(error) from error
    except ValueError as error:
        raise Unreadable("The name of the file holds a NUL character.", "Check the name.") from error


def read_bytes(path: Path, limit: int = LIMIT) -> bytes:
    """The whole content of a regular file of at most ``limit`` bytes, even if it grows meanwhile.

    Raises:
        Unreadable: see :func:`open_regular`.
    """
    with open_regular(path, limit) as file:
        try:
            data = file.read(limit + 1)
        except OSError as error:
            raise unreadable(error) from error
    if len(data) > limit:
        raise Unreadable(_too_large(len(data), limit), "Split it into smaller files.")
    return data


def _too_large(size: int, limit: int) -> str:
    return f"The file has {size / MEGABYTE:,.0f} MB; the limit is {limit // MEGABYTE} MB."
