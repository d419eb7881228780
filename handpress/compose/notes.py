"""Footnotes: numbered in the order of their calls, and placed where the medium has them.

At the foot of a page a note is inside the paragraph with its call, so its blocks become spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from handpress.core.in_english import language_of_word
from handpress.core.numerals import Numerals
from handpress.markup.tree import (
    Element,
    Node,
    child_nodes,
    classes,
    has_content,
    new_element,
    set_children,
    text_of,
    trimmed,
)

LINES = ("p", "blockquote", "pre", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "figcaption")


Notes = Mapping[str, Element]  # by id


def _calls(body: Element, numerals: Numerals) -> dict[str, list[Element]]:
    """Number the calls, and return those of each note, in the order of the text."""
    found: dict[str, list[Element]] = {}
    for element in body.iter("a"):
        if "noteref" in classes(element):
            found.setdefault(element.get("href", "")[1:], []).append(element)
    for number, links in enumerate(found.values(), 1):
        for link in links:
            set_children(link, [numerals.write(number)])
    return found


def at_foot(body: Element, notes: Notes, words: Mapping[str, Any], id_: str) -> None:
    """Put each note after its first call; the press moves it to the foot of that page."""
    calls = _calls(body, words["numerals"])
    for parent in list(body.iter()):
        nodes: list[Node] = []
        for node in list(child_nodes(parent)):
            link = node.find("a[@class='noteref']") if isinstance(node, Element) else None
            if link is None or not isinstance(node, Element) or node.tag != "sup":
                nodes.append(node)
                continue
            key = link.get("href", "")[1:]
            if link is calls[key][0]:
                lines = as_lines(notes[key])
                if lines and isinstance(lines[0], Element) and classes(lines[0]) == ["line"]:
                    lines[0].set("class", "line first")
                attributes = {"class": "footnote", "id": key, "data-number": text_of(link)}
                nodes.append(new_element("span", lines, attributes))
            else:
                nodes.append(node)
        set_children(parent, nodes)


def at_end(body: Element, notes: Notes, words: Mapping[str, Any], id_: str) -> None:
    """Put all notes into a section at the end, with links back to their calls."""
    calls = _calls(body, words["numerals"])
    if not calls:
        return
    listed: list[Node] = [
        new_element(
            "h2", [words["notes"]], {"id": f"{id_}---notes", **language_of_word(words["notes"])}
        )
    ]
    for number, (key, links) in enumerate(calls.items(), 1):
        note = new_element("aside", list(child_nodes(notes[key])), {"class": "footnote", "id": key})
        if not len(note) or note[0].tag != "p":  # its number is printed before a list or a table
            note.insert(0, new_element("p", []))
        first, last = note[0], note.findall("p")[-1]
        if last is not note[-1]:
            note.append(last := new_element("p", []))
        mark = new_element("span", [f"{words['numerals'].write(number)}."], {"class": "number"})
        set_children(first, [mark, " ", *list(child_nodes(first))])
        back = [
            new_element(
                "a",
                [words["back"]],
                {
                    "class": "backlink",
                    **language_of_word(words["back"]),
                    "href": f"#{link.get('id')}",
                    # Read out alone, a link says where to; it begins with what is seen of it.
                    "aria-label": words["back_to" if len(links) == 1 else "back_to_place"].format(
                        back=words["back"], number=number, place=place
                    ),
                },
            )
            for place, link in enumerate(links, 1)
        ]
        set_children(last, [*list(child_nodes(last)), *(n for link in back for n in (" ", link))])
        listed.append(note)
    body.append(new_element("section", listed, {"class": "notes"}))


# How notes are placed, by the word in the table of media. The id is the document's.
PLACES: dict[str, Callable[[Element, Notes, Mapping[str, Any], str], None]] = {
    "foot": at_foot,
    "end": at_end,
}


def as_lines(note: Element) -> list[Node]:
    """Return the content of a note in a form allowed inside a paragraph: each block becomes a span."""
    nodes = list(_in_lines(note))
    only = [n for n in nodes if not isinstance(n, str) or n.strip()]
    if len(only) == 1 and isinstance(only[0], Element) and classes(only[0]) == ["line"]:
        return list(child_nodes(only[0]))
    return nodes


def _in_lines(parent: Element) -> Iterator[Node]:
    for node in trimmed(child_nodes(parent)):
        if not isinstance(node, Element):
            # WeasyPrint keeps a line feed in a footnote as a line break.
            yield re.sub(r"\s*\n\s*", " ", node)
        elif node.tag in ("ul", "ol"):
            for item in node.findall("li"):
                yield new_element("span", ["• ", *as_lines(item)], {"class": "line"})
        elif node.tag == "tr":
            cells = [cell for cell in node if text_of(cell)]
            inside = [n for cell in cells for n in (" · ", *child_nodes(cell))][1:]
            yield new_element("span", inside, {"class": "line"})
        elif node.tag in ("div", "table", "thead", "tbody", "dl", "figure", "section"):
            yield from _in_lines(node)
        elif node.tag in LINES:
            if has_content(node):
                yield new_element("span", as_lines(node), {"class": "line"})
        else:
            yield node
