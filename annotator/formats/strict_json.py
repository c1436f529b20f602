"""JSON without surprises: what Python's parser lets pass in silence is refused in words.

Duplicate keys, NaN and Infinity, numbers out of range, lone surrogates and very deep nesting are refused. Knows
nothing of what the values mean.
"""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn

from annotator.domain.records import JSONValue
from annotator.formats.problems import CORRECT_LINE, Unreadable, shown

MAX_DEPTH = 100
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LARGEST = 2**63


class _Refused(ValueError):
    """What the line has that strict JSON has not."""


def _pairs(pairs: list[tuple[str, JSONValue]]) -> dict[str, JSONValue]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Refused(f"The key {shown(twice)} stands twice in one object.")
    return found


def _constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is not a JSON number.")


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _Refused(f"The number {shown(digits)} is too large.")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_float)


def parse(line: str) -> JSONValue:
    """Parse one JSON value.

    Raises:
        Unreadable: the line is not strict JSON; the sentence names the column where there is one.
    """
    try:
        value: JSONValue = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        raise _syntax(error) from error
    except _Refused as error:
        raise Unreadable(str(error), CORRECT_LINE) from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:  # an integer of more than 4,300 digits
        raise Unreadable("A number has too many digits.", CORRECT_LINE) from error
    if _SURROGATE.search(line):
        _check_surrogates(value)
    return value


def _syntax(error: json.JSONDecodeError) -> Unreadable:
    if error.msg == "Extra data":
        what = f"Something follows the JSON object, at column {error.colno:,}."
        return Unreadable(what, "Write one object a line, without commas between the lines.")
    if error.pos >= len(error.doc.rstrip()):
        return Unreadable("The JSON object is not complete on this line.", "Write one whole object a line.")
    return Unreadable(f"This is not JSON ({error.msg.lower()}, column {error.colno:,}).", CORRECT_LINE)


def _too_deep() -> Unreadable:
    return Unreadable(f"The JSON is nested more than {MAX_DEPTH} levels deep.", CORRECT_LINE)


def _check_surrogates(value: JSONValue) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        code = f"\\u{ord(error.object[error.start]):04x}"
        what = f"The line holds half a character (the lone surrogate {code})."
        raise Unreadable(what, "Write the character whole, as UTF-8.") from error
    except RecursionError as error:
        raise _too_deep() from error


def check_kept(value: JSONValue, name: str, depth: int = 0) -> None:
    """Refuse a value that is kept as it is if it is too deep or holds an integer beyond 64 bits.

    Raises:
        Unreadable: the sentence names ``name``.
    """
    if depth > MAX_DEPTH:
        raise Unreadable(f"{name} is nested more than {MAX_DEPTH} levels deep.", CORRECT_LINE)
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        raise Unreadable(f"{name} holds a number with too many digits.", CORRECT_LINE)
    if isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            check_kept(inner, name, depth + 1)
