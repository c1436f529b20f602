"""Bytes of an article file to text: UTF-8, UTF-16 and UTF-32 by their byte order marks, else a guess that is told.

Knows no files. A guess never fails in silence: the notes go into the import report.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from annotator.formats.problems import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAMPLE = 500_000
_DAMAGE = "�"
_NUL_SHARE = 0.2
"""ASCII text in UTF-16 is half NUL bytes; a stray NUL in UTF-8 text is far rarer than this."""
_WESTERN = frozenset("“”‘’‚„–—…•€£©®™°§«»\u00a0àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿßÀÂÄÁÅÆÇÈÉÊËÍÎÏÖØÚÜŒ")
_WESTERN_SHARE = 0.95
_ACCENTED_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and sentences for the import report where something was guessed or replaced."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Read the bytes of a text file.

    Raises:
        Unreadable: the bytes are no text in any known encoding.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _replacing(data, codec, name)
    if data.count(0) > len(data) * _NUL_SHARE:
        return _wide(data)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _guess(data)


def _replacing(data: bytes, codec: str, name: str) -> Decoded:
    text = data.decode(codec, "replace")
    damage = text.count(_DAMAGE) - (data.decode(codec, "ignore").count(_DAMAGE) if _DAMAGE in text else 0)
    return Decoded(text, (_damage_note(damage, name),) if damage else ())


def _damage_note(count: int, name: str) -> str:
    pieces = "1 piece" if count == 1 else f"{count:,} pieces"
    return f"{pieces} that {'is' if count == 1 else 'are'} not valid {name} became “{_DAMAGE}”."


def _wide(data: bytes) -> Decoded:
    """UTF-16 without a byte order mark: the NUL bytes stand at odd places in little-endian text."""
    codec = "utf-16-le" if data[1::2].count(0) > data[0::2].count(0) else "utf-16-be"
    text = data.decode(codec, "replace")
    if text.count(_DAMAGE) + text.count("\0") > len(text) * 0.01:
        raise _no_text()
    return Decoded(text, (f"Read as {codec.upper()}; the file has no byte order mark, check the text.",))


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: what is valid beyond ASCII must outnumber what is not."""
    read = _replacing(data, "utf-8", "UTF-8")
    broken = read.text.count(_DAMAGE)
    whole = len(re.findall(r"[^\x00-\x7f]", read.text)) - broken
    return read if whole > broken and b"\0" not in data else None


def _guess(data: bytes) -> Decoded:
    if b"\0" in data:
        raise _no_text()
    codec = _likeliest(data[:_SAMPLE])
    text = data.decode(codec, "replace")
    shown = codec.replace("cp125", "windows-125").replace("_", "-")
    note = f"Read as {shown}; the file is not UTF-8, check accents and quotation marks."
    damage = text.count(_DAMAGE)
    return Decoded(text, (note, _damage_note(damage, shown)) if damage else (note,))


def _likeliest(sample: bytes) -> str:
    """The encoding of bytes that are not UTF-8: windows-1252 where it gives a Western text, else the best match.

    Statistics alone confuse the encodings of short Western texts, in which few characters tell them apart.
    """
    if _is_western(sample.decode("cp1252", "replace")):
        return "cp1252"
    from charset_normalizer import from_bytes  # rarely needed, and not quickly loaded

    best = from_bytes(sample).best()
    if best is None:
        raise _no_text()
    return best.encoding


def _is_western(text: str) -> bool:
    """Whether beyond ASCII nearly all is what Western texts have, and letters are mostly plain ones."""
    beyond = [character for character in text if character > "\x7f"]
    usual = sum(character in _WESTERN for character in beyond)
    letters = sum(character.isalpha() for character in beyond)
    plain = sum(character.isalpha() for character in text) - letters
    return usual >= len(beyond) * _WESTERN_SHARE and letters <= plain * _ACCENTED_SHARE


def _no_text() -> Unreadable:
    return Unreadable("The file is not a text file.", "Save the article as plain text (UTF-8).")
