"""The desk of one workspace: its library and press, and what all of its pages share."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from babel import Locale, UnknownLocaleError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from handpress.core.direction import direction
from handpress.core.files.workspace import Workspace
from handpress.core.media import PAPERS
from handpress.core.reason import translated
from handpress.desk.basket import Baskets
from handpress.desk.clients import Clients
from handpress.desk.kept import Kept, load_kept, save_kept
from handpress.desk.library import Handout, Library, read_library, state
from handpress.desk.paper import Paper, Unmade
from handpress.desk.press import Busy, Press
from handpress.desk.runs import Runs
from handpress.desk.search import Search, entries, exercise_entries
from handpress.desk.visit_form import COPIES, SIDES
from handpress.desk.words import LANGUAGE, interface_language, interface_words
from handpress.layout.words import Words, counted, long_date
from handpress.markup.blocks.exercise import DOSE_COLUMNS
from handpress.personal.visit import FIELDS
from handpress.series.model import Practice
from handpress.serve import pages
from handpress.serve.guard import HEADERS

HERE = Path(__file__).parent
# The choices of forms, for their templates.
CHOICES: Mapping[str, object] = {
    "papers": PAPERS,
    "most_copies": COPIES,
    "fields": FIELDS,
    "parts": DOSE_COLUMNS,
    "sides": SIDES,
}
# Previews are in the page itself, so that no address has a picture of a client's sheet.
POLICY = HEADERS["Content-Security-Policy"].replace("img-src 'self'", "img-src 'self' data:")


class Desk:
    """Everything that a running desk remembers. Only baskets and runs are about clients, for a time.

    With a `chosen` language, its pages are in that one. Otherwise each browser has them in its own.
    """

    def __init__(self, workspace: Workspace, press: Press, chosen: str = "") -> None:
        self.workspace, self.press, self.chosen = workspace, press, chosen
        self.environments: dict[str, jinja2.Environment] = {}  # of templates, by language
        self.baskets = Baskets()
        self.kept, self.aside = load_kept(workspace.disk.root)
        self.clients = Clients(press)
        self.runs = Runs()
        self.reading = asyncio.Lock()
        self.read()

    def read(self) -> None:
        """Read the workspace again."""
        self.state = state(self.workspace)
        self.library: Library = read_library(self.workspace)
        self.search = Search(entries(self.library.handouts.values()))
        self.exercises = Search(exercise_entries(self.library.handouts.values()))
        self.paper = Paper(self.workspace, self.press)
        self.paper.count(self.library.handouts.values())

    async def refresh(self) -> None:
        """Read the workspace again if one of its files has changed."""
        async with self.reading:
            if await asyncio.to_thread(state, self.workspace) != self.state:
                await asyncio.to_thread(self.read)

    async def count(self) -> None:
        """Draw all cards while nobody asks for anything, which also counts their pages."""
        for handout in [*self.library.handouts.values()]:
            with contextlib.suppress(Unmade, Busy):
                await self.paper.card(handout)

    def handout(self, request: Request) -> Handout:
        """Return the handout in the address of a request."""
        return self.known("{series}/{slug}".format(**request.path_params))

    def known(self, key: str) -> Handout:
        """Return the handout of a key. Any other text is an error, and no path."""
        if key not in self.library.handouts:
            raise HTTPException(404)
        return self.library.handouts[key]

    def several(self, keys: tuple[str, ...]) -> list[Handout]:
        """Return the handouts of `keys` that are still in the library."""
        return [self.library.handouts[key] for key in keys if key in self.library.handouts]

    @property
    def basket(self) -> tuple[str, ...]:
        """The keys of the handouts in the pack of this browser."""
        return tuple(e.key for e in self.baskets.here if e.key in self.library.handouts)

    def save(self, kept: Kept) -> None:
        """Keep favourites, printed handouts and sets."""
        if kept != self.kept:
            self.kept = kept
            save_kept(self.workspace.disk.root, kept)

    @property
    def interface(self) -> dict[str, Any]:
        """The words of the page in hand."""
        return interface_words(LANGUAGE.get())

    def said(self, reason: str) -> str:
        """Return a reason in the language of the page in hand, and with its quotation marks; one that it lacks is English."""
        said = translated(reason, self.interface["reasons"])
        return re.sub("`([^`]*)`", lambda found: self.quoted(found[1]), said)

    def quoted(self, text: str) -> str:
        return str(self.interface["quoted"]).format(text=text)

    def not_made(self, error: Unmade) -> str:
        """Return the sentence that a sheet could not be made, with the reason."""
        return str(self.interface["not_made"]).format(reason=self.said(error.reason))

    @property
    def templates(self) -> jinja2.Environment:
        """The templates with the words of the page in hand."""
        language = LANGUAGE.get()
        if language not in self.environments:
            found = self.environments[language] = pages.templates(HERE / "templates")
            words = SimpleNamespace(**self.interface)  # of a dict, a template would get the methods
            found.globals |= {"words": words, "counted": self.counted, "direction": direction}
            found.globals |= CHOICES
            found.filters |= {
                "base64": _base64,
                "language": self.language,
                "long_date": self.long_date,
            }
        return self.environments[language]

    def page(self, name: str, status: int = 200, **values: object) -> Response:
        """Return the page of a template."""
        shared = {"desk": self, "kept": self.kept, "basket": self.basket, "today": today()}
        response = pages.page(self.templates, name, status, **(shared | values))
        response.headers["Content-Security-Policy"] = POLICY
        return response

    def counted(self, key: str, number: int, **others: object) -> str:
        """Return a word in the form for a number."""
        return counted(key, number, self.interface, **others)

    def today_in(self, words: Words) -> str:
        """Return today's date as a handout with these words writes it."""
        return long_date(today(), words)

    def long_date(self, date: datetime.date) -> str:
        return long_date(date, self.interface)

    @property
    def practice(self) -> Practice | None:
        """The practice on the handouts, None without handouts or practice."""
        first = next(iter(self.library.handouts.values()), None)
        return first.layout.series.practice if first else None

    def style_name(self, style: str) -> str:
        """Return the name of a style; one of the workspace's own is called by its file."""
        return str(self.interface.get(f"style_{style}", style.replace("-", " ").capitalize()))

    def is_foreign(self, handout: Handout) -> bool:
        """Return whether a handout is in another language than the page in hand."""
        return interface_language(handout.language) != LANGUAGE.get()

    def language(self, tag: str) -> str:
        """Return the name of a language in the language of the interface."""
        try:
            name = Locale.parse(tag, sep="-").get_display_name(self.interface["language"])
        except (UnknownLocaleError, ValueError):
            return tag
        return str(name or tag)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()
