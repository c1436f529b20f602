"""Reader of ``.jsonl``: streams line by line, so that a bad line costs only itself and a file may be of any size.

Which kind a line is shows in its keys; the kinds have a module each.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.domain.records import JSONValue, Problem, ReadDocument
from annotator.formats.annotator_jsonl import SCHEMA, read_document
from annotator.formats.article_text import change_notes
from annotator.formats.problems import CORRECT_LINE, Unreadable, shown, unreadable
from annotator.formats.prodigy import ignored_keys, read_task
from annotator.formats.source import LIMIT, MEGABYTE, open_regular
from annotator.formats.strict_json import parse

_CHUNK = 1 << 20
_BLANK = b" \t\r\n"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ONE_A_LINE = "Write one JSON object a line (with jq: jq -c '.[]' for a list, jq -c . for an object)."


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    data: bytes
    too_long: bool = False


def read_jsonl(path: Path, limit: int = LIMIT) -> Iterator[ReadDocument | Problem]:
    """Yield the documents and problems of an annotated file, in order; ``limit`` is a line's size in bytes.

    Raises:
        Unreadable: the file cannot be opened, is empty, or is not made of lines of JSON.
    """
    first = True
    with open_regular(path) as file:
        for line in _lines(file, limit):
            try:
                yield _document(line, path, limit)
            except Unreadable as error:
                if first:
                    _check_kind_of_file(line.data)
                yield error.problem(str(path), line.number)
            first = False
    if first:
        raise Unreadable("The file is empty.", "Leave it out, or put a JSON object on a line.")


def _lines(file: BinaryIO, limit: int) -> Iterator[_Line]:
    """Lines that are not blank, without line breaks and byte order mark; of a line too long only its beginning."""
    number = 0
    try:
        while data := file.readline(limit + 1):
            number += 1
            if number == 1:
                data = data.removeprefix(codecs.BOM_UTF8)
            if len(data.rstrip(b"\r\n")) > limit:
                _skip_rest(file, data)
                yield _Line(number, data[:100], too_long=True)
            elif data := data.strip(_BLANK):
                yield _Line(number, data)
    except OSError as error:
        raise unreadable(error) from error


def _skip_rest(file: BinaryIO, data: bytes) -> None:
    while data and not data.endswith(b"\n"):
        data = file.readline(_CHUNK)


def _check_kind_of_file(data: bytes) -> None:
    """Refuse a whole file by its first line, if that is not a line of JSON at all."""
    if data.startswith(_WIDE):
        raise Unreadable("The file is UTF-16; annotated files are UTF-8.", "Save it as UTF-8.")
    if data.startswith(b"["):
        raise Unreadable("The file is one JSON list, not one object a line.", _ONE_A_LINE)
    if data.startswith(b"{") and data.endswith((b"{", b"[", b",")) and not data.endswith(b"},"):
        raise Unreadable("The file is one JSON object over several lines, not one a line.", _ONE_A_LINE)


def _document(line: _Line, path: Path, limit: int) -> ReadDocument:
    values = _values(line, limit)
    schema = values.get("schema")
    notes: tuple[str, ...] = ()
    if schema == SCHEMA:
        record, canonical = read_document(values)
    elif schema is not None:
        what = f"schema is {shown(schema)}; only {shown(SCHEMA)} can be read."
        raise Unreadable(what, "Export the file again from this version of Annotator, or update it.")
    else:
        record, canonical = read_task(values)
        notes = tuple(f"The key {shown(key)} was left out." for key in ignored_keys(values))
    return ReadDocument(record, canonical, str(path), line.number, (*notes, *change_notes(canonical)))


def _values(line: _Line, limit: int) -> dict[str, JSONValue]:
    if line.too_long:
        raise Unreadable(f"The line has more than {limit // MEGABYTE} MB.", "Split the document.")
    try:
        value = parse(line.data.decode("utf-8"))
    except UnicodeDecodeError as error:
        what = f"The line is not UTF-8 (byte {error.start + 1:,} is 0x{line.data[error.start]:02X})."
        raise Unreadable(what, "Save the file as UTF-8.") from error
    except MemoryError as error:
        raise Unreadable("There is not enough memory for the line.", CORRECT_LINE) from error
    if not isinstance(value, dict):
        raise Unreadable(f"The line is {shown(value)}, but must be an object.", _ONE_A_LINE)
    return value
