"""HTML that is pasted becomes the words that a reader would see, parted as the page parts them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.html_text import html_to_text, looks_like_html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One\n  two</p><p>Three</p>", "One two\n\nThree"),
        ("<h1>Title</h1>Text<br>next line", "Title\n\nText\nnext line"),
        ("a<br><br>b", "a\n\nb"),
        ("<b>Bold</b> and <i>thin</i>, too", "Bold and thin, too"),
        ("so<em>me</em>thing", "something"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<table><tr><td>1<td>2</tr><tr><td>3</table>", "1 2\n3"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("«&nbsp;Oui&nbsp;»", "«\u00a0Oui\u00a0»"),
        ("&lt;script&gt;is shown&lt;/script&gt;", "<script>is shown</script>"),
        ("3 < 5 and 7 > 6", "3 < 5 and 7 > 6"),
        ("", ""),
    ],
)
def test_words_and_paragraphs_stay(source, text):
    assert html_to_text(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "<p>seen</p><script>if (a<b) hidden()</script>",
        "<style>p { content: 'hidden' }</style><p>seen</p>",
        "<!-- hidden --><p>seen</p>",
        "<head><title>hidden</title></head><body>seen</body>",
        "<iframe src='http://hidden.example'>hidden</iframe>seen",
        "<svg><text>hidden</text></svg><p>seen<img src='http://hidden.example/x.png' alt='hidden'></p>",
        "<noscript>hidden</noscript>seen",
    ],
)
def test_scripts_styles_and_comments_are_not_in_the_text(source):
    assert html_to_text(source) == "seen"


def test_a_forgotten_end_does_not_swallow_the_page():
    assert html_to_text("<body><svg>hidden</body></html><p>seen</p>") == "seen"


def test_a_very_deep_page_is_read_in_short_time():
    begun = time.perf_counter()
    assert html_to_text("<div>" * 200_000 + "deep") == "deep"
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<p>One</p><p>Two</p>", True),
        ("  <!doctype html><html><body>x</body></html>", True),
        ("<quote> he said", False),
        ("Prices: 3 < 5 <br> and more", False),
        ("<a@b.com> wrote", False),
    ],
)
def test_the_source_of_a_page_is_told_from_text(text, is_html):
    assert looks_like_html(text) is is_html


@given(st.text(st.sampled_from("<>/&;=\"' abpdivscript!-\n")))
def test_no_html_is_too_broken(source):
    html_to_text(source)
