"""Questions and answers: a section in which each heading is a question."""

from __future__ import annotations

from collections.abc import Iterable

from handpress.core.problems.problem import Problem
from handpress.markup.blocks.block import Written
from handpress.markup.blocks.headings import gather
from handpress.markup.tree import Element, classes


def faq(heading: Element, written: Written) -> Iterable[Problem]:
    """Gather what follows `heading` into a section, and in it each question with its answer."""
    section = gather(written.parent, heading, "section", {"class": "faq"})
    others = [c for c in classes(heading) if c != "faq"]
    heading.set("class", " ".join(others))
    if not others:
        del heading.attrib["class"]
    for question in section.findall(f"h{int(heading.tag[1]) + 1}"):
        gather(section, question, "div", {"class": "question"})
    return ()
