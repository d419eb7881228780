"""Exercises: a card with a heading and a table of its dosage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard

from handpress.core.problems.problem import Problem, nearest, problem
from handpress.markup.blocks.block import Written
from handpress.markup.blocks.dose_labels import KEYS, LABELS, labels_in
from handpress.markup.blocks.term_lines import key_of, place_of, take_last_lines, take_lines
from handpress.markup.tree import (
    FLOW,
    Element,
    Node,
    child_nodes,
    classes,
    new_element,
    set_children,
    take_out,
    text_of,
)

LINES = ("progress_when", "stop_when")  # printed below the dosage, not in it
DOSE_COLUMNS = tuple(key for key in KEYS if key not in LINES)
SIDE = "side"  # left or right: only in a client's own dosage
SHORT = 12  # characters of a value that stays on one line, such as "30 seconds"
FROM = "data-from"  # the attribute of a card whose content is that of a card in another article
OWN = "data-own"  # the attribute of a dosage that is a client's own


def exercise(box: Element, written: Written) -> Iterable[Problem]:
    """Turn `box` into a card with a heading: what is in it, then its dosage."""
    box.tag = written.block.tag
    box.set("class", written.block.name)
    dose: dict[str, Element] = {}
    lines: list[Node] = []
    problems = []
    last = list(take_last_lines(box, LABELS.keys()))
    if last:
        reason = "a dosage directly below a text is read as that of the exercise"
        place, example = place_of(last[0][0], written.locate), "write an empty line before it"
        problems.append(problem("loose-markup", place, reason=reason, example=example))
    for term, value in [*last, *take_lines(box, LABELS.keys())]:
        key = LABELS.get(key_of(term))
        if key in DOSE_COLUMNS:
            dose[key] = new_element("td", value)
        elif key:
            label = new_element("strong", [], {"data-word": key})
            lines.append(dose_line(label, value))
        else:
            known = labels_in(written.language)
            facts = {"term": term.strip(), "known": ", ".join(known)}
            meant = nearest(term, known)
            problems.append(
                problem("unknown-dose", place_of(term, written.locate), meant=meant, **facts)
            )
            lines.append(unknown_line(term, value, written.language))
    head = [new_element("th", [], {"scope": "col", "data-word": key}) for key in DOSE_COLUMNS]
    cells = [dose.get(key, new_element("td", [], {"class": "blank"})) for key in DOSE_COLUMNS]
    table = [
        new_element("thead", [new_element("tr", head)]),
        new_element("tbody", [new_element("tr", cells)]),
    ]
    supplied = {} if written.title else {"data-word": written.block.word}
    title = new_element(f"h{min(written.level + 1, 6)}", written.title, supplied)
    set_children(
        box, [title, *child_nodes(box), new_element("table", table, {"class": "dose"}), *lines]
    )
    return problems


def unknown_line(term: str, value: list[Node], language: str) -> Element:
    """Return a line below the dosage with a label that we do not know. Only French has a space before its colon."""
    label = term if language.startswith("fr") else term.strip()
    return dose_line(new_element("strong", [f"{label}:"]), value)


def dose_line(label: Element, value: list[Node]) -> Element:
    """Return a line below the dosage, such as when to stop."""
    blocks = any(isinstance(node, Element) and node.tag in FLOW for node in value)
    inside = [new_element("p", [label]), *value] if blocks else [label, " ", *value]
    return new_element("div" if blocks else "p", inside, {"class": "dose-line"})


def names(body: Element) -> list[str]:
    """The names of the exercises in `body`."""
    found = [text_of(card[0]) for card in body.iter("section") if "exercise" in classes(card)]
    return [name for name in found if name]


def to_change(card: Element) -> None:
    """Remove blank columns from each dosage, and add a line for changes. A dosage without values stays as it is.

    A card with a picture has its dosage beside that, a row for each part, and the steps below both.
    """
    for table, head, cells in list(_doses(card)):
        if all("blank" in classes(td) for td in cells):
            if OWN in table.attrib:  # all of it was taken off for a client
                take_out(card, table)
                continue
        else:
            _drop_blanks(head, cells)
            if table.attrib.pop(OWN, None) is None:
                head.append(new_element("th", [], {"scope": "col", "data-word": "your_dose"}))
                cells.append(new_element("td", [], {"class": "blank"}))
        picture = card.find("figure")
        if picture is not None:
            for cell in cells:
                if not cell.attrib and len(text_of(cell)) <= SHORT:
                    cell.set("class", "short")
            _in_rows(table, head, cells)
            table.set("class", "dose in-rows beside")
            take_out(card, table)
            card.insert(list(card).index(picture) + 1, table)


def without_blanks(card: Element) -> None:
    """Remove the blank columns of each dosage, which are for a pen, and dosages that are all blank."""
    for table, head, cells in list(_doses(card)):
        _drop_blanks(head, cells)
        if not len(cells):
            take_out(card, table)


def reuse(card: Element, source: Element) -> None:
    """Put the content of another card, `source`, into a card, which keeps its title and its own dosage."""
    title, *own = list(child_nodes(card))
    heading, *content = list(child_nodes(source))
    assert isinstance(title, Element)
    assert isinstance(heading, Element)
    if "data-word" in title.attrib:  # it has no title of its own
        del title.attrib["data-word"]
        set_children(title, list(child_nodes(heading)))
    ours, theirs = ([n for n in nodes if _is_dose(n)] for nodes in (own, content))
    lines = {_line_of(n): n for n in [*theirs, *ours] if n.get("class") != "dose"}
    for cell, other in zip(own_dose(card), own_dose(source), strict=True):
        if "blank" in classes(cell):
            set_children(cell, list(child_nodes(other)))
            cell.attrib = dict(other.attrib)
    rest = [n for nodes in (content, own) for n in nodes if not _is_dose(n)]
    table = next(n for n in ours if n.get("class") == "dose")
    set_children(card, [title, *rest, table, *lines.values()])


def own_dose(card: Element) -> list[Element]:
    """Return the cells of the dosage that `exercise` made; none in a section of raw HTML."""
    rows = (list(cells) for _, _, cells in _doses(card) if len(cells) == len(DOSE_COLUMNS))
    return next(reversed([*rows]), [])


def _is_dose(node: Node) -> TypeGuard[Element]:
    return isinstance(node, Element) and node.get("class") in ("dose", "dose-line")


def _line_of(line: Element) -> str:
    """Return the word of a line below a dosage, or its label as written."""
    label = next(line.iter("strong"))
    return label.get("data-word") or text_of(label)


def prescribe(
    card: Element, given: Mapping[str, str], attributes: Mapping[str, dict[str, str]]
) -> None:
    """Put the parts of a client's own dosage into that of `card`; an empty text takes a part off.

    The side comes first. Each cell gets the `attributes` of its part.
    """
    for table, head, cells in list(_doses(card)):
        if SIDE in given:
            head.insert(0, new_element("th", [], {"scope": "col", "data-word": SIDE}))
            cells.insert(0, new_element("td", []))
        for th, td in zip(head, cells, strict=True):
            part = th.get("data-word", "")
            if part in given:
                td.attrib.clear()
                td.attrib.update(attributes[part] if given[part] else {"class": "blank"})
                set_children(td, [given[part]] if given[part] else [])
        table.set(OWN, "")


def dosage(card: Element) -> dict[str, str]:
    """Return the dosage of `card` by its parts, without blanks."""
    return {
        th.get("data-word", ""): text_of(td)
        for _, head, cells in _doses(card)
        for th, td in zip(head, cells, strict=True)
        if "blank" not in classes(td)
    }


def _drop_blanks(head: Element, cells: Element) -> None:
    for th, td in list(zip(head, cells, strict=True)):
        if "blank" in classes(td):
            head.remove(th)
            cells.remove(td)


def dose_in_rows(card: Element) -> None:
    """Give each part of a dosage a row instead of a column."""
    for table, heads, cells in list(_doses(card)):
        _in_rows(table, heads, cells)
        table.set("class", "dose in-rows")


def _in_rows(table: Element, heads: Element, cells: Element) -> None:
    rows: list[Node] = []
    for head, cell in zip(list(heads), list(cells), strict=True):
        head.set("scope", "row")
        rows.append(new_element("tr", [head, cell]))
    set_children(table, [new_element("tbody", rows)])


def _doses(card: Element) -> Iterator[tuple[Element, Element, Element]]:
    """The dosage of `card` and its two rows. A table of raw HTML may have the class and another shape."""
    for table in card.findall("table[@class='dose']"):
        rows = list(table.iter("tr"))
        if len(rows) == 2 and len(rows[0]) == len(rows[1]):
            yield table, rows[0], rows[1]
