"""Slips: mark-up that is nearly right, and read as it is meant, with a warning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.lines import line_at


@dataclass(frozen=True)
class Slip:
    """The `reason` and how to write it instead, with its line in the text and what of that line is shown."""

    reason: str
    example: str
    line: int
    written: str
    code: str = "loose-markup"
    before: ClassVar[str] = ""
    formula: ClassVar[str] = ""

    @property
    def facts(self) -> dict[str, str]:
        return {"reason": self.reason, "example": self.example, "written": self.written}


def slip(
    state: StateBlock, line: int, reason: str, example: str, code: str = "loose-markup"
) -> None:
    """Report that the block at `line` has a slip."""
    state.env["notices"].append(Slip(reason, example, line, line_at(state, line).strip(), code))
