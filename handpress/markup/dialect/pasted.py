"""Pasted lists: lines that begin with the bullet or the box of a word processor, rewritten as items of Markdown."""

from __future__ import annotations

import re

from handpress.markup.dialect.slips import Slip
from handpress.markup.dialect.unread import Unread

_BULLETS = "•◦▪▫‣⁃●○■➢➤"
_EMPTY, _DONE = "☐❏❑□", "☑☒"
_SIGNS = "✓✔✗✘✅❌"  # printed, as they are words too
_NESTED = "◦▪▫o§"  # of the second level and below, which are often pasted without their indentation
# A bullet of another typeface or a dash is one only before a tab: with a space it may be a word, or begin a speech.
_ITEM = re.compile(
    rf"([ \t>]*)([{_BULLETS}](?=\w)|[{_BULLETS}{_EMPTY}{_DONE}](?=[ \t])|[·o§–—](?=\t)|\[[ xX]\](?=[ \t])"
    rf"|[{_SIGNS}]\ufe0f?(?=[ \t]))[ \t]*(.*\w.*)"
)
_ANY = re.compile(rf"^[ \t>]*[{_BULLETS}{_EMPTY}{_DONE}{_SIGNS}·o§–—\[]", re.M)
_CODE = re.compile(r"[ \t>]*(`{3,}|~{3,})|[ \t]*<(pre|script|style)\b", re.I)


def with_lists(text: str, notices: list[Unread | Slip]) -> str:
    """Return `text` with the marks of Markdown for those of pasted lists, and add a notice for each list."""
    if not _ANY.search(text):
        return text
    lines = text.split("\n")
    closing = ""  # the end of the code around the line
    # The indentation and the mark of each level of the list around the line.
    listed: list[tuple[str, str]] = []
    blank = True
    for number, line in enumerate(lines):
        if closing:
            closing = "" if closing in line else closing
            continue
        if code := _CODE.match(line):
            closing = code[1] or f"</{code[2]}"
            closing = "" if closing in line[code.end() :] else closing
        elif item := _item(lines, number, bool(listed)):
            before, mark, words = item
            if not listed:
                notices.append(_slip(number, mark))
            level = _level(listed, before, mark)
            tick = "[x] " if mark in _DONE or mark in "[x][X]" else "[ ] "
            tick = tick if mark[0] in f"{_EMPTY}{_DONE}[" else ""
            shown = f"{mark} " if mark[0] in _SIGNS else tick
            item_mark = "*" if tick else "-"  # a list of its own below one with bullets
            lines[number] = f"{before}{'  ' * level}{item_mark} {shown}{words}"
        elif blank and line.strip(" \t>") and not line.startswith((" ", "\t")):
            listed = []
        blank = not line.strip(" \t>")
    return "\n".join(lines)


def _item(lines: list[str], number: int, inside: bool) -> tuple[str, str, str] | None:
    """Return the indentation, the mark and the words of a line, if it is an item."""
    found = _ITEM.fullmatch(lines[number])
    if not found or found[2] in found[3]:  # a line with several is not a list
        return None
    mark, around = found[2], lines[max(number - 1, 0) : number + 2]
    # One line alone may be a sentence that begins with a sign, and `[x]` a link.
    alone = sum(bool(_ITEM.fullmatch(line)) for line in around) < 2 and not inside
    if alone and (mark[0] in _SIGNS or mark in ("[x]", "[X]")):
        return None
    return found[1], mark, found[3]


def _level(listed: list[tuple[str, str]], before: str, mark: str) -> int:
    """Return the level of an item within those that are `listed`, which are changed to those around the next."""
    here = (before, mark)
    if here in listed:
        del listed[listed.index(here) + 1 :]
    elif listed and mark in _NESTED and before == listed[0][0]:
        listed.append(here)
    else:
        listed[:] = [here]
    return len(listed) - 1


def _slip(number: int, mark: str) -> Slip:
    tick = mark[0] in f"{_EMPTY}{_DONE}["
    reason = f"Markdown knows no list with `{mark}`; it is read as one"
    return Slip(reason, f"begin each item with `{'- [ ] ' if tick else '- '}`", number, mark)
