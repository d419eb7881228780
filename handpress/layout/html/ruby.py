"""Ruby for print: a base with its reading above it, which WeasyPrint sets as a box of two lines.

The reading comes first in the box, so that the base is on the line of the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.markup.tree import Element, Node, child_nodes, new_element, set_children

# Marks that a line may not begin with, and those that it may not end with (JIS X 4051): beside a box, they would.
CLOSING = re.compile(
    "[、。，．・：；？！…‥ー々」』）】〉》〕］｝〟’”),.:;?!\\]ぁぃぅぇぉっゃゅょァィゥェォッャュョ]+"
)
OPENING = re.compile("[「『（【〈《〔［｛〝‘“(\\[]+$")


def set_ruby(tree: Element) -> None:
    """Give each base of the ruby in `tree` a box of its own, in place, with the marks that may not leave it."""
    for parent in [element for element in tree.iter() if element.find("ruby") is not None]:
        nodes: list[Node] = []
        for node in list(child_nodes(parent)):
            if isinstance(node, Element) and node.tag == "ruby":
                nodes += _boxes(node)
            else:
                nodes.append(node)
        set_children(parent, _with_marks(nodes))


def _boxes(ruby: Element) -> Iterator[Element]:
    """Yield a box for each base in a ruby that has a reading."""
    base: list[Node] = []
    attributes = dict(ruby.attrib)
    for node in list(child_nodes(ruby)):
        if isinstance(node, Element) and node.tag == "rt":
            reading = new_element("rt", ["".join(node.itertext())])
            yield new_element("ruby", [reading, new_element("rb", base)], attributes)
            base = []
            attributes.pop("id", None)
        else:
            base.append(node)


def _with_marks(nodes: list[Node]) -> list[Node]:
    """Return `nodes` with each box and the marks beside it in an element within which no line breaks."""
    found: list[Node] = []
    waiting = list(nodes)
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, Element) or node.tag != "ruby":
            found.append(node)
            continue
        before = after = ""
        if found and isinstance(found[-1], str) and (mark := OPENING.search(found[-1])):
            before, found[-1] = mark[0], found[-1][: mark.start()]
        if waiting and isinstance(waiting[0], str) and (mark := CLOSING.match(waiting[0])):
            after, waiting[0] = mark[0], waiting[0][mark.end() :]
        whole = new_element("span", [before, node, after], {"class": "unbroken"})
        found.append(whole if before or after else node)
    return found
