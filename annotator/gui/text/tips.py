"""Plain words for tooltips. Qt guesses markup in them, and labels and run names come from files."""

from __future__ import annotations

from annotator.gui.text.index import QuotationItem, SpanItem

_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """``text`` such that Qt does not take it for markup; it looks the same."""
    return text.replace("<", f"<{_WORD_JOINER}").replace("&", f"&{_WORD_JOINER}")


def mark_tip(item: SpanItem | QuotationItem) -> str:
    """Label (or speaker), source and confidence of a mark, in one line."""
    origin = item.mark.origin
    what = item.label.name if isinstance(item, SpanItem) else (item.name or "Quotation")
    source = " ".join(filter(None, (origin.name, origin.version)))
    parts = [what, source or origin.kind.value]
    if origin.score is not None:
        parts.append(f"{round(origin.score * 100)} % sure")
    if item.mark.note:
        parts.append(f"Note: {' '.join(item.mark.note.split())[:200]}")
    return plain(" · ".join(parts))
