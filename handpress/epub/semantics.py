"""Semantics: `epub:type` and ARIA `role` of the ebook's blocks (EPUB Accessibility 1.1, DPUB-ARIA 1.1).

Wide tables are stacked here too, since an e-reader's page may be only as wide as a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from handpress.layout.html.for_pdf import in_rows
from handpress.markup.blocks.registry import BLOCKS, is_supplied, kind_of
from handpress.markup.formulas.mathml import NAMESPACE
from handpress.markup.tree import (
    Element,
    Node,
    child_nodes,
    classes,
    copy,
    has_content,
    new_element,
    set_children,
    text_of,
)
from handpress.press.text_positions import AGAIN

# Selector (tag, class), then its semantics: `epub:type`, and `role` only if HTML does not imply it.
SEMANTICS: tuple[tuple[str, str, str, str], ...] = (
    ("section", "chapter", "chapter", "doc-chapter"),
    ("section", "cover", "cover", ""),
    ("section", "title-page", "titlepage", ""),
    ("section", "part", "part", "doc-part"),
    ("section", "part-title", "part", "doc-part"),
    ("section", "imprint", "imprint", ""),
    ("section", "changes", "revision-history", ""),
    ("section", "colophon", "colophon", "doc-colophon"),
    ("section", "copyright", "copyright-page", ""),
    ("section", "notes", "footnotes", ""),
    ("aside", "footnote", "footnote", "doc-footnote"),
    ("a", "noteref", "noteref", "doc-noteref"),
    ("a", "backlink", "backlink", "doc-backlink"),
    ("p", "subtitle", "subtitle", "doc-subtitle"),
    ("header", "opening", "", "presentation"),  # otherwise the banner of a page
    *((block.tag, block.name, block.epub_type, block.role) for block in BLOCKS),
)
TITLES = frozenset(("level", "title"))
LINE = 40  # characters per line on a phone
PADDING, BOLD = 1.3, 1.08  # of a cell, in characters; the width of a bold one
INSET = {"li": 4, "dd": 4, "blockquote": 4, "aside": 3}  # how many of them an element takes


def for_epub(tree: Element) -> None:
    """Add semantics to the parts in `tree`, in place, so that it reads well from beginning to end.

    Read aloud, a dosage becomes "Sets 3, Repetitions 10", not "Sets, Repetitions, 3, 10". Boxes and notes have
    labels instead of headings: readers with pop-up notes hide the notes here, and would leave the heading.
    """
    in_rows(tree)
    for table, room in list(_tables(tree, LINE)):
        if _narrowest(table) > room:
            table.set("class", " ".join([*classes(table), "wide"]))
            _stack(table)
    for element in tree.iter():
        if language := element.get("lang"):
            element.set("xml:lang", language)  # for readers that know this one alone
        if element.tag == "math":
            element.set("xmlns", NAMESPACE)
        if "notes" in classes(element) and element[0].tag == "h2":
            element.set("aria-label", text_of(element[0]))
            element.remove(element[0])
        lines = [text_of(child) for child in element if not TITLES.isdisjoint(classes(child))]
        if lines and (block := kind_of(element)) and block.labelled:
            element.set("aria-label", ": ".join(lines).removesuffix(":"))
        for tag, name, kind, role in SEMANTICS:
            if element.tag == tag and name in classes(element):
                if kind:
                    element.set("epub:type", kind)
                if role:
                    element.set("role", role)


def _tables(parent: Element, room: int) -> Iterator[tuple[Element, int]]:
    """Yield the tables below `parent`, which has `room` characters per line, each with its own room."""
    for child in parent:
        if child.tag == "table" and not is_supplied(child):
            yield child, room
        block = kind_of(child)
        taken = block.inset if block else INSET.get(child.tag, 0)
        yield from _tables(child, room - taken)


def _rows(table: Element) -> list[Element]:
    """Return the rows of `table` itself, without those of nested tables."""
    return [row for part in table for row in ([part] if part.tag == "tr" else part.findall("tr"))]


def _narrowest(table: Element) -> float:
    """Return the minimum width of `table` in characters: the longest word of each column, and the padding."""
    columns = zip_longest(*_rows(table))
    return sum(max(map(_longest_word, column)) + PADDING for column in columns)


def _longest_word(cell: Element | None) -> float:
    if cell is None:
        return 0
    longest = max(map(len, text_of(cell).split()), default=0)
    return longest * BOLD if cell.tag == "th" else longest


KEPT = ("id", "lang", "dir")  # for a cell that moves


def _stack(table: Element) -> None:
    """Turn a table with one row of heads into one of two columns.

    Each row becomes a group of lines, each with a head and a cell. A table with spanning cells, or with
    nested tables, stays.
    """
    head, *rows = _rows(table)
    rows = [row for row in rows if any(has_content(cell) for cell in row)]
    cells = [cell for row in (head, *rows) for cell in row]
    if (
        not rows
        or any(cell.tag != "th" for cell in head if has_content(cell) or cell is not head[0])
        or any(len(row) != len(head) for row in rows)
        or any("colspan" in cell.attrib or "rowspan" in cell.attrib for cell in cells)
        or table.find(".//table") is not None
    ):
        return
    groups: list[Node] = []
    for row in rows:
        lines: list[Node] = []
        for name, cell in zip(head, row, strict=True):
            cell.attrib = {key: cell.attrib[key] for key in KEPT if key in cell.attrib}
            if has_content(name):
                cell.tag = "td"
                lines.append(new_element("tr", [_label(name, first=row is rows[0]), cell]))
            elif has_content(cell):  # below an empty corner: it names the complete row
                cell.tag = "th"
                cell.attrib |= {"scope": "rowgroup", "colspan": "2"}
                lines.append(new_element("tr", [cell]))
        groups.append(new_element("tbody", lines))
    table.set("class", " ".join(["stacked" if c == "wide" else c for c in classes(table)]))
    set_children(table, [*table.findall("caption"), *groups])


def _label(name: Element, first: bool) -> Element:
    """Return the head of a column for use in a line. The `first` one keeps the ids, as targets of links."""
    attributes = {key: name.attrib[key] for key in KEPT if key in name.attrib}
    label = new_element(
        "th", [copy(node) for node in child_nodes(name)], {"scope": "row", **attributes}
    )
    if not first:
        label.set("class", AGAIN)
        for element in label.iter():
            element.attrib.pop("id", None)
    return label
