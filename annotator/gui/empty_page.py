"""What stands in the window while the project has no articles: one heading, one next step, and the legend."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.marks import (
    Decision,
    Mark,
    Origin,
    OriginKind,
    QuotationFields,
    QuotationType,
    SpanFields,
    Stretch,
)
from annotator.domain.scheme import Hue, Label
from annotator.gui.action_set import ActionSet
from annotator.gui.icons import icon
from annotator.gui.text.metrics import page_metrics
from annotator.gui.text.pane import ArticlePane
from annotator.gui.theme import (
    RADIUS_MARK,
    RADIUS_PANEL,
    SIZE_SMALL,
    SPACE_2,
    SPACE_4,
    SPACE_6,
    SPACE_12,
    Theme,
    current_theme,
    faded,
    reading_font,
)
from annotator.gui.widgets.controls import ActionButton
from annotator.gui.widgets.plain import PlainLabel

_EXAMPLE = "“The ferry sails again,” said Lena Orth, who came to Aldmouth in May."
_LABELS = (
    Label(1, "PERSON", "PER", Hue.PEOPLE, True),
    Label(2, "GPE", "GPE", Hue.PLACES, True),
    Label(3, "DATE", "DATE", Hue.TIME, True),
)
_SAMPLES = (
    ("suggested", "Hollow: suggested", "The program found it. Nobody has looked yet."),
    ("decided", "Filled: decided", "You accepted, changed or added it."),
    ("unsure", "Dotted: unsure", "Suggested with little confidence. Look here first."),
)


def _span(
    number: int, words: str, label: int, *, decided: bool = False, score: float | None = None
) -> Mark[SpanFields]:
    start = _EXAMPLE.index(words)
    fields = SpanFields(start, start + len(words), label)
    origin = Origin(OriginKind.PIPELINE, "legend", score=score)
    decision = Decision(UUID(int=number), fields, origin) if decided else None
    return Mark(UUID(int=number), fields, origin, decision)


def _quotation() -> Mark[QuotationFields]:
    def stretch(words: str) -> Stretch:
        start = _EXAMPLE.index(words)
        return Stretch(start, start + len(words))

    fields = QuotationFields(
        (stretch("“The ferry sails again,”"),),
        (stretch("said"),),
        stretch("Lena Orth"),
        type=QuotationType.DIRECT,
    )
    origin = Origin(OriginKind.PERSON, "legend")
    return Mark(UUID(int=9), fields, origin, Decision(UUID(int=9), fields, origin))


class _Sample(QWidget):
    """One word in a box of a status."""

    def __init__(self, status: str) -> None:
        super().__init__()
        self._status = status
        self.setFixedHeight(26)
        self.setAccessibleName(status)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = reading_font(15)
        measure = QFontMetrics(font)
        ink = theme.ink(Hue.PLACES)
        box = QRectF(0.5, 1.5, measure.horizontalAdvance("Aldmouth") + 5, 22)
        pen = QPen(faded(ink, 0.26) if self._status == "decided" else ink, 1)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if self._status != "decided":
            pen.setDashPattern([3, 2] if self._status == "suggested" else [1, 2])
        painter.setPen(pen)
        painter.setBrush(theme.tint(Hue.PLACES) if self._status == "decided" else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS_MARK, RADIUS_MARK)
        painter.setPen(theme.text)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Aldmouth")


class DropArea(QWidget):
    """A dashed frame with what can be dropped and what else can be done."""

    def __init__(self, buttons: Sequence[QWidget]) -> None:
        super().__init__()
        self.setAccessibleName("Drop files or folders here")
        self._sign = _Sign("files")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, 36, SPACE_4, 36)
        column.setSpacing(SPACE_2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._sign, 0, middle)
        column.addWidget(PlainLabel("Drop files or folders here", semibold=True), 0, middle)
        hint = "Text, Markdown and JSONL. The files themselves are never changed."
        column.addWidget(PlainLabel(hint, role="text2"), 0, middle)
        column.addSpacing(SPACE_2)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addStretch(1)
        for number, button in enumerate(buttons):
            if number == len(buttons) - 1:
                row.addSpacing(SPACE_2)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.edge, 1)
        pen.setDashPattern([6, 4])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(theme.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PANEL, RADIUS_PANEL)


class _Sign(QWidget):
    """An icon that follows the theme."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(20, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        icon(self._name, "text2").paint(QPainter(self), self.rect())


