"""Lines: text with elements in it, split into paragraphs and freed of outer white space."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handpress.markup.tree import Element, Node, child_nodes, has_content, new_element, trimmed


def paragraphs(line: list[Node]) -> Iterator[Element]:
    """Yield the paragraphs of a `line`, which two line breaks end."""
    piece: list[Node] = []
    breaks = 0
    for node in [*line, Element("br"), Element("br")]:
        if isinstance(node, Element) and node.tag == "br":
            breaks += 1
            piece.append(node)
            if breaks >= 2:
                if worth(inside := without_breaks(piece)):
                    yield new_element("p", inside)
                piece = []
        else:
            if not isinstance(node, str) or node.strip():
                breaks = 0
            piece.append(node)


def without_breaks(nodes: list[Node]) -> list[Node]:
    """Return `nodes` without line breaks and white space at either end."""
    while nodes and is_space(nodes[0]):
        del nodes[0]
    while nodes and is_space(nodes[-1]):
        del nodes[-1]
    return nodes


def worth(nodes: Iterable[Node]) -> bool:
    """Return whether `nodes` show anything."""
    return any(
        bool(n.strip())
        if isinstance(n, str)
        else n.tag in ("img", "note", "tex") or has_content(n) or n.find(".//note") is not None
        for n in nodes
    )


def outer_space(nodes: list[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """Split white space off both ends of `nodes`."""
    nodes = [n for n in nodes if n != ""]
    before: list[Node] = []
    after: list[Node] = []
    while nodes and is_space(nodes[0]):
        before.append(nodes.pop(0))
    while nodes and is_space(nodes[-1]):
        after.insert(0, nodes.pop())
    if nodes and isinstance(nodes[0], str) and nodes[0][:1].isspace():
        before.append(" ")
        nodes[0] = nodes[0].lstrip()
    if nodes and isinstance(nodes[-1], str) and nodes[-1][-1:].isspace():
        after.insert(0, " ")
        nodes[-1] = nodes[-1].rstrip()
    return before, nodes, after


def is_space(node: Node) -> bool:
    return not node.strip() if isinstance(node, str) else node.tag == "br"


def picture_alone(block: Element) -> Element | None:
    """Return the picture, or the link around it, that is all of a paragraph."""
    if block.tag == "figure" and len(block) == 1:
        return block[0]
    nodes = trimmed(child_nodes(block)) if block.tag == "p" else []
    if len(nodes) != 1 or isinstance(nodes[0], str):
        return None
    only = nodes[0]
    if only.tag == "a" and len(trimmed(child_nodes(only))) == 1 and len(only):
        return only if only[0].tag == "img" else None
    return only if only.tag == "img" else None
