"""OpenDocument text, each file an article: our own reader, since no kept one gives notes, lists and captions."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from handpress.importers.dates import date_in
from handpress.importers.html import parse_fragment, parse_xml
from handpress.importers.model import Export, ImportRefused, Loss, Post, Writer
from handpress.importers.recognise.captions import join_captions
from handpress.importers.source import Source, open_bytes
from handpress.markup.tree import (
    Element,
    Node,
    child_nodes,
    new_element,
    serialize,
    text_of,
    trimmed,
)

OFFICE, TEXT, TABLE, DRAW, STYLE, FO, SVG = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in (
        "office",
        "text",
        "table",
        "drawing",
        "style",
        "xsl-fo-compatible",
        "svg-compatible",
    )
)
MATHML = "{http://www.w3.org/1998/Math/MathML}"
XLINK = "{http://www.w3.org/1999/xlink}"
# Without text of the article.
SILENT = {
    f"{OFFICE}annotation-end", f"{TEXT}sequence-decls", f"{TEXT}soft-page-break", f"{TEXT}tracked-changes", f"{OFFICE}forms",
    f"{TEXT}table-of-content", f"{TEXT}alphabetical-index", f"{TEXT}illustration-index", f"{OFFICE}annotation",
}  # fmt: skip
LOST = {
    f"{OFFICE}annotation": "a comment",
    f"{TEXT}tracked-changes": "changes that were tracked",
    f"{TEXT}table-of-content": "a table of contents",
    f"{TEXT}alphabetical-index": "an index",
}


def detect(source: Source) -> bool:
    return bool(source.ending(".odt", ".fodt")) or _is_document(source)


def _is_document(source: Source) -> bool:
    return source.has("content.xml") and b"opendocument" in source.read("content.xml")[:4000]


def read(source: Source) -> Export:
    posts: list[Post] = []
    pictures: dict[str, bytes] = {}
    losses: list[Loss] = []
    if _is_document(source):
        posts.append(_Reader(source.name, source, pictures).post())
    for name in source.ending(".odt", ".fodt") if not posts else ():
        try:
            parts = open_bytes(name, source.read(name)) if name.lower().endswith(".odt") else source
            posts.append(_Reader(name, parts, pictures).post())
        except ImportRefused as error:
            losses.append(Loss(name, "left out", error.reason))
    if not posts and losses:
        raise ImportRefused(losses[0].what)
    return Export(
        "OpenDocument", tuple(posts), picture=pictures.get, ordered=True, losses=tuple(losses)
    )


class _Reader:
    """Reads one document: its styles first, then its text as HTML."""

    def __init__(self, name: str, parts: Source, pictures: dict[str, bytes]) -> None:
        self.name, self.parts, self.pictures = name, parts, pictures
        flat = not parts.has("content.xml")
        self.content = parse_xml(parts.read(name if flat else "content.xml"), name)
        self.losses: list[Loss] = []
        self.styles: dict[str, Element] = {}
        self.lists: dict[str, Element] = {}
        others = (
            []
            if flat or not parts.has("styles.xml")
            else [parse_xml(parts.read("styles.xml"), name)]
        )
        for tree in (*others, self.content):
            self.styles |= {e.get(f"{STYLE}name", ""): e for e in tree.iter(f"{STYLE}style")}
            self.lists |= {e.get(f"{STYLE}name", ""): e for e in tree.iter(f"{TEXT}list-style")}
        self.meta = (
            self.content
            if flat
            else parse_xml(parts.read("meta.xml"), name)
            if parts.has("meta.xml")
            else None
        )
        self.notes: list[tuple[str, Element]] = []

    def post(self) -> Post:
        body = self.content.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise ImportRefused(f"`{self.name}` is not a text document")
        tree = new_element("body", self.nodes(body))
        for number, note in self.notes:
            tree.append(
                new_element("aside", list(note), {"id": f"note-{number}", "class": "footnote"})
            )
        join_captions(tree)
        facts = self.facts()
        titles = [text_of(e) for e in tree.iter("h1") if e.get("class") == "title"]
        firsts = [text_of(e) for e in tree.iter("h1")]
        stem = posixpath.splitext(posixpath.basename(self.name))[0]
        title = (titles or firsts if len(firsts) == 1 else titles or [""])[0]
        author = facts.get("creator", "") or facts.get("initial-creator", "")
        return Post(
            self.name,
            self.name,
            title or facts.get("title", "") or re.sub(r"[_-]+", " ", stem),
            serialize(parse_fragment(serialize(tree))),
            slug=stem,
            summary=facts.get("subject", ""),
            date=date_in(facts.get("date", "")),
            writers=(Writer(author),) if author else (),
            language=facts.get("language", ""),
            base=self.name,
            losses=tuple(self.losses),
        )

    def facts(self) -> Mapping[str, str]:
        if self.meta is None:
            return {}
        meta = next(self.meta.iter(f"{OFFICE}meta"), None)
        return (
            {str(e.tag).rpartition("}")[2]: (e.text or "").strip() for e in meta}
            if meta is not None
            else {}
        )

    def nodes(self, parent: Element) -> list[Node]:
        made: list[Node] = [parent.text] if parent.text else []
        for child in parent:
            made += self.node(child)
            if child.tail:
                made.append(child.tail)
        return made

    def node(self, element: Element) -> list[Node]:
        tag = element.tag
        if tag in LOST:
            self.losses.append(Loss(self.name, "left out", LOST[tag], text_of(element)[:120]))
        if tag in SILENT:
            return []
        made = READERS.get(str(tag))
        return list(made(self, element)) if made else self.nodes(element)

    # Each method takes an element of that name and yields the HTML in its place.

    def p_as_html(self, element: Element) -> Iterator[Node]:
        names = [n for n, _ in self.chain(element.get(f"{TEXT}style-name", ""))]
        inside = self.nodes(element)
        if "Title" in names:
            yield new_element("h1", inside, {"class": "title"})
        elif any(n in names for n in ("Quotations", "Quote")):
            yield new_element("blockquote", [new_element("p", inside)])
        elif any(n.startswith("Preformatted") for n in names):
            yield new_element("pre", inside)
        elif any(n in ("Caption", "Illustration", "Figure") for n in names):
            yield new_element("p", inside, {"class": "caption"})
        else:
            for node in inside:
                if isinstance(node, Element) and node.tag == "math":
                    alone = len(trimmed(inside)) == 1
                    node.attrib = {"display": "block"} if alone else {}
            yield from self.lifted(inside)

    def lifted(self, inside: list[Node]) -> Iterator[Node]:
        """Yield a paragraph, with the blocks that were anchored in it after it."""
        blocks = [
            n for n in inside if isinstance(n, Element) and n.tag in ("figure", "div", "table")
        ]
        line = [n for n in inside if n not in blocks]
        yield new_element("p", line)
        yield from blocks

    def h_as_html(self, element: Element) -> Iterator[Node]:
        level = element.get(f"{TEXT}outline-level", "1")
        yield new_element(f"h{min(int(level) if level.isdigit() else 1, 6)}", self.nodes(element))

    def list_as_html(self, element: Element, level: int = 1, style: str = "") -> Iterator[Node]:
        style = element.get(f"{TEXT}style-name", "") or style
        numbered = False
        if style in self.lists:
            for mark in self.lists[style]:
                if mark.get(f"{TEXT}level") == str(level):
                    numbered = mark.tag == f"{TEXT}list-level-style-number"
        items = []
        start = ""
        for item in element:
            if item.tag == f"{TEXT}list-header":
                yield from self.nodes(item)
            if item.tag != f"{TEXT}list-item":
                continue
            start = start or item.get(f"{TEXT}start-value", "")
            inside: list[Node] = []
            for child in item:
                inside += (
                    self.list_as_html(child, level + 1, style)
                    if child.tag == f"{TEXT}list"
                    else self.node(child)
                )
            items.append(new_element("li", inside))
        yield new_element(
            "ol" if numbered else "ul", items, {"start": start} if start and numbered else {}
        )

    def span_as_html(self, element: Element) -> Iterator[Node]:
        inside: list[Node] = self.nodes(element)
        for tag in self.marks(element.get(f"{TEXT}style-name", "")):
            inside = [new_element(tag, inside)]
        yield from inside

    def a_as_html(self, element: Element) -> Iterator[Node]:
        yield new_element("a", self.nodes(element), {"href": element.get(f"{XLINK}href", "")})

    def s_as_html(self, element: Element) -> Iterator[Node]:
        yield " "

    def tab_as_html(self, element: Element) -> Iterator[Node]:
        yield " "

    def line_break_as_html(self, element: Element) -> Iterator[Node]:
        yield new_element("br", [])

    def note_as_html(self, element: Element) -> Iterator[Node]:
        number = str(len(self.notes) + 1)
        body = element.find(f"{TEXT}note-body")
        self.notes.append((number, new_element("div", [])))
        if body is not None:
            self.notes[int(number) - 1] = (number, new_element("div", self.nodes(body)))
        yield new_element(
            "sup", [new_element("a", [number], {"href": f"#note-{number}", "id": f"call-{number}"})]
        )

    def table_as_html(self, element: Element) -> Iterator[Node]:
        heads = [
            r
            for part in element.findall(f"{TABLE}table-header-rows")
            for r in part.iter(f"{TABLE}table-row")
        ]
        rows = [r for r in element.iter(f"{TABLE}table-row") if r not in heads]
        made = [new_element("thead", [self.row(r, "th") for r in heads])] if heads else []
        yield new_element("table", [*made, new_element("tbody", [self.row(r, "td") for r in rows])])

    def row(self, row: Element, tag: str) -> Element:
        cells = []
        for cell in row.findall(f"{TABLE}table-cell"):
            spans = {
                name: value
                for key, name in (("columns", "colspan"), ("rows", "rowspan"))
                if (value := cell.get(f"{TABLE}number-{key}-spanned", "1")) != "1"
            }
            cells.append(new_element(tag, self.nodes(cell), spans))
        return new_element("tr", cells)

    def frame_as_html(self, element: Element) -> Iterator[Node]:
        image = element.find(f"{DRAW}image")  # of a formula, in a format of its own
        if (formula := self.formula(element)) is not None:
            yield formula
            return
        box = element.find(f"{DRAW}text-box")
        if image is not None:
            alt = element.findtext(f"{SVG}desc") or element.findtext(f"{SVG}title") or ""
            yield new_element("img", [], {"src": self.picture(image), "alt": " ".join(alt.split())})
        elif box is not None:
            inside = self.nodes(box)
            images = [i for n in inside if isinstance(n, Element) for i in n.iter("img")]
            if len(images) == 1:
                words = " ".join(text_of(n) for n in inside if isinstance(n, Element)).strip()
                yield new_element("figure", [images[0], new_element("figcaption", [words])])
            else:
                yield new_element("div", inside)
        elif (math := element.find(f"{DRAW}object")) is not None:
            self.losses.append(
                Loss(self.name, "left out", "an embedded object", math.get(f"{XLINK}href", ""))
            )

    def formula(self, frame: Element) -> Element | None:
        """Return the formula that a frame shows, which is a document of its own in MathML."""
        for held in frame.findall(f"{DRAW}object"):
            path = posixpath.normpath(f"{held.get(f'{XLINK}href', '')}/content.xml")
            whole = parse_xml(self.parts.read(path), path) if self.parts.has(path) else held
            for math in (e for e in whole.iter(f"{MATHML}math")):
                return _plain(math)
        return None

    def picture(self, image: Element) -> str:
        address = image.get(f"{XLINK}href", "")
        path = posixpath.normpath(address)
        if address and self.parts.kind == "zip" and self.parts.has(path):
            key = (
                f"{posixpath.splitext(posixpath.basename(self.name))[0]}-{posixpath.basename(path)}"
            )
            self.pictures[key] = self.parts.read(path)
            return key
        data = image.findtext(f"{OFFICE}binary-data")
        return f"data:image/png;base64,{''.join(data.split())}" if data else address

    def chain(self, name: str) -> Iterator[tuple[str, Element]]:
        """Yield the names and styles that a style is based on, itself first."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            style = self.styles.get(name)
            yield name.replace("_20_", " "), style if style is not None else new_element("i", [])
            name = style.get(f"{STYLE}parent-style-name", "") if style is not None else ""

    def marks(self, name: str) -> list[str]:
        """Return the elements for the look of a style of characters."""
        found: dict[str, str] = {}
        for one, style in self.chain(name):
            facts = style.find(f"{STYLE}text-properties")
            for key, value in (facts.attrib if facts is not None else {}).items():
                found.setdefault(key, value)
            if one in ("Source Text", "Teletype"):
                found["code"] = "code"
        rows = (
            ("code", "code", r"code"),
            ("strong", f"{FO}font-weight", r"bold|[6-9]00"),
            ("em", f"{FO}font-style", r"italic|oblique"),
            ("del", f"{STYLE}text-line-through-style", r"(?!none).+"),
            ("sup", f"{STYLE}text-position", r"super.*|[1-9]\d*%.*"),
            ("sub", f"{STYLE}text-position", r"sub.*|-\d+%.*"),
        )
        return [tag for tag, key, pattern in rows if re.fullmatch(pattern, found.get(key, ""))]


def _plain(element: Element) -> Element:
    """Return a copy of an element without namespaces."""
    attributes = {k: v for k, v in element.attrib.items() if "}" not in k}
    nodes = [n if isinstance(n, str) else _plain(n) for n in child_nodes(element)]
    return new_element(str(element.tag).rpartition("}")[2], nodes, attributes)


READERS: Mapping[str, Callable[[_Reader, Element], Iterator[Node]]] = {
    f"{TEXT}p": _Reader.p_as_html,
    f"{TEXT}h": _Reader.h_as_html,
    f"{TEXT}list": _Reader.list_as_html,
    f"{TEXT}span": _Reader.span_as_html,
    f"{TEXT}a": _Reader.a_as_html,
    f"{TEXT}s": _Reader.s_as_html,
    f"{TEXT}tab": _Reader.tab_as_html,
    f"{TEXT}line-break": _Reader.line_break_as_html,
    f"{TEXT}note": _Reader.note_as_html,
    f"{TABLE}table": _Reader.table_as_html,
    f"{DRAW}frame": _Reader.frame_as_html,
}
