"""Filtering: leave out of an article what is for other media."""

from __future__ import annotations

from handpress.core.media import Medium
from handpress.markup.blocks.registry import kind_of
from handpress.markup.tree import Element, Node, child_nodes, parse_tree, set_children, trimmed
from handpress.series.article import Article

CELLS = ("td", "th")


def trees_for(article: Article, medium: Medium) -> tuple[Element, dict[str, Element]]:
    """Return the trees of an article's body and notes without the blocks that are for other media."""
    body = parse_tree(article.body)
    notes = {key: parse_tree(note) for key, note in article.notes.items()}
    for tree in (body, *notes.values()):
        _filter(tree, medium)
    return body, notes


def _filter(parent: Element, medium: Medium) -> None:
    """Leave out blocks for other media (`only`), and forms where nobody can fill them in."""
    nodes: list[Node] = []
    changed = False
    for node in list(child_nodes(parent)):
        if isinstance(node, Element):
            only = node.attrib.pop("only", None)
            full = len(node) > 0 and node.tag not in CELLS  # a row keeps its columns
            if block := kind_of(node):
                with_a_pen = block.write_in if medium.write_in else block.read_only
                if with_a_pen:
                    with_a_pen(node)
            if only is not None and medium.name not in only.split():
                changed = True
                continue
            _filter(node, medium)
            if full and not list(trimmed(child_nodes(node))):  # all of it was for others
                changed = True
                continue
            if only is not None and node.tag == "div" and not node.attrib:
                changed = True
                nodes += list(child_nodes(node))
                continue
        nodes.append(node)
    if changed:
        set_children(parent, nodes)
