"""Sizes of boxes: without percentages, they are the same in every containing block.

WeasyPrint resolves twenty properties of each box, each time that it lays it out. Nearly all are lengths or
`auto`, whose used values the style alone decides; they are kept with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handpress.press.pdf.hot_spots.replacing import replace

SIDES = ("top", "right", "bottom", "left")
SPACES = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES)
# Layout changes these in a style that was in use before.
CHANGED = ("width", "height", "min_width", "min_height", "max_width", "max_height")


def quicken() -> None:
    from weasyprint.css import AnonymousStyle
    from weasyprint.layout import percent

    slowly: Callable[[Any, Any], None] = percent.resolve_percentages
    # Boxes without an element have no sizes but those that layout gives them.
    anonymous: dict[str, Any] = {collapse: _Box() for collapse in ("separate", "collapse")}

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        if style.__class__ is AnonymousStyle:
            above = style.parent_style.__dict__.get("anonymous_style")
            keeper = anonymous[style["border_collapse"]] if style is above else style
        else:
            keeper = style if (template := getattr(style, "template", None)) is None else template
        kept = keeper.__dict__.get("kept_sizes")
        changed = [style[name] for name in CHANGED]
        if kept is None or kept[0] != changed:
            kept = keeper.kept_sizes = changed, _fixed(style, percent)
        if kept[1] is None:
            slowly(box, containing_block)
        else:
            box.__dict__.update(kept[1])

    replace(percent.resolve_percentages, resolve_percentages)


class _Box:
    """A box of which only the sizes count."""


def _fixed(style: Any, percent: Any) -> dict[str, Any] | None:
    """Return the used sizes of each box of a style, or None if they depend on its containing block."""
    if style["border_collapse"] == "collapse":  # a cell then has the borders that the table gave it
        return None
    box: Any = _Box()
    for name in (*SPACES, *CHANGED):
        value = style[name]
        if value != "auto" and getattr(value, "unit", "%") == "%":
            return None
        setattr(box, name, value if value == "auto" else value.value)
    for name in ("min_width", "min_height"):
        if getattr(box, name) == "auto":
            setattr(box, name, 0)
    for side in SIDES:
        setattr(box, f"border_{side}_width", style[f"border_{side}_width"])
    box.style = style
    for axis in ("width", "height"):
        percent.adjust_box_sizing(box, axis)
    del box.style
    found: dict[str, Any] = vars(box)
    return found
