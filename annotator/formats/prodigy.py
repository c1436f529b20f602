"""Lines of Prodigy and plain objects with a ``text``: marks that another tool made.

A span becomes a decision where the file says that it was answered (``answer``: accept), else a suggestion.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from annotator.domain.marks import Origin, OriginKind, Status, Verdict
from annotator.domain.records import DocumentRecord, JSONValue, MarkRecords, SpanRecord
from annotator.domain.text import CanonicalText
from annotator.formats.fields import Fields
from annotator.formats.frame import Frame
from annotator.formats.ids import Ids
from annotator.formats.metadata import KEYS, read_metadata
from annotator.formats.order import by_place
from annotator.formats.problems import CORRECT_LINE, Unreadable

SIGNS: Final = frozenset({"spans", "answer", "_input_hash", "_task_hash"})
"""A line with one of these keys is taken for Prodigy's."""
_ANSWERS = ("accept", "reject", "ignore")
_READ = {"id", "text", "meta", "spans", "answer", "text_sha256", "offset_unit", *KEYS}
_PRODIGY_OWN = {"tokens", "options", "relations", "html", "image", "label", "accept", "config", "path"}


def read_task(values: Mapping[str, JSONValue]) -> tuple[DocumentRecord, CanonicalText]:
    """The record of a Prodigy line or of a plain object, and how its text became canonical.

    Raises:
        Unreadable: a field is missing or wrong; the sentence names it.
    """
    line = Fields(values)
    frame = Frame(line)
    identifier = line.identifier("id")
    accepted = _answer(line) == "accept"
    ids = Ids(identifier, frame.raw, None, 1)
    spans = tuple(sorted((_span(item, frame, ids, accepted) for item in line.items("spans")), key=by_place))
    record = DocumentRecord(
        id=identifier,
        text=frame.canonical.text,
        meta=read_metadata(line, beside=True),
        status=Status.DONE if accepted else Status.NEW,
        decided=MarkRecords(spans if accepted else ()),
        suggestions=MarkRecords(() if accepted else spans),
    )
    return record, frame.canonical


def ignored_keys(values: Mapping[str, JSONValue]) -> tuple[str, ...]:
    """Keys of a line that nothing is made of, for the import report; Prodigy's own working keys are not told."""
    own = _PRODIGY_OWN if SIGNS & values.keys() else frozenset()
    return tuple(key for key in values if key not in _READ and key not in own and not key.startswith("_"))


def _answer(line: Fields) -> str | None:
    answer = line.optional_text("answer")
    if answer is not None and answer not in _ANSWERS:
        raise line.bad("answer", f"one of {', '.join(_ANSWERS)}")
    return answer


def _span(item: Fields, frame: Frame, ids: Ids, accepted: bool) -> SpanRecord:
    stretch = frame.stretch(item)
    if "label" not in item.values:
        raise Unreadable(f"{item.name('label')} is missing.", CORRECT_LINE)
    label = item.words("label")
    return SpanRecord(
        id=ids.item("span", "", stretch.start, stretch.end, label),
        start=stretch.start,
        end=stretch.end,
        label=label,
        origin=Origin(OriginKind.IMPORTED, "prodigy"),
        verdict=Verdict.ACCEPTED if accepted else Verdict.PENDING,
    )
