"""Notes of a practitioner to one client: plain text as a panel of a handout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from handpress.core.direction import text_direction


def note_html(note: str, words: Sequence[Mapping[str, Any]]) -> str:
    """Return the panel of a note; an empty line begins a new paragraph. "" without a note.

    `words` are those of each language of the sheet, which all name it.
    """
    if not note:
        return ""
    paragraphs = [
        Markup("<br />").join(map(escape, part.strip("\n").split("\n")))
        for part in note.split("\n\n")
        if part.strip("\n")
    ]
    inside = Markup("").join(
        Markup('<p data-field="note" dir="{}">{}</p>').format(text_direction(text), text)
        for text in paragraphs
    )
    return Markup('<section class="own-note"><p class="label">{}</p>{}</section>').format(
        " · ".join(each["own_note"] for each in words), inside
    )  # fmt: skip
