"""Trees of HTML elements, written as mark-up with the same meaning in HTML and XML.

A stage changes only its own tree: between stages, trees are kept as mark-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

Element = ElementTree.Element
Node = Element | str

# Elements by their category in HTML's content model (WHATWG HTML, section 3.2.5).
PHRASING = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
# Elements that are never in a paragraph: they end the one before them (WHATWG HTML, 13.2.6.4).
CLOSES_PARAGRAPH = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "group",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
FLOW = frozenset(
    [
        "address",
        "aside",
        "blockquote",
        "dl",
        "div",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
CODE = frozenset(["code", "kbd", "pre", "samp"])
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SECTIONS = "sections"  # the class of an element for a list of the article's sections
APART = FLOW | {"br", "caption", "dd", "dt", "li", "td", "th"}  # separated from their neighbours
VOID = frozenset(["br", "hr", "img", "wbr"])


def child_nodes(element: Element) -> Iterator[Node]:
    """Yield the children of `element` as nodes: its text, and its elements without tails."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def new_element(
    tag: str, nodes: Iterable[Node], attributes: dict[str, str] | None = None
) -> Element:
    """Return a new element with `nodes` as its content. It takes over elements among them, and sets their tails."""
    element = Element(tag, dict(attributes or {}))
    last: Element | None = None
    for node in list(nodes):  # `content` of another element relies on the tails that are set here
        if isinstance(node, Element):
            node.tail = None
            element.append(node)
            last = node
        elif last is None:
            element.text = (element.text or "") + node
        else:
            last.tail = (last.tail or "") + node
    return element


def set_children(element: Element, nodes: Iterable[Node]) -> None:
    """Put `nodes` in place of the content of `element`, which keeps its name and attributes."""
    made = new_element(element.tag, list(nodes))
    element[:] = list(made)
    element.text = made.text


def take_out(parent: Element, child: Element) -> None:
    """Remove `child` from `parent`, but keep the text after it, unlike `parent.remove`."""
    if child.tag in FLOW and not (child.tail or "").strip():
        child.tail = None  # white space between two blocks
    _replace(parent, child, ())


def copy(node: Node) -> Node:
    """Return a deep copy of `node`, without its tail."""
    if isinstance(node, str):
        return node
    return new_element(node.tag, [copy(n) for n in child_nodes(node)], node.attrib)


def trimmed(nodes: Iterable[Node]) -> list[Node]:
    """Return `nodes` without white space at either end."""
    found = list(nodes)
    while found and isinstance(found[0], str) and not found[0].strip():
        del found[0]
    while found and isinstance(found[-1], str) and not found[-1].strip():
        del found[-1]
    return found


def text_of(element: Element) -> str:
    """Return the text in `element`, white space folded, without the numbers of note references and the readings of ruby.

    Blocks and cells in it are separated by a space.
    """
    return " ".join("".join(_read_out(element)).split())


def _read_out(element: Element) -> Iterator[str]:
    if "call" not in classes(element) and element.tag != "rt":
        yield element.text or ""
        for child in element:
            apart = " " if child.tag in APART else ""
            yield apart
            yield from _read_out(child)
            yield apart
            yield child.tail or ""


def has_content(element: Element) -> bool:
    """Return whether `element` has words or a picture."""
    return bool("".join(element.itertext()).strip()) or element.find(".//img") is not None


def label_of(element: Element) -> str:
    """Return the title of a heading: its words, or those of its first picture if it has no others."""
    images = (image.get("alt", "") for image in element.iter("img"))
    return text_of(element) or next(filter(None, images), "")


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def serialize(element: Element) -> str:
    """Return the content of `element` as mark-up with the same meaning in HTML and XML.

    An empty element that is not void keeps its end tag: HTML would read ``<td/>`` as an open tag.
    """
    written: list[str] = []
    _write_content(element, written)
    return "".join(written)


def serialize_element(element: Element) -> str:
    """Return `element` itself in that mark-up, without its tail."""
    written: list[str] = []
    _write(element, written)
    return "".join(written)


def _write(element: Element, written: list[str]) -> None:
    tag = element.tag
    written.append(f"<{tag}")
    for name, value in element.attrib.items():
        written.append(f' {name}="{escape(value, quote=True)}"')
    if tag in VOID:
        written.append(" />")
        return
    written.append(">")
    _write_content(element, written)
    written.append(f"</{tag}>")


def _write_content(element: Element, written: list[str]) -> None:
    if element.text:
        written.append(escape(element.text))
    for child in element:
        _write(child, written)
        if child.tail:
            written.append(escape(child.tail))


def escape(text: str, quote: bool = False) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") if quote else text
    )


def parse_tree(markup: str) -> Element:
    """Parse the result of :func:`serialize` into a tree: a `body` with that content."""
    return ElementTree.fromstring(f"<body>{markup}</body>")


def unwrap(parent: Element, child: Element) -> None:
    """Replace `child` by its content."""
    _replace(parent, child, child_nodes(child))


def _replace(parent: Element, child: Element, nodes: Iterable[Node]) -> None:
    """Put `nodes` in place of `child`, without touching its siblings: a paragraph may have thousands."""
    at = list(parent).index(child)
    made = new_element(parent.tag, [*nodes, child.tail or ""])
    parent[at : at + 1] = list(made)
    if made.text and at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + made.text
    elif made.text:
        parent.text = (parent.text or "") + made.text
