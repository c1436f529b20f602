"""Choosing the pipeline among those that are installed and that the program trusts.

The worker lists them by their packages' metadata alone; nothing is loaded here, and no name comes from a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from annotator.domain.predictions import PipelineInfo
from annotator.gui.background import Job
from annotator.gui.theme import SIZE_SMALL, SPACE_2
from annotator.gui.widgets.plain import PlainLabel, menu_text
from annotator.gui.words import DOT
from annotator.worker.client import WorkerClient

_TOLD = {
    "en_core_web_md": "English, medium: the more exact one",
    "en_core_web_sm": "English, small: faster, misses more",
}


class PipelineChoice(QWidget):
    """A radio button for each pipeline; ``chosen`` None means that the project has the default one."""

    picked = Signal(str)
    """A person has chosen the pipeline of this name."""

    def __init__(self, chosen: str | None, reader: Callable[[], WorkerClient], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        self.state = PlainLabel("Looking for installed pipelines…", role="text2", wrap=True)
        self._column.addWidget(self.state)
        worker = reader()
        self._job = Job("pipelines", lambda progress, cancelled: worker.pipelines(), self)
        self._job.finished.connect(self._show)
        self._job.failed.connect(self.state.setText)
        self._job.start()

    def _show(self, found: Sequence[PipelineInfo]) -> None:
        self.state.setVisible(not found)
        self.state.setText("No language pipeline is installed, so nothing can be suggested. Run the set-up again.")
        known = self._chosen in [info.name for info in found]
        for number, info in enumerate(found):
            button = QRadioButton(menu_text(f"{info.name} {info.version}"))
            button.setAccessibleDescription(_TOLD.get(info.name, info.language))
            button.setChecked(info.name == self._chosen if known else number == 0)
            button.clicked.connect(lambda _=False, name=info.name: self._pick(name))
            self._group.addButton(button)
            self.buttons[info.name] = button
            words = _TOLD.get(info.name, info.language) + (f"{DOT}the default" if number == 0 else "")
            about = PlainLabel(words, size=SIZE_SMALL, role="text2", wrap=True)
            about.setContentsMargins(22, 0, 0, SPACE_2)
            self._column.addWidget(button)
            self._column.addWidget(about)

    def _pick(self, name: str) -> None:
        if name != self._chosen:
            self._chosen = name
            self.picked.emit(name)

    def finish(self) -> None:
        """Wait until the list has come: the worker is about to be closed."""
        self._job.wait()
