"""Markdown becomes this mark-up, in every medium: the table in `handpress/markup/blocks/arrange.py`, by example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handpress.core.files.disk import Disk
from handpress.core.files.source import Source
from handpress.core.problems.problem import in_order
from handpress.markup.markdown import to_tree
from handpress.markup.positions import Locator
from handpress.markup.sanitize import sanitize
from handpress.markup.tree import (
    new_element,
    parse_tree,
    serialize,
    serialize_element,
    set_children,
    trimmed,
)
from handpress.series.parse import parse
from helpers.pictures import png

# By name: the text of the article `a.md`, and its body, with the notes below it. An empty `td` of a
# dose is a blank to be filled in; `data-word` names a word that the layout says in its own language.
TEXT = """
=== figure
![A dot](images/dot.png "Drawn by hand")
--->
<figure><img alt="A dot" src="picture:images/dot.png" /><figcaption>Drawn by hand</figcaption></figure>
=== figure-linked
[![A dot](images/dot.png)](https://example.org/)
--->
<figure><a href="https://example.org/"><img alt="A dot" src="picture:images/dot.png" /></a></figure>
=== figure-named
![A dot](images/dot.png){: #drawing only="book" }
--->
<figure id="a--drawing" only="book"><img alt="A dot" src="picture:images/dot.png" /></figure>
=== picture-with-sources
<picture><source srcset="x.avif" type="image/avif"><source srcset="x.webp"><img src="images/dot.png" alt="A dot"></picture>

Text <picture><img src="images/dot.png" alt="A dot"></picture> goes on.
--->
<figure><img src="picture:images/dot.png" alt="A dot" /></figure>
<p>Text <img src="picture:images/dot.png" alt="A dot" /> goes on.</p>
=== picture-in-line
Press the ![A dot](images/dot.png "not shown") button.
--->
<p>Press the <img alt="A dot" src="picture:images/dot.png" /> button.</p>
=== ornament
![](images/dot.png){: .decorative }
--->
<div class="ornament"><img alt="" class="decorative" src="picture:images/dot.png" /></div>
=== care-emergency
!!! emergency "Call 999 if:"
    - it is *sudden*
--->
<section class="care emergency"><p class="level" data-word="emergency"></p><p class="title">Call 999 if:</p>
<ul><li>it is <em>sudden</em></li></ul>
</section>
=== care-advice
!!! advice
    See someone.
--->
<section class="care advice"><p class="level" data-word="advice"></p>
<p>See someone.</p>
</section>
=== key-points
!!! key-points
    - one
    - two
--->
<section class="key-points"><p class="title" data-word="key_points"></p>
<ul><li>one</li><li>two</li></ul>
</section>
=== key-points-title
!!! key-points "In short"
    Text.
--->
<section class="key-points"><p class="title">In short</p>
<p>Text.</p>
</section>
=== do
!!! do
    - walk

!!! do-not "Leave these alone"
    - bed rest
--->
<section class="do"><p class="title" data-word="do"></p>
<ul><li>walk</li></ul>
</section>
<section class="do-not"><p class="title">Leave these alone</p>
<ul><li>bed rest</li></ul>
</section>
=== diary
!!! diary "Three days"
    Tick what you did.

    Days : 3

    - Walk

!!! exercise "Chair squat"
    Sit and stand.
--->
<section class="diary"><p class="title">Three days</p>
<p>Tick what you did.</p>
<table class="days" id="a--table-1"><thead><tr><th scope="col" data-word="day"></th><th scope="col">1</th><th scope="col">2</th><th scope="col">3</th></tr></thead><tbody><tr><th scope="row">Chair squat</th><td></td><td></td><td></td></tr><tr><th scope="row">Walk</th><td></td><td></td><td></td></tr><tr><th scope="row" data-word="pain"></th><td></td><td></td><td></td></tr></tbody></table></section>
<section class="exercise"><h2 id="a--chair-squat">Chair squat</h2>
<p>Sit and stand.</p>
<table class="dose"><thead><tr><th scope="col" data-word="sets"></th><th scope="col" data-word="repetitions"></th><th scope="col" data-word="hold"></th><th scope="col" data-word="times_a_day"></th><th scope="col" data-word="days_a_week"></th><th scope="col" data-word="load"></th></tr></thead><tbody><tr><td class="blank"></td><td class="blank"></td><td class="blank"></td><td class="blank"></td><td class="blank"></td><td class="blank"></td></tr></tbody></table></section>
=== note
!!! tip "Shoes"
    Wear some.
--->
<aside class="note"><p class="title">Shoes</p>
<p>Wear some.</p>
</aside>
=== note-plain
!!! note
    Text.
--->
<aside class="note">
<p>Text.</p>
</aside>
=== exercise
# Title

## Strength

!!! exercise "Chair squat"
    ![A chair](images/dot.png)

    1. Sit.
    2. Stand.

    Sets
    :   3

    Hold
    :   10 *seconds*
--->
<h2 id="a--strength">Strength</h2>
<section class="exercise"><h3 id="a--chair-squat">Chair squat</h3>
<figure><img alt="A chair" src="picture:images/dot.png" /></figure>
<ol><li>Sit.</li><li>Stand.</li></ol>
<table class="dose"><thead><tr><th scope="col" data-word="sets"></th><th scope="col" data-word="repetitions"></th><th scope="col" data-word="hold"></th><th scope="col" data-word="times_a_day"></th><th scope="col" data-word="days_a_week"></th><th scope="col" data-word="load"></th></tr></thead><tbody><tr><td>3</td><td class="blank"></td><td>10 <em>seconds</em></td><td class="blank"></td><td class="blank"></td><td class="blank"></td></tr></tbody></table></section>
=== exercise-lines
!!! exercise "Chair squat"
    Sit and stand.

    Sets : 3
    Reps : 8 to 12
    Times a day : 2
--->
<section class="exercise"><h2 id="a--chair-squat">Chair squat</h2>
<p>Sit and stand.</p>
<table class="dose"><thead><tr><th scope="col" data-word="sets"></th><th scope="col" data-word="repetitions"></th><th scope="col" data-word="hold"></th><th scope="col" data-word="times_a_day"></th><th scope="col" data-word="days_a_week"></th><th scope="col" data-word="load"></th></tr></thead><tbody><tr><td>3</td><td>8 to 12</td><td class="blank"></td><td>2</td><td class="blank"></td><td class="blank"></td></tr></tbody></table></section>
=== exercise-after
!!! exercise
    Load : own weight
    Progress when : it is easy
    Stop when : it hurts
--->
<section class="exercise"><h2 data-word="exercise" id="a--section"></h2>
<table class="dose"><thead><tr><th scope="col" data-word="sets"></th><th scope="col" data-word="repetitions"></th><th scope="col" data-word="hold"></th><th scope="col" data-word="times_a_day"></th><th scope="col" data-word="days_a_week"></th><th scope="col" data-word="load"></th></tr></thead><tbody><tr><td class="blank"></td><td class="blank"></td><td class="blank"></td><td class="blank"></td><td class="blank"></td><td>own weight</td></tr></tbody></table><p class="dose-line"><strong data-word="progress_when"></strong> it is easy</p><p class="dose-line"><strong data-word="stop_when"></strong> it hurts</p></section>
=== ticks
- [ ] shoes
- [x] socks
- a plain item
--->
<ul class="ticks"><li class="tick">shoes</li><li class="tick done">socks</li><li>a plain item</li></ul>
=== ticks-numbered
1. [ ] shoes
2. [ ] socks
--->
<ul class="ticks"><li class="tick">shoes</li><li class="tick">socks</li></ul>
=== definitions
Term
:   Text.

<dl><dd>no term</dd></dl>
--->
<dl><dt>Term</dt><dd>Text.</dd></dl>
<div>no term</div>
=== faq
## Questions {: .faq }

### Does it hurt?

No.

### Why?

Because.

## After

Text.
--->
<section class="faq"><h2 id="a--questions">Questions</h2>
<div class="question"><h3 id="a--does-it-hurt">Does it hurt?</h3>
<p>No.</p>
</div><div class="question"><h3 id="a--why">Why?</h3>
<p>Because.</p>
</div></section>
<h2 id="a--after">After</h2>
<p>Text.</p>
=== only-block
A paragraph.
{: only="web" }

- item
{: only="book epub" }
--->
<p only="web">A paragraph.</p>
<ul><li only="book epub">item</li></ul>
=== only-list
- one
- two

{: only="web" }
--->
<ul only="web"><li>one</li><li>two</li></ul>
=== dosage-blocks
!!! exercise "X"
    Sets
    :   3 in week one

        5 in week two

    Hold
    :   5 s
    :   or 10 s

    Stop when
    :   - it hurts
        - it swells
--->
<section class="exercise"><h2 id="a--x">X</h2>
<table class="dose"><thead><tr><th scope="col" data-word="sets"></th><th scope="col" data-word="repetitions"></th><th scope="col" data-word="hold"></th><th scope="col" data-word="times_a_day"></th><th scope="col" data-word="days_a_week"></th><th scope="col" data-word="load"></th></tr></thead><tbody><tr><td><p>3 in week one</p>
<p>5 in week two</p></td><td class="blank"></td><td>5 s<br />or 10 s</td><td class="blank"></td><td class="blank"></td><td class="blank"></td></tr></tbody></table><div class="dose-line"><p><strong data-word="stop_when"></strong></p><ul><li>it hurts</li><li>it swells</li></ul></div></section>
=== dosage-marked
!!! exercise "X"
    Sets : **3**
    Hold : 5 s at [this](https://x.example/)
--->
<section class="exercise"><h2 id="a--x">X</h2>
<table class="dose"><thead><tr><th scope="col" data-word="sets"></th><th scope="col" data-word="repetitions"></th><th scope="col" data-word="hold"></th><th scope="col" data-word="times_a_day"></th><th scope="col" data-word="days_a_week"></th><th scope="col" data-word="load"></th></tr></thead><tbody><tr><td><strong>3</strong></td><td class="blank"></td><td>5 s at <a href="https://x.example/">this</a></td><td class="blank"></td><td class="blank"></td><td class="blank"></td></tr></tbody></table></section>
=== ruby-in-list
- <ruby>漢<rt>kan</rt></ruby>
--->
<ul><li><ruby>漢<rt>kan</rt></ruby></li></ul>
=== never-closed
One.

<! a note to self

Two.
--->
<p>One.</p>
<p>&lt;! a note to self</p>
<p>Two.</p>
=== only-table
| a | b |
| - | - |
| c | d |
{: only="web" }

| a | b |
| - | - |
| c | d |

{: only="epub" }
--->
<div class="table" only="web"><table id="a--table-1"><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table></div>
<div class="table" only="epub"><table id="a--table-2"><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table></div>
=== only-section
## Links {: only="web" }

Text.

### More

## After

Text.
--->
<div only="web"><h2 id="a--links">Links</h2>
<p>Text.</p>
<h3 id="a--more">More</h3>
</div>
<h2 id="a--after">After</h2>
<p>Text.</p>
=== title
# The title

Text.

## One

### Two
--->
<p>Text.</p>
<h2 id="a--one">One</h2>
<h3 id="a--two">Two</h3>
=== title-that-is-repeated
---
title: The title
---

Text.

<div markdown="1">

# The title

## One

</div>
--->
<p>Text.</p>
<div><h2 id="a--one">One</h2>
</div>
=== title-of-a-lower-level
## The title

Text.

### One

#### Two
--->
<p>Text.</p>
<h2 id="a--one">One</h2>
<h3 id="a--two">Two</h3>
=== sections-without-a-title
## First

Text.

## Second
--->
<h2 id="a--first">First</h2>
<p>Text.</p>
<h2 id="a--second">Second</h2>
=== a-late-heading-is-no-title
Text.

## One

# Notes
--->
<p>Text.</p>
<h2 id="a--one">One</h2>
<h2 id="a--notes">Notes</h2>
=== title-below-a-picture
![A dot](images/dot.png)

### The title

Text.

### One

## Two
--->
<figure><img alt="A dot" src="picture:images/dot.png" /></figure>
<p>Text.</p>
<h2 id="a--one">One</h2>
<h2 id="a--two">Two</h2>
=== section-after-words
Text.

## One
--->
<p>Text.</p>
<h2 id="a--one">One</h2>
=== levels
# The title

# Part

## Section
--->
<h2 id="a--part">Part</h2>
<h3 id="a--section">Section</h3>
=== levels-under-the-title-and-under-parts
# The title

## Rest

# Part

## Section

#### Detail

#### Another

### Between
--->
<h2 id="a--rest">Rest</h2>
<h2 id="a--part">Part</h2>
<h3 id="a--section">Section</h3>
<h4 id="a--detail">Detail</h4>
<h4 id="a--another">Another</h4>
<h4 id="a--between">Between</h4>
=== table
| Day | Sets |
| --- | ---: |
| Monday | 3 |
--->
<div class="table"><table id="a--table-1"><thead><tr><th scope="col">Day</th><th class="right" scope="col">Sets</th></tr></thead><tbody><tr><td>Monday</td><td class="right">3</td></tr></tbody></table></div>
=== table-corner
| | Sets |
| --- | --- |
| Monday | 3 |
--->
<div class="table"><table id="a--table-1"><thead><tr><td></td><th scope="col">Sets</th></tr></thead><tbody><tr><th scope="row">Monday</th><td>3</td></tr></tbody></table></div>
=== table-html
<table><tr><th>Day</th><th>Sets</th></tr><tr><td>Monday<td>3</table>
--->
<div class="table"><table id="a--table-1"><thead><tr><th scope="col">Day</th><th scope="col">Sets</th></tr></thead><tbody><tr><td>Monday</td><td>3</td></tr></tbody></table></div>
=== table-rows
<table><tr><th>Day</th><td>Monday</td></tr><tr><td>Sets</td><td>3</td></tr></table>
--->
<div class="table"><table id="a--table-1"><tbody><tr><th scope="row">Day</th><td>Monday</td></tr><tr><th scope="row">Sets</th><td>3</td></tr></tbody></table></div>
=== table-spans
<table><tr><td rowspan="9">a</td><td>b</td></tr><tr><td colspan="5">c</td></tr><tr></tr></table>
--->
<div class="table"><table id="a--table-1"><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table></div>
=== table-head-spans
<table><thead><tr><th colspan="2">Both</th></tr></thead><tr><td>a</td><td>b</td></tr></table>
--->
<div class="table"><table id="a--table-1"><thead><tr><th scope="col">Both</th><th scope="col">Both</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table></div>
=== table-short
<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>
--->
<div class="table"><table id="a--table-1"><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td></td></tr></tbody></table></div>
=== notes
Text.[^1] More.[^b] Again.[^1]

[^1]: The *first*.
[^b]: The second.
--->
<p>Text.<sup class="call"><a class="noteref" href="#a--fn-1" id="a--fnref-1">1</a></sup> More.<sup class="call"><a class="noteref" href="#a--fn-b" id="a--fnref-b">2</a></sup> Again.<sup class="call"><a class="noteref" href="#a--fn-1" id="a--fnref-1-2">1</a></sup></p>
<!-- note a--fn-1 --><p>The <em>first</em>.</p>
<!-- note a--fn-b --><p>The second.</p>
=== note-in-link
[a link[^1]](https://example.org/)

[^1]: Note.
--->
<p><a href="https://example.org/">a link</a><sup class="call"><a class="noteref" href="#a--fn-1" id="a--fnref-1">1</a></sup></p>
<!-- note a--fn-1 --><p>Note.</p>
=== links
[other](02-other.md#place), [here](#one), [](b.md), [out](https://example.org/a b).

## One
--->
<p><a href="reference:0">other</a>, <a href="reference:1">here</a>, <a href="reference:2"></a>, <a href="https://example.org/a%20b">out</a>.</p>
<h2 id="a--one">One</h2>
=== address
<a+b@example.org> <a\\+b@example.org>
--->
<p><a href="mailto:a+b@example.org">a+b@example.org</a> &lt;a+b@example.org&gt;</p>
=== attributes
A paragraph.
{: #place .big onclick="x" style="color: red" data-x="1" lang="de" }
--->
<p class="big" id="a--place" lang="de">A paragraph.</p>
=== nesting
<p>one <b>two <div>three</div> four</b></p>
--->
<p>one <b>two </b></p>
<div><b>three</b></div>
<p><b> four</b></p>
=== loose-text
<div>in</div> loose <em>text</em>
--->
<div>in</div>
<p>loose <em>text</em></p>
=== renamed
<center>a</center> <tt>b</tt> <strike>c</strike>
--->
<div>a</div>
<p><code>b</code> <s>c</s></p>
=== dropped
Text <script>alert(1)</script><select><option>y</option></select> stays.
--->
<p>Text  stays.</p>
=== ruby
<ruby>漢<rt>kan</rt></ruby> <ruby><rt>alone</rt></ruby>
--->
<p><ruby>漢<rt>kan</rt></ruby> alone</p>
=== entities
&rarr; &nbsp;&amp;&lt; &#1;&#x41;
--->
<p>→ \N{NO-BREAK SPACE}&amp;&lt; A</p>
=== links-unsafe
[a](javascript:alert) and [b](java&#9;script:alert).
--->
<p>a and b.</p>
"""
CASES: dict[str, tuple[str, str]] = {
    name: (text, body)
    for name, text, body in re.findall(
        r"^=== (.+)\n((?s:.*?)\n)--->\n((?s:.*?))\n(?====|\Z)", TEXT, re.M
    )
}


def written(folder: Path, text: str) -> tuple[str, list[str]]:
    """The body of an article and its notes, and the problems as ``line:column code``."""
    (folder / "images").mkdir()
    (folder / "images" / "dot.png").write_bytes(png(20, 20))
    (folder / "a.md").write_text(text, "utf-8")
    article, problems = parse(Disk(folder), "a.md")
    notes = "".join(f"\n<!-- note {key} -->{note}" for key, note in article.notes.items())
    said = [f"{p.place.line}:{p.place.column} {p.code}" for p in in_order(problems)]
    return article.body.rstrip() + notes, said


@pytest.mark.parametrize("name", CASES)
def test_a_body(name: str, tmp_path: Path) -> None:
    text, body = CASES[name]
    assert written(tmp_path, text)[0] == body


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## One\n\n#### Three\n", ["3:6 heading-skips"]),
        ("# One\n\n### A\n\n### B\n", ["3:5 heading-skips"]),
        ("Text.\n\n{#if a === 'b'}\n", ["3:1 unread-markup"]),
        ("# One\n\n## Two\n\n# Three\n", []),
        ("!!! exercise\n    Sets : 3\n    Wait : 2\n", ["3:5 unknown-dose"]),
        ("!!! exercise\n    <br>\n\nText.\n", []),
        ("Text.\n\n```\nprint\n\n## Lost\n", ["3:1 unclosed-code"]),
        ("- Text.\n\n  ~~~~\n  print\n  ~~~\n\nText.\n", ["3:3 unclosed-code"]),
        ("```\nprint\n```\n\n~~~\n\n\n~~~\n", []),
        ("!!! diary\n    Days : many\n", ["2:5 wrong-value"]),
        ("!!! diary\n    Days : 200\n", ["2:5 wrong-value"]),
        ("!!! diary\n    Days\n    :   7\n\n    Nights\n    :   7\n", ["5:5 unknown-dose"]),
        ("!!! diary\n    <dl><dt>Nights<dd>7</dl>\n", ["2:13 unknown-dose"]),
        ("Text.\n\n!!! kenote\n    Text.\n", ["3:5 unknown-box"]),
        ('Text.\n{: only="book papyrus" }\n', ["2:15 unknown-medium"]),
        ("Text `<script>`\n\n<script>x</script>\n", ["3:1 html-removed"]),
        ("<SCRIPT>x</SCRIPT> text\n", ["1:1 html-removed"]),
        ("Text.\n\n<p>a</p> <b ONCLICK=x>b</b>\n", ["3:13 html-removed"]),
        ("`[a](data:x)`\n\n[a](data:x)\n", ["3:5 unsafe-link"]),
        ("[a](data:x) [b](data:x)\n", ["1:5 unsafe-link", "1:17 unsafe-link"]),
        ("[a](ja&#118;ascript:x)\n", ["1:5 unsafe-link"]),
        ("Text.\n\n[a](java\tscript:x)\n", ["3:5 unsafe-link"]),
        ("[a](java\tscript:x) [b](java&#9;script:x)\n", ["1:5 unsafe-link", "1:24 unsafe-link"]),
        ('Text.\n\n<a href="java\tscript:x">a</a>\n', ["3:10 unsafe-link"]),
        ("[a](DATA:text/html,x)\n", ["1:5 unsafe-link"]),
        ("[a](data:two words) [b](data:two words)\n", ["1:5 unsafe-link", "1:25 unsafe-link"]),
        ("[a](data:x\\_y)\n", ["1:5 unsafe-link"]),
        ("[a][b]\n\n[b]: data:x\n", ["3:6 unsafe-link"]),
        ("![](images/dot.png)\n", ["1:5 missing-alt"]),
        ("Text.[^1]\n\n[^1]: Note.[^2]\n[^2]: Note.\n", ["3:12 nested-footnote"]),
        ("Text.[^1]\n\n[^1]: One.\n[^1]: Two.\n", ["4:1 duplicate-footnote"]),
        ("Text.[^no]\n\n[^yes]: One.\n", ["1:6 unknown-footnote", "3:1 unused-footnote"]),
        ('Find /[^\\s]+/ or /"[^"]+"/ or /[^\']/ here[^*].\n', ["1:42 unknown-footnote"]),
        (
            "Text.\n\n## One {: #x }\n\n<p id=x>a</p>\n\n<p id=x>b</p>\n",
            ["5:4 duplicate-id", "7:4 duplicate-id"],
        ),
        ("---\ntitle: x\n\nText.\n", ["1:1 unclosed-front-matter"]),
        ("---\n\nA rule, then text: nothing else.\n", []),
        ("<!-- nothing -->\n", ["1:1 empty-article"]),
        # Code is where Markdown reads it: in lists and quotations, indented or in fences; a box is not code.
        ("- a\n\n  ```\n  <i onclick=x>\n  ```\n\n  <i onclick=x></i>\n", ["7:6 html-removed"]),
        ("- a\n\n      <i onclick=x>\n\n  <i onclick=x></i>\n", ["5:6 html-removed"]),
        ("> ~~~\n> <i onclick=x>\n> ~~~\n> <i onclick=x></i>\n", ["4:6 html-removed"]),
        ("```{note}\nA <i onclick=x>b</i>\n```\n", ["2:6 html-removed"]),
        (
            "{% highlight x %}\n<i onclick=x>\n{% endhighlight %}\n\n<i onclick=x></i>\n",
            ["5:4 html-removed"],
        ),
    ],
)
def test_a_problem_stands_where_it_was_written(text: str, said: list[str], tmp_path: Path) -> None:
    assert written(tmp_path, text)[1] == said


def test_what_is_clean_stays_as_it_is() -> None:
    """Cleaning twice is cleaning once."""
    for _, body in CASES.values():
        text = body.partition("<!-- note")[0]
        once, _ = sanitize(parse_tree(text.rstrip()), Locator(Source("a.md", ""), 0))
        twice, _ = sanitize(parse_tree(serialize(once)), Locator(Source("a.md", ""), 0))
        assert serialize(twice) == serialize(once)


def test_html_and_xml_read_what_is_written_alike() -> None:
    tree = new_element(
        "body",
        [
            new_element("td", []),
            new_element("br", []),
            'a < b & "c"',
            new_element("p", ["\n"], {"title": 'x"\n'}),
        ],
    )
    assert serialize(tree) == ('<td></td><br />a &lt; b &amp; "c"<p title="x&quot;&#10;">\n</p>')
    assert serialize(parse_tree(serialize(tree))) == serialize(tree)
    assert serialize_element(tree[1]) == "<br />"


def test_an_attribute_keeps_its_spaces() -> None:
    """XML reads a line end or a tab as a space; a formula is found again by what its author wrote."""
    written = "a\n\tb  c"
    (element,) = parse_tree(serialize_element(new_element("span", [], {"data-formula": written})))
    assert element.get("data-formula") == written


def test_an_element_is_taken_over_with_nothing_behind_it() -> None:
    tree = parse_tree("<p>a</p>b")
    set_children(tree, [tree[0], "c"])
    assert serialize(tree) == "<p>a</p>c"
    assert trimmed([" ", "a", "\n"]) == ["a"]


def test_control_characters_get_as_far_as_the_tree_and_no_further() -> None:
    """``&#1;`` becomes one; Python-Markdown keeps an escaped character between two of its own."""
    assert serialize(to_tree("&#1;a&#x1F;b x\\+y <b>&#2;</b>")) == "<p>ab x+y <b></b></p>"
