"""Margins of pages: if none of the sixteen margin boxes has content, none is made.

WeasyPrint makes an empty box for each, since those beside it may need its width. It keeps none without content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from handpress.press.pdf.hot_spots.replacing import replace

SIDES = {
    "top": ("left", "center", "right"),
    "bottom": ("left", "center", "right"),
    "left": ("top", "middle", "bottom"),
    "right": ("top", "middle", "bottom"),
}
CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")
KEYWORDS = (
    *(f"@{side}-{place}" for side, places in SIDES.items() for place in places),
    *(f"@{corner}-corner" for corner in CORNERS),
)


def quicken() -> None:
    from weasyprint.layout import page as layout

    slowly: Callable[[Any, Any, Any], Iterable[Any]] = layout.make_margin_boxes

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterable[Any]:
        styles = (context.style_for(page.page_type, keyword) for keyword in KEYWORDS)
        contents = {style["content"] for style in styles if style is not None}
        if contents <= {"normal", "inhibit", "none"}:
            return ()
        return slowly(context, page, state)

    replace(layout.make_margin_boxes, make_margin_boxes)
