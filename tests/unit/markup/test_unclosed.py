"""No word is lost without an end tag: it reaches every medium, or a message names it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handpress.core.files.disk import Disk
from handpress.markup.sanitize import DROPPED
from handpress.markup.tree import parse_tree as tree_of
from handpress.markup.tree import text_of
from handpress.markup.unclosed import BLOCKS, INLINE, SWALLOWS, VOID
from handpress.series.parse import parse
from helpers.finished import Ebook, pdf_text
from helpers.workspaces import publish

# Every element that HTML knows or knew.
ELEMENTS = sorted((BLOCKS | INLINE | SWALLOWS | DROPPED | {"a", "foo-bar"}) - VOID)


def body_of(tmp_path: Path, text: str) -> tuple[str, list[str]]:
    """The mark-up of an article's body, and the codes of its problems with their lines."""
    (tmp_path / "a.md").write_text(text)
    article, problems = parse(Disk(tmp_path), "a.md")
    return article.body, [f"{p.code}:{p.place.line}" for p in problems]


@pytest.mark.parametrize("name", ELEMENTS)
def test_a_tag_in_a_sentence_takes_no_word_along(tmp_path: Path, name: str) -> None:
    body, _ = body_of(tmp_path, f"# T\n\nWrite a <{name}> tag *here*.\n\nAfter.\n\n- last\n")
    there = text_of(tree_of(body))
    assert re.fullmatch(rf"Write a (<{name}> )?tag here\. After\. last", there)
    assert "<em>here</em>" in body


@pytest.mark.parametrize("name", ELEMENTS)
def test_a_tag_that_opens_a_block_takes_no_word_along(tmp_path: Path, name: str) -> None:
    body, _ = body_of(tmp_path, f"# T\n\nBefore.\n\n<{name}>\nIn *it*.\n\nAfter **it**.\n")
    assert re.fullmatch(rf"Before\. (<{name}> )?In it\. After it\.", text_of(tree_of(body)))
    assert "<strong>it</strong>" in body


@pytest.mark.parametrize("name", ELEMENTS)
def test_nor_does_one_in_a_list_a_quotation_or_a_box(tmp_path: Path, name: str) -> None:
    text = f"# T\n\n- one <{name}> two\n- three\n\n> four <{name}> five\n\n!!! note\n    six <{name}> seven\n\nEight.\n"
    body, _ = body_of(tmp_path, text)
    there = text_of(tree_of(body)).replace(f"<{name}>", "").split()
    assert there == ["one", "two", "three", "four", "five", "six", "seven", "Eight."]


@pytest.mark.parametrize(
    ("text", "body", "codes"),
    [
        # The text of the tag, within a sentence.
        (
            "Use a <table> tag.",
            "<p>Use a &lt;table&gt; tag.</p>",
            ["unclosed-tag:1"],
        ),
        # So is one that HTML does not have, in a heading too.
        (
            "# T\n\n## Use Box<T> and Result<T, E>",
            '<h2 id="a--use-boxt-and-resultt-e">Use Box&lt;T&gt; and Result&lt;T, E&gt;</h2>',
            ["unclosed-tag:3", "unclosed-tag:3"],
        ),
        # One that marks a place stays.
        (
            'See <span id="here"> and <a id="there"> it.',
            '<p>See <span id="a--here"> and <a id="a--there"> it.</a></span></p>',
            [],
        ),
        # So does one by the attribute of older HTML.
        ('See <a name="there"></a> it.', '<p>See <a id="a--there"></a> it.</p>', []),
        # No tag at all, if it opens a block: Markdown continues below it.
        ("<div>\n*In* it.", "<p><em>In</em> it.</p>", ["unclosed-tag:1"]),
        # HTML lets the end of a paragraph be omitted.
        ("<p>One.\n\n<p>*Two*.", "<p>One.</p>\n<p><em>Two</em>.</p>", []),
        # An element that has its end is read as HTML is.
        ("<div>In it.</div>", "<div>In it.</div>", []),
        (
            "<ul><li>One<li>Two</ul>\n\nAfter.",
            "<ul><li>One</li><li>Two</li></ul>\n<p>After.</p>",
            [],
        ),
        # An escaped tag is text, and its backslashes are not printed.
        ("A \\<table\\> and \\<T>.", "<p>A &lt;table&gt; and &lt;T&gt;.</p>", []),
        # So is what a formula compares.
        (
            "$a<b$ or $c>d$, <b>I</b> say.",
            "<p><var>a</var> &lt; <var>b</var> or <var>c</var> &gt; <var>d</var>, <b>I</b> say.</p>",
            [],
        ),
        # Code is as it is typed, in ticks, in fences and indented.
        ("Use `<table>`.", "<p>Use <code>&lt;table&gt;</code>.</p>", []),
        ("```\n<table>\n```", "<pre><code>&lt;table&gt;\n</code></pre>", []),
        ("Text.\n\n    <table>\n", "<p>Text.</p>\n<pre><code>&lt;table&gt;\n</code></pre>", []),
        # An end tag in code ends nothing outside it.
        (
            "A <select> and `</select>`.",
            "<p>A &lt;select&gt; and <code>&lt;/select&gt;</code>.</p>",
            ["unclosed-tag:1"],
        ),
        # A lone tick makes no code of the text in other paragraphs.
        (
            "A ` tick.\n\nA <table> tag.\n\nA ` tick.",
            "<p>A ` tick.</p>\n<p>A &lt;table&gt; tag.</p>\n<p>A ` tick.</p>",
            ["unclosed-tag:3"],
        ),
        # Neither a comparison nor a tag that breaks off is a tag.
        ("If a<b or a<c.", "<p>If a&lt;b or a&lt;c.</p>", []),
        ("<ul>e<word\n\nAfter.", "<p>e&lt;word</p>\n<p>After.</p>", ["unclosed-tag:1"]),
        # Addresses are not tags.
        (
            "<https://example.org/a> [x](<https://example.org/b c>)",
            '<p><a href="https://example.org/a">https://example.org/a</a> '
            '<a href="https://example.org/b%20c">x</a></p>',
            [],
        ),
        # Notes of a program to itself are not text, and are named.
        ("A <?php echo 1 ?> b.", "<p>A  b.</p>", ["html-removed:1"]),
        # An element of a program that is empty leaves nothing; one with code in it is printed as it is typed.
        ("A <Badge/> and <Badge /> b.", "<p>A  and  b.</p>", ["html-removed:1", "html-removed:1"]),
        (
            'A.\n\n<Banner n={1}\n  of={[\n    {label: "C", value: "https://e.org"},\n]} />\n\nB.',
            '<p>A.</p>\n<p>&lt;Banner n={1}\n  of={[\n    {label: "C", value: "https://e.org"},\n]} /&gt;</p>\n<p>B.</p>',
            ["unread-markup:3"],
        ),
        # A definition without a label defines nothing.
        ("[]: text", "<p>[]: text</p>", []),
    ],
)
def test_what_becomes_of_a_tag(tmp_path: Path, text: str, body: str, codes: list[str]) -> None:
    found, said = body_of(tmp_path, text)
    assert found.strip() == body
    assert said == codes


