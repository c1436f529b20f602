"""The commands that need no window."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from tqdm import tqdm

from annotator.cli.main import ALL_DONE, NOTHING_DONE, SOME_FAILED
from annotator.domain.errors import AnnotatorError
from annotator.domain.marks import Status, Verdict
from annotator.domain.records import DocumentRecord, Problem
from annotator.formats.annotator_write import Pending
from annotator.formats.atomic import write_lines
from annotator.formats.registry import writers
from annotator.services.figures import Verdicts, project_figures, project_names
from annotator.services.library import ImportReport, export_file, import_files, sample_files
from annotator.services.places import Places
from annotator.services.predict import predict
from annotator.services.settings import load_settings
from annotator.services.suggest import PipelineRun
from annotator.services.workspace import Workspace, open_workspace
from annotator.worker.client import WorkerClient


def run(options: argparse.Namespace, places: Places) -> int:
    """Carry out a parsed command; returns the exit status."""
    commands: dict[str, Callable[[argparse.Namespace, Places], int]] = {
        "import": _import,
        "preannotate": _preannotate,
        "predict": _predict,
        "export": _export,
        "projects": _projects,
        "stats": _stats,
        "pipelines": _pipelines,
        "demo": _demo,
    }
    return commands[options.command](options, places)


def _database(options: argparse.Namespace, places: Places, *, create: bool) -> Path:
    settings = load_settings(places.settings)
    chosen = options.database or (Path(settings.database) if settings.database else None)
    database: Path = (chosen or places.database).expanduser().absolute()
    if not create and not database.exists():
        raise AnnotatorError(f"There is no database {database}. Import articles first: annotator import FILE...")
    return database


@contextmanager
def _workspace(options: argparse.Namespace, places: Places, *, create: bool) -> Iterator[Workspace]:
    database = _database(options, places, create=create)
    annotator = load_settings(places.settings).annotator
    workspace = open_workspace(database, annotator, options.project, create=create)
    try:
        yield workspace
    finally:
        workspace.close()


def _say(options: argparse.Namespace, sentence: str, values: dict[str, Any]) -> None:
    if options.json:
        print(json.dumps(values, ensure_ascii=False))
    elif not options.quiet:
        print(sentence)


def _complain(problem: Problem) -> None:
    tqdm.write(str(problem), file=sys.stderr)


def _bar(options: argparse.Namespace, total: int | None, unit: str) -> tqdm[Any]:
    """A progress bar on a terminal, none in a pipe."""
    return tqdm(total=total, unit=f" {unit}", disable=options.quiet or not sys.stderr.isatty(), leave=False)


def _move(bar: tqdm[Any]) -> Callable[[int, int], None]:
    def move(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return move


def _status(done: int, failed: int) -> int:
    if failed:
        return SOME_FAILED if done else NOTHING_DONE
    return ALL_DONE


def _import(options: argparse.Namespace, places: Places) -> int:
    with _workspace(options, places, create=True) as workspace, WorkerClient(log_path=places.log) as worker:
        report = _import_with_bar(options, workspace, worker)
        name = workspace.project.name
    for problem in report.problems:
        _complain(problem)
    if not options.quiet:
        for place, note in report.notes:
            print(f"{place}: {note}", file=sys.stderr)
    values = {
        "project": name,
        "added": len(report.added),
        "known": len(report.known),
        "annotated": len(report.annotated),
        "failed": len(report.problems),
    }
    _say(options, f"{report.summary} (project “{name}”).", values)
    return _status(len(report.added) + len(report.known), len(report.problems))


def _import_with_bar(options: argparse.Namespace, workspace: Workspace, worker: WorkerClient) -> ImportReport:
    with _bar(options, len(options.files), "files") as bar:
        return import_files(workspace, options.files, worker, progress=_move(bar))


def _preannotate(options: argparse.Namespace, places: Places) -> int:
    with _workspace(options, places, create=False) as workspace:
        done, failed, pipeline = _preannotate_all(options, workspace, places)
    values = {"read": done, "failed": failed, "pipeline": pipeline}
    _say(options, f"{done} articles read by {pipeline}, {failed} failed.", values)
    return _status(done, failed)


def _preannotate_all(options: argparse.Namespace, workspace: Workspace, places: Places) -> tuple[int, int, str]:
    with ExitStack() as stack:
        workers = [stack.enter_context(WorkerClient(log_path=places.log)) for _ in range(options.jobs)]
        idle: SimpleQueue[WorkerClient] = SimpleQueue()
        for worker in workers:
            idle.put(worker)
        run = PipelineRun(workspace, workers[0], options.pipeline)

        def read(batch: list[int]) -> list[bool]:
            worker = idle.get()
            try:
                return run.read_many(batch, worker)
            finally:
                idle.put(worker)

        pool = stack.enter_context(ThreadPoolExecutor(options.jobs))
        waiting = run.waiting(limit=1_000_000)
        batches = run.batches(waiting)
        done = 0
        with _bar(options, len(waiting), "articles") as bar:
            for batch, oks in zip(batches, pool.map(read, batches), strict=True):
                done += sum(oks)
                bar.update(len(batch))
                for document in (document for document, ok in zip(batch, oks, strict=True) if not ok):
                    tqdm.write(f"article {document}: not pre-annotated; its reason is kept with it", file=sys.stderr)
        return done, len(waiting) - done, f"{run.info.name} {run.info.version}"


def _predict(options: argparse.Namespace, places: Places) -> int:
    problems: list[Problem] = []
    writer = writers["annotator"]

    def complain(problem: Problem) -> None:
        problems.append(problem)
        _complain(problem)

    def counted(records: Iterator[DocumentRecord], bar: tqdm[Any]) -> Iterator[DocumentRecord]:
        for record in records:
            bar.update()
            yield record

    with _bar(options, None, "articles") as bar:
        records = predict(
            options.files, pipeline=options.pipeline, jobs=options.jobs, log_path=places.log, on_problem=complain
        )
        lines = write_lines(options.output, writer(counted(records, bar), Pending.SEPARATE))
    values = {"articles": lines, "failed": len(problems), "output": str(options.output)}
    _say(options, f"{lines} articles annotated in {options.output}.", values)
    return _status(lines, len(problems))


def _export(options: argparse.Namespace, places: Places) -> int:
    with _workspace(options, places, create=False) as workspace, _bar(options, None, "articles") as bar:
        report = export_file(
            workspace,
            options.output,
            format_name=options.format,
            status=Status(options.status) if options.status else None,
            annotator=None if options.annotator == "all" else options.annotator,
            pending=Pending(options.pending),
            progress=_move(bar),
        )
    values = {"lines": report.lines, "output": str(report.path)}
    _say(options, f"{report.lines} lines written to {report.path}.", values)
    return ALL_DONE


def _projects(options: argparse.Namespace, places: Places) -> int:
    found = project_names(_database(options, places, create=False))
    if options.json:
        print(json.dumps([{"name": name, "articles": count} for name, count in found], ensure_ascii=False))
    else:
        for name, count in found:
            print(f"{count:>8}  {name}")
    return ALL_DONE


def _stats(options: argparse.Namespace, places: Places) -> int:
    with _workspace(options, places, create=False) as workspace:
        figures = project_figures(workspace)
        name = workspace.project.name
    tables = {"labels": figures.by_label, **({"rules": figures.by_rule} if options.rules else {})}
    counts = figures.documents
    if options.json:
        verdicts = {
            title: [{"name": one.name, **{v.value: one.counts[v] for v in _VERDICTS}} for one in table]
            for title, table in tables.items()
        }
        print(json.dumps({"project": name, "articles": asdict(counts), **verdicts}, ensure_ascii=False))
        return ALL_DONE
    print(
        f"{name}: {counts.total} articles, {counts.done} done, {counts.in_progress} in progress, "
        f"{counts.skipped} skipped, {counts.new} new"
    )
    for title, table in tables.items():
        _print_verdicts(title, table)
    return ALL_DONE


_VERDICTS = (Verdict.ACCEPTED, Verdict.CHANGED, Verdict.REJECTED, Verdict.ADDED)


def _print_verdicts(title: str, table: Sequence[Verdicts]) -> None:
    if not table:
        return
    width = max(20, *(len(one.name) for one in table))
    print(f"\n{title:<{width}}" + "".join(f"{verdict.value:>10}" for verdict in _VERDICTS) + "      kept")
    for one in table:
        kept = "" if one.precision is None else f"{one.precision:.0%}"
        print(f"{one.name:<{width}}" + "".join(f"{one.counts[v]:>10}" for v in _VERDICTS) + f"{kept:>10}")


def _pipelines(options: argparse.Namespace, places: Places) -> int:
    with WorkerClient(log_path=places.log) as worker:
        found = worker.pipelines()
    if options.json:
        print(json.dumps([asdict(info) for info in found]))
    else:
        for position, info in enumerate(found):
            default = "  (the default)" if position == 0 else ""
            print(f"{info.name} {info.version}  {info.language}  from {info.package}{default}")
    return ALL_DONE if found else NOTHING_DONE


def _demo(options: argparse.Namespace, places: Places) -> int:
    """The main job on the sample articles, for machines without a display."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-"))
    output = options.output or folder / "sample-articles.jsonl"
    options.files, options.jobs, options.pipeline = list(sample_files()), 1, None
    workspace = open_workspace(folder / "annotator.sqlite3")
    try:
        with WorkerClient(log_path=places.log) as worker:
            report = _import_with_bar(options, workspace, worker)
        _preannotate_all(options, workspace, places)
        export_file(workspace, output)
    finally:
        workspace.close()
    rows = [_figures(json.loads(line)) for line in output.read_text("utf-8").splitlines()]
    if options.json:
        print(json.dumps({"articles": rows, "output": str(output)}, ensure_ascii=False))
    else:
        _print_table(rows)
        print(f"\nThe annotated articles are in {output}")
    return _status(len(report.added), len(report.problems))


def _figures(line: dict[str, Any]) -> dict[str, Any]:
    found = line["suggestions"]
    names = {entity["id"]: entity["name"] for entity in line["entities"]}
    speakers = {names[q["speaker_entity"]] for q in found["quotations"] if q["speaker_entity"] in names}
    return {
        "article": line["meta"]["title"],
        "entities": len(found["spans"]),
        "quotations": len(found["quotations"]),
        "speakers": sorted(speakers),
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    width = 56
    print(f"{'Article':<{width}}  Entities  Quotations  Speakers")
    for row in rows:
        title = row["article"] if len(row["article"]) <= width else row["article"][: width - 1] + "…"
        print(f"{title:<{width}}  {row['entities']:>8}  {row['quotations']:>10}  {', '.join(row['speakers'])}")
