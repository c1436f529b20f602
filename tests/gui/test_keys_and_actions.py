"""The table of actions and the names of keys: complete, unique, and right on every layout."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from seat import Seat

from annotator.domain.persons import LETTERS
from annotator.gui.actions import MENUS, SUBMENUS, TABLE, Scope, Situation
from annotator.gui.keys import first_known, names_of, place_on_keyboard, pressed, shown

NONE, SHIFT, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def test_every_action_has_a_text_a_tooltip_a_menu_and_something_to_do(seat: Seat) -> None:
    for spec in seat.window.actions_.specs.values():
        assert spec.text.strip("& "), spec.id
        assert seat.window.actions_[spec.id].toolTip(), spec.id
        assert spec.id in seat.window._handlers, spec.id
        place, _, below = spec.menu.partition("/")
        assert place in [menu.replace("&", "") for menu in MENUS], spec.id
        assert not below or below in SUBMENUS, spec.id
    assert set(seat.window._handlers) == set(seat.window.actions_.specs)


@pytest.mark.parametrize(
    "scopes",
    [
        (Scope.WINDOW, Scope.TEXT, Scope.MARKS, Scope.PANES),
        (Scope.WINDOW, Scope.MARKS, Scope.PANES),
        (Scope.WINDOW, Scope.PANES),
    ],
)
def test_no_key_means_two_things_in_one_place(seat: Seat, scopes: tuple[Scope, ...]) -> None:
    keys = [key for spec in seat.window.actions_.specs.values() if spec.scope in scopes for key in spec.keys]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_the_keys_of_the_design_are_all_there(seat: Seat) -> None:
    keys = {key for spec in seat.window.actions_.specs.values() for key in spec.keys}
    wanted = [
        "Tab",
        "Shift+Tab",
        "F6",
        "Esc",
        "A",
        "Return",
        "Del",
        "Backspace",
        "0",
        "Q",
        "P",
        "S",
        "C",
        "U",
        "W",
        "X",
        "Alt+Left",
        "Alt+Right",
        "Alt+Shift+Left",
    ]
    wanted += [
        "Alt+Shift+Right",
        ",",
        ".",
        "Shift+,",
        "Shift+.",
        "Ctrl+Return",
        "Ctrl+Up",
        "Ctrl+Down",
        "Ctrl+Z",
        "Ctrl+Shift+Z",
        "F1",
    ]
    wanted += [*LETTERS, *"123456789"]
    assert set(wanted) <= keys


def test_actions_are_enabled_by_what_is_selected() -> None:
    specs = {spec.id: spec for spec in TABLE}
    nothing, words = Situation(), Situation(article=True, words=True)
    quotation = Situation(article=True, quotation=True, parts=1)
    for id_ in ("accept", "remove", "quotation", "part", "undo", "done_next", "export", "deselect"):
        assert not specs[id_].when(nothing), id_
    assert specs["quotation"].when(words)
    assert not specs["part"].when(words)
    assert specs["mention"].when(quotation)
    assert not specs["remove_part"].when(quotation)
    assert specs["remove_part"].when(Situation(quotation=True, parts=2))


@pytest.mark.parametrize(
    ("key", "text", "modifiers", "place", "names"),
    [
        (Qt.Key.Key_A, "a", NONE, "A", ["A"]),
        (Qt.Key.Key_A, "a", NONE, "Q", ["A"]),  # a French layout: the character counts, not the place
        (0x0424, "ф", NONE, "A", ["Ф", "A"]),  # Russian: no Latin letter, so the place counts
        (0x03A3, "σ", NONE, "S", ["Σ", "S"]),
        (Qt.Key.Key_Ampersand, "&", NONE, "1", ["&", "1"]),  # French: the digits need Shift
        (Qt.Key.Key_1, "1", KEYPAD, "", ["1"]),
        (Qt.Key.Key_Less, "<", SHIFT, ",", ["Shift+,"]),
        (Qt.Key.Key_Semicolon, ";", SHIFT, ",", ["Shift+;", "Shift+,"]),  # German
        (Qt.Key.Key_Comma, ",", NONE, "M", [",", "M"]),
        (Qt.Key.Key_Enter, "\r", KEYPAD, "", ["Return"]),
        (Qt.Key.Key_Backtab, "", SHIFT, "", ["Shift+Tab"]),
        (Qt.Key.Key_Left, "", ALT | SHIFT, "", ["Alt+Shift+Left"]),
        (Qt.Key.Key_Shift, "", SHIFT, "", []),
    ],
)
def test_a_key_is_named_by_its_character_and_else_by_its_place(
    key: int, text: str, modifiers: Qt.KeyboardModifier, place: str, names: list[str]
) -> None:
    assert names_of(int(key), text, modifiers, place) == names


def test_places_are_known_on_all_systems() -> None:
    assert place_on_keyboard(24, 0, "linux") == "Q"
    assert place_on_keyboard(38, 0, "linux") == "A"
    assert place_on_keyboard(10, 0, "linux") == "1"
    assert place_on_keyboard(59, 0, "linux") == ","
    assert place_on_keyboard(16, 0, "win32") == "Q"
    assert place_on_keyboard(1, 12, "darwin") == "Q"
    assert place_on_keyboard(0, 0, "linux") == ""
    assert place_on_keyboard(999, 0, "win32") == ""


def test_a_russian_layout_accepts_by_the_place_of_a(seat: Seat) -> None:
    seat.press(Qt.Key.Key_Tab)
    mark = seat.desk.mark
    event = QKeyEvent(QEvent.Type.KeyPress, 0x0424, NONE, 38, 0, 0, "ф")
    assert pressed(event) == ["Ф", "A"]
    QApplication.sendEvent(seat.text, event)
    assert seat.desk.document.mark(mark.key).decided


def test_only_known_names_are_taken() -> None:
    assert first_known(["Ф", "A"], {"A": 1}) == "A"
    assert first_known(["Ж"], {"A": 1}) is None


def test_keys_are_shown_as_people_say_them() -> None:
    assert shown("Ctrl+Return") == "Ctrl+Enter"
    assert shown("Alt+Shift+Left") == "Alt+Shift+←"
    assert shown("Ctrl++") == "Ctrl++"


def test_the_key_sheet_lists_every_key(seat: Seat) -> None:
    seat.press(Qt.Key.Key_F1)
    sheet = seat.window.errands.sheet
    listed = {keys for keys, _ in sheet.rows}
    for spec in TABLE:
        if spec.keys:
            assert shown(spec.keys[0]) in listed
    sheet.close()


def test_menus_have_no_empty_place_and_persons_have_names(seat: Seat) -> None:
    titles = [action.text().replace("&", "") for action in seat.window.menus.actions()]
    assert titles == ["File", "Edit", "Annotate", "Go", "View", "Tools", "Help"]
    for action in seat.window.menus.actions():
        assert action.menu().actions()
    seat.desk.choose(seat.quotation("“Later,”").key)
    who = next(menu for menu in seat.window.findChildren(QMenu) if menu.title() == SUBMENUS["Who"])
    texts = [action.text() for action in who.actions() if action.isVisible()]
    assert "Anna Berg" in texts
    assert "K" not in texts


def test_the_context_menu_offers_what_can_be_done_with_the_mark(seat: Seat) -> None:
    seat.desk.choose(seat.quotation("“We will not sail,”").key)
    menu = seat.window.actions_.context_menu(seat.window)
    ids = [action.objectName() for action in menu.actions()]
    assert {"accept", "remove", "remove_part", "remove_cue", "mention"} <= set(ids)
    assert "part" not in ids
    seat.click("Monday")
    ids = [action.objectName() for action in seat.window.actions_.context_menu(seat.window).actions()]
    assert "remove_part" not in ids
