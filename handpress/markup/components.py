"""Components of MDX, by names that many libraries share: boxes, cards, tabs and steps become blocks with the same words.

Their words are often in attributes, ``<TabItem label="At home">``, and would be lost with the tags. Other components are
removed by :mod:`.markup.sanitize`, which reports them.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent
from typing import TYPE_CHECKING

from handpress.markup.blocks.block import FOREIGN
from handpress.markup.blocks.note import known_name
from handpress.markup.tree import (
    FLOW,
    Element,
    Node,
    child_nodes,
    new_element,
    set_children,
    trimmed,
    unwrap,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# By the tag, in the small letters of HTML: the attribute with the words above its content, the best first.
TITLED = {
    **dict.fromkeys(("accordion", "card", "collapsible", "expandable", "frame", "panel", "step"), ("title", "header", "caption")),
    **dict.fromkeys(("accordionitem", "tab", "tabitem", "tabpanel"), ("label", "title", "header", "value")),
}  # fmt: skip
# With words, but without others in attributes.
PLAIN = frozenset(
    [
        "accordiongroup",
        "accordions",
        "cardgrid",
        "cardgroup",
        "cards",
        "codegroup",
        "column",
        "columns",
        "filetree",
        "linkgrid",
        "steps",
        "tabs",
    ]
)
BOXES = frozenset(
    [
        "admonition",
        "alert",
        "aside",
        "callout",
        "caution",
        "check",
        "danger",
        "info",
        "note",
        "tip",
        "warning",
    ]
)
LINKS = ("linkbutton", "linkcard")
NEEDED = {"aside": "type", "badge": "text", **dict.fromkeys(LINKS, "href")}  # else nothing is shown
MARKUP = frozenset("*_`[")


def set_components(body: Element, read: Callable[[str], Element]) -> None:
    """Replace the components in a raw tree, in place; `read` makes a tree of Markdown within one line."""
    parents = {child: parent for parent in body.iter() for child in parent}
    for parent in reversed([e for e in body.iter() if any(map(_is_known, e))]):
        alone = parent.tag == "p" and all(map(_is_block, trimmed(child_nodes(parent))))
        set_children(parent, list(_replaced(parent, read)))
        if alone and parent in parents:
            unwrap(parents[parent], parent)


def _is_known(element: Element) -> bool:
    tag = element.tag
    needed = NEEDED.get(tag)
    if needed:
        return needed in element.attrib
    return tag in TITLED or tag in PLAIN or tag in BOXES


def _is_block(node: Node) -> bool:
    return not isinstance(node, str) and _is_known(node) and node.tag != "badge"


def _replaced(parent: Element, read: Callable[[str], Element]) -> Iterator[Node]:
    for node in list(child_nodes(parent)):
        if isinstance(node, str) or not _is_known(node):
            yield node
            continue
        content = list(_content(node, read))
        if node.tag == "badge":  # an empty tag, with the text after it inside
            yield from (node.get("text", ""), *child_nodes(node))
        elif node.tag in LINKS:
            yield from (_link(node), *content)
        elif node.tag in BOXES:
            yield _box(node, content)
        else:
            title = next(
                (node.get(key, "") for key in TITLED.get(node.tag, ()) if node.get(key)), ""
            )
            above = [new_element("p", [new_element("strong", [title])])] if title else []
            yield new_element("div", [*above, *content])


def _content(element: Element, read: Callable[[str], Element]) -> Iterator[Node]:
    """Yield the content of a component: that in one line is Markdown too, as MDX has it."""
    text = dedent(element.text or "").strip()
    if len(element) == 0 and not MARKUP.isdisjoint(text):
        yield from child_nodes(read(text))
    elif not any(child.tag in FLOW for child in element) and trimmed(child_nodes(element)):
        yield new_element("p", trimmed(child_nodes(element)))
    else:
        yield from child_nodes(element)


def _box(element: Element, content: list[Node]) -> Element:
    name = known_name(element.get("type") or element.tag) or "note"
    title = element.get("title", "")
    above = [new_element("p", [title], {"class": "admonition-title"})] if title else []
    return new_element("div", [*above, *content], {"class": f"admonition {FOREIGN} {name}"})


def _link(element: Element) -> Element:
    words = element.get("title", "") or element.get("label", "") or element.get("href", "")
    link = new_element("a", [words], {"href": element.get("href", "")})
    about = element.get("description", "")
    return new_element("p", (link, f": {about}") if about else (link,))
