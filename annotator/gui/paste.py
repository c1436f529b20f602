"""Text that was pasted or dropped, and the look at it before it becomes an article.

Everything here is plain text: HTML is turned into words first. It must not know the database.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from annotator.domain.text import canonicalise
from annotator.formats.html_text import html_to_text, looks_like_html
from annotator.gui.dialogs import Sheet
from annotator.gui.theme import SIZE_SMALL, SPACE_2, SPACE_4, reading_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.words import DOT, plural
from annotator.services.library import pasted_layout

_FIRST = 3000
"""Characters of the text that the look shows."""


def text_of(data: QMimeData) -> str:
    """The words of what was copied: plain text where there is some, else HTML as text; empty if there are none."""
    text = data.text() if data.hasText() else ""
    if not text.strip() and data.hasHtml():
        text = html_to_text(data.html())
    return text


class PasteSheet(Sheet):
    """The title that was found, the number of paragraphs, the first lines, and what is doubtful."""

    wanted = Signal(str, str)
    """The text shall become an article: the text and its title."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__("Paste as article", parent, width=600)
        self._source = text
        self.as_html = QCheckBox("This is the source of a web page: take its words only")
        self.as_html.setChecked(looks_like_html(text))
        self.as_html.setVisible(looks_like_html(text))
        self.as_html.toggled.connect(self._show)
        self.content.addWidget(self.as_html)
        self.content.addWidget(PlainLabel("Title", size=SIZE_SMALL, semibold=True, role="text2"))
        self.title = QLineEdit()
        self.title.setAccessibleName("Title")
        self.title.setToolTip("Empty: the first line, where it is short enough")
        self.content.addWidget(self.title)
        self.content.addSpacing(SPACE_4)
        self.counts = PlainLabel(role="text2", tabular=True)
        self.content.addWidget(self.counts)
        self.doubts = PlainLabel(role="warn", wrap=True)
        self.content.addWidget(self.doubts)
        self.content.addSpacing(SPACE_2)
        self.first = QPlainTextEdit()
        self.first.setReadOnly(True)
        self.first.setAccessibleName("How the text begins")
        self.first.setFont(reading_font(15))
        self.first.setMinimumHeight(200)
        self.content.addWidget(self.first, 1)
        cancel = self.add_button("Cancel")
        cancel.clicked.connect(self.reject)
        self.add = self.add_button("Add the article", primary=True)
        self.add.clicked.connect(self._add)
        self.resize(600, 560)
        self._show()
        self.title.setFocus()

    @property
    def words(self) -> str:
        """The text that would become the article."""
        return html_to_text(self._source) if self.as_html.isChecked() else self._source

    def _show(self) -> None:
        text = canonicalise(self.words).text
        blank = not text.strip()
        layout = pasted_layout(text)
        self.title.setText(layout.title if layout.title_is_first_line else "")
        self.title.setPlaceholderText("" if layout.title_is_first_line else layout.title)
        words = len(text.split())
        self.counts.setText(DOT.join((plural(layout.paragraphs, "paragraph"), plural(words, "word"))))
        self.doubts.setText("There is no text in it." if blank else "\n".join(layout.doubts))
        self.doubts.setVisible(blank or bool(layout.doubts))
        self.first.setPlainText(text[:_FIRST] + ("…" if len(text) > _FIRST else ""))
        self.add.setEnabled(not blank)

    def _add(self) -> None:
        self.wanted.emit(self.words, self.title.text())
        self.accept()
