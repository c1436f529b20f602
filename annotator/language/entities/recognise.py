"""From the pipeline's named entities to suggestions: clean ends first, then agreement within the document.

Labels are the pipeline's own (OntoNotes). Each step is one function of its own module and leaves its name on
the spans that it changed or added, so that analysts see why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.brackets import read_brackets
from annotator.language.entities.capitals import drop_shouted, name_capitals
from annotator.language.entities.ends import clean_ends, split_owners
from annotator.language.entities.heads import label_by_head
from annotator.language.entities.repeats import add_repeats
from annotator.language.entities.scores import give_scores
from annotator.language.entities.short_forms import name_short_forms
from annotator.language.entities.votes import agree_on_labels
from annotator.language.settings import DEFAULT, Settings


def entity_spans(text: str, doc: Any, settings: Settings = DEFAULT) -> tuple[PredictedSpan, ...]:
    """Every entity of the document, ordered by start, none overlapping another."""
    spans = [PredictedSpan(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
    for rule, step in _STEPS:
        if settings.use(rule):
            spans = step(text, doc, spans, settings)
    spans = give_scores(text, spans)
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


Step = Callable[[str, Any, list[PredictedSpan], Settings], list[PredictedSpan]]
_STEPS: tuple[tuple[str, Step], ...] = (
    ("entity ends", lambda text, _doc, spans, _settings: split_owners(text, clean_ends(text, spans))),
    ("party in brackets", lambda text, _doc, spans, _settings: read_brackets(text, spans)),
    ("entity shouts", lambda text, _doc, spans, _settings: drop_shouted(text, spans)),
    ("entity heads", lambda text, _doc, spans, _settings: label_by_head(text, spans)),
    ("entity agreement", lambda text, _doc, spans, settings: agree_on_labels(text, spans, settings)),
    ("entity short forms", lambda text, _doc, spans, _settings: name_short_forms(text, spans)),
    ("entity repeats", add_repeats),
    ("entity capitals", lambda text, _doc, spans, _settings: name_capitals(text, spans)),
)
