"""Baskets: the sheets of each browser's pack, with the dosage that was chosen on them. Nothing of them is in a file.

They have no name and no date. The dosage and the notes are forgotten some time after the basket's last use. A mark of
the client's name, from which nobody can read it, tells when they would come on the sheet of somebody else.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from contextvars import ContextVar

from msgspec import Struct
from msgspec.structs import replace

from handpress.core.caches.recent import Recent
from handpress.personal.visit import Prescribed, Private, Visit, one_line

COOKIE = "handpress-pack"  # a random name of a browser
BROWSERS = 32
FORGET = 30 * 60.0  # seconds
SECRET = secrets.token_bytes(32)  # of this process, for marks
BROWSER: ContextVar[str] = ContextVar("browser", default="")  # that the request in hand comes from


class Entry(Private, Struct, frozen=True):
    """A sheet of a pack: the key of its handout, and its exercises and note as they were given on its page.

    `client` is the mark of the name that they were given for, empty as long as there was none.
    """

    key: str
    exercises: tuple[Prescribed, ...] = ()
    note: str = ""
    client: bytes = b""

    @property
    def given(self) -> bool:
        """Whether the sheet differs from its handout."""
        return bool(self.exercises or self.note)

    def plain(self) -> Entry:
        return Entry(self.key)

    def visit(self, texts: Visit | None) -> Visit | None:
        """Return the visit to fill the sheet in for: the fields of `texts` and what was given; None without either."""
        if not self.given:
            return texts
        return replace(texts or Visit(), exercises=self.exercises, note=self.note)


def entry_of(key: str, visit: Visit | None) -> Entry:
    """Return the entry of a sheet that is filled in for a visit, without the texts of its fields."""
    return Entry(key, visit.exercises, visit.note, mark(visit.client)) if visit else Entry(key)


def mark(name: str) -> bytes:
    """Return the mark of a client's name: the same for the same name until the desk ends, empty without a name."""
    text = one_line(name).casefold().encode()
    return hashlib.blake2b(text, key=SECRET, digest_size=16).digest() if text else b""


class Baskets:
    """The baskets of all browsers."""

    def __init__(self, seconds: float = FORGET) -> None:
        self.seconds = seconds
        self.kept: Recent[str, tuple[Entry, ...]] = Recent(BROWSERS)
        self.timers: dict[str, asyncio.TimerHandle] = {}

    @property
    def here(self) -> tuple[Entry, ...]:
        """The basket of the browser that the request in hand comes from."""
        return self.kept.get(BROWSER.get(), ())

    @here.setter
    def here(self, entries: tuple[Entry, ...]) -> None:
        browser = BROWSER.get()
        if timer := self.timers.pop(browser, None):
            timer.cancel()
        self.kept.pop(browser, None)
        if entries:
            self.kept[browser] = entries
        if any(entry.given for entry in entries):
            loop = asyncio.get_running_loop()
            self.timers[browser] = loop.call_later(self.seconds, self.forget, browser)

    def of_another(self, name: str) -> bool:
        """Whether something in the basket was given for another client than the one with this name."""
        return any(one.given and one.client not in (b"", mark(name)) for one in self.here)

    def give_to(self, name: str) -> None:
        """Note that everything in the basket is given for the client with this name."""
        client = mark(name)
        self.here = tuple(replace(one, client=client) if one.given else one for one in self.here)

    def take_back(self) -> None:
        """Leave the sheets as in their handouts."""
        self.here = tuple(one.plain() for one in self.here)

    def forget(self, browser: str) -> None:
        """Leave a browser the titles of its pack alone."""
        self.timers.pop(browser, None)
        if browser in self.kept:
            self.kept[browser] = tuple(entry.plain() for entry in self.kept[browser])
