"""Party and state in brackets after a politician's name, as American papers write them: (D-Minn.)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.domain.predictions import PredictedSpan

_PARTY = re.compile(r"\((?P<party>[DRI])[-–](?P<state>[A-Z][A-Za-z.]*(?: [A-Z][a-z.]+)?)\)")


def read_brackets(text: str, spans: Sequence[PredictedSpan]) -> list[PredictedSpan]:
    """Mark the party and the state, in place of whatever was marked inside the brackets."""
    found: list[PredictedSpan] = []
    cleared: list[tuple[int, int]] = []
    for match in _PARTY.finditer(text):
        cleared.append(match.span())
        found.append(PredictedSpan(*match.span("party"), "NORP", rule="party in brackets"))
        found.append(PredictedSpan(*match.span("state"), "GPE", rule="party in brackets"))
    kept = [span for span in spans if not any(span.start < end and start < span.end for start, end in cleared)]
    return [*kept, *found]
