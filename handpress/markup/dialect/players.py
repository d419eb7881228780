"""Players: the commands by which sites play a film or a sound, each a link to what they would play."""

from __future__ import annotations

import re
from typing import ClassVar

from markdown_it.rules_inline import StateInline
from msgspec import Struct

from handpress.markup.dialect.lines import last_of
from handpress.markup.dialect.unread import is_verbatim, line_of

# The address of what a command plays, by the name of the command.
_PAGES = {
    "media": "{}",  # of Nikola
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    # Of Roam, Logseq and others, with a whole address.
    **dict.fromkeys(("video", "audio", "tweet", "pdf", "iframe"), ""),
}
_PLAYER = re.compile(
    rf"(?:\{{\{{[<%]?|\{{%)-?\s*(?:\[\[)?(?P<name>{'|'.join(_PAGES)})(?:\]\])?:?(?P<given>[\s(]\s*[^\s{{}}%>][^{{}}]{{0,900}}?)-?(?:[>%]?\}}\}}|%\}})",
    re.I,
)
_VALUE = re.compile(r"(?:(\w+)\s*=\s*)?(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'(),]+))")
_ADDRESSES = ("id", "url", "src", "file")  # names of values
_IN_WORDS = re.compile(r"https?://(?:www\.)?")  # left out of an address that is words


class Player(Struct, frozen=True):
    """A command of a `name` that only a site can follow: its line, and where it is `written` in that line."""

    name: str
    line: int
    before: str
    written: str
    column: int
    code: ClassVar[str] = "embedded-media"
    formula: ClassVar[str] = ""

    @property
    def facts(self) -> dict[str, str]:
        return {"what": self.name, "instead": "a link"}


def player(state: StateInline, silent: bool) -> bool:
    """Read a command that plays something as a link to it."""
    at, src = state.pos, state.src
    if src[at] != "{" or last_of("}}", src) < at > last_of("%}", src):
        return False
    found = _PLAYER.match(src, at, state.posMax)
    address, words = _played(found) if found else ("", "")
    if not found or not address or is_verbatim(state, at):
        return False
    if not silent:
        opened = not state.linkLevel
        if opened:
            state.push("link_open", "a", 1).attrs = {"href": address}
        state.push("code_text", "", 0).content = words
        if opened:
            state.push("link_close", "a", -1)
        line, before, column = line_of(state, at)
        written = found[0].split("\n")[0]
        state.env["notices"].append(Player(found["name"], line, before, written, column))
    state.pos = found.end()
    return True


def _played(found: re.Match[str]) -> tuple[str, str]:
    """Return the address and the words of a link to what a command plays; no address if it names nothing."""
    alone: list[str] = []
    values: dict[str, str] = {}
    for key, *texts in _VALUE.findall(found["given"]):
        text = next(filter(None, texts), "")
        if key:
            values[key.lower()] = text
        else:
            alone.append(text)
    what = next((values[key] for key in _ADDRESSES if values.get(key)), "") or "".join(alone[:1])
    if not what:
        return "", ""
    page = "{}" if "//" in what else _PAGES[found["name"].lower()]
    address = page.format(what)
    return address, values.get("title") or _IN_WORDS.sub("", address).rstrip("/")
