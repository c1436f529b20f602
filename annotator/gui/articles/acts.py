"""What can be done with the articles that are selected in the list: one edit, however many. Knows no pane but that."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotator.domain.marks import Status
from annotator.gui.articles.pane import ArticlesPane
from annotator.gui.desk import Desk
from annotator.gui.words import plural
from annotator.services.library import Sort

STATUS_ACTS = {
    "chosen_new": Status.NEW,
    "chosen_in_progress": Status.IN_PROGRESS,
    "chosen_done": Status.DONE,
    "chosen_skipped": Status.SKIPPED,
}
SORT_ACTS = {f"sort_{sort.value}": sort for sort in Sort}
Offer = Callable[[str, str, Callable[[], None]], None]


class ArticleActs:
    """The acts by the ids of their actions. ``offer`` says a sentence with something to press beside it."""

    def __init__(
        self,
        desk: Desk,
        pane: ArticlesPane,
        *,
        offer: Offer,
        undo: Callable[[], None],
        export: Callable[[Iterable[int]], None],
    ) -> None:
        self._desk, self._pane = desk, pane
        self._offer, self._undo, self._export = offer, undo, export

    def table(self) -> dict[str, Callable[[], None]]:
        """What to do for each action."""
        pane = self._pane
        return {
            **{id_: (lambda status=status: self._set_status(status)) for id_, status in STATUS_ACTS.items()},
            **{id_: (lambda sort=sort: pane.sort(sort)) for id_, sort in SORT_ACTS.items()},
            "sort_reversed": lambda: pane.sort(descending=not self._desk.wanted.descending),
            "only_flagged": lambda: pane.narrow(flagged=not self._desk.wanted.flagged),
            "only_skipped": lambda: pane.show_skipped(self._desk.wanted.status is not Status.SKIPPED),
            "only_open": lambda: pane.narrow(open_only=not self._desk.wanted.open_only),
            "chosen_flag": lambda: self._set_flag(True),
            "chosen_unflag": lambda: self._set_flag(False),
            "chosen_export": lambda: self._export(pane.selected()),
            "chosen_remove": self._remove,
            "choose_all": pane.select_all,
        }

    def ticked(self) -> dict[str, bool]:
        """Which of the actions that can be ticked are."""
        wanted = self._desk.wanted
        return {
            **{id_: sort is wanted.sort for id_, sort in SORT_ACTS.items()},
            "sort_reversed": wanted.descending,
            "only_flagged": wanted.flagged,
            "only_skipped": wanted.status is Status.SKIPPED,
            "only_open": wanted.open_only,
        }

    def _set_status(self, status: Status) -> None:
        ids = self._pane.selected()
        self._desk.session.set_status_of(ids, status)
        self._offer(f"{plural(len(ids), 'article')} set to {status.value}.", "Undo", self._undo)

    def _set_flag(self, flagged: bool) -> None:
        ids = self._pane.selected()
        self._desk.session.set_flag_of(ids, flagged)
        done = "flagged" if flagged else "no longer flagged"
        self._offer(f"{plural(len(ids), 'article')} {done}.", "Undo", self._undo)

    def _remove(self) -> None:
        ids = self._pane.selected()
        beside = self._pane.beside(ids)
        was_open = self._desk.document is not None and self._desk.document.id in ids
        self._desk.session.remove_documents(ids)
        if was_open and beside is not None:
            self._desk.session.open(beside)
        self._offer(f"Removed {plural(len(ids), 'article')}.", "Undo", self._undo)
