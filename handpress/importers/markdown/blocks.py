"""Blocks: paragraphs, lists, tables and pictures of a simple tree as lines of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import zip_longest

from handpress.importers.markdown.inlines import Way, line_of, picture, plain
from handpress.markup.tree import (
    HEADINGS,
    Element,
    child_nodes,
    copy,
    new_element,
    serialize,
    text_of,
)

TICK = re.compile(r"\A(?:\\\[|&#91;)([ xX])(?:\]|\\\]|&#93;)( )")  # a box to tick, as text
LISTS = ("ul", "ol")


def blocks_of(parent: Iterable[Element], way: Way) -> list[str]:
    """Return the blocks of `parent` as Markdown, without the blank lines between them."""
    written: list[str] = []
    last, other = "", False
    for block in parent:
        # Two lists in a row are one, unless they have different marks.
        other = block.tag == last and block.tag in LISTS and not other
        last = block.tag
        text = block_of(block, way, other)
        if text.strip():
            written.append(text)
    return written


def block_of(block: Element, way: Way, other: bool = False) -> str:
    """Return one block; a list with its `other` mark if asked."""
    if block.tag in LISTS:
        return _list(block, way, other)
    return WRITERS[block.tag](block, way)


def _attributes(block: Element) -> str:
    """Return the name and the classes of a block, in the notation of the dialect."""
    id_, names = block.get("id", ""), block.get("class", "").split()
    parts = [*([f"#{id_}"] if id_ and block.get("linked") else []), *(f".{n}" for n in names)]
    return f"{{: {' '.join(parts)} }}" if parts else ""


def _heading(block: Element, way: Way) -> str:
    marks, added = "#" * int(block.tag[1]), _attributes(block)
    text = line_of(block, way).replace("\\\n", " ").replace("\n", " ")
    return f"{marks} {text}{f' {added}' if added else ''}"


def _paragraph(block: Element, way: Way) -> str:
    added = _attributes(block)
    return line_of(block, way) + (f"\n{added}" if added else "")


def _quotation(block: Element, way: Way) -> str:
    return _prefixed("\n\n".join(blocks_of(block, way)), "> ")


def _prefixed(text: str, mark: str) -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))


def _code(block: Element, way: Way) -> str:
    text = block.text or ""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{block.get('language', '')}\n{text}\n{fence}"


def _rule(block: Element, way: Way) -> str:
    return "---"


def _figure(block: Element, way: Way) -> str:
    shown = block[0]
    caption = block.find("figcaption")
    image = shown[0] if shown.tag == "a" else shown
    if caption is not None and not plain(caption):
        return f"<figure>\n{serialize(_clean(new_element('body', [shown])))}\n<figcaption>{serialize(caption)}</figcaption>\n</figure>"
    text = picture(image, text_of(caption) if caption is not None else "")
    if shown.tag == "a":
        line = line_of(new_element("p", [new_element("a", ["@"], dict(shown.attrib))]), way)
        text = line.replace("[@]", f"[{text}]", 1).replace("[\\@]", f"[{text}]", 1)
    return text


def _list(block: Element, way: Way, other: bool) -> str:
    start = block.get("start", "1")
    first = int(start) if start.isdigit() else 1
    tight = all(_is_tight(item) for item in block)
    items = []
    for number, item in enumerate(block, first):
        mark = f"{number}{').'[not other]}" if block.tag == "ol" else "-*"[other]
        inside = blocks_of(item, way) or [""]
        if block.tag == "ul":
            inside[0] = TICK.sub(r"[\1]\2", inside[0])
        if item[0].tag in ("hr", *LISTS):  # beside the mark, they would be read as something else
            inside.insert(0, "")
        text = ("\n" if tight else "\n\n").join(inside)
        indent = " " * (len(mark) + 1)
        beside, *below = text.split("\n")
        lines = [f"{mark} {beside}", *(f"{indent}{line}" for line in below)]
        items.append("\n".join(line.rstrip() for line in lines))
    return ("\n" if tight else "\n\n").join(items)


def _is_tight(item: Element) -> bool:
    """Return whether an item is one paragraph, perhaps with a list below it."""
    tags = [block.tag for block in item]
    return tags[:1] == ["p"] and (
        len(tags) == 1
        or (tags[1:] == [tags[1]] and tags[1] in LISTS and all(map(_is_tight, item[1])))
    )


def _definitions(block: Element, way: Way) -> str:
    lines: list[str] = []
    for item in block:
        if item.tag == "dt":
            lines += [
                *([""] if lines and lines[-1] else []),
                line_of(item, way).replace("\\\n", " "),
            ]
        else:
            text = "\n\n".join(blocks_of(item, way)).split("\n")
            lines += [f":   {text[0]}", *(f"    {line}".rstrip() for line in text[1:])]
            if len(text) > 1:
                lines.append("")
    return "\n".join(lines).strip("\n")


def needs_html(table: Element) -> bool:
    """Return whether Markdown's notation cannot show a table: spans, blocks in cells, several heads, heads of rows."""
    rows = list(table)
    heads = _heads(table)
    spans = any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row)
    stubs = any(cell.tag == "th" for row in rows[heads:] for cell in row)
    return spans or stubs or heads > 1 or not all(_is_line(cell) for row in rows for cell in row)


