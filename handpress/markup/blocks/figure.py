"""Figures: a picture that is alone in its paragraph, with its caption."""

from __future__ import annotations

from collections.abc import Iterable

from handpress.core.problems.problem import Problem
from handpress.markup.blocks.block import Written
from handpress.markup.tree import (
    Element,
    Node,
    child_nodes,
    classes,
    new_element,
    set_children,
    text_of,
    trimmed,
)


def figure(paragraph: Element, written: Written) -> Iterable[Problem]:
    """Turn a `paragraph` that holds one picture, or a link round one, into a figure; a decorative one
    into an ornament.
    """
    nodes = trimmed(child_nodes(paragraph))
    link = nodes[0] if len(nodes) == 1 and isinstance(nodes[0], Element) else None
    if link is not None and link.tag == "a":
        inside = trimmed(child_nodes(link))
        image = inside[0] if len(inside) == 1 else None
    else:
        image, link = link, None
    if not isinstance(image, Element) or image.tag != "img":
        return ()
    caption = image.attrib.pop("title", "")
    tail = paragraph.tail
    if "decorative" in classes(image):
        paragraph.tag = "div"
        paragraph.set("class", "ornament")
        set_children(paragraph, [image])
    else:
        paragraph.tag = "figure"
        shown: list[Node] = [link if link is not None else image]
        if caption:
            shown.append(new_element("figcaption", [caption]))
        set_children(paragraph, shown)
        for key in ("id", "only"):
            if key in image.attrib:
                paragraph.set(key, image.attrib.pop(key))
    paragraph.tail = tail
    return ()


def describe_by_captions(tree: Element) -> None:
    """Give each picture without a text alternative the words of its title or caption."""
    for figure in tree.iter("figure"):
        if (caption := figure.find("figcaption")) is not None:
            for image in figure.iter("img"):
                image.set("title", image.get("title") or text_of(caption))
    for image in tree.iter("img"):
        title = image.attrib.pop("title", "")
        if not image.get("alt", "").strip():
            image.set("alt", title)
