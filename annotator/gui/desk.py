"""What lies on the desk: the session, the settings, the selected mark, the list's filter; news of each as signals.

Panes listen here and never talk to each other. It must not know any widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Qt, Signal

from annotator.domain.errors import AnnotatorError
from annotator.domain.marks import QuotationMark, SpanMark
from annotator.domain.scheme import Label
from annotator.services.changes import Changes
from annotator.services.library import DocumentFilter, DocumentList
from annotator.services.opened import OpenDocument
from annotator.services.places import Places
from annotator.services.session import Session
from annotator.services.settings import Settings
from annotator.services.suggest import ReadingState
from annotator.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Choice:
    """The selected mark, and which stretch of a quotation is meant (role "" for a span)."""

    key: UUID | None = None
    role: str = ""
    index: int = 0


class Desk(QObject):
    """One for each open database."""

    changed = Signal(object)
    """Something changed: a ``Changes``."""
    chosen = Signal(bool)
    """Another mark is selected; whether the text shall scroll to it."""
    words_changed = Signal()
    """The text selection in the article came, went or changed."""
    rows_changed = Signal(object)
    """Rows of the list are stored anew: a frozenset of document ids; ``counts`` is up to date."""
    filter_changed = Signal()
    """The list of articles shows others."""
    settings_changed = Signal()
    """A setting changed."""
    reading_changed = Signal()
    """Pre-annotation went on."""
    wants_text = Signal()
    """The keyboard shall go to the article's text."""
    said = Signal(str)
    """A sentence for the status line."""
    _posted = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        places: Places | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.places = places or Places(workspace.store.path.parent)
        self._posted.connect(_call, Qt.ConnectionType.QueuedConnection)
        self.session = Session(workspace, self.post)
        self.documents = DocumentList(workspace)
        self.settings = settings
        self.choice = Choice()
        self.wanted = DocumentFilter()
        self.reading = ReadingState()
        self.counts = self.documents.counts()
        self.left_open = 0
        self.session.subscribe(self._news)

    @property
    def document(self) -> OpenDocument | None:
        """The open document."""
        return self.session.document

    @property
    def labels(self) -> dict[int, Label]:
        """All labels of the scheme by id, archived ones too: marks may have them."""
        return {label.id: label for label in self.workspace.labels}

    @property
    def mark(self) -> SpanMark | QuotationMark | None:
        """The selected mark."""
        return self.document.mark(self.choice.key) if self.document else None

    def post(self, call: Callable[[], None]) -> None:
        """Run ``call`` in the window's thread; from any thread."""
        self._posted.emit(call)

    def choose(self, key: UUID | None, role: str = "", index: int = 0, *, reveal: bool = True) -> None:
        """Select a mark or none; a key without a mark selects none."""
        known = key is not None and self.document is not None and self.document.mark(key) is not None
        self.choice = Choice(key, role, index) if known else Choice()
        self.chosen.emit(reveal)

    def attempt(self, gesture: Callable[[], None]) -> bool:
        """Run a gesture; one that is refused says why in the status line. Returns whether it was done."""
        try:
            gesture()
        except AnnotatorError as error:
            self.said.emit(str(error))
            return False
        return True

    def set_filter(self, wanted: DocumentFilter) -> None:
        """Show other articles in the list."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.filter_changed.emit()

    def set(self, **changes: Any) -> None:
        """Change settings."""
        self.settings = msgspec.structs.replace(self.settings, **changes)
        self.settings_changed.emit()

    def set_reading(self, state: ReadingState) -> None:
        """Pre-annotation stands like this now."""
        self.reading = state
        self.reading_changed.emit()

    def _news(self, changes: Changes) -> None:
        self.workspace = self.session.workspace  # an import may have brought labels
        if changes.opened or (changes.marks and self.mark is None):
            self.choice = Choice()
        if changes.opened or changes.marks:
            self.left_open = self.document.left_open if self.document else 0
        self.changed.emit(changes)
        # An edit is told twice, when it is made and when it is stored: only then the rows can be read.
        stored = changes.documents and not (changes.marks and changes.saving)
        if stored or changes.listing:
            self.counts = self.documents.counts()
            self.rows_changed.emit(changes.documents)
        if changes.opened or changes.marks:
            self._choose_after(changes)
        if changes.message:
            self.said.emit(changes.message)

    def _choose_after(self, changes: Changes) -> None:
        key = changes.select
        if key is not None and self.document is not None and self.document.mark(key) is not None:
            same = key == self.choice.key
            self.choose(key, self.choice.role if same else "", self.choice.index if same else 0)
        else:
            self.chosen.emit(False)


def _call(call: Callable[[], None]) -> None:
    call()
