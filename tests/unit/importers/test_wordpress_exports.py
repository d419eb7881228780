"""WordPress: both editors, its own notations, and what an export has beside its posts."""

from __future__ import annotations

import pytest

from helpers.exports import item, wordpress
from helpers.pictures import png
from helpers.workspaces import Book

SERIES = "sources/strong-at-home"


def imported(book: Book, *items: str) -> str:
    """The Markdown of the first post, and the lines of the command."""
    book.write("export.xml", wordpress(*items))
    ran = book.run("import", "export.xml")
    assert ran.code == 0, ran
    book.write("said.txt", ran.out)
    first = min((book.root / SERIES).glob("*.md"))
    return first.read_text(encoding="utf-8").partition("\n---\n\n")[2].rstrip("\n")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("One.\n\nTwo\nlines.", "One.\n\nTwo\\\nlines."),
        ("<strong>One</strong>\n\n<ul>\n <li>a</li>\n</ul>\nTwo", "**One**\n\n- a\n\nTwo"),
        ("<pre>a\n\nb</pre>\n\nc", "```\na\n\nb\n```\n\nc"),
        ("a<!--more-->\n\nb", "a\n\nb"),
        (
            '[caption id="x" width="3"]<img src="https://example.net/a.png" alt="A"> Its caption[/caption]\n\nb',
            '![A](https://example.net/a.png "Its caption")\n\nb',
        ),
        (
            '[caption caption="Old way"]<a href="https://example.net/big.png"><img src="https://example.net/a.png" alt="A"></a>[/caption]',
            '![A](https://example.net/a.png "Old way")',
        ),
        ("a [embed]https://example.org/v[/embed]", "a\n\n<https://example.org/v>"),
        ("a[ref]A note.[/ref] b", "a[^1] b\n\n[^1]: A note."),
        ("[[gallery]] is a shortcode", "\\[gallery] is a shortcode"),
        ("An aside [sic] stays", "An aside \\[sic] stays"),
        ("[vc_row][vc_column]Inside[/vc_column][/vc_row]", "Inside"),
        (
            '[audio src="https://example.net/a.mp3"]',
            "[example.net/a.mp3](https://example.net/a.mp3)",
        ),
    ],
)
def test_the_classic_editor(empty: Book, text: str, markdown: str) -> None:
    assert imported(empty, item(1, "A post", text)) == markdown


BLOCKS = """<!-- wp:paragraph -->
<p>One
line.<sup data-fn="n-1" class="fn"><a href="#n-1" id="n-1-link">1</a></sup></p>
<!-- /wp:paragraph -->

<!-- wp:image {"id":7} -->
<figure class="wp-block-image"><img src="https://example.net/a.png" alt="A" class="wp-image-7"/><figcaption>C</figcaption></figure>
<!-- /wp:image -->

<!-- wp:latest-posts {"postsToShow":3} /-->

<!-- wp:block {"ref":9} /-->

<!-- wp:verse -->
<pre class="wp-block-verse">a
b</pre>
<!-- /wp:verse -->

<!-- wp:footnotes /-->"""
NOTES = (
    "<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA["
    '[{"content":"The <em>note</em>.","id":"n-1"}]]]></wp:meta_value></wp:postmeta>'
)


def test_the_block_editor(empty: Book) -> None:
    reusable = item(
        9, "Shared", "<!-- wp:paragraph --><p>Reused.</p><!-- /wp:paragraph -->", kind="wp_block"
    )
    text = imported(empty, item(1, "A post", BLOCKS, more=NOTES), reusable)
    assert text == (
        'One line.[^1]\n\n![A](https://example.net/a.png "C")\n\nReused.\n\na\\\nb\n\n[^1]: The *note*.'
    )
    assert "left out: a block that WordPress fills (`latest-posts`): A post" in empty.read(
        "said.txt"
    )


