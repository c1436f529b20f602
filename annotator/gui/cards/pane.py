"""The first tab at the right: the article's quotations as cards, the selected one open. Pressing a card selects it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.marks import QuotationFields, QuotationMark
from annotator.gui.action_set import ActionSet
from annotator.gui.cards.closed_card import ClosedCard
from annotator.gui.cards.open_card import OpenCard
from annotator.gui.desk import Desk
from annotator.gui.icons import icon
from annotator.gui.theme import SIZE_SMALL, SPACE_1, SPACE_4, SPACE_6, SPACE_12
from annotator.gui.widgets.bars import Hairline
from annotator.gui.widgets.controls import KeyCap
from annotator.gui.widgets.plain import PlainLabel
from annotator.services.changes import Changes
from annotator.services.opened import OpenDocument


class CardList(QScrollArea):
    """Scrolls the cards; the arrows go from card to card."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName("Quotations")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setAutoFillBackground(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(event.key())
        document = self._desk.document
        if step is None or event.modifiers() or document is None or not document.quotations:
            super().keyPressEvent(event)
            return
        keys = [mark.key for mark in document.quotations]
        here = keys.index(self._desk.choice.key) if self._desk.choice.key in keys else (-1 if step > 0 else len(keys))
        self._desk.choose(keys[max(0, min(len(keys) - 1, here + step))], "content", 0)


class CardsPane(QWidget):
    """Summary and cards."""

    counted = Signal(int)
    """How many quotations there are."""

    def __init__(self, desk: Desk, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName("Quotations")
        self.summary = PlainLabel(size=SIZE_SMALL, role="text2", tabular=True)
        self.list = CardList(desk)
        self.open = OpenCard(actions)
        self._cards: dict[UUID, ClosedCard] = {}
        self._order: list[UUID] = []
        self._open_key: UUID | None = None
        self._shown: tuple[OpenDocument | None, int] = (None, 0)
        self._build()
        self.open.shown_in_text.connect(lambda role, index: desk.choose(desk.choice.key, role, index))
        self.open.part_removed.connect(self._remove_part)
        self.open.person_picked.connect(self._pick)
        desk.changed.connect(self._news)
        desk.chosen.connect(self._show_choice)

    @property
    def stop(self) -> QWidget:
        """Where the keyboard goes."""
        return self.list

    def _build(self) -> None:
        inner = QWidget()
        inner.setAutoFillBackground(False)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, SPACE_4)
        self._column.setSpacing(0)
        self._column.addWidget(self.open)
        self._column.addStretch(1)
        self.open.hide()
        self.list.setWidget(inner)
        summary = QWidget()
        summary.setFixedHeight(30)
        row = QHBoxLayout(summary)
        row.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        row.addWidget(self.summary)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(summary)
        column.addWidget(Hairline())
        column.addWidget(self.list, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._pages, 1)

    def _empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE_6, SPACE_12, SPACE_6, 0)
        column.setSpacing(SPACE_1)
        self._sign = QLabel()
        self._sign.setTextFormat(Qt.TextFormat.PlainText)
        self._draw_sign()
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        title = PlainLabel("No quotations marked yet", semibold=True)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(PlainLabel("Select the words of a quotation", role="text2"), 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addStretch(1)
        row.addWidget(PlainLabel("and press", role="text2"))
        row.addWidget(KeyCap("Q"))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _draw_sign(self) -> None:
        self._sign.setPixmap(icon("quotes").pixmap(18, 18))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_sign"):
            self._draw_sign()

    # -- news

    def _news(self, changes: Changes) -> None:
        if changes.opened:
            self._clear()
            self.list.verticalScrollBar().setValue(0)
        if changes.opened or changes.marks:
            self._show_quotations()

    def _clear(self) -> None:
        for card in self._cards.values():
            self._remove(card)
        self._cards, self._order, self._shown = {}, [], (None, 0)

    def _show_quotations(self) -> None:
        document = self._desk.document
        quotations = document.quotations if document else []
        decided = sum(mark.decision is not None for mark in quotations)
        self.counted.emit(len(quotations))
        self.summary.setText(f"{len(quotations) - decided} suggested, {decided} decided")
        self._pages.setCurrentIndex(0 if quotations else 1)
        if document is None:
            return
        changed = document.changed_since(self._shown[1]) if self._shown[0] is document else None
        self._shown = (document, document.revision)
        if changed is None:
            changed = self._cards.keys() | {mark.key for mark in quotations}
        for key in changed:
            self._show_card(key, document)
        self._arrange([mark.key for mark in quotations])
        self._place_open()

    def _show_card(self, key: UUID, document: OpenDocument) -> None:
        mark, card = document.mark(key), self._cards.get(key)
        if not isinstance(mark, QuotationMark):
            if card is not None:
                self._remove(self._cards.pop(key))
            return
        name = document.speaker_name(mark)
        if card is None:
            card = self._cards[key] = ClosedCard(mark, name, document.text)
            card.clicked.connect(lambda: self._desk.choose(key, "content", 0))
        elif card.mark != mark or card.name != name:
            card.show_mark(mark, name, document.text)

    def _remove(self, card: ClosedCard) -> None:
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _arrange(self, order: list[UUID]) -> None:
        if order == self._order:
            return
        self._order = order
        inner = self.list.widget()
        hidden = not inner.isAncestorOf(QApplication.focusWidget() or self)
        inner.setVisible(not hidden)  # else each card is shown and painted before it has its place
        for widget in (self.open, *self._cards.values()):
            self._column.removeWidget(widget)
        for place, key in enumerate(order):
            self._column.insertWidget(place, self._cards[key])
        if self._open_key not in self._cards:
            self._column.insertWidget(0, self.open)
        inner.show()

    def _show_choice(self, _: bool = False) -> None:
        self._place_open()
        if self._open_key is not None:
            self.list.widget().layout().activate()
            self._show_open()
            QTimer.singleShot(0, self, self._show_open)  # the list learns only then how long it has become

    def _show_open(self) -> None:
        if self._open_key is not None:
            self.list.ensureWidgetVisible(self.open, 0, SPACE_4)

    def _place_open(self) -> None:
        document, mark = self._desk.document, self._desk.mark
        card = self._cards.get(mark.key) if mark is not None and isinstance(mark.fields, QuotationFields) else None
        if self._open_key is not None and (closed := self._cards.get(self._open_key)) and closed is not card:
            closed.show()
        if card is None or document is None:
            self._open_key = None
            self.open.hide()
            return
        self._open_key = card.key
        self.open.show_mark(mark, document)
        if self._column.indexOf(self.open) != self._column.indexOf(card) + 1:
            self._column.removeWidget(self.open)
            self._column.insertWidget(self._column.indexOf(card) + 1, self.open)
        card.hide()
        self.open.show()

    # -- what people do

    def _remove_part(self, index: int) -> None:
        self._desk.attempt(lambda: self._desk.session.remove_part(self._desk.choice.key, index))

    def _pick(self, person: object) -> None:
        self._desk.attempt(lambda: self._desk.session.set_person(self._desk.choice.key, person))
