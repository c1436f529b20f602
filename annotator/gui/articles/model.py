"""The list of articles as Qt's list model: keyset pages, rows read again one by one. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.marks import Status
from annotator.gui.widgets.plain import plain_tooltip
from annotator.gui.words import plural
from annotator.services.library import DocumentFilter, DocumentInfo, DocumentList

PAGE = 200
INFO_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class ArticleModel(QAbstractListModel):
    """Rows are ``DocumentInfo`` in the order of import; further pages come when the list is scrolled."""

    def __init__(self, documents: DocumentList) -> None:
        super().__init__()
        self._documents = documents
        self._wanted = DocumentFilter()
        self._rows: list[DocumentInfo] = []
        self._places: dict[int, int] = {}
        self._complete = False

    def show(self, wanted: DocumentFilter) -> None:
        """Read the list anew for a filter."""
        self.beginResetModel()
        self._wanted = wanted
        self._rows, self._places, self._complete = [], {}, False
        self._take(self._documents.page(wanted, size=PAGE), PAGE)
        self.endResetModel()

    def grow(self) -> None:
        """Documents have come: read on behind the last row."""
        self._complete = False
        self.fetchMore(QModelIndex())

    def refresh(self, ids: Iterable[int]) -> None:
        """Read the rows of these documents again; those that are not loaded are passed over."""
        known = [id_ for id_ in ids if id_ in self._places]
        if not known:
            return
        for info in self._documents.infos(known):
            place = self._places[info.id]
            if self._rows[place] != info:
                self._rows[place] = info
                index = self.index(place)
                self.dataChanged.emit(index, index)

    def place_of(self, document: int, *, load: bool = False) -> int | None:
        """The row of a document; with ``load`` pages are read until it is there."""
        if load and document not in self._places:
            last = self._rows[-1].id if self._rows else 0
            place, _ = self._documents.place(self._wanted, document) if document > last else (0, 0)
            if place > len(self._rows):
                self._append(place - len(self._rows) + PAGE)
        return self._places.get(document)

    def info(self, row: int) -> DocumentInfo | None:
        """What a row shows."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        if not parent.isValid() and not self._complete:
            self._append(PAGE)

    def _append(self, size: int) -> None:
        after = self._rows[-1].id if self._rows else 0
        page = self._documents.page(self._wanted, after=after, size=size)
        if page:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(page) - 1)
            self._take(page, size)
            self.endInsertRows()
        else:
            self._complete = True

    def _take(self, page: list[DocumentInfo], size: int) -> None:
        for info in page:
            self._places[info.id] = len(self._rows)
            self._rows.append(info)
        self._complete = len(page) < size

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        info = self.info(index.row()) if index.isValid() else None
        if info is None:
            return None
        if role == INFO_ROLE:
            return info
        if role == Qt.ItemDataRole.DisplayRole:
            return info.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{info.title}\n{figures_of(info)}" if figures_of(info) else info.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            flag = ", flagged" if info.flagged else ""
            return f"{info.title}, {status_words(info)}{flag}"
        return None


def status_words(info: DocumentInfo) -> str:
    """The status for a screen reader."""
    if info.failure:
        return "not read"
    return f"{info.status.value}, {plural(info.n_open, 'suggestion')} open"


def figures_of(info: DocumentInfo) -> str:
    """What stands at the right: decided of all, or how many suggestions wait."""
    if info.status is Status.SKIPPED:
        return "skipped"
    if info.failure and not info.n_decided:
        return "not read"
    if not info.analysed and not info.n_decided:
        return "waiting"
    total = info.n_decided + info.n_open
    if info.status is Status.IN_PROGRESS:
        return f"{info.n_decided} / {total}"
    return str(total)
