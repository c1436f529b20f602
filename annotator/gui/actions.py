"""The one table of actions: id, text, keys, tooltip, menu, when enabled. Menus, buttons, key dispatch, the context
menu and the key sheet are made from it. It must not know what an action does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from annotator.domain.persons import LETTERS
from annotator.domain.scheme import Label


class Scope(Enum):
    """Where an action's keys act."""

    WINDOW = "everywhere"
    PANES = "in the text, the cards and the list of articles"
    MARKS = "in the text and the cards"
    TEXT = "in the text"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is open and selected: all that decides whether an action makes sense."""

    article: bool = False
    articles: bool = False
    marks: bool = False
    span: bool = False
    quotation: bool = False
    words: bool = False
    parts: int = 0
    cue: bool = False
    mention: bool = False
    left_open: int = 0
    can_undo: bool = False
    can_redo: bool = False
    unread: bool = False
    read_only: bool = False

    @property
    def mark(self) -> bool:
        """Whether a mark is selected."""
        return self.span or self.quotation


When = Callable[[Situation], bool]


def always(_: Situation) -> bool:
    """The action makes sense at any time."""
    return True


def _article(now: Situation) -> bool:
    return now.article


def _mark(now: Situation) -> bool:
    return now.mark


def _quotation(now: Situation) -> bool:
    return now.quotation


def _words_or_span(now: Situation) -> bool:
    return now.words or now.span


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``menu`` is its place ("Annotate", "Annotate/Labels", empty: none); ``keys`` the first is shown.

    ``text`` carries an ampersand before its mnemonic; data in it is escaped when the menu is made.
    """

    id: str
    text: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    tip: str = ""
    when: When = always
    scope: Scope = Scope.WINDOW
    checkable: bool = False
    separator: bool = False

    @property
    def edits(self) -> bool:
        """Whether it changes the database, so that it makes no sense where that may only be read."""
        return self.menu.partition("/")[0] == "Annotate" or self.id in _EDITING


_EDITING = ("import", "samples", "undo", "redo", "read_again")

MENUS = ("&File", "&Edit", "&Annotate", "&Go", "&View", "&Tools", "&Help")
SUBMENUS = {
    "Labels": "&Label",
    "Second": "Add a second l&abel",
    "Who": "&Who is speaking",
    "Type": "&Type of speech",
    "Ends": "Move the &ends",
    "Theme": "&Theme",
}

_FILE = (
    ActionSpec("import", "&Import files…", "File", ("Ctrl+O",), "Bring in articles: text, Markdown and JSONL files"),
    ActionSpec("samples", "Open &sample articles", "File", (), "Bring in the articles that come with the program"),
    ActionSpec("open_database", "Open &database…", "File", (), "Work on another database", separator=True),
    ActionSpec(
        "export", "&Export…", "File", ("Ctrl+E",), "Write the annotated articles to a JSONL file", lambda s: s.articles
    ),
    ActionSpec("quit", "&Quit", "File", ("Ctrl+Q",), "Close the window; everything is saved", separator=True),
)

_EDIT = (
    ActionSpec("undo", "&Undo", "Edit", ("Ctrl+Z",), "Take the last change back", lambda s: s.can_undo),
    ActionSpec("redo", "&Redo", "Edit", ("Ctrl+Shift+Z",), "Do again what was taken back", lambda s: s.can_redo),
    ActionSpec(
        "copy", "&Copy", "Edit", ("Ctrl+C",), "Copy the selected words", lambda s: s.words, Scope.TEXT, separator=True
    ),
    ActionSpec(
        "settings",
        "&Settings…",
        "Edit",
        ("Ctrl+,",),
        "Theme, type, pipeline, your name, where data lies",
        separator=True,
    ),
)

