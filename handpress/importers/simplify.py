"""Simplifying: a tree as a page has it to the few elements that the writer of Markdown reads.

Blocks: `h1` to `h6`, `p`, `ul`, `ol`, `dl`, `blockquote`, `pre`, `figure`, `table`, `hr`. Text is only in them. Within a
line: those of INLINE, `a`, `img`, `br`, and our own `note` (a reference) and `tex` (a formula).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handpress.core.problems.report import many
from handpress.importers.html import excerpt_of, has_class
from handpress.importers.lines import outer_space, paragraphs, picture_alone, worth
from handpress.importers.maths.signs import signs_in_line
from handpress.importers.media import code_of, plain_text_of, source_of, tex_of
from handpress.importers.model import Loss, LossKind
from handpress.markup.embedded import ADDRESS, instead_of
from handpress.markup.tree import (
    APART,
    HEADINGS,
    Element,
    Node,
    child_nodes,
    has_content,
    new_element,
    text_of,
    trimmed,
)

RENAMED = {"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code", "samp": "code", "var": "em",
           "dfn": "em", "acronym": "abbr", "cite": "em", "kbd": "kbd", "figcaption": "p", "summary": "p",
           "legend": "p", "caption": "p", "menu": "ul", "dir": "ul", "xmp": "pre", "listing": "pre",
           "plaintext": "pre"}  # fmt: skip
INLINE = frozenset(
    {"em", "strong", "code", "del", "mark", "sub", "sup", "u", "small", "kbd", "abbr", "q", "ins", "ruby", "rt", "rp"}
)  # fmt: skip
BLOCKS = APART - {"br"} | {
    "article", "center", "details", "dir", "fieldset", "figcaption", "footer", "form", "header", "hgroup", "legend",
    "listing", "main", "menu", "nav", "plaintext", "search", "summary", "tbody", "tfoot", "thead", "tr", "xmp",
    "body",
}  # fmt: skip
# Removed with their content. None has words of an author.
SILENT = frozenset(
    {"area", "base", "basefont", "bgsound", "col", "colgroup", "head", "link", "map", "meta", "param", "source",
     "style", "template", "title", "track", "wbr"}
)  # fmt: skip
NAMED = {"script": "scripts", "noscript": "text for browsers without scripts", "svg": "a drawing in the page",
         "canvas": "a canvas", "button": "a button", "input": "a field of a form", "select": "a field of a form",
         "textarea": "a field of a form", "progress": "a bar", "meter": "a bar", "frameset": "frames"}  # fmt: skip
# A formula once more, as letters in their places; its TeX is beside it.
DRAWN = ("katex-html", "MathJax_Preview", "mwe-math-fallback-image-inline")
STYLED = re.compile(r"(?:^|;)\s*(?:color|background(?:-color)?|font-size|text-align)\s*:", re.I)


class Simplifier:
    """Makes simple trees, and records what it changes at `place`."""

    def __init__(self, place: str, has: Callable[[str], bool] = lambda address: False) -> None:
        self.place = place
        self.has = has  # whether the picture at an address came along
        self.losses: list[Loss] = []
        self.styled = 0

    def simplify(self, tree: Element) -> Element:
        """Return `tree` with simple blocks only."""
        body = new_element("body", self.blocks(tree))
        if self.styled:
            self.lose("changed", f"colour, size or alignment in {many(self.styled, 'place')}")
        return body

    def lose(self, kind: LossKind, what: str, excerpt: str = "") -> None:
        self.losses.append(Loss(self.place, kind, what, excerpt))

    def blocks(self, parent: Element) -> list[Element]:
        """Return the content of `parent` as blocks, text between them as paragraphs."""
        made: list[Element] = []
        line: list[Node] = []

        def end() -> None:
            made.extend(paragraphs(line))
            line.clear()

        for node in list(child_nodes(parent)):
            if isinstance(node, str):
                line.append(node)
            elif (name := self.name(node)) and (name in BLOCKS or _holds_blocks(node)):
                end()
                made.extend(self.block(name, node))
            elif name == "tex" and node.get("display") == "block":
                end()
                made.append(new_element("p", self.inline(name, node)))
            elif name:
                line.extend(self.inline(name, node))
        end()
        return made

    def block(self, name: str, element: Element) -> list[Element]:
        self.note_style(element)
        id_ = element.get("id")
        if name in HEADINGS:
            found = self.heading(name, element)
        elif name in ("ul", "ol"):
            found = self.listing(name, element)
        elif name == "dl":
            found = self.definitions(element)
        elif name == "pre":
            found = [code_of(element)]
        elif name == "table":
            found = self.table(element)
        elif name == "figure":
            found = self.figure(element)
        elif name == "hr":
            found = [Element("hr")]
        elif name == "blockquote":
            inside = self.blocks(element)
            found = [new_element("blockquote", inside)] if inside else []
        elif name == "a" or name in INLINE:
            found = [self.wrapped(name, element, block) for block in self.blocks(element)]
        else:
            found = self.blocks(element)
        if found and id_ and not found[0].get("id"):
            found[0].set("id", id_)
        return found

    def wrapped(self, name: str, outer: Element, block: Element) -> Element:
        """Return `block` with its text in a copy of the element around it."""
        if block.tag in ("p", *HEADINGS):
            inside = list(child_nodes(block))
            return new_element(block.tag, self.within(name, outer, inside), block.attrib)
        return block

    def heading(self, name: str, element: Element) -> list[Element]:
        inside = trimmed(self.line(element))
        while len(inside) == 1 and isinstance(inside[0], Element) and inside[0].tag == "strong":
            inside = list(child_nodes(inside[0]))
        inside = [" " if isinstance(n, Element) and n.tag == "br" else n for n in inside]
        pictures = [n for n in inside if isinstance(n, Element) and n.tag == "img"]
        words = [n for n in inside if n not in pictures] if pictures else inside
        made = [new_element("p", [image]) for image in pictures]
        marks = {"class": "faq"} if has_class(element, "faq") else {}
        return [*made, new_element(name, words, marks)] if worth(words) else made

    def listing(self, name: str, element: Element) -> list[Element]:
        items: list[Element] = []
        for node in list(child_nodes(element)):
            if isinstance(node, Element) and node.tag == "li":
                if inside := self.blocks(node):
                    attributes = {k: node.get(k, "") for k in ("id", "value") if node.get(k)}
                    items.append(new_element("li", inside, attributes))
            elif isinstance(node, Element):
                # A list directly in a list, as many editors write it, belongs to the item above.
                inside = self.blocks(new_element("div", [node]))
                if items:
                    items[-1].extend(inside)
                elif inside:
                    items.append(new_element("li", inside))
            elif isinstance(node, str) and node.strip():
                items.append(new_element("li", [new_element("p", [node])]))
        if not items:
            return []
        attributes = {"start": element.get("start", "")} if element.get("start") else {}
        if name == "ol" and element.get("type", "1") not in ("1", ""):
            self.lose("changed", "letters of a list became numbers", excerpt_of(element))
        if "reversed" in element.attrib:
            self.lose("changed", "a list that counts down counts up", excerpt_of(element))
        return [new_element(name, items, attributes)]

    def definitions(self, element: Element) -> list[Element]:
        items: list[Element] = []
        for child in _flat(element):
            if child.tag == "dt" and worth(line := trimmed(self.line(child))):
                items.append(new_element("dt", line))
            elif child.tag == "dd" and (inside := self.blocks(child)):
                items.append(new_element("dd", inside))
        if items and items[0].tag == "dt" and items[-1].tag == "dd":
            return [new_element("dl", items)]
        return [
            b
            for i in items
            for b in (paragraphs(list(child_nodes(i))) if i.tag == "dt" else list(i))
        ]

    def table(self, element: Element) -> list[Element]:
        inner = {r for t in element.iter("table") if t is not element for r in t.iter("tr")}
        rows = [r for r in element.iter("tr") if r not in inner]
        made: list[Element] = []
        for row in rows:
            cells = []
            for cell in row:
                if cell.tag in ("td", "th"):
                    self.note_style(cell)
                    spans = {
                        k: v
                        for k in ("colspan", "rowspan")
                        if (v := cell.get(k, "1")).isdigit() and v != "1"
                    }
                    cells.append(new_element(cell.tag, self.blocks(cell), spans))
            if cells:
                made.append(new_element("tr", cells))
        if not any(has_content(row) for row in made):
            return []
        # A table with one cell, or one in each row without a head, only arranges its content.
        if all(len(row) == 1 for row in made):
            return [block for row in made for cell in row for block in list(cell)]
        caption = element.find("caption")
        heads = [r for part in element.findall("thead") for r in part.findall("tr")]
        table = new_element("table", made, {"heads": str(len(heads))} if heads else {})
        if caption is not None and worth(words := trimmed(self.line(caption))):
            return [table, new_element("p", [new_element("em", words)])]
        return [table]

    def figure(self, element: Element) -> list[Element]:
        captions = [e for e in element if e.tag == "figcaption"]
        words = trimmed(self.line(captions[0])) if len(captions) == 1 else []
        rest = new_element(
            "div", [n for n in child_nodes(element) if not (captions and n is captions[0])]
        )
        inside = self.blocks(rest)
        picture = picture_alone(inside[0]) if len(inside) == 1 else None
        if picture is not None:
            shown = [picture, *([new_element("figcaption", words)] if worth(words) else [])]
            return [new_element("figure", shown)]
        return [*inside, *([new_element("p", [new_element("em", words)])] if worth(words) else [])]

    def line(self, parent: Element) -> list[Node]:
        """Return the content of `parent` within a line; its blocks are separated by spaces."""
        made: list[Node] = []
        for node in list(child_nodes(parent)):
            if isinstance(node, str):
                made.append(node)
            elif name := self.name(node):
                if name in BLOCKS:
                    made += [" ", *self.line(node), " "]
                else:
                    made += self.inline(name, node)
        return made

    def inline(self, name: str, element: Element) -> list[Node]:
        self.note_style(element)
        if name == "img":
            return self.image(element)
        if name in ("br", "note", "tex"):
            return [new_element(name, [element.text] if element.text else [], element.attrib)]
        if name == "code":
            return [new_element("code", ["".join(plain_text_of(element))])]
        return self.within(name, element, self.line(element))

    def within(self, name: str, element: Element, inside: list[Node]) -> list[Node]:
        """Return `inside` in an element `name`, its outer white space outside."""
        if name == "span" and (language := element.get("lang")) and worth(inside):
            return [new_element("span", inside, {"lang": language})]
        if name not in INLINE and name != "a":
            return inside
        core = trimmed(inside)
        if not worth(core):
            return inside
        address = element.get("href", "").strip()
        if name == "a" and not address:
            return inside
        attributes = {"href": address} if name == "a" else {}
        if name == "abbr" and element.get("title"):
            attributes["title"] = element.get("title", "")
        before, core, after = outer_space(inside)
        return [*before, new_element(name, core, attributes), *after]

    def image(self, element: Element) -> list[Node]:
        alt = " ".join(element.get("alt", "").split())
        source = source_of(element, self.has)
        if has_class(element, "emoji", "wp-smiley") and alt:
            return [alt]
        if {element.get("width"), element.get("height")} & {"0", "1"}:
            self.lose("left out", "a picture of one pixel, which counts readers", source)
            return []
        if not source:
            self.lose("left out", "a picture without an address", alt)
            return [alt] if alt else []
        title = " ".join(element.get("title", "").split())
        if title and title != alt:
            self.lose("left out", "a picture's title, shown when a mouse rests on it", title)
        return [new_element("img", [], {"src": source, "alt": alt})]

    def note_style(self, element: Element) -> None:
        self.styled += bool(
            STYLED.search(element.get("style", "")) or element.tag in ("font", "center")
        )

    def name(self, element: Element) -> str:
        """Return the simple name of an element, "" to leave it out."""
        if not isinstance(element.tag, str):  # a comment
            return ""
        tag = element.tag.rpartition("}")[2]
        if tag in SILENT or has_class(element, *DRAWN):
            return ""
        if element.tag == "math":
            return self.formula(element)
        if tag in ADDRESS:
            return self.embedded(element)
        if tag == "input" and element.get("type") == "checkbox":
            element.tag, element.text = "span", "[x] " if "checked" in element.attrib else "[ ] "
            return "span"
        if tag == "button" and is_content(element):
            return "span"
        if tag in NAMED:
            if tag != "svg" or text_of(element):
                self.lose("left out", NAMED[tag], text_of(element)[:120])
            return ""
        return RENAMED.get(tag, tag)

    def formula(self, element: Element) -> str:
        """Turn MathML into TeX, or into its signs as text."""
        tex = tex_of(element)
        words, block = signs_in_line(element), element.get("display") == "block"
        element[:], element.text, element.attrib = [], tex or words, {}
        if not tex:
            self.lose("changed", "a formula became text", words)
            element.tag = "span"
            return "span"
        element.tag = "tex"
        element.attrib.update({"display": "block"} if block else {})
        return "tex"

    def embedded(self, element: Element) -> str:
        """Turn a video, a sound or a frame into a link, in place."""
        found = instead_of(element)
        if found is None:
            self.lose("left out", f"embedded content (`{element.tag}`) without an address")
            return ""
        made, what = found
        self.lose(
            "changed", f"embedded content (`{element.tag}`) became {what}", made.get("href", "")
        )
        element.tag, element.attrib, element.text = made.tag, dict(made.attrib), made.text
        element[:] = list(made)
        return element.tag


def is_content(button: Element) -> bool:
    """Return whether a button has a question or a title, of a part that folds, and not a command."""
    words = text_of(button)
    return words.endswith("?") or len(words.split()) > 3


def is_silent(element: Element) -> bool:
    """Return whether an element with all its text is left out."""
    if element.tag == "button":
        return not is_content(element)
    return element.tag in SILENT or element.tag in NAMED or has_class(element, *DRAWN)


def _holds_blocks(element: Element) -> bool:
    return any(e.tag in BLOCKS for e in element.iter() if e is not element)


def _flat(element: Element) -> Iterator[Element]:
    """Yield the terms and definitions of a list, also those in groups."""
    for child in element:
        if child.tag in ("dt", "dd"):
            yield child
        elif isinstance(child.tag, str):
            yield from _flat(child)
