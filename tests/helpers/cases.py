"""The cases in ``tests/cases``: the command that shows each, and how the fix of one is applied."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handpress.core.problems.catalogue import KINDS
from handpress.press.preflight.rules import RULES

# Not of the workspace: what the command prints, and the change after which it prints nothing.
EXPECTED, FIX = "expected.txt", "fix.diff"
_TABLE = "personalise clients.csv --article spring --out sheets"

# `check` shows every other code. These need finished pages, files in the output, a table of clients, or a validator.
COMMANDS: Mapping[str, str] = {
    **{rule.code: "build" for rule in RULES if rule.code not in KINDS},
    **dict.fromkeys(("press-limit", "foreign-file", "outside-folder", "damaged-record"), "build"),
    **dict.fromkeys(
        ("unreadable-table", "unknown-column", "private-column", "refused-row"), _TABLE
    ),
    **dict.fromkeys(("invalid-ebook", "doubtful-ebook", "missing-validator"), "build --validate"),
    "invalid-pdf": "release --date 2027-03-01",
    "dead-link": "check --online",
}


def command(code: str) -> str:
    """Return the command, with its arguments, that reports the code."""
    return COMMANDS.get(code, "check")


def apply(diff: str, root: Path) -> None:
    """Change a file below `root`. The hunks have no numbers: the lines that each replaces are in the file once."""
    old, new, *lines = diff.splitlines(keepends=True)
    assert old.removeprefix("--- a/") == new.removeprefix("+++ b/")
    file = root / new.removeprefix("+++ b/").strip()
    for hunk in "".join(lines).split("@@\n")[1:]:
        marked = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in marked if line[0] in " -")
        after = "".join(line[1:] for line in marked if line[0] in " +")
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1, before
        file.write_text(text.replace(before, after), encoding="utf-8")
