"""The list of articles as Qt's list model: keyset pages, rows read again one by one. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.marks import Status
from annotator.gui.widgets.plain import plain_tooltip
from annotator.gui.words import plural
from annotator.services.library import DocumentFilter, DocumentInfo, DocumentList, Sort

PAGE = 200
_ALL = 10_000_000
INFO_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class ArticleModel(QAbstractListModel):
    """Rows are ``DocumentInfo`` in the filter's order; further pages come when the list is scrolled."""

    def __init__(self, documents: DocumentList) -> None:
        super().__init__()
        self._documents = documents
        self._wanted = DocumentFilter()
        self._rows: list[DocumentInfo] = []
        self._places: dict[int, int] = {}
        self._complete = False

    def show(self, wanted: DocumentFilter) -> None:
        """Read the list anew for a filter."""
        self._read(wanted, PAGE)

    def reload(self) -> None:
        """Read as many rows anew as there are, and those that have come to stand among them."""
        self._read(self._wanted, max(PAGE, len(self._rows)))

    def _read(self, wanted: DocumentFilter, size: int) -> None:
        self.beginResetModel()
        self._wanted = wanted
        self._rows, self._places = [], {}
        self._take(self._documents.page(wanted, size=size))
        self._complete = len(self._rows) < size
        self.endResetModel()

    @property
    def grows_at_end(self) -> bool:
        """Whether documents that come stand behind the last row."""
        return self._wanted.sort is Sort.IMPORT and not self._wanted.descending

    def grow(self) -> None:
        """Documents have come: read on behind the last row."""
        self._complete = False
        self.fetchMore(QModelIndex())

    def load_all(self) -> None:
        """Read all rows that are left."""
        if not self._complete:
            self._append(_ALL)

    def knows(self, ids: Iterable[int]) -> bool:
        """Whether all of these documents have a row."""
        return all(id_ in self._places for id_ in ids)

    def refresh(self, ids: Iterable[int]) -> None:
        """Read the rows of these documents again; removed ones go, those that are not loaded are passed over."""
        known = [id_ for id_ in ids if id_ in self._places]
        if not known:
            return
        gone = set(known)
        for info in self._documents.infos(known):
            gone.discard(info.id)
            place = self._places[info.id]
            if self._rows[place] != info:
                self._rows[place] = info
                index = self.index(place)
                self.dataChanged.emit(index, index)
        for place in sorted((self._places[id_] for id_ in gone), reverse=True):
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._rows[place]
            self.endRemoveRows()
        if gone:
            self._places = {info.id: place for place, info in enumerate(self._rows)}

    def place_of(self, document: int, *, load: bool = False) -> int | None:
        """The row of a document; with ``load`` pages are read until it is there."""
        if load and document not in self._places and not self._complete:
            place, _ = self._documents.place(self._wanted, document)
            if place > len(self._rows):
                self._append(place - len(self._rows) + PAGE)
        return self._places.get(document)

    def load_to(self, row: int) -> None:
        """Read pages until a row is there, if the list is that long."""
        if row >= len(self._rows) and not self._complete:
            self._append(row - len(self._rows) + PAGE)

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
        # A row's status may have changed since its page was read; then the next page can begin before it.
        new = [info for info in page if info.id not in self._places]
        self._complete = len(page) < size or not new
        if new:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
            self._take(new)
            self.endInsertRows()

    def _take(self, page: list[DocumentInfo]) -> None:
        for info in page:
            self._places[info.id] = len(self._rows)
            self._rows.append(info)

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
