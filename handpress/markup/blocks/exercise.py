"""Exercises: a card with a heading and a table of its dosage."""

from __future__ import annotations

from handpress.core.problem import Problem, nearest, problem
from handpress.markup.blocks.term_lines import key_of, place_of, take_lines
from handpress.markup.positions import Locator
from handpress.markup.tree import FLOW, Element, Node, child_nodes, new_element, set_children

DOSE = {
    "sets": "sets",
    "repetitions": "repetitions",
    "reps": "repetitions",
    "hold": "hold",
    "times a day": "times_a_day",
    "days a week": "days_a_week",
    "load": "load",
}
DOSE_COLUMNS = tuple(dict.fromkeys(DOSE.values()))
DOSE_LINES = {"progress when": "progress_when", "stop when": "stop_when"}


def exercise(box: Element, heading: list[Node], level: int, locate: Locator) -> list[Problem]:
    """Turn `box`, in place, into a card below a heading of `level`: what is in it, then its dosage."""
    box.tag = "section"
    box.set("class", "exercise")
    dose: dict[str, Element] = {}
    lines: list[Node] = []
    problems = []
    for term, value in take_lines(box, DOSE.keys() | DOSE_LINES.keys()):
        key = key_of(term)
        if key in DOSE:
            dose[DOSE[key]] = new_element("td", value)
        elif key in DOSE_LINES:
            label = new_element("strong", [], {"data-word": DOSE_LINES[key]})
            blocks = any(isinstance(node, Element) and node.tag in FLOW for node in value)
            inside = [new_element("p", [label]), *value] if blocks else [label, " ", *value]
            lines.append(new_element("div" if blocks else "p", inside, {"class": "dose-line"}))
        else:
            known = [k.capitalize() for k in (*DOSE, *DOSE_LINES) if k != "reps"]
            facts = {"term": term, "known": ", ".join(known)}
            meant = nearest(term, known)
            problems.append(problem("unknown-dose", place_of(term, locate), meant=meant, **facts))
    head = [new_element("th", [], {"scope": "col", "data-word": key}) for key in DOSE_COLUMNS]
    cells = [dose.get(key, new_element("td", [], {"class": "blank"})) for key in DOSE_COLUMNS]
    table = [
        new_element("thead", [new_element("tr", head)]),
        new_element("tbody", [new_element("tr", cells)]),
    ]
    title = new_element(
        f"h{min(level + 1, 6)}", heading, {} if heading else {"data-word": "exercise"}
    )
    set_children(
        box, [title, *child_nodes(box), new_element("table", table, {"class": "dose"}), *lines]
    )
    return problems