def _heads(table: Element) -> int:
    """Return the number of rows of headings."""
    heads = int(table.get("heads", "0"))
    return heads or int(all(cell.tag == "th" for cell in table[0]))


def _table(block: Element, way: Way) -> str:
    if way.tags or needs_html(block):
        return _table_as_html(block, _heads(block))
    written = [[_cell(cell, way) for cell in row] for row in block]
    width = max(map(len, written))
    if not _heads(block):
        written.insert(0, [""] * width)
    written.insert(1, ["---"] * width)
    return "\n".join(
        "| " + " | ".join(t for t, _ in zip_longest(row, range(width), fillvalue="")) + " |"
        for row in written
    )


def _is_line(cell: Element) -> bool:
    """Return whether a cell is empty, a paragraph or a picture."""
    return len(cell) == 0 or (len(cell) == 1 and cell[0].tag in ("p", "figure"))


def _cell(cell: Element, way: Way) -> str:
    if not len(cell):
        return ""
    if cell[0].tag == "figure":
        return _figure(cell[0], way).replace("|", "\\|")
    return line_of(cell[0], way, cell=True)


def _table_as_html(block: Element, heads: int) -> str:
    lines = ["<table>"]
    for number, row in enumerate(block):
        if heads and number == 0:
            lines.append("<thead>")
        cells = []
        for cell in row:
            name = "th" if number < heads else cell.tag
            spans = "".join(f' {k}="{cell.get(k)}"' for k in ("colspan", "rowspan") if cell.get(k))
            inside = _clean(new_element("body", list(cell)))
            only = inside[0] if len(inside) == 1 and inside[0].tag == "p" else inside
            cells.append(f"<{name}{spans}>{serialize(only)}</{name}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
        if heads and number == heads - 1:
            lines.append("</thead>")
    return "\n".join([*lines, "</table>"])


def as_html(block: Element) -> str:
    """Return a block as HTML, which is read as it is."""
    if block.tag == "table":
        return _table_as_html(block, int(block.get("heads", "0")))
    return "\n".join(
        line
        for line in serialize(_clean(new_element("body", [block]))).split("\n")
        if line.strip() or block.tag == "pre"
    )


def _clean(tree: Element) -> Element:
    """Return a copy of `tree` whose elements are all of HTML."""
    made = new_element(tree.tag, [copy(node) for node in child_nodes(tree)])
    for element in made.iter():
        if element.tag == "note":
            element.tag, element.text = "sup", f"[{element.get('label')}]"
        elif element.tag == "tex":
            element.tag = "code"
        kept = ("href", "src", "alt", "lang", "title", "start", "colspan", "rowspan")
        element.attrib = {
            k: v for k, v in element.attrib.items() if k in kept and (v or k == "alt")
        }
    return made


WRITERS: dict[str, Callable[[Element, Way], str]] = {
    **dict.fromkeys(HEADINGS, _heading),
    "p": _paragraph,
    "blockquote": _quotation,
    "pre": _code,
    "hr": _rule,
    "figure": _figure,
    "dl": _definitions,
    "table": _table,
}
