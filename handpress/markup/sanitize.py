"""Sanitizing: reduce a tree to the allowed elements and HTML's content model (WHATWG HTML, section 3.2.5).

Every medium can use the result: EPUB readers accept it as XHTML, WeasyPrint tags it, and browsers run
nothing from it. Each removal is a problem at its line. nh3 has an allow-list too, but keeps neither lines
nor the content model, and does not complete tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from handpress.core.files.source import CONTROL
from handpress.core.problems.problem import Problem, problem
from handpress.markup.embedded import replace_embedded
from handpress.markup.positions import Locator
from handpress.markup.tables import scope, squared
from handpress.markup.tree import (
    FLOW,
    PHRASING,
    VOID,
    Element,
    Node,
    child_nodes,
    copy,
    has_content,
    new_element,
    trimmed,
)

# Replaced by another element with the same meaning.
RENAMED = {
    "acronym": "abbr", "big": "span", "center": "div", "dir": "ul", "font": "span", "main": "div",
    "article": "div", "header": "div", "footer": "div", "nav": "div", "hgroup": "div",
    "details": "div", "fieldset": "div", "form": "div", "strike": "s", "summary": "p", "tt": "code",
    "legend": "p", "listing": "pre", "xmp": "pre", "plaintext": "pre", "search": "div", "menu": "ul",
}  # fmt: skip
QUIET = frozenset(
    [
        "acronym",
        "big",
        "center",
        "dir",
        "main",
        "article",
        "header",
        "footer",
        "nav",
        "hgroup",
        "details",
        "strike",
        "summary",
        "tt",
        "search",
        "menu",
    ]
)
# Removed with all their content.
DROPPED = frozenset(
    [
        "applet",
        "area",
        "audio",
        "base",
        "basefont",
        "bgsound",
        "button",
        "canvas",
        "datalist",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "input",
        "link",
        "map",
        "math",
        "meta",
        "meter",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "option",
        "optgroup",
        "output",
        "param",
        "portal",
        "progress",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "track",
        "video",
    ]
)
GLOBAL = frozenset(["id", "class", "lang", "dir", "only"])
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "abbr": frozenset({"title"}),
    "dfn": frozenset({"title"}),
    "div": frozenset({"data-from"}),  # the source of an exercise
    "img": frozenset({"src", "alt", "title", "width", "height"}),
    "ol": frozenset({"start", "reversed"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
_NUMBER = r"[1-9]\d{0,3}"
# Patterns that complete values must match; others are removed.
VALUES: dict[str, str] = {
    "class": r"[\w\- ]+",
    "colspan": r"[1-9]\d{0,1}",
    "data-from": r"[\w./\-]+",
    "rowspan": r"[1-9]\d{0,2}",
    "datetime": r"\d{4}(-\d{2}(-\d{2})?)?",
    "dir": r"ltr|rtl|auto",
    "height": rf"{_NUMBER}(px)?",
    "lang": r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    "reversed": r".*",
    "scope": r"row|col",
    "start": r"-?\d{1,6}",
    "width": rf"{_NUMBER}(px)?|\d{{1,2}}%|100%",
}
# The only form of `style` that Python-Markdown writes itself: the alignment of a column.
_ALIGN = re.compile(r"text-align:\s*(left|right|center)")


def sanitize(body: Element, locate: Locator) -> tuple[Element, list[Problem]]:
    """Return `body` reduced to the allow-list and HTML's content model, and a problem for each removal."""
    found = replace_embedded(body, locate)
    cleaner = _Cleaner(locate)
    root = new_element("body", cleaner.flow(body))
    return root, found + cleaner.problems


def _tag(name: str) -> str:
    """Return a pattern for the start tag of an element."""
    return rf"<{re.escape(name)}(?=[\s/>]|$)"


