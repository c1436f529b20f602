"""Colours, type, space: the one place where the look's numbers stand.

Widgets ask here for colours and fonts and never write a number of their own. It must not know any widget of
ours, nor what is shown.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib import resources
from types import MappingProxyType

from PySide6.QtCore import QByteArray, QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter, QPalette, QPen, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMenuBar,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from annotator.domain.scheme import Hue

SIZE_SMALL, SIZE_BASE, SIZE_LARGE = 11, 13, 24
"""The three chrome sizes in pixels: meta, counts, keys; default; titles and big figures."""

READING_SIZE = 17
READING_SIZE_MIN, READING_SIZE_MAX = 10, 48
"""The page's own type size in pixels, and how far it may be zoomed."""

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_12 = 4, 8, 12, 16, 24, 48
RADIUS_MARK, RADIUS_CONTROL, RADIUS_PANEL = 3, 4, 8

FIELD_HEIGHT = BUTTON_HEIGHT = STATUS_HEIGHT = 28
TOOL_HEIGHT = TABLE_ROW_HEIGHT = 32
PALETTE_ROW_HEIGHT, MENU_HEIGHT, LABEL_BAR_HEIGHT, PANE_HEAD_HEIGHT = 36, 40, 44, 48

SELECTED_BAR_WIDTH = 3
FOCUS_RING_WIDTH = FOCUS_RING_GAP = 2

SECOND_TINT = 0.55
"""How much of a group's tint its second and further labels keep, over page."""

_SERIF_FALLBACKS = ("Source Serif Pro", "Source Serif 4", "Charter", "Georgia", "Noto Serif", "DejaVu Serif")
_MORE_READING_FACES = ("Source Sans Pro", "Source Sans 3", "Inter", "Noto Sans", "DejaVu Sans", "Segoe UI", "Verdana")
"""Faces without serifs that may be chosen, too."""
_FACES = {
    "font_source_serif_pro": ("SourceSerifPro-Regular", "SourceSerifPro-Semibold"),
    "font_source_sans_pro": ("SourceSansPro-Regular", "SourceSansPro-Semibold"),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of one appearance. Do not change a colour in place: use ``faded`` or a copy."""

    name: str
    dark: bool
    page: QColor
    panel: QColor
    hover: QColor
    chosen: QColor
    line: QColor
    edge: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    on_accent: QColor
    accent_tint: QColor
    quote: QColor
    quote_suggested: QColor
    bar: QColor
    selection: QColor
    find: QColor
    ok: QColor
    warn: QColor
    danger: QColor
    warn_ground: QColor
    danger_ground: QColor
    chart2: QColor
    inks: Mapping[Hue, QColor]
    tints: Mapping[Hue, QColor]

    def ink(self, hue: Hue) -> QColor:
        """The colour of a group's edges and label names."""
        return self.inks[hue]

    def tint(self, hue: Hue, strong: bool = True) -> QColor:
        """The ground of a decided mark; ``strong`` for the first label of its group."""
        full = self.tints[hue]
        return full if strong else mixed(full, self.page, SECOND_TINT)


def mixed(over: QColor, under: QColor, share: float) -> QColor:
    """``over`` with opacity ``share`` (0 to 1) painted on ``under``, as an opaque colour."""
    pairs = zip(over.getRgb()[:3], under.getRgb()[:3], strict=True)
    return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))


def faded(colour: QColor, opacity: float) -> QColor:
    """A copy of ``colour`` with ``opacity`` from 0 to 1."""
    copy = QColor(colour)
    copy.setAlphaF(opacity)
    return copy


def _theme(name: str, dark: bool, tokens: str, inks: str, tints: str) -> Theme:
    def by_hue(values: str) -> Mapping[Hue, QColor]:
        return MappingProxyType(dict(zip(Hue, map(QColor, values.split()), strict=True)))

    colours = dict(pair.split("=") for pair in tokens.split())
    return Theme(
        name=name,
        dark=dark,
        inks=by_hue(inks),
        tints=by_hue(tints),
        **{key: QColor(value) for key, value in colours.items()},
    )


