"""Timing a call several times and printing the results as a table: what every benchmark shares.

Knows nothing of what is measured. Times are wall-clock; a table shows medians, since single runs on a shared
machine scatter upwards.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent


def options(description: str, *, repetitions: int = 5) -> argparse.ArgumentParser:
    """The command line that all benchmarks have: ``--repetitions`` and ``--small``."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--repetitions", type=int, default=repetitions, metavar="N", help="how often each is timed")
    parser.add_argument("--small", action="store_true", help="a tiny input, once: to see that the benchmark runs")
    return parser


def parsed(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The parsed command line; ``--small`` means one repetition."""
    given = parser.parse_args()
    if given.small:
        given.repetitions = 1
    return given


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes, in seconds."""
    gc.collect()
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def alternate(calls: Sequence[Callable[[], object]], repetitions: int) -> list[list[float]]:
    """The seconds of each call, timed in turn, so that a machine that slows down slows all of them."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(repetitions):
        for call, found in zip(calls, times, strict=True):
            found.append(seconds(call))
    return times


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(len(ordered) * share * 1000) // 1000) - 1))]


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table under a title; the first column is left-aligned, the others right-aligned."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        aligned = [cells[0].ljust(widths[0])]
        aligned += [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
        return f"| {' | '.join(aligned)} |"

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    print(f"\n{title}\n")
    for cells in (head, rule, *rows):
        print(line(cells))


def machine() -> str:
    """One line: the date, the processors, the system and the Python."""
    return (
        f"{time.strftime('%Y-%m-%d')}, {processors()} cores ({_model()}), {platform.system()} "
        f"{platform.release().split('-')[0]}, Python {platform.python_version()}"
    )


def processors() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown processor")


def without_display() -> None:
    """Where there is no display let Qt paint into memory; called before Qt is imported."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def in_new_process(module: str, *arguments: str, environment: dict[str, str] | None = None) -> str:
    """What a benchmark's part prints when it runs in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=TOP,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{module} {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout
