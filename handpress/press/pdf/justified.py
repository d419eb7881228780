"""Justified lines in scripts with a face of their own: they end at the margin.

WeasyPrint stretches spaces, and Pango takes a stretched space from the first face of the text: the Latin one, also among
Arabic or Korean words. It is not as wide as the one that was measured.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

SPACES = re.compile("[ \u00a0]")
# Letters that our faces for text, which have Latin, Greek and Cyrillic letters, may lack.
OTHER = re.compile("[\u0530-\u1dff\u2c00-\U0001ffff]")


def measure_stretched_spaces() -> None:
    """Change WeasyPrint's function for a justified line. Call it once."""
    from weasyprint.layout import inline

    inline.justify_line = justified(inline.justify_line)


def justified(justify_line: Callable[[Any, Any, float], None]) -> Callable[[Any, Any, float], None]:
    """Return WeasyPrint's `justify_line`, which gets boxes as wide as they are drawn."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
    from weasyprint.text.line_break import Layout, line_size

    def difference(box: Any) -> float:
        """Return by how much a text is wider with spaces that are stretched by nothing."""
        spaces = len(SPACES.findall(box.text))
        if not spaces or not OTHER.search(box.text):
            return 0
        layout = Layout(box.style, justification_spacing=1)
        layout.set_text(box.text, justify=True)
        width, _ = line_size(layout.get_first_line()[0], box.style)
        return float(width - spaces - box.width)

    def widen(box: Any, moved: float) -> float:
        """Move a box and widen its texts; return by how much what is on its right moves."""
        if isinstance(box, TextBox):
            box.position_x += moved
            wider = difference(box)
            box.width += wider
            return moved + wider
        if not isinstance(box, LineBox | InlineBox):
            box.translate(moved, 0)
            return moved
        box.position_x += moved
        right = moved
        from_left = box.children[:: -1 if box.style["direction"] == "rtl" else 1]
        for child in from_left:
            if child.is_in_normal_flow():
                right = widen(child, right)
        box.width += right - moved
        return right

    def changed(context: Any, line: Any, room: float) -> None:
        justify_line(context, line, room - widen(line, 0))

    return changed
