"""The row of fields at the top of a handout: a label for each, and the text in it, if there is any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from handpress.series.model import Practice

LABELS = {"client": "for", "date": "date_label", "practitioner": "practitioner", "next_visit": "next_visit"}  # fmt: skip
LONG = 40  # characters: a longer text has a line of its own, above the row


class WriteIn(Struct, frozen=True):
    """A field of the row."""

    label: str
    given: str = ""
    name: str = ""  # set where the press is asked for the field's place
    sample: bool = False  # the text only takes the room of a later one

    @property
    def long(self) -> bool:
        return len(self.given) > LONG


def unfilled(words: Mapping[str, Any], practice: Practice | None) -> tuple[WriteIn, ...]:
    """Return the fields of a handout that is filled in by hand. A practice may have one practitioner."""
    given = {"practitioner": practice.practitioner if practice else ""}
    return tuple(WriteIn(words[word], given.get(name, "")) for name, word in LABELS.items())
