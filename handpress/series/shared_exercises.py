"""Exercises of a translation: dosage and picture of those without, from the exercise at the same place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from handpress.core.numerals import Numerals
from handpress.core.problems.problem import Place, Problem, problem
from handpress.markup.blocks.exercise import FROM, own_dose
from handpress.markup.tree import Element, classes, new_element, parse_tree, serialize, text_of
from handpress.markup.tree import set_children as fill
from handpress.series.article import Article
from handpress.series.doses import in_language

MARK = 'class="dose"'


def with_shared(
    article: Article, original: Article, own: str, wanted: str, numerals: Numerals
) -> tuple[Article, list[Problem]]:
    """Return an article in the language `wanted` with what its exercises share with those of its `original`, in `numerals`.

    Exercises are shared only if both have as many, so that none gets the dosage of another.
    """
    if MARK not in article.body or MARK not in original.body:
        return article, []
    tree = parse_tree(article.body)
    cards, sources = list(_cards(tree)), list(_cards(parse_tree(original.body)))
    places = list(_places(article))
    if len(cards) != len(sources):
        place = places[0] if places else article.source.place()
        here, there = len(cards), len(sources)
        wrong = problem("unpaired-exercises", place, here=here, there=there, file=original.path)
        return article, [wrong]
    problems: list[Problem] = []
    pictures = dict(article.pictures)
    shown: list[str] = []
    for number, (card, source) in enumerate(zip(cards, sources, strict=True)):
        if FROM in card.attrib:
            continue  # it has those of another exercise, in this language
        place = places[number] if len(places) == len(cards) else article.source.place()
        for cell, other in zip(own_dose(card), own_dose(source), strict=True):
            if "blank" not in classes(cell) or "blank" in classes(other):
                continue
            dose = text_of(other)
            if (found := in_language(dose, own, wanted, numerals)) is None:
                problems.append(problem("untranslated-dose", place, dose=dose))
            _set(cell, found or dose, "" if found else own)
            shown.append(found or dose)
        if card.find(".//img") is None and (image := source.find(".//img")) is not None:
            path = image.get("src", "").removeprefix("picture:")
            if path in original.pictures:
                pictures[path] = original.pictures[path]
                copy = new_element("img", [], {**image.attrib, "lang": own})
                card.insert(1, new_element("figure", [copy]))
    places_of = {
        f"picture:{path}": original.places[f"picture:{path}"]
        for path in pictures
        if f"picture:{path}" in original.places
    }
    return replace(
        article,
        body=serialize(tree),
        pictures=pictures,
        places=places_of | dict(article.places),
        characters=article.characters | frozenset("".join(shown)),
    ), problems


def dosed(article: Article) -> list[bool]:
    """Return for each exercise of an article whether it has a dosage, of its own or from its original."""
    cards = _cards(parse_tree(article.body))
    return [any("blank" not in classes(cell) for cell in own_dose(card)) for card in cards]


def _set(cell: Element, dose: str, language: str) -> None:
    fill(cell, [dose])
    cell.attrib = {"lang": language} if language else {}


def _cards(tree: Element) -> Iterator[Element]:
    """Yield the exercises that an author wrote as boxes."""
    for card in tree.iter("section"):
        if "exercise" in classes(card) and own_dose(card):
            yield card


def _places(article: Article) -> Iterator[Place]:
    """Yield the places of the boxes in the source."""
    for found in re.finditer(r"^[ >]*(?:!!!|:::) *\{?\.?exercise.*$", article.source.text, re.M):
        yield article.source.place(found.start(), len(found[0].rstrip()))
