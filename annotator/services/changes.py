"""What a service tells its subscribers: what was touched, by kind and id. Widgets never talk to each other."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Changes:
    """One piece of news.

    ``opened``: another document is open now (or none). ``marks``: spans, quotations or persons of the open
    document changed. ``documents``: rows of the list to read again (status, counts, flag, failure).
    ``listing``: documents came or went. ``labels``: the label scheme changed. ``select``: the mark that the
    change is about, to be selected and shown. ``message``: a sentence for the status line. ``saving``: the
    state of saving changed.
    """

    opened: bool = False
    marks: bool = False
    documents: frozenset[int] = frozenset()
    listing: bool = False
    labels: bool = False
    saving: bool = False
    select: UUID | None = None
    message: str = ""
