"""Markdown of the importer: Handpress reads it as the HTML that it came from."""

from __future__ import annotations

import pytest

from handpress.importers.html import parse_fragment
from handpress.importers.markdown.write import plain_text, write
from handpress.importers.simplify import Simplifier
from handpress.markup.markdown import to_tree


def markdown(html: str) -> str:
    text, odd = write(Simplifier("page").simplify(parse_fragment(html)), {})
    assert odd == [], text
    return text.strip()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>two</b> <i>three</i>.</p>", "One **two** *three*."),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("loose<p>block</p>loose", "loose\n\nblock\n\nloose"),
        ("<div>a<br><br>b</div>", "a\n\nb"),
        ("<h2><strong>All bold</strong></h2>", "## All bold"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<blockquote><p>q</p><p>r</p></blockquote>", "> q\n>\n> r"),
        ('<pre class="language-py">x = 1\n\ny</pre>', "```py\nx = 1\n\ny\n```"),
        ("<dl><dt>T</dt><dd>d</dd></dl>", "T\n:   d"),
        ("<p>H<sub>2</sub>O, x<sup>2</sup></p>", "H~2~O, x^2^"),
        ('<p><a href="https://example.org/a(b)">x</a></p>', "[x](<https://example.org/a(b)>)"),
        ("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>", "A\n\n1"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td>x<br>y</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1\\|2 | x<br>y |",
        ),
        ('<figure><img src="a.png" alt="x"><figcaption>C</figcaption></figure>', '![x](a.png "C")'),
    ],
)
def test_each_element_has_its_plain_form(html: str, text: str) -> None:
    assert markdown(html) == text


@pytest.mark.parametrize(
    "words",
    [
        "1. not a list", "# not a heading", "- not a list", "> not quoted", "5*3*2 and a_b_ and __init__",
        "[x] and [y](z)", "\\[x\\] and \\(y\\)", "$5 or $x$", "a <b> c &lt; d", "`ticks` and ```", "~~no~~ x^2^ ==m==",
        "!!! note", "::: warning", ": term", "| a | b |", "*[HTML]: no", "[^1]: no note", "---", "===", "W> warned",
        "{: .no }", "{{< figure >}}", "{% raw %}", "![[embedded]]", "a@example.org", "&copy; &#65;", "<!-- c -->",
        "[@stone2020]", "+++", "***", "1)", "^block-id", "%% hidden %%",
    ],
)  # fmt: skip
def test_signs_of_markdown_in_a_text_are_text(words: str) -> None:
    """Also at the beginning of a block, of a line in it, of an item, and in a cell."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    html = (
        f"<p>{escaped}</p><p>x<br>{escaped}</p><ul><li>{escaped}</li></ul><h2>{escaped}</h2>"
        f"<table><tr><th>A</th><th>B</th></tr><tr><td>{escaped}</td><td>{escaped} x</td></tr></table>"
    )
    tree = Simplifier("page").simplify(parse_fragment(html))
    text, odd = write(tree, {})
    assert odd == [], text
    assert plain_text(to_tree(text)) == plain_text(tree)


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>foo:</b>bar</p>",
        "<p>a<em>b</em>c <strong><em>d</em> e</strong><em>f</em></p>",
        "<ol><li>a<pre>x\n\n y</pre></li><li>b</li></ol>",
        '<table><tr><td colspan="2">q</td></tr><tr><td>r</td><td><ul><li>l</li></ul></td></tr></table>',
        '<figure><img src="a.png" alt=""><figcaption>See <a href="https://example.org">b</a></figcaption></figure>',
        "<blockquote><ul><li><p>a</p><p>b</p></li></ul><pre>c</pre></blockquote>",
        "<p>x <u>u</u> <small>s</small> <kbd>K</kbd> <mark>m</mark> <del>d</del></p>",
        '<ul><li><p>a</p><figure><img src="x.png" alt="y"></figure></li></ul>',
    ],
)
def test_what_markdown_has_no_sign_for_is_still_read_the_same(html: str) -> None:
    markdown(html)
