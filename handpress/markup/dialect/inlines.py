"""Inlines beside CommonMark's: bare addresses, pairs of marks, loose link targets, and Python-Markdown's patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from handpress.markup.dialect.commands import article_named
from handpress.markup.dialect.east_asian import scanned
from handpress.markup.dialect.lines import last_of
from handpress.markup.template_addresses import target

# --- Bare addresses (GitHub Flavored Markdown, section 6.9) ------------------------------------

# The rest has the letters of both cases: to fold the case of its ranges would take ten milliseconds at each start.
_ADDRESS = re.compile(
    r"(?i:https?://|www\.)(?:[\w-]+\.)*?[A-Za-z0-9\-\u00a1-\uffff]+(?:\.[A-Za-z0-9\-\u00a1-\uffff]+)+(?::\d+)?(?:[/?#][^\s<]*)?",
)
_MAIL = re.compile(r"(?:mailto:)?[A-Za-z0-9.\-_+]+@[A-Za-z0-9\-_]+(?:\.[A-Za-z0-9\-_]+)+(?<![-_])")
_STOPS = re.compile(
    r"[\n\ufdd0!#$%&*+\-:<=>@\[\\\]^_`{}~]|\(\(|(?<![^\s*_~(\"'“‘„«\[])(?:www\.|https?://|[\w.+-]{1,64}@)",
    re.I,
)
_SIGNS = re.compile(r"[\n\ufdd0!#$%&*+\-:<=>@\[\\\]^_`{}~]|\(\(")  # the same without addresses
_OPENING = {")": "(", "]": "["}
_BEGINS = re.compile(r"www\.|https?://|(?:mailto:)?[\w.+-]{1,64}@", re.I)


def text(state: StateInline, silent: bool) -> bool:
    """Pass over text up to a character that may begin something."""
    src = state.src
    found = (_STOPS if _may_have_address(src) else _SIGNS).search(src, state.pos, state.posMax)
    at = found.start() if found else state.posMax
    if at == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : at])
    state.pos = at
    return True


@lru_cache(maxsize=4)  # a paragraph and the labels in it: each is asked about at every sign in it
def _may_have_address(text: str) -> bool:
    return "@" in text or "://" in text or "www." in text.lower()


def bare_address(state: StateInline, silent: bool) -> bool:
    """Read a web or e-mail address that is typed as text, and make it a link.

    In the search for the end of a label (`silent`) it is not an address, which would contain the bracket and the target.
    """
    at, src = state.pos, state.src
    if silent or state.linkLevel or not _BEGINS.match(src, at, state.posMax):
        return False
    if at and not (src[at - 1].isspace() or src[at - 1] in "*_~(\"'“‘„«["):
        return False
    found = _ADDRESS.match(src, at, state.posMax)
    mail = _MAIL.match(src, at, state.posMax)
    if found and "_" not in ".".join(
        re.split(r"[/?#]", found[0].split("//")[-1])[0].split(".")[-2:]
    ):
        written = _without_end(found[0])
        target = written if "://" in written.lower() else f"http://{written}"
    elif mail and src[mail.end() : mail.end() + 1] not in ("-", "_", "@"):
        written = mail[0]
        target = written if written.startswith("mailto:") else f"mailto:{written}"
    else:
        return False
    opened = state.push("link_open", "a", 1)
    opened.attrs = {"href": target}
    shown = state.push("code_text", "", 0)
    shown.content = written
    state.push("link_close", "a", -1)
    state.pos = at + len(written)
    return True


def _without_end(address: str) -> str:
    """Return `address` without the punctuation that ends the sentence."""
    while True:
        short = address.rstrip("?!.,:*_~'\"”’»“")
        if short.endswith((")", "]")) and short.count(short[-1]) > short.count(_OPENING[short[-1]]):
            short = short[:-1]
        elif entity := re.search(r"&[A-Za-z0-9]+;$", short):
            short = short[: entity.start()]
        if short == address:
            return address
        address = short


_BRACKETED = re.compile(
    r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>", re.ASCII
)


def address_in_link(state: StateInline, silent: bool) -> bool:
    """Read an address in angle brackets within the words of a link, in which it can be no link of its own."""
    found = _BRACKETED.match(state.src, state.pos, state.posMax) if state.linkLevel else None
    if not found:
        return False
    if not silent:
        state.push("code_text", "", 0).content = found[1]
    state.pos = found.end()
    return True


# --- Pairs of marks ----------------------------------------------------------------------------

_SINGLE = 0x110000  # no character: a single tilde finds only another
PAIRS = {ord("~"): "del", ord("="): "mark", _SINGLE: "del"}
_SCRIPT = re.compile(r"(?<=[\w)\]}])(?:~([\w+\-−.,]{1,12})~|\^([\w+\-−–.,*/()]{1,30})\^)(?![~^])")


def pair(state: StateInline, silent: bool) -> bool:
    """Read `~~`, `==` or `~`, which may open or close a pair.

    A single tilde is one only at the edge of a word: `5~10` is a range.
    """
    mark = state.src[state.pos]
    if silent or mark not in "~=":
        return False
    found = scanned(state, mark == "~")
    state.push("text", "", 0).content = mark * found.length
    opens, closes = found.can_open, found.can_close
    if found.length == 2 or (found.length == 1 and mark == "~"):
        if found.length == 1:
            after = state.src[state.pos + 1 : state.pos + 2]
            opens = opens and not (state.pos and state.src[state.pos - 1].isalnum())
            closes = closes and not after.isalnum()
        marker = ord(mark) if found.length == 2 else _SINGLE
        at = len(state.tokens) - 1
        state.delimiters.append(Delimiter(marker, 0, at, -1, opens, closes))
    state.pos += found.length
    return True


def finish_pairs(state: StateInline) -> None:
    """Make elements of the marks that found each other."""
    groups = [state.delimiters]
    groups += [meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta]
    for delimiters in groups:
        for opener in delimiters:
            tag = PAIRS.get(opener.marker)
            if tag is None or opener.end < 0:
                continue
            first = state.tokens[opener.token]
            last = state.tokens[delimiters[opener.end].token]
            first.type = last.type = f"{tag}_pair"
            first.tag = last.tag = tag
            first.content = last.content = ""
            first.nesting, last.nesting = 1, -1


def script(state: StateInline, silent: bool) -> bool:
    """Read `H~2~O` and `x^2^`, which have no space in them and stand after a letter."""
    if state.src[state.pos] not in "~^":
        return False
    found = _SCRIPT.match(state.src, state.pos, state.posMax)
    if not found or (found[1] and not state.src[state.pos - 1].isascii()):
        return False
    if found[1] and state.src[state.pos - 1].isdigit():  # `5~10~15` is a range
        return False
    if not silent:
        token = state.push("script", "sub" if found[1] else "sup", 0)
        token.content = found[1] or found[2]
    state.pos = found.end()
    return True


# --- Links -------------------------------------------------------------------------------------


def label_end(state: StateInline, start: int, disable_nested: bool = False) -> int:
    """Return the place of the bracket that ends the label which begins at `start`, or -1.

    Unlike markdown-it-py's own, it lets a label contain the call of a note, which becomes no link in it.
    """
    if last_of("]", state.src) <= start:
        return -1
    at, level, found = state.pos, 1, -1
    state.pos = start + 1
    while state.pos < state.posMax:
        before = state.pos
        if state.src[before] == "]":
            level -= 1
            if level == 0:
                found = before
                break
        state.md.inline.skipToken(state)
        if state.src[before] == "[":
            if state.pos == before + 1:
                level += 1
            elif disable_nested and state.src[before + 1] not in "^[":
                break
    state.pos = at
    return found


_LOOSE = re.compile(
    r"\([ \t]*([^()<>\n\"]*(?:\([^()<>\n\"]*\)[^()<>\n\"]*)*?)(?:[ \t]+(?:\"([^\n]*?)\"|'([^\n]*?)'))?[ \t]*\)"
)


def _is_known(code: str) -> bool:
    """Return whether the template `code` in place of an address is an address."""
    return article_named(code) is not None or "{" not in target(code)


_TEMPLATE = re.compile(r"\([ \t]*((?:\{\{[<%]?.*?[>%]?\}\}|\{%.*?%\})[^\s()<>]*)[ \t]*\)")


def loose_link(state: StateInline, silent: bool) -> bool:
    """Read a link or picture whose target has spaces, as in the names of files."""
    at = state.pos
    image = state.src.startswith("![", at)
    if state.src[at] != "[" and not image:
        return False
    if last_of("](", state.src) < at:
        return False
    closed = label_end(state, at + image, not image)
    if closed < 0:
        return False
    code = _TEMPLATE.match(state.src, closed + 1, state.posMax)
    found = code or _LOOSE.match(state.src, closed + 1, state.posMax)
    if not found or not found[1].strip() or (code and not _is_known(code[1])):
        return False
    title = "" if code else found[2] or found[3] or ""
    if not silent:
        label = state.src[at + image + 1 : closed]
        if image:
            token = state.push("image", "img", 0)
            token.attrs = {"src": found[1].strip(), "alt": ""}
            token.children = state.md.inline.parse(label, state.md, state.env, [])
        else:
            end, state.pos = state.posMax, at + 1
            token = state.push("link_open", "a", 1)
            token.attrs = {"href": found[1].strip()}
            state.posMax = closed
            state.linkLevel += 1
            state.md.inline.tokenize(state)
            state.linkLevel -= 1
            state.push("link_close", "a", -1)
            state.posMax = end
        if title:
            token.attrs["title"] = title
    state.pos = found.end()
    return True


# --- Tags of word processors --------------------------------------------------------------------

_FOREIGN_TAG = re.compile(r"</?[a-z]:[\w-]+(?:\s[^<>]*)?/?>", re.I)


def foreign_tag(state: StateInline, silent: bool) -> bool:
    """Read a tag such as `<o:p>`, which comes with pasted text, as HTML; CommonMark prints it."""
    found = _FOREIGN_TAG.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0]
    state.pos = found.end()
    return True


# --- Python-Markdown's patterns ----------------------------------------------------------------


def pattern(state: StateInline, silent: bool) -> bool:
    """Try the inline patterns that extensions of Python-Markdown have registered, at this place."""
    for processor in state.env["patterns"]:
        found = processor.getCompiledRegExp().match(state.src, state.pos, state.posMax)
        if not found:
            continue
        node, start, end = processor.handleMatch(found, state.src)
        if start is None or end is None or end <= state.pos:
            continue
        if not silent:
            state.push("node", "", 0).meta = {"node": node}
        state.pos = end
        return True
    return False
