"""Plain lines: lines of nothing but text, without floats beside them, are laid out once for all drafts of a document.

Most drafts change the air between blocks, or the size of a picture: paragraphs move, and their lines are as before. A line
depends on its text, its styles and its width. Only its height on the page is new, so WeasyPrint's last step, which
moves the line there, is done again for each draft, with the same numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from handpress.press.pdf.hot_spots.lines import LETTERS
from handpress.press.pdf.hot_spots.styles import lasting

SIDES = tuple(
    f"{name}_{side}{of}"
    for name, of in (("margin", ""), ("padding", ""), ("border", "_width"))
    for side in ("top", "right", "bottom", "left")
)
# The properties that decide a line, and the values that layout gives to its boxes.
STYLE = (
    *LETTERS, *SIDES, "box_decoration_break", "line_height", "text_align_all", "text_align_last",
    "vertical_align",
)  # fmt: skip
MOST = 4_000  # styles with one stylesheet
LAID = (
    *SIDES, "baseline", "height", "justification_spacing", "max_height", "max_width", "min_height",
    "min_width", "position_x", "position_y", "text", "width",
)  # fmt: skip


class _Kept(Struct, frozen=True):
    """A box as it was laid out. The rest of it is in the box that it is a part of, the child `place` of its parent."""

    place: int
    values: dict[str, Any]
    without: frozenset[str]  # the sides that are in another line
    layout: Any  # of a text
    children: tuple[_Kept, ...]


class _Line(Struct, frozen=True):
    """A line with its baseline at a height of 0, how far its text moves to the right, and where the next one begins."""

    box: _Kept
    right: float
    top: float
    resume_at: Any


def quicken() -> None:
    from weasyprint.layout import inline

    plain = _PlainLines()
    slowly: Callable[..., tuple[Any, Any]] = inline.get_next_linebox

    def get_next_linebox(
        context: Any, linebox: Any, position_y: float, bottom_space: float, skip_stack: Any,
        containing_block: Any, absolute_boxes: Any, fixed_boxes: Any, first_letter_style: Any,
        first_line_style: Any,
    ) -> tuple[Any, Any]:  # fmt: skip
        lines = getattr(context, "plain_lines", None)
        others = context.excluded_shapes or first_letter_style or first_line_style
        if lines is None or others or not plain.has_text_alone(linebox, containing_block):
            return slowly(
                context, linebox, position_y, bottom_space, skip_stack, containing_block,
                absolute_boxes, fixed_boxes, first_letter_style, first_line_style,
            )  # fmt: skip
        left, width = containing_block.content_box_x(), containing_block.width
        key = linebox.content, repr(skip_stack), left, width, linebox.text_indent
        if key in lines:
            found = lines[key]
            line = plain.laid(linebox, found.box)
        else:
            start = inline.skip_first_whitespace(linebox, skip_stack)
            if start == "continue":
                return None, None
            linebox.position_x, linebox.position_y = left, position_y
            linebox.width = linebox.height = 0
            width = left + width - left  # as WeasyPrint finds it, between floats
            line, resume_at, preserved, *_ = inline.split_inline_box(
                context, linebox, left + linebox.text_indent, left + width, bottom_space, start,
                containing_block, [], [], [], [], [], None, None,
            )  # fmt: skip
            if inline.is_phantom_linebox(line) and not preserved:
                line.height = 0
                return line, resume_at
            inline.remove_last_whitespace(context, line)
            last = resume_at is None or preserved
            right = inline.text_align(context, line, width, last=last)
            bottom, top = inline.line_box_verticality(line)
            line.baseline, line.height = -top, bottom - top
            line.margin_top = line.margin_bottom = 0
            line.position_y = top
            found = lines[key] = _Line(plain.keep(line), right, top, resume_at)
        line.translate(found.right, position_y - found.top)
        line.position_y = position_y
        return line, _copy(found.resume_at)

    inline.get_next_linebox = get_next_linebox


class _PlainLines:
    """Tells plain lines, and keeps their boxes."""

    def __init__(self) -> None:
        from weasyprint.formatting_structure.boxes import InlineBox, TextBox
        from weasyprint.text.line_break import Layout

        self.inline, self.text, self.layout = InlineBox, TextBox, Layout
        self.numbers = itertools.count()

    def has_text_alone(self, linebox: Any, around: Any) -> bool:
        """Return whether a box has plain lines from left to right, and note its content.

        It may change in a draft: a number of a page comes after the page.
        """
        whole = linebox.children
        changed = linebox.__dict__.get("whole") is not whole
        if changed or any(self.inside(box) is not inside for box, inside in linebox.parts):
            linebox.whole, linebox.parts = whole, []
            ltr = linebox.style["direction"] == around.style["direction"] == "ltr"
            linebox.content = self.content(linebox, linebox.parts) if ltr else None
        return linebox.content is not None

    def inside(self, box: Any) -> Any:
        return box.text if type(box) is self.text else box.children

    def content(self, box: Any, parts: list[tuple[Any, Any]]) -> tuple[Any, ...] | None:
        """Return what decides how a box is broken into lines, and collect the parts in it; None if its lines are not plain."""
        found: list[Any] = [self.number_of(box.style), box.trailing_collapsible_space]
        if type(box) is self.text:
            return *found, box.text
        for place, child in enumerate(box.children):
            if type(child) is not self.text and (type(child) is not self.inline or child.is_leader):
                return None
            if child.style["position"] != "static" or not child.is_in_normal_flow():
                return None
            child.place = place
            parts.append((child, self.inside(child)))
            inside = self.content(child, parts)
            if inside is None:
                return None
            found.append(inside)
        return tuple(found)

    def number_of(self, style: Any) -> int:
        """Return a number for what a style decides of a line; equal styles have the same."""
        kept = lasting(style).__dict__.setdefault("kept_numbers", {})
        if (kind := type(style)) not in kept:  # those of boxes without an element have no sizes
            numbers = style.font_config.__dict__.setdefault("line_styles", {})
            if len(numbers) >= MOST:
                numbers.clear()
            values = repr([style[name] for name in STYLE])
            if values not in numbers:
                numbers[values] = next(self.numbers)
            kept[kind] = numbers[values]
        number: int = kept[kind]
        return number

    def keep(self, box: Any, place: int = 0) -> _Kept:
        """Return a box of a line as it is laid out."""
        known = box.__dict__
        layout = known.get("pango_layout")
        return _Kept(
            place,
            {name: known[name] for name in LAID if name in known},
            frozenset(box.remove_decoration_sides),
            layout and self.copied(layout),
            tuple(self.keep(child, child.place) for child in box.children),
        )

    def laid(self, source: Any, kept: _Kept) -> Any:
        """Return a part of a box as it was laid out."""
        box = source.copy()
        box.__dict__.update(kept.values)
        box.remove_decoration_sides = set(kept.without)
        if kept.layout:
            box.pango_layout = self.copied(kept.layout)
        else:
            box.children = [
                self.laid(source.children[child.place], child) for child in kept.children
            ]
        return box

    def copied(self, layout: Any) -> Any:
        """Return a copy of a layout, because each is set up again to be drawn."""
        new = self.layout.__new__(self.layout)
        new.__dict__.update(layout.__dict__)
        return new


def _copy(resume_at: Any) -> Any:
    return {at: _copy(inside) for at, inside in resume_at.items()} if resume_at else resume_at
