"""Embedded media: a video, a sound or a page of another site becomes a picture and a link, which every medium has."""

from __future__ import annotations

import re

from handpress.core.problems.problem import Problem, problem
from handpress.markup.positions import Locator
from handpress.markup.tree import Element, child_nodes, new_element, set_children, text_of

# The attribute with the address, by the name of the element.
ADDRESS = {"video": "src", "audio": "src", "iframe": "src", "embed": "src", "object": "data"}
# The page of a video, by the address of its player.
PLAYERS = (
    (r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+).*", r"https://www.youtube.com/watch?v=\1"),
    (r"https?://player\.vimeo\.com/video/(\d+).*", r"https://vimeo.com/\1"),
)  # fmt: skip
ABOUT_BROWSERS = re.compile(r"\bbrowser|\bnavegador|\bnavigateur", re.I)  # not about the content
BLOCKS = frozenset({"article", "blockquote", "body", "div", "figure", "main", "section"})


def replace_embedded(body: Element, locate: Locator) -> list[Problem]:
    """Replace the embedded media in a raw tree, in place; one without address and words stays, to be removed."""
    problems = []
    for parent in list(body.iter()):
        if not any(child.tag in ADDRESS for child in parent):
            continue
        nodes = []
        for node in list(child_nodes(parent)):
            found = instead_of(node) if isinstance(node, Element) and node.tag in ADDRESS else None
            if found is None or isinstance(node, str):
                nodes.append(node)
                continue
            instead, name = found
            place = locate.next(rf"<{node.tag}(?=[\s/>]|$)")
            problems.append(problem("embedded-media", place, what=f"<{node.tag}>", instead=name))
            nodes.append(new_element("p", [instead]) if parent.tag in BLOCKS else instead)
        set_children(parent, nodes)
    return problems


def instead_of(element: Element) -> tuple[Element, str] | None:
    """Return what is published in place of `element`, and its name."""
    address, words = _address(element), _words(element)
    poster = element.get("poster", "").strip()
    label = words or re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/")
    if not label:
        return None
    shown = new_element("img", [], {"src": poster, "alt": label}) if poster else label
    if address:
        name = "its picture, with a link," if poster else "a link"
        return new_element("a", [shown], {"href": address}), name
    return new_element("span", [shown]), "its picture" if poster else "its text"


def _address(element: Element) -> str:
    """Return the address of a medium, "" if it has none that a link can have."""
    sources = [element.get(ADDRESS[element.tag])]
    sources += [source.get("src") for source in element.iter("source")]
    address = next((found.strip() for found in sources if found and found.strip()), "")
    if address.startswith("//"):
        address = f"https:{address}"
    for player, page in PLAYERS:
        address = re.sub(player, page, address)
    return "" if re.match(r"(?!https?:)[A-Za-z][\w+.-]*:", address) else address


def _words(element: Element) -> str:
    """Return the author's words for a medium: its title, or else the text for browsers without it."""
    title = element.get("title") or element.get("aria-label") or ""
    inside = re.sub(r"<[^>]*>", " ", text_of(element))  # an `iframe` has its tags as text
    words = title if title.strip() else "" if ABOUT_BROWSERS.search(inside) else inside
    return " ".join(words.split())
