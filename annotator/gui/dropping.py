"""Files, folders and text that are dragged over the window: a frame says that they may be dropped, then they are told.

It must not know what becomes of them.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.gui.paste import text_of
from annotator.gui.theme import RADIUS_PANEL, chrome_font, current_theme, faded

_INSET = 12


def paths_of(data: QMimeData) -> list[Path]:
    """The local files and folders among what is dragged or was copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and url.toLocalFile()]


def can_be_taken(data: QMimeData) -> bool:
    """Whether there are files, folders or text in it."""
    return bool(paths_of(data)) or data.hasHtml() or data.hasText()


class DropFrame(QWidget):
    """Lies over the window while something is dragged that can be dropped."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Drop to import")
        self.hide()

    def appear(self) -> None:
        """Cover the window."""
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), faded(theme.page, 0.94))
        pen = QPen(theme.accent, 2)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        box = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        painter.drawRoundedRect(box, RADIUS_PANEL, RADIUS_PANEL)
        painter.setPen(theme.text)
        painter.setFont(chrome_font(24, semibold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Drop to import")


class DropTarget(QObject):
    """Watches a window for what is dragged over it."""

    files_dropped = Signal(list)
    """Files and folders: their paths."""
    text_dropped = Signal(str)
    """Text, or the words of HTML."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.frame = DropFrame(window)
        self.enabled = True
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            assert isinstance(event, QDragEnterEvent | QDragMoveEvent)
            # What is dragged out of this very program is no article.
            if self.enabled and event.source() is None and can_be_taken(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                if kind == QEvent.Type.DragEnter:
                    self.frame.appear()
                return True
            return False
        if kind in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self.frame.hide()
        if kind == QEvent.Type.Drop and self.enabled:
            assert isinstance(event, QDropEvent)
            return self._take(event)
        return False

    def _take(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        paths = paths_of(data)
        if not paths and not can_be_taken(data):
            return False
        # The files themselves are never moved, whatever the other program offers.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths:
            self.files_dropped.emit(paths)
        else:
            self.text_dropped.emit(text_of(data))
        return True
