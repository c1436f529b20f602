"""Which reader takes a file, by its extension, and which writer makes a format, by its name: the one list.

``read_file`` is the entry point for all that a person names; it never raises for bad input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from annotator.domain.records import DocumentRecord, Problem, ReadDocument
from annotator.formats.annotator_jsonl import Pending, write_records
from annotator.formats.article_text import read_article
from annotator.formats.jsonl import read_jsonl
from annotator.formats.problems import Unreadable, name_of

Reader: TypeAlias = Callable[[Path], Iterator[ReadDocument | Problem]]
Writer: TypeAlias = Callable[[Iterable[DocumentRecord], Pending], Iterator[str]]

readers: Final[Mapping[str, Reader]] = MappingProxyType(
    {".txt": read_article, ".md": read_article, ".jsonl": read_jsonl}
)
"""Readers by extension, in lower case."""

writers: Final[Mapping[str, Writer]] = MappingProxyType({"annotator": write_records})
"""Writers by the name of their format; each makes lines without line breaks."""


def reader_for(path: Path) -> Reader:
    """The reader of a file by its extension (whatever its case).

    Raises:
        BadInput: no reader takes it; the sentence lists what can be read.
    """
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(
            f"“{name_of(path)}” is not a file that Annotator reads;",
            "it reads .txt, .md and .jsonl.",
            file=str(path),
        )
    return reader


def read_file(path: Path) -> Iterator[ReadDocument | Problem]:
    """Yield the documents of a file and the problems in it; whatever is wrong becomes a ``Problem``."""
    try:
        if path.is_dir():
            raise Unreadable("This is a folder, not a file.", "Name the files in it.")
        yield from reader_for(path)(path)
    except Unreadable as error:
        yield error.problem(str(path))
    except MemoryError:
        yield Problem(str(path), None, "There is not enough memory for the file.", "Split it.")
