"""The files that come with Handpress: its code, layouts, fonts and manual."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]


def shipped(name: str) -> Path:
    """Handpress's own `layouts` or `fonts`: in the package of the wheel, or in the root of a clone."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
