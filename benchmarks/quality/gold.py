"""The gold texts beside the project, their scorers, and the same texts set in other quotation marks.

Knows the files' forms; nothing of how a prediction is made.
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
import sys
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.measuring import TOP

SHARED = TOP.parent / "shared"
_SEED = 2026
_NESTED = re.compile(r"(?<!\w)‘(?=\S)|(?<=\S)’(?!\w)")
_OPENS_AFTER = re.compile(r"[\s(\[—–-]$")

Document = dict[str, Any]


class Marks(StrEnum):
    """The marks that a text is set in."""

    OWN = "as printed"
    CURLY = "curly"
    STRAIGHT = "straight"
    SINGLE = "single"


def path_of(name: str) -> Path:
    """A file below the folder of gold texts; ends the program with a sentence where there is none."""
    path = SHARED / name
    if not path.is_file():
        print(f"Nothing measured: the gold text {name} is not beside the project.")
        sys.exit(0)
    return path


def documents(name: str) -> list[Document]:
    """The documents of a file of JSON lines."""
    return [json.loads(line) for line in path_of(name).read_text("utf-8").splitlines() if line.strip()]


def outlets() -> list[Document]:
    """Articles of twelve outlets with quotations, persons and entities."""
    return documents("data/outlets/outlets_dev.jsonl")


def polnear() -> list[Document]:
    """The development part of PolNeAR: US political news of 2016 with quotations."""
    return documents("data/quotes/polnear_dev.jsonl")


def polnear_half(*, read: bool, most: int = 210) -> list[Document]:
    """A random half of PolNeAR's training part, at most ``most`` articles: one half was read while the rules were
    written, the other never was."""
    found = sorted(documents("data/quotes/polnear_train.jsonl"), key=lambda one: str(one["id"]))
    random.Random(_SEED).shuffle(found)
    half = len(found) // 2
    return (found[:half] if read else found[half:])[:most]


def scorer(name: str) -> ModuleType:
    """A scorer that comes with the gold texts."""
    path = path_of(f"scorers/{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def set_in(text: str, marks: Marks) -> str:
    """The text in other quotation marks, every character in its place; two apostrophes for one mark stay."""
    if marks is Marks.OWN:
        return text
    curly = _curly(text)
    if marks is Marks.CURLY:
        return curly
    if marks is Marks.STRAIGHT:
        return curly.translate(str.maketrans("“”‘’", "\"\"''"))
    return _british(curly)


def _curly(text: str) -> str:
    out = []
    for place, character in enumerate(text):
        if character == '"':
            opens = not place or _OPENS_AFTER.search(text, place - 1, place)
            out.append("“" if opens else "”")
        else:
            out.append(character)
    return "".join(out)


def _british(text: str) -> str:
    """Outer marks single, nested ones double."""
    out = list(text)
    for start, end in _doubles(text):
        out[start], out[end] = "‘", "’"
        for nested in _NESTED.finditer(text, start + 1, end):
            opened = nested.group() == "‘"
            if opened or "‘" in text[start + 1 : nested.start()]:
                out[nested.start()] = "“" if opened else "”"
    return "".join(out)


def _doubles(text: str) -> list[tuple[int, int]]:
    found, start = [], None
    for place, character in enumerate(text):
        if character == "“":
            start = place
        elif character == "\n":
            start = None
        elif character == "”" and start is not None:
            found.append((start, place))
            start = None
    return found
