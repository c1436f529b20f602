"""From the pipeline's named entities to suggestions: clean ends first, then agreement within the document.

Labels are the pipeline's own (OntoNotes). Each step is one function of its own module and leaves its name on
the spans that it changed or added, so that analysts see why.
"""

from __future__ import annotations

from typing import Any

from annotator.domain.predictions import PredictedSpan
from annotator.language.entities.brackets import read_brackets
from annotator.language.entities.capitals import drop_shouted, name_capitals
from annotator.language.entities.ends import clean_ends
from annotator.language.entities.heads import label_by_head
from annotator.language.entities.repeats import add_repeats
from annotator.language.entities.votes import agree_on_labels


def entity_spans(text: str, doc: Any) -> tuple[PredictedSpan, ...]:
    """Every entity of the document, ordered by start, none overlapping another."""
    spans = [PredictedSpan(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
    spans = clean_ends(text, spans)
    spans = read_brackets(text, spans)
    spans = drop_shouted(text, spans)
    spans = label_by_head(text, spans)
    spans = agree_on_labels(text, spans)
    spans = add_repeats(text, doc, spans)
    spans = name_capitals(text, spans)
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))
