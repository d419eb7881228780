"""Table grids: make rows equally long and give each heading cell its scope."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from handpress.markup.tree import Element, Node, has_content, new_element


class _Placed(NamedTuple):
    """A cell in its section's grid: its first column, the column and the row after it, and the element."""

    column: int
    end: int
    below: int
    cell: Element


def _placed(rows: list[Element]) -> list[list[_Placed]]:
    """Return the position of each cell of `rows` in the grid (WHATWG HTML, section 4.9.12.1)."""
    found: list[list[_Placed]] = []
    until: dict[int, int] = {}  # by column: the first row in which it is free again
    for number, row in enumerate(rows):
        found.append([])
        column = 0
        for cell in list(row):
            while until.get(column, 0) > number:
                column += 1
            end = column + 1
            while end < column + int(cell.get("colspan", "1")) and until.get(end, 0) <= number:
                end += 1
            below = min(number + int(cell.get("rowspan", "1")), len(rows))
            until |= dict.fromkeys(range(column, end), below)
            found[-1].append(_Placed(column, end, below, cell))
            column = end
    return found


def squared(*sections: list[Element]) -> list[list[Element]]:
    """Return the rows of a table's sections, all with the same number of columns.

    Cells that span too far are cut, missing cells are added empty, and rows and columns in which no cell
    begins are left out.
    """
    grids = [_placed(rows) for rows in sections]
    columns = sorted({placed.column for grid in grids for row in grid for placed in row})
    made: list[list[Element]] = []
    for rows, grid in zip(sections, grids, strict=True):
        until: dict[int, int] = {}
        made.append([])
        for number, row in enumerate(grid):
            cells: list[Node] = []
            here = {placed.column: placed for placed in row}
            for column in columns if here else ():
                if (placed := here.get(column)) is not None:
                    width = bisect_left(columns, placed.end) - bisect_left(columns, column)
                    _span(placed.cell, "colspan", width)
                    _span(placed.cell, "rowspan", sum(map(bool, grid[number : placed.below])))
                    until |= dict.fromkeys(range(column, placed.end), placed.below)
                    cells.append(placed.cell)
                elif until.get(column, 0) <= number:
                    cells.append(new_element("td", []))
            if here:
                made[-1].append(new_element("tr", cells, rows[number].attrib))
    return made


def _span(cell: Element, key: str, number: int) -> None:
    cell.attrib.pop(key, None)
    if number > 1:
        cell.set(key, str(number))


def scope(head: list[Element], rest: list[Element]) -> None:
    """Give each heading cell its scope, so that each cell of a table with headings has one."""
    for cell in (c for r in head for c in r if c.tag == "th"):
        cell.set("scope", "col")
    # Below an empty corner, and after a heading that begins a row, the first cells are headings.
    corner = bool(head) and not has_content(head[0][0])
    if corner or (not head and any(r[0].tag == "th" for r in rest)):
        for row in rest:
            if has_content(row[0]):
                row[0].tag = "th"
    whole = bool(head) or all(any(c.tag == "th" for c in r) for r in rest)
    for cell in (c for r in rest for c in r):
        if cell.tag == "th" and not whole:
            cell.tag = "td"
        cell.attrib.pop("scope", None)
        if cell.tag == "th":
            cell.set("scope", "row")
