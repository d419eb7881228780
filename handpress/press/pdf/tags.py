"""Tagging: a structure element for each element of the article, independent of its boxes.

WeasyPrint tags boxes: to it, a paragraph on two pages is two paragraphs, and a folio is text. Here an
element is tagged once, regardless of its boxes. Repeated content (folios, heads, margins, the head of a
table that continues) is an artifact. Sections are of ISO 32000-1 (PDF 1.7), unless ISO 14289-1
(PDF/UA-1) is named.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator, Sequence
from typing import Any

import pydyf

from handpress.core.numerals import SYSTEMS, Numerals
from handpress.core.units import POINTS
from handpress.markup.tree import FLOW, classes
from handpress.press.pdf.complex_text import COMPLEX, RIGHT_TO_LEFT
from handpress.press.pdf.structure_tree import Annotated, Marked, Tag, close_grid, write

# The types of elements (14.8.4), outermost first if there are several. Elements in neither table are
# transparent: their text belongs to the element around them.
TYPES: dict[str, tuple[str, ...]] = {
    "main": ("Part",), "article": ("Art",), "section": ("Sect",),
    **dict.fromkeys(("address", "aside", "details", "div", "figure", "footer", "header", "nav"), ("Div",)),
    **{f"h{level}": (f"H{level}",) for level in range(1, 7)},
    **dict.fromkeys(("p", "pre", "summary"), ("P",)), "blockquote": ("BlockQuote",),
    **dict.fromkeys(("dl", "ol", "ul"), ("L",)), "li": ("LI", "LBody"), "dt": ("Lbl",), "dd": ("LBody",),
    "table": ("Table",), "caption": ("Caption",), "thead": ("THead",), "tbody": ("TBody",),
    "tfoot": ("TFoot",), "tr": ("TR",), "th": ("TH",), "td": ("TD",), "figcaption": ("Caption",),
    "img": ("Figure",), "a": ("Link",), "code": ("Code",), "q": ("Quote",), "em": ("Em",),
    "strong": ("Strong",), "ruby": ("Ruby",), "rb": ("RB",), "rt": ("RT",),
}  # fmt: skip
FIELD = "data-field"  # the attribute of a field, which becomes the ID of its element
FORMULA = "formula"  # the class of pictures of formulas
CLASSES = {"toc": ("TOC",), "noteref": ("Reference", "Link"), "footnote": ("Note",)}
# Elements with a type only in the right parent; elsewhere they are transparent.
PLACES = {
    "li": "L", "dt": "L", "dd": "L", "caption": "Table", "figcaption": "Figure", "rb": "Ruby", "rt": "Ruby",
}  # fmt: skip
# Types in a table of contents: paragraphs are its entries.
IN_CONTENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "TOC": {"p": ("TOCI",)},
    "TOCI": {"a": ("Reference", "Link"), "span": ("Lbl",)},
}

# Inline types, which need a paragraph if their parent allows only blocks.
READ_BY_TITLE = frozenset(("abbr", "del", "s"))  # a screen reader reads their title instead
IN_LINE = frozenset(
    ("Span", "Quote", "Reference", "Note", "Code", "Formula", "Link", "Em", "Strong", "Ruby")
)
GROUPING = frozenset(("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "TOC"))

SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
# The numbering of lists (14.8.5.5), by the style of their markers or its first sign. Digits are decimal in any script.
NUMBERING = {Numerals(name).style: "Decimal" for name in SYSTEMS} | {
    "lower-alpha": "LowerAlpha", "lower-latin": "LowerAlpha",
    "upper-alpha": "UpperAlpha", "upper-latin": "UpperAlpha", "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman", "disc": "Disc", "circle": "Circle", "square": "Square", "•": "Disc",
}  # fmt: skip

# Pagination artifacts (14.8.2.2.2) by side of the page, with the subtypes of ISO 14289-1, 7.8.
PAGINATION = {
    "top": "/Subtype /Header /Attached [/Top]",
    "bottom": "/Subtype /Footer /Attached [/Bottom]",
    "left": "/Attached [/Left]",
    "right": "/Attached [/Right]",
}
REPEATED = "repeated"  # on no side: the head of a table on its later pages

PIXEL = POINTS["px"]


def add_tags(pdf: Any, document: Any, pdf_version: object, page_streams: Sequence[Any]) -> None:
    """Tag a PDF. This replaces WeasyPrint's function of the same name, with its arguments."""
    tagger = _Tagger(pdf, document)
    tagger.contents = {stream: [] for stream in page_streams}
    for number, stream in enumerate(page_streams):
        tagger.tag_page(number, stream)
    tables = (tag for tag in list(tagger.document.every()) if tag.type == "Table")
    for count, table in enumerate(tables, 1):
        close_grid(table, f"table-{count}")
    write(pdf, tagger.document, tagger.contents)
    for tag in list(tagger.document.every()):
        tag.parent = None  # no circles are left for the garbage collector


