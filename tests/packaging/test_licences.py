"""No package that we ship may bring a licence that binds our users, and the page of licences is complete."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("annotator_licences", CHECKOUT / "packaging" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_locked_package_has_a_licence_that_lets_us_ship_it(licences: ModuleType) -> None:
    requirements = list(licences.locked())
    assert len(requirements) > 30
    assert [each for each in requirements if not each.permitted] == []


@pytest.mark.parametrize(
    ("name", "licence", "permitted"),
    [
        ("tool", "MIT", True),
        ("tool", "Apache-2.0 OR GPL-3.0-only", True),
        ("tool", "MIT AND GPL-2.0-only", False),
        ("tool", "AGPL-3.0-only", False),
        ("tool", "unknown", False),
        ("tool", "LGPL-3.0-only", False),
        ("shiboken6", "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
        ("shiboken6", "GPL-3.0-only", False),
    ],
)
def test_a_licence_is_judged_by_all_its_parts(licences: ModuleType, name: str, licence: str, permitted: bool) -> None:
    assert licences.Requirement(name, "1.0", licence).permitted is permitted


def test_the_page_lists_every_locked_package_and_version_and_no_other(licences: ModuleType) -> None:
    page = (CHECKOUT / "THIRD_PARTY_LICENSES.md").read_text("utf-8")
    listed = re.findall(r"^\| ([\w.-]+) \| (\d\S*) \| \S", page, re.MULTILINE)
    assert listed == [(each.name, each.version) for each in licences.locked()]


def test_the_texts_that_qt_for_python_does_not_bring_are_in_the_checkout() -> None:
    texts = CHECKOUT / "packaging" / "licence-texts"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (texts / "LGPL-3.0.txt").read_text("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in (texts / "GPL-3.0.txt").read_text("utf-8")
