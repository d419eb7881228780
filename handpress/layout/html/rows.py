"""Rows: an article and its translation side by side, each block beside its counterpart.

A row has a cell for each language, with its own `lang` and `dir`. Boxes and exercises are frames around their rows, so
that the items of a list are beside each other too. A picture that both have is there once, between the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from handpress.layout.html.alignment import Block, align
from handpress.markup.blocks.registry import is_supplied, kind_of
from handpress.markup.tree import (
    Element,
    Node,
    child_nodes,
    classes,
    copy,
    new_element,
    serialize_element,
    text_of,
)
from handpress.press.marks import KEPT, UNLESS_HOLE, WHOLE

TITLES = frozenset({"level", "title"})  # one line to the eye
WIDE = 3  # columns: a table with more is as wide as both cells
LONG = 80  # characters: such an item is many lines in a cell, and no page looks empty with the next one alone
FRAMES = frozenset({"section", "aside", "div"})
EXERCISE = "exercise"
ABOVE_STEPS = frozenset({"once", "of-dosage", "of-table"})  # rows of an exercise
CARE = "care"  # the box of a safety notice, which is never torn
REFERENCES = ("headers", "for", "aria-labelledby", "aria-describedby")


class Cells(Struct, frozen=True):
    """The attributes of the two cells of each row, the original's first.

    `narrow`: a picture has no room between them. `stacked`: they are one above the other.
    """

    original: dict[str, str]
    translation: dict[str, str]
    narrow: bool = False
    stacked: bool = False

    def row(self, kind: str, original: Sequence[Node], translation: Sequence[Node]) -> Element:
        sides = ((original, self.original), (translation, self.translation))
        cells = [new_element("div", nodes, attributes) for nodes, attributes in sides]
        return new_element("div", cells, {"class": f"row {kind}"})


def with_own_ids(tree: Element, mark: str) -> None:
    """Begin all ids in a translation, and its references to them, with a `mark`: those of the original are the same."""
    for element in tree.iter():
        if id_ := element.get("id"):
            element.set("id", mark + id_)
        if element.get("href", "").startswith("#"):
            element.set("href", f"#{mark}{element.get('href', '')[1:]}")
        for name in REFERENCES:
            if names := element.get(name):
                element.set(name, " ".join(mark + one for one in names.split()))


def in_rows(original: Element, translation: Element, cells: Cells) -> list[Element]:
    """Return the content of two elements as rows. Both lose it."""
    rows: list[Element] = []
    for ours, theirs in align(list(blocks_of(original)), list(blocks_of(translation))):
        if len(ours) == len(theirs) == 1:
            rows += _pair(ours[0], theirs[0], cells)
        else:
            kind = row_kind((*ours, *theirs)[0])
            rows.append(cells.row(kind, elements_of(ours), elements_of(theirs)))
    return rows


def is_list(element: Element) -> bool:
    return element.tag in ("ul", "ol")


def elements_of(blocks: Sequence[Block]) -> list[Element]:
    return [element for block in blocks for element in block]


def blocks_of(parent: Element) -> Iterator[Block]:
    """Yield the blocks in an element. The level and the title of a box are one; text between blocks is one too."""
    titles: list[Element] = []
    for node in child_nodes(parent):
        element = copy_of(node) if isinstance(node, Element) else new_element("p", [node])
        if TITLES & set(classes(element)):
            titles.append(element)
        elif isinstance(node, Element) or node.strip():
            if titles:
                yield tuple(titles)
                titles = []
            yield (element,)
    if titles:
        yield tuple(titles)


def copy_of(element: Element) -> Element:
    made = copy(element)
    assert isinstance(made, Element)
    return made


def row_kind(block: Block) -> str:
    """Return the class of a row: that of a title, or the tag of its first element."""
    names = TITLES & set(classes(block[0]))
    return f"of-{'title' if names else block[0].tag}"


def _pair(ours: Block, theirs: Block, cells: Cells) -> Iterator[Element]:
    """Yield the rows of two blocks."""
    one, other = ours[0], theirs[0]
    if len(ours) == len(theirs) == 1:
        if _same_picture(one, other):
            yield _shared_figure(one, other, cells)
            return
        if _is_same(one, other) or _is_same_note(one, other):
            yield one
            return
        if cells.stacked and CARE in classes(one):
            # A page has room for the notice in one language more often than in both: item by item, it would be torn in
            # each, or leave half a page empty before it.
            yield cells.row("of-care stacked", ours, theirs)
            return
        if is_frame(one) and is_frame(other) and classes(one) == classes(other):
            yield _frame(one, other, cells)
            return
        if _is_wide(one) or _is_wide(other):
            yield cells.row(f"{row_kind(ours)} stacked", ours, theirs)
            return
        if one.tag == other.tag and is_list(one) and len(one) == len(other) > 1:
            for row in item_rows(one, other, cells):
                if cells.narrow:
                    row.set(WHOLE, UNLESS_HOLE)
                yield row
            return
    yield cells.row(row_kind(ours), ours, theirs)


def _is_same(one: Element, other: Element) -> bool:
    """Return whether both are the same, without words or places for links."""
    has_id = any(element.get("id") for element in other.iter())
    same = serialize_element(one) == serialize_element(other)
    return not text_of(one) and not has_id and same


def _is_same_note(one: Element, other: Element) -> bool:
    """Return whether both are a client's own note, which is not translated."""
    return "own" in classes(one) and "own" in classes(other) and text_of(one) == text_of(other)


