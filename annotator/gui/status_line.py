"""The line at the foot: whether all is saved, how far the project is, what is left here, the pipeline, the zoom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from annotator.gui.desk import Desk
from annotator.gui.icons import icon
from annotator.gui.theme import READING_SIZE, SIZE_SMALL, SPACE_4, SPACE_6, STATUS_HEIGHT, chrome_font, current_theme
from annotator.gui.widgets.bars import ProgressLine
from annotator.gui.widgets.controls import ActionButton
from annotator.gui.widgets.plain import ElidedLabel, PlainLabel
from annotator.gui.words import about, plural
from annotator.services.changes import Changes
from annotator.services.session import Saving

_MESSAGE_TIME = 8000


class StatusLine(QWidget):
    """28 pixels high; a message replaces what is left here for some seconds."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setFixedHeight(STATUS_HEIGHT)
        self.setAccessibleName("Status")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._tick = QLabel()
        self._tick.setTextFormat(Qt.TextFormat.PlainText)
        self.saved = PlainLabel("Saved", size=SIZE_SMALL, semibold=True)
        self.retry = ActionButton("Retry", flat=True)
        self.bar = ProgressLine("Share of articles that are done", height=3)
        self.bar.setFixedWidth(64)
        self.done = PlainLabel(size=SIZE_SMALL, tabular=True)
        self.act = ActionButton("Undo", flat=True)
        self.act.hide()
        self._do: Callable[[], None] | None = None
        self.left_here = ElidedLabel(font=chrome_font(SIZE_SMALL, tabular=True))
        self.pipeline = PlainLabel(size=SIZE_SMALL, role="text2")
        self.zoom = PlainLabel(size=SIZE_SMALL, role="text2", tabular=True)
        self._message = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._forget)
        self._build()
        self.retry.clicked.connect(desk.session.retry)
        self.act.clicked.connect(self._act)
        desk.changed.connect(self._news)
        desk.rows_changed.connect(self._show_counts)
        desk.said.connect(self.say)
        desk.reading_changed.connect(self._show_reading)
        desk.settings_changed.connect(self._show_zoom)
        self._show_saving()
        self._show_counts()
        self._show_reading()
        self._show_zoom()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, 1, SPACE_4, 0)
        row.setSpacing(0)
        row.addWidget(self._tick)
        row.addSpacing(6)
        row.addWidget(self.saved)
        row.addWidget(self.retry)
        row.addSpacing(20)
        row.addWidget(self.bar)
        row.addSpacing(10)
        row.addWidget(self.done)
        row.addSpacing(20)
        row.addWidget(self.left_here, 1)
        row.addSpacing(12)
        row.addWidget(self.act)
        row.addStretch(0)
        self._places = (row.indexOf(self.left_here), row.indexOf(self.act) + 1)
        row.addSpacing(SPACE_6)
        row.addWidget(self.pipeline)
        row.addSpacing(SPACE_6)
        row.addWidget(self.zoom)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, STATUS_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(self.rect(), theme.panel)
        painter.fillRect(0, 0, self.width(), 1, theme.line)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_timer"):
            self._show_saving()

    # -- news

    def say(self, sentence: str, *, stay: bool = False) -> None:
        """Show a sentence for some seconds, or until the next one."""
        self._message = sentence
        self._do = None
        self._show_left()
        self._timer.stop()
        if sentence and not stay:
            self._timer.start(_MESSAGE_TIME)

    def offer(self, sentence: str, words: str, act: Callable[[], None]) -> None:
        """Show a sentence for a while, with something to press."""
        self.say(sentence)
        self._do = act
        self.act.set_words(words)
        self._show_left()

    def _show_act(self, shown: bool) -> None:
        """What can be pressed stands right behind the sentence; without it the sentence has all the room."""
        self.act.setVisible(shown)
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        for place, stretch in zip(self._places, (0, 1) if shown else (1, 0), strict=True):
            row.setStretch(place, stretch)

    def _act(self) -> None:
        act, self._do = self._do, None
        self._forget()
        if act is not None:
            act()

    @property
    def message(self) -> str:
        """The sentence shown, if one is."""
        return self._message

    def _forget(self) -> None:
        self._message = ""
        self._show_left()

    def _news(self, changes: Changes) -> None:
        if changes.saving:
            self._show_saving()
        if changes.opened or (changes.marks and not changes.message and changes.saving):
            self._timer.stop()
            self._message = ""
        if changes.opened or changes.marks:
            self._show_left()

    def _show_saving(self) -> None:
        saving = self._desk.session.saving
        words = {Saving.SAVED: "Saved", Saving.UNDER_WAY: "Saving…", Saving.FAILED: "Not saved"}[saving]
        name, role = {
            Saving.SAVED: ("check", "ok"),
            Saving.UNDER_WAY: ("dots-three", "text3"),
            Saving.FAILED: ("warning-circle", "danger"),
        }[saving]
        self.saved.setText(words)
        self.saved.set_role("danger" if saving is Saving.FAILED else "text")
        self._tick.setPixmap(icon(name, role).pixmap(14, 14))
        self.retry.setVisible(saving is Saving.FAILED)

    def _show_counts(self, _: object = None) -> None:
        counts = self._desk.counts
        self.bar.setVisible(counts.total > 0)
        self.bar.set_share(counts.done / counts.total if counts.total else 0.0)
        self.done.setText(f"{counts.done} of {counts.total} done" if counts.total else "0 articles")

    def _show_left(self) -> None:
        document = self._desk.document
        role = "text"
        self._show_act(bool(self._message) and self._do is not None)
        if self._message:
            words = self._message
        elif document is None:
            words = ""
        elif document.failure:
            words, role = "No suggestions here", "warn"
        else:
            left = self._desk.left_open
            words = f"{plural(left, 'suggestion')} left here" if left else "Nothing left here"
        self.left_here.set_role(role)
        self.left_here.setText(words)

    def _show_reading(self) -> None:
        state = self._desk.reading
        info = state.pipeline
        name = f"{info.name} {info.version}" if info else ""
        if state.failure:
            name = "The pipeline cannot run"
        elif state.left:
            words = f"Paused, {state.left} left" if state.paused else f"Reading… {state.left} left"
            if state.seconds is not None and state.left > 1 and not state.paused:
                words += f", {about(state.seconds)}"
            name = words + (f"    {name}" if name else "")
        elif info and self._desk.document is None:
            name += " is ready"
        self.pipeline.setText(name)
        self.pipeline.setToolTip("")

    def _show_zoom(self) -> None:
        self.zoom.setText(f"{round(100 * self._desk.settings.reading_size / READING_SIZE)} %")