_MARKS = (
    ActionSpec(
        "accept",
        "&Accept",
        "Annotate",
        ("A", "Return"),
        "Accept the selected mark and go to the next open one",
        _article,
        Scope.MARKS,
    ),
    ActionSpec(
        "remove",
        "&Remove",
        "Annotate",
        ("Del", "Backspace"),
        "Remove the selected mark (reject a suggestion) and go to the next open one",
        _mark,
        Scope.MARKS,
    ),
    ActionSpec(
        "list_labels",
        "All &labels…",
        "Annotate",
        ("0",),
        "Choose from all labels",
        _words_or_span,
        Scope.PANES,
        separator=True,
    ),
    ActionSpec(
        "quotation",
        "&Quotation",
        "Annotate",
        ("Q",),
        "Mark the selected words as a new quotation",
        lambda s: s.words,
        Scope.PANES,
        separator=True,
    ),
    ActionSpec(
        "part",
        "Add a &part",
        "Annotate",
        ("P",),
        "Add the selected words to the selected quotation",
        lambda s: s.words and s.quotation,
        Scope.PANES,
    ),
    ActionSpec(
        "mention",
        "&Speaker mention",
        "Annotate",
        ("S",),
        "The selected words, or the mark under the pointer, name the quotation’s speaker",
        _quotation,
        Scope.PANES,
    ),
    ActionSpec(
        "cue",
        "&Cue",
        "Annotate",
        ("C",),
        "The selected words, or the mark under the pointer, report the quotation",
        _quotation,
        Scope.PANES,
    ),
    ActionSpec(
        "add_cue",
        "Add to the cue",
        "Annotate",
        (),
        "Add the selected words to the quotation’s cue",
        lambda s: s.words and s.quotation,
    ),
    ActionSpec(
        "remove_part",
        "Remove the part",
        "Annotate",
        (),
        "Take the part that was clicked away from the quotation",
        lambda s: s.quotation and s.parts > 1,
        separator=True,
    ),
    ActionSpec(
        "remove_mention", "Remove the mention", "Annotate", (), "No words name the speaker", lambda s: s.mention
    ),
    ActionSpec("remove_cue", "Remove the cue", "Annotate", (), "No words report the quotation", lambda s: s.cue),
)

_SPEAKERS = (
    ActionSpec("unnamed", "&Unnamed", "Annotate/Who", ("U",), "The speaker has no name", _quotation, Scope.PANES),
    ActionSpec("author", "The a&uthor", "Annotate/Who", ("W",), "The author is speaking", _quotation, Scope.PANES),
    ActionSpec("unknown", "Un&known", "Annotate/Who", ("X",), "It is not known who speaks", _quotation, Scope.PANES),
    ActionSpec("direct", "&Direct", "Annotate/Type", (), "The quotation is in quotation marks", _quotation),
    ActionSpec("indirect", "&Indirect", "Annotate/Type", (), "The quotation is without quotation marks", _quotation),
    ActionSpec("mixed", "&Mixed", "Annotate/Type", (), "The quotation is partly in quotation marks", _quotation),
)


def _move(id_: str, text: str, keys: str, tip: str) -> ActionSpec:
    return ActionSpec(id_, text, "Annotate/Ends", (keys,), tip, _mark, Scope.MARKS)


_ENDS = (
    _move("end_word_left", "End a word left", "Alt+Left", "Move the end of the selected stretch a word to the left"),
    _move(
        "end_word_right", "End a word right", "Alt+Right", "Move the end of the selected stretch a word to the right"
    ),
    _move("start_word_left", "Start a word left", "Alt+Shift+Left", "Move the start a word to the left"),
    _move("start_word_right", "Start a word right", "Alt+Shift+Right", "Move the start a word to the right"),
    _move("end_char_left", "End a character left", ",", "Move the end a character to the left"),
    _move("end_char_right", "End a character right", ".", "Move the end a character to the right"),
    _move("start_char_left", "Start a character left", "Shift+,", "Move the start a character to the left"),
    _move("start_char_right", "Start a character right", "Shift+.", "Move the start a character to the right"),
)

_STATUS = (
    ActionSpec(
        "done_next",
        "&Done, next article",
        "Annotate",
        ("Ctrl+Return",),
        "Set the article to done and open the next one",
        _article,
        separator=True,
    ),
    ActionSpec("in_progress", "&In progress", "Annotate", (), "Set the article to in progress", _article),
    ActionSpec("skip", "S&kip", "Annotate", (), "Set the article to skipped and open the next one", _article),
    ActionSpec("flag", "&Flag", "Annotate", (), "Flag the article, to find it again", _article, checkable=True),
    ActionSpec(
        "accept_all",
        "Accept all &open suggestions",
        "Annotate",
        (),
        "Accept every suggestion left in this article, in one edit",
        lambda s: s.left_open > 0,
        separator=True,
    ),
)

