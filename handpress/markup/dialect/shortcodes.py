"""Shortcodes: the boxes, pictures and code of Hugo, Jekyll and GitBook, as far as Markdown has the same."""

from __future__ import annotations

import re
from functools import cache

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from handpress.markup.blocks.note import OURS, WORDS
from handpress.markup.dialect.boxes import Written, close_box, open_box, paragraph, picture
from handpress.markup.dialect.lines import (
    closing_line,
    indented_as_code,
    last_of,
    line_at,
    read_inside,
)
from handpress.markup.dialect.unread import is_verbatim

_TAG = re.compile(r"\{(?:\{([<%])|(%))-?[ \t]*([\w/-]+)(.*?)-?(?:[>%]\}|%)\}")
_BOXES = WORDS.keys() | OURS
_PICTURES = frozenset(["figure", "img", "image", "picture", "asset_img"])
_ENDING = re.compile(r"\.\w{3,4}$")  # of the name of a picture
_SOURCES = ("src", "url", "image_path", "path", "image", "file")
_LONGEST = 20  # lines of a tag
_CODE = frozenset(["highlight", "code", "codeblock"])
_FENCED = re.compile(r"\s*(`{3,}|~{3,})[^\n]*\n(.*?)[ \t]*\1[ \t]*\s*", re.S)
_UNSEEN = frozenset(["raw", "endraw", "/raw"])  # keeps a program from reading what is between them


