"""Rows for facing pages: blocks of an article and of its translation that begin at the same height.

Each page has its own pictures and boxes, so blocks are whole; only what may break across pages is in parts.
"""

from __future__ import annotations

from handpress.layout.html.alignment import align, signature
from handpress.layout.html.rows import (
    Cells,
    blocks_of,
    elements_of,
    is_frame,
    is_list,
    item_rows,
    row_kind,
)
from handpress.markup.blocks.registry import kind_of
from handpress.markup.tree import HEADINGS, Element, Node, child_nodes, new_element, set_children


def before_headings(original: Element, translation: Element) -> tuple[Element, Element]:
    """Take what is before the first heading or exercise out of two articles, and return it."""
    leads = []
    for tree in (original, translation):
        blocks = list(child_nodes(tree))
        end = next((n for n, node in enumerate(blocks) if _opens(node)), 0)
        leads.append(new_element("div", blocks[:end]))
        set_children(tree, blocks[end:])
    return leads[0], leads[1]


def _opens(node: Node) -> bool:
    """Return whether a block is a heading, or begins with one."""
    return isinstance(node, Element) and (
        node.tag in HEADINGS or (len(node) > 0 and node[0].tag in HEADINGS)
    )


Shells = tuple[Element, ...]  # the boxes around a block, outermost first


def facing_rows(
    original: Element, translation: Element, cells: Cells, shells: tuple[Shells, Shells] = ((), ())
) -> list[Element]:
    """Return the content of two elements as rows for facing pages, on which blocks are whole.

    Long lists, and boxes that may break, are in as many rows as they have items or blocks.
    """
    rows: list[Element] = []
    for ours, theirs in align(list(blocks_of(original)), list(blocks_of(translation))):
        one, other = elements_of(ours), elements_of(theirs)
        pair = len(one) == len(other) == 1
        if pair and _may_break(one[0]) and signature(ours[0]) == signature(theirs[0]):
            within = (*shells[0], one[0]), (*shells[1], other[0])
            rows += facing_rows(one[0], other[0], cells, within)
        elif (
            pair
            and one[0].tag == other[0].tag
            and is_list(one[0])
            and len(one[0]) == len(other[0]) > 1
        ):
            rows += [_shelled(row, shells) for row in item_rows(one[0], other[0], cells)]
        else:
            rows.append(_shelled(cells.row(row_kind((*ours, *theirs)[0]), one, other), shells))
    return rows


def _may_break(element: Element) -> bool:
    """Return whether an element is a section, which may be in parts, and not a box."""
    kind = kind_of(element)
    return is_frame(element) and (kind is None or kind.mark == "heading")


def _shelled(row: Element, shells: tuple[Shells, Shells]) -> Element:
    """Put the boxes around their blocks again. An id is that of the first row."""
    for cell, around in zip(row, shells, strict=True):
        nodes: list[Node] = list(child_nodes(cell))
        for shell in reversed(around if nodes else ()):
            attributes = {k: v for k, v in shell.attrib.items() if k in ("class", "id")}
            shell.attrib.pop("id", None)
            nodes = [new_element(shell.tag, nodes, attributes)]
        set_children(cell, nodes)
    return row
