"""Strict access to the fields of a JSON object: a wrong type is refused with the field's path, never converted.

Knows no format; ``path`` is what the sentence calls the object (``spans[3]``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from annotator.domain.records import JSONValue
from annotator.formats.problems import CORRECT_LINE, Unreadable, shown

_FAR = 2**63
"""Beyond this, integers are cut before they become floats (Python would raise)."""
Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """A JSON object and where it stands in the line."""

    def __init__(self, values: Mapping[str, JSONValue], path: str = "") -> None:
        self.values = values
        self.path = path

    def name(self, key: str) -> str:
        """What a sentence calls the field."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Whether the field is there and not null."""
        return self.values.get(key) is not None

    def bad(self, key: str, wanted: str) -> Unreadable:
        """The refusal of a field: missing, or not what is ``wanted``."""
        if key not in self.values:
            return Unreadable(f"{self.name(key)} is missing.", CORRECT_LINE)
        found = shown(self.values[key])
        return Unreadable(f"{self.name(key)} is {found}, but must be {wanted}.", CORRECT_LINE)

    def text(self, key: str) -> str:
        """A string that is there; a NUL in it becomes U+2400 (databases end strings at it)."""
        value = self.values.get(key)
        if not isinstance(value, str):
            raise self.bad(key, "a string")
        return value.replace("\0", "␀")

    def words(self, key: str) -> str:
        """A string that is not blank."""
        value = self.text(key)
        if not value.strip():
            raise Unreadable(f"{self.name(key)} is empty.", CORRECT_LINE)
        return value

    def optional_text(self, key: str) -> str | None:
        """A string, or None where the field is missing or null."""
        return self.text(key) if self.has(key) else None

    def identifier(self, key: str) -> str:
        """A string or an integer as a string; empty where the field is missing or null."""
        value = self.values.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.text(key) if self.has(key) else ""

    def integer(self, key: str, default: int | None = None) -> int:
        """A whole number; ``default`` where the field is missing."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.bad(key, "a whole number")
        return value

    def number(self, key: str) -> float | None:
        """A number, or None where the field is missing or null."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.bad(key, "a number")
        return float(min(max(value, -_FAR), _FAR))

    def flag(self, key: str) -> bool:
        """True or false; false where the field is missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.bad(key, "true or false")
        return value

    def choice(self, key: str, kind: type[Choice]) -> Choice | None:
        """One of an enumeration's values, or None where the field is missing or null."""
        value = self.values.get(key)
        if value is None:
            return None
        try:
            if isinstance(value, str):
                return kind(value)
        except ValueError:
            pass
        raise self.bad(key, f"one of {', '.join(member.value for member in kind)}")

    def inner(self, key: str) -> Fields:
        """The object in a field; an empty one where the field is missing or null."""
        value = self.values.get(key)
        if value is None:
            return Fields({}, self.name(key))
        if not isinstance(value, dict):
            raise self.bad(key, "an object")
        return Fields(value, self.name(key))

    def entries(self, key: str) -> list[JSONValue]:
        """The list in a field; an empty one where the field is missing or null."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.bad(key, "a list")
        return value

    def items(self, key: str) -> Iterator[Fields]:
        """The objects of the list in a field."""
        for index, entry in enumerate(self.entries(key)):
            path = f"{self.name(key)}[{index}]"
            if not isinstance(entry, dict):
                raise Unreadable(f"{path} is {shown(entry)}, but must be an object.", CORRECT_LINE)
            yield Fields(entry, path)

    def names(self, key: str) -> tuple[str, ...]:
        """The strings of the list in a field."""
        found = []
        for index, entry in enumerate(self.entries(key)):
            if not isinstance(entry, str):
                what = f"{self.name(key)}[{index}] is {shown(entry)}, but must be a string."
                raise Unreadable(what, CORRECT_LINE)
            found.append(entry.replace("\0", "␀"))
        return tuple(found)
