"""Baskets: the sheets of each browser's pack, with the dosage that was chosen on them. Nothing of them is in a file.

They have no name and no date. The dosage and the notes are forgotten some time after the basket's last use.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from handpress.core.caches.recent import Recent
from handpress.personal.visit import Prescribed, Visit

COOKIE = "handpress-pack"  # a random name of a browser
BROWSERS = 32
FORGET = 30 * 60.0  # seconds
BROWSER: ContextVar[str] = ContextVar("browser", default="")  # that the request in hand comes from


@dataclass(frozen=True)
class Entry:
    """A sheet of a pack: the key of its handout, and its exercises and note as they were given on its page."""

    key: str
    exercises: tuple[Prescribed, ...] = field(default=(), repr=False)
    note: str = field(default="", repr=False)

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
    return Entry(key, visit.exercises, visit.note) if visit else Entry(key)


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

    def forget(self, browser: str) -> None:
        """Leave a browser the titles of its pack alone."""
        self.timers.pop(browser, None)
        if browser in self.kept:
            self.kept[browser] = tuple(entry.plain() for entry in self.kept[browser])
