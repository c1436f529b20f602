"""What the program can do is in its documentation: actions, commands, settings, formats, pictures."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import msgspec
import pytest

from annotator.cli.main import parser
from annotator.formats.registry import readers, writers
from annotator.services.settings import Settings

CHECKOUT = Path(__file__).resolve().parents[1]
DOCS = CHECKOUT / "docs"
LARGEST_PICTURE = 400_000


def read(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    found = next(each for each in parser()._actions if isinstance(each, argparse._SubParsersAction))
    return dict(found.choices)


def section(text: str, command: str) -> str:
    """The part of the page below a command's heading."""
    found = re.search(rf"^## `annotator {command}\b.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found.group(0) if found else ""


@pytest.mark.parametrize("command", commands())
def test_every_command_and_each_of_its_options_is_documented(command: str) -> None:
    page = read("command-line.md")
    own = section(page, command)
    assert own, f"docs/command-line.md has no section for {command}"
    common = page[: page.index("\n## ")]
    for action in commands()[command]._actions:
        for option in action.option_strings:
            place = own if f"`{option}" not in common else common
            if option != "-h":
                assert re.search(rf"`{option}\b", place), f"{option} of {command}"
        if not action.option_strings:
            assert str(action.metavar or action.dest) in own


def test_the_documentation_names_no_command_that_does_not_exist() -> None:
    named = re.findall(r"^## `annotator (\w+)", read("command-line.md"), re.MULTILINE)
    assert set(named) == set(commands())


def test_every_setting_is_documented_with_its_first_value() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|", read("settings.md"), re.MULTILINE))
    first = msgspec.to_builtins(Settings())
    inner = first.pop("article_list")
    assert set(rows) - {"article_list"} == {*first, *inner}
    for name, value in {**first, **inner}.items():
        assert rows[name].strip("` ") == json.dumps(value), name


def test_every_format_is_documented() -> None:
    page, line = read("file-format.md"), read("command-line.md")
    for ending in readers:
        assert f"`{ending}`" in page, ending
    for name in writers:
        assert f"`{name}`" in page, name
        assert f"`{name}`" in section(line, "export"), name


def test_every_field_of_the_exported_line_is_documented() -> None:
    page = read("file-format.md")
    schema = json.loads((CHECKOUT / "resources" / "annotator-1.schema.json").read_text("utf-8"))
    parts = [schema, *schema["$defs"].values()]
    names = {name for part in parts for name in part.get("properties", {})}
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_links_between_pages_lead_somewhere() -> None:
    pages = [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]
    broken = [
        f"{page.relative_to(CHECKOUT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert broken == []


def test_pictures_are_small_enough_to_be_kept() -> None:
    large = [path.name for path in DOCS.rglob("*.png") if path.stat().st_size > LARGEST_PICTURE]
    assert large == []


def test_pages_are_at_most_130_columns_wide_but_for_tables() -> None:
    wide = [
        f"{page.name}:{number}"
        for page in (*DOCS.glob("*.md"), *(DOCS / "guide").glob("*.md"), *(DOCS / "decisions").glob("*.md"))
        for number, words in enumerate(page.read_text("utf-8").splitlines(), start=1)
        if len(words) > 130 and not words.startswith(("|", "!["))
    ]
    assert wide == []


def test_decisions_have_context_decision_and_consequences() -> None:
    for page in (DOCS / "decisions").glob("*.md"):
        headings = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], page.name
