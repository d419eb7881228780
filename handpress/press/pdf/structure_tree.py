"""The structure tree of a PDF: building it, linking table cells to their headings, writing it.

Sections are of ISO 32000-1 (PDF 1.7).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydyf
from msgspec import Struct, field

from handpress.core.direction import direction
from handpress.press.text_positions import UNSEEN

# PDF 1.7 has no emphasis: readers that do not support our types map them to these (14.7.3).
ROLES = {"Em": "Span", "Strong": "Span"}


class Marked(Struct, frozen=True):
    """Content of a page, by its MCID in the page's stream or in that of a form (14.7.4.2)."""

    page: int
    number: int
    form: Any = None


class Annotated(Struct, frozen=True):
    """An annotation of a page (14.7.4.3)."""

    page: int
    annotation: Any


class Tag(Struct, eq=False):
    """A structure element (14.7.2). `language` is inherited; `words` are those of a link's text."""

    type: str
    parent: Tag | None = None
    language: str = ""
    kids: list[Tag | Marked | Annotated] = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)  # of its dictionary
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)  # by owner (14.8.5)
    words: list[str] = field(default_factory=list)
    span: tuple[int, int] = (1, 1)  # columns and rows of a cell
    supplied: bool = False  # a paragraph around text between blocks
    written: Any = None

    def put(self, type_: str, at: int | None = None) -> Tag:
        """Return a new tag in this one, by default the last."""
        tag = Tag(type_, self, self.language)
        self.kids.insert(len(self.kids) if at is None else at, tag)
        return tag

    def set(self, owner: str, **attributes: Any) -> None:
        self.attributes.setdefault(owner, {"O": f"/{owner}"}).update(attributes)

    def tags(self) -> Iterator[Tag]:
        return (kid for kid in self.kids if isinstance(kid, Tag))

    def every(self) -> Iterator[Tag]:
        """Yield this tag and all below it, in reading order."""
        waiting = [self]
        while waiting:
            yield (tag := waiting.pop())
            waiting += reversed(list(tag.tags()))

    def under(self, type_: str) -> Tag | None:
        """Return the nearest tag of a type, from this one upwards."""
        tag: Tag | None = self
        while tag is not None and tag.type != type_:
            tag = tag.parent
        return tag


# --- Tables ------------------------------------------------------------------------------------


GROUPS = ("THead", "TBody", "TFoot")


def close_grid(table: Tag, name: str) -> None:
    """Link each header of `table` to its cells (14.8.5.7), and close gaps in its grid.

    A header without a scope is for its column, unless it opens a row of the body. Cells also list their
    headers, because not every reader works them out. `name` makes ids unique.
    """
    rows = [
        (row, group.type == "THead")
        for group in table.tags()
        for row in (group.tags() if group.type in GROUPS else [group])
        if row.type == "TR"
    ]
    grid: dict[tuple[int, int], Tag] = {}
    for y, (row, in_head) in enumerate(rows):
        x = 0
        for cell in row.tags():
            while (x, y) in grid:
                x += 1
            if cell.type == "TH":
                scope = "/Row" if x == 0 and not in_head else "/Column"
                cell.set("Table", Scope=cell.attributes.get("Table", {}).get("Scope", scope))
                cell.entries["ID"] = pydyf.String(f"{name}-{y}-{x}")
            columns, below = cell.span
            grid |= {
                (x + i, y + j): cell
                for i in range(columns)
                for j in range(min(below, len(rows) - y))
            }
    width = max((x for x, _ in grid), default=-1) + 1
    heads: dict[str, dict[int, list[Tag]]] = {
        "/Column": defaultdict(list),
        "/Row": defaultdict(list),
    }
    for y, (row, _) in enumerate(rows):
        for x in range(width):
            cell = grid.get((x, y)) or row.put("TD")
            if cell.type == "TH":
                scope = cell.attributes["Table"]["Scope"]
                of = heads[scope][x if scope == "/Column" else y]
                if cell not in of:
                    of.append(cell)
    named: dict[Tag, list[Tag]] = defaultdict(list)
    for (x, y), cell in sorted(grid.items(), key=lambda place: place[0][::-1]):
        named[cell] += [h for h in heads["/Row"][y] + heads["/Column"][x] if h not in named[cell]]
    for cell, headers in named.items():
        if cell.type == "TD" and headers:
            cell.set("Table", Headers=pydyf.Array(h.entries["ID"] for h in headers))
        for key, count in zip(("ColSpan", "RowSpan"), cell.span, strict=True):
            if count > 1:
                cell.set("Table", **{key: count})