_GO = (
    ActionSpec("next_mark", "&Next mark", "Go", ("Tab",), "Select the next mark", lambda s: s.marks, Scope.TEXT),
    ActionSpec(
        "previous_mark",
        "&Previous mark",
        "Go",
        ("Shift+Tab",),
        "Select the mark before",
        lambda s: s.marks,
        Scope.TEXT,
    ),
    ActionSpec("deselect", "&Deselect", "Go", ("Esc",), "Select nothing", lambda s: s.mark or s.words, Scope.PANES),
    ActionSpec(
        "next_article",
        "Next &article",
        "Go",
        ("Ctrl+Down",),
        "Open the next article of the list",
        lambda s: s.articles,
        separator=True,
    ),
    ActionSpec(
        "previous_article",
        "Previous a&rticle",
        "Go",
        ("Ctrl+Up",),
        "Open the article before in the list",
        lambda s: s.articles,
    ),
    ActionSpec("next_pane", "Next pa&ne", "Go", ("F6",), "Move the keyboard to the next pane", separator=True),
    ActionSpec("previous_pane", "Previous pan&e", "Go", ("Shift+F6",), "Move the keyboard to the pane before"),
)

_VIEW = (
    ActionSpec("theme_system", "As the &system", "View/Theme", (), "Light or dark as the system is", checkable=True),
    ActionSpec("theme_light", "&Light", "View/Theme", (), "Always light", checkable=True),
    ActionSpec("theme_dark", "&Dark", "View/Theme", (), "Always dark", checkable=True),
    ActionSpec("zoom_in", "Zoom &in", "View", ("Ctrl++", "Ctrl+="), "Larger type on the page", separator=True),
    ActionSpec("zoom_out", "Zoom &out", "View", ("Ctrl+-",), "Smaller type on the page"),
    ActionSpec("zoom_reset", "&Reset zoom", "View", ("Ctrl+0",), "Type on the page at its first size"),
    ActionSpec(
        "show_list",
        "Show the list of &articles",
        "View",
        (),
        "Show or hide the left pane",
        checkable=True,
        separator=True,
    ),
    ActionSpec("show_cards", "Show the &quotations", "View", (), "Show or hide the right pane", checkable=True),
)

_TOOLS = (
    ActionSpec(
        "done_accepts",
        "“Done” &accepts what is open",
        "Tools",
        (),
        "Ctrl+Enter accepts the suggestions that are left before it sets the article to done",
        checkable=True,
    ),
    ActionSpec(
        "read_again",
        "&Pre-annotate this article again",
        "Tools",
        (),
        "Let the pipeline read this article again after a failure",
        lambda s: s.unread,
        separator=True,
    ),
)

_HELP = (
    ActionSpec("guide", "&User guide", "Help", (), "The user guide; it comes with the program"),
    ActionSpec("keys", "&Keys", "Help", ("F1",), "All keys on one sheet"),
    ActionSpec("data_folder", "Open the &data folder", "Help", (), "Show where the database lies"),
    ActionSpec("about", "&About Annotator", "Help", (), "Version and licences", separator=True),
)

TABLE: tuple[ActionSpec, ...] = (
    *_FILE,
    *_EDIT,
    *_MARKS,
    *_SPEAKERS,
    *_ENDS,
    *_STATUS,
    *_GO,
    *_VIEW,
    *_TOOLS,
    *_HELP,
)


def label_specs(labels: Iterable[Label]) -> list[ActionSpec]:
    """Two actions for each label: to set it, and to add it to a stretch that has another."""
    specs = []
    for label in labels:
        tip = f"{label.name}: {label.description}" if label.description else label.name
        keys = (label.key,) if label.key else ()
        specs.append(
            ActionSpec(f"label.{label.id}", label.name, "Annotate/Labels", keys, tip, _words_or_span, Scope.PANES)
        )
        second = f"Mark the same words as {label.name} too"
        specs.append(ActionSpec(f"second.{label.id}", label.name, "Annotate/Second", (), second, _words_or_span))
    return specs


def person_specs() -> list[ActionSpec]:
    """An action for each letter that can pick a person; the names come with the article."""
    return [
        ActionSpec(
            f"person.{letter}",
            letter,
            "Annotate/Who",
            (letter,),
            f"The person with the letter {letter} is speaking",
            _quotation,
            Scope.PANES,
        )
        for letter in LETTERS
    ]
