"""The screen and the articles that the acceptance tests work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Screen

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """One screen for all acceptance tests."""
    made = Screen()
    yield made
    made.close()


@pytest.fixture(scope="session")
def article() -> Path:
    """The real article that the program was asked for; a sample where it is not at hand."""
    real = CHECKOUT.parent / "shared" / "seed" / "article.txt"
    return real if real.exists() else next(iter(sorted((CHECKOUT / "seeds").glob("*.txt"))))
