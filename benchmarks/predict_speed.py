"""``predict`` in words a second, against bare ``nlp.pipe`` of the same pipeline on the same texts.

Ours goes the whole way of ``annotator predict``: files are read in one worker process, the texts cross to another, are
parsed, entities, quotations and speakers are found, the predictions cross back, become records, and are written as
lines of JSON. The baselines only call ``nlp.pipe`` on the list of texts, in this process, and drop what comes: with
spaCy's own batch size, and with the one that ours uses. The model is loaded before the clock starts, in both. A word
is what ``str.split`` gives.
"""

from __future__ import annotations

import importlib
import json
import tempfile
import time
import warnings
from collections import deque
from pathlib import Path
from typing import Any

from annotator.formats.annotator_write import Pending
from annotator.formats.atomic import write_lines
from annotator.formats.registry import writers
from annotator.services.predict import predict
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
        speeds: dict[str, list[float]] = {}
        for _ in range(given.repetitions):
            ours = _predict_seconds(source, Path(name, "out.jsonl"), len(texts))
            speeds.setdefault("annotator predict", []).append(words / ours)
            for title, settings in (("bare nlp.pipe", {}), ("bare nlp.pipe, batch_size=16", {"batch_size": 16})):
                bare = measuring.seconds(lambda settings=settings: deque(nlp.pipe(texts, **settings), 0))  # type: ignore[misc]
                speeds.setdefault(title, []).append(words / bare)
    measuring.table(
        f"{len(texts)} articles, {words:,} words, {package} ({measuring.machine()})",
        ("", "words a second", "annotator : this"),
        [
            [title, f"{measuring.median(found):,.0f}", f"{_ratio(speeds['annotator predict'], found):.2f}"]
            for title, found in speeds.items()
        ],
    )


def _ratio(ours: list[float], others: list[float]) -> float:
    return measuring.median(ours) / measuring.median(others)


def _bare(package: str) -> Any:
    """The pipeline as its package gives it, used once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp = importlib.import_module(package).load()
    list(nlp.pipe(["A first text, so that nothing is set up while the clock runs."]))
    return nlp


def _predict_seconds(source: Path, out: Path, count: int) -> float:
    """How long ``predict`` takes from when its pipeline is loaded."""
    begin = 0.0

    def start() -> None:
        nonlocal begin
        begin = time.perf_counter()

    records = predict([source], on_problem=print, on_ready=start)
    assert write_lines(out, writers["annotator"](records, Pending.SEPARATE)) == count
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