def shortcode(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a box, a picture or code that begins with a shortcode at the beginning of a line."""
    if state.src[state.bMarks[start] + state.tShift[start]] != "{":
        return False
    text, last = _whole_tag(state, start, end)
    found = _TAG.match(text)
    if not found or indented_as_code(state, start):
        return False
    name, rest = found[3].lower(), found[4].rstrip("/ \t")
    after = text[found.end() :].strip()
    if name in _UNSEEN and not after:
        tags = tags_of("raw", liquid=bool(found[2]))
        if not silent and (closed := closing_line(state, start, end, *tags)):
            state.env["verbatim"].append(range(start, closed))
        state.line = start + 1
        return True
    if name == "include" and (first := re.match(r"\s*(\w+)(?:\.html)?(?=\s)(.*)", rest, re.S)):
        name, rest = first[1].lower(), first[2]
        if name in WORDS:
            return _included_box(state, start, name, Written(rest), silent)
    if name in _PICTURES and not after:
        plain = _is_plain(name, bool(found[2]))
        return _picture(state, (start, last), Written(rest), silent, plain=plain)
    if last > start:
        return False
    liquid = bool(found[2])
    if name in _CODE or name == "comment":
        return not after and _code(state, (start, end), (name, Written(rest)), liquid, silent)
    if name in _BOXES:
        return _box(state, (start, end), (name, Written(rest)), (found.end(), liquid), silent)
    return False


def _whole_tag(state: StateBlock, start: int, end: int) -> tuple[str, int]:
    """Return the tag that begins at line `start`, in one line, and the line where it ends."""
    text, last = line_at(state, start), start
    while (
        "}" not in text
        and last - start < _LONGEST
        and last + 1 < end
        and not state.isEmpty(last + 1)
    ):
        last += 1
        text += f" {line_at(state, last)}"
    return (text, last) if "}" in text else (line_at(state, start), start)


def _picture(
    state: StateBlock, lines: tuple[int, int], written: Written, silent: bool, *, plain: bool
) -> bool:
    """Read a picture in lines of its own."""
    start, last = lines
    found = _of_picture(written, plain=plain)
    if found is None:
        return False
    if not silent:
        picture(state, start, *found)
        state.line = last + 1
    return True


def picture_in_line(state: StateInline, silent: bool) -> bool:
    """Read a shortcode that is a picture within a text."""
    at, src = state.pos, state.src
    if src[at] != "{" or last_of("}", src) < at:
        return False
    tag = _TAG.match(src, at, state.posMax)
    name = tag[3].lower() if tag else ""
    if tag is None or name not in _PICTURES or is_verbatim(state, at):
        return False
    found = _of_picture(Written(tag[4].rstrip("/ \t")), plain=_is_plain(name, bool(tag[2])))
    if found is None:
        return False
    if not silent:
        source, alt, caption, _ = found
        token = state.push("image", "img", 0)
        token.attrs = {"src": source, "alt": alt, **({"title": caption} if caption else {})}
        token.children = []
    state.pos = tag.end()
    return True


def _is_plain(name: str, liquid: bool) -> bool:
    """Return whether a picture is written as Hexo and Octopress do, without names of its values."""
    return name == "asset_img" or (liquid and name == "img")


def _of_picture(written: Written, *, plain: bool) -> tuple[str, str, str, str] | None:
    """Return the source, the words in its place, the caption and the link of a picture.

    Hexo writes it `plain`: the names of classes, the picture, its size and words about it.
    """
    values = written.values
    source = next((values[key] for key in _SOURCES if values.get(key)), "")
    if plain and not source:
        names = [n for n, word in enumerate(written.words) if _ENDING.search(word)]
        first = names[0] if names else len(written.words)
        source = next(iter(written.words[first:]), "")
        about = [word for word in written.words[first + 1 :] if not word.isdecimal()]
        values |= {"alt": " ".join(about)}
    elif not source and written.words:
        source, *more = written.words
        values |= {"alt": more[0]} if more and "alt" not in values else {}
    if not source or "{{" in source:
        return None
    words = [values[key] for key in ("title", "caption", "description") if values.get(key)]
    caption = ": ".join(words)
    link = values.get("link", "")
    return source, values.get("alt") or caption, caption, link if "{{" not in link else ""


def _included_box(state: StateBlock, start: int, name: str, written: Written, silent: bool) -> bool:
    """Read a box whose text is one of its values."""
    text = written.values.get("content") or written.values.get("text")
    if not text:
        return False
    if not silent:
        opened = open_box(state, start, name, written.values.get("title"))
        paragraph(state, start, text)
        state.line = start + 1
        close_box(state, opened)
    return True


def _without_fence(text: str) -> str:
    """Return code without the fence around it, which GitBook writes within its tag."""
    fenced = _FENCED.fullmatch(text)
    return fenced[2] if fenced else text


def _code(
    state: StateBlock, lines: tuple[int, int], tag: tuple[str, Written], liquid: bool, silent: bool
) -> bool:
    """Read the lines to the end tag as code, with its `title`; those of a comment as nothing."""
    (start, end), (name, written) = lines, tag
    closed = closing_line(state, start, end, *tags_of(name, liquid))
    if closed is None or closed == start:
        return False
    if not silent:
        if name != "comment":
            token = state.push("fence", "code", 0)
            token.map = [start, closed + 1]
            if title := written.values.get("title"):
                token.meta["title"] = title
            token.content = _without_fence(
                state.getLines(start + 1, closed, state.sCount[start], keepLastLF=True)
            )
        state.line = closed + 1
    return True


def _box(
    state: StateBlock,
    lines: tuple[int, int],
    written: tuple[str, Written],
    tag: tuple[int, bool],
    silent: bool,
) -> bool:
    """Read a box to its end tag, which may be on the same line."""
    (start, end), (name, values), (at, liquid) = lines, written, tag
    opening, closing = tags_of(name, liquid)
    closed = closing_line(state, start, end, opening, closing)
    ended = closing.search(line_at(state, closed)) if closed is not None else None
    if closed is None or ended is None:
        return False
    if silent:
        return True
    words = ended.start()
    opened = open_box(state, start, values.kind() or name, values.title())
    if closed == start:
        paragraph(state, start, line_at(state, start)[at:words])
    else:
        paragraph(state, start, line_at(state, start)[at:])
        read_inside(state, start + 1, closed, "box", state.blkIndent)
        paragraph(state, closed, line_at(state, closed)[:words])
    state.line = closed + 1
    close_box(state, opened)
    return True


@cache
def tags_of(name: str, liquid: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the tags that begin and end `name`."""
    if liquid:
        return re.compile(rf"\{{%-?[ \t]*{name}\b"), re.compile(
            rf"\{{%-?[ \t]*(?:end|/[ \t]*){name}[ \t]*-?%\}}"
        )
    return (
        re.compile(rf"\{{\{{[<%][ \t]*{name}\b"),
        re.compile(rf"\{{\{{[<%][ \t]*/[ \t]*{name}[ \t]*[>%]\}}\}}"),
    )
