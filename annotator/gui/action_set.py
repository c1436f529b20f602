"""Qt's actions made from the table, the menus made from them, and the filter that turns keys into actions.

It must not know what an action does: it says only which one was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.domain.marks import Person
from annotator.domain.scheme import Label
from annotator.gui.actions import MENUS, SUBMENUS, TABLE, ActionSpec, Scope, Situation, label_specs, person_specs
from annotator.gui.keys import first_known, pressed, shown
from annotator.gui.widgets.choice_menu import ChoiceMenu
from annotator.gui.widgets.plain import menu_text, plain_tooltip

_FROM_DATA = ("label.", "second.", "person.")
_THEMES = ("theme_system", "theme_light", "theme_dark")
_SORTS = ("sort_import", "sort_title", "sort_outlet", "sort_date", "sort_status")


class ActionSet(QObject):
    """All actions of a window by their ids."""

    asked = Signal(str)
    """An action was asked for by menu, button or key; its id."""

    def __init__(self, window: QWidget, labels: Iterable[Label]) -> None:
        super().__init__(window)
        self.specs = {spec.id: spec for spec in (*TABLE, *label_specs(labels), *person_specs())}
        self._actions = {spec.id: self._make(spec, window) for spec in self.specs.values()}
        self._named: dict[str, str] | None = None
        for ids in (_THEMES, _SORTS):
            group = QActionGroup(self)
            for id_ in ids:
                group.addAction(self._actions[id_])

    def __getitem__(self, id_: str) -> QAction:
        return self._actions[id_]

    def __iter__(self) -> Iterable[QAction]:
        return iter(self._actions.values())

    def _make(self, spec: ActionSpec, window: QWidget) -> QAction:
        text = menu_text(spec.text) if spec.id.startswith(_FROM_DATA) else spec.text
        action = QAction(text, window)
        action.setObjectName(spec.id)
        keys = f" ({shown(spec.keys[0])})" if spec.keys else ""
        action.setToolTip(plain_tooltip((spec.tip or spec.text) + keys))
        action.setCheckable(spec.checkable)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setMenuRole(_role(spec.id))
        if spec.scope is Scope.WINDOW:
            window.addAction(action)
        else:
            # Shown in menus; the panes' key filter acts, so that the letters can be typed into fields.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _=False, id_=spec.id: self.asked.emit(id_))
        return action

    def update(self, now: Situation) -> None:
        """Enable what makes sense."""
        for id_, action in self._actions.items():
            spec = self.specs[id_]
            action.setEnabled(spec.when(now) and not (now.read_only and spec.edits))

    def name_persons(self, persons: Iterable[Person]) -> None:
        """Put the names of the article's persons into the menu."""
        by_letter = {person.letter: person.name for person in persons if person.letter}
        if by_letter == self._named:
            return
        self._named = by_letter
        for id_, spec in self.specs.items():
            if id_.startswith("person."):
                name = by_letter.get(spec.text, "")
                self._actions[id_].setText(menu_text(name or spec.text))
                self._actions[id_].setToolTip(plain_tooltip(f"{name or spec.text} is speaking ({spec.text})"))
                self._actions[id_].setVisible(bool(name))

    def name_history(self, undo: str | None, redo: str | None) -> None:
        """Say what undo and redo would do."""
        for id_, text, summary in (("undo", "&Undo", undo), ("redo", "&Redo", redo)):
            spec, action = self.specs[id_], self._actions[id_]
            action.setText(f"{text} {menu_text(summary)}" if summary else text)
            what = f"{spec.text.replace('&', '')}: {summary}" if summary else spec.tip
            action.setToolTip(plain_tooltip(f"{what} ({shown(spec.keys[0])})"))

    def keys_in(self, *scopes: Scope) -> dict[str, str]:
        """The ids of the actions with these scopes by their keys."""
        return {key: spec.id for spec in self.specs.values() if spec.scope in scopes for key in spec.keys}

    # -- menus

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for title in MENUS:
            name = title.replace("&", "")
            menu = bar.addMenu(title)
            menu.setToolTipsVisible(True)
            submenus: dict[str, QMenu] = {}
            for spec in self.specs.values():
                place, _, below = spec.menu.partition("/")
                if place != name:
                    continue
                if not below:
                    if spec.separator and not menu.isEmpty():
                        menu.addSeparator()
                    menu.addAction(self._actions[spec.id])
                elif below not in submenus:
                    submenus[below] = self.submenu(menu, below)
                    menu.addMenu(submenus[below])

    def submenu(self, parent: QWidget, name: str) -> QMenu:
        """A menu of the actions whose place is the submenu ``name``."""
        menu = ChoiceMenu(SUBMENUS[name], parent)
        menu.setToolTipsVisible(True)
        for spec in self.specs.values():
            if spec.menu.endswith("/" + name):
                if spec.separator and not menu.isEmpty():
                    menu.addSeparator()
                menu.addAction(self._actions[spec.id])
        return menu

    def context_menu(self, parent: QWidget) -> QMenu:
        """What can be done with the selected mark or words."""
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        for ids in (
            ("accept", "remove", "note"),
            ("Labels", "Second"),
            ("quotation", "part", "mention", "cue", "add_cue", "Who", "Type"),
            ("remove_part", "remove_mention", "remove_cue", "Ends"),
            ("copy",),
        ):
            menu.addSeparator()
            for id_ in ids:
                if id_ in SUBMENUS:
                    below = self.submenu(menu, id_)
                    if any(action.isEnabled() and action.isVisible() for action in below.actions()):
                        menu.addMenu(below)
                elif self._actions[id_].isEnabled():
                    menu.addAction(self._actions[id_])
        return menu


def _role(id_: str) -> QAction.MenuRole:
    if id_ == "quit":
        return QAction.MenuRole.QuitRole
    if id_ == "settings":
        return QAction.MenuRole.PreferencesRole
    return QAction.MenuRole.AboutRole if id_ == "about" else QAction.MenuRole.NoRole


class KeyFilter(QObject):
    """Watches panes and turns their keys into actions; fields of text are never watched."""

    def __init__(self, actions: ActionSet) -> None:
        super().__init__(actions)
        self._actions = actions
        self._tables: dict[QObject, dict[str, str]] = {}

    def watch(self, pane: QWidget, *scopes: Scope, without: Iterable[str] = ()) -> None:
        """Let the keys of these scopes act while ``pane`` has the focus, but for those that the pane needs itself."""
        own = frozenset(without)
        self._tables[pane] = {key: id_ for key, id_ in self._actions.keys_in(*scopes).items() if key not in own}
        pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        table = self._tables.get(watched)
        key = first_known(pressed(event), table) if table else None  # type: ignore[arg-type]
        if table is None or key is None:
            return False
        event.accept()
        if kind == QEvent.Type.KeyPress:
            self._actions.asked.emit(table[key])
        return True
