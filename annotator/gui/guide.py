"""The user guide in a window of its own, read from the file that comes with the program: nothing is loaded from
anywhere else. It must not know what the guide says; chapters are the headings of the second level.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
)
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QTextBrowser, QWidget

from annotator.gui.theme import SPACE_6, chrome_font, current_theme, palette
from annotator.gui.widgets.bars import Hairline
from annotator.gui.widgets.chapters import ChapterList
from annotator.gui.widgets.focus_ring import FocusRing

CHAPTER_LEVEL = 2
_MARGIN = 32
_COLUMN = 640
_CHAPTERS = 224
_SIZES = {1: 24, 2: 20, 3: 15}
_TEXT_SIZE = 14


def guide_text() -> str:
    """The guide as Markdown."""
    return files("annotator.resources").joinpath("guide", "guide.md").read_text("utf-8")


class GuideText(QTextBrowser):
    """Shows the guide; the only resources that it gets are the pictures beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("User guide")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self._pictures: dict[str, QImage] = {}

    def loadResource(self, kind: int, name: QUrl) -> Any:
        """A picture by its bare name, as wide as the column; anything else is not there."""
        word = name.toString()
        if kind != QTextDocument.ResourceType.ImageResource.value or "/" in word or not word.endswith(".png"):
            return None
        if word not in self._pictures:
            try:
                data = files("annotator.resources").joinpath("guide", word).read_bytes()
            except OSError:
                return None
            picture = QImage.fromData(data)
            ratio = max(1.0, self.devicePixelRatioF())
            picture = picture.scaledToWidth(round(_COLUMN * ratio), Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(ratio)
            self._pictures[word] = picture
        return self._pictures[word]

    def fill(self) -> None:
        """Read the guide, and dress it as the theme says."""
        self.setPalette(palette(current_theme()))
        self.viewport().setPalette(palette(current_theme()))
        document = self.document()
        document.setDefaultFont(chrome_font(_TEXT_SIZE))
        document.setMarkdown(guide_text(), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        block = document.begin()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        while block.isValid():
            _dress(cursor, block)
            block = block.next()
        cursor.endEditBlock()
        self._dress_tables()
        self._set_margins()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _dress_tables(self) -> None:
        theme = current_theme()
        for frame in self.document().rootFrame().childFrames():
            form = frame.frameFormat()
            if hasattr(frame, "rows"):
                form = frame.format()
                form.setBorder(1)
                form.setBorderBrush(theme.line)
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setBorderCollapse(True)
                form.setCellPadding(5)
                form.setTopMargin(8)
                form.setBottomMargin(8)
                frame.setFormat(form)

    def _set_margins(self) -> None:
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        side = max(_MARGIN, (self.viewport().width() - _COLUMN) // 2)
        if form.leftMargin() != side:
            form.setLeftMargin(side)
            form.setRightMargin(side)
            form.setTopMargin(SPACE_6)
            form.setBottomMargin(96)
            frame.setFrameFormat(form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    def chapters(self) -> list[tuple[str, int]]:
        """The chapters and where they begin."""
        found, block = [], self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == CHAPTER_LEVEL:
                found.append((block.text(), block.position()))
            block = block.next()
        return found

    def go_to(self, position: int) -> None:
        """Scroll until a chapter's heading is at the top."""
        block = self.document().findBlock(position)
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(max(0, round(top) - SPACE_6))


def _dress(cursor: QTextCursor, block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    cursor.setPosition(block.position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    form = QTextBlockFormat()
    form.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if level:
        form.setTopMargin({1: 0, 2: 40}.get(level, 20))
        form.setBottomMargin(8)
        text = QTextCharFormat()
        text.setFont(chrome_font(_SIZES.get(level, _TEXT_SIZE), semibold=True))
        cursor.setCharFormat(text)
    elif block.textList() is None and not cursor.currentTable():
        form.setTopMargin(8)
        form.setBottomMargin(8)
    cursor.mergeBlockFormat(form)


class GuideWindow(QDialog):
    """Chapters at the left, the guide at the right; it stays open beside the article."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("User guide")
        self.text = GuideText()
        self.text.fill()
        self.chapters = ChapterList("Chapters of the guide", [("", name) for name, _ in self.text.chapters()])
        self.chapters.setFixedWidth(_CHAPTERS)
        self.chapters.opened.connect(self._go)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.chapters)
        row.addWidget(Hairline(vertical=True))
        row.addWidget(self.text, 1)
        self._ring = FocusRing(self)
        self.setMinimumWidth(_CHAPTERS + _COLUMN + 2 * _MARGIN + 16)
        self.resize(self.sizeHint())
        self.chapters.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(1000, 640)

    def _go(self, number: int) -> None:
        self.text.go_to(self.text.chapters()[number][1] if number else 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "chapters"):
            # Not here: the style sheet is still on its way through the widgets.
            QTimer.singleShot(0, self, self._dress)

    def _dress(self) -> None:
        place = self.text.verticalScrollBar().value()
        self.text.fill()
        self.text.verticalScrollBar().setValue(place)
