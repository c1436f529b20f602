"""The settings: what may be chosen, each holding at once. It must not know how a choice is carried out.

Chapters at the left, one page each; ``docs/settings.md`` says the same for readers of the file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.desk import Desk
from annotator.gui.pipeline_choice import PipelineChoice
from annotator.gui.text.metrics import page_metrics
from annotator.gui.theme import SIZE_SMALL, SPACE_2, SPACE_3, SPACE_4, SPACE_6, reading_faces, reading_font
from annotator.gui.widgets.bars import Hairline
from annotator.gui.widgets.chapters import ChapterList
from annotator.gui.widgets.controls import ActionButton
from annotator.gui.widgets.focus_ring import FocusRing
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.segments import Segments
from annotator.services.places import Places
from annotator.services.settings import MEASURES, READING_SIZES, ThemeChoice
from annotator.services.workspace import default_annotator_name
from annotator.worker.client import WorkerClient

_SAMPLE = "“The ferry sails again,” said Lena Orth, who came to Aldmouth in May. Nobody on the quay believed her."
_CHAPTERS = (
    ("palette", "Looks"),
    ("cpu", "Pipeline"),
    ("user", "You and your work"),
    ("hard-drives", "Where data lies"),
)


class SettingsWindow(QDialog):
    """Stays open beside the article, so that each change can be seen at once."""

    pipeline_picked = Signal(str)
    """The project shall be read by the pipeline of this name."""
    annotator_named = Signal(object)
    """Somebody works here under this name from now on; None: the user's own."""

    def __init__(
        self, desk: Desk, places: Places, reader: Callable[[], WorkerClient], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._places = desk, places
        self.setWindowTitle("Settings")
        self.chapters = ChapterList("Chapters of the settings", _CHAPTERS)
        self.chapters.setFixedWidth(200)
        self._pages = QStackedWidget()
        self.pipelines = PipelineChoice(desk.workspace.project.pipeline, reader)
        for page in (self._looks(), self._pipeline(), self._work(), self._data()):
            self._pages.addWidget(page)
        self.chapters.opened.connect(self._pages.setCurrentIndex)
        self.pipelines.picked.connect(self.pipeline_picked)
        self._build()
        self._ring = FocusRing(self)
        desk.settings_changed.connect(self._show)
        self._show()
        self.resize(self.sizeHint())
        self.chapters.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    # -- building

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.chapters)
        row.addWidget(Hairline(vertical=True))
        row.addWidget(self._pages, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        foot.addWidget(PlainLabel("Each change holds at once.", size=SIZE_SMALL, role="text2"))
        foot.addStretch(1)
        self.close_button = ActionButton("Close")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(Hairline())
        column.addLayout(foot)

    def _page(self, title: str, sentence: str = "") -> tuple[QScrollArea, QVBoxLayout]:
        inner = QWidget()
        inner.setAutoFillBackground(True)
        inner.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(inner)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        column.setSpacing(SPACE_2)
        column.addWidget(PlainLabel(title, size=24, semibold=True))
        if sentence:
            column.addWidget(PlainLabel(sentence, role="text2", wrap=True))
        column.addSpacing(SPACE_2)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area, column

    def _looks(self) -> QWidget:
        area, column = self._page("Looks")
        self.theme = Segments(
            "Theme",
            [("As the system", ThemeChoice.SYSTEM), ("Light", ThemeChoice.LIGHT), ("Dark", ThemeChoice.DARK)],
        )
        self.theme.chosen.connect(lambda value: self._desk.set(theme=value))
        self.face = QComboBox()
        self.face.setAccessibleName("Face")
        for family in reading_faces():
            self.face.addItem(family, family)
        self.face.activated.connect(self._pick_face)
        self.size_ = self._number("Size in pixels", READING_SIZES, " px")
        self.measure = self._number("Line length in letters", MEASURES, " letters")
        self.size_.valueChanged.connect(lambda value: self._desk.set(reading_size=value))
        self.measure.valueChanged.connect(lambda value: self._desk.set(measure=value))
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE_4)
        form.setVerticalSpacing(SPACE_3)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.addRow(PlainLabel("Theme"), self.theme)
        for words, field in (("Face of the article", self.face), ("Size", self.size_), ("Line length", self.measure)):
            field.setFixedWidth(240)
            form.addRow(PlainLabel(words), field)
        column.addLayout(form)
        column.addSpacing(SPACE_4)
        self.sample = PlainLabel(_SAMPLE, wrap=True)
        self.sample.setAccessibleName("Sample")
        column.addWidget(self.sample)
        column.addStretch(1)
        return area

    @staticmethod
    def _number(name: str, bounds: tuple[int, int], unit: str) -> QSpinBox:
        field = QSpinBox()
        field.setAccessibleName(name)
        field.setRange(*bounds)
        field.setSuffix(unit)
        field.setKeyboardTracking(False)
        field.lineEdit().setTextMargins(6, 0, 0, 0)
        return field

    def _pipeline(self) -> QWidget:
        name = self._desk.workspace.project.name
        area, column = self._page("Pipeline", f"What reads the articles of “{name}” and suggests marks.")
        column.addWidget(self.pipelines)
        column.addWidget(
            PlainLabel(
                "After a change all articles are read again. What you decided stays as it is; suggestions that you "
                "have not looked at yet are replaced. Only pipelines that come with the program are offered, since "
                "loading a pipeline runs its code.",
                size=SIZE_SMALL,
                role="text2",
                wrap=True,
            )
        )
        column.addStretch(1)
        self.pipelines.setEnabled(not self._desk.workspace.read_only)
        return area

    def _work(self) -> QWidget:
        area, column = self._page("You and your work")
        self.name = QLineEdit()
        self.name.setAccessibleName("Your name")
        self.name.setMaxLength(200)
        self.name.setPlaceholderText(default_annotator_name())
        self.name.setText(self._desk.settings.annotator or "")
        self.name.setFixedWidth(240)
        self.name.textChanged.connect(lambda _: self._show_name())
        self.name.returnPressed.connect(self._take_name)
        self.take_name = ActionButton("Use this name")
        self.take_name.setAutoDefault(False)
        self.take_name.clicked.connect(self._take_name)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.name)
        row.addWidget(self.take_name)
        row.addStretch(1)
        column.addWidget(PlainLabel("Your name", semibold=True, size=SIZE_SMALL, role="text2"))
        column.addLayout(row)
        self.name_says = PlainLabel(size=SIZE_SMALL, role="text2", wrap=True)
        column.addWidget(self.name_says)
        column.addSpacing(SPACE_4)
        self.accepts = QCheckBox("“Done” accepts what is open")
        self.accepts.clicked.connect(lambda on: self._desk.set(done_accepts=on))
        column.addWidget(self.accepts)
        about = PlainLabel(
            "Ctrl+Enter accepts the suggestions that are left before it sets the article to done. Without it they "
            "stay open.",
            size=SIZE_SMALL,
            role="text2",
            wrap=True,
        )
        about.setContentsMargins(22, 0, 0, 0)
        column.addWidget(about)
        column.addStretch(1)
        return area

    def _data(self) -> QWidget:
        area, column = self._page("Where data lies", "All on this computer; nothing is sent anywhere.")
        database = self._desk.workspace.store.path
        self.folders: list[ActionButton] = []
        for words, path in (
            ("Data folder", database.parent),
            ("Database: copy this file, while the program is closed, to keep a backup", database),
            ("Settings", self._places.settings),
            ("Log", self._places.log),
        ):
            column.addWidget(PlainLabel(words, semibold=True, size=SIZE_SMALL, role="text2"))
            place = PlainLabel(str(path), wrap=True)
            place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(place)
            if path == database.parent:
                column.addWidget(self._folder_button(path))
            column.addSpacing(SPACE_2)
        column.addStretch(1)
        return area

    def _folder_button(self, folder: Path) -> QWidget:
        button = ActionButton("Open folder")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.folders.append(button)
        return button

    # -- what holds

    def _show(self) -> None:
        settings = self._desk.settings
        self.theme.set_value(settings.theme)
        place = self.face.findData(settings.reading_face)
        self.face.setCurrentIndex(max(0, place))
        for field, value in ((self.size_, settings.reading_size), (self.measure, settings.measure)):
            field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(False)
        self.accepts.setChecked(settings.done_accepts)
        self._show_sample()
        self._show_name()

    def _show_sample(self) -> None:
        settings = self._desk.settings
        self.sample.setFont(reading_font(settings.reading_size))
        self.sample.setMaximumWidth(page_metrics(settings.reading_size, settings.measure).measure)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "sample"):
            self._show_sample()

    def _pick_face(self, row: int) -> None:
        self._desk.set(reading_face=None if row == 0 else self.face.itemData(row))

    def _wanted_name(self) -> str | None:
        return " ".join(self.name.text().split()) or None

    def _show_name(self) -> None:
        now, wanted = self._desk.workspace.annotator_name, self._wanted_name() or default_annotator_name()
        self.take_name.setEnabled(wanted != now)
        self.name_says.setText(
            f"You work as {now}."
            if wanted == now
            else f"You work as {now}. Under another name you start sets of your own: what {now} has decided stays "
            f"{now}’s, every article is new to {wanted}, and the old work comes back with the old name."
        )

    def _take_name(self) -> None:
        if self.take_name.isEnabled():
            self.annotator_named.emit(self._wanted_name())

    def finish(self) -> None:
        """The window behind closes."""
        self.pipelines.finish()