class EmptyPage(QWidget):
    """The column is as wide as an article's."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self._rows: list[QWidget] = []
        column = page_metrics().measure
        self.heading = PlainLabel("Bring in your first articles", size=24, semibold=True)
        self.heading.setFont(reading_font(24, semibold=True))
        self.choose = ActionButton("Choose files…", "Ctrl+O", primary=True)
        self.choose.follow(actions["import"])
        self.paste = ActionButton("Paste text", "Ctrl+V")
        self.paste.follow(actions["paste"])
        self.samples = ActionButton("Open the sample articles", flat=True)
        self.samples.follow(actions["samples"])
        top = self._centred(column)
        top.addWidget(self.heading)
        top.addSpacing(SPACE_2)
        top.addWidget(
            PlainLabel(
                "Names and quotations are suggested. You decide each one, and it is saved at once.",
                role="text2",
                wrap=True,
            )
        )
        top.addSpacing(SPACE_6)
        self.drop_area = DropArea([self.choose, self.paste, self.samples])
        top.addWidget(self.drop_area)
        top.addSpacing(SPACE_12 - 8)
        top.addWidget(PlainLabel("What you will see", size=SIZE_SMALL, semibold=True, role="text2"))
        self.legend = ArticlePane()
        self._show_legend()
        below = self._centred(column)
        below.addWidget(
            PlainLabel(
                "Bar and tint: a quotation, its speaker in the margin. Dots: the words that report it. "
                "Dashes: who is named as speaker.",
                size=SIZE_SMALL,
                role="text2",
                wrap=True,
            )
        )
        below.addSpacing(SPACE_6)
        below.addLayout(self._samples())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 100, 0, SPACE_6)
        outer.setSpacing(0)
        outer.addWidget(self._rows[0])
        outer.addWidget(self.legend)
        outer.addWidget(self._rows[1])
        outer.addStretch(1)

    def _centred(self, width: int) -> QVBoxLayout:
        row = QWidget()
        outer = QHBoxLayout(row)
        outer.setContentsMargins(SPACE_6, 0, SPACE_6, 0)
        inner = QWidget()
        inner.setMaximumWidth(width)
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer.addStretch(1)
        outer.addWidget(inner, 1000)
        outer.addStretch(1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows.append(row)
        return column

    def _samples(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_6)
        grid.setVerticalSpacing(SPACE_2)
        for column, (status, title, sentence) in enumerate(_SAMPLES):
            grid.addWidget(_Sample(status), 0, column)
            grid.addWidget(PlainLabel(title, semibold=True), 1, column)
            words = PlainLabel(sentence, size=SIZE_SMALL, role="text2", wrap=True)
            grid.addWidget(words, 2, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        return grid

    def _show_legend(self) -> None:
        pane = self.legend
        pane.setFixedHeight(96)
        pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pane.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        pane.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        pane.setAccessibleName("Example")
        pane.show_article(_EXAMPLE, title=None, meta="", figures="")
        quotation = _quotation()
        spans = [
            _span(1, "Lena Orth", 1, decided=True),
            _span(2, "Aldmouth", 2),
            _span(3, "May", 3, score=0.3),
        ]
        labels = {label.id: label for label in _LABELS}
        pane.show_marks(spans, [quotation], labels, {quotation.key: "Lena Orth"})

    def set_theme(self, theme: Theme) -> None:
        """Take over a theme's colours."""
        self.legend.set_theme(theme)
