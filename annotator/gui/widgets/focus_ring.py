"""The ring around the focused control: one transparent overlay that follows the focus.

Fields thicken their border instead, the text pane shows its caret. It must not know any other widget of ours.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from annotator.gui.theme import FOCUS_RING_GAP, FOCUS_RING_WIDTH, RADIUS_CONTROL, current_theme

_OWN_SIGN = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QMenuBar)
_MOVED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """Make one for each window; it lies above everything and lets the mouse through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    @property
    def around(self) -> QWidget | None:
        """The control inside the ring, if one is shown."""
        return self._around if self.isVisible() else None

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):  # its window may have gone since
                widget.removeEventFilter(self)
        self._watched = []
        mine = new is not None and self.parentWidget() is not None and self.parentWidget().isAncestorOf(new)
        self._around = new if mine and not isinstance(new, _OWN_SIGN) else None
        if self._around is not None:
            widget: QWidget | None = self._around
            while widget is not None and widget is not self.parentWidget():
                self._watched.append(widget)
                widget.installEventFilter(self)
                widget = widget.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED:
            self._place()
        return False

    def _place(self) -> None:
        control, window = self._around, self.parentWidget()
        if control is None or window is None or not control.isVisible():
            self.hide()
            return
        reach = FOCUS_RING_GAP + FOCUS_RING_WIDTH
        # A pane reaches to its neighbours: its ring lies inside.
        if isinstance(control, QAbstractScrollArea):
            reach = 0
        shown = control.visibleRegion().boundingRect() if control.isVisible() else QRect()
        if shown.isEmpty():
            shown = control.rect()
        corner = control.mapTo(window, QPoint(0, 0))
        self.setGeometry(shown.translated(corner).adjusted(-reach, -reach, reach, reach))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current_theme().accent, FOCUS_RING_WIDTH))
        inset = FOCUS_RING_WIDTH / 2
        radius = RADIUS_CONTROL + FOCUS_RING_GAP
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
