"""What each action of marking does: it reads the selection, asks the session, and selects what comes next.

A gesture that makes no sense is refused with a sentence for the status line, never a dialog. It must not know
menus or keys, and of the text pane only what is selected there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol
from uuid import UUID

from annotator.domain.errors import Refused
from annotator.domain.marks import (
    QuotationMark,
    QuotationType,
    SpanFields,
    SpanMark,
    SpeakerState,
    Status,
    Stretch,
)
from annotator.domain.persons import LETTERS
from annotator.gui.desk import Desk
from annotator.services.session import Side, Unit

Gesture = Callable[[], None]


class SelectedText(Protocol):
    """What gestures ask the text pane."""

    def selected_stretch(self) -> Stretch | None:
        """The selected words."""

    def clear_selection(self) -> None:
        """Drop the selection of words."""

    @property
    def caret(self) -> int:
        """Where the caret stands."""


class Gestures:
    """The gestures on the open article. ``pointed`` gives the key of the mark under the pointer, if any."""

    def __init__(self, desk: Desk, text: SelectedText, pointed: Callable[[], UUID | None]) -> None:
        self._desk = desk
        self._session = desk.session
        self._text = text
        self._pointed = pointed

    def table(self) -> dict[str, Gesture]:
        """The gestures by the ids of their actions."""
        state, type_ = self._set_state, self._set_type
        table: dict[str, Gesture] = {
            "undo": self._session.undo,
            "redo": self._session.redo,
            "accept": self.accept,
            "remove": self.remove,
            "quotation": self.quotation,
            "part": self.part,
            "mention": self.mention,
            "cue": self.cue,
            "add_cue": self.add_cue,
            "remove_part": self.remove_part,
            "remove_mention": lambda: self._session.set_mention(self._quotation().key, None),
            "remove_cue": lambda: self._session.set_cue(self._quotation().key, ()),
            "unnamed": partial(state, SpeakerState.UNNAMED),
            "author": partial(state, SpeakerState.AUTHOR),
            "unknown": partial(state, SpeakerState.UNKNOWN),
            "direct": partial(type_, QuotationType.DIRECT),
            "indirect": partial(type_, QuotationType.INDIRECT),
            "mixed": partial(type_, QuotationType.MIXED),
            "in_progress": lambda: self._session.set_status(Status.IN_PROGRESS),
            "skip": self.skip,
            "flag": lambda: self._session.set_flag(not self._session.flagged),
            "done_next": self.done_next,
            "accept_all": self.accept_all,
            "next_mark": partial(self.step, 1),
            "previous_mark": partial(self.step, -1),
            "deselect": self.deselect,
            "next_article": partial(self.go, 1),
            "previous_article": partial(self.go, -1),
        }
        for side in Side:
            for unit, name in ((Unit.WORD, "word"), (Unit.CHARACTER, "char")):
                table[f"{side.value}_{name}_left"] = partial(self.move, side, unit, -1)
                table[f"{side.value}_{name}_right"] = partial(self.move, side, unit, 1)
        for letter in LETTERS:
            table[f"person.{letter}"] = partial(self.person, letter)
        for label in self._session.labels:
            table[f"label.{label.id}"] = partial(self.label, label.id)
            table[f"second.{label.id}"] = partial(self.second_label, label.id)
        return table

    # -- marks

    def accept(self) -> None:
        """Accept the selected mark and go to the next open one; with nothing or a decided mark only go."""
        document, mark = self._desk.document, self._desk.mark
        if document is None:
            raise Refused("No article is open.")
        key = document.next_open(mark.key if mark else self._before_caret())
        if mark is not None and not mark.decided:
            self._session.accept([mark.key])
        self._go_on(key)

    def remove(self) -> None:
        """Remove the selected mark only, and go to the next open one."""
        document, mark = self._desk.document, self._desk.mark
        if document is None or mark is None:
            raise Refused("Select a mark first, then remove it.")
        key = document.next_open(mark.key)
        self._session.remove(mark.key)
        self._go_on(key)

    def _go_on(self, key: UUID | None) -> None:
        if key is None:
            self._desk.said.emit("Nothing is left open in this article.")
        else:
            self._desk.choose(key)

    def _before_caret(self) -> UUID | None:
        """The last mark before the caret, so that going on starts where the reader is."""
        document = self._desk.document
        return document.last_before(self._text.caret) if document else None

    def step(self, step: int) -> None:
        """Select the next or previous mark."""
        document = self._desk.document
        key = document.neighbour(self._desk.choice.key, step, after=self._text.caret) if document else None
        if key is None:
            raise Refused("There is no mark in this article yet.")
        self._desk.choose(key)

    def deselect(self) -> None:
        """Drop the selection of words, else that of a mark."""
        if self._text.selected_stretch() is not None:
            self._text.clear_selection()
            self._desk.words_changed.emit()
        else:
            self._desk.choose(None)

    def label(self, label: int) -> None:
        """The selected words become a span, or the selected span is relabelled."""
        words = self._text.selected_stretch()
        if words is not None:
            key = self._session.label(words, label)
            self._drop_words()
            self._desk.choose(key, reveal=False)
        elif (mark := self._desk.mark) is not None and self._is_span(mark):
            self._session.relabel(mark.key, label)
        else:
            raise Refused("Select some words or an entity first, then press the label’s key.")

    def second_label(self, label: int) -> None:
        """Another span on the same stretch."""
        words = self._text.selected_stretch()
        mark = self._desk.mark
        if words is None and mark is not None and self._is_span(mark):
            words = Stretch(mark.fields.start, mark.fields.end)
        if words is None:
            raise Refused("Select some words or an entity first, then choose its second label.")
        document = self._desk.document
        # A decision hides all suggestions on its stretch: the first label is kept by deciding it.
        first = [each.key for each in document.spans_at(words) if not each.decided] if document else []
        if first:
            self._session.accept(first)
        key = self._session.add_label(words, label)
        self._drop_words()
        self._desk.choose(key, reveal=False)

    def move(self, side: Side, unit: Unit, step: int) -> None:
        """Move an end of the selected stretch."""
        mark = self._desk.mark
        if mark is None:
            raise Refused("Select a mark first, then move its ends.")
        role, index = self._stretch_meant(mark)
        self._session.move_end(mark.key, role, index, side, unit, step)

    def _stretch_meant(self, mark: SpanMark | QuotationMark) -> tuple[str, int]:
        """The stretch of a quotation that was clicked, else the one that holds the caret."""
        choice = self._desk.choice
        if self._is_span(mark) or choice.role:
            return choice.role, choice.index
        fields = mark.fields
        stretches = [("content", i, part) for i, part in enumerate(fields.content)]
        stretches += [("cue", i, part) for i, part in enumerate(fields.cue)]
        stretches += [("speaker", 0, fields.speaker)] if fields.speaker else []
        caret = self._text.caret
        held = [(role, i) for role, i, part in stretches if part.start <= caret < part.end]
        return held[0] if held else ("content", 0)

    # -- quotations

    def quotation(self) -> None:
        """The selected words become a quotation."""
        words = self._text.selected_stretch()
        if words is None:
            raise Refused("Select the words of a quotation first, then press Q.")
        key = self._session.add_quotation(words)
        self._drop_words()
        self._desk.choose(key, reveal=False)

    def part(self) -> None:
        """The selected words become a further part of the selected quotation."""
        words = self._text.selected_stretch()
        if words is None:
            raise Refused("Select the words of the further part first, then press P.")
        self._session.add_part(self._quotation().key, words)
        self._drop_words()

    def mention(self) -> None:
        """The selected words, or the mark under the pointer, name the speaker."""
        mark = self._quotation()
        self._session.set_mention(mark.key, self._words_or_pointed("name the speaker", "S"))
        self._drop_words()

    def cue(self) -> None:
        """The selected words, or the mark under the pointer, are the cue."""
        mark = self._quotation()
        self._session.set_cue(mark.key, [self._words_or_pointed("report the quotation", "C")])
        self._drop_words()

    def add_cue(self) -> None:
        """The selected words belong to the cue too."""
        mark = self._quotation()
        self._session.set_cue(mark.key, [*mark.fields.cue, self._words_or_pointed("report the quotation", "C")])
        self._drop_words()

    def remove_part(self, index: int | None = None) -> None:
        """Take a part of the selected quotation away: the one that was clicked, else the last."""
        mark = self._quotation()
        choice = self._desk.choice
        if index is None:
            index = choice.index if choice.role == "content" else len(mark.fields.content) - 1
        self._session.remove_part(mark.key, index)

    def person(self, letter: str) -> None:
        """The person beside whom the letter stands is the speaker."""
        mark = self._quotation()
        document = self._desk.document
        person = next((each for each in document.persons if each.letter == letter), None) if document else None
        if person is None:
            raise Refused(f"No person has the letter {letter} in this article.")
        self._session.set_person(mark.key, person)

    def _set_state(self, state: SpeakerState) -> None:
        self._session.set_speaker_state(self._quotation().key, state)

    def _set_type(self, type_: QuotationType) -> None:
        self._session.set_type(self._quotation().key, type_)

    def _quotation(self) -> QuotationMark:
        return self._session.quotation(self._desk.choice.key)

    def _words_or_pointed(self, what: str, key: str) -> Stretch:
        words = self._text.selected_stretch()
        if words is not None:
            return words
        document, pointed = self._desk.document, self._pointed()
        mark = document.mark(pointed) if document and pointed != self._desk.choice.key else None
        if mark is None or not isinstance(mark.fields, SpanFields):
            raise Refused(f"Select the words that {what}, or point at a marked name, then press {key}.")
        return mark.fields.stretch

    @staticmethod
    def _is_span(mark: SpanMark | QuotationMark) -> bool:
        return isinstance(mark.fields, SpanFields)

    def _drop_words(self) -> None:
        self._text.clear_selection()
        self._desk.words_changed.emit()

    # -- the article

    def accept_all(self) -> None:
        """Accept all that is open, in one edit."""
        document = self._desk.document
        keys = document.open_keys() if document else []
        if not keys:
            raise Refused("Nothing is left open in this article.")
        self._session.accept(keys)

    def done_next(self) -> None:
        """Accept what is open if the setting says so, set the article to done, open the next."""
        document = self._desk.document
        if document is None:
            raise Refused("No article is open.")
        accept = document.open_keys() if self._desk.settings.done_accepts else []
        self._set_status_and_go(Status.DONE, accept)

    def skip(self) -> None:
        """Set the article to skipped and open the next."""
        self._set_status_and_go(Status.SKIPPED)

    def _set_status_and_go(self, status: Status, accept: Iterable[UUID] = ()) -> None:
        # The next one is looked up first: in a list ordered by status the article is about to move.
        following = self._neighbour(1)
        self._session.set_status(status, accept)
        if following is None:
            self._desk.said.emit("That was the last article of the list.")
        else:
            self._session.open(following)

    def go(self, step: int) -> None:
        """Open the next or previous article of the list."""
        found = self._neighbour(step)
        if found is None:
            edge = "This is the last article of the list." if step > 0 else "This is the first article of the list."
            self._desk.said.emit(edge)
        else:
            self._session.open(found)

    def _neighbour(self, step: int) -> int | None:
        document = self._desk.document
        here = document.id if document else (0 if step > 0 else 1 << 62)
        return self._desk.documents.neighbour(self._desk.wanted, here, step)
