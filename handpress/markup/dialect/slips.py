"""Slips: mark-up that is nearly right, and read as it is meant, with a warning."""

from __future__ import annotations

from typing import ClassVar

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from msgspec import Struct

from handpress.markup.dialect.lines import line_at


class Slip(Struct, frozen=True):
    """The `reason` and how to write it instead, with its line in the text and what of that line is shown."""

    reason: str
    example: str
    line: int
    written: str
    code: str = "loose-markup"
    before: ClassVar[str] = ""
    column: ClassVar[int] = 0
    formula: ClassVar[str] = ""

    @property
    def facts(self) -> dict[str, str]:
        return {"reason": self.reason, "example": self.example, "written": self.written}


def slip(
    state: StateBlock, line: int, reason: str, example: str, code: str = "loose-markup"
) -> None:
    """Report that the block at `line` has a slip."""
    state.env["notices"].append(Slip(reason, example, line, line_at(state, line).strip(), code))


def is_unclosed(fence: Token) -> bool:
    """Return whether nothing closes a block of code, so that it goes to the end of what it is in."""
    first, last = fence.map or (0, 0)
    return bool(fence.content.strip()) and fence.content.count("\n") > last - first - 2


def unclosed_code(fence: Token) -> Slip:
    """Return the slip of a block of code that nothing closes."""
    example = "write the same marks on a line of their own where the code ends"
    reason = "nothing closes it, so all text below is printed as code"
    return Slip(reason, example, (fence.map or [0])[0], fence.markup, "unclosed-code")
