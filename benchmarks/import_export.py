"""Import and export of 2,000 articles with 58,460 spans against the same rows by ``sqlite3`` and ``json`` alone.

The baseline does what a short script would: parse each line with ``json``, insert the same columns of the same tables
(their indexes and constraints too) in one transaction; select the same columns, and dump the same lines. It checks
nothing: no offsets, no ids, no digests, no duplicates; and it reads in its own process, untrusted input or not. Both
exports must give the same bytes, or the benchmark fails.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from annotator.domain.marks import Status, Verdict
from annotator.domain.records import DocumentRecord, MarkRecords
from annotator.formats.annotator_write import Pending, write_line
from annotator.services.library import export_file, import_files
from annotator.services.workspace import open_workspace
from annotator.worker.client import WorkerClient
from benchmarks import corpus, measuring

Json = dict[str, Any]
_DOCUMENTS = (
    "SELECT d.id, d.uid, d.meta, d.title, t.sha256, t.body FROM document d JOIN text t ON t.id = d.text ORDER BY d.id"
)
_ORIGIN = "r.kind, r.name, r.version, s.rule, s.score"
_SPANS = (
    f'SELECT s.document, s.id, s.start, s."end", s.label, s.entity, {_ORIGIN} FROM suggested_span s'
    " JOIN run r ON r.id = s.run"
)
_QUOTATIONS = (
    f"SELECT s.document, s.id, s.content, s.cue, s.speaker, s.entity, s.state, s.type, {_ORIGIN}"
    " FROM suggested_quotation s JOIN run r ON r.id = s.run"
)
_DECIDED_SPANS = (
    'SELECT a.document, s.id, s.start, s."end", l.name, s.entity, s.kind, s.name, s.version, s.rule, s.score'
    ' FROM span s JOIN annotation_set a ON a.id = s."set" JOIN label l ON l.id = s.label'
)
_DECIDED_QUOTATIONS = (
    "SELECT a.document, s.id, s.content, s.cue, s.speaker, s.entity, s.state, s.type, s.kind, s.name, s.version,"
    ' s.rule, s.score FROM quotation s JOIN annotation_set a ON a.id = s."set"'
)


def main() -> None:
    """Print the tables."""
    given = measuring.parsed(measuring.options(__doc__ or ""))
    folder = Path(tempfile.mkdtemp(prefix="annotator-benchmark-"))
    try:
        for decided in (False, True):
            _compare(given, folder, decided)
    finally:
        shutil.rmtree(folder)


def _compare(given: argparse.Namespace, folder: Path, decided: bool) -> None:
    count, spans = (20, 300) if given.small else (corpus.ARTICLES, corpus.SPANS)
    records = [_decided(record) if decided else record for record in corpus.articles(count, spans)]
    source = folder / "source.jsonl"
    source.write_text("".join(f"{write_line(record)}\n" for record in records), "utf-8")
    ours, plain = folder / "ours.sqlite3", folder / "plain.sqlite3"
    with WorkerClient() as worker:
        assert not next(iter(worker.read(folder / "nothing.txt"))).line  # the process runs
        entry = measuring.alternate(
            [lambda: _import(source, ours, worker), lambda: _plain_import(source, plain)], given.repetitions
        )
    out, plain_out = folder / "ours.jsonl", folder / "plain.jsonl"
    leave = measuring.alternate([lambda: _export(ours, out), lambda: _plain_export(ours, plain_out)], given.repetitions)
    if out.read_bytes() != plain_out.read_bytes():
        raise SystemExit("The two exports differ.")
    kind = "decided by an annotator" if decided else "suggested by a pipeline"
    rows = [
        _row(f"{name} in {measure:.2f} MB", times)
        for name, measure, times in (
            ("import", source.stat().st_size / 1e6, entry),
            ("export", out.stat().st_size / 1e6, leave),
        )
    ]
    measuring.table(
        f"{count:,} articles, {spans:,} spans, {kind} ({measuring.machine()})",
        ("", "annotator", "sqlite3 + json", "ratio"),
        rows,
    )


def _row(name: str, times: list[list[float]]) -> list[str]:
    ours, plain = map(measuring.median, times)
    return [name, f"{ours:.2f} s", f"{plain:.2f} s", f"{ours / plain:.2f}"]


def _decided(record: DocumentRecord) -> DocumentRecord:
    """The same article with all its marks accepted."""
    marks = MarkRecords(
        tuple(replace(span, verdict=Verdict.ACCEPTED) for span in record.suggestions.spans),
        tuple(replace(one, verdict=Verdict.ACCEPTED) for one in record.suggestions.quotations),
    )
    return replace(
        record,
        annotator="Ann",
        status=Status.DONE,
        updated="2026-11-24T10:00:00.000Z",
        decided=marks,
        suggestions=MarkRecords(),
    )


# -- ours


def _import(source: Path, database: Path, worker: WorkerClient) -> None:
    _remove(database)
    workspace = open_workspace(database, "Ann")
    try:
        report = import_files(workspace, [source], worker)
        assert not report.problems, report.problems[0]
    finally:
        workspace.close()


def _export(database: Path, path: Path) -> None:
    workspace = open_workspace(database, "Ann")
    try:
        export_file(workspace, path, pending=Pending.SEPARATE)
    finally:
        workspace.close()


def _remove(database: Path) -> None:
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()


# -- sqlite3 and json alone


def _plain_import(source: Path, database: Path) -> None:
    _remove(database)
    open_workspace(database, "Ann").close()  # the same empty tables; a few milliseconds, and ours pays them too
    with closing(sqlite3.connect(database)) as connection, source.open(encoding="utf-8") as lines:
        connection.execute("PRAGMA synchronous = FULL")
        rows: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        labels = dict(connection.execute("SELECT name, id FROM label"))
        connection.execute(
            "INSERT INTO run VALUES (1, ?, 1, 'pipeline', 'made_up', '1.0', NULL, '{}', '')", (uuid4().bytes,)
        )
        for number, line in enumerate(lines, 1):
            _plain_rows(number, json.loads(line), rows, labels)
        connection.execute("PRAGMA foreign_keys = ON")
        with connection:
            for table, values in filter(lambda item: item[1], rows.items()):
                connection.executemany(
                    f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * len(values[0]))})", values
                )


def _plain_rows(number: int, line: Json, rows: defaultdict[str, list[tuple[Any, ...]]], labels: dict[str, int]) -> None:
    text, meta, title = line["text"], line["meta"], line["meta"]["title"]
    marks, pending = line["suggestions"]["spans"], line["suggestions"]["quotations"]
    rows["text"].append((number, sha256(text.encode()).hexdigest(), len(text), text, "[]"))
    rows["document"].append(
        (
            number,
            uuid4().bytes,
            line["id"],
            1,
            number,
            meta["outlet"],
            title,
            title.casefold(),
            0,
            meta["outlet"].casefold(),
            meta["published"],
            _dumps({**meta, "extra": {}}),
            "",
            len(marks) + len(pending),
            None,
            0,
        )
    )
    if marks or pending:
        rows["run_document"].append((number, 1, "pipeline", 1, len(marks), len(pending)))
        rows["suggested_entity"] += [
            (number, 1, UUID(one["id"]).bytes, one["name"], one["type"], "[]", None) for one in line["entities"]
        ]
    rows["suggested_span"] += [
        (number, 1, UUID(one["id"]).bytes, one["start"], one["end"], one["label"], _bytes(one["entity"]), None, None)
        for one in marks
    ]
    rows["suggested_quotation"] += [
        (number, 1, UUID(one["id"]).bytes, one["content"][0]["start"], *_plain_places(one), None, None)
        for one in pending
    ]
    if line["annotator"]:
        _plain_decisions(number, line, rows, labels)


def _plain_decisions(
    number: int, line: Json, rows: defaultdict[str, list[tuple[Any, ...]]], labels: dict[str, int]
) -> None:
    spans, quotations = line["spans"], line["quotations"]
    rows["entity"] += [
        (
            UUID(one["id"]).bytes,
            1,
            one["name"],
            one["name"].casefold(),
            one["type"],
            "[]",
            None,
            None,
            UUID(one["id"]).bytes,
        )
        for one in line["entities"]
    ]
    rows["annotation_set"].append(
        (
            number,
            uuid4().bytes,
            number,
            1,
            1,
            line["round"],
            line["status"],
            0,
            None,
            line["updated"],
            len(spans) + len(quotations),
            0,
        )
    )
    rows["span"] += [
        (
            number,
            UUID(one["id"]).bytes,
            one["start"],
            one["end"],
            labels[one["label"]],
            _bytes(one["entity"]),
            None,
            "pipeline",
            "made_up",
            "1.0",
            None,
            None,
            1,
            uuid4().bytes,
            _dumps({"start": one["start"], "end": one["end"], "label": labels[one["label"]], "entity": one["entity"]}),
            0,
            "",
        )
        for one in spans
    ]
    for one in quotations:
        content, cue, speaker, entity, state, kind = _plain_places(one)
        original = {
            "start": one["content"][0]["start"],
            "content": content,
            "cue": cue,
            "speaker": speaker,
            "entity": one["speaker_entity"],
            "state": state,
            "type": kind,
        }
        rows["quotation"].append(
            (
                number,
                UUID(one["id"]).bytes,
                one["content"][0]["start"],
                content,
                cue,
                speaker,
                entity,
                state,
                kind,
                None,
                "pipeline",
                "made_up",
                "1.0",
                None,
                None,
                1,
                uuid4().bytes,
                _dumps(original),
                0,
                "",
            )
        )


def _plain_places(one: Json) -> tuple[Any, ...]:
    content = _dumps([[part["start"], part["end"]] for part in one["content"]])
    cue = _dumps([[part["start"], part["end"]] for part in one["cue"]])
    speaker = _dumps([one["speaker"]["start"], one["speaker"]["end"]])
    return content, cue, speaker, _bytes(one["speaker_entity"]), one["speaker_state"], one["type"]


def _plain_export(database: Path, path: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, path.open("w", encoding="utf-8") as file:
        for line in _plain_lines(connection):
            file.write(f"{json.dumps(line, ensure_ascii=False)}\n")


def _plain_lines(connection: sqlite3.Connection) -> Iterator[Json]:
    names = dict(connection.execute("SELECT id, name FROM annotator"))
    sets = {
        row[0]: row
        for row in connection.execute(
            "SELECT document, annotator, round, status, flagged, note, updated FROM annotation_set"
        )
    }
    entities: dict[int, dict[bytes, tuple[Any, ...]]] = defaultdict(dict)
    for document, *entity in connection.execute(
        "SELECT document, id, name, type, aliases, kb_id FROM suggested_entity"
    ):
        entities[document][entity[0]] = tuple(entity)
    register = {row[0]: row for row in connection.execute("SELECT id, name, type, aliases, kb_id FROM entity")}
    pending, decided = (
        _grouped(connection, _SPANS, _QUOTATIONS),
        _grouped(connection, _DECIDED_SPANS, _DECIDED_QUOTATIONS),
    )
    for id_, uid, meta, title, digest, text in connection.execute(_DOCUMENTS):
        _, annotator, round_, status, flagged, note, updated = sets.get(id_, (id_, None, 1, "new", 0, None, None))
        spans, quotations = _marks(decided, id_, text, "accepted")
        suggested, reported = _marks(pending, id_, text, "pending")
        known = {**entities[id_], **register}
        used = {row[5] for kind in (pending, decided) for row in kind[0][id_] if row[5]}
        used |= {row[5] for kind in (pending, decided) for row in kind[1][id_] if row[5]}
        meta = json.loads(meta)
        meta.pop("extra")
        yield {
            "schema": "annotator/1", "id": uid, "text": text, "text_sha256": digest, "offset_unit": "codepoint",
            "meta": {**meta, "title": title}, "annotator": names.get(annotator), "round": round_, "status": status,
            "flagged": bool(flagged), "note": note, "updated": updated, "spans": spans, "quotations": quotations,
            "entities": [
                {"id": str(UUID(bytes=key)), "name": name, "type": kind, "aliases": json.loads(aliases), "kb_id": kb_id}
                for key, name, kind, aliases, kb_id in (known[key] for key in sorted(used))
            ],
            "suggestions": {"spans": suggested, "quotations": reported}, "rejected": {"spans": [], "quotations": []},
        }  # fmt: skip


def _grouped(connection: sqlite3.Connection, *queries: str) -> list[dict[int, list[tuple[Any, ...]]]]:
    found: list[dict[int, list[tuple[Any, ...]]]] = []
    for query in queries:
        rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in connection.execute(query):
            rows[row[0]].append(row)
        found.append(rows)
    return found


def _marks(
    groups: list[dict[int, list[tuple[Any, ...]]]], document: int, text: str, verdict: str
) -> tuple[list[Json], list[Json]]:
    spans = [
        {
            "id": str(UUID(bytes=row[1])),
            "start": row[2],
            "end": row[3],
            "label": row[4],
            "text": text[row[2] : row[3]],
            "entity": _text(row[5]),
            **_judgement(verdict, row[6:]),
        }
        for row in groups[0][document]
    ]
    quotations = []
    for row in groups[1][document]:
        content, cue, speaker = (json.loads(cell) if cell else None for cell in row[2:5])
        quotations.append(
            {
                "id": str(UUID(bytes=row[1])),
                "type": row[7],
                "content": [_stretch(text, *part) for part in content],
                "cue": [_stretch(text, *part) for part in cue],
                "speaker": speaker and _stretch(text, *speaker),
                "speaker_entity": _text(row[5]),
                "speaker_state": row[6],
                **_judgement(verdict, row[8:]),
            }
        )
    spans.sort(key=lambda one: (one["start"], one["end"], one["label"], one["id"]))
    quotations.sort(key=lambda one: (one["content"][0]["start"], one["content"][-1]["end"], one["type"], one["id"]))
    return spans, quotations


def _judgement(verdict: str, origin: tuple[Any, ...]) -> Json:
    kind, name, version, rule, score = origin
    return {
        "note": None, "verdict": verdict, "changed": [], "original": None,
        "origin": {"kind": kind, "name": name, "version": version, "rule": rule, "score": score},
    }  # fmt: skip


def _stretch(text: str, start: int, end: int) -> Json:
    return {"start": start, "end": end, "text": text[start:end]}


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _bytes(id_: str | None) -> bytes | None:
    return None if id_ is None else UUID(id_).bytes


def _text(id_: bytes | None) -> str | None:
    return None if id_ is None else str(UUID(bytes=id_))


if __name__ == "__main__":
    main()
