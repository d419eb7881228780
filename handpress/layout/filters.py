"""Text for templates: running heads and addresses."""

from __future__ import annotations

import re


def running_head(text: str, most: int = 56) -> str:
    """`text` short enough for a running head, cut after a word."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def bare_address(url: str) -> str:
    """An address as people write it down."""
    return re.sub(r"^(https?://|mailto:|tel:)", "", url).rstrip("/")
