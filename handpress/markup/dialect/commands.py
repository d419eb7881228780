"""Links that Hexo and Nikola write as commands: to an article by its name, to a file beside it, or to the web."""

from __future__ import annotations

import re
from urllib.parse import unquote

from markdown_it.rules_inline import StateInline

from handpress.markup.dialect.lines import last_of
from handpress.markup.dialect.obsidian import WIKI
from handpress.markup.dialect.unread import is_verbatim
from handpress.markup.template_addresses import WHERE

_NAME = (
    r"(?:\"(?P<double>[^\"{}]{1,300})\"|'(?P<single>[^'{}]{1,300})'|(?P<name>[^\s{}\"']{1,300}?))"
)
_WORDS = r"(?:\s+(?P<quote>[\"']?)(?P<words>.{1,600}?)(?P=quote))??"
_OPEN_QUOTE, _CLOSE_QUOTE = r"(?P<quote>[\"']?)", r"(?P=quote)"
# Each with the scheme of its link. A name finds an article as in a wiki.
_COMMANDS = tuple((re.compile(pattern, re.S), scheme) for pattern, scheme in (
    (rf"\{{%-?\s*post_link\s+{_NAME}{_WORDS}(?:\s+(?:true|false))?\s*-?%\}}", WIKI),
    (rf"\{{%-?\s*asset_link\s+{_NAME}{_WORDS}(?:\s+(?:true|false))?\s*-?%\}}", ""),
    (rf"\{{%-?\s*link\s+(?:{_OPEN_QUOTE}(?P<words>[^{{}}]{{1,600}}?){_CLOSE_QUOTE}\s+)??[\"']?(?P<name>{WHERE})[\"']?[^{{}}]{{0,600}}?-?%\}}", ""),
    (r"\{\{%\s*doc\s*%\}\}\s*(?:(?P<words>[^<>{}]{1,600}?)\s*<)?(?P<name>[^<>{}]{1,300}?)>?\s*\{\{%\s*/doc\s*%\}\}", WIKI),
))  # fmt: skip
# The address of an article by its name.
_NAMED = re.compile(r"\{%-?\s*post_path\s+[\"']?([^{}]+?)[\"']?\s*-?%\}(#.*)?|link://slug/(.+)")


def command_link(state: StateInline, silent: bool) -> bool:
    """Read a command that is a link. Without words it has the title of its article, or the name of its file."""
    at, src = state.pos, state.src
    if src[at] != "{" or last_of("%}", src) < at:
        return False
    found = _found(src, at, state.posMax)
    if not found or is_verbatim(state, at):
        return False
    match, scheme = found
    groups = match.groupdict()
    name = next(filter(None, map(groups.get, ("double", "single", "name"))))
    if not silent:
        opened = not state.linkLevel
        if opened:
            state.push("link_open", "a", 1).attrs = {"href": f"{scheme}{name.strip()}"}
        if groups["words"]:
            read_words(state, *match.span("words"))
        elif not opened or not scheme:
            state.push("text", "", 0).content = name
        if opened:
            state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _found(src: str, at: int, end: int) -> tuple[re.Match[str], str] | None:
    for pattern, scheme in _COMMANDS:
        if match := pattern.match(src, at, end):
            return match, scheme
    return None


def read_words(state: StateInline, start: int, end: int) -> None:
    """Read a range of the text as the words of a link."""
    last, state.pos, state.posMax = state.posMax, start, end
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.posMax = last


def article_named(address: str) -> str | None:
    """Return the name of the article, with an anchor, in an `address` that is a command; None in any other."""
    found = _NAMED.fullmatch(address.strip())
    if not found:
        return None
    return f"{found[1]}{found[2] or ''}" if found[1] else unquote(found[3])
