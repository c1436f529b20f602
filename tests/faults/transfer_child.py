"""The programs that are killed: one imports a folder and goes on where the last one was killed, one exports on and on.

They run in processes forked from a clean one, so that fifty of them start in no time.
"""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from annotator.services.library import export_file, files_left, import_files, unfinished_imports
from annotator.services.workspace import open_workspace
from annotator.worker.client import WorkerClient


def import_or_resume(database: Path, folder: Path, news: Connection) -> None:
    """Import the folder, or what is left of an import that broke off; tell each batch that is stored."""
    workspace = open_workspace(database, "Ann")
    broken = [past for past in unfinished_imports(workspace) if past.left]
    left = [path for past in broken for path in files_left(past)] or [folder]
    with WorkerClient() as worker:
        import_files(workspace, left, worker, resumes=broken, advanced=lambda progress: news.send(progress.added))
    workspace.close()
    news.send("done")


def export_for_ever(database: Path, path: Path, news: Connection) -> None:
    """Export to one file until killed."""
    workspace = open_workspace(database, "Ann")
    while True:
        export_file(workspace, path)
        news.send("written")
