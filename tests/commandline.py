"""Runs the program's commands as a person does: a process of its own, with a data folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


class CommandLine:
    """``annotator`` with a data folder; ``run`` gives the finished process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def run(self, command: str, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command with ``--data-dir``."""
        return self.bare(command, "--data-dir", self.data, *arguments, **options)

    def bare(self, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run exactly these arguments."""
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "XDG_DATA_HOME": str(self.folder / "xdg")}
        return subprocess.run(
            [sys.executable, "-m", "annotator.cli.main", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=self.folder,
            timeout=120,
            env=environment,
            **options,
        )

    def export(self, *arguments: str | Path) -> list[dict[str, Any]]:
        """The lines of an export."""
        output = self.folder / "export.jsonl"
        done = self.run("export", "-o", output, *arguments)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in output.read_text("utf-8").splitlines()]

    def write(self, name: str, content: str | bytes) -> Path:
        """A file in the folder that the commands run in."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path
