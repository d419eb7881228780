"""Absolute units of length, in points (CSS Values and Units 4, section 6.2)."""

from __future__ import annotations

POINTS = {
    "pt": 1.0,
    "px": 0.75,
    "pc": 12.0,
    "in": 72.0,
    "cm": 72 / 2.54,
    "mm": 72 / 25.4,
    "q": 72 / 101.6,
}

SIDES = 2  # of a sheet of paper
