"""Quotations in PolNeAR: development part and the half of the training part that nobody read, in several marks.

``python -m benchmarks.quality.polnear [--held-out N]``
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from annotator.language.settings import Settings
from benchmarks.measuring import table
from benchmarks.quality.gold import Document, Marks, polnear, polnear_half, set_in
from benchmarks.quality.scoring import TYPES, parsed, predicted, quotation_figures, shown


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--held-out", type=int, default=210, metavar="N", help="articles of the unread half")
    options.add_argument("--marks", choices=list(Marks), nargs="*", default=list(Marks), help="which marks")
    given = options.parse_args()
    rows = []
    for name, gold in (("dev", polnear()), ("unread", polnear_half(read=False, most=given.held_out))):
        for marks in given.marks:
            rows += _rows(name, gold, Marks(marks))
    table("PolNeAR: exact / partial / attribution F1", ("texts, marks, view", *TYPES), rows)


def _rows(name: str, gold: Sequence[Document], marks: Marks) -> list[list[str]]:
    texts = [set_in(one["text"], marks) for one in gold]
    changed = [{**one, "text": text} for one, text in zip(gold, texts, strict=True)]
    docs = parsed(texts)
    predictions = predicted(texts, docs)
    rows = []
    for view in ("speech", "all") if marks is Marks.OWN else ("speech",):
        figures = quotation_figures(changed, predictions, view)
        rows.append([f"{name}, {marks}, {view}", *(shown(figures[kind]) for kind in TYPES)])
    if marks is Marks.OWN:
        figures = quotation_figures(changed, predicted(texts, docs, Settings(attitudes=True)))
        rows.append([f"{name}, {marks}, attitudes on", *(shown(figures[kind]) for kind in TYPES)])
    return rows


if __name__ == "__main__":
    main()
