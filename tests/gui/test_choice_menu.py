"""Choosing from a menu by typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.widgets.choice_menu import ChoiceMenu


@pytest.fixture
def menu(qtbot: QtBot) -> ChoiceMenu:
    made = ChoiceMenu("Labels")
    qtbot.addWidget(made)
    for text in ("PERSON\t1", "ORG\t2", "PRODUCT", "WORK_OF_ART"):
        made.addAction(text)
    made.popup(made.pos())
    return made


def chosen(menu: ChoiceMenu, *keys: str) -> list[str]:
    texts: list[str] = []
    menu.triggered.connect(lambda action: texts.append(action.text().partition("\t")[0]))
    for action in menu.actions():
        action.triggered.connect(lambda _=False, action=action: texts.append(action.text().partition("\t")[0]))
    for key in keys:
        QTest.keyClicks(menu, key)
    return texts[:1]


def test_one_letter_is_enough_where_only_one_label_begins_with_it(menu: ChoiceMenu) -> None:
    assert chosen(menu, "w") == ["WORK_OF_ART"]
    assert not menu.isVisible()


def test_more_letters_tell_labels_apart(menu: ChoiceMenu) -> None:
    assert chosen(menu, "p") == []
    assert chosen(menu, "r") == ["PRODUCT"]


def test_a_labels_digit_chooses_it(menu: ChoiceMenu) -> None:
    assert chosen(menu, "2") == ["ORG"]


def test_escape_chooses_nothing(menu: ChoiceMenu) -> None:
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()
