"""The examples of CommonMark and of GitHub's extensions: what we read as they do, and why not the others.

Compared are trees: elements, their address, picture, description, title and first number, and their words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

import pytest
from tinyhtml5.parser import HTMLParser

from handpress.markup.markdown import to_tree
from helpers.workspaces import ROOT

SPECIFICATIONS = ROOT / "tests/specifications"
# By the reason: the numbers of the examples that we read in another way. The table in docs/markdown.md has them too.
OTHERWISE = {
    "a link's target may have spaces, as names of files have": {41, 488, 508},
    "a name in double brackets is the link of a wiki": {548, 590},
    "a bare address is a link, as on GitHub": {608, 611, 612},
    "a component of MDX is a box": {163},
    "a tag with a colon, which word processors write, is a tag": {609},
}
OTHERWISE_ON_GITHUB = {
    "a row keeps the cells that have no heading": {204},
    "a box to tick is no element of a form": {279, 280},
    "only addresses on the web are links": {628},
    "sanitizing leaves out unsafe elements": {653},
}
# The sections that authors use every day: 95 in 100 at least.
EVERYDAY = (
    "Tabs", "Backslash escapes", "Thematic breaks", "ATX headings", "Setext headings", "Indented code blocks",
    "Fenced code blocks", "Block quotes", "List items", "Lists", "Code spans", "Hard line breaks",
)  # fmt: skip
KEPT = ("alt", "href", "src", "start", "title")
# The typographic forms that we give to what is typed.
TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "--", "—": "---", "…": "..."})
BLOCKS = {"blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "table", "td", "th", "tr", "ul"}  # fmt: skip
BLOCKS |= {"body", "dd", "dl", "dt", "tbody", "thead"}
SAME = {"s": "del"}

Example = tuple[int, str, str, str]


def examples(name: str) -> list[Example]:
    return [tuple(e) for e in json.loads((SPECIFICATIONS / f"{name}.json").read_text("utf-8"))]


def shape(element: Element, code: bool = False) -> tuple[object, ...]:
    """An element as a value: white space is folded outside code, and left out beside blocks."""
    tag = element.tag if isinstance(element.tag, str) else "!"
    code = code or tag == "pre"
    inside: list[object] = []

    def add(text: str | None) -> None:
        text = (text or "").translate(TYPED)
        text = text if code else re.sub(r"\s+", " ", text)
        if text and inside and isinstance(inside[-1], str):
            inside[-1] += text
        elif text:
            inside.append(text)

    add(element.text)
    for child in element:
        if isinstance(child.tag, str):
            inside.append(shape(child, code))
        add(child.tail)
    if tag in BLOCKS:
        inside = [part.strip() if isinstance(part, str) else part for part in inside]
        inside = [part for part in inside if part != ""]
    attributes = [(k, v) for k in KEPT if (v := element.get(k)) is not None]
    quoted = [
        (k, quote(v, "%/:?#@!$&'()*+,;=") if k in ("href", "src") else v) for k, v in attributes
    ]
    return (SAME.get(tag, tag), tuple(quoted), *inside)


def read_alike(example: Example) -> bool:
    _, _, markdown, html = example
    # A tag that is never closed continues to the end of the page: no line may follow it.
    wanted = HTMLParser(namespace_html_elements=False).parse_fragment(
        html.rstrip("\n"), container="body"
    )
    wanted.tag = "body"
    return shape(to_tree(markdown))[2:] == shape(wanted)[2:]


@pytest.fixture(scope="module")
def alike() -> dict[int, bool]:
    return {example[0]: read_alike(example) for example in examples("commonmark")}


def test_the_examples_of_commonmark(alike: dict[int, bool]) -> None:
    assert len(alike) == 652
    assert {number for number, same in alike.items() if not same} == set().union(
        *OTHERWISE.values()
    )


def test_everyday_sections_are_read_as_commonmark_reads_them(alike: dict[int, bool]) -> None:
    every = Counter(section for _, section, _, _ in examples("commonmark"))
    ours = Counter(section for number, section, _, _ in examples("commonmark") if alike[number])
    assert [s for s in EVERYDAY if ours[s] < 0.95 * every[s]] == []


def test_the_examples_of_github() -> None:
    found = {example[0] for example in examples("gfm") if not read_alike(example)}
    assert found == set().union(*OTHERWISE_ON_GITHUB.values())


def test_the_page_on_markdown_has_each_difference() -> None:
    text = Path(ROOT / "docs/markdown.md").read_text("utf-8")
    for reason, numbers in OTHERWISE.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| {reason} |"))
        assert [int(n) for n in re.findall(r"\d+", row)] == sorted(numbers)
