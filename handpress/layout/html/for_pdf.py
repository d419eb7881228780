"""HTML for tagged PDF: the shape in which WeasyPrint tags it as ISO 14289-1 (PDF/UA-1) asks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handpress.core.east_asian import CHINESE_JAPANESE
from handpress.layout.html.ruby import set_ruby
from handpress.markup.blocks.registry import kind_of
from handpress.markup.tree import (
    FLOW,
    Element,
    Node,
    child_nodes,
    classes,
    new_element,
    set_children,
    text_of,
    trimmed,
)
from handpress.press.marks import WHOLE

# A line may end between any two of these characters, so the column of a short word would be narrower than it.
_SHORT = re.compile(f"[{CHINESE_JAPANESE}]{{2,4}}")


def for_pdf(tree: Element) -> None:
    """Change `tree`, in place, into what WeasyPrint tags rightly."""
    _links_inside_out(tree)
    set_ruby(tree)
    heads = {row for head in tree.iter("thead") for row in head}
    for element in list(tree.iter()):
        block = kind_of(element)
        if block and block.whole:
            element.set(WHOLE, "")
        if element.tag == "p" and any("formula" not in classes(i) for i in element.iter("img")):
            element.set("class", f"{element.get('class', '')} with-picture".strip())
        if element.tag == "ol":
            _numbers(element)
        if element.tag in ("ul", "ol") and (block is None or block.bullets):
            for item in element:
                _list_body(item)
        for child in element:
            if child.tag == "img" and "decorative" in classes(child):
                # An `img` is a figure and needs a text alternative; an `embed` is an artifact.
                child.tag = "embed"
                child.attrib.pop("alt", None)
            elif child.tag == "td" and element in heads:
                # Above a column there must be a heading, even one that says nothing.
                child.tag = "th"
                child.set("scope", "col")
            elif child.tag == "img":
                child.set("alt", child.get("alt") or " ")
            if child.tag in ("th", "td") and _SHORT.fullmatch(text_of(child).strip()):
                child.set("class", f"{child.get('class', '')} unbroken".strip())


def for_pdf_in_rows(tree: Element) -> None:
    """As :func:`for_pdf`, with a line for each part of a dosage instead of a column."""
    in_rows(tree)
    for_pdf(tree)


def in_rows(tree: Element) -> None:
    """Give the tables that blocks make a line for each part instead of a column."""
    for element in list(tree.iter()):
        if (block := kind_of(element)) and block.in_rows:
            block.in_rows(element)


def _links_inside_out(parent: Element) -> None:
    """A link may hold text only: ``<a><em>x</em></a>`` becomes ``<em><a>x</a></em>``."""
    nodes: list[Node] = []
    for node in list(child_nodes(parent)):
        if isinstance(node, Element):
            _links_inside_out(node)
            if node.tag == "a" and len(node) and node.get("href"):
                nodes += _inside_out(node, node)
                continue
        nodes.append(node)
    set_children(parent, nodes)


def _inside_out(link: Element, element: Element) -> Iterable[Node]:
    for node in list(child_nodes(element)):
        if isinstance(node, str):
            attributes = {k: v for k, v in link.attrib.items() if k != "id" or element is link}
            yield new_element("a", [node], attributes) if node.strip() else node
        elif node.tag == "img":
            # A picture cannot be a link of a tagged PDF by WeasyPrint: its address is printed below it.
            yield node
            href = link.get("href", "")
            shown = node.get("alt", "") if href.startswith("#") else _bare(href)
            yield new_element(
                "span",
                [new_element("a", [shown or href], {"href": href})],
                {"class": "picture-link"},
            )
        else:
            set_children(node, list(_inside_out(link, node)))
            yield node


def _bare(url: str) -> str:
    return url.removeprefix("https://").removeprefix("http://").removeprefix("mailto:").rstrip("/")


def _numbers(ordered: Element) -> None:
    """Number a list from its `start`, or backwards: WeasyPrint ignores both attributes (HTML, section 4.4.5)."""
    items = [child for child in ordered if child.tag == "li"]
    step = -1 if "reversed" in ordered.attrib else 1
    start = int(ordered.get("start") or (len(items) if step < 0 else 1))
    if start - step:
        ordered.set("style", f"counter-reset: list-item {start - step}")
    if step < 0:
        for item in items:
            item.set("style", "counter-increment: list-item -1")


def _list_body(item: Element) -> None:
    """A list item of blocks needs a body of its own, which WeasyPrint makes of a `dd`.

    One without bullet or number, as a tick list has them, gets its body anyway.
    """
    if any(child.tag in FLOW or child.tag == "dd" for child in item):
        inside = trimmed(child_nodes(item))
        if not (len(inside) == 1 and isinstance(inside[0], Element) and inside[0].tag == "dd"):
            set_children(item, [new_element("dd", inside)])
