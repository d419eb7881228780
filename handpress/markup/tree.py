"""Trees of HTML elements, written as mark-up that HTML and XML parsers read alike.

A stage that changes a tree changes one of its own: trees are kept between stages as mark-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

Element = ElementTree.Element
Node = Element | str

# Elements by their place in HTML's content model (WHATWG HTML, section 3.2.5).
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
APART = FLOW | {"br", "caption", "dd", "dt", "li", "td", "th"}  # a new line begins at them
VOID = frozenset(["br", "hr", "img", "wbr"])


def child_nodes(element: Element) -> Iterator[Node]:
    """The children of `element` as nodes: text where there is text, and elements without tails."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def new_element(
    tag: str, nodes: Iterable[Node], attributes: dict[str, str] | None = None
) -> Element:
    """A new element with `nodes` as its content. An element among them is taken over: its tail is set."""
    element = Element(tag, dict(attributes or {}))
    last: Element | None = None
    for node in list(nodes):  # `content` of another element goes by the tails that are set here
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
    """Remove `child` from `parent`, but not the text after it, as `parent.remove` would."""
    if child.tag in FLOW and not (child.tail or "").strip():
        child.tail = None  # only parted two blocks
    set_children(parent, [node for node in list(child_nodes(parent)) if node is not child])


def copy(node: Node) -> Node:
    """A copy of `node` that shares nothing with it, without its tail."""
    if isinstance(node, str):
        return node
    return new_element(node.tag, [copy(n) for n in child_nodes(node)], node.attrib)


def trimmed(nodes: Iterable[Node]) -> list[Node]:
    """`nodes` without white space at either end."""
    found = list(nodes)
    while found and isinstance(found[0], str) and not found[0].strip():
        del found[0]
    while found and isinstance(found[-1], str) and not found[-1].strip():
        del found[-1]
    return found


def text_of(element: Element) -> str:
    """The text in `element`, white space folded, without the numbers by which notes are called. Blocks
    and cells in it stand apart.
    """
    return " ".join("".join(_read_out(element)).split())


def _read_out(element: Element) -> Iterator[str]:
    if "call" not in classes(element):
        yield element.text or ""
        for child in element:
            apart = " " if child.tag in APART else ""
            yield apart
            yield from _read_out(child)
            yield apart
            yield child.tail or ""


def has_content(element: Element) -> bool:
    """Whether there are words or a picture in `element`."""
    return bool("".join(element.itertext()).strip()) or element.find(".//img") is not None


def label_of(element: Element) -> str:
    """What a heading is called: its words, or those of its first picture if it has no others."""
    images = (image.get("alt", "") for image in element.iter("img"))
    return text_of(element) or next(filter(None, images), "")


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def serialize(element: Element) -> str:
    """The content of `element` in the mark-up that HTML and XML parsers read alike.

    An empty element that is not void keeps its end tag: ``<td/>`` read as HTML swallows what follows.
    """
    return "".join(_written(node) for node in child_nodes(element))


def serialize_element(element: Element) -> str:
    """`element` itself in that mark-up, without its tail."""
    return _written(element)


def _written(node: Node) -> str:
    if isinstance(node, str):
        return escape(node)
    attributes = "".join(f' {k}="{escape(v, quote=True)}"' for k, v in node.attrib.items())
    if node.tag in VOID:
        return f"<{node.tag}{attributes} />"
    return f"<{node.tag}{attributes}>{serialize(node)}</{node.tag}>"


def escape(text: str, quote: bool = False) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\n", "&#10;") if quote else text


def parse_tree(markup: str) -> Element:
    """The tree of what :func:`serialize` wrote: a `body` with that content."""
    return ElementTree.fromstring(f"<body>{markup}</body>")


def unwrap(parent: Element, child: Element) -> None:
    """Put the content of `child` in its place."""
    nodes = list(child_nodes(parent))
    at = next(n for n, node in enumerate(nodes) if node is child)
    set_children(parent, [*nodes[:at], *list(child_nodes(child)), *nodes[at + 1 :]])
