"""The user guide: it comes with the program, says every action, and loads nothing from anywhere else."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from seat import Seat

from annotator.gui.actions import TABLE
from annotator.gui.guide import GuideText, GuideWindow, guide_text
from annotator.gui.keys import shown

CHECKOUT = Path(__file__).resolve().parents[2]
SHIPPED = CHECKOUT / "resources" / "guide"
HOW = "run: python docs/guide.py"


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("guide_builder", CHECKOUT / "docs" / "guide.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def guide(seat: Seat) -> Iterator[GuideWindow]:
    """Help > User guide."""
    seat.window.actions_["guide"].trigger()
    assert seat.window.guide is not None
    seat.bot.waitUntil(seat.window.guide.isVisible, timeout=10_000)
    yield seat.window.guide
    seat.window.guide.close()


def test_the_chapter_of_keys_is_made_from_the_table_of_actions(builder: ModuleType) -> None:
    assert builder.KEYS.read_text("utf-8") == builder.keys_chapter(), HOW


def test_every_action_has_a_line_with_its_keys_and_what_it_does() -> None:
    lines = guide_text().splitlines()
    for spec in TABLE:
        name = spec.text.replace("&", "")
        found = [line for line in lines if line.startswith("|") and f"{name} |" in line and spec.tip in line]
        assert found, f"{spec.id}: {HOW}"
        assert all(shown(key) in found[0] for key in spec.keys), spec.id
        assert spec.tip, f"{spec.id} does not say what it does"


def test_the_guide_that_is_shipped_is_the_one_that_is_written(builder: ModuleType) -> None:
    assert guide_text() == builder.guide(), HOW
    assert {path.name for path in SHIPPED.glob("*.png")} == set(builder.pictures()), HOW


def test_the_guide_names_no_place_outside() -> None:
    assert "://" not in guide_text()
    assert all("/" not in link for link in re.findall(r"!\[[^]]*\]\(([^)]+)\)", guide_text()))


def test_every_key_that_a_chapter_names_belongs_to_an_action_or_the_text() -> None:
    known = {shown(key) for spec in TABLE for key in spec.keys} | {"Ctrl+Enter", "Shift+Tab"}
    chapters = guide_text().split("## All actions and keys")[0]
    named = set(re.findall(r"\b(?:(?:Ctrl|Alt|Shift)\+)+(?:[A-Z][a-z]*|[←→↑↓,.])", chapters))
    assert named - known == set()


def test_the_guide_opens_with_all_chapters_and_pictures(guide: GuideWindow) -> None:
    names = re.findall(r"^## (.+)$", guide_text(), re.MULTILINE)
    assert [name for name, _ in guide.text.chapters()] == names
    assert guide.chapters.count() == len(names)
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", guide_text())
    assert pictures
    for name in pictures:
        shown_ = guide.text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name))
        assert isinstance(shown_, QImage)
        assert not shown_.isNull()


def test_arrows_go_from_chapter_to_chapter(guide: GuideWindow) -> None:
    guide.chapters.setFocus()
    assert guide.text.verticalScrollBar().value() == 0
    QTest.keyClick(guide.chapters, Qt.Key.Key_Down)
    QTest.keyClick(guide.chapters, Qt.Key.Key_Down)
    assert guide.chapters.currentRow() == 2
    scrolled = guide.text.verticalScrollBar().value()
    assert scrolled > 0
    QTest.keyClick(guide.chapters, Qt.Key.Key_Home)
    assert guide.text.verticalScrollBar().value() == 0


def test_escape_closes_it(guide: GuideWindow) -> None:
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()


@pytest.mark.parametrize("name", ["http://example.org/a.png", "file:///etc/passwd", "../secret.png", "/tmp/a.png", "x"])
def test_nothing_but_the_pictures_beside_it_is_ever_loaded(qtbot: object, name: str) -> None:
    text = GuideText()
    for kind in QTextDocument.ResourceType:
        assert text.loadResource(kind.value, QUrl(name)) is None
    assert not text.openLinks()
    assert not text.openExternalLinks()
