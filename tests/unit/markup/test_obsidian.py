"""Obsidian's mark-up: links, embeds, comments and ids of blocks, and the text that only looks like them."""

from __future__ import annotations

import pytest

from handpress.markup.markdown import read
from handpress.markup.tree import serialize

CASES = """\
[[Note]]                      <p><a href="wiki:Note">Note</a></p>
[[Note|the words]]            <p><a href="wiki:Note|the words">the words</a></p>
[[folder/Note.md]]            <p><a href="wiki:folder/Note.md">Note</a></p>
[[Note#Heading]]              <p><a href="wiki:Note#Heading">Note &gt; Heading</a></p>
[[Note#One#Two]]              <p><a href="wiki:Note#One#Two">Note &gt; One &gt; Two</a></p>
[[Note#^block]]               <p><a href="wiki:Note#^block">Note</a></p>
[[#Heading]]                  <p><a href="wiki:#Heading">Heading</a></p>
[[#^block]]                   <p><a href="wiki:#^block">block</a></p>
*[[Note]]* s                  <p><em><a href="wiki:Note">Note</a></em> s</p>
[[the words | https://a.example/b]]  <p><a href="https://a.example/b">the words</a></p>
[[https://a.example/b|the words]]  <p><a href="https://a.example/b">the words</a></p>
[[https://a.example/b]]       <p><a href="https://a.example/b">https://a.example/b</a></p>
![[Note]]                     <p><a href="embed:Note"></a></p>
![[x.png]]                    <p><img alt="" src="embed:x.png" /></p>
![[x.PNG|300]]                <p><img alt="" src="embed:x.PNG|300" width="300" /></p>
![[x.svg#icon]]               <p><img alt="" src="embed:x.svg#icon" /></p>
![[x.png|300x200]]            <p><img alt="" height="200" src="embed:x.png|300x200" width="300" /></p>
![[x.png|A line|300]]         <p><img alt="A line" src="embed:x.png|A line|300" width="300" /></p>
![[x.png|A line|center|300]]  <p><img alt="A line" src="embed:x.png|A line|center|300" width="300" /></p>
[a [[Note]] b](c.md)          <p><a href="c.md">a Note b</a></p>
[[1]](https://a.example)      <p><a href="https://a.example">[1]</a></p>
`[[Note]]` \\[[Note]]          <p><code>[[Note]]</code> [[Note]]</p>
[[]] [[ x ]] [[a]             <p>[[]] [[ x ]] [[a]</p>
a %%b%% c                     <p>a  c</p>
100%% to 200%%                <p>100%% to 200%%</p>
`%%a%%` %d%%                  <p><code>%%a%%</code> %d%%</p>
Text. ^abc                    <p id="block-abc">Text.</p>
Text. ^1a2b3c                 <p id="block-1a2b3c">Text.</p>
10 m ^2                       <p>10 m ^2</p>
Text.^abc                     <p>Text.^abc</p>
#tag and #tag/inner           <p>#tag and #tag/inner</p>
"""


@pytest.mark.parametrize("line", CASES.splitlines())
def test_within_a_text(line: str) -> None:
    text, _, made = line.partition("  ")
    assert serialize(read(text)[0]).strip() == made.strip()


def test_brackets_and_words_after_a_link_are_text() -> None:
    body = serialize(read("[[One]][[Two]] [[Note]](see below) [[1]](#own) [[2]](a.md)")[0])
    assert body.count('href="wiki:') == 3
    assert '<a href="wiki:Note">Note</a>(see below)' in body
    assert '<a href="#own">[1]</a> <a href="a.md">[2]</a>' in body


BLOCKS = [
    ("%%\nsecret\n\n[[more]]\n%%\n\nText.", "<p>Text.</p>"),
    ("Text.\n%%\nsecret\n%%\nMore.", "<p>Text.</p>\n<p>More.</p>"),
    ("%% a\nb %% after", "<p>after</p>"),
    ("%% one %% line", "<p> line</p>"),
    ("> %%\n> secret\n> %%\n> Text.", "<blockquote>\n<p>Text.</p>\n</blockquote>"),
    ("```\n%%\n[[x]]\n%%\n```", "<pre><code>%%\n[[x]]\n%%\n</code></pre>"),
    ("    %%a%%", "<pre><code>%%a%%\n</code></pre>"),
    ("> Quoted.\n\n^abc", '<blockquote id="block-abc">\n<p>Quoted.</p>\n</blockquote>'),
    ("- one ^abc\n- two", '<ul>\n<li id="block-abc">one</li>\n<li>two</li>\n</ul>'),
    ("[[a]]\n\n[a]: https://a.example", '<p>[<a href="https://a.example">a</a>]</p>'),
]


@pytest.mark.parametrize(("text", "made"), BLOCKS)
def test_blocks(text: str, made: str) -> None:
    assert serialize(read(text)[0]).strip() == made


def test_a_comment_in_a_cell_and_a_link_with_its_bar() -> None:
    body = serialize(read("| a |\n| - |\n| [[x\\|y]] |\n")[0])
    assert '<td><a href="wiki:x|y">y</a></td>' in body


def test_a_comment_without_an_end_is_text_and_is_reported() -> None:
    """Else all after it would be lost."""
    body, unread, _ = read("One.\n\n%% two\n\nThree.")
    assert serialize(body).strip() == "<p>One.</p>\n<p>%% two</p>\n<p>Three.</p>"
    assert [(mark.line, mark.written) for mark in unread] == [(2, "%% two")]
