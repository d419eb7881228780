"""Items: the table of PEMAT-P, in the words of AHRQ. Items 13 and 14 are for audio and video alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from handpress.check.page import Page
from handpress.check.pemat import answers as a
from handpress.check.pemat.answers import Answer

SOURCE = "PEMAT-P: Agency for Healthcare Research and Quality, publication 14-0002-EF (2013)"


class Item(Struct, frozen=True):
    """One row: its number, topic and words, and the function that answers it; some may not apply."""

    number: int
    topic: str
    words: str
    answer: Callable[[Page], Answer] | None = None
    may_not_apply: bool = False


UNDERSTANDABILITY = (
    Item(1, "Content", "The material makes its purpose completely evident.", a.purpose),
    Item(2, "Content", "The material does not include information or content that distracts from its purpose."),
    Item(3, "Word choice and style", "The material uses common, everyday language.", a.everyday_words),
    Item(4, "Word choice and style", "Medical terms are used only to familiarize audience with the terms. When used, medical terms are defined.", a.terms),
    Item(5, "Word choice and style", "The material uses the active voice.", a.active_voice),
    Item(6, "Use of numbers", "Numbers appearing in the material are clear and easy to understand.", a.numbers, may_not_apply=True),
    Item(7, "Use of numbers", "The material does not expect the user to perform calculations.", a.no_calculations),
    Item(8, "Organization", "The material breaks or “chunks” information into short sections.", a.chunks, may_not_apply=True),
    Item(9, "Organization", "The material’s sections have informative headers.", a.headers, may_not_apply=True),
    Item(10, "Organization", "The material presents information in a logical sequence."),
    Item(11, "Organization", "The material provides a summary.", a.summary, may_not_apply=True),
    Item(12, "Layout and design", "The material uses visual cues (e.g., arrows, boxes, bullets, bold, larger font, highlighting) to draw attention to key points.", a.visual_cues),
    Item(15, "Use of visual aids", "The material uses visual aids whenever they could make content more easily understood (e.g., illustration of healthy portion size).", a.visual_aids),
    Item(16, "Use of visual aids", "The material’s visual aids reinforce rather than distract from the content.", a.pictures_reinforce, may_not_apply=True),
    Item(17, "Use of visual aids", "The material’s visual aids have clear titles or captions.", a.captions, may_not_apply=True),
    Item(18, "Use of visual aids", "The material uses illustrations and photographs that are clear and uncluttered.", a.pictures_clear, may_not_apply=True),
    Item(19, "Use of visual aids", "The material uses simple tables with short and clear row and column headings.", a.tables, may_not_apply=True),
)  # fmt: skip
ACTIONABILITY = (
    Item(20, "Actions", "The material clearly identifies at least one action the user can take.", a.action),
    Item(21, "Actions", "The material addresses the user directly when describing actions.", a.directly),
    Item(22, "Actions", "The material breaks down any action into manageable, explicit steps.", a.steps),
    Item(23, "Actions", "The material provides a tangible tool (e.g., menu planners, checklists) whenever it could help the user take action.", a.tool),
    Item(24, "Actions", "The material provides simple instructions or examples of how to perform calculations.", a.calculation_shown, may_not_apply=True),
    Item(25, "Actions", "The material explains how to use the charts, graphs, tables, or diagrams to take actions.", a.charts_explained, may_not_apply=True),
    Item(26, "Actions", "The material uses visual aids whenever they could make it easier to act on the instructions.", a.pictures_to_act),
)  # fmt: skip
DOMAINS = {"Understandability": UNDERSTANDABILITY, "Actionability": ACTIONABILITY}


class Row(Struct, frozen=True):
    """An item with its answer for one article."""

    domain: str
    item: Item
    answer: Answer


def rows(page: Page) -> list[Row]:
    """Return all items with their answers for an article."""
    return [
        Row(domain, item, item.answer(page) if item.answer else Answer(a.OPEN))
        for domain, items in DOMAINS.items()
        for item in items
    ]


class Score(Struct, frozen=True):
    """The items of a domain by their answers; the final score needs all of them."""

    agree: int
    disagree: int
    open: int

    def __str__(self) -> str:
        """Return the score so far: ``5 of 7 agree; 10 are open``, or ``86 %``."""
        answered = self.agree + self.disagree
        if not self.open and answered:
            return f"{100 * self.agree / answered:.0f} %"
        waiting = f"{self.open} {'is' if self.open == 1 else 'are'} open"
        return f"{self.agree} of {answered} answers agree; {waiting}"


def score(found: Sequence[Row], domain: str) -> Score:
    ratings = [row.answer.rating for row in found if row.domain == domain]
    return Score(*(ratings.count(rating) for rating in (a.AGREE, a.DISAGREE, a.OPEN)))
