"""The settings file, read by window and command line. A broken one is kept as ``.bad`` and replaced."""

from __future__ import annotations

import logging
import os
from enum import StrEnum
from pathlib import Path

import msgspec

log = logging.getLogger(__name__)


class ThemeChoice(StrEnum):
    """Which theme the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the user has chosen, and where the window was left.

    ``annotator`` None is the user's full name or login; ``database`` None the one in the data folder.
    ``done_accepts``: Ctrl+Enter accepts what is open. Lists of numbers are the sizes of the window's panes.
    """

    theme: ThemeChoice = ThemeChoice.SYSTEM
    reading_size: int = 17
    annotator: str | None = None
    done_accepts: bool = True
    database: str | None = None
    last_document: int | None = None
    window_geometry: str = ""
    window_maximized: bool = False
    pane_sizes: tuple[int, ...] = ()


def load_settings(path: Path) -> Settings:
    """Read the settings; defaults where the file is missing or broken (then it is kept as ``.bad``)."""
    try:
        content = path.read_bytes()
    except OSError:
        return Settings()
    try:
        settings = msgspec.json.decode(content, type=Settings)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        log.warning("%s is broken and was kept as .bad: %s", path, error)
        try:
            path.replace(path.with_suffix(".json.bad"))
        except OSError:
            log.warning("%s could not be kept", path)
        return Settings()
    return msgspec.structs.replace(settings, reading_size=min(48, max(9, settings.reading_size)))


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings in one step; a failure is logged, not raised: nothing of the user's work is in them."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=2))
        temporary.replace(path)
    except OSError as error:
        log.warning("the settings could not be written to %s: %s", path, error)