LIGHT = _theme(
    "light",
    False,
    """page=#FFFFFF panel=#F7F6F3 hover=#EFEDE8 chosen=#EFEDE8 line=#E3E0D9 edge=#8E897F
    text=#22201D text2=#5A564E text3=#6C675E accent=#3A52C6 on_accent=#FFFFFF accent_tint=#E7EAFB
    quote=#F1EEE7 quote_suggested=#F7F5F1 bar=#8A8478 selection=#C9D2FA find=#FFE9A8
    ok=#1F6B45 warn=#8A5300 danger=#B3261E warn_ground=#FBF3E4 danger_ground=#FBEDEB chart2=#AEB9EA""",
    "#713C1F #962C6B #366C46 #226A90 #6E6700 #4F4B45",
    "#F9D3B8 #EBCBE4 #D3F4DA #C9E9FA #FAF4C9 #DAD6CF",
)

DARK = _theme(
    "dark",
    True,
    """page=#1E1D1B panel=#171614 hover=#292724 chosen=#34312D line=#33302C edge=#7F7A70
    text=#E4E1DA text2=#AFAAA0 text3=#A39E94 accent=#9DAEFF on_accent=#12162C accent_tint=#2A3050
    quote=#312E2A quote_suggested=#282623 bar=#8B8578 selection=#3C4677 find=#5A4A16
    ok=#7CC79B warn=#E3B15E danger=#FF9C92 warn_ground=#2E271A danger_ground=#33201E chart2=#56609A""",
    "#E09E69 #C79DC7 #B1E7C2 #94E6FF #EDD96D #B6B2AA",
    "#4A2609 #432C40 #1D4123 #0D3F5B #504713 #46433E",
)


def palette(theme: Theme) -> QPalette:
    """A complete palette: Fusion draws every control from it."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.panel,
        role.WindowText: theme.text,
        role.Base: theme.page,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.PlaceholderText: theme.text3,
        role.ToolTipBase: theme.page,
        role.ToolTipText: theme.text,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.page if not theme.dark else theme.chosen,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.edge,
        role.Shadow: theme.text if not theme.dark else QColor("#000000"),
    }
    result = QPalette()
    for each, colour in colours.items():
        result.setColor(each, colour)
    disabled = QPalette.ColorGroup.Disabled
    for each in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.PlaceholderText):
        result.setColor(disabled, each, mixed(theme.text3, theme.panel, 0.6))
    result.setColor(disabled, role.Highlight, theme.hover)
    result.setColor(disabled, role.Accent, theme.edge)
    result.setColor(disabled, role.Link, theme.text3)
    result.setColor(disabled, role.Base, theme.panel)
    return result


_STYLE_SHEET = """
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{
  background: {page}; border: 1px solid {line}; border-radius: 4px; padding: 0 8px;
  placeholder-text-color: {text3}; selection-background-color: {selection}; selection-color: {text}; }}
QPlainTextEdit {{ padding: 4px; }}
QLineEdit, QComboBox, QSpinBox, QDateEdit {{ min-height: 26px; }}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QSpinBox:hover, QDateEdit:hover {{
  border-color: {edge}; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {{
  border: 2px solid {accent}; padding: 0 7px; min-height: 24px; }}
QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 3px; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {panel}; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; border-left: 4px solid {page};
  border-right: 4px solid {page}; border-top: 5px solid {text2}; }}
QSpinBox::up-button, QSpinBox::down-button, QDateEdit::up-button, QDateEdit::down-button {{
  border: 0; width: 18px; background: transparent; }}
QSpinBox::up-arrow, QDateEdit::up-arrow {{ image: none; width: 0; height: 0; border-left: 3px solid {page};
  border-right: 3px solid {page}; border-bottom: 4px solid {text2}; }}
QSpinBox::down-arrow, QDateEdit::down-arrow {{ image: none; width: 0; height: 0;
  border-left: 3px solid {page}; border-right: 3px solid {page}; border-top: 4px solid {text2}; }}
QComboBox QAbstractItemView {{ background: {page}; border: 1px solid {line};
  selection-background-color: {accent_tint}; selection-color: {text}; outline: 0; }}
QPushButton {{ background: {page}; color: {text}; border: 1px solid {edge}; border-radius: 4px;
  padding: 0 12px; min-height: 26px; }}
QPushButton:hover, QPushButton:checked {{ background: {hover}; }}
QPushButton:pressed {{ background: {chosen}; }}
QPushButton:disabled {{ color: {disabled}; border-color: {line}; background: transparent; }}
QPushButton[primary="true"] {{ background: {accent}; color: {on_accent}; border-color: {accent};
  font-weight: 600; }}
