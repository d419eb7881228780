"""Flow: most boxes are neither floats nor positioned, and most lines have no float beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def quicken() -> None:
    from weasyprint.formatting_structure.boxes import Box, LineBox
    from weasyprint.layout import float as floats

    from handpress.press.pdf.hot_spots.quicken import replace

    slow_flow: Callable[[Any], bool] = Box.is_in_normal_flow
    slow_place: Callable[..., tuple[float, float, float]] = floats.avoid_collisions

    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        plain = style["float"] == "none" and style["position"] in ("static", "relative")
        return plain or slow_flow(self)

    def avoid_collisions(
        context: Any, box: Any, containing_block: Any, outer: bool = True
    ) -> tuple[float, float, float]:
        """Return the place of a box, and the width that it may have there."""
        if context.excluded_shapes or not outer or not isinstance(box, LineBox):
            return slow_place(context, box, containing_block, outer)
        left = containing_block.content_box_x()
        right = left + containing_block.width
        start = right if containing_block.style["direction"] == "rtl" else left
        return start, box.position_y, right - left

    Box.is_in_normal_flow = is_in_normal_flow
    replace(floats.avoid_collisions, avoid_collisions)
