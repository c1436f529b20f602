"""Memory of the window and of the worker process: resident set size, as the system counts it (Linux).

The window is measured after opening a short article and after one of 1 MB with 20,000 marks; the worker once its
pipeline is loaded and once it has read an article. The baseline is a bare PySide6 window in a process of its own.
Shared libraries count in each process that uses them.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks import measuring


def main() -> None:
    """Print the table, or be one of the processes that are measured."""
    parser = measuring.options(__doc__ or "", repetitions=3)
    parser.add_argument("--part", choices=["window", "bare", "worker"], help="for the benchmark itself")
    given = measuring.parsed(parser)
    if not Path("/proc/self/status").exists():
        raise SystemExit("This benchmark reads /proc, so it runs on Linux only.")
    if given.part:
        {"window": _window, "bare": _bare, "worker": _worker}[given.part](given.small)
        return
    found: dict[str, list[float]] = {}
    for part in ("bare", "window", "worker"):
        for _ in range(given.repetitions):
            printed = measuring.in_new_process("benchmarks.memory", "--part", part, *["--small"] * given.small)
            for line in printed.splitlines():
                name, figure = line.split("\t")
                found.setdefault(name, []).append(float(figure))
    rows = [[name, f"{measuring.median(values):.0f} MB"] for name, values in found.items()]
    measuring.table(f"Resident memory ({measuring.machine()})", ("", "median"), rows)


def _resident(pid: int | str) -> float:
    """Megabytes (of 1,000,000 bytes) that a process has in memory."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024 / 1e6


def _say(name: str, pid: int | str = "self") -> None:
    print(f"{name}\t{_resident(pid)}")


def _bare(small: bool) -> None:
    measuring.without_display()
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    _say("bare PySide6 window")


def _window(small: bool) -> None:
    from benchmarks import desktop

    desktop.application()
    with desktop.scratch() as folder:
        path, ids = desktop.articles(folder, small)
        seat = desktop.Seat(path)
        ids.pop("short")
        for name, document in ids.items():
            seat.open(document)
            seat.settle()
            _say(f"window, {name} open")
        seat.close()


def _worker(small: bool) -> None:
    from annotator.worker.client import WorkerClient
    from benchmarks import corpus

    with WorkerClient() as worker:
        worker.warm()
        _say("worker, pipeline loaded", worker.pid or "self")
        worker.analyse_many(corpus.real_texts(2 if small else 50))
        _say("worker, after 50 articles", worker.pid or "self")
        worker.analyse(corpus.article(1, 0, 5_000 if small else 1_000_000).text)
        _say("worker, after a text of 1 MB", worker.pid or "self")


if __name__ == "__main__":
    main()
