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
    LIST = "in the list of articles"
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
    chosen: int = 0

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


_EDITING = (
    *("import", "import_folder", "paste", "samples", "undo", "redo", "read_again"),
    *("chosen_new", "chosen_in_progress", "chosen_done", "chosen_skipped"),
    *("chosen_flag", "chosen_unflag", "chosen_remove"),
)

MENUS = ("&File", "&Edit", "&Annotate", "&Go", "&View", "&Tools", "&Help")
SUBMENUS = {
    "Chosen": "Selected &articles",
    "Sort": "&Order of the list",
    "Measure": "&Line width",
    "Labels": "&Label",
    "Second": "Add a second l&abel",
    "Who": "&Who is speaking",
    "Type": "&Type of speech",
    "Ends": "Move the &ends",
    "Theme": "&Theme",
}

_FILE = (
    ActionSpec("import", "&Import files…", "File", ("Ctrl+O",), "Bring in articles: text, Markdown and JSONL files"),
    ActionSpec(
        "import_folder",
        "Import a &folder…",
        "File",
        ("Ctrl+Shift+O",),
        "Bring in all articles of a folder and the folders in it",
    ),
    ActionSpec("samples", "Open &sample articles", "File", (), "Bring in the articles that come with the program"),
    ActionSpec("reports", "Import &reports…", "File", (), "Read again what was taken in, what was not, and why"),
    ActionSpec("open_database", "Open &database…", "File", (), "Work on another database", separator=True),
    ActionSpec(
        "export", "&Export…", "File", ("Ctrl+E",), "Write the annotated articles to a JSONL file", lambda s: s.articles
    ),
    ActionSpec("quit", "&Quit", "File", ("Ctrl+Q",), "Close the window; everything is saved", separator=True),
)


def _chosen(now: Situation) -> bool:
    return now.chosen > 0


_CHOSEN = (
    ActionSpec("chosen_new", "&New", "Edit/Chosen", (), "Set the selected articles to new", _chosen),
    ActionSpec("chosen_in_progress", "&In progress", "Edit/Chosen", (), "Set them to in progress", _chosen),
    ActionSpec("chosen_done", "&Done", "Edit/Chosen", (), "Set them to done; suggestions stay open", _chosen),
    ActionSpec("chosen_skipped", "S&kipped", "Edit/Chosen", (), "Set the selected articles to skipped", _chosen),
    ActionSpec("chosen_flag", "&Flag", "Edit/Chosen", (), "Flag the selected articles", _chosen, separator=True),
    ActionSpec("chosen_unflag", "Take the flag &away", "Edit/Chosen", (), "Take their flags away", _chosen),
    ActionSpec(
        "chosen_export", "&Export…", "Edit/Chosen", (), "Export the selected articles only", _chosen, separator=True
    ),
    ActionSpec(
        "chosen_remove",
        "&Remove from the project",
        "Edit/Chosen",
        ("Del",),
        "Take the selected articles out of the project, with their annotations; undo brings them back",
        _chosen,
        Scope.LIST,
        separator=True,
    ),
)

_EDIT = (
    ActionSpec("undo", "&Undo", "Edit", ("Ctrl+Z",), "Take the last change back", lambda s: s.can_undo),
    ActionSpec("redo", "&Redo", "Edit", ("Ctrl+Shift+Z",), "Do again what was taken back", lambda s: s.can_redo),
    ActionSpec(
        "copy",
        "&Copy",
        "Edit",
        ("Ctrl+C",),
        "Copy the selected words, or those of the selected mark, as plain text",
        lambda s: s.words or s.mark,
        Scope.MARKS,
        separator=True,
    ),
    ActionSpec("copy_text", "Copy the whole &text", "Edit", (), "Copy the article as plain text", _article),
    ActionSpec(
        "paste", "&Paste as article…", "Edit", ("Ctrl+V",), "Make an article of the text or the files that were copied"
    ),
    ActionSpec(
        "choose_all",
        "Select all a&rticles",
        "Edit",
        ("Ctrl+A",),
        "Select every article that the list shows",
        lambda s: s.articles,
        Scope.LIST,
        separator=True,
    ),
    *_CHOSEN,
    ActionSpec(
        "settings",
        "&Settings…",
        "Edit",
        ("Ctrl+,",),
        "Theme, type, pipeline, your name, where data lies",
        separator=True,
    ),
)

_FIND = (
    ActionSpec("find", "&Find in the article…", "Edit", ("Ctrl+F",), "Find words here", _article, separator=True),
    ActionSpec("find_next", "Find &next", "Edit", ("F3",), "Go to the next hit", _article),
    ActionSpec("find_previous", "Find pre&vious", "Edit", ("Shift+F3",), "Go to the hit before", _article),
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
    ActionSpec("note", "&Note…", "Annotate", ("N",), "Write a note on the selected mark", _mark, Scope.MARKS),
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
        "article_note",
        "No&te on the article…",
        "Annotate",
        ("Shift+N",),
        "Write a note on the article",
        _article,
        Scope.PANES,
    ),
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
    ActionSpec(
        "tab_quotations", "&Quotations", "Go", ("Ctrl+1",), "Go to the quotations’ tab", _article, separator=True
    ),
    ActionSpec("tab_entities", "&Entities", "Go", ("Ctrl+2",), "Go to the entities’ tab", _article),
    ActionSpec("tab_notes", "N&otes", "Go", ("Ctrl+3",), "Go to the notes’ tab", _article),
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
    ActionSpec("sort_import", "As &imported", "View/Sort", (), "Articles in the order of import", checkable=True),
    ActionSpec("sort_title", "By &title", "View/Sort", (), "Articles by title", checkable=True),
    ActionSpec("sort_outlet", "By &outlet", "View/Sort", (), "Articles by outlet", checkable=True),
    ActionSpec("sort_date", "By &date", "View/Sort", (), "Articles by the day they were published", checkable=True),
    ActionSpec("sort_status", "By &status", "View/Sort", (), "New ones first, done ones last", checkable=True),
    ActionSpec("sort_reversed", "&Reversed", "View/Sort", (), "The other way round", checkable=True, separator=True),
    ActionSpec(
        "only_flagged", "Only &flagged", "View/Sort", (), "Show flagged articles only", checkable=True, separator=True
    ),
    ActionSpec("only_skipped", "Only s&kipped", "View/Sort", (), "Show skipped articles only", checkable=True),
    ActionSpec(
        "only_open",
        "Only with open s&uggestions",
        "View/Sort",
        (),
        "Show only articles with suggestions that nobody decided",
        checkable=True,
    ),
    ActionSpec("measure_narrow", "&Narrow", "View/Measure", (), "Short lines on the page", checkable=True),
    ActionSpec("measure_normal", "N&ormal", "View/Measure", (), "Lines of some 66 letters", checkable=True),
    ActionSpec("measure_wide", "&Wide", "View/Measure", (), "Long lines on the page", checkable=True),
    ActionSpec(
        "show_list",
        "Show the list of &articles",
        "View",
        (),
        "Show or hide the left pane",
        checkable=True,
        separator=True,
    ),
    ActionSpec(
        "show_cards", "Show the right &pane", "View", (), "Show or hide quotations, entities and notes", checkable=True
    ),
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
        "pause_reading",
        "Pa&use pre-annotation",
        "Tools",
        (),
        "Read only the articles that are opened, until this is switched off; what was read stays",
        checkable=True,
        separator=True,
    ),
    ActionSpec(
        "read_again",
        "&Pre-annotate this article again",
        "Tools",
        (),
        "Let the pipeline read this article again after a failure",
        lambda s: s.unread,
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
    *_FIND,
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
