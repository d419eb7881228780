"""Sheets for clients: filled in by processes that no two visits share, and that end soon after."""

from __future__ import annotations

import asyncio

from msgspec import Struct
from msgspec.structs import replace

from handpress.core.caches.recent import Recent
from handpress.desk import pictures
from handpress.desk.library import Handout
from handpress.desk.paper import Look, Paper, Pdf, Unmade, without_parts
from handpress.desk.pictures import Preview
from handpress.desk.press import Make, Press
from handpress.layout.words import Words
from handpress.personal.columns import WrongCell
from handpress.personal.dates import NoSuchDay, in_words, order_of
from handpress.personal.sheet import Other, Sheet, fill
from handpress.personal.visit import Unfillable, Visit
from handpress.press.pool import Failed
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered

SHEETS = 32  # of handouts in a look: no client's text is in them
AT_ONCE = 2  # visits with a process of their own
IDLE = 60.0  # seconds until a process that made something for a client ends


class _Place(Struct):
    press: Press
    end: asyncio.TimerHandle | None = None


class Clients:
    """The processes that know a client's texts: one for each visit, by a random name that its page has."""

    def __init__(self, plain: Press, idle: float = IDLE) -> None:
        self.plain, self.idle = plain, idle
        self.sheets: Recent[tuple[str, str, Look], Sheet] = Recent(SHEETS)
        self.places: dict[str, _Place] = {}

    def sheet(self, paper: Paper, handout: Handout, look: Look) -> Sheet:
        """Return the sheet of a handout in a look, which keeps its forms."""
        series = handout.layout.series
        key = (handout.key, str(id(handout.layout)), look)
        if key not in self.sheets:
            other = None
            if there := handout.others.get(look.other):
                other = Other(there.layout, paper.labels(there.layout.series), look.form)
            labels = paper.labels(series)
            self.sheets[key] = Sheet(
                handout.layout, handout.slug, look.variant, labels, other=other
            )
        return self.sheets[key]

    async def pdf(self, sheet: Sheet, look: Look, visit: Visit, token: str) -> Pdf:
        """Return a sheet for one client. Raises :class:`.Unmade`, also for a day that does not exist."""
        cleaned = dated(visit.cleaned(), sheet.printed.words)

        def form(make: Make) -> None:
            sheet.form(cleaned, without_on(make, look))

        def work(make: Make) -> bytes:
            return fill(sheet, cleaned, without_on(make, look))

        try:
            # The form has no text of the client, so the process that all share lays it out.
            if not sheet.sources:  # the title of a sheet of one's own may be about a client
                await self.plain.run(form)
            data = await self.press(token).run(work)
        except Unfillable as error:
            raise Unmade(error.reason) from None
        return Pdf(data, await asyncio.to_thread(pictures.count, data))

    async def preview(self, sheet: Sheet, look: Look, visit: Visit, token: str) -> Preview:
        """Return pictures of a sheet for one client."""
        return await self.drawn(await self.pdf(sheet, look, visit, token))

    async def drawn(self, pdf: Pdf) -> Preview:
        """Return pictures of finished pages."""
        return await asyncio.to_thread(pictures.preview, pdf.data)

    async def warm(self, token: str, recipe: Recipe) -> None:
        """Start the process of a visit, and let it make a plain handout, so that the first preview is quick."""
        await self.press(token).run(lambda make: make(recipe))

    def press(self, token: str) -> Press:
        """Return the process of a visit. The one unused for longest ends if there are too many."""
        place = self.places.pop(token, None) or _Place(Press())
        self.places[token] = place
        while len(self.places) > AT_ONCE:
            self.end(next(iter(self.places)))
        if place.end:
            place.end.cancel()
        place.end = asyncio.get_running_loop().call_later(self.idle, self.end, token)
        return place.press

    def end(self, token: str) -> None:
        """End the process of a visit, with all that is in its memory."""
        if place := self.places.pop(token, None):
            if place.end:
                place.end.cancel()
            place.press.end()

    def close(self) -> None:
        """End the processes of all visits."""
        for token in [*self.places]:
            self.end(token)


def dated(visit: Visit, words: Words) -> Visit:
    """Return a visit with its dates in words, as a table gives them.

    A table refuses a date that has no year or could be two days. Here it stays as typed: its reader sees the page.
    Raises :class:`.Unmade` for a day that does not exist.
    """
    first = order_of((visit.date, visit.next_visit))

    def written(text: str) -> str:
        try:
            return in_words(text, words, first)
        except NoSuchDay:
            raise Unmade("a date has a day that does not exist") from None
        except WrongCell:
            return text

    return replace(visit, date=written(visit.date), next_visit=written(visit.next_visit))


def without_on(make: Make, look: Look) -> Make:
    """Return `make` for recipes without the parts that a look leaves out."""

    def made(recipe: Recipe) -> Rendered | Failed:
        return make(without_parts(recipe, look))

    return made
