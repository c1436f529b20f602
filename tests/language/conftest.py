"""One pipeline for all tests of the language room: loading takes a second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.domain.predictions import Prediction
from annotator.language import pipelines
from annotator.language.analysis import analyse
from annotator.language.pipelines import LoadedPipeline

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def pipeline() -> LoadedPipeline:
    """The default pipeline."""
    if not pipelines.installed():
        pytest.skip("no language pipeline is installed")
    return pipelines.load()


@pytest.fixture
def predict(pipeline: LoadedPipeline) -> Callable[[str], Prediction]:
    """Analyse a text with the default pipeline."""
    return lambda text: analyse(text, pipeline)


@pytest.fixture
def seed_article() -> str:
    """The article that the application was asked for; it is no part of the project."""
    path = SHARED / "seed" / "article.txt"
    if not path.is_file():
        pytest.skip(f"the seed article is not beside the project ({path})")
    return path.read_text(encoding="utf-8")
