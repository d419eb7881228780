"""Formulas of an article: each that is understood gets its MathML, its picture and a line of words; others stay code."""

from __future__ import annotations

from msgspec import Struct

from handpress.assets.formula import Drawn, draw
from handpress.markup.formulas.mathml import to_mathml
from handpress.markup.formulas.tex import read_tex
from handpress.markup.formulas.words import in_words
from handpress.markup.tree import Element, classes, new_element, serialize_element, set_children

MOST = 60_000  # characters of TeX in one article: more would take long to draw
FORMULA = "formula"  # the class of formulas
NUMBER = "formula-number"
KEY = "data-formula"  # their attribute: the key of a formula among those of its article


class Formula(Struct, frozen=True):
    """A formula in the forms that the media show."""

    mathml: str
    picture: Drawn
    words: str
    number: str  # printed beside it


def set_formulas(body: Element) -> dict[str, Formula]:
    """Set the formulas in `body` that are understood, and return them by their source.

    In the tree, such a formula is a `span` with its words. Others are code, as they were.
    """
    formulas: dict[str, Formula] = {}
    length = 0
    for element in list(body.iter()):
        inside = element[0] if element.tag == "pre" and len(element) == 1 else element
        if inside.tag != "code" or FORMULA not in classes(inside):
            continue
        del inside.attrib["class"]
        written = key_of("".join(inside.itertext()))
        length += len(written)
        made = formulas.get(written) or (made_of(written) if length < MOST else None)
        if made is None:
            continue
        formulas[written] = made
        span = inside
        if element.tag == "pre":
            element.tag, element.attrib["class"] = "p", FORMULA
            span = Element("span")
            number = [new_element("span", [made.number], {"class": NUMBER})] if made.number else []
            set_children(element, [span, *number])
            if number:
                element.set("class", f"{FORMULA} numbered")
        span.tag = "span"
        span.set("class", FORMULA)
        span.set(KEY, written)
        set_children(span, [made.words])
    return formulas


def key_of(written: str) -> str:
    return written.strip()


def made_of(written: str) -> Formula | None:
    """Return a formula, `written` with its marks, in all its forms; None if it cannot be set."""
    tex = read_tex(written)
    math = to_mathml(tex) if tex else None
    if tex is None or math is None:
        return None
    words = in_words(math)
    math.attrib = {"alttext": words, **math.attrib}
    mathml = serialize_element(math)
    picture = draw(mathml)
    return None if picture is None else Formula(mathml, picture, words, tex.number)
