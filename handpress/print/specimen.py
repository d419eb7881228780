"""The specimen: a handout that shows a theme, with every kind of block and the contrast of its colours."""

from __future__ import annotations

from markupsafe import Markup
from msgspec.structs import replace

from handpress.compose.composition import compose_series
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import find
from handpress.layout.css.tokens import pairs_of
from handpress.layout.layout import Layout
from handpress.layout.variant import Variant
from handpress.press.recipe import Recipe
from handpress.print.handout import handouts
from handpress.series.assemble import assemble


def specimen(layout: Layout, variant: Variant) -> Recipe:
    """Return the recipe of a specimen of the theme of a series."""
    shown = _in_theme_of(layout)
    (recipe,) = handouts(shown, variant, {}, before=_colours(shown))
    return replace(recipe, path="specimen.pdf")


def _in_theme_of(layout: Layout) -> Layout:
    """Return our sample article in the design, the theme and with the practice of a series."""
    workspace = find(shipped("layouts") / "specimen")
    if workspace is None:
        raise FileNotFoundError("layouts/specimen")
    sample, _ = assemble(workspace, workspace.folders[0])
    series = replace(sample, theme=layout.series.theme, practice=layout.series.practice)
    composition, _ = compose_series(series, layout.words_of)
    return Layout(layout.design, series, composition)


def _colours(layout: Layout) -> Markup:
    """Return the table of colours that opens the specimen."""
    html = layout.render("specimen.html", {}, pairs=pairs_of(layout.sheets), kind="pdf")
    return Markup(html)
