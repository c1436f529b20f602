"""The right pane: the article's quotations as cards, the selected one open. Pressing a card selects it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.marks import QuotationFields, QuotationMark
from annotator.gui.action_set import ActionSet
from annotator.gui.cards.closed_card import ClosedCard
from annotator.gui.cards.open_card import OpenCard
from annotator.gui.desk import Desk
from annotator.gui.icons import icon
from annotator.gui.theme import PANE_HEAD_HEIGHT, SIZE_SMALL, SPACE_1, SPACE_4, SPACE_6, SPACE_12, current_theme
from annotator.gui.widgets.bars import Hairline
from annotator.gui.widgets.controls import KeyCap
from annotator.gui.widgets.plain import PlainLabel
from annotator.services.changes import Changes


class TabHead(QWidget):
    """The name of the only tab so far, with its count and the accent line under it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(PANE_HEAD_HEIGHT)
        self._name = PlainLabel("Quotations", semibold=True)
        self.count = PlainLabel("0", size=SIZE_SMALL, role="text2", tabular=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self.count)
        row.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.line)
        width = self.count.geometry().right() + 1 - SPACE_4
        painter.fillRect(SPACE_4, self.height() - 2, width, 2, theme.accent)


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
    """Tab head, summary, cards."""

    def __init__(self, desk: Desk, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName("Quotations")
        self.head = TabHead()
        self.summary = PlainLabel(size=SIZE_SMALL, role="text2", tabular=True)
        self.list = CardList(desk)
        self.open = OpenCard(actions)
        self._cards: dict[UUID, ClosedCard] = {}
        self._order: list[UUID] = []
        self._open_key: UUID | None = None
        self._build()
        self.open.shown_in_text.connect(lambda role, index: desk.choose(desk.choice.key, role, index))
        self.open.part_removed.connect(self._remove_part)
        self.open.person_picked.connect(self._pick)
        desk.changed.connect(self._news)
        desk.chosen.connect(self._show_choice)

    def sizeHint(self) -> QSize:
        return QSize(344, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 200)

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
        outer.addWidget(self.head)
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
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards, self._order = {}, []

    def _show_quotations(self) -> None:
        document = self._desk.document
        quotations = document.quotations if document else []
        decided = sum(mark.decided for mark in quotations)
        self.head.count.setText(str(len(quotations)))
        self.head.update()
        self.summary.setText(f"{len(quotations) - decided} suggested, {decided} decided")
        self._pages.setCurrentIndex(0 if quotations else 1)
        if document is None:
            return
        keep = {mark.key for mark in quotations}
        for key in [key for key in self._cards if key not in keep]:
            card = self._cards.pop(key)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for mark in quotations:
            self._show_card(mark, document.speaker_name(mark), document.text)
        self._arrange([mark.key for mark in quotations])
        self._place_open()

    def _show_card(self, mark: QuotationMark, name: str, text: str) -> None:
        card = self._cards.get(mark.key)
        if card is None:
            card = self._cards[mark.key] = ClosedCard(mark, name, text)
            card.clicked.connect(lambda _=False, key=mark.key: self._desk.choose(key, "content", 0))
        elif card.mark != mark or card.name != name:
            card.show_mark(mark, name, text)

    def _arrange(self, order: list[UUID]) -> None:
        if order == self._order:
            return
        self._order = order
        for widget in (self.open, *self._cards.values()):
            self._column.removeWidget(widget)
        for place, key in enumerate(order):
            self._column.insertWidget(place, self._cards[key])
        if self._open_key not in self._cards:
            self._column.insertWidget(0, self.open)

    def _show_choice(self, _: bool = False) -> None:
        self._place_open()
        if self._open_key is not None:
            self.list.widget().layout().activate()
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
