"""An article for one client: exercises in another order or left out, with the client's dosage, side and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handpress.core.direction import text_direction
from handpress.core.media import TABLE
from handpress.markup.blocks.exercise import DOSE_COLUMNS, SIDE, dosage, prescribe
from handpress.markup.tree import (
    Element,
    child_nodes,
    classes,
    new_element,
    parse_tree,
    serialize,
    set_children,
    take_out,
    text_of,
)
from handpress.personal.visit import Prescribed
from handpress.series.article import Article

PARTS = (*DOSE_COLUMNS, SIDE)
SIDES = {"left": "side_left", "right": "side_right", "both": "side_both"}  # their words
SAMPLE = "8 to 10"  # takes the room of a part that the author did not prescribe


class Exercise(Struct, frozen=True):
    """An exercise on a sheet: its id, its name, and the dosage that the author prescribes."""

    id: str
    name: str
    dosage: Mapping[str, str]


def exercises_of(article: Article) -> tuple[Exercise, ...]:
    """Return the exercises that the handout of an article has, in order."""
    found = []
    for card in cards_in(parse_tree(article.body)):
        heading = card[0]
        found.append(Exercise(heading.get("id", ""), text_of(heading), dosage(card)))
    return tuple(found)


def for_client(
    article: Article,
    exercises: tuple[Prescribed, ...],
    words: Mapping[str, Any],
    *,
    sample: bool = False,
    mark: str = "",
) -> Article:
    """Return `article` with its `exercises` as they are given to a client.

    With `sample`, the texts of dosage and side only take the room of later ones. Each is a field, which has a name
    that begins with `mark`. A note, which is the same in all languages, has none.
    """
    tree = parse_tree(article.body)
    cards = {card[0].get("id", ""): card for card in cards_in(tree)}
    for given in exercises:
        _give(cards[given.exercise], given, words, sample, mark)
    _reorder(tree, [cards[given.exercise] for given in exercises])
    for given in exercises:
        if given.left_out:
            card = cards[given.exercise]
            take_out(next(e for e in tree.iter() if card in list(e)), card)
            _leave_out_of_diaries(tree, text_of(card[0]))
    return replace(article, body=serialize(tree))


def dosage_fields(
    given: Prescribed, words: Mapping[str, Any], mark: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Yield the parts of a client's own dosage: the part, the name of its field with its `mark`, and its text."""
    parts = dict(given.dosage)
    if given.side:
        parts[SIDE] = side_of(given.side, words)
    for part in PARTS:
        if text := parts.get(part):
            yield part, f"{mark}{given.exercise} {part}", text


def side_of(side: str, words: Mapping[str, Any]) -> str:
    """Return a side as it is printed: that of the list with a capital, another text as it is."""
    if side not in SIDES:
        return side
    word = str(words[SIDES[side]])
    return word[:1].upper() + word[1:]


def cards_in(tree: Element) -> Iterator[Element]:
    """Yield the cards of exercises that handouts show."""
    return shown_in(tree, "exercise")


def shown_in(tree: Element, kind: str) -> Iterator[Element]:
    """Yield the sections of a kind of block that handouts show."""
    hidden: set[Element] = set()
    for element in tree.iter():
        if TABLE["handout"].name not in element.get("only", "handout").split():
            hidden.update(element.iter())
        elif element.tag == "section" and kind in classes(element) and element not in hidden:
            yield element


def _give(
    card: Element, given: Prescribed, words: Mapping[str, Any], sample: bool, mark: str
) -> None:
    fields = list(dosage_fields(given, words, mark))
    before = dosage(card)
    removed = [part for part in given.removed if part in before]
    if fields or removed:
        marks = {"class": "sample"} if sample else {}
        attributes = {part: marks | {"data-field": name} for part, name, _ in fields}
        texts = {p: before.get(p, SAMPLE) if sample else text for p, _, text in fields}
        prescribe(card, texts | dict.fromkeys(removed, ""), attributes)
    if given.note:
        way, name = text_direction(given.note), f"{given.exercise} note"
        facts = {"class": "dose-line own", "data-field": name, "dir": way}
        card.append(new_element("p", _broken(given.note), facts))


def _leave_out_of_diaries(tree: Element, name: str) -> None:
    """Remove the rows of an exercise from the tables in which readers tick off theirs."""
    for rows in tree.iterfind(".//section[@class='diary']//tbody"):
        for row in list(rows):
            if text_of(row[0]) == name:
                rows.remove(row)


def _broken(text: str) -> list[Element | str]:
    first, *rest = text.split("\n")
    return [first, *(node for line in rest for node in (new_element("br", []), line))]


def _reorder(tree: Element, wanted: list[Element]) -> None:
    """Put the `wanted` cards, in this order, into the places that they have together."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    places = [card for card in tree.iter() if any(card is other for other in wanted)]
    taken = dict(zip(places, wanted, strict=True))
    for parent in {id(parents[card]): parents[card] for card in places}.values():
        set_children(
            parent,
            [taken.get(node, node) if isinstance(node, Element) else node for node in list(child_nodes(parent))],
        )  # fmt: skip
