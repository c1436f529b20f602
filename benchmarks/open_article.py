"""Opening an article in the real window, until its text is painted, against a bare read-only ``QTextEdit``.

Ours reads text and suggestions from the database, finds the persons, fills the cards and the label bar, lays the text
out and paints it with its marks. The baseline gets the text as a string: ``setPlainText``, then the first paint, in
the same size.
"""

from __future__ import annotations

from benchmarks import desktop, measuring


def main() -> None:
    """Print the table."""
    given = measuring.parsed(measuring.options(__doc__ or ""))
    desktop.application()
    rows = []
    with desktop.scratch() as folder:
        path, ids = desktop.articles(folder, given.small)
        seat = desktop.Seat(path)
        pane = seat.window.page.text
        bare = desktop.BareText((pane.width(), pane.height()))
        short = ids.pop("short")
        for name, document in ids.items():
            ours, plain = [], []
            for _ in range(given.repetitions):
                seat.open(short)
                ours.append(seat.open(document))
                assert seat.desk.document is not None
                bare.open("")
                plain.append(bare.open(seat.desk.document.text))
            mine, theirs = measuring.median(ours), measuring.median(plain)
            rows.append([name, f"{mine * 1000:.0f} ms", f"{theirs * 1000:.0f} ms", f"{mine / theirs:.1f}"])
        seat.close()
    measuring.table(f"Opening an article ({measuring.machine()})", ("", "annotator", "bare QTextEdit", "ratio"), rows)


if __name__ == "__main__":
    main()
