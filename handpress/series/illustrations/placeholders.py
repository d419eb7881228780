"""Placeholders: a visible frame with the words of a picture that cannot be published."""

from __future__ import annotations

import posixpath

from handpress.markup.tree import (
    Element,
    classes,
    new_element,
    set_children,
    take_out,
)
from handpress.series.illustrations.pictures import WITHIN


def put_placeholder(parent: Element, image: Element) -> None:
    """Replace `image`, whose file cannot be published, with a frame that contains its alternative text.

    Without a text it has the file's name. A decorative picture has no meaning to replace, so it is left out.
    """
    if "decorative" in classes(image):
        take_out(parent, image)
        return
    address = image.get("src", "").partition("?")[0]
    name = "" if address.startswith(WITHIN) else posixpath.basename(address)
    words = " ".join(image.get("alt", "").split()) or name
    label = new_element("span", [], {"data-word": "missing_picture"})
    kept = {key: value for key, value in image.attrib.items() if key in ("id", "only")}
    image.tag, image.attrib = "span", {"class": "missing-picture", **kept}
    set_children(image, [label, " ", words])


def without_empty_ornaments(tree: Element) -> None:
    """Take out the boxes of decorative pictures that are left out."""
    for parent in list(tree.iter()):
        for box in [e for e in parent if _is_ornament(e) and not len(e)]:
            take_out(parent, box)


def _is_ornament(element: Element) -> bool:
    return element.tag == "div" and element.get("class") == "ornament"
