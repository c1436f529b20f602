"""The entities of the article by label and name, with a way to each place. It must not know the text pane."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.naming import NameGroup
from annotator.domain.scheme import Label
from annotator.gui.desk import Desk
from annotator.gui.icons import icon
from annotator.gui.text.index import UNKNOWN_LABEL
from annotator.gui.theme import RADIUS_MARK, SELECTED_BAR_WIDTH, SIZE_SMALL, SPACE_4, chrome_font, current_theme
from annotator.gui.widgets.bars import Hairline
from annotator.gui.widgets.plain import PlainLabel, one_line, plain_tooltip
from annotator.gui.widgets.status import SHAPE_SIZE, Shape, paint_shape
from annotator.gui.words import plural
from annotator.services.changes import Changes

ROW_HEIGHT = 28
_NAME_LEFT = 38
_CHIP_PAD = 12
_MANY = 2000
_LATER = 150
"""Milliseconds after which the list follows a change where there are many marks."""
GROUP_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class EntityModel(QAbstractItemModel):
    """Labels, and under each its names."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: list[Label] = []
        self._groups: list[list[NameGroup]] = []
        self._row_of: dict[UUID, tuple[int, int]] = {}

    def show_groups(self, labels: Sequence[Label], groups: Sequence[Sequence[NameGroup]]) -> None:
        """Show other names: ``groups`` are those of each label."""
        self.beginResetModel()
        self._labels, self._groups = list(labels), [list(each) for each in groups]
        self._row_of = {
            key: (number, row)
            for number, each in enumerate(self._groups)
            for row, group in enumerate(each)
            for key in group.marks
        }
        self.endResetModel()

    def index_of(self, key: UUID | None) -> QModelIndex:
        """The row of a mark's name; invalid where there is none."""
        if key is None or key not in self._row_of:
            return QModelIndex()
        number, row = self._row_of[key]
        return self.index(row, 0, self.index(number, 0))

    def group(self, index: Index) -> NameGroup | None:
        """The name of a row; None for a label's row."""
        number = index.internalId()
        return self._groups[number - 1][index.row()] if index.isValid() and number else None

    def label(self, index: Index) -> Label | None:
        """The label of a label's row."""
        return self._labels[index.row()] if index.isValid() and not index.internalId() else None

    def counts(self, index: Index) -> tuple[int, int]:
        """How many of a row's marks are decided, and how many there are."""
        group = self.group(index)
        groups = [group] if group else self._groups[index.row()]
        return sum(each.decided for each in groups), sum(len(each.marks) for each in groups)

    def index(self, row: int, column: int = 0, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if column or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        number = index.internalId() if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._labels)
        return 0 if parent.internalId() else len(self._groups[parent.row()])

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        group, label = self.group(index), self.label(index)
        decided, total = self.counts(index) if index.isValid() else (0, 0)
        name = group.name if group else label.name if label else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{name}: {plural(total, 'place')}, {decided} decided")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}, {plural(total, 'place')}, {decided} decided"
        return None


class EntityDelegate(QStyledItemDelegate):
    """A label as in the bar below; a name with its status and figures."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model: EntityModel = index.model()  # type: ignore[assignment]
        theme, row = current_theme(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, theme.accent_tint)
            painter.fillRect(QRect(row.left(), row.top(), SELECTED_BAR_WIDTH, row.height()), theme.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.hover)
        decided, total = model.counts(index)
        figures = f"{decided} / {total}" if 0 < decided < total else str(total)
        figure_font = chrome_font(SIZE_SMALL, tabular=True)
        painter.setFont(figure_font)
        painter.setPen(theme.text2)
        right = row.adjusted(0, 0, -SPACE_4, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, figures)
        right.setRight(right.right() - QFontMetrics(figure_font).horizontalAdvance(figures) - 8)
        label, group = model.label(index), model.group(index)
        if label is not None:
            expanded = bool(option.state & QStyle.StateFlag.State_Open)
            self._paint_label(painter, right, label, expanded)
        elif group is not None:
            self._paint_name(painter, right, group)
        painter.restore()

    def _paint_label(self, painter: QPainter, row: QRect, label: Label, expanded: bool) -> None:
        theme, font = current_theme(), chrome_font(SIZE_SMALL, semibold=True)
        arrow = QRect(row.left() + SPACE_4, row.top() + (ROW_HEIGHT - 12) // 2, 12, 12)
        icon("caret-down" if expanded else "caret-right").paint(painter, arrow)
        room = row.right() - row.left() - _NAME_LEFT
        words = QFontMetrics(font).elidedText(label.name, Qt.TextElideMode.ElideRight, room - _CHIP_PAD)
        width = QFontMetrics(font).horizontalAdvance(words) + _CHIP_PAD
        chip = QRectF(row.left() + _NAME_LEFT, row.top() + 4, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(label.hue, label.strong))
        painter.drawRoundedRect(chip, RADIUS_MARK, RADIUS_MARK)
        painter.setFont(font)
        painter.setPen(theme.ink(label.hue))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_name(self, painter: QPainter, row: QRect, group: NameGroup) -> None:
        whole, part = len(group.marks), group.decided
        shape = Shape.TICK if part == whole else Shape.ARC if part else Shape.DASHED
        top = row.top() + (ROW_HEIGHT - SHAPE_SIZE) / 2
        paint_shape(painter, QRectF(row.left() + SPACE_4, top, SHAPE_SIZE, SHAPE_SIZE), shape, part / whole)
        font = chrome_font()
        painter.setFont(font)
        painter.setPen(current_theme().text)
        area = row.adjusted(_NAME_LEFT, 0, 0, 0)
        name = QFontMetrics(font).elidedText(one_line(group.name[:300]), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)


class EntityTree(QTreeView):
    """Up and down go through the names, left and right close and open a label; Enter goes to the next place."""

    next_place = Signal(QModelIndex, int)
    """A row was pressed or entered: go to its next (1) or previous (-1) place."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(EntityDelegate(self))
        self.setAccessibleName("Entities by label and name")
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Nothing: the delegate draws the arrow."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._go(index, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._go(self.currentIndex(), -1 if back else 1)
            return
        super().keyPressEvent(event)

    def _go(self, index: QModelIndex, step: int) -> None:
        if index.parent().isValid():
            self.next_place.emit(index, step)
        else:
            self.setExpanded(index, not self.isExpanded(index))


