"""Flow: most boxes are neither floats nor positioned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def quicken() -> None:
    from weasyprint.formatting_structure.boxes import Box

    slow_flow: Callable[[Any], bool] = Box.is_in_normal_flow

    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        plain = style["float"] == "none" and style["position"] in ("static", "relative")
        return plain or slow_flow(self)

    Box.is_in_normal_flow = is_in_normal_flow
