"""What a run proposes for one text: the language room's whole output, and what crosses the worker's pipe.

Labels are names (the pipeline's own); entities are numbered within the prediction. Ids are derived later,
from the run and the stretches, so that the same run gives the same ids.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.marks import QuotationType, SpeakerState, Stretch


@dataclass(frozen=True, slots=True)
class PredictedEntity:
    """A person, organisation or place that a run found in one text, by its longest name there."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PredictedSpan:
    """A labelled stretch ``[start, end)``; ``entity`` is an index into the prediction's entities."""

    start: int
    end: int
    label: str
    entity: int | None = None
    rule: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class PredictedQuotation:
    """One act of reporting speech; ``entity`` is the speaker's index into the prediction's entities."""

    content: tuple[Stretch, ...]
    cue: tuple[Stretch, ...] = ()
    speaker: Stretch | None = None
    entity: int | None = None
    state: SpeakerState = SpeakerState.UNKNOWN
    type: QuotationType = QuotationType.DIRECT
    rule: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """All that one run proposes for one text; spans and quotations are ordered by start, then end."""

    spans: tuple[PredictedSpan, ...] = ()
    quotations: tuple[PredictedQuotation, ...] = ()
    entities: tuple[PredictedEntity, ...] = ()


@dataclass(frozen=True, slots=True)
class PipelineInfo:
    """An installed pipeline: ``name`` is its own name (``en_core_web_md``), ``package`` what loads it.

    ``rules_version`` is the version of our own rules that run on top; it is part of a run's identity.
    """

    name: str
    version: str
    package: str
    rules_version: str
    language: str = "en"
