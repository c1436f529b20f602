"""What to export, and to which file. It asks; it must not know how an export is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from annotator.domain.marks import Status
from annotator.gui.dialogs import Sheet
from annotator.gui.theme import SIZE_SMALL, SPACE_2, SPACE_3, SPACE_4
from annotator.gui.widgets.controls import ActionButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.segments import Segments
from annotator.services.library import Pending

_FILES = "Annotated JSONL (*.jsonl);;All files (*)"
_STATUS = (
    ("Any status", None),
    ("New", Status.NEW),
    ("In progress", Status.IN_PROGRESS),
    ("Done", Status.DONE),
    ("Skipped", Status.SKIPPED),
)
_PENDING = (
    ("Apart, as suggestions", Pending.SEPARATE),
    ("Among the others, as “pending”", Pending.INCLUDE),
    ("Leave them out", Pending.OMIT),
)


class Articles(Enum):
    """Which articles are meant."""

    ALL = "All"
    FILTERED = "Filtered"
    SELECTED = "Selected"


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What a person wants to export."""

    path: Path
    articles: Articles = Articles.ALL
    status: Status | None = None
    pending: Pending = Pending.SEPARATE
    mine: bool = False


class ExportSheet(Sheet):
    """Articles, status, suggestions, annotator, file; Enter exports."""

    wanted = Signal(object)
    """Export this: an ``ExportWish``."""

    def __init__(
        self,
        path: Path,
        counts: dict[Articles, int],
        annotator: str,
        *,
        first: Articles = Articles.ALL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Export", parent, width=600)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_4)
        self._grid.setVerticalSpacing(SPACE_3)
        self._grid.setColumnStretch(1, 1)
        self.articles = Segments("Articles", [(one.value, one) for one in Articles if counts.get(one)])
        self.articles.set_counts(counts)
        self.articles.set_value(first)
        self.status = _Choice("Status", _STATUS)
        self.pending = _Choice("Suggestions that nobody decided", _PENDING)
        self.annotator = _Choice("Annotations by", [("Everyone", False), (f"Me ({annotator})", True)])
        for name, widget in (
            ("Articles", self.articles),
            ("Status", self.status),
            ("Annotations by", self.annotator),
            ("Open suggestions", self.pending),
        ):
            self._row(name, widget)
        self.file = QLineEdit(str(path))
        self.file.setAccessibleName("File")
        self.browse = ActionButton("Browse…")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        file = QWidget()
        row = QHBoxLayout(file)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.file, 1)
        row.addWidget(self.browse)
        self._row("File", file)
        self.content.addLayout(self._grid)
        self.note = PlainLabel(size=SIZE_SMALL, role="text2", wrap=True)
        self.content.addWidget(self.note)
        self.content.addStretch(1)
        cancel = self.add_button("Cancel")
        cancel.clicked.connect(self.reject)
        self.export = self.add_button("Export", primary=True)
        self.export.clicked.connect(self._export)
        self.file.textChanged.connect(self._look)
        self.resize(600, 400)
        self._look()
        self.file.setFocus()
        self.file.selectAll()

    def _row(self, name: str, widget: QWidget) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(PlainLabel(name, role="text2"), row, 0)
        self._grid.addWidget(widget, row, 1)

    @property
    def wish(self) -> ExportWish:
        """What is chosen now."""
        return ExportWish(
            Path(self.file.text().strip()).expanduser().absolute(),
            self.articles.value,
            self.status.value,
            self.pending.value,
            self.annotator.value,
        )

    def _look(self) -> None:
        """Say beforehand what is in the way of the file."""
        name, path = self.file.text().strip(), self.wish.path
        usable = bool(name) and not path.is_dir() and path.parent.is_dir()
        if not name:
            words = "Name a file."
        elif path.is_dir():
            words = "There is a folder of that name. Choose another one."
        elif not path.parent.is_dir():
            words = "The folder does not exist. Create it or choose another one."
        elif path.exists():
            words = "There is a file of that name; it will be replaced."
        else:
            words = "One line an article, with your decisions and what is still open."
        self.note.setText(words)
        self.note.set_role("text2" if usable and not path.exists() else "warn")
        self.export.setEnabled(usable)
        self.export.set_words("Replace" if usable and path.exists() else "Export")

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Export", self.file.text(), _FILES, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if name:
            self.file.setText(name if Path(name).suffix else f"{name}.jsonl")

    def _export(self) -> None:
        self.wanted.emit(self.wish)
        self.accept()


class _Choice(QComboBox):
    """One of several values. Qt would turn some of them into its own kinds, so they stay here."""

    def __init__(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.addItems([words for words, _ in choices])
        self._values = [value for _, value in choices]

    @property
    def value(self) -> Any:
        """What is chosen."""
        return self._values[self.currentIndex()]
