"""Which key was pressed: the layout's character, and its position where the layout has no Latin letter for it.

A Russian or Greek layout yields no Latin letter, a French one no bare digit: there the place on the keyboard
counts. It must not know what a key does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_NAMED = {
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Return",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backtab: "Tab",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Menu: "Menu",
    Qt.Key.Key_F10: "F10",
}
_MODIFIERS = (
    (Qt.KeyboardModifier.ControlModifier, "Ctrl+"),
    (Qt.KeyboardModifier.AltModifier, "Alt+"),
    (Qt.KeyboardModifier.ShiftModifier, "Shift+"),
    (Qt.KeyboardModifier.MetaModifier, "Meta+"),
)
_SHIFTED = {"<": ",", ">": "."}
"""What Shift makes of a character on the layouts that have both on one key."""

_ROWS = {16: "QWERTYUIOP", 30: "ASDFGHJKL", 44: "ZXCVBNM,.", 2: "1234567890"}
_PLACES = {first + number: name for first, row in _ROWS.items() for number, name in enumerate(row)}
"""Scan codes of the PC keyboard (set 1, as Windows reports them) and the US layout's characters there."""

_EVDEV = 8
"""X11 and Wayland count from here."""

_MAC_PLACES = {
    0: "A",
    1: "S",
    2: "D",
    3: "F",
    4: "H",
    5: "G",
    6: "Z",
    7: "X",
    8: "C",
    9: "V",
    11: "B",
    12: "Q",
    13: "W",
    14: "E",
    15: "R",
    16: "Y",
    17: "T",
    18: "1",
    19: "2",
    20: "3",
    21: "4",
    22: "6",
    23: "5",
    25: "9",
    26: "7",
    28: "8",
    29: "0",
    31: "O",
    32: "U",
    34: "I",
    35: "P",
    37: "L",
    38: "J",
    40: "K",
    43: ",",
    45: "N",
    46: "M",
    47: ".",
}
"""macOS reports positions as virtual keys."""


def place_on_keyboard(scan_code: int, virtual_key: int, platform: str = sys.platform) -> str:
    """The US layout's character at a key's position, or an empty string."""
    if platform == "darwin":
        return _MAC_PLACES.get(virtual_key, "") if scan_code or virtual_key else ""
    return _PLACES.get(scan_code if platform == "win32" else scan_code - _EVDEV, "")


def is_latin(character: str) -> bool:
    """Whether a character is an unaccented Latin letter or a digit."""
    return len(character) == 1 and character.isascii() and character.isalnum()


def names_of(key: int, text: str, modifiers: Qt.KeyboardModifier, place: str) -> list[str]:
    """What a key press may be called in the table of keys, the likelier name first.

    ``text`` is what it would type, ``place`` the US character at its position.
    """
    prefix = "".join(name for modifier, name in _MODIFIERS if modifiers & modifier)
    named = _NAMED.get(Qt.Key(key)) if key in {int(each) for each in _NAMED} else None
    if named:
        shift = key == Qt.Key.Key_Backtab and "Shift+" not in prefix
        return [prefix + ("Shift+" if shift else "") + named]
    character = chr(key).upper() if 0x20 < key < 0x110000 else text.upper()
    if is_latin(character):
        return [prefix + character]
    candidates = [_SHIFTED.get(character, character), place]
    return list(dict.fromkeys(prefix + each for each in candidates if each and each.isprintable()))


def pressed(event: QKeyEvent) -> list[str]:
    """The names that a key event may have in the table of keys, the likelier first."""
    place = place_on_keyboard(event.nativeScanCode(), event.nativeVirtualKey())
    return names_of(event.key(), event.text(), event.modifiers(), place)


def first_known(names: Iterable[str], known: Iterable[str]) -> str | None:
    """The first of ``names`` that is in ``known``."""
    table = set(known)
    return next((name for name in names if name in table), None)


_SHOWN = {"Return": "Enter", "Del": "Del", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def shown(keys: str) -> str:
    """A key's name as it stands in tooltips and on caps."""
    if keys.endswith("+") and len(keys) > 1:
        return keys
    *modifiers, key = keys.split("+")
    return "+".join([*modifiers, _SHOWN.get(key, key)])
