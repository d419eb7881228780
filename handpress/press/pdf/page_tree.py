"""The elements of an HTML page: read as XML where that gives the same, which takes an eighth of the time.

Pages by our templates are XML, except that elements without content have no end. A workspace's own templates may be anything.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from handpress.core.html_parser import html_parser
from handpress.markup.tree import CLOSES_PARAGRAPH

DOCTYPE = "<!DOCTYPE html>"
# Elements without content and without an end (HTML, 13.1.2), and all their attributes.
VOID = re.compile(
    r"<(area|base|br|col|hr|img|input|link|meta|source|track|wbr)\b((?:[^>\"]|\"[^\"]*\")*?)\s*/?>"
)
BLOCKS = CLOSES_PARAGRAPH | {"hr", "table", "xmp"}
# Elements that have a parent of their own in HTML, which its parser adds.
PARENTS = {"tr": ("tbody", "thead", "tfoot"), "td": ("tr",), "th": ("tr",)}
FOREIGN = ("svg", "math")  # with a namespace, which HTML adds
ALONE = frozenset({"a", "button", "form", "nobr"})  # not within each other


def page_tree(text: str) -> Any:
    """Return the root of a page, which nothing refers to but its elements."""
    if text.startswith(DOCTYPE):
        with contextlib.suppress(ParseError):
            root = fromstring(VOID.sub(r"<\1\2/>", text.removeprefix(DOCTYPE)))
            if same_in_html(root):
                return root
    parser = html_parser()
    root = parser.parse(text)
    # The other things that it has made are in circles, which the garbage collector need not look for.
    nodes = [parser.tree.document]
    for node in nodes:
        nodes += node.children
        node.parent = None
    for part in (parser.tree, parser.tokenizer, parser):
        part.__dict__.clear()
    return root


def same_in_html(root: Element) -> bool:
    """Return whether HTML has these elements at the same places: it moves, closes or adds some."""
    if root.tag != "html" or [part.tag for part in root] != ["head", "body"]:
        return False
    for element in root.iter():
        tag = element.tag
        if (tag != tag.lower() and not tag.startswith("{")) or tag in FOREIGN:
            return False
        for child in element:
            if tag not in PARENTS.get(child.tag, (tag,)):
                return False
        if tag == "p" and any(inside.tag in BLOCKS for inside in _within(element)):
            return False
        if tag in ALONE and any(inside.tag == tag for inside in _within(element)):
            return False
    return True


def _within(element: Element) -> Any:
    inside = element.iter()
    next(inside)
    return inside