# --- Writing -----------------------------------------------------------------------------------


def write(pdf: Any, document: Tag, contents: Mapping[Any, Sequence[Tag]]) -> None:
    """Write the tags below `document` into `pdf`.

    `contents` are tags by stream and MCID, the streams of all pages first, whose numbers are their keys in
    the parent tree.
    """
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    tags = list(document.every())
    for tag in tags:
        tag.written = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{tag.type}"})
        pdf.add_object(tag.written)
    parents: list[Any] = []
    for stream, owners in contents.items():
        if len(parents) >= len(pdf.page_references):
            stream.extra["StructParents"] = len(parents)
        parents.append(pydyf.Array(tag.written.reference for tag in owners))
    ids: dict[str, Any] = {}
    for tag in tags:
        entry = tag.written
        entry["P"] = tag.parent.written.reference if tag.parent else root.reference
        entry.update(tag.entries)
        if tag.language != (tag.parent or tag).language:
            entry["Lang"] = pydyf.String(tag.language)
        if tag.attributes:
            by_owner = [pydyf.Dictionary(each) for each in tag.attributes.values()]
            entry["A"] = by_owner[0] if len(by_owner) == 1 else pydyf.Array(by_owner)
        if "ID" in entry:
            ids[entry["ID"].string] = entry
        own = next((kid.page for kid in tag.kids if not isinstance(kid, Tag)), None)
        if own is not None:
            entry["Pg"] = pdf.page_references[own]
        entry["K"] = pydyf.Array(_kid(pdf, kid, own) for kid in tag.kids)
        for kid in tag.kids:
            if isinstance(kid, Annotated):
                kid.annotation["StructParent"] = len(parents)
                parents.append(entry.reference)
                if words := " ".join("".join(tag.words).translate(UNSEEN).split()):
                    kid.annotation["Contents"] = pydyf.String(words)
    numbered = itertools.chain.from_iterable(enumerate(parents))
    pdf.add_object(tree := pydyf.Dictionary({"Nums": pydyf.Array(numbered)}))
    root |= {
        "K": pydyf.Array([document.written.reference]),
        "ParentTree": tree.reference,
        "ParentTreeNextKey": len(parents),
        "RoleMap": pydyf.Dictionary({ours: f"/{theirs}" for ours, theirs in ROLES.items()}),
    }
    if ids:
        names = pydyf.Array(
            x for id_ in sorted(ids) for x in (pydyf.String(id_), ids[id_].reference)
        )
        root["IDTree"] = pydyf.Dictionary({"Names": names})
    pdf.catalog |= {
        "StructTreeRoot": root.reference,
        "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
        "ViewerPreferences": pydyf.Dictionary(_preferences(document.language)),
        "Lang": pydyf.String(document.language),
    }


def _preferences(language: str) -> dict[str, str]:
    """Return how a viewer shows the pages (12.2): two beside each other have the first one where reading begins."""
    title = {"DisplayDocTitle": "true"}
    return title | {"Direction": "/R2L"} if direction(language) == "rtl" else title


def _kid(pdf: Any, kid: Tag | Marked | Annotated, page: int | None) -> Any:
    """Return the reference of an element to a kid; `page` is that of the element."""
    if isinstance(kid, Tag):
        return kid.written.reference
    reference: dict[str, Any] = {"Pg": pdf.page_references[kid.page]}
    if isinstance(kid, Annotated):
        return pydyf.Dictionary(reference | {"Type": "/OBJR", "Obj": kid.annotation.reference})
    if kid.page == page and kid.form is None:
        return kid.number
    if kid.form is not None:
        reference["Stm"] = kid.form.reference
    return pydyf.Dictionary(reference | {"Type": "/MCR", "MCID": kid.number})
