"""Semantics: `epub:type` and ARIA `role` of the ebook's blocks (EPUB Accessibility 1.1, DPUB-ARIA 1.1).

Wide tables are stacked here too, since an e-reader's page may be no wider than a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from handpress.layout.html_for_pdf import in_rows
from handpress.markup.blocks.registry import BLOCKS, is_supplied, kind_of
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
from handpress.press.pdf.page_starts import AGAIN

# A tag and class, then the `epub:type` and the `role`, which HTML does not give it already.
SEMANTICS: tuple[tuple[str, str, str, str], ...] = (
    ("section", "chapter", "chapter", "doc-chapter"),
    ("section", "cover", "cover", ""),
    ("section", "title-page", "titlepage", ""),
    ("section", "part", "part", "doc-part"),
    ("section", "imprint", "imprint", ""),
    ("section", "colophon", "colophon", "doc-colophon"),
    ("section", "copyright", "copyright-page", ""),
    ("section", "notes", "footnotes", ""),
    ("aside", "footnote", "footnote", "doc-footnote"),
    ("a", "noteref", "noteref", "doc-noteref"),
    ("a", "backlink", "backlink", "doc-backlink"),
    ("p", "subtitle", "subtitle", "doc-subtitle"),
    ("header", "opening", "", "presentation"),  # else the banner of a whole page
    *((block.tag, block.name, block.epub_type, block.role) for block in BLOCKS),
)
TITLES = frozenset(("level", "title"))
LINE = 40  # characters that a phone has room for
INSET = {"li": 4, "dd": 4, "blockquote": 4, "aside": 3}  # how many of them an element takes


def for_epub(tree: Element) -> None:
    """Say in `tree`, in place, what its parts are, so that it reads well from beginning to end.

    Heard in a row, a dosage is "Sets 3, Repetitions 10", not "Sets, Repetitions, 3, 10". Boxes and notes
    have names instead of headings: a reader that shows notes where they are called hides them here, and
    would leave their heading behind.
    """
    in_rows(tree)
    for table, room in list(_tables(tree, LINE)):
        if _narrowest(table) > room:
            table.set("class", " ".join([*classes(table), "wide"]))
            _stack(table)
    for element in tree.iter():
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
    """The tables below `parent`, which has `room` for so many characters, and the room that each has."""
    for child in parent:
        if child.tag == "table" and not is_supplied(child):
            yield child, room
        block = kind_of(child)
        taken = block.inset if block else INSET.get(child.tag, 0)
        yield from _tables(child, room - taken)


def _rows(table: Element) -> list[Element]:
    """The rows of `table` itself, not of one in its cells."""
    return [row for part in table for row in ([part] if part.tag == "tr" else part.findall("tr"))]


def _narrowest(table: Element) -> int:
    """How many characters wide `table` is at least: by the longest word of each column, and its air."""
    columns = zip_longest(*_rows(table))
    return sum(max(map(_longest_word, column)) + 1 for column in columns)


def _longest_word(cell: Element | None) -> int:
    return max(map(len, text_of(cell).split()), default=0) if cell is not None else 0


KEPT = ("id", "lang", "dir")  # of a cell that gets another place


def _stack(table: Element) -> None:
    """Turn a table with one row of heads into one of two columns: for each of its rows a group of lines,
    each with a head and a cell. One whose cells span others, or hold a table, stays.
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
            elif has_content(cell):  # below an empty corner: it names the whole row
                cell.tag = "th"
                cell.attrib |= {"scope": "rowgroup", "colspan": "2"}
                lines.append(new_element("tr", [cell]))
        groups.append(new_element("tbody", lines))
    table.set("class", " ".join(["stacked" if c == "wide" else c for c in classes(table)]))
    set_children(table, [*table.findall("caption"), *groups])


def _label(name: Element, first: bool) -> Element:
    """The head of a column as that of a line. The `first` one has the ids in it: links lead there."""
    attributes = {key: name.attrib[key] for key in KEPT if key in name.attrib}
    label = new_element(
        "th", [copy(node) for node in child_nodes(name)], {"scope": "row", **attributes}
    )
    if not first:
        label.set("class", AGAIN)
        for element in label.iter():
            element.attrib.pop("id", None)
    return label
