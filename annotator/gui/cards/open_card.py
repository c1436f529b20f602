"""The selected quotation's card: parts, type, cue, mention, speaker, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.marks import Person, QuotationMark, QuotationType, SpeakerState, Stretch
from annotator.domain.persons import person_key
from annotator.gui.action_set import ActionSet
from annotator.gui.cards.closed_card import shape_of
from annotator.gui.cards.persons import AnswerButton, PersonArea, PersonRow
from annotator.gui.cards.stretch_row import LEFT, NUMBER_LEFT, StretchRow
from annotator.gui.theme import SELECTED_BAR_WIDTH, SIZE_SMALL, SPACE_2, SPACE_3, SPACE_4, chrome_font, current_theme
from annotator.gui.widgets.controls import ActionButton
from annotator.gui.widgets.plain import ElidedLabel, PlainLabel
from annotator.gui.widgets.segments import Segments
from annotator.gui.widgets.status import Shape, StatusShape
from annotator.gui.words import source_line, sureness
from annotator.services.opened import OpenDocument

_ROOM_FOR_OTHER = 320
_TYPES = (
    ("Direct", QuotationType.DIRECT),
    ("Indirect", QuotationType.INDIRECT),
    ("Mixed", QuotationType.MIXED),
)
_ANSWERS = (
    ("U", "unnamed", SpeakerState.UNNAMED),
    ("W", "author", SpeakerState.AUTHOR),
    ("X", "unknown", SpeakerState.UNKNOWN),
)


class OpenCard(QWidget):
    """One for the pane; it shows whichever quotation is selected."""

    shown_in_text = Signal(str, int)
    """A stretch was pressed: its role and index."""
    part_removed = Signal(int)
    """The cross of a part was pressed."""
    person_picked = Signal(object)
    """A person was pressed."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setAccessibleName("Selected quotation")
        self.shape = StatusShape(Shape.DASHED)
        self.name = ElidedLabel(font=chrome_font(semibold=True))
        self.state = PlainLabel(size=SIZE_SMALL, role="text2")
        self.sure = PlainLabel(size=SIZE_SMALL, role="text2", tabular=True)
        self._parts, self._parts_layout = self._holder()
        self._ends, self._ends_layout = self._holder()
        self.add = ActionButton("Add part", flat=True, icon_name="plus")
        self.add.setToolTip("Select the further words in the text, then press P")
        self.add.follow(actions["part"])
        self.types = Segments("Type of speech", _TYPES)
        self.types.chosen.connect(lambda value: actions.asked.emit(value.value))
        self.persons = PersonArea()
        self.persons.rows.picked.connect(self.person_picked)
        self.answers = {state: AnswerButton(key, words) for key, words, state in _ANSWERS}
        self.other = PlainLabel("Other", size=SIZE_SMALL, role="text2")
        self.accept = ActionButton("Accept", "A", primary=True)
        self.remove = ActionButton("Remove", "Del")
        self.source = PlainLabel(size=SIZE_SMALL, role="text2", wrap=True)
        self.source.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for state, button in self.answers.items():
            button.clicked.connect(lambda _=False, id_=state.value: actions.asked.emit(id_))
        self.accept.clicked.connect(lambda: actions.asked.emit("accept"))
        self.remove.clicked.connect(lambda: actions.asked.emit("remove"))
        self._build()

    @staticmethod
    def _holder() -> tuple[QWidget, QVBoxLayout]:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        return holder, layout

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(0)
        self.name.setMinimumWidth(60)
        head = _row(SPACE_2, self.shape, self.name, self.state, None, self.sure)
        head.setStretch(1, 0)
        column.addLayout(head)
        column.addSpacing(SPACE_2)
        column.addWidget(self._parts)
        add = _row(0, self.add, None)
        add.setContentsMargins(NUMBER_LEFT, 2, 0, 2)
        column.addLayout(add)
        kind = PlainLabel("Type", size=SIZE_SMALL, role="text2")
        kind.setFixedWidth(LEFT - 8)
        column.addLayout(_row(0, kind, self.types))
        column.addWidget(self._ends)
        column.addSpacing(SPACE_2)
        self.question = PlainLabel("Who is speaking?", size=SIZE_SMALL, semibold=True)
        column.addWidget(self.question)
        column.addSpacing(4)
        column.addWidget(self.persons)
        column.addSpacing(4)
        column.addLayout(_row(4, self.other, *self.answers.values(), None))
        column.addSpacing(SPACE_2)
        column.addLayout(_row(SPACE_2, self.accept, self.remove, None))
        column.addSpacing(SPACE_2)
        column.addWidget(self.source)

    def show_mark(self, mark: QuotationMark, document: OpenDocument) -> None:
        """Show a quotation of the open document."""
        fields, text = mark.fields, document.text
        self.shape.set_shape(shape_of(mark))
        self.name.setText(document.speaker_name(mark))
        self.state.setText(mark.verdict.value if mark.decided else "unsure" if mark.unsure else "suggested")
        self.sure.setText("" if mark.decided else sureness(mark.origin))
        self._show_parts(fields.content, text)
        self._show_ends(mark, text)
        self.types.set_value(fields.type)
        self.persons.show_rows([PersonRow(each, _speaks(each, mark, document)) for each in document.persons])
        for state, button in self.answers.items():
            known = fields.entity is not None and state is SpeakerState.UNKNOWN
            button.setChecked(fields.state is state and not known)
        self.accept.set_words("Next open" if mark.decided else "Accept", primary=not mark.decided)
        self.source.setText(source_line(mark.origin))

    def _show_parts(self, parts: Sequence[Stretch], text: str) -> None:
        _empty(self._parts_layout)
        for number, part in enumerate(parts):
            row = StretchRow(str(number + 1), part.slice(text)[:2000], reading=True, removable=len(parts) > 1)
            row.cross.set_name(f"Remove part {number + 1}")
            row.clicked.connect(lambda _=False, n=number: self.shown_in_text.emit("content", n))
            row.removed.connect(lambda n=number: self.part_removed.emit(n))
            self._parts_layout.addWidget(row)

    def _show_ends(self, mark: QuotationMark, text: str) -> None:
        _empty(self._ends_layout)
        fields = mark.fields
        cue = " … ".join(part.slice(text) for part in fields.cue)
        mention = fields.speaker.slice(text) if fields.speaker else ""
        rows = (
            ("Cue", cue, "select words and press C", "cue", "remove_cue"),
            ("Mention", mention, "select words and press S", "speaker", "remove_mention"),
        )
        for name, words, hint, role, remove in rows:
            row = StretchRow(name, words, hint)
            row.clicked.connect(lambda _=False, role=role: self.shown_in_text.emit(role, 0))
            row.removed.connect(lambda id_=remove: self._actions.asked.emit(id_))
            self._ends_layout.addWidget(row)
        note = StretchRow("Note", mark.note or "", "press N", removable=False)
        note.setToolTip("Write a note on this quotation")
        note.setEnabled(True)
        note.clicked.connect(lambda: self._actions.asked.emit("note"))
        self._ends_layout.addWidget(note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.other.setVisible(event.size().width() >= _ROOM_FOR_OTHER)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), theme.page)
        painter.fillRect(0, 0, SELECTED_BAR_WIDTH, self.height(), theme.accent)


def _row(spacing: int, *widgets: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


def _speaks(person: Person, mark: QuotationMark, document: OpenDocument) -> bool:
    entity = document.entity(mark.fields.entity)
    if entity is None or mark.fields.state in (SpeakerState.AUTHOR, SpeakerState.UNNAMED):
        return False
    if person.entity == entity.id:
        return True
    mine, theirs = person_key(person.name), person_key(entity.name)
    return mine == theirs or (" " not in theirs and mine.endswith(" " + theirs))
