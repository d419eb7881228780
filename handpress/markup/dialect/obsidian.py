"""Obsidian's links `[[Note|words]]`, embeds `![[picture.png|300]]`, comments `%% … %%`, and ids of blocks `^name`."""

from __future__ import annotations

import posixpath
import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from handpress.core.files.file_names import stem_of
from handpress.markup.dialect.lines import indented_as_code, line_at
from handpress.markup.dialect.unread import Unread
from handpress.markup.tree import FLOW, Element

# An address of ours, before all that is written between the brackets.
WIKI, EMBED = "wiki:", "embed:"
BLOCK = "block-"  # before the name of a block, as an id

COMMENT = "a comment without an end"

# Not `[[1]](#address)` and `[[1]][label]`, whose brackets are a link's; but `[[Note]](words)` and `[[One]][[Two]]`.
_LINK = re.compile(
    r"(!?)\[\[(?![\^\s])((?:[^\[\]\n\\]|\\.)+)\]\](?!\[(?!\[)|\([^()\s]*[/.#:][^()\s]*(?:\s+[\"'][^\n]*)?\))"
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|jfif|gif|svg|webp|avif|bmp|tiff?)(?:#[\w-]*)?$", re.I)
# An address on the web, with its words before it, as in Dendron and in GitHub's wikis, or behind it.
_WEB = re.compile(
    r"(?:(?P<before>[^|]+)\|\s*)?(?P<address>https?://[^\s|]+)(?:\s*\|(?P<behind>.+))?"
)
_SIZE = re.compile(r"(\d{1,4})(?:x(\d{1,4}))?")
_PLACES = ("center", "centre", "left", "right", "inline")  # of pictures, no words about them
_TAG = re.compile(r"(?:^|\s)#$")
_COMMENT = re.compile(r"(?<!\d)%%(?:(?!%%).)+%%", re.S)
_BLOCK_ID = re.compile(
    r"(?:^|(?<![ \t\n])[ \t\n]+)\^((?=[\w-]*[A-Za-z]|\d{4})[A-Za-z0-9-]{2,})\s*$"
)
_HAVE_IDS = ("p", "li", "dd", "td", "h1", "h2", "h3", "h4", "h5", "h6")


def wiki_link(state: StateInline, silent: bool) -> bool:
    """Read a link to a note, or a picture or note that is embedded."""
    found = _LINK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    written = re.sub(r"\\(.)", r"\1", found[2])
    if written.upper() in state.env.get("references", {}):
        return False
    if not silent:
        if _TAG.search(state.pending):  # `#[[two words]]` of Roam and Logseq
            state.pending = state.pending[:-1]
        path, *more = written.split("|")
        if found[1] and _PICTURE.search(path.strip()):
            _picture(state, written, more)
        else:
            _link(state, EMBED if found[1] else WIKI, written, more)
    state.pos = found.end()
    return True


def _picture(state: StateInline, written: str, more: list[str]) -> None:
    token = state.push("image", "img", 0)
    token.attrs = {"src": f"{EMBED}{written}", "alt": ""}
    token.children = []
    for each in more:
        if size := _SIZE.fullmatch(each.strip()):
            token.attrs |= {
                k: v for k, v in zip(("width", "height"), size.groups(), strict=True) if v
            }
        elif each.strip().lower() not in _PLACES:
            words = Token("text", "", 0)
            words.content = each.strip()
            token.children = [words]


def _link(state: StateInline, scheme: str, written: str, more: list[str]) -> None:
    address = f"{scheme}{written}"
    if web := _WEB.fullmatch(written.strip()):
        scheme, address = WIKI, web["address"]
        more = [web["before"] or web["behind"] or address]
    if not state.linkLevel:
        state.push("link_open", "a", 1).attrs = {"href": address}
    if scheme == WIKI or state.linkLevel:
        state.push("text", "", 0).content = "|".join(more).strip() or _shown(written)
    if not state.linkLevel:
        state.push("link_close", "a", -1)


def _shown(written: str) -> str:
    """Return the words of a link that has no others: the note's name, and the heading in it."""
    path, *headings = written.split("#")
    shown = [stem_of(posixpath.basename(path.strip())), *(h.strip().lstrip("^") for h in headings)]
    if path.strip() and headings and headings[-1].strip().startswith("^"):
        shown.pop()
    return " > ".join(filter(None, shown)) or written


def comment(state: StateInline, silent: bool) -> bool:
    """Read a comment within a text, and print nothing."""
    found = _COMMENT.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    state.pos = found.end()
    return True


def comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a comment that begins a line and may go on over blank lines, and print nothing."""
    first = line_at(state, start)
    if not first.startswith("%%") or indented_as_code(state, start):
        return False
    at = state.bMarks[start] + state.tShift[start]
    closed = state.src.find("%%", at + 2, state.eMarks[end - 1])
    if closed < 0:
        if not silent:
            state.env["notices"].append(Unread(COMMENT, start, "", first))
        return False
    last = next(line for line in range(start, end) if closed <= state.eMarks[line])
    more = state.src[closed + 2 : state.eMarks[last]].strip()
    if more and last == start:  # within a text
        return False
    if silent:
        return True
    state.push("comment", "", 0).map = [start, last]
    if more:
        state.bMarks[last] = closed + 2
        state.tShift[last] = state.sCount[last] = 0
        state.line = last
    else:
        state.line = last + 1
    return True


def name_blocks(body: Element) -> None:
    """Give the blocks of `body` the ids that are written at their ends, `text ^name`; one alone is for the block before."""
    for parent in list(body.iter()):
        before: Element | None = None
        for block in list(parent):
            if block.tag in _HAVE_IDS and (name := _take_id(block)):
                alone = block.tag == "p" and not len(block) and not (block.text or "").strip()
                named = before if alone and before is not None else block
                if alone and before is not None:
                    parent.remove(block)
                if named.get("id") is None:
                    named.set("id", f"{BLOCK}{name}")
            before = block


def _take_id(block: Element) -> str | None:
    """Take the id out of the text of a block, and return it."""
    inner = next((n for n, child in enumerate(block) if child.tag in FLOW), len(block))
    holder = block[inner - 1] if inner else block
    text = (holder.tail if inner else holder.text) or ""
    found = _BLOCK_ID.search(text)
    if not found:
        return None
    if inner:
        holder.tail = text[: found.start()]
    else:
        holder.text = text[: found.start()]
    return found[1]