class _Tagger:
    """The tags so far, by their elements."""

    def __init__(self, pdf: Any, document: Any) -> None:
        self.pdf, self.pages = pdf, document.pages
        html = self.pages[0]._page_box.children[0].element
        self.document = Tag("Document", language=html.get("lang", ""))
        self.above = {child: parent for parent in html.iter() for child in parent}
        self.tags: dict[Any, Tag] = {html: self.document}
        # Boxes that CSS made of elements: markers, calls.
        self.parts: dict[tuple[Any, str], Tag] = {}
        self.contents: dict[Any, list[Tag]] = {}  # by stream and MCID, first those of the pages
        self.forms = [thing for thing in pdf.objects if getattr(thing, "_tags", None)]
        self.repeated: dict[Any, int] = {}  # heads and feet of tables: their first page

    # Boxes

    def tag_page(self, number: int, stream: Any) -> None:
        """Tag the content of a page, which WeasyPrint has marked in `stream` and listed as boxes."""
        page = self.pages[number]
        self.number, self.height = number, page.height
        self.page = self.pdf.objects[self.pdf.pages["Kids"][3 * number]]
        self.stream, self.marks = stream, {box: m["mcid"] for box, m in stream._tags.items()}
        # A page also shows forms (8.10), for half-transparent content, and shares its marks with them.
        forms = (f for f in self.forms if f._tags is stream._tags)
        self.places = dict(itertools.chain(*map(_places, forms)))
        for child in page._page_box.children:
            self.walk(child, getattr(child, "at_keyword", "").strip("@").partition("-")[0])
        stream._tags.clear()

    def walk(self, box: Any, side: str, linked: Any = None) -> None:
        """Tag the content of a box; on a `side` of the page it is an artifact.

        `linked` is the element of the link around the box.
        """
        box = getattr(box, "_box", box)  # positioned boxes are wrapped
        if box.link_annotation and box.element is linked:
            # A link in a link, both of one element.
            self.page["Annots"].remove(box.link_annotation.reference)
            box.link_annotation = None
        if getattr(box, "is_header", False) or getattr(box, "is_footer", False):
            side = side or REPEATED * (
                self.repeated.setdefault(box.element, self.number) < self.number
            )
        if side:
            self.mark_artifact(box, f"<</Type /Pagination {PAGINATION.get(side, '')}>>")
        elif box.element is not None:
            self.tag_box(box)
        for child in getattr(box, "children", ()):
            self.walk(child, side, box.element if box.link_annotation else linked)

    def mark_artifact(self, box: Any, artifact: str) -> None:
        if box in self.marks:
            stream, place = self.places[self.marks[box]]
            stream.stream[place - 2 : place] = ["/Artifact", artifact]

    def tag_box(self, box: Any) -> None:
        if box.element_tag in ("td", "th") and hasattr(box, "colspan"):
            # An empty cell is content too: it keeps its column, or is filled in by hand.
            self.tag_of(box.element).span = (box.colspan, box.rowspan)
        if box in self.marks:
            if not hasattr(box, "replacement"):
                self.number_content(box, self.owner_of(box))
            elif _words(box.element):
                self.number_content(box, self.owner_of(box))
                self.set_bbox(box)
            else:
                self.mark_artifact(box, "<</Type /Layout>>")  # decorative
        if box.link_annotation:
            tag = self.owner_of(box)
            link = tag.under("Link") or self.add_child(tag, "Link")
            link.kids.append(Annotated(self.number, box.link_annotation))
        elif box.element_tag.endswith("::footnote-call") and not hasattr(box, "text"):
            self.owner_of(box).kids.append(Annotated(self.number, self.add_note_link(box)))

    def number_content(self, box: Any, tag: Tag) -> None:
        """Number the content of a box, in reading order, and give it to a tag."""
        tag = self.allowed_parent(tag, "Span")
        stream, place = self.places[self.marks[box]]
        contents = self.contents.setdefault(stream, [])
        properties: dict[str, Any] = {"MCID": len(contents)}
        text = getattr(box, "text", "")
        if COMPLEX.search(text) and not RIGHT_TO_LEFT.search(text):
            properties["ActualText"] = pydyf.String(text)  # 14.9.4
        stream.stream[place - 1] = pydyf.Dictionary(properties)
        form = stream if stream is not self.stream else None
        tag.kids.append(Marked(self.number, len(contents), form))
        contents.append(tag)
        if link := tag.under("Link"):
            link.words.append(getattr(box, "text", ""))

    def set_bbox(self, box: Any) -> None:
        """Record the position of a picture (14.8.5.4.3)."""
        tag = self.tag_of(box.element)
        figure = tag.under("Formula") or tag.under("Figure")
        assert figure is not None
        left, top = box.content_box_x(), self.height - box.content_box_y()
        corners = (left, top - box.height, left + box.width, top)
        figure.set("Layout", BBox=pydyf.Array(PIXEL * at for at in corners))

    def add_note_link(self, box: Any) -> Any:
        """Return a link from the reference of a note to the note."""
        left, top, width, height = box.hit_area()
        bottom = self.height - top - height
        corners = (left, bottom, left + width, bottom + height)
        annotation = pydyf.Dictionary({
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pydyf.Array(PIXEL * at for at in corners),
            "BS": pydyf.Dictionary({"W": 0}),
            "Dest": pydyf.String(box.element.get("id")),
        })  # fmt: skip
        self.pdf.add_object(annotation)
        self.page.setdefault("Annots", pydyf.Array()).append(annotation.reference)
        return annotation

    # Elements

    def owner_of(self, box: Any) -> Tag:
        """Return the tag of a box's content: that of its element, or of a marker or call."""
        element, part = box.element, box.element_tag.partition("::")[2]
        if (element, part) in self.parts:
            return self.parts[element, part]
        if part == "footnote-call":
            # The note is read at its reference.
            paragraph = self.tag_of(self.above[element])
            tag = self.add_child(self.add_child(paragraph, "Reference"), "Link")
            note = self.tags[element] = self.add_child(paragraph, "Note")
            note.entries["ID"] = pydyf.String(element.get("id"))
        elif part == "footnote-marker":
            tag = self.tag_of(element).put("Lbl", 0)
        elif part == "marker" and (body := self.tag_of(element)).type == "LBody":
            assert body.parent is not None
            tag = body.parent.put("Lbl", 0)
            _number(body.under("L"), box.style["list_style_type"])
        else:
            return self.tag_of(element)
        self.parts[element, part] = tag
        return tag

    def tag_of(self, element: Any) -> Tag:
        """Return the tag for the content of an element."""
        tag = self.tags.get(element)
        if tag is None:
            tag = self.tags[element] = self.make_tag(element, self.tag_of(self.above[element]))
        return tag

    def make_tag(self, element: Any, above: Tag) -> Tag:
        name, tag = element.tag, above
        for type_ in self.types(element, above):
            tag = self.add_child(tag, type_)
        language = element.get("lang", above.language)
        expansion = element.get("title", "") if name in READ_BY_TITLE else ""
        if tag is above and (language != above.language or expansion):
            tag = self.add_child(above, "Div" if name in FLOW else "Span")
        if field := element.get(FIELD):
            tag = self.add_child(above, "Span") if tag is above else tag
            tag.entries["ID"] = pydyf.String(field)
        if language != above.language:
            tag.language = language
        if expansion:
            tag.entries["E"] = pydyf.String(expansion)
        if tag.type == "TH" and element.get("scope") in SCOPES:
            tag.set("Table", Scope=SCOPES[element.get("scope")])
        if tag.type == "L":
            tag.set("List", ListNumbering="/None")
        if tag.type == "Note" and tag is not above:
            tag.entries["ID"] = pydyf.String(element.get("id"))
        if tag.type in ("Figure", "Formula"):
            tag.entries["Alt"] = pydyf.String(_words(next(filter(_words, element.iter("img")))))
        return tag

    def types(self, element: Any, above: Tag) -> tuple[str, ...]:
        """Return the types of an element, which depend on its parent."""
        name = element.tag
        for class_ in classes(element):
            if class_ in CLASSES:
                return CLASSES[class_]
        if name in IN_CONTENTS.get(above.type, {}):
            return IN_CONTENTS[above.type][name]
        if name == "figure" and _pictured(element):
            return ("Figure",)
        if name == "img" and FORMULA in classes(element):
            return ("Formula",)
        if name == "img" and above.under("Figure"):
            return ()
        if name in PLACES and above.under(PLACES[name]) is not above:
            return ()
        if name == "a" and not element.get("href"):
            return ()
        return TYPES.get(name, ())

    # Tags

    def add_child(self, parent: Tag, type_: str) -> Tag:
        if parent.type == "L" and type_ in ("Lbl", "LBody"):
            # Group terms and their definitions: an item begins with the first term after a body.
            *_, last = None, *parent.tags()
            if last is None or (type_ == "Lbl" and any(t.type == "LBody" for t in last.tags())):
                last = parent.put("LI")
            return last.put(type_)
        # A base is read before its reading (14.8.4.4.2).
        return self.allowed_parent(parent, type_).put(type_, 0 if type_ == "RB" else None)

    def allowed_parent(self, parent: Tag, type_: str) -> Tag:
        """Return the place for a tag of a type in or below `parent`."""
        if parent.type == "L" and type_ not in ("LI", "Caption"):
            return parent.put("LI").put("LBody")
        if parent.type in GROUPING and type_ in IN_LINE:
            last = parent.kids[-1] if parent.kids else None
            if not (isinstance(last, Tag) and last.supplied):
                last = parent.put("P")
                last.supplied = True
            return last
        return parent


