"""Lines from right to left: they are indented on the right, and the space at their end is dropped.

WeasyPrint indents every first line on its left. It draws the last text of such a line with its space, and moves the line by as much. In a justified line it draws it
without the space, and a text from left to right has its space on the other side: those were a space too far to one side.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def lay_out_from_the_right() -> None:
    """Change WeasyPrint's functions for a line and its end. Call it once."""
    from weasyprint.layout import inline

    inline.get_next_linebox = indented(inline.get_next_linebox)
    inline.remove_last_whitespace = without_last_space(inline.remove_last_whitespace)


def indented(next_line: Callable[..., tuple[Any, Any]]) -> Callable[..., tuple[Any, Any]]:
    """Return WeasyPrint's `get_next_linebox`, with the indent where a line from right to left begins."""

    def changed(context: Any, linebox: Any, *rest: Any) -> tuple[Any, Any]:
        line, resume_at = next_line(context, linebox, *rest)
        if line and linebox.text_indent and line.style["direction"] == "rtl":
            for child in line.children:
                if child.is_in_normal_flow():
                    child.translate(dx=-linebox.text_indent, ignore_floats=True)
        return line, resume_at

    return changed


def without_last_space(remove: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return WeasyPrint's `remove_last_whitespace`, changed for those lines."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
    from weasyprint.layout.inline import split_text_box

    def changed(context: Any, line: Any) -> None:
        around, box = [], line
        while isinstance(box, LineBox | InlineBox) and box.children:
            around.append(box)
            box = box.children[-1]
        if (
            not (isinstance(box, TextBox) and (text := box.text.rstrip(" ")) and text != box.text)
            or box.style["white_space"] in ("pre", "pre-wrap")
            or line.style["direction"] == "ltr"
            or (box.style["direction"] == "rtl" and line.style["text_align_all"] != "justify")
        ):
            remove(context, line)
            return
        width = box.width
        shown, _, _ = split_text_box(context, box.copy_with_text(text), None, 0)
        box.text, box.width, box.pango_layout = text, shown.width, shown.pango_layout
        for outer in around:
            outer.width += box.width - width
            # The texts before the last one are on its right, and follow it.
            if outer.style["direction"] == "rtl":
                for child in outer.children[:-1]:
                    child.translate(dx=box.width - width, ignore_floats=True)

    return changed