QPushButton[primary="true"]:hover {{ background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton[primary="true"]:disabled {{ background: {hover}; color: {disabled}; border-color: {hover}; }}
QPushButton[flat="true"] {{ background: transparent; border-color: transparent; color: {accent}; }}
QPushButton[flat="true"]:hover {{ background: {hover}; }}
QToolButton {{ background: transparent; border: 0; border-radius: 4px; padding: 0 6px; min-height: 32px;
  min-width: 20px; }}
QToolButton:hover, QToolButton:checked {{ background: {hover}; }}
QToolButton:pressed {{ background: {chosen}; }}
QToolButton:disabled {{ color: {disabled}; }}
QToolButton::menu-indicator {{ image: none; }}
QMenuBar {{ background: {panel}; border: 0; padding: 0 8px; spacing: 0; }}
QMenuBar::item {{ background: transparent; color: {text}; padding: 6px 10px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenuBar::item:pressed {{ background: {chosen}; }}
QMenu {{ background: {page}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 3px; color: {text}; }}
QMenu::item:selected {{ background: {accent_tint}; }}
QMenu::item:disabled {{ color: {disabled}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QToolTip {{ background: {page}; color: {text}; border: 1px solid {line}; padding: 4px 6px; }}
QScrollBar {{ background: transparent; border: 0; margin: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {thumb}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 24px; }}
QScrollBar::handle:horizontal {{ min-width: 24px; }}
QScrollBar::handle:hover {{ background: {edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea {{ border: 0; }}
QStatusBar::item {{ border: 0; }}
"""


def style_sheet(theme: Theme) -> str:
    """The small style sheet. A button is primary with ``setProperty("primary", True)``, quiet with flat."""
    colours = {
        field.name: getattr(theme, field.name).name()
        for field in fields(theme)
        if isinstance(getattr(theme, field.name), QColor)
    }
    colours["disabled"] = mixed(theme.text3, theme.panel, 0.6).name()
    colours["accent_hover"] = mixed(theme.accent, theme.text, 0.86).name()
    colours["thumb"] = mixed(theme.edge, theme.page, 0.45).name()
    return _STYLE_SHEET.format(**colours)


@functools.cache
def load_fonts() -> tuple[str, ...]:
    """Load the four Source faces from their packages; return the families found.

    A missing package or file is passed over: the fallbacks of each face take its place.
    """
    families: list[str] = []
    for package, files in _FACES.items():
        for name in files:
            try:
                data = (resources.files(package) / "files" / f"{name}.ttf").read_bytes()
            except (ModuleNotFoundError, OSError):
                continue
            number = QFontDatabase.addApplicationFontFromData(QByteArray(data))
            families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(dict.fromkeys(families))


@functools.cache
def interface_family() -> str:
    """The face of the chrome: the system’s on Windows and macOS, else Inter if there, else Source Sans."""
    if sys.platform in ("win32", "darwin"):
        return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    present = {*load_fonts(), *QFontDatabase.families()}
    for family in ("Inter", "Inter Variable", "Source Sans Pro", "Source Sans 3", "Noto Sans", "DejaVu Sans"):
        if family in present:
            return family
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


@functools.cache
def reading_faces() -> tuple[str, ...]:
    """The faces for the article that are there, the first of the look first; at least one."""
    present = {*load_fonts(), *QFontDatabase.families()}
    faces = [family for family in (*_SERIF_FALLBACKS, *_MORE_READING_FACES) if family in present]
    return tuple(faces) or (QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family(),)


_chosen_face: str | None = None


def choose_reading_face(family: str | None) -> None:
    """Set the article in another face from now on; None, or one that is not there, is the look's first."""
    global _chosen_face
    _chosen_face = family if family in reading_faces() else None


def reading_family() -> str:
    """The face of the article: the chosen one, else Source Serif, else the first of its stand-ins that is there."""
    return _chosen_face or reading_faces()[0]


def reading_font(size: float = READING_SIZE, *, semibold: bool = False) -> QFont:
    """The article's font at ``size`` pixels."""
    font = QFont([reading_family(), *_SERIF_FALLBACKS])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
    return font


def chrome_font(size: float = SIZE_BASE, *, semibold: bool = False, tabular: bool = False) -> QFont:
    """The interface's font at ``size`` pixels, with figures of equal width if ``tabular``."""
    font = QFont(interface_family())
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
    return tnum(font) if tabular else font


def tnum(font: QFont) -> QFont:
    """A copy of ``font`` with tabular figures, for columns and counters."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy


class _PlainFusion(QProxyStyle):
    """Fusion that underlines mnemonics only while Alt is held or a menu opened with it is up."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self.alt_held = False

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_UnderlineShortcut:
            return int(self.alt_held)
        return super().styleHint(hint, option, widget, returnData)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element in _INDICATORS:
            _draw_indicator(option, painter, element == QStyle.PrimitiveElement.PE_IndicatorRadioButton)
        else:
            super().drawPrimitive(element, option, painter, widget)


_INDICATORS = (
    QStyle.PrimitiveElement.PE_IndicatorCheckBox,
    QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
    QStyle.PrimitiveElement.PE_IndicatorRadioButton,
)


def _draw_indicator(option: QStyleOption, painter: QPainter, is_round: bool) -> None:
    """A check box or radio button: Fusion's own edges vanish on a dark ground."""
    state, theme = option.state, _current
    enabled = bool(state & QStyle.StateFlag.State_Enabled)
    filled = bool(state & (QStyle.StateFlag.State_On | QStyle.StateFlag.State_NoChange))
    box = QRectF(0, 0, 14, 14)
    box.moveCenter(QRectF(option.rect).center())
    box.moveTopLeft(QPointF(round(box.left()) + 0.5, round(box.top()) + 0.5))
    ground = (theme.accent if enabled else theme.edge) if filled else theme.page
    edge = theme.accent if filled or state & QStyle.StateFlag.State_MouseOver else theme.edge
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge if enabled else theme.line, 1))
    painter.setBrush(ground)
    radius = 7 if is_round else RADIUS_MARK
    painter.drawRoundedRect(box, radius, radius)
    if filled:
        painter.setPen(QPen(theme.on_accent, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(theme.on_accent)
        centre = box.center()
        if is_round:
            painter.drawEllipse(centre, 2, 2)
        elif state & QStyle.StateFlag.State_NoChange:
            painter.drawLine(centre - QPointF(3.5, 0), centre + QPointF(3.5, 0))
        else:
            points = [centre + QPointF(*offset) for offset in ((-3.5, 0.2), (-1.0, 2.8), (3.6, -2.6))]
            painter.drawPolyline(points)
    painter.restore()


class _AltWatch(QObject):
    """Tells the style when Alt goes down and up. It listens at the focused window only: an event filter on
    the application would call Python for every event."""

    def __init__(self, app: QApplication, style: _PlainFusion) -> None:
        super().__init__(app)
        self._style = style
        self._window: QWindow | None = None
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())

    def _follow(self, window: QWindow | None) -> None:
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window.destroyed.disconnect(self._forget)
        self._window = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)
        self._show(False)

    def _forget(self) -> None:
        self._window = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Alt:  # type: ignore[attr-defined]
            self._show(True)
        elif kind in (QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress) and self._style.alt_held:
            self._show(QApplication.activePopupWidget() is not None)
        return False

    def _show(self, held: bool) -> None:
        if held == self._style.alt_held:
            return
        self._style.alt_held = held
        window = QApplication.activeWindow()
        for kind in (QMenuBar, QAbstractButton, QLabel):
            for widget in window.findChildren(kind) if window else ():
                widget.update()


_current = LIGHT
_style: _PlainFusion | None = None


def current_theme() -> Theme:
    """The theme last applied."""
    return _current


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole program ``theme``: style, palette, style sheet, fonts.

    Widgets that paint themselves read ``current_theme()`` anew on a ``PaletteChange`` event.
    """
    global _current, _style
    _current = theme
    load_fonts()
    if _style is None or app.property("annotator_style") is None:
        _style = _PlainFusion()
        _AltWatch(app, _style)
        app.setStyle(_style)
        app.setProperty("annotator_style", True)
    app.setFont(chrome_font())
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


def system_prefers_dark(app: QGuiApplication) -> bool:
    """Whether the system asks for a dark appearance."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
