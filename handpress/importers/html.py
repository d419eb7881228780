"""Reading HTML and XML from strangers, and finding elements in their trees."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError

from handpress.core.files.decoding import decode
from handpress.core.html_parser import html_parser
from handpress.importers.model import ImportRefused
from handpress.markup.tree import child_nodes, classes, set_children, text_of

DEPTH = 250  # levels of elements: page builders reach 60
AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w*);")
PREFIX = re.compile(rb"</?([A-Za-z][\w.-]*):")
NAMESPACES = {
    b"app": b"http://purl.org/atom/app#"
}  # of prefixes that exports use without declaring them
NAME = re.compile(r"[A-Za-z_][\w:.-]*")  # of an attribute that can be written again
WORD = re.compile(r"\w+(?:['’]\w+)*")


def parse_page(markup: str) -> Element:
    """Return the `html` element of a whole page."""
    found: Element = html_parser().parse(markup)
    return _checked(found)


def parse_fragment(markup: str) -> Element:
    """Return a `body` with the content of a piece of a page."""
    found: Element = html_parser().parse_fragment(markup, container="body")
    found.tag = "body"
    return _checked(found)


def _checked(tree: Element) -> Element:
    """Return `tree` without comments and namespaces. Refuse elements so deep that readers would overflow."""
    level, depth = [tree], 0
    while level:
        if depth > DEPTH:
            raise ImportRefused(f"elements are nested more than {DEPTH} levels deep")
        for element in level:
            element.tag = element.tag.rpartition("}")[2]
            element.attrib = {
                k: v for k, v in element.attrib.items() if isinstance(k, str) and NAME.fullmatch(k)
            }
            if any(not isinstance(child.tag, str) for child in element):
                nodes = list(child_nodes(element))
                set_children(
                    element, [n for n in nodes if isinstance(n, str) or isinstance(n.tag, str)]
                )
        level, depth = [child for element in level for child in element], depth + 1
    return tree


def parse_xml(data: bytes, name: str) -> Element:
    """Return the root of an XML file. Refuse entities, which may expand without end, and files outside."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        found: Element = fromstring(re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", data))
    except DefusedXmlException:
        raise ImportRefused(
            f"`{name}` defines entities, as an XML bomb does", "export it again without a DTD"
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        if repaired := _repaired(data):
            return parse_xml(repaired, name)
        raise ImportRefused(f"`{name}` is not valid XML: {error}") from None
    return found


def _repaired(data: bytes) -> bytes | None:
    """Return XML with its names of HTML's characters and bare ampersands as XML has them, and all prefixes declared."""
    pieces = re.split(rb"(<!\[CDATA\[.*?\]\]>)", data, flags=re.S)
    made = [
        p if n % 2 else re.sub(rb"&(?!#?\w+;)", b"&amp;", AMPERSAND.sub(_as_xml, p))
        for n, p in enumerate(pieces)
    ]
    found = b"".join(made)
    used = set(PREFIX.findall(b"".join(p for n, p in enumerate(made) if not n % 2)))
    missing = [p for p in sorted(used - {b"xml"}) if b"xmlns:" + p + b"=" not in found]
    if missing:
        named = b"".join(
            b' xmlns:%s="%s"' % (p, NAMESPACES.get(p, b"urn:unbound:" + p)) for p in missing
        )
        found = re.sub(rb"(<[A-Za-z][\w:.-]*)", lambda m: m[1] + named, found, count=1)
    return found if found != data else None


def _as_xml(found: re.Match[bytes]) -> bytes:
    character = html.entities.html5.get(f"{found[1].decode()};", "")
    return "".join(f"&#{ord(c)};" for c in character).encode() or found[0].replace(b"&", b"&amp;")


def text_from(data: bytes, declared: str = "") -> str:
    """Return the text of an HTML file, by its byte order mark, its `meta charset`, or as UTF-8."""
    named = re.search(rb"""<meta[^>]+charset=["']?([\w-]+)""", data[:4096], re.I)
    for encoding in (declared, named[1].decode() if named else ""):
        if encoding and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
            try:
                return data.decode(encoding)
            except (LookupError, UnicodeDecodeError):
                continue
    return decode(data).text


def has_class(element: Element, *names: str) -> bool:
    return not set(names).isdisjoint(classes(element))


def find_all(tree: Element, wanted: Callable[[Element], bool]) -> list[Element]:
    """Return the outermost elements in `tree` that are `wanted`, in their order."""
    found: list[Element] = []
    stack = list(reversed(tree))
    while stack:
        element = stack.pop()
        if isinstance(element.tag, str) and wanted(element):
            found.append(element)
        else:
            stack.extend(reversed(element))
    return found


def find(tree: Element, wanted: Callable[[Element], bool]) -> Element | None:
    return next(iter(find_all(tree, wanted)), None)


def by_class(tree: Element, *names: str) -> list[Element]:
    return find_all(tree, lambda element: has_class(element, *names))


def remove(tree: Element, element: Element) -> None:
    """Remove `element` from the `tree` that it is in, but keep the text after it."""
    parent = parents_of(tree).get(element)
    if parent is not None:
        set_children(parent, [node for node in list(child_nodes(parent)) if node is not element])


def parents_of(tree: Element) -> dict[Element, Element]:
    return {child: parent for parent in tree.iter() for child in parent}


def words_of(tree: Element) -> list[str]:
    """Return the words of a tree, in a form that typographic changes leave as it is."""
    return words_in(text_of(tree))


def words_in(text: str) -> list[str]:
    return [word.replace("’", "'") for word in WORD.findall(text)]


def excerpt_of(element: Element, most: int = 120) -> str:
    """Return the first words of an element, or its address."""
    text = text_of(element) or next(
        (e.get(key, "") for e in element.iter() for key in ("src", "href", "data") if e.get(key)),
        "",
    )
    return text if len(text) <= most else text[: most - 1] + "…"


def ancestors(element: Element, parents: dict[Element, Element]) -> Iterator[Element]:
    while (parent := parents.get(element)) is not None:
        yield parent
        element = parent
