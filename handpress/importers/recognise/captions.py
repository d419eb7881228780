"""Captions: a paragraph of that style, below or above a picture, to the caption of a figure."""

from __future__ import annotations

from handpress.markup.tree import Element, child_nodes, new_element, set_children, text_of


def join_captions(tree: Element) -> None:
    """Join pictures and the captions next to them, in place; other captions stay paragraphs."""
    for parent in list(tree.iter()):
        blocks = list(parent)
        if not any(b.get("class") == "caption" for b in blocks):
            continue
        joined: dict[Element, Element] = {}
        for at, block in enumerate(blocks):
            if block.get("class") != "caption":
                continue
            for beside in (*blocks[at - 1 : at], *blocks[at + 1 : at + 2]):
                if (
                    beside.tag == "p"
                    and len(list(beside.iter("img"))) == 1
                    and not text_of(beside)
                    and beside not in joined
                ):
                    joined[beside] = block
                    break
        taken = set(joined.values())
        nodes = []
        for node in list(child_nodes(parent)):
            if isinstance(node, Element) and node in taken:
                continue
            if isinstance(node, Element) and node in joined:
                caption = new_element("figcaption", list(child_nodes(joined[node])))
                node = new_element("figure", [*child_nodes(node), caption])
            nodes.append(node)
        set_children(parent, nodes)
