"""Lines such as ``Sets: 3``, written as a definition list or as a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from handpress.core.problems.problem import Place
from handpress.markup.positions import Locator
from handpress.markup.tree import (
    Element,
    Node,
    child_nodes,
    new_element,
    take_out,
    text_of,
    trimmed,
)


def take_lines(box: Element, known: Set[str]) -> Iterator[tuple[str, list[Node]]]:
    """The lines such as ``Sets : 3`` in `box`, which loses them."""
    for child in list(box):
        if found := list(_lines(child, known)):
            take_out(box, child)
            yield from found


def _lines(element: Element, known: Set[str]) -> Iterator[tuple[str, list[Node]]]:
    """The lines in a definition list, or in a paragraph whose first line has a `known` term."""
    if element.tag in ("dl", "div") and element.find("dt") is not None:
        values: dict[str, list[Node]] = {}
        term = ""
        for child in element:
            if child.tag == "dt":
                term = text_of(child)
                values.setdefault(term, [])
            elif child.tag == "dd":
                before = values.get(term, [])
                only = child[0] if len(child) == 1 and child[0].tag == "p" else child
                inside = trimmed(child_nodes(only))
                values[term] = [*before, new_element("br", []), *inside] if before else inside
        yield from values.items()
    elif element.tag == "p":
        lines = list(_split(element))
        heads = [_head(line) for line in lines]
        if heads and all(mark for _, mark, _ in heads) and key_of(heads[0][0]) in known:
            for (term, _, value), line in zip(heads, lines, strict=True):
                yield term, trimmed([value.lstrip(), *line[1:]])


def _split(paragraph: Element) -> Iterator[list[Node]]:
    """The lines of a paragraph as it was written, each as its nodes, of which the first is text."""
    line: list[Node] = [""]
    for node in child_nodes(paragraph):
        if isinstance(node, str):
            first, *rest = (node if line != [""] else node.lstrip()).split("\n")
            line = [*line, first] if line != [""] else [first]
            for text in rest:
                yield line
                line = [text]
        elif node.tag != "br":
            line.append(node)
    if line != [""]:
        yield line


def _head(line: list[Node]) -> tuple[str, str, str]:
    """Return the text before the colon in a line, the colon, and the text after it."""
    before, mark, after = ("", "", "")
    if isinstance(line[0], str):
        before, mark, after = [*re.split("([:：])", line[0], maxsplit=1), "", ""][:3]
    return before, mark, after


def key_of(term: str) -> str:
    return " ".join(term.casefold().split())


def place_of(term: str, locate: Locator) -> Place:
    return locate.next(rf"(?:^[ \t>]*|<dt>\s*)({re.escape(term.strip())})\s*(?:[:：]|$|<)")