class _Cleaner:
    def __init__(self, locate: Locator) -> None:
        self.locate = locate
        self.problems: list[Problem] = []

    def removed(self, what: str, pattern: str) -> None:
        self.problems.append(problem("html-removed", self.locate.next(pattern), what=what))

    # Each method takes an element of the raw tree and returns the nodes allowed in its place.

    def flow(self, parent: Element) -> list[Node]:
        return [node for child in child_nodes(parent) for node in self.in_flow(child)]

    def phrasing(self, parent: Element, in_link: bool = False) -> list[Node]:
        return [node for child in child_nodes(parent) for node in self.in_phrasing(child, in_link)]

    def in_flow(self, node: Node) -> Iterable[Node]:
        if isinstance(node, str):
            return [node]
        name = self.name(node)
        if name is None:
            return []
        if name in BLOCKS:
            return BLOCKS[name](self, name, node)
        if name in PHRASING and not _holds_blocks(node):
            return self.in_phrasing(node, in_link=False)
        # An inline element around blocks, a stray `li`, an unknown element: its content stays.
        return self.flow(node)

    def in_phrasing(self, node: Node, in_link: bool) -> Iterable[Node]:
        if isinstance(node, str):
            return [node]
        name = self.name(node)
        if name is None:
            return []
        if name not in PHRASING or (name == "a" and in_link):
            inner = self.phrasing(node, in_link)
            return [" ", *inner, " "] if name in FLOW else inner
        if name == "ruby" and not _is_ruby(node):
            return self.phrasing(node, in_link)
        inside = [] if name in VOID else self.phrasing(node, in_link or name == "a")
        if name == "ruby":
            inside = [
                n
                for child in child_nodes(node)
                if not isinstance(child, Element)
                or child.tag != "rp"  # brackets for very old browsers
                for n in (
                    [new_element(child.tag, self.phrasing(child, in_link))]
                    if isinstance(child, Element) and child.tag == "rt"
                    else self.in_phrasing(child, in_link)
                )
            ]
        return [new_element(name, inside, self.attributes(name, node))]

    def name(self, element: Element) -> str | None:
        """Return the allowed name for `element`; "" to keep only its content, None to keep nothing."""
        tag = element.tag
        if not isinstance(tag, str):  # a comment or a processing instruction
            return None
        tag = tag.rpartition("}")[2]
        if (
            tag == "source"
        ):  # an alternative to the picture: the `img` in the same `picture` has the one that is shown
            return None
        if tag == "picture" and any(e.tag == "img" for e in element.iter()):
            return ""
        if "}" in element.tag or tag in DROPPED:
            self.removed(f"`<{tag}>` is", _tag(tag))
            return None
        if tag in RENAMED:
            if tag not in QUIET:
                self.removed(f"`<{tag}>` is", _tag(tag))
            return RENAMED[tag]
        if tag in PHRASING or tag in FLOW or tag in _INNER:
            return tag
        self.removed(f"`<{tag}>` is", _tag(tag))
        return ""

    def attributes(self, name: str, element: Element) -> dict[str, str]:
        kept = {}
        for key, value in element.attrib.items():
            value = CONTROL.sub("", value)
            if (name, key) == ("a", "name") and "id" not in element.attrib:
                key = "id"  # HTML 4 named the place of a link so
            if key.startswith("on") and key != "only":
                self.removed(f"`{key}=` is", rf"\b{re.escape(key)}\s*=")
            elif (key in GLOBAL or key in ATTRIBUTES.get(name, ())) and re.fullmatch(
                VALUES.get(key, r"[\s\S]*"), value.strip()
            ):
                kept[key] = value.strip()
            elif key == "style" and name in ("td", "th") and (found := _ALIGN.search(value)):
                kept["class"] = f"{kept.get('class', '')} {found[1]}".strip()
        return kept

    # Blocks

    def block(self, name: str, element: Element) -> list[Node]:
        return [new_element(name, self.flow(element), self.attributes(name, element))]

    def line(self, name: str, element: Element) -> list[Node]:
        inside = self.phrasing(element)
        if name == "pre" and inside and isinstance(inside[0], str):
            # The HTML parser drops a line feed at the start of `pre`, the XML parser keeps it.
            inside[0] = inside[0].lstrip("\n")
        elif name != "pre":
            inside = trimmed(inside)
        made = [new_element(name, inside, self.attributes(name, element))] if inside else []
        if name == "pre" and made and (title := element.get("title", "").strip()):
            return [new_element("figure", [new_element("figcaption", [title]), *made])]
        return list(made)

    def rule(self, name: str, element: Element) -> list[Node]:
        return [new_element("hr", [])]

    def listing(self, name: str, element: Element) -> list[Node]:
        items = [
            new_element("li", self.flow(child), self.attributes("li", child))
            if isinstance(child, Element) and child.tag == "li"
            else new_element("li", inner)
            for child in _items(element)
            if (isinstance(child, Element) and child.tag == "li")
            or (inner := trimmed(list(self.in_flow(child))))
        ]
        return [new_element(name, items, self.attributes(name, element))] if items else []

    def definitions(self, name: str, element: Element) -> list[Node]:
        items: list[Element] = []
        for child in child_nodes(element):
            if isinstance(child, Element) and child.tag == "dt":
                items.append(new_element("dt", self.phrasing(child), self.attributes("dt", child)))
            elif isinstance(child, Element) and child.tag == "dd":
                items.append(new_element("dd", self.flow(child), self.attributes("dd", child)))
            elif inner := trimmed(list(self.in_flow(child))):
                items.append(new_element("dd", inner))
        if items and items[0].tag == "dt" and items[-1].tag == "dd":
            return [new_element("dl", items, self.attributes("dl", element))]
        return [new_element("div", child_nodes(item)) for item in items]

    def figure(self, name: str, element: Element) -> list[Node]:
        captions = [child for child in element if child.tag == "figcaption"]
        if len(captions) != 1:
            return self.block("div", element)
        rest = [n for c in child_nodes(element) if c is not captions[0] for n in self.in_flow(c)]
        caption = new_element("figcaption", trimmed(self.phrasing(captions[0])))
        return [new_element("figure", [*trimmed(rest), caption], self.attributes(name, element))]

    def table(self, name: str, element: Element) -> list[Node]:
        caption = element.find("caption")
        head = [r for part in element.findall("thead") for r in part.findall("tr")]
        rest = [r for part in element if part.tag in ("tbody", "tfoot") for r in part.findall("tr")]
        if not head and rest and {cell.tag for cell in rest[0]} == {"th"}:
            head = [rest.pop(0)]
        head, rest = squared([self.row(r) for r in head], [self.row(r) for r in rest])
        if not any(any(has_content(cell) for cell in r) for r in head):
            head = []
        if head and not rest:  # PDF/UA requires a row below the headings
            rest = [new_element("tr", [new_element("td", []) for _ in head[0]])]
        scope(head, rest)
        nodes: list[Node] = []
        if caption is not None and (words := trimmed(self.phrasing(caption))):
            nodes.append(new_element("caption", words))
        nodes += [new_element("thead", head)] if head else []
        nodes += [new_element("tbody", rest)] if rest else []
        return [new_element("table", nodes, self.attributes(name, element))] if rest or head else []

    def row(self, row: Element) -> Element:
        cells = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            attributes, inside = self.attributes(cell.tag, cell), self.flow(cell)
            # Screen readers stumble over an empty heading.
            tag = cell.tag if trimmed(inside) else "td"
            span = int(attributes.pop("colspan", "1"))
            if tag == "td":
                attributes.pop("scope", None)
                if span > 1:
                    attributes["colspan"] = str(span)
                span = 1
            # PDF/UA requires a heading for each column: one that spans several is repeated for each.
            cells += [
                new_element(tag, inside if n == 0 else map(copy, inside), attributes)
                for n in range(span)
            ]
        return new_element("tr", cells)


