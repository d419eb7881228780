"""Fenced divs: `::: warning Title` to `:::`, as Pandoc, Quarto, VuePress, Docusaurus and MyST write them."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from handpress.markup.blocks.note import known_name
from handpress.markup.dialect.boxes import Written, close_box, open_box, open_plain, paragraph
from handpress.markup.dialect.lines import indented_as_code, line_at, read_inside

_FENCE = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*:*[ \t]*")
_CODE = re.compile(r"(```+|~~~+)(.*)")
_PARTS = re.compile(r"(?:(\{[^}]*\})|([\w.:-]+))?(?:\[(.*)\])?[ \t]*(.*?)[ \t]*(\{[^}]*\})?")
_OPTION = re.compile(r":(class|name|title|icon|open):[ \t]*(.*)")
# The groups of other programs that have no name, and whose words are not their title.
_WITHOUT_TITLE = frozenset(
    ["columns", "column", "tabs", "tab", "row", "grid", "code-group", "center"]
)


def fenced_div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a fenced div: a box if its name or a class is that of one, else a group without a name."""
    if state.src[state.bMarks[start] + state.tShift[start]] != ":":
        return False
    found = _FENCE.fullmatch(line_at(state, start))
    if not found or not found[2] or indented_as_code(state, start):
        return False
    closed = _closing(state, start, end)
    if closed is None:
        return False
    if silent:
        return True
    first = start + 1
    name, title, attributes = _read(found[2])
    while first < closed and (option := _OPTION.fullmatch(line_at(state, first))):
        if option[1] == "class" and (kind := Written(option[2]).kind()):
            name = kind
        first += 1
    if name:
        opened = open_box(state, start, name, title)
        opened.attrs |= attributes
    else:
        opened = open_plain(state, start, attributes)
        if title:
            paragraph(state, start, title)
    before = len(state.tokens)
    read_inside(state, first, closed, "div", state.blkIndent)
    if name and not title:
        heading_to_title(state.tokens, before)
    state.line = closed + 1
    close_box(state, opened)
    return True


def heading_to_title(tokens: list[Token], at: int) -> None:
    """Make the title of a box of a heading that begins it."""
    if len(tokens) > at + 2 and tokens[at].type == "heading_open":
        for token in (tokens[at], tokens[at + 2]):
            token.tag = "p"
        tokens[at].attrs = {"class": "admonition-title"}


def _read(written: str) -> tuple[str | None, str, dict[str, str | int | float]]:
    """Return the name of the box that is `written`, its title, and the attributes that stay."""
    braces, word, bracketed, rest, after = (part or "" for part in _match(written))
    values = Written(f"{braces} {after}".replace("{", " ").replace("}", " "))
    name = known_name(word) or values.kind()
    title = bracketed or values.title() if braces != "{admonition}" else ""
    if braces and word == "" and not re.search(r"[.=#]", braces):  # {note} Title
        title = bracketed or rest
        name = name or ("note" if braces == "{admonition}" else None)
    else:
        title = title or rest
    if not name and (word in _WITHOUT_TITLE or not title):
        title = ""
    ids = [w[1:] for w in values.words if w.startswith("#") and len(w) > 1]
    return name, title, {"id": ids[0]} if ids else {}


def _match(written: str) -> tuple[str | None, ...]:
    found = _PARTS.fullmatch(written)
    return found.groups() if found else ("", "", "", written, "")


def _closing(state: StateBlock, start: int, end: int) -> int | None:
    """Return the line that closes the div which begins at line `start`.

    A run of colons closes the innermost open div that does not have more of them: so programs that count
    colons are read rightly, and Pandoc, which does not.
    """
    known: dict[int, int] = state.env["divs"]
    if start in known:
        return known[start]
    if start in state.env["open divs"]:
        return None
    opened: list[tuple[int, int]] = []
    code = ""
    indent = min(state.blkIndent, state.sCount[start])  # one directly below an item ends the list
    for line in range(start, end):
        text = line_at(state, line)
        if line > start and not state.isEmpty(line) and state.sCount[line] < indent:
            break
        if fence := _CODE.match(text):
            if not code:
                code = fence[1]
            elif fence[1].startswith(code) and not fence[2].strip():
                code = ""
        if code or not (found := _FENCE.fullmatch(text)):
            continue
        if found[2]:
            opened.append((line, len(found[1])))
            continue
        fitting = [n for n, (_, count) in enumerate(opened) if count <= len(found[1])]
        at = fitting[-1] if fitting else len(opened) - 1
        known[opened[at][0]] = line
        del opened[at:]
        if not opened:
            break
    state.env["open divs"].update(line for line, _ in opened)
    return known.get(start)
