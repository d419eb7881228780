"""Lists and tables: one item, numbers out of order, no header, too wide for the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.check.blocks import Container
from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind

_LONGEST = re.compile(r"[^\s\-/\u200b]+")
# Letters of a row across a full page, by paper, in the standard style: as many as the press sets in the size of the text.
# Three more, and it sets the table smaller.
LETTERS = {"a4": 88, "letter": 91, "a5": 62}


def of_one(page: Page) -> Iterator[Found]:
    """Yield bullet lists with a single item."""
    for container in page.containers:
        if container.kind != "bullets" or container.inside:
            continue
        items = _items(page, container)
        if len(items) == 1:
            start = page.start_of(container.first)
            line = page.line(container.first)
            if "[ ]" not in line:
                yield Found(page.place(start + len(line) - len(line.lstrip()), start + len(line)))


def out_of_order(page: Page) -> Iterator[Found]:
    """Yield numbers of a list that neither continue nor repeat the first number, as authors may write it."""
    for container in page.containers:
        if container.kind != "numbers":
            continue
        items = _items(page, container)
        numbers = [_number(page, item) for item in items]
        first = numbers[0] if numbers else None
        if first is None or all(n == first for n in numbers[1:]):
            continue
        for nth, (item, number) in enumerate(zip(items, numbers, strict=True)):
            if number is not None and number[0] != first[0] + nth:
                at = page.start_of(item.first) + number[1]
                digits = str(number[0])
                yield Found(
                    page.place(at, at + len(digits)), {"written": digits, "number": first[0] + nth}
                )
                break


def _items(page: Page, container: Container) -> list[Container]:
    """Return the items of a list, without those of lists in it."""
    return [c for c in page.containers_in(container, "item") if c.inside[-1] is container]


def _number(page: Page, item: Container) -> tuple[int, int] | None:
    found = re.match(r"[\s>]*(\d{1,9})[.)]", page.line(item.first))
    return (int(found[1]), found.start(1)) if found else None


def without_header(page: Page) -> Iterator[Found]:
    """Yield tables in which every cell of the header is empty."""
    for table in page.containers:
        if table.kind == "table":
            heads = [b for b in page.blocks_in(table) if "head" in b.within.kinds]
            if not any(
                page.words_of(b).strip() or "![" in page.source[b.start : b.end] for b in heads
            ):
                start = page.start_of(table.first)
                yield Found(page.place(start, start + len(page.line(table.first))))


def too_wide(page: Page) -> Iterator[Found]:
    """Yield tables with longer words than a full line of the paper has room for."""
    room = LETTERS.get(page.series.paper, LETTERS["a4"])
    for table in page.containers:
        if table.kind != "table":
            continue
        widths: list[int] = []
        for row in page.containers_in(table, "row"):
            cells = [b for b in page.blocks_in(row) if b.within.inside[-1:] == (row,)]
            longest = [max(map(len, _LONGEST.findall(page.words_of(b))), default=0) for b in cells]
            both = zip(longest, [*widths, *([0] * len(longest))], strict=False)
            widths = [max(pair) for pair in both] + widths[len(longest) :]
        needed = sum(widths) + 2 * (len(widths) - 1)
        if needed > room:
            start = page.start_of(table.first)
            facts = {"amount": needed, "room": room, "paper": page.series.paper.upper()}
            yield Found(page.place(start, start + len(page.line(table.first))), facts)


RULES = (
    Rule(
        code="list-of-one",
        on=False,
        kind=Kind(
            "advice",
            "list of one item",
            "a single bullet point has nothing to be compared with",
            "write it as a sentence, or add the other items",
        ),
        reason="A screen reader announces a list with one item, and the reader waits for the next one.",
        source="Microsoft Writing Style Guide, Lists",
        bad=Example("# Knees\n\nBring:\n\n⟦- shoes⟧\n\nThen come.\n"),
        good=Example("# Knees\n\nBring:\n\n- shoes\n- a towel\n\nThen come.\n"),
        find=of_one,
    ),
    Rule(
        code="list-number",
        kind=Kind(
            "warning",
            "number of a list is not printed as written",
            "`{written}` is printed as {number}: only the first number of a list counts",
            "number the items in order",
        ),
        reason="The text may refer to a step by the number that its author wrote.",
        source="CommonMark 0.31, section 5.3 (Lists)",
        bad=Example("# Knees\n\n1. Sit.\n2. Bend.\n⟦4⟧. Rest.\n"),
        good=Example("# Knees\n\n1. Sit.\n2. Bend.\n3. Rest.\n\nOr:\n\n1. Sit.\n1. Bend.\n"),
        find=out_of_order,
    ),
    Rule(
        code="table-without-header",
        kind=Kind(
            "warning",
            "table without a header",
            "no cell of its first row has words",
            "name each column in the first row",
        ),
        reason="A reader who hears the cells one by one cannot tell what they mean.",
        source="WCAG 2.2, success criterion 1.3.1 (Info and Relationships), technique H51",
        bad=Example("# Knees\n\n⟦|  |  |⟧\n| --- | --- |\n| Muscle | Thins |\n"),
        good=Example("# Knees\n\n| Part | At rest |\n| --- | --- |\n| Muscle | Thins |\n"),
        find=without_header,
    ),
    Rule(
        code="wide-table",
        kind=Kind(
            "warning",
            "table may be too wide for the paper",
            "its longest words take {amount} letters, and {paper} has room for {room}",
            "use fewer columns or shorter words, or turn rows into columns",
        ),
        reason="A table that does not fit is set smaller, its words are broken, or its rows become lists.",
        source="the width of text in the standard style",
        bad=Example(
            "# Knees\n\n⟦| Musculoskeletal | Rehabilitation | Physiotherapeutic | Contraindication | Gastrocnemius | Sternocleidomastoid |⟧\n"
            "| --- | --- | --- | --- | --- | --- |\n| a | b | c | d | e | f |\n"
        ),
        good=Example(
            "# Knees\n\n| Part | At rest |\n| --- | --- |\n| Muscle | " + "It thins. " * 20 + "|\n"
        ),
        find=too_wide,
    ),
)
