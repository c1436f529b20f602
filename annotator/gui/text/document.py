"""Builds the Qt document of an article: display text, line heights, paragraph gaps, the title's type.

Character formats stand for the title only, never for marks. It must not know marks.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit

from annotator.gui.text.metrics import PageMetrics
from annotator.gui.text.positions import TextPositions, display_text
from annotator.gui.theme import reading_font

_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


def fill_document(edit: QTextEdit, text: str, positions: TextPositions) -> None:
    """Put ``text`` in, the caret before it (a caret at the end would cost the layout of the whole text).

    Raises:
        AssertionError: Qt's length differs from the text's, so no offset could be trusted.
    """
    document = edit.document()
    document.setUndoRedoEnabled(False)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    edit.setPlainText(display_text(text))
    if document.characterCount() - 1 != positions.qt_length:
        raise AssertionError(
            f"The text pane holds {document.characterCount() - 1} UTF-16 units, the text {positions.qt_length}."
        )


def lay_out(document: QTextDocument, metrics: PageMetrics, title_end: int) -> None:
    """Set fonts, line heights and gaps; the blocks that start before ``title_end`` (a Qt position) are title."""
    document.setDefaultFont(reading_font(metrics.body.size))
    blank_lines = _has_blank_lines(document)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(_block_format(metrics.body.pitch, 0 if blank_lines else metrics.gap))
    cursor.setCharFormat(QTextCharFormat())
    if blank_lines:
        gap = _block_format(metrics.gap, 0)
        for block in blocks(document):
            if is_blank(block):
                cursor.setPosition(block.position())
                cursor.setBlockFormat(gap)
    _set_title(document, cursor, metrics, title_end)
    cursor.endEditBlock()


def _set_title(document: QTextDocument, cursor: QTextCursor, metrics: PageMetrics, title_end: int) -> None:
    title = QTextCharFormat()
    title.setFont(reading_font(metrics.title.size, semibold=True))
    for block in blocks(document):
        if block.position() >= title_end:
            return
        cursor.setPosition(block.position())
        if not is_blank(block):
            cursor.setBlockFormat(_block_format(metrics.title.pitch, metrics.gap))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(title)


def set_margins(document: QTextDocument, left: float, right: float, top: float, bottom: float) -> bool:
    """Set the root frame's margins; say whether they changed (Qt lays out anew then)."""
    frame = document.rootFrame()
    form = frame.frameFormat()
    if (left, right, top, bottom) == (
        form.leftMargin(),
        form.rightMargin(),
        form.topMargin(),
        form.bottomMargin(),
    ):
        return False
    form.setLeftMargin(left)
    form.setRightMargin(right)
    form.setTopMargin(top)
    form.setBottomMargin(bottom)
    frame.setFrameFormat(form)
    return True


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """All blocks in order."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def is_blank(block: QTextBlock) -> bool:
    """Whether a block holds only blanks: the gap between two paragraphs where the text has blank lines."""
    return block.length() == 1 or (block.length() < 80 and not block.text().strip())


def _has_blank_lines(document: QTextDocument) -> bool:
    last = document.lastBlock()
    return any(is_blank(block) and block != last and block.position() > 0 for block in blocks(document))


def _block_format(pitch: float, gap: float) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(pitch, _FIXED)
    form.setBottomMargin(gap)
    return form


def title_font(metrics: PageMetrics) -> QFont:
    """The font of a title painted in the top margin."""
    return reading_font(metrics.title.size, semibold=True)
