"""Marks: attributes with which an element tells the press how it may be laid out."""

from __future__ import annotations

WHOLE = "data-whole"  # of a box that is read, or torn off, as one
UNLESS_HOLE = "unless-hole"  # the value for one that is split where it would leave a large hole
DIVISIBLE = "data-divisible"  # of one that may be split where a layout has large holes without that
UNLESS_THIRD = (
    "unless-third"  # the value for one that is split where it would leave a third of a page empty
)
KEPT = "data-kept"  # of a part that stays with the one below it, unless a third of a page would be empty
BALANCED = "data-balanced"  # of a title outside headings