@pytest.mark.parametrize(
    "blocks",
    [
        '<div class="schema-faq"><div class="schema-faq-section"><strong class="schema-faq-question">Why?</strong>'
        '<p class="schema-faq-answer">So.</p></div></div>',
        '<div class="rank-math-list-item"><h3 class="rank-math-question">Why?</h3>'
        '<div class="rank-math-answer">So.</div></div>',
        '<details class="wp-block-details"><summary>Why?</summary><p>So.</p></details>',
        "<h3>FAQ</h3><h4>Why?</h4><p>So.</p>",
    ],
)
def test_questions_in_the_forms_of_plug_ins(empty: Book, blocks: str) -> None:
    text = imported(
        empty, item(1, "A post", f"<!-- wp:html --><p>Text.</p>{blocks}<!-- /wp:html -->")
    )
    title = "FAQ" if "FAQ" in blocks else "Common questions"
    assert text == f"Text.\n\n## {title} {{: .faq }}\n\n### Why?\n\nSo."


def test_a_gallery_shows_its_attachments(empty: Book) -> None:
    def attachment(number: int, name: str, caption: str) -> str:
        more = f"<wp:attachment_url>https://example.net/{name}</wp:attachment_url><wp:post_parent>1</wp:post_parent>"
        return item(
            number, name, "", kind="attachment", status="inherit", more=more, excerpt=caption
        )

    text = imported(
        empty,
        item(1, "A post", 'Look: [gallery ids="3,2"]'),
        attachment(2, "b.png", ""),
        attachment(3, "c.png", "C"),
    )
    assert text == 'Look:\n\n![](https://example.net/c.png "C")\n\n![](https://example.net/b.png)'


def test_settings_order_and_what_is_not_an_article(empty: Book) -> None:
    terms = '<category domain="category" nicename="knees">Knees</category><category domain="post_tag">rest</category>'
    comment = "<wp:comment><wp:comment_content>Hi</wp:comment_content></wp:comment>"
    empty.write(
        "export.xml",
        wordpress(
            item(9, "About", "Us.", kind="page"),
            item(
                5,
                "Second",
                'See <a href="https://example.org/?p=2">it</a>.',
                more=terms + comment,
                excerpt="Short.",
            ),
            item(2, "First", "Words."),
            item(6, "Later", "Words.", status="draft"),
            item(7, "Gone", "Words.", status="trash"),
            item(8, "Menu", "", kind="nav_menu_item"),
        ),
    )
    ran = empty.run("import", "export.xml")
    assert sorted(p.name for p in (empty.root / SERIES).glob("*.md")) == [
        "01-first.md", "02-second.md", "03-later.md", "04-about.md",
    ]  # fmt: skip
    assert empty.read(f"{SERIES}/02-second.md") == (
        '---\ntitle: Second\nsummary: Short.\ndate: 2026-01-05\ntags: [Knees, rest]\nurl: "https://example.org/second/"\n'
        "---\n\nSee [it](01-first.md).\n"
    )
    assert "\ndraft: true\n" in empty.read(f"{SERIES}/03-later.md")
    assert "authors: [Ada Stone]\n" in empty.read(f"{SERIES}/series.yaml")
    assert "left out: 1 comments: Second" in ran.said
    assert "left out: it is in the trash of WordPress: Gone" in ran.said
    assert (
        "left out: 1 entries of the type `nav_menu_item`, which is not text: the export" in ran.said
    )


def test_uploads_beside_the_export_are_taken(empty: Book) -> None:
    empty.write("blog/uploads/2026/01/a.png", png(8, 8))
    empty.write("blog/uploads/2025/01/a.png", png(9, 9))
    source = '<img src="https://example.org/wp-content/uploads/2026/01/a-300x200.png" alt="A">'
    empty.write("blog/export.xml", wordpress(item(1, "A post", source)))
    assert empty.run("import", "blog").code == 0
    assert empty.read(f"{SERIES}/01-a-post.md").endswith("![A](images/a-300x200.png)\n")
    assert (empty.root / SERIES / "images/a-300x200.png").read_bytes() == png(8, 8)


def test_characters_that_xml_forbids(empty: Book) -> None:
    """Exports have them all the same: control characters, HTML's names of characters, bare ampersands."""
    text = imported(empty, item(1, "A &mdash; B & C", "One\x0b two.", slug="a"))
    assert text == "One two."
    assert 'title: "A — B & C"' in empty.read(f"{SERIES}/01-a.md")
