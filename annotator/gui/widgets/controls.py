"""Buttons and key caps of our own drawing. They must not know what pressing them does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from annotator.gui.icons import icon
from annotator.gui.theme import (
    BUTTON_HEIGHT,
    RADIUS_CONTROL,
    RADIUS_MARK,
    SIZE_SMALL,
    SPACE_3,
    TOOL_HEIGHT,
    chrome_font,
    current_theme,
    mixed,
)
from annotator.gui.widgets.plain import menu_text, plain_tooltip

KEY_CAP_HEIGHT = 18


def key_cap_width(text: str) -> int:
    """The width of a key cap with this text; a single letter's is square."""
    advance = QFontMetrics(chrome_font(SIZE_SMALL)).horizontalAdvance(text)
    return max(KEY_CAP_HEIGHT, advance + 10)


def paint_key_cap(painter: QPainter, box: QRectF, text: str, *, accent: bool = False) -> None:
    """Draw a key cap in ``box``."""
    theme = current_theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.accent if accent else mixed(theme.edge, theme.page, 0.45), 1))
    painter.setBrush(theme.page)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_MARK, RADIUS_MARK)
    painter.setFont(chrome_font(SIZE_SMALL))
    painter.setPen(theme.accent if accent else theme.text2)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class KeyCap(QWidget):
    """A key, drawn as a cap."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setFixedSize(key_cap_width(text), KEY_CAP_HEIGHT)

    def text(self) -> str:
        """The key's name."""
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key_cap(QPainter(self), QRectF(self.rect()), self._text)


class ActionButton(QPushButton):
    """A button with its key beside the text. At most one of a region is primary; a flat one looks like a link."""

    def __init__(
        self,
        text: str,
        key: str = "",
        *,
        primary: bool = False,
        flat: bool = False,
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(menu_text(text), parent)
        self._words, self._key, self._primary, self._flat, self._icon_name = text, key, primary, flat, icon_name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if flat else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(text)
        self.setToolTip(plain_tooltip(f"{text} ({key})" if key else text))

    @property
    def words(self) -> str:
        """The text without escapes."""
        return self._words

    @property
    def primary(self) -> bool:
        """Whether this is the region's next step."""
        return self._primary

    def set_words(self, text: str, *, primary: bool | None = None) -> None:
        """Show another text, and be primary or not."""
        if primary is not None:
            self._primary = primary
        self._words = text
        self.setText(menu_text(text))
        self.setAccessibleName(text)
        self.setToolTip(plain_tooltip(f"{text} ({self._key})" if self._key else text))
        self.updateGeometry()
        self.update()

    def set_tooltip(self, text: str) -> None:
        """Say more than the button's text does."""
        self.setToolTip(plain_tooltip(text))

    def follow(self, action: QAction) -> None:
        """Trigger ``action``, and be enabled while it is."""
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.setEnabled)
        self.setEnabled(action.isEnabled())

    def _fonts(self) -> tuple[object, object]:
        return chrome_font(semibold=self._primary or self._flat), chrome_font(SIZE_SMALL)

    def sizeHint(self) -> QSize:
        words, key = self._fonts()
        width = QFontMetrics(words).horizontalAdvance(self._words) + (0 if self._flat else 2 * SPACE_3)
        if self._icon_name:
            width += 14 + 4
        if self._key:
            width += SPACE_3 + QFontMetrics(key).horizontalAdvance(self._key)
        return QSize(width + 1, BUTTON_HEIGHT)

    minimumSizeHint = sizeHint

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor, QColor]:
        theme = current_theme()
        pale = mixed(theme.text3, theme.panel, 0.6)
        hot, down = self.underMouse() and self.isEnabled(), self.isDown()
        if self._flat:
            words = theme.accent if self.isEnabled() else pale
            return (theme.hover if down else None), None, words, words
        if self._primary:
            if not self.isEnabled():
                return theme.hover, theme.hover, pale, pale
            ground = mixed(theme.accent, theme.text, 0.78 if down else 0.88) if hot or down else theme.accent
            return ground, ground, theme.on_accent, theme.on_accent
        if not self.isEnabled():
            return None, theme.line, pale, pale
        ground = theme.chosen if down else theme.hover if hot else theme.page
        return ground, theme.edge, theme.text, theme.text2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink, key_ink = self._colours()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(edge, 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(ground if ground else Qt.BrushStyle.NoBrush)
        if ground or edge:
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        words, key = self._fonts()
        left = 0 if self._flat else SPACE_3
        if self._icon_name:
            role = "accent" if self._flat else "on_accent" if self._primary else "text"
            icon(self._icon_name, role).paint(painter, left, (self.height() - 14) // 2, 14, 14)
            left += 18
        painter.setFont(words)
        painter.setPen(ink)
        area = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)
        if self._flat and self.underMouse() and self.isEnabled():
            metrics = QFontMetrics(words)
            base = (self.height() + metrics.ascent() - metrics.descent()) // 2 + 2
            painter.drawLine(left, base, left + metrics.horizontalAdvance(self._words), base)
        if self._key:
            painter.setFont(key)
            painter.setPen(key_ink)
            area.setRight(self.width() - (0 if self._flat else SPACE_3))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._key)

    def enterEvent(self, event: QEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class IconButton(QToolButton):
    """A square button with a Phosphor icon that follows the theme, and an action's name, tooltip and state."""

    def __init__(self, icon_name: str, name: str = "", *, size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name, self._role = icon_name, "text2"
        self.setIconSize(QSize(size, size))
        self.setFixedSize(TOOL_HEIGHT, TOOL_HEIGHT)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_name(name)
        self._draw()

    def set_name(self, name: str) -> None:
        """The button's name for the tooltip and for screen readers."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(name))

    def set_icon(self, icon_name: str, role: str = "text2") -> None:
        """Show another icon, in a token's colour."""
        if (icon_name, role) != (self._icon_name, self._role):
            self._icon_name, self._role = icon_name, role
            self._draw()

    def follow(self, action: QAction) -> None:
        """Trigger ``action``; take over its tooltip and whether it is enabled."""
        self.clicked.connect(action.trigger)

        def take_over() -> None:
            self.setEnabled(action.isEnabled())
            self.setAccessibleName(action.text().replace("&&", "&"))
            self.setToolTip(action.toolTip())

        action.changed.connect(take_over)
        take_over()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.setIcon(icon(self._icon_name, self._role))
