"""Quotations, persons and entities in articles of twelve outlets, by the real ``annotator predict``, in several marks.

``python -m benchmarks.quality.outlets [--errors]``
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import TOP, table
from benchmarks.quality.gold import Marks, outlets, path_of, set_in

_COMMAND = "from annotator.cli.main import main; raise SystemExit(main())"
_KINDS = ("all", "direct", "mixed", "indirect")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--errors", action="store_true", help="list wrong persons and entities")
    options.add_argument("--marks", choices=list(Marks), nargs="*", default=list(Marks), help="which marks")
    given = options.parse_args()
    path_of("data/outlets/outlets_dev.jsonl")
    rows = []
    for marks in given.marks:
        report = _report(Marks(marks), errors=given.errors)
        rows.append([str(marks), *_figures(report)])
        if given.errors:
            print(report)
    head = ("marks", *_KINDS, "persons end to end", "entities F1")
    table("Twelve outlets: exact / partial / attribution F1", head, rows)


def _report(marks: Marks, *, errors: bool) -> str:
    """What the scorer prints for the command's output."""
    with TemporaryDirectory() as folder:
        gold, texts, found = (Path(folder, name) for name in ("gold.jsonl", "texts.jsonl", "found.jsonl"))
        changed = [{**one, "text": set_in(one["text"], marks)} for one in outlets()]
        gold.write_text("".join(json.dumps(one) + "\n" for one in changed), "utf-8")
        lines = (json.dumps({"id": one["id"], "text": one["text"]}) + "\n" for one in changed)
        texts.write_text("".join(lines), "utf-8")
        command = [sys.executable, "-c", _COMMAND, "predict", str(texts), "-o", str(found), "--quiet"]
        subprocess.run(command, check=True, cwd=TOP)
        score = [sys.executable, str(path_of("scorers/score_outlets.py")), str(gold), str(found)]
        done = subprocess.run([*score, *(["--errors"] if errors else [])], check=True, capture_output=True, text=True)
    return done.stdout


def _figures(report: str) -> list[str]:
    cells = []
    for kind in _KINDS:
        line = next(one for one in report.splitlines() if one.startswith(kind + " "))
        groups = line.split("|")
        cells.append(" / ".join(groups[place].split()[2] for place in (1, 2, 5)))
    persons = re.search(r"end to end .* = ([\d.]+)", report)
    entities = re.search(r"entities: .* F1 ([\d.]+)", report)
    return [*cells, persons.group(1) if persons else "-", entities.group(1) if entities else "-"]


if __name__ == "__main__":
    main()
