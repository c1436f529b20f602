"""Puts the chapters of the user guide together: ``python docs/guide.py`` writes the guide that the program shows.

Sources are ``docs/guide/*.md`` and the table of actions, from which the last chapter is made; the result lies in
``resources/guide``, with the pictures that it shows, made smaller. Needs Qt for the pictures, but no display.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from annotator.gui.actions import MENUS, SUBMENUS, TABLE, ActionSpec
from annotator.gui.keys import shown

HERE = Path(__file__).resolve().parent
CHAPTERS = HERE / "guide"
KEYS = CHAPTERS / "11-keys.md"
PICTURES = HERE / "pictures"
SHIPPED = HERE.parent / "resources" / "guide"
WIDTH = 960
_PICTURE = re.compile(r"(!\[[^]]*\]\()\.\./pictures/([\w.-]+\.png)\)")


def _plain(text: str) -> str:
    return text.replace("&", "").replace("|", "\\|")


def _keys(spec: ActionSpec) -> str:
    return " or ".join(_plain(shown(key)) for key in spec.keys)


def _rows(menu: str) -> Iterator[str]:
    for spec in TABLE:
        place, _, below = spec.menu.partition("/")
        if place == menu:
            where = f"{_plain(SUBMENUS[below])} > " if below else ""
            tip = _plain(spec.tip)
            yield f"| {where}{_plain(spec.text)} | {_keys(spec)} | {tip} |"


def keys_chapter() -> str:
    """The chapter with every action, its keys, and what it does."""
    lines = [
        "## All actions and keys",
        "",
        "Letters and digits act in the text, the cards and the list, not in fields. On keyboards without Latin",
        "letters the place of the key counts. Each label has its own key, shown below the article; the letters of",
        "persons stand in the quotation’s card.",
    ]
    for title in MENUS:
        menu = _plain(title)
        rows = list(_rows(menu))
        if rows:
            lines += ["", f"### {menu}", "", "| action | keys | what it does |", "|---|---|---|", *rows]
    return "\n".join(lines) + "\n"


def guide() -> str:
    """The whole guide as the program shows it; pictures lie beside it."""
    chapters = [path.read_text("utf-8").strip() for path in sorted(CHAPTERS.glob("*.md"))]
    return _PICTURE.sub(r"\1\2)", "# Annotator\n\n" + "\n\n".join(chapters) + "\n")


def pictures() -> list[str]:
    """The names of the pictures in the guide."""
    sources = "\n".join(path.read_text("utf-8") for path in sorted(CHAPTERS.glob("*.md")))
    return [name for _, name in _PICTURE.findall(sources)]


def main() -> None:
    """Write the chapter of keys, the guide, and its pictures."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    KEYS.write_text(keys_chapter(), "utf-8")
    SHIPPED.mkdir(parents=True, exist_ok=True)
    (SHIPPED / "guide.md").write_text(guide(), "utf-8")
    for name in pictures():
        picture = QImage(str(PICTURES / name))
        if picture.isNull():
            sys.exit(f"There is no picture {PICTURES / name}; run docs/pictures.py first.")
        if picture.width() > WIDTH:
            picture = picture.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
        picture.save(str(SHIPPED / name), "PNG", 0)
    for path in SHIPPED.glob("*.png"):
        if path.name not in pictures():
            path.unlink()


if __name__ == "__main__":
    main()
