"""Formulas of a page: MathML where its readers draw it, pictures as high as the text elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

from handpress.core.files.disk import Asset
from handpress.markup.tree import Element, new_element, parse_tree, set_children
from handpress.series.formulas import FORMULA, KEY, Formula

HIGHEST = "150mm"  # it fits on every paper; other pictures within text are lower


def show_formulas(
    tree: Element,
    formulas: Mapping[str, Formula],
    assets: MutableMapping[str, Asset],
    at: str,
    mathml: bool,
) -> None:
    """Show the formulas in `tree`, in place; their pictures are added to `assets`, below `at`."""
    for element in tree.iter("span"):
        if (key := element.attrib.pop(KEY, "")) and (formula := formulas.get(key)):
            made = parse_tree(formula.mathml)[0] if mathml else _picture(formula, assets, at)
            set_children(element, [made])


def _picture(formula: Formula, assets: MutableMapping[str, Asset], at: str) -> Element:
    drawn = formula.picture
    asset = Asset.of(drawn.svg)
    name = f"pictures/formula-{asset.digest[:12]}.svg"
    assets[name] = asset
    style = f"width: {drawn.width}em; max-height: {HIGHEST}; vertical-align: {-drawn.depth}em"
    return new_element(
        "img", [], {"src": at + name, "alt": formula.words, "class": FORMULA, "style": style}
    )
