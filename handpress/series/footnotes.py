"""Footnotes: take them out of the tree of an article, and keep the calls in it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from handpress.core.problems.problem import Problem, problem
from handpress.markup.positions import Locator
from handpress.markup.tree import (
    Element,
    Node,
    child_nodes,
    copy,
    new_element,
    set_children,
    take_out,
    text_of,
    trimmed,
    unwrap,
)
from handpress.series.article import global_id
from handpress.series.links.ids import free_id

# The start of a line before a footnote, also in a quotation, a list or a box.
LEAD = r"^[ \t>*+\-\d.]*"
# A call that became none. Other signs in such brackets are mostly a search pattern, as in `[^\s]`.
CALL = re.compile(r"\[\^([\w*†‡§][^\]\[\n]{0,59})\]")

OF_MULTIMARKDOWN = "#?"  # begins the label of a source or a term


def take_notes(
    body: Element, locate: Locator, slug: str
) -> tuple[dict[str, Element], list[Problem]]:
    """Take the footnotes out of `body`; each call stays there as ``a.noteref``, without a number.

    Return the notes by their global ids, and the problems with notes and calls.
    """
    listed = _listed(body)
    problems = list(_repeated(listed, locate))
    ids = _mark_calls(body, listed, slug)
    nested = _write_out_nested(listed, ids)
    for label in nested:
        place = locate.next(rf"{LEAD}\[\^[^\]\n]+\]:.*?(\[\^{re.escape(label)}\])")
        problems.append(problem("nested-footnote", place, label=label))
    for label in listed:
        if label not in ids and label not in nested:
            call = f"[{label}]" if label[0] in OF_MULTIMARKDOWN else f"[^{label}]"
            place = locate.next(rf"{LEAD}({re.escape(call)}):")
            problems.append(problem("unused-footnote", place, label=label, call=call))
    for label in _unanswered(body):
        place = locate.next(rf"\[\^{re.escape(label)}\](?!:)")
        problems.append(problem("unknown-footnote", place, label=label))
    return {ids[label]: _content(listed[label]) for label in listed if label in ids}, problems


def _listed(body: Element) -> dict[str, Element]:
    """Take the lists of footnotes out of `body`, and return their items by label."""
    listed = {}
    for parent in list(body.iter()):
        for block in [e for e in parent if e.tag == "div" and e.get("class") == "footnote"]:
            take_out(parent, block)
            for item in block.iter("li"):
                if item.get("id", "").startswith("fn:"):
                    listed[item.get("id", "")[3:]] = item
    return listed


def _repeated(listed: Mapping[str, Element], locate: Locator) -> Iterator[Problem]:
    """Find labels that two notes have: only the last note is there, and the other would be lost unseen."""
    seen: set[str] = set()
    for found in re.finditer(rf"{LEAD}\[\^([^\]\n]*)\]:", locate.text, re.M):
        if found[1] in seen and found[1] in listed:
            place = locate.source.place(found.start(1) - 2, len(found[1]) + 3)
            yield problem("duplicate-footnote", place, label=found[1])
        seen.add(found[1])


def _mark_calls(body: Element, listed: Mapping[str, Element], slug: str) -> dict[str, str]:
    """Link each call in `body` to its note, and return the global ids of the called notes by label."""
    ids: dict[str, str] = {}
    called: dict[str, int] = {}
    for parent, link in _calls(body):
        label = _label(link)
        if label not in listed:
            continue
        number = called[label] = called.get(label, 0) + 1
        name = label.lstrip(OF_MULTIMARKDOWN)
        if label not in ids:
            ids[label] = free_id(global_id(slug, f"fn-{name}"), set(ids.values()))
        link.attrib.update(
            {
                "class": "noteref",
                "id": f"fnref-{name}{f'-{number}' if number > 1 else ''}",
                "href": f"#{ids[label]}",
            }
        )
        at, tail = list(parent).index(link), link.tail
        parent[at] = new_element("sup", [link], {"class": "call"})
        parent[at].tail = tail
    return ids


def _write_out_nested(listed: Mapping[str, Element], called: Container[str]) -> list[str]:
    """Put the text of a note that is called within another in place of that call, in brackets.

    A second call of it leaves nothing, and neither does one in the note itself. Return the labels of all calls.
    """
    labels: list[str] = []
    written: set[str] = set()

    def write_out(label: str) -> None:
        written.add(label)
        for parent, link in _calls(listed[label]):
            nested = _label(link)
            labels.append(nested)
            inside: list[Node] = []
            if nested in listed and nested not in written:
                write_out(nested)
                inside = [" (", *_in_line(listed[nested]), ")"]
            nodes = list(child_nodes(parent))
            at = next(n for n, node in enumerate(nodes) if node is link)
            set_children(parent, [*nodes[:at], *inside, *nodes[at + 1 :]])

    for label in sorted(listed, key=lambda label: label not in called):
        if label not in written:
            write_out(label)
    return labels


def _in_line(item: Element) -> list[Node]:
    """Return a copy of the content of a note for use within a sentence: paragraphs, and the text of other blocks."""
    nodes: list[Node] = []
    for block in _content(item):
        inside = [copy(n) for n in child_nodes(block)] if block.tag == "p" else [text_of(block)]
        nodes += [" ", *inside] if nodes else inside
    return nodes


def _content(item: Element) -> Element:
    """The content of a note, without the links back to its calls."""
    for parent in list(item.iter()):
        for back in parent.findall("a[@class='footnote-backref']"):
            take_out(parent, back)
    for paragraph in item.iter("p"):
        # A space that does not break was before the link back.
        if not len(paragraph):
            paragraph.text = (paragraph.text or "").rstrip("\xa0")
        elif paragraph[-1].tail:
            paragraph[-1].tail = paragraph[-1].tail.rstrip("\xa0")
    return new_element("body", trimmed(child_nodes(item)))


def _calls(tree: Element) -> list[tuple[Element, Element]]:
    """The calls of footnotes in `tree`, in order, each with its parent.

    The `sup` around a reference is removed: one within a link had to leave it behind.
    """
    for parent in list(tree.iter()):
        for sup in [e for e in parent if e.tag == "sup"]:
            if re.match(r"fnref\d*:", sup.get("id", "")):
                unwrap(parent, sup)
    return [
        (parent, link)
        for parent in list(tree.iter())
        for link in parent
        if link.tag == "a" and link.get("class") == "footnote-ref"
    ]


def _label(call: Element) -> str:
    return call.get("href", "")[4:]


def _unanswered(body: Element) -> Iterator[str]:
    """The labels of footnote calls without a note: they are still text."""

    def walk(element: Element) -> Iterator[str]:
        if element.tag in ("code", "pre", "kbd", "samp"):
            return
        for node in child_nodes(element):
            if isinstance(node, Element):
                yield from walk(node)
            elif "[^" in node:
                yield from CALL.findall(node)

    return walk(body)
