"""Writing a file so that it is whole or not there: the old file stays until the new one is safely on the disk."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, TextIO

from annotator.domain.errors import NotSaved

try:
    import fcntl
except ImportError:  # Windows, where a file that somebody writes cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

_REASONS = {
    "ENOSPC": "the disk is full; free some space and try again",
    "EDQUOT": "your disk quota is used up; free some space and try again",
    "EACCES": "you have no permission to write there; choose another folder",
    "EPERM": "you have no permission to write there; choose another folder",
    "EROFS": "the disk is read-only; choose another folder",
    "ENOENT": "the folder does not exist; create it or choose another one",
    "ENOTDIR": "the folder does not exist; create it or choose another one",
    "EISDIR": "there is a folder of that name; choose another name",
    "ENAMETOOLONG": "the name is too long; choose a shorter one",
}


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write ``lines`` as UTF-8, each ended by LF, and return how many; the file appears only when all is written.

    Whatever fails, ``lines`` too, the temporary file goes and an older file at ``path`` stays as it was.

    Raises:
        NotSaved: the operating system refuses; the sentence names the file and the reason.
    """
    target = path.resolve() if path.is_symlink() else path
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        if path.exists() and not path.is_file():  # a pipe or a device, such as /dev/stdout
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                return _put(stream, lines)
        return _replace(target, lines)
    except OSError as error:
        raise NotSaved(f"{path} was not written: {_reason(error)}.") from error


def _put(file: TextIO, lines: Iterable[str]) -> int:
    count = 0
    for line in lines:
        file.write(line)
        file.write("\n")
        count += 1
    return count


def _replace(target: Path, lines: Iterable[str]) -> int:
    _sweep(target.parent)
    part, file = _open_part(target.parent)
    try:
        with file:
            count = _put(file, lines)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _sync_folder(target.parent)
    return count


def _open_part(folder: Path) -> tuple[Path, TextIO]:
    """A temporary file that is held, so that nobody takes it for one that a killed writer left behind."""
    while True:
        part = folder / f".annotator-{secrets.token_hex(8)}.part"
        file = part.open("x", encoding="utf-8", newline="\n")
        with suppress(OSError):  # a file system without locks: there nobody sweeps
            _hold(file, wait=True)
        if os.fstat(file.fileno()).st_nlink:
            return part, file
        file.close()  # swept in the moment before it was held


def _sweep(folder: Path) -> None:
    """Remove the temporary files of writers that were killed: nobody holds them any more."""
    for part in folder.glob(".annotator-*.part"):
        with suppress(OSError):
            if fcntl is None:
                part.unlink()  # Windows refuses that while somebody writes
                continue
            with part.open("rb") as file:
                _hold(file, wait=False)
                part.unlink()


def _hold(file: IO[str] | IO[bytes], *, wait: bool) -> None:
    """Say that this file is being written, until it is closed or the process dies.

    Raises:
        OSError: another process holds it and ``wait`` is False, or the file system has no locks.
    """
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can open folders (Windows cannot)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: OSError) -> str:
    name = errno.errorcode.get(error.errno or 0, "")
    return _REASONS.get(name) or (os.strerror(error.errno) if error.errno else "unknown reason")
