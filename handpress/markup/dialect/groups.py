"""Groups: tabs, steps, columns and cards between two tags of GitBook, Hugo or Markdoc, and GitBook's links as blocks.

A reader of paper gets all of a group, below each other.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote

from markdown_it.rules_block import StateBlock

from handpress.core.files.file_names import is_markdown
from handpress.markup.dialect.boxes import Written, close_box, open_plain, paragraph
from handpress.markup.dialect.lines import closing_line, indented_as_code, line_at, read_inside
from handpress.markup.dialect.shortcodes import tags_of

_TAG = re.compile(r"\{(?:\{[<%]|(%))-?[ \t]*([a-z][\w-]*)([^{}]*?)-?(?:[>%]\}|%)\}[ \t]*")
_GROUPS = frozenset(
    ["tabs", "tabset", "tabpane", "stepper", "steps", "columns", "column", "cards", "cardgrid", "updates"]
)  # fmt: skip
_TITLED = frozenset(
    ["tab", "tabitem", "step", "card", "update", "accordion", "details", "expand", "collapse", "spoiler"]
)  # fmt: skip
_TITLES = ("title", "label", "name", "header", "heading", "date")
_ADDRESSES = ("url", "src", "page", "href")
_TO_ITSELF = re.compile(r"\[([^\[\]]+)\]\([^()]*\)")


def group(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read what is between two tags as it is, with the title of the first in bold, or a link."""
    if state.src[state.bMarks[start] + state.tShift[start]] != "{":
        return False
    found = _TAG.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    name, written = found[2], Written(found[3])
    opening, closing = tags_of(name, bool(found[1]))
    closed = closing_line(state, start, end, opening, closing)
    if name in _LINKS:
        return _link(state, (start, closed or start), name, written, silent)
    if closed is None or closed == start or name not in _GROUPS | _TITLED:
        return False
    if not closing.fullmatch(line_at(state, closed).rstrip()):
        return False
    if not silent:
        opened = open_plain(state, start, {})
        if name in _TITLED and (title := _title(written)):
            paragraph(state, start, f"**{title}**")
        read_inside(state, start + 1, closed, "group", state.blkIndent)
        state.line = closed + 1
        close_box(state, opened)
    return True


def _title(written: Written) -> str:
    named = (written.values[key] for key in _TITLES if written.values.get(key))
    return next(named, "") or " ".join(written.words)


def _link(
    state: StateBlock, lines: tuple[int, int], name: str, written: Written, silent: bool
) -> bool:
    """Read a block that is a link, with the words up to its end tag."""
    start, closed = lines
    address = next((written.values[key] for key in _ADDRESSES if written.values.get(key)), "")
    if not address:
        return False
    if not silent:
        words = " ".join(line_at(state, n) for n in range(start + 1, closed)).strip()
        words = words or written.values.get("caption", "")
        paragraph(state, start, _LINKS[name](address, words))
        state.line = closed + 1
    return True


def _to_article(address: str, words: str) -> str:
    """Return a link to an article. GitBook shows its title, and writes the name of its file."""
    found = _TO_ITSELF.fullmatch(words)
    if is_markdown(address) and (not words or (found and found[1] in address)):
        return f"[](<{address}>)"
    return words or f"<{address}>"


def _to_file(address: str, words: str) -> str:
    return f"[{words or unquote(posixpath.basename(address))}](<{address}>)"


def _to_web(address: str, words: str) -> str:
    return f"[{words}](<{address}>)" if words else f"<{address}>"


_LINKS: dict[str, Callable[[str, str], str]] = {
    "content-ref": _to_article,
    "page-ref": _to_article,
    "file": _to_file,
    "embed": _to_web,
}
