"""The left pane: project, progress, filter, the list of articles. It asks the desk to open what is pressed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.marks import Status
from annotator.gui.articles.delegate import ROW_HEIGHT, ArticleDelegate
from annotator.gui.articles.model import ArticleModel
from annotator.gui.desk import Desk
from annotator.gui.icons import icon
from annotator.gui.theme import PANE_HEAD_HEIGHT, SIZE_SMALL, SPACE_2, SPACE_4, chrome_font
from annotator.gui.widgets.bars import ProgressLine
from annotator.gui.widgets.controls import ActionButton, IconButton
from annotator.gui.widgets.plain import ElidedLabel, PlainLabel
from annotator.gui.widgets.segments import Segments
from annotator.services.changes import Changes
from annotator.services.library import DocumentFilter, Sort
from annotator.services.settings import ListLeft

_SEGMENTS = (("All", None), ("New", Status.NEW), ("Open", Status.IN_PROGRESS), ("Done", Status.DONE))
_FILTER_DELAY = 150
_ICON = 14


class ArticleList(QListView):
    """Enter or a plain click opens; Ctrl and Shift select several; the current row follows the open article."""

    opened = Signal(QModelIndex)
    context_wanted = Signal(QPoint)
    """A menu for the selected articles, at a global place."""

    def __init__(self, model: ArticleModel) -> None:
        super().__init__()
        self.setModel(model)
        self.rows = ArticleDelegate(self)
        self.setItemDelegate(self.rows)
        self.setAccessibleName("Articles")
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._plain = True
        self.clicked.connect(self._clicked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        selecting = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self._plain = not event.modifiers() & selecting
        if not self._plain:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if self._plain:
            self.opened.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(rect.center())
        if self.selectionModel().hasSelection():
            self.context_wanted.emit(place)

    def keyboardSearch(self, search: str) -> None:
        """Letters are gestures here, not a search."""


class FilterField(QLineEdit):
    """Words that titles must hold; Esc clears them."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Filter titles")
        self.setAccessibleName("Filter titles")
        self.setToolTip("Only articles whose titles or outlets hold these words")
        self.setAcceptDrops(False)  # what is dropped on the window is an article
        self.setTextMargins(_ICON + 6, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        icon("funnel").paint(QPainter(self), 9, (self.height() - _ICON) // 2, _ICON, _ICON)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.selectAll()


class ArticlesPane(QWidget):
    """Project head, filter, order, segments, list."""

    selection_changed = Signal()
    """Other articles are selected."""
    context_wanted = Signal(QPoint)
    """A menu for the selected articles, at a global place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName("Articles")
        self.model = ArticleModel(desk.documents)
        self.list = ArticleList(self.model)
        self.field = FilterField()
        self.order = IconButton("sort-ascending", "Order and filter")
        self.order.setObjectName("order")
        self.order.clicked.connect(self._show_order)
        self.order_menu: QMenu | None = None
        self.segments = Segments("Status", _SEGMENTS)
        self.narrowed = ElidedLabel(font=chrome_font(SIZE_SMALL), role="text2")
        self.widen = ActionButton("Show all", flat=True)
        self.widen.clicked.connect(self._widen)
        self.count = PlainLabel(size=SIZE_SMALL, role="text2", tabular=True)
        self.line = ProgressLine("Share of articles that are done")
        self.name = ElidedLabel(desk.workspace.project.name, font=chrome_font(semibold=True))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FILTER_DELAY)
        self._build()
        self.list.opened.connect(self._open)
        self.list.context_wanted.connect(self.context_wanted)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.field.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._filter)
        self.field.returnPressed.connect(self._filter)
        self.segments.chosen.connect(self._filter)
        desk.changed.connect(self._news)
        desk.rows_changed.connect(self._rows)
        self._restore(desk.settings.article_list)
        self.reload()

    def sizeHint(self) -> QSize:
        return QSize(264, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 200)

    def _build(self) -> None:
        head = QWidget()
        head.setFixedHeight(PANE_HEAD_HEIGHT - 2)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name, 1)
        row.addWidget(self.count)
        self._filters = QWidget()
        filters = QVBoxLayout(self._filters)
        filters.setContentsMargins(0, 12, 0, SPACE_2)
        filters.setSpacing(SPACE_2)
        words = QHBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(4)
        words.addWidget(self.field, 1)
        words.addWidget(self.order)
        filters.addLayout(words)
        segments = QHBoxLayout()
        segments.setContentsMargins(0, 0, 0, 0)
        segments.addWidget(self.segments)
        filters.addLayout(segments)
        self._narrow_row = QWidget()
        row = QHBoxLayout(self._narrow_row)
        row.setContentsMargins(SPACE_2, 0, 0, 0)
        row.addWidget(self.narrowed, 1)
        row.addWidget(self.widen)
        filters.addWidget(self._narrow_row)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._no_hit())
        self._none = PlainLabel("Articles will be listed here.", role="text2", wrap=True)
        top = QVBoxLayout()
        top.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        top.setSpacing(0)
        for widget in (head, self.line, self._filters, self._none):
            top.addWidget(widget)
        self._none.setContentsMargins(0, SPACE_4, 0, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(self._pages, 1)
        self._filler = QWidget()
        outer.addWidget(self._filler, 1)

    def _no_hit(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, 0)
        self.no_hit = PlainLabel("No article matches the filter.", role="text2", wrap=True)
        self.clear = ActionButton("Clear filter", flat=True)
        self.clear.clicked.connect(self.clear_filter)
        column.addWidget(self.no_hit)
        column.addWidget(self.clear)
        column.addStretch(1)
        return page

    # -- news

    def reload(self) -> None:
        """Read the list anew for the desk's filter."""
        self.model.show(self._desk.wanted)
        self._show_counts()
        self._show_current()

    def _news(self, changes: Changes) -> None:
        if changes.listing:
            if self.model.grows_at_end and self.model.knows(changes.documents):
                self.model.grow()
            else:
                self._read_again()
        if changes.opened:
            self._show_current()

    def _read_again(self) -> None:
        """The same rows and those that came among them; selection and place stay."""
        selected, scrolled = self.selected(), self.list.verticalScrollBar().value()
        self.model.reload()
        self._select(selected)
        self.list.doItemsLayout()
        self.list.verticalScrollBar().setValue(scrolled)

    def _rows(self, ids: frozenset[int]) -> None:
        self.model.refresh(ids)
        self._show_counts()

    def _show_counts(self) -> None:
        counts = self._desk.counts
        self.count.setText(f"{counts.done} of {counts.total} done")
        self.line.set_share(counts.done / counts.total if counts.total else 0.0)
        self.segments.set_counts(
            {
                None: counts.total,
                Status.NEW: counts.new,
                Status.IN_PROGRESS: counts.in_progress,
                Status.DONE: counts.done,
            }
        )
        empty = counts.total == 0
        self.count.setVisible(not empty)
        for widget in (self._none, self._filler):
            widget.setVisible(empty)
        for widget in (self._filters, self._pages):
            widget.setVisible(not empty)
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _show_current(self) -> None:
        document = self._desk.document
        self.list.rows.open_document = document.id if document else None
        self.list.viewport().update()
        row = self.model.place_of(document.id, load=True) if document else None
        if row is None:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
            return
        index = self.model.index(row)
        # Not the view's own: while Ctrl is held (Ctrl+arrow) it would add the article to those selected.
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, chosen)
        self.list.scrollTo(index)

    # -- what people do

    def _open(self, index: QModelIndex) -> None:
        info = self.model.info(index.row())
        if info is not None and (self._desk.document is None or self._desk.document.id != info.id):
            self._desk.attempt(lambda: self._desk.session.open(info.id))
        self._desk.wants_text.emit()

    def _filter(self, _: object = None) -> None:
        self._timer.stop()
        status = self.segments.value
        if status is None and self._desk.wanted.status is Status.SKIPPED and self.sender() is not self.segments:
            status = Status.SKIPPED  # it has no segment: words narrow the skipped ones further
        self._want(words=self.field.text(), status=status)

    def show_skipped(self, only: bool) -> None:
        """Show only skipped articles, or those of any status again."""
        self.segments.set_value(None)
        self._want(status=Status.SKIPPED if only else None)

    def narrow(self, *, flagged: bool | None = None, open_only: bool | None = None) -> None:
        """Show only flagged articles, or only those with open suggestions; None leaves it as it is."""
        wanted = self._desk.wanted
        self._want(
            flagged=wanted.flagged if flagged is None else flagged,
            open_only=wanted.open_only if open_only is None else open_only,
        )

    def _widen(self) -> None:
        status = None if self._desk.wanted.status is Status.SKIPPED else self._desk.wanted.status
        self._want(status=status, flagged=False, open_only=False)

    def sort(self, sort: Sort | None = None, *, descending: bool | None = None) -> None:
        """Order the list by something else, or the other way round; None leaves it as it is."""
        wanted = self._desk.wanted
        self._want(sort=sort or wanted.sort, descending=wanted.descending if descending is None else descending)

    def clear_filter(self) -> None:
        """Show all articles, in the same order."""
        self.field.clear()
        self.segments.set_value(None)
        self._timer.stop()
        self._want(words="", status=None, flagged=False, open_only=False)

    def _want(self, **changes: object) -> None:
        wanted = replace(self._desk.wanted, **changes)  # type: ignore[arg-type]
        if wanted != self._desk.wanted:
            self._desk.set_filter(wanted)
            self.reload()
            self._show_order_kept()
            self._desk.set(article_list=self.left())

    def _show_order_kept(self) -> None:
        """Say what narrows the list beyond words and status, and mark the button while the order is not the first."""
        wanted = self._desk.wanted
        narrowing = {
            "Skipped": wanted.status is Status.SKIPPED,
            "Flagged": wanted.flagged,
            "With open suggestions": wanted.open_only,
        }
        parts = [words for words, on in narrowing.items() if on]
        self.narrowed.setText(", ".join(parts).capitalize())
        self._narrow_row.setVisible(bool(parts))
        other = wanted.sort is not Sort.IMPORT or wanted.descending or bool(parts)
        self.order.set_icon(
            "sort-descending" if wanted.descending else "sort-ascending", "accent" if other else "text2"
        )
        self.order.set_name(f"Order and filter: by {wanted.sort.value}{', reversed' if wanted.descending else ''}")

    def _show_order(self) -> None:
        if self.order_menu is not None:
            self.order_menu.popup(self.order.mapToGlobal(QPoint(0, self.order.height())))

    # -- several articles

    def selected(self) -> list[int]:
        """The ids of the selected articles, in the list's order."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [info.id for row in rows if (info := self.model.info(row)) is not None]

    def select_all(self) -> None:
        """Select every article that the filter shows."""
        self.model.load_all()
        self.list.selectAll()

    def _select(self, ids: Iterable[int]) -> None:
        selection = QItemSelection()
        for id_ in ids:
            place = self.model.place_of(id_)
            if place is not None:
                index = self.model.index(place)
                selection.select(index, index)
        self.list.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def beside(self, ids: Iterable[int]) -> int | None:
        """The article to go to when these are removed: the next one that stays, else the one before."""
        gone = set(ids)
        places = [place for id_ in gone if (place := self.model.place_of(id_)) is not None]
        if not places:
            return None
        after = range(max(places) + 1, self.model.rowCount())
        for row in (*after, *range(min(places) - 1, -1, -1)):
            info = self.model.info(row)
            if info is not None and info.id not in gone:
                return info.id
        return None

    # -- coming back, and going

    def left(self) -> ListLeft:
        """How the list stands now."""
        wanted = self._desk.wanted
        return ListLeft(
            words=wanted.words,
            status=wanted.status,
            flagged=wanted.flagged,
            open_only=wanted.open_only,
            sort=wanted.sort.value,
            descending=wanted.descending,
            scrolled=self.list.verticalScrollBar().value(),
        )

    def _restore(self, left: ListLeft) -> None:
        sort = next((one for one in Sort if one.value == left.sort), Sort.IMPORT)
        self._desk.wanted = DocumentFilter(left.words, left.status, left.flagged, left.open_only, sort, left.descending)
        self.field.setText(left.words)
        self._timer.stop()
        if left.status in [value for _, value in _SEGMENTS]:
            self.segments.set_value(left.status)
        self._scrolled = left.scrolled
        self._show_order_kept()

    def restore_scroll(self) -> None:
        """Scroll the list to where it was left; once, when it has its size."""
        if self._scrolled:
            self.model.load_to((self._scrolled + self.list.height()) // ROW_HEIGHT + 1)
            self.list.doItemsLayout()
            self.list.verticalScrollBar().setValue(self._scrolled)
            self._scrolled = 0
