"""Reader of ``.txt`` and ``.md`` articles: one file is one document, its text kept verbatim.

Markdown is not interpreted. The title rule and the file's name belong to the library, not here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.records import DocumentRecord, ReadDocument
from annotator.domain.text import CanonicalText, ChangeKind, canonicalise
from annotator.formats.decoding import decode
from annotator.formats.problems import Unreadable
from annotator.formats.source import read_bytes

_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_BECAME = {
    ChangeKind.NUL: "“␀”",
    ChangeKind.LONE_SURROGATE: "“�”",
    ChangeKind.NONCHARACTER: "“�”",
}


def read_article(path: Path) -> Iterator[ReadDocument]:
    """Yield the one document of an article file.

    Raises:
        Unreadable: it is empty, no text, or cannot be opened.
    """
    decoded = decode(read_bytes(path))
    canonical = canonicalise(decoded.text)
    if is_blank(canonical.text):
        empty = "The file is empty." if not canonical.text else "The file holds only blanks."
        raise Unreadable(empty, "Leave it out, or put the article's text in it.")
    record = DocumentRecord(id="", text=canonical.text)
    yield ReadDocument(record, canonical, str(path), notes=(*decoded.notes, *change_notes(canonical)))


def is_blank(text: str) -> bool:
    """Whether nothing can be seen of a text."""
    return not text.strip().strip(_INVISIBLE).strip()


def change_notes(canonical: CanonicalText) -> tuple[str, ...]:
    """One sentence for each kind of character that was replaced, with its count."""
    counts = Counter(change.kind for change in canonical.notable)
    return tuple(
        f"1 {kind} became {_BECAME[kind]}." if count == 1 else f"{count:,} {kind}s became {_BECAME[kind]}."
        for kind, count in sorted(counts.items())
    )
