"""What our rules cost beside the pipeline's own time, on the articles of the outlets.

``python -m benchmarks.quality.speed [--repetitions N]``
"""

from __future__ import annotations

from annotator.language import pipelines
from annotator.language.reading import parse_many
from benchmarks.measuring import alternate, median, options, table
from benchmarks.quality.gold import outlets
from benchmarks.quality.scoring import predicted


def main() -> None:
    """Measure and print."""
    given = options(__doc__ or "").parse_args()
    texts = [one["text"] for one in outlets()]
    nlp = pipelines.load().nlp
    docs = list(parse_many(texts, nlp))
    words = sum(len(text.split()) for text in texts)
    calls = [lambda: list(parse_many(texts, nlp)), lambda: predicted(texts, docs)]
    parsing, rules = (median(times) for times in alternate(calls, 1 if given.small else given.repetitions))
    rows = [
        ["the pipeline", f"{1000 * parsing / words * 1000:.0f}", ""],
        ["our rules", f"{1000 * rules / words * 1000:.1f}", f"{100 * rules / parsing:.1f} %"],
    ]
    table("Milliseconds a 1000 words", ("what", "ms", "of the pipeline's"), rows)


if __name__ == "__main__":
    main()