def _number(list_: Tag | None, style: str | tuple[str, str]) -> None:
    """Set the numbering of a list by its items' style: a name, or a kind of sign with the sign."""
    sign = style if isinstance(style, str) else style[1][:1]
    assert list_ is not None
    list_.set("List", ListNumbering=f"/{NUMBERING.get(sign, 'None')}")


def _words(picture: Any) -> str:
    """Return the alternative text of a picture; none if it is decorative."""
    if picture.tag == "img" and picture.get("alt") is None:
        logging.getLogger("weasyprint").error("%s has no required alt", picture.get("src"))
    return str(picture.get("alt", "")).strip()


def _pictured(figure: Any) -> bool:
    """Return whether a figure is one picture, with or without a caption, and nothing else."""
    rest = [figure.text, *(child.tail for child in figure)]
    rest += ["".join(child.itertext()) for child in figure if child.tag != "figcaption"]
    pictures = list(filter(_words, figure.iter("img")))
    return len(pictures) == 1 and not "".join(text or "" for text in rest).strip()


def _places(stream: Any) -> Iterator[tuple[int, tuple[Any, int]]]:
    """Yield the start of each marked content: the operator's position, after its tag and properties."""
    for place, item in enumerate(stream.stream):
        if item == b"BDC":
            yield stream.stream[place - 1]["MCID"], (stream, place)
