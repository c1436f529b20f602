"""Ids of what a line holds: kept where they are UUIDs, else derived, so that the same line gives the same ids."""

from __future__ import annotations

from collections import Counter
from uuid import UUID, uuid5

from annotator.domain.text import text_digest

_NAMESPACE = UUID("6b1f5a52-3c0d-5d8e-9a54-0b7e4c2f9d11")


class Ids:
    """Derives ids for one annotation set of one document."""

    def __init__(self, document: str, text: str, annotator: str | None, round_: int) -> None:
        self._scope = (document, text_digest(text), annotator or "", str(round_))
        self._seen: Counter[tuple[str, ...]] = Counter()

    def given(self, kind: str, identifier: str) -> UUID:
        """The id that the file gives: itself if it is a UUID, else one derived from it."""
        try:
            return UUID(identifier)
        except ValueError:
            return self._derived(kind, "id", identifier)

    def item(self, kind: str, identifier: str, *content: object) -> UUID:
        """The given id, or one derived from what the item says (equal items are numbered)."""
        if identifier:
            return self.given(kind, identifier)
        words = (kind, *map(str, content))
        self._seen[words] += 1
        return self._derived(*words, str(self._seen[words]))

    def _derived(self, *words: str) -> UUID:
        return uuid5(_NAMESPACE, "\x1f".join((*self._scope, *words)))