RUBY = ("rt", "rp")
_INNER = frozenset(
    [
        "li",
        "dt",
        "dd",
        "figcaption",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "rt",
        "rp",
    ]
)
BLOCKS: dict[str, Callable[[_Cleaner, str, Element], list[Node]]] = {
    **dict.fromkeys(("address", "aside", "blockquote", "div", "section"), _Cleaner.block),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"), _Cleaner.line),
    **dict.fromkeys(("ol", "ul"), _Cleaner.listing),
    "dl": _Cleaner.definitions,
    "figure": _Cleaner.figure,
    "hr": _Cleaner.rule,
    "table": _Cleaner.table,
}


def _items(element: Element) -> Iterator[Node]:
    """Yield the content of a list. Pass over inline elements around items: HTML makes these of an
    element that was not closed within its item.
    """
    for child in child_nodes(element):
        if isinstance(child, Element) and child.tag in PHRASING and child.find(".//li") is not None:
            yield from _items(child)
        else:
            yield child


def _holds_blocks(element: Element) -> bool:
    return any(
        e.tag in FLOW or (e.tag in _INNER and e.tag not in RUBY) or e.tag in RENAMED
        for e in element.iter()
        if e is not element
    )


def _is_ruby(element: Element) -> bool:
    """Return whether each `rt` in a ruby has a base before it (WHATWG HTML, section 4.5.10)."""
    base = False
    for child in child_nodes(element):
        if isinstance(child, Element) and child.tag in ("rt", "rp"):
            if child.tag == "rt" and not base:
                return False
            base = base and child.tag == "rp"
        else:
            base = base or not isinstance(child, str) or bool(child.strip())
    return not base and element.find("rt") is not None
