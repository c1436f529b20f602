"""HTML to plain text, for what is pasted or dropped: blocks become paragraphs parted by blank lines.

Scripts, styles and comments are left out; nothing is fetched. A library of its own would bring more than this needs,
and Qt's conversion turns no-break spaces into plain ones.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    )
)
_LEFT_OUT = frozenset(
    (
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "textarea",
    )
)
_TIGHT = frozenset(("li", "tr", "dt", "dd"))
"""Blocks that stand on a line of their own without a blank line between them."""
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_MARKUP = re.compile(r"<(?:p|div|br|html|body|article|h[1-6]|ul|ol|table|span|blockquote)\b[^<>]*>", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether a plain text is the source of an HTML page or a piece of one."""
    return text.lstrip().startswith("<") and len(_MARKUP.findall(text, 0, 20_000)) >= 2


def html_to_text(source: str) -> str:
    """The words of an HTML text as a reader would see them; never raises, however broken it is."""
    parser = _Words()
    parser.feed(source)
    parser.close()
    return parser.text()


class _Words(HTMLParser):
    """Collects words; ``_gap`` is the number of line breaks that the next word needs before it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._gap = 0
        self._blank = False
        self._skipped: list[str] = []
        self._verbatim = 0

    def text(self) -> str:
        """What was collected."""
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT or self._skipped:
            if tag in _LEFT_OUT:
                self._skipped.append(tag)
            return
        if tag == "br":
            self._gap = min(2, self._gap + 1)
        elif tag in ("td", "th"):
            self._blank = True
        self._part(tag)
        self._verbatim += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            # An end tag that was forgotten must not swallow the rest of the page.
            if tag in self._skipped:
                del self._skipped[self._skipped.index(tag) :]
            elif tag in ("body", "html"):
                self._skipped = []
            return
        self._part(tag)
        self._verbatim = max(0, self._verbatim - (tag == "pre"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _LEFT_OUT:
            self.handle_starttag(tag, attrs)

    def _part(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._gap = max(self._gap, 1 if tag in _TIGHT else 2)

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        words = data if self._verbatim else _BLANKS.sub(" ", data)
        if not self._verbatim:
            self._blank |= words.startswith(" ")
            ends_blank = words.endswith(" ")
            words = words.strip(" ")
            if not words:
                return
        else:
            ends_blank = False
        if self._pieces:
            self._pieces.append("\n" * self._gap or (" " if self._blank else ""))
        self._pieces.append(words)
        self._gap, self._blank = 0, ends_blank
