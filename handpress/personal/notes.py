"""Notes of a practitioner to one client: plain text as a panel of a handout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape


def note_html(note: str, words: Mapping[str, Any]) -> str:
    """Return the panel of a note; an empty line begins a new paragraph. "" without a note."""
    if not note:
        return ""
    paragraphs = [
        Markup("<br />").join(map(escape, part.strip("\n").split("\n")))
        for part in note.split("\n\n")
        if part.strip("\n")
    ]
    inside = Markup("").join(
        Markup('<p data-field="note">{}</p>').format(text) for text in paragraphs
    )
    return Markup('<section class="own-note"><p class="label">{}</p>{}</section>').format(
        words["own_note"], inside
    )  # fmt: skip
