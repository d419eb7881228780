"""Roles: a name in braces before words in backticks, as MyST and Sphinx write links and signs: ``{doc}`knee` ``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markdown_it.rules_inline import StateInline

from handpress.markup.dialect.commands import read_words
from handpress.markup.dialect.obsidian import WIKI
from handpress.markup.dialect.unread import (
    CITATION,
    LESS_THAN,
    ROLE,
    is_verbatim,
    push_formula,
    report,
)

LABEL = "label:"  # an address of ours, before the label of a place in any article

# In braces, as in Markdown, or between colons, as in reStructuredText.
_ROLE = re.compile(
    r"(?:\{(?P<name>[A-Za-z][\w:.+-]*)\}|(?<![\w:]):(?P<between>[a-z][\w-]*(?::[a-z]+)?):)"
    r"(?P<ticks>`+)(?!`)(?P<text>(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)",
    re.S,
)
_WITH_ADDRESS = re.compile(
    rf"(?P<words>.*?\S)\s*[<{LESS_THAN}](?P<address>[^<>{LESS_THAN}]+)>\s*", re.S
)
_WITH_MEANING = re.compile(
    r"(?P<words>.*?\S)\s*\((?P<meaning>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*", re.S
)
# In the words of a link: where its program puts the number of a figure or a section.
_NUMBER = re.compile(r"%s|\{(?:number|name)\}")
# The schemes of links. A page is found by its name as in a wiki.
_LINKS = {"doc": WIKI, "ref": LABEL, "numref": LABEL, "any": LABEL, "std:doc": WIKI, "std:ref": LABEL, "prf:ref": LABEL, "download": ""}  # fmt: skip
_TAGS = {
    "sub": "sub", "subscript": "sub", "sup": "sup", "superscript": "sup", "kbd": "kbd", "strong": "strong",
    "emphasis": "em", "del": "del", "u": "u", "underline": "u",
}  # fmt: skip
_WORDS = frozenset(
    ["term", "index", "guilabel", "menuselection", "sc", "smallcaps", "dfn", "abbreviation", "title-reference", "title"]
)  # fmt: skip
_CODE = frozenset(
    ["code", "literal", "file", "command", "program", "samp", "envvar", "option", "func", "class", "meth", "mod", "attr",
     "exc", "obj", "data", "const", "makevar", "mimetype", "regexp"]
)  # fmt: skip
_LANGUAGES = frozenset(["py", "c", "cpp", "js", "rst", "std"])  # before the name of what is code
_NUMBERED = {"pep": "PEP ", "rfc": "RFC "}
_SIGNS = frozenset(
    ["octicon", "fa", "fas", "far", "fab", "material-regular", "material-outlined", "material-round", "material-sharp",
     "material-twotone", "icon"]
)  # fmt: skip
_CITATIONS = ("cite", "footcite")


def role(state: StateInline, silent: bool) -> bool:
    """Read a role. One with a meaning that we do not have leaves its words."""
    at = state.pos
    if state.src[at] not in "{:":
        return False
    found = _ROLE.match(state.src, at, state.posMax)
    if not found or is_verbatim(state, at):
        return False
    if not silent:
        name = (found["name"] or found["between"]).lower()
        _reader_of(name)(state, found, name)
    state.pos = found.end()
    return True


def _link(state: StateInline, found: re.Match[str], name: str) -> None:
    start, end = found.span("text")
    parts = _WITH_ADDRESS.fullmatch(state.src, start, end)
    address = (parts["address"] if parts else found["text"]).strip().lstrip("!~")
    numbered = parts is None or _NUMBER.search(parts["words"])
    opened = not state.linkLevel
    if opened:
        state.push("link_open", "a", 1).attrs = {"href": f"{_LINKS[name]}{address}"}
    if not numbered and parts:
        read_words(state, *parts.span("words"))
    elif not opened or not _LINKS[name]:
        state.push("text", "", 0).content = address
    if opened:
        state.push("link_close", "a", -1)


def _marked(state: StateInline, found: re.Match[str], name: str) -> None:
    tag = _TAGS[name]
    state.push("role_open", tag, 1)
    read_words(state, *found.span("text"))
    state.push("role_close", tag, -1)


def _words(state: StateInline, found: re.Match[str], name: str) -> None:
    start, end = found.span("text")
    parts = _WITH_ADDRESS.fullmatch(state.src, start, end)
    read_words(state, *(parts.span("words") if parts else (start, end)))


def _unknown(state: StateInline, found: re.Match[str], name: str) -> None:
    report(state, ROLE, found.start(), found[0])
    _words(state, found, name)


def _code(state: StateInline, found: re.Match[str], name: str) -> None:
    parts = _WITH_ADDRESS.fullmatch(found["text"])
    written = " ".join((parts["words"] if parts else found["text"]).split())
    if not parts and written.startswith("~"):  # of a name with dots, the last part
        written = written.rpartition(".")[2].lstrip("~")
    state.push("code_inline", "code", 0).content = written.removeprefix("!")


def _abbreviation(state: StateInline, found: re.Match[str], name: str) -> None:
    start, end = found.span("text")
    parts = _WITH_MEANING.fullmatch(state.src, start, end)
    attrs = {"title": " ".join(parts["meaning"].split())} if parts else {}
    state.push("role_open", "abbr", 1).attrs = dict(attrs)
    read_words(state, *(parts.span("words") if parts else (start, end)))
    state.push("role_close", "abbr", -1)


def _formula(state: StateInline, found: re.Match[str], name: str) -> None:
    push_formula(state, found.start(), f"${found['text'].strip()}$", found[0])


def _numbered(state: StateInline, found: re.Match[str], name: str) -> None:
    state.push("code_text", "", 0).content = f"{_NUMBERED[name]}{found['text'].strip()}"


def _sign(state: StateInline, found: re.Match[str], name: str) -> None:
    """Print nothing for a sign that another program draws."""


def _citation(state: StateInline, found: re.Match[str], name: str) -> None:
    report(state, CITATION, found.start(), found[0])
    keys = ", ".join(key.strip() for key in found["text"].split(","))
    state.push("code_text", "", 0).content = f"[{keys}]"


_Reader = Callable[[StateInline, re.Match[str], str], None]
_READERS: Mapping[str, _Reader] = {
    **dict.fromkeys(_LINKS, _link),
    **dict.fromkeys(_TAGS, _marked),
    **dict.fromkeys(_WORDS, _words),
    **dict.fromkeys(_CODE, _code),
    **dict.fromkeys(_NUMBERED, _numbered),
    **dict.fromkeys(_SIGNS, _sign),
    "abbr": _abbreviation,
    "math": _formula,
}


def _reader_of(name: str) -> _Reader:
    group = name.partition(":")[0]
    if found := _READERS.get(name):
        return found
    if group in _LANGUAGES and ":" in name:
        return _code
    return _citation if group in _CITATIONS else _unknown
