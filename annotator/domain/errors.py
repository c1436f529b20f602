"""The family of errors whose sentence may be shown to the analyst.

An error carries what is wrong, where, and what to do in one clear sentence; technical facts go to the log
through ``__cause__``, never into the sentence.
"""


class AnnotatorError(Exception):
    """Base of every error that reaches a person: ``str(error)`` is a sentence they can act on."""


class InvalidStretch(AnnotatorError):
    """A stretch that is empty, reversed or outside the text."""


class Refused(AnnotatorError):
    """A request that makes no sense for what is selected or open; nothing was changed."""


class BadInput(AnnotatorError):
    """A file, or a line of one, that cannot be taken in."""

    def __init__(self, message: str, *, file: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.file = file
        self.line = line

    @property
    def place(self) -> str:
        """``FILE:LINE``, ``FILE`` or an empty string."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


class DatabaseRefused(AnnotatorError):
    """A database file that must not be opened (not ours, newer, damaged); not a byte of it was changed."""


class NotSaved(AnnotatorError):
    """A change that could not be committed; it is kept and can be tried again."""


class WorkerFailed(AnnotatorError):
    """The worker process died, or could not do what was asked."""
