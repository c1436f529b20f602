"""``predict`` in words a second, against bare ``nlp.pipe`` of the same pipeline on the same texts.

Ours goes the whole way of ``annotator predict``: files are read in one worker process, the texts cross to another, are
parsed, entities, quotations and speakers are found, the predictions cross back, become records, and are written as
lines of JSON. The baseline only calls ``nlp.pipe`` on the list of texts, in this process. The model is loaded in both
before the clock starts. A word is what ``str.split`` gives.
"""

from __future__ import annotations

import importlib
import json
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

from annotator.formats.annotator_write import Pending
from annotator.formats.atomic import write_lines
from annotator.formats.registry import writers
from annotator.services import predict
from annotator.worker.client import WorkerClient
from benchmarks import corpus, measuring


def main() -> None:
    """Print the table."""
    parser = measuring.options(__doc__ or "", repetitions=3)
    parser.add_argument("--articles", type=int, default=84, metavar="N", help="how many articles")
    given = measuring.parsed(parser)
    texts = corpus.real_texts(3 if given.small else given.articles)
    words = sum(len(text.split()) for text in texts)
    with WorkerClient() as worker:
        package = worker.warm().package
    nlp = _bare(package)
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "articles.jsonl")
        lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
        source.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        ours, bare = [], []
        for _ in range(given.repetitions):
            ours.append(words / _predict_seconds(source, Path(name, "out.jsonl"), len(texts)))
            bare.append(words / measuring.seconds(lambda: list(nlp.pipe(texts))))
    ratio = measuring.median(ours) / measuring.median(bare)
    measuring.table(
        f"{len(texts)} articles, {words:,} words, {package} ({measuring.machine()})",
        ("", "words a second", "of bare"),
        [
            ["bare nlp.pipe", f"{measuring.median(bare):,.0f}", "1.00"],
            ["annotator predict", f"{measuring.median(ours):,.0f}", f"{ratio:.2f}"],
        ],
    )


def _bare(package: str) -> Any:
    """The pipeline as its package gives it, used once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp = importlib.import_module(package).load()
    list(nlp.pipe(["A first text, so that nothing is set up while the clock runs."]))
    return nlp


def _predict_seconds(source: Path, out: Path, count: int) -> float:
    """How long ``predict`` takes from when its workers are warm."""
    begin = 0.0

    class Warmed(WorkerClient):
        """A client that notes when its process has loaded the pipeline."""

        def warm(self, pipeline: str | None = None) -> Any:
            nonlocal begin
            info = super().warm(pipeline)
            self.analyse("A first text.", pipeline)
            begin = time.perf_counter()
            return info

    usual = predict.WorkerClient
    predict.WorkerClient = Warmed  # type: ignore[misc]
    try:
        records = predict.predict([source], on_problem=lambda problem: print(problem))
        lines = write_lines(out, writers["annotator"](records, Pending.SEPARATE))
    finally:
        predict.WorkerClient = usual  # type: ignore[misc]
    assert lines == count
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
