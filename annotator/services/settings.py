"""The settings file, read by window and command line. A broken one is kept as ``.bad`` and replaced.

``docs/settings.md`` lists every setting. Keys that this version does not know are ignored, and gone once it writes.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from annotator.domain.marks import Status

log = logging.getLogger(__name__)

READING_SIZES = (10, 48)
"""The smallest and the largest type on the page, in pixels."""
MEASURES = (45, 100)
"""The shortest and the longest line, in average letters."""


class ThemeChoice(StrEnum):
    """Which theme the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ListLeft(msgspec.Struct, frozen=True, kw_only=True):
    """How the list of articles was left: its filter, its order, and the pixels above the first row that was seen.

    ``sort`` is the value of a ``services.library.Sort``, kept as text so that reading settings loads no database.
    """

    words: str = ""
    status: Status | None = None
    flagged: bool = False
    open_only: bool = False
    sort: str = "import"
    descending: bool = False
    scrolled: int = 0


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the user has chosen, and where the window was left.

    ``reading_size`` is in pixels, ``measure`` the length of a line in average letters, ``reading_face`` None the
    first face of the look that is there. ``annotator`` None is the user's full name or login; ``database`` None the
    one in the data folder. ``done_accepts``: Ctrl+Enter accepts what is open. Lists of numbers are the sizes of the
    window's panes. ``last_folder`` is where files were last chosen or written,
    ``last_offset`` the first character that was seen of the article that was open last.
    """

    theme: ThemeChoice = ThemeChoice.SYSTEM
    reading_face: str | None = None
    reading_size: int = 17
    measure: int = 66
    annotator: str | None = None
    done_accepts: bool = True
    database: str | None = None
    last_folder: str | None = None
    last_document: int | None = None
    last_offset: int = 0
    article_list: ListLeft = ListLeft()
    window_geometry: str = ""
    window_maximized: bool = False
    pane_sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, and a sentence for the window if the file was not as it should be."""

    settings: Settings
    trouble: str | None = None


def load_settings(path: Path) -> Settings:
    """Read the settings; defaults where the file is missing or broken (then it is kept as ``.bad``)."""
    return read_settings(path).settings


def read_settings(path: Path) -> LoadedSettings:
    """Read the settings and say what was wrong with them, if anything; see ``load_settings``."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        log.warning("%s cannot be read: %s", path, error)
        why = f"The settings in {path} cannot be read ({error.strerror}), so all are as at the first start."
        return LoadedSettings(Settings(), why)
    try:
        settings = msgspec.json.decode(content, type=Settings)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        log.warning("%s is broken: %s", path, error)
        return LoadedSettings(Settings(), f"The settings file was damaged, so all settings are new. {_put_by(path)}")
    return LoadedSettings(_within_bounds(settings))


def _put_by(path: Path) -> str:
    bad = path.with_name(f"{path.name}.bad")
    try:
        path.replace(bad)
    except OSError as error:
        log.warning("%s could not be kept: %s", path, error)
        return f"The old file is still {path}."
    return f"The old file was kept as {bad}."


def _within_bounds(settings: Settings) -> Settings:
    return msgspec.structs.replace(
        settings,
        reading_size=_clamp(settings.reading_size, READING_SIZES),
        measure=_clamp(settings.measure, MEASURES),
    )


def _clamp(value: int, bounds: tuple[int, int]) -> int:
    return max(bounds[0], min(bounds[1], value))


def save_settings(path: Path, settings: Settings) -> str | None:
    """Write the settings in one step.

    A failure is logged and returned as a sentence, not raised: nothing of the user's work is in them.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")
        temporary.replace(path)
    except OSError as error:
        log.warning("the settings could not be written to %s: %s", path, error)
        return (
            f"Settings cannot be kept: {path} cannot be written ({error.strerror}). "
            "They hold until you close the program."
        )
    return None
