"""Where the program keeps its files: platformdirs' folders, or one folder of the user's choice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

_APP = "annotator"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one installation; ``data_dir`` puts them all into one folder."""

    data_dir: Path | None = None

    @property
    def data(self) -> Path:
        """The folder of the database."""
        return self.data_dir or platformdirs.user_data_path(_APP, appauthor=False)

    @property
    def database(self) -> Path:
        """The user's database."""
        return self.data / "annotator.sqlite3"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return (self.data_dir or platformdirs.user_config_path(_APP, appauthor=False)) / "settings.json"

    @property
    def log(self) -> Path:
        """The log file."""
        return (self.data_dir or platformdirs.user_log_path(_APP, appauthor=False)) / "annotator.log"