class EntitiesTab(QWidget):
    """Summary and tree; it follows the document while it can be seen."""

    counted = Signal(int)
    """How many spans there are."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._revision: tuple[object, int] = (None, 0)
        self._closed: set[int] = set()
        self.setAccessibleName("Entities")
        self.model = EntityModel()
        self.list = EntityTree()
        self.list.setModel(self.model)
        self.summary = PlainLabel(size=SIZE_SMALL, role="text2", tabular=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show_groups)
        self._build()
        self.list.next_place.connect(self._go)
        self.list.collapsed.connect(lambda index: self._closed.add(self._label_id(index)))
        self.list.expanded.connect(lambda index: self._closed.discard(self._label_id(index)))
        desk.changed.connect(self._news)
        desk.chosen.connect(lambda _: self._show_choice())

    def _build(self) -> None:
        head = QWidget()
        head.setFixedHeight(30)
        row = QVBoxLayout(head)
        row.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        row.addWidget(self.summary)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(SPACE_4, 48, SPACE_4, 0)
        for words, bold in (
            ("No entities marked yet", True),
            ("Select words and press a label’s key", False),
        ):
            line = PlainLabel(words, semibold=bold, role="text" if bold else "text2", wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(line)
        column.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(Hairline())
        column.addWidget(self._pages, 1)

    @property
    def stop(self) -> QWidget:
        """Where the keyboard goes."""
        return self.list

    def _label_id(self, index: Index) -> int:
        label = self.model.label(index)
        return label.id if label else -1

    # -- news

    def _news(self, changes: Changes) -> None:
        if not (changes.opened or changes.marks):
            return
        document = self._desk.document
        spans = document.spans if document else []
        self.counted.emit(len(spans))
        if changes.opened:
            self._closed.clear()
        if not self.isVisible():
            return
        if len(spans) > _MANY and not changes.opened:
            self._timer.start(_LATER)
        else:
            self._show_groups()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_groups()

    def _show_groups(self) -> None:
        """Bring the tree up to the document; what is open, current and in view stays."""
        self._timer.stop()
        document = self._desk.document
        now = (document, document.revision if document else 0)
        if now == self._revision:
            self._show_choice()
            return
        self._revision = now
        groups = document.name_groups() if document else []
        self._pages.setCurrentIndex(0 if groups else 1)
        decided, total = sum(each.decided for each in groups), sum(len(each.marks) for each in groups)
        self.summary.setText(f"{plural(len(groups), 'name')}, {total - decided} suggested, {decided} decided")
        by_label: dict[int, list[NameGroup]] = {}
        for group in groups:
            by_label.setdefault(group.label, []).append(group)
        known = self._desk.labels
        order = [id_ for id_ in known if id_ in by_label] + [id_ for id_ in by_label if id_ not in known]
        place, kept = self.list.verticalScrollBar().value(), self._current_mark()
        self.model.show_groups(
            [known.get(id_, UNKNOWN_LABEL) for id_ in order],
            [sorted(by_label[id_], key=lambda each: each.name.casefold()) for id_ in order],
        )
        closed = set(self._closed)
        self.list.expandAll()
        for number, id_ in enumerate(order):
            if id_ in closed:
                self.list.collapse(self.model.index(number, 0))
        self.list.verticalScrollBar().setValue(place)
        if kept is not None:
            self.list.setCurrentIndex(self.model.index_of(kept))
        self._show_choice()

    def _current_mark(self) -> UUID | None:
        group = self.model.group(self.list.currentIndex())
        return group.marks[0] if group else None

    def _show_choice(self) -> None:
        """Make the name of the selected mark the current row."""
        index = self.model.index_of(self._desk.choice.key)
        if self.isVisible() and index.isValid() and index != self.list.currentIndex():
            self.list.setCurrentIndex(index)

    # -- what people do

    def _go(self, index: QModelIndex, step: int) -> None:
        group, document = self.model.group(index), self._desk.document
        if group is None or document is None:
            return
        marks = [key for key in group.marks if document.mark(key) is not None]
        here = self._desk.choice.key
        if not marks:
            return
        at = (marks.index(here) + step) % len(marks) if here in marks else 0 if step > 0 else -1
        self._desk.choose(marks[at])
