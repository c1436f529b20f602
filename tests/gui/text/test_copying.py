"""Copying, and leaving while the clipboard holds what was copied."""

import subprocess
import sys

COPY_AND_LEAVE = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from annotator.gui.text.pane import ArticlePane

app = QApplication([])
pane = ArticlePane()
pane.show_article("Corvane\\u00a0ferries 🚢 sail.", title=None, meta="", figures="")
pane.selectAll()
pane.copy()
print(ascii(QGuiApplication.clipboard().text()), QGuiApplication.clipboard().mimeData().formats())
"""


def test_the_program_ends_well_while_the_clipboard_holds_its_words() -> None:
    done = subprocess.run([sys.executable, "-c", COPY_AND_LEAVE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ascii("Corvane\u00a0ferries 🚢 sail.") + " ['text/plain']"
