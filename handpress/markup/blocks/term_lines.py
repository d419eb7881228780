"""Lines such as ``Sets: 3``, written as a definition list or as a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from handpress.core.problems.problem import Place
from handpress.markup.positions import Locator
from handpress.markup.tree import (
    FLOW,
    Element,
    Node,
    child_nodes,
    new_element,
    set_children,
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


def take_last_lines(box: Element, known: Set[str]) -> Iterator[tuple[str, list[Node]]]:
    """The lines such as ``Sets: 3`` at the end of a paragraph or last item in `box`, which loses them."""
    for child in box:
        last = _last_text(child)
        if last is None:
            continue
        set_children(last, trimmed(child_nodes(last)))
        lines = list(_split(last))
        heads = [_head(line) for line in lines]
        first = len(lines)
        while first > 1 and heads[first - 1][1]:
            first -= 1
        while first < len(lines) and key_of(heads[first][0]) not in known:
            first += 1
        whole = first == 1 and heads[0][1] and key_of(heads[0][0]) in known
        if first < len(lines) and not whole:
            set_children(last, trimmed(_until(last, first)))
            for (term, _, value), line in zip(heads[first:], lines[first:], strict=True):
                yield term, trimmed([value.lstrip(), *line[1:]])


def _last_text(element: Element) -> Element | None:
    """Return the paragraph, or the last item of the list, with the last words of `element`."""
    while element.tag in ("ol", "ul", "li"):
        blocks = [child for child in element if child.tag in FLOW or child.tag == "li"]
        if not blocks:
            return element if element.tag == "li" else None
        element = blocks[-1]
    return element if element.tag == "p" else None


def _until(element: Element, line: int) -> Iterator[Node]:
    """The nodes of `element` before a line, of which 0 is the first."""
    for node in child_nodes(element):
        if isinstance(node, str):
            texts = node.split("\n")
            if len(texts) > line:
                yield "\n".join(texts[:line])
                return
            line -= len(texts) - 1
        yield node


def terms(box: Element) -> Iterator[str]:
    """The terms of the lines in `box`, and what may be one: the text before a colon."""
    for element in box.iter():
        if element.tag == "dt":
            yield key_of(text_of(element))
        elif element.tag in ("p", "li"):
            yield from (key_of(_head(line)[0]) for line in _split(element) if _head(line)[1])


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
