"""From a key press that changes a mark until the text is painted with it, and until the change is stored.

The key is a real key event at the text. ``A`` accepts the selected suggestion and goes to the next one; ``1`` and ``2``
give the selected span another label. Stored means that the writer has acknowledged the commit (``synchronous=FULL``)
and the session has heard of it. There is no baseline: the measure is the person's, who notices more than 100 ms.
"""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.domain.marks import SpanMark
from annotator.services.session import Saving
from benchmarks import desktop, measuring


def main() -> None:
    """Print the table."""
    given = measuring.parsed(measuring.options(__doc__ or "", repetitions=40))
    desktop.application()
    rows = []
    with desktop.scratch() as folder:
        path, ids = desktop.articles(folder, given.small)
        seat = desktop.Seat(path)
        ids.pop("short")
        for name, document in ids.items():
            seat.open(document)
            rows += _rows(name, seat, 2 if given.small else given.repetitions)
        seat.close()
    measuring.table(
        f"From a key press ({measuring.machine()})",
        ("", "key", "painted", "95 %", "stored", "95 %"),
        rows,
    )


def _rows(name: str, seat: desktop.Seat, repetitions: int) -> list[list[str]]:
    rows = []
    for key, title in ((Qt.Key.Key_A, "A"), (None, "1, 2")):
        painted, stored = [], []
        for number in range(repetitions):
            _choose(seat, spans_only=key is None, anew=number == 0)
            one, two = _press(seat, key or (Qt.Key.Key_1, Qt.Key.Key_2)[number % 2])
            painted.append(one * 1000)
            stored.append(two * 1000)
        cells = [
            f"{value:.0f} ms"
            for values in (painted, stored)
            for value in (measuring.median(values), measuring.percentile(values, 0.95))
        ]
        rows.append([name, title, *cells])
    return rows


def _choose(seat: desktop.Seat, *, spans_only: bool, anew: bool) -> None:
    """Select an open span where the key would do nothing, or ``anew``."""
    document, mark = seat.desk.document, seat.desk.mark
    assert document is not None
    useless = mark is None or (not isinstance(mark, SpanMark) if spans_only else mark.decided)
    if useless or anew:
        open_marks = [one for one in document.spans if not one.decided]
        seat.desk.choose(open_marks[len(open_marks) // 4].key)
        seat.settle()


def _press(seat: desktop.Seat, key: Qt.Key) -> tuple[float, float]:
    """Seconds from the key until the text was painted, and until the change was stored."""
    session, text = seat.desk.session, seat.window.page.text
    text.setFocus()
    seat.settle()
    seat.watch.painted = False
    begin = time.perf_counter()
    QTest.keyClick(text, key)
    assert session.saving is Saving.UNDER_WAY or not text.isActiveWindow, "the key changed nothing"
    desktop.wait_until(lambda: seat.watch.painted)
    painted = time.perf_counter() - begin
    desktop.wait_until(lambda: session.saving is Saving.SAVED)
    return painted, time.perf_counter() - begin


if __name__ == "__main__":
    main()
