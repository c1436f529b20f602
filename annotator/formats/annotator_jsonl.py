"""The native format, version 1: one line is one annotation set of one document, losslessly.

What its keys mean is told in the documentation of the file formats; ``annotator-1.schema.json`` describes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from annotator.domain.records import DocumentRecord, JSONValue
from annotator.formats.annotator_read import read_document
from annotator.formats.annotator_write import SCHEMA, Pending, write_line

__all__ = ["SCHEMA", "Pending", "read_document", "read_line", "write_line", "write_records"]


def read_line(values: Mapping[str, JSONValue]) -> DocumentRecord:
    """The record of a parsed line (offsets are those of the canonical text).

    Raises:
        BadInput: a field is missing or wrong; the sentence names it.
    """
    return read_document(values)[0]


def write_records(records: Iterable[DocumentRecord], pending: Pending) -> Iterator[str]:
    """A line for each record, see :func:`write_line`."""
    return (write_line(record, pending=pending) for record in records)