def test_the_text_after_an_element_that_is_taken_out_stays(tmp_path: Path) -> None:
    """In a box, after its title; in a list of terms without a term, after a tag."""
    body, _ = body_of(
        tmp_path, "!!! urgent\n    </p>\n    One **two**.\n\n<dl><dd><b>x</b> three</dl>\n"
    )
    assert text_of(tree_of(body)) == "One two. x three"


def test_a_tag_that_one_footnote_leaves_open_loses_no_other(tmp_path: Path) -> None:
    text = "A[^1] b[^2].\n\n[^1]: <small>One.\n\n[^2]: Two.\n"
    (tmp_path / "a.md").write_text(text)
    article, problems = parse(Disk(tmp_path), "a.md")
    assert [text_of(tree_of(note)) for note in article.notes.values()] == ["One.", "Two."]
    assert [p.code for p in problems] == ["unclosed-tag"]


def test_a_cell_without_a_heading_stays(tmp_path: Path) -> None:
    body, codes = body_of(tmp_path, "| Day | Sets |\n|---|---|\n| Monday | 3 | with a towel |\n")
    assert text_of(tree_of(body)) == "Day Sets Monday 3 with a towel"
    assert not codes


def test_one_article_that_fails_leaves_no_trace_in_the_next(tmp_path: Path) -> None:
    """Markdown's reader keeps the state in which it failed: no other article is read by it."""
    (tmp_path / "deep.md").write_text("- " * 5000 + "x\n")
    (tmp_path / "next.md").write_text("# T\n\nOne[^1].\n\nTwo.\n\n[^1]: Note.\n")
    alone, _ = parse(Disk(tmp_path), "next.md")
    _, problems = parse(Disk(tmp_path), "deep.md")
    assert [p.code for p in problems] == ["too-deep"]
    after, problems = parse(Disk(tmp_path), "next.md")
    assert not problems
    assert after == alone


def test_every_word_reaches_every_medium(tmp_path: Path) -> None:
    pieces = [
        "in a <{0}> sentence", "- in a <{0}> list", "> in a <{0}> quotation", "<{0}>\nopening a block",
        "| a <{0}> cell | b |\n|---|---|\n| c | d |",
    ]  # fmt: skip
    text, marks = "# Tags\n", []
    for number, name in enumerate(ELEMENTS):
        mark = f"qz{number:03}x"
        marks.append(mark)
        text += f"\n{pieces[number % len(pieces)].format(name)} {mark}\n"
    (tmp_path / "tags.md").write_text(text)
    ran = publish(cwd=tmp_path)
    assert ran.code == 0, ran.err
    output = tmp_path / "output"
    (folder,) = (p for p in output.iterdir() if (p / "index.html").is_file())
    ebook = Ebook(folder / f"{folder.name}.epub")
    media = {
        "handout": "".join(pdf_text(folder / "handouts/tags.pdf")),
        "book": "".join(pdf_text(folder / f"{folder.name}.pdf")),
        "epub": "".join(ebook.files[name].decode() for name in ebook.spine),
        "web": (folder / "articles/tags.html").read_text(encoding="utf-8"),
    }
    lost = {medium: [m for m in marks if m not in there] for medium, there in media.items()}
    assert not any(lost.values()), lost
