"""HTML for browsers: the parts of a page that a keyboard or a screen reader needs."""

from __future__ import annotations

from handpress.markup.tree import Element, classes

SCROLLED = {"div": "table", "p": "formula"}  # classes of what may be wider than a phone, by element


def for_web(tree: Element) -> None:
    """Adapt a tree, in place. Wide tables and formulas are scrolled, and asides within an article are not landmarks."""
    for element in tree.iter():
        found = classes(element)
        if SCROLLED.get(element.tag) in found:
            element.set("tabindex", "0")
        elif element.tag == "aside":
            element.attrib.setdefault("role", "doc-footnote" if "footnote" in found else "note")
