"""An article's metadata in a line: the seven known keys, and whatever else the file says, kept as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from annotator.domain.records import JSONValue, Metadata
from annotator.formats.fields import Fields
from annotator.formats.strict_json import check_kept

KEYS: Final = ("title", "outlet", "url", "author", "published", "language", "source")


def read_metadata(line: Fields, *, beside: bool = False) -> Metadata:
    """The metadata of a line's ``meta``; with ``beside`` also known keys that stand beside the text.

    Raises:
        Unreadable: a known key is neither a string, an integer nor null, or an extra is too deep.
    """
    meta = line.inner("meta")
    extra = {key: value for key, value in meta.values.items() if key not in KEYS}
    for key, value in extra.items():
        check_kept(value, meta.name(key))
    known = {key: _known(key, (meta, line) if beside else (meta,)) for key in KEYS}
    return Metadata(**known, extra=extra)


def _known(key: str, places: Iterable[Fields]) -> str | None:
    for fields in places:
        if fields.has(key):
            return fields.identifier(key)
    return None


def meta_object(meta: Metadata) -> dict[str, JSONValue]:
    """The metadata as it is written: known keys in their order, then extras by name."""
    extras = {key: meta.extra[key] for key in sorted(meta.extra) if key not in KEYS}
    return {**{key: getattr(meta, key) for key in KEYS}, **extras}
