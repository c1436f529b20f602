"""The Phosphor icons in the theme's colours. Colour is fixed when an icon is made, so widgets ask again on a
change of theme. It must not know any widget."""

from __future__ import annotations

import os

os.environ.setdefault("QT_API", "pyside6")

import qtawesome
from PySide6.QtGui import QIcon

from annotator.gui.theme import current_theme, mixed


def icon(name: str, role: str = "text2") -> QIcon:
    """The Phosphor icon of this name (without prefix) in a token's colour, paler while disabled."""
    theme = current_theme()
    pale = mixed(theme.text3, theme.panel, 0.6)
    return qtawesome.icon(f"ph.{name}", color=getattr(theme, role), color_disabled=pale)
