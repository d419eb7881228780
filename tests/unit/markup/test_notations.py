"""Attributes, spans, labels and tabs as other programs write them; braces that are text stay as they are typed."""

from __future__ import annotations

import pytest

from handpress.markup.markdown import read
from handpress.markup.tree import serialize_element


def html_of(text: str) -> str:
    body = serialize_element(read(text)[0])
    return body.removeprefix("<body>").removesuffix("</body>").replace("\n", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "[a](b){: .c} and {curly} text",
            '<p><a class="c" href="b">a</a> and {curly} text</p>',
        ),
        (
            "[a](b){.c} [d](e){#f} {g}",
            '<p><a class="c" href="b">a</a> <a href="e" id="f">d</a> {g}</p>',
        ),
        ("*a*{b} c {d}", "<p><em>a</em>{b} c {d}</p>"),
        ("## The set {x}", '<h2 id="the-set-x">The set {x}</h2>'),
        ("## Heading {#own .faq}", '<h2 class="faq" id="own">Heading</h2>'),
        ("![a](b.png){width=50%}", '<p><img alt="a" src="b.png" width="50%" /></p>'),
        ('Text\n{: title="Don\'t {x}" }', '<p title="Don\'t {x}">Text</p>'),
    ],
)
def test_braces_are_attributes_only_if_they_hold_some(text: str, html: str) -> None:
    assert html_of(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            '![](a.png){fig-alt="A `knee` {bent}" .x}',
            '<img alt="A `knee` {bent}" class="x" src="a.png" />',
        ),
        ('![Bent](a.png){fig-alt="A knee"}', '<img alt="A knee" src="a.png" title="Bent" />'),
        ("![A knee](a.png){width=50%}", '<img alt="A knee" src="a.png" width="50%" />'),
        ("![A knee](a.png){x}", '<img alt="A knee" src="a.png" />{x}'),
    ],
)
def test_the_attributes_of_a_picture_describe_it(text: str, html: str) -> None:
    assert html_of(text) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[so *far*]{.small}.", '<p><span class="small">so <em>far</em></span>.</p>'),
        ("[here]{#place}, [x]{y}", '<p><span id="place">here</span>, [x]{y}</p>'),
        ("[a]{.b} [c](d)", '<p><span class="b">a</span> <a href="d">c</a></p>'),
    ],
)
def test_words_in_brackets_with_attributes_are_a_span(text: str, html: str) -> None:
    assert html_of(text) == html


def test_a_label_is_a_place_to_link_to() -> None:
    """It is in its heading, on the same page and with the same words."""
    assert html_of("(own)=\n## Heading") == '<h2 id="heading"><a id="own"></a>Heading</h2>'
    assert html_of("(a/b:c)=\nWords") == '<a id="a/b:c"></a><p>Words</p>'
    assert html_of("Words (own)=") == "<p>Words (own)=</p>"


def test_tabs_follow_one_another_below_their_titles() -> None:
    text = '=== "One"\n\n    words\n\n=== "Two"\n    - item\n\nAfter\n===\n'
    assert html_of(text) == (
        "<div><p><strong>One</strong></p><p>words</p></div>"
        "<div><p><strong>Two</strong></p><ul><li>item</li></ul></div>"
        '<h1 id="after">After</h1>'
    )


def test_the_boxes_of_docsify_are_boxes() -> None:
    html = html_of("!> Stop.\n\n?> Rest.\n")
    assert html.count('<div class="admonition foreign') == 2
    assert "!" not in html
    assert "?" not in html


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("{#if x === 'y'}", "template code", "{#if x === 'y'}"),
        ("{:else}", "template code", "{:else}"),
        ("So {/if} far", "template code", "{/if}"),
        ("So <%= far %> it", "template code", "<%= far %>"),
        ("Take {~~two~>one~~}.", "an edit", "{~~two~>one~~}"),
        ("Take {--two--}.", "an edit", "{--two--}"),
        ("See \\@ref(fig:knee).", "a cross-reference", "\\@ref(fig:knee)"),
        ("<<< @/knee.js", "a command to include a file", "<<< @/knee.js"),
        ('--8<-- "knee.md"', "a command to include a file", '--8<-- "knee.md"'),
        ("```\nx\n {{#include x.rs:2}}\n```", "a command to include a file", "{{#include x.rs:2}}"),
        ("+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+", "a drawn table", "+---+---+"),
        ("Set   Day\n----- -----\n3     Monday", "a drawn table", "Set   Day"),
    ],
)
def test_mark_up_that_is_not_read_is_found_and_printed_as_it_is_written(
    text: str, kind: str, written: str
) -> None:
    body, found, _ = read(text)
    assert [(mark.kind, mark.written) for mark in found] == [(kind, written)]
    assert written in "".join(body.itertext())


@pytest.mark.parametrize("text", ["a\n\n--- ---\n\nb", "+ a\n+ b", "+---+\n\n| a |", "a\n---\nb"])
def test_rules_and_lists_are_no_drawn_tables(text: str) -> None:
    assert "<pre>" not in html_of(text)
