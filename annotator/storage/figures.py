"""Figures of a project: documents by status, and verdicts by label and by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from annotator.domain.marks import OriginKind, Verdict
from annotator.storage.tables import AnnotationSetRow, LabelRow, Project, QuotationRow, SpanRow

QUOTATION = "quotation"
"""The name under which quotations stand beside the labels."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How often annotators accepted, changed, added or rejected; ``name`` is a label or a rule."""

    name: str
    counts: Counter[Verdict] = field(default_factory=Counter)

    @property
    def precision(self) -> float | None:
        """The share of decided suggestions that were kept as they were; None if none was decided."""
        kept = self.counts[Verdict.ACCEPTED]
        decided = kept + self.counts[Verdict.CHANGED] + self.counts[Verdict.REJECTED]
        return kept / decided if decided else None


def verdicts_by_label(connection: Connection, project: int) -> list[Verdicts]:
    """Verdicts for each label in the scheme's order, quotations last."""
    scheme = select(Project.scheme).where(Project.id == project).scalar_subquery()
    names = select(LabelRow.id, LabelRow.name).where(LabelRow.scheme == scheme).order_by(LabelRow.position)
    found = {row.id: Verdicts(row.name) for row in connection.execute(names)}
    query = (
        select(SpanRow.label, SpanRow.kind, SpanRow.rejected, SpanRow.changed != "", func.count())
        .join(AnnotationSetRow, AnnotationSetRow.id == SpanRow.set)
        .where(AnnotationSetRow.project == project)
        .group_by(SpanRow.label, SpanRow.kind, SpanRow.rejected, SpanRow.changed != "")
    )
    for label, kind, rejected, changed, count in connection.execute(query):
        found[label].counts[_verdict(kind, rejected, changed)] += count
    quotations = Verdicts(QUOTATION)
    per_kind = (
        select(QuotationRow.kind, QuotationRow.rejected, QuotationRow.changed != "", func.count())
        .join(AnnotationSetRow, AnnotationSetRow.id == QuotationRow.set)
        .where(AnnotationSetRow.project == project)
        .group_by(QuotationRow.kind, QuotationRow.rejected, QuotationRow.changed != "")
    )
    for kind, rejected, changed, count in connection.execute(per_kind):
        quotations.counts[_verdict(kind, rejected, changed)] += count
    return _occurring([*found.values(), quotations])


def verdicts_by_rule(connection: Connection, project: int) -> list[Verdicts]:
    """Verdicts for each rule that suggested a span or a quotation, by name; "" is the bare pipeline."""
    found: dict[str, Verdicts] = {}
    for table in (SpanRow, QuotationRow):
        query = (
            select(table.kind, table.rule, table.rejected, table.changed != "", func.count())
            .join(AnnotationSetRow, AnnotationSetRow.id == table.set)
            .where(AnnotationSetRow.project == project, table.kind != OriginKind.PERSON.value)
            .group_by(table.kind, table.rule, table.rejected, table.changed != "")
        )
        for kind, rule, rejected, changed, count in connection.execute(query):
            name = f"{'quotation' if table is QuotationRow else 'entity'}: {rule or kind}"
            found.setdefault(name, Verdicts(name)).counts[_verdict(kind, rejected, changed)] += count
    return _occurring(found[name] for name in sorted(found))


def _verdict(kind: str, rejected: bool, changed: bool) -> Verdict:
    if rejected:
        return Verdict.REJECTED
    if kind == OriginKind.PERSON.value:
        return Verdict.ADDED
    return Verdict.CHANGED if changed else Verdict.ACCEPTED


def _occurring(verdicts: Iterable[Verdicts]) -> list[Verdicts]:
    return [one for one in verdicts if one.counts.total()]