def _same_picture(one: Element, other: Element) -> bool:
    """Return whether both are a figure with the same picture."""
    images = [list(element.iter("img")) for element in (one, other)]
    if not (one.tag == other.tag == "figure" and len(images[0]) == len(images[1]) == 1):
        return False
    (ours,), (theirs,) = images
    return ours.get("src") == theirs.get("src") and not theirs.get("id")


def _shared_figure(one: Element, other: Element, cells: Cells) -> Element:
    """Return a picture with a caption in each language; its text alternative is in both."""
    captions = [_caption(figure) for figure in (one, other)]
    (image,), (same,) = one.iter("img"), other.iter("img")
    texts = dict.fromkeys(i.get("alt", "").strip() for i in (image, same))
    image.set("alt", " / ".join(filter(None, texts)) or " ")
    id_ = {"id": other.get("id", "")} if other.get("id") else {}
    inside = [new_element("div", [one], id_)]
    if any(captions):
        inside.append(cells.row("captions", *captions))
    return new_element("div", inside, {"class": "once"})


def _caption(figure: Element) -> list[Node]:
    """Take the caption out of a figure, and return it."""
    caption = figure.find("figcaption")
    if caption is None:
        return []
    figure.remove(caption)
    return [new_element("p", list(child_nodes(caption)), {"class": "caption"})]


def is_frame(element: Element) -> bool:
    """Return whether rows may be within an element: it has blocks in it, and neither text of its own nor a table."""
    tables = element.iter("table") if is_box(element) else element.findall("table")
    texts = (node for node in child_nodes(element) if isinstance(node, str))
    return (
        element.tag in FRAMES
        and len(element) > 0
        and not any(map(str.strip, texts))
        and all(map(is_supplied, tables))
    )


def is_box(element: Element) -> bool:
    kind = kind_of(element)
    return kind is not None and kind.mark == "box"


def _is_wide(element: Element) -> bool:
    """Return whether an element is too wide for half of the page, since it has a table of many columns."""
    return any(len(row) > WIDE for row in element.iter("tr"))


def _frame(one: Element, other: Element, cells: Cells) -> Element:
    """Return the frame of a box or an exercise around its rows."""
    rows = in_rows(one, other, cells)
    frame = new_element(one.tag, rows if cells.narrow else _with_dosage(rows), one.attrib)
    if is_box(one) and CARE not in classes(one):
        frame.set(WHOLE, UNLESS_HOLE)
    if EXERCISE in classes(one):
        _keep_above_steps(frame)
    if id_ := other.get("id"):
        first = next(frame.iter("div"), frame)
        first.set("id", first.get("id", id_))
    return frame


def _keep_above_steps(exercise: Element) -> None:
    """Mark the rows of a picture and a dosage, which stay with the first step."""
    for row in exercise:
        if ABOVE_STEPS & set(classes(row)):
            row.set(KEPT, "")


def _with_dosage(rows: list[Element]) -> list[Element]:
    """Put a picture between the two dosages that are beside it."""
    found: list[Element] = []
    for row in rows:
        above = found[-1] if found else None
        beside = row.find("div/table")
        if (
            above is not None
            and above.get("class") == "once"
            and beside is not None
            and "beside" in classes(beside)
        ):
            picture, *captions = list(above)
            picture.set("class", "picture")
            found[-1] = new_element("div", [row[0], picture, row[1]], {"class": "row of-dosage"})
            found += captions
        else:
            found.append(row)
    return found


def item_rows(one: Element, other: Element, cells: Cells) -> Iterator[Element]:
    """Yield a row for each item of two lists. The numbers of an ordered one go on."""
    start = int(one.get("start", "1")) if one.get("start", "1").isdigit() else 1
    last = len(one) - 1
    for number, (ours, theirs) in enumerate(zip(list(one), list(other), strict=True)):
        length = max(len(text_of(item)) for item in (ours, theirs))
        lists: list[Element] = []
        for list_, item in ((one, ours), (other, theirs)):
            item.tail = None
            attributes = {k: v for k, v in list_.attrib.items() if k != "id" or not number}
            if list_.tag == "ol":
                attributes["style"] = f"counter-reset: list-item {start + number - 1}"
            lists.append(new_element(list_.tag, [item], attributes))
        kind = "of-item" + " last" * (number == last) + " long" * (length > LONG)
        yield cells.row(kind, [lists[0]], [lists[1]])
