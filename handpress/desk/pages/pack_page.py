"""The page of the pack: several sheets as one PDF in a chosen order, each on fresh paper, and named sets of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handpress.compose.document import chapter_id, web_address
from handpress.core.files.disk import Asset
from handpress.desk import pictures
from handpress.desk.basket import Entry, entry_of
from handpress.desk.desk import Desk
from handpress.desk.forms import Form, read_form
from handpress.desk.kept import SETS
from handpress.desk.library import Handout
from handpress.desk.pages.sheet_page import (
    languages_of,
    look_of,
    pdf_response,
    repeated,
    title_line,
    token_of,
)
from handpress.desk.paper import Look, Pdf, Unmade, pressed
from handpress.desk.visit_form import entered, given_rows, moved_in, summary_lines, visit_of
from handpress.personal.visit import FIELDS, Visit
from handpress.press.bindery.copies import join_copies
from handpress.press.options import PackedHandout, PackOptions
from handpress.press.recipe import Recipe

MOST = 30  # sheets of a pack
NAME = 80  # characters of a set's name


class Pack(Struct, frozen=True):
    """The sheets of a pack in order, their look, and the visit they are filled in for, if any."""

    handouts: tuple[Handout, ...]
    entries: tuple[Entry, ...]  # one for each
    look: Look
    visit: Visit | None
    token: str


def routes(desk: Desk) -> Sequence[Route]:
    """Return the routes of the pack and of sets."""

    async def page(request: Request) -> Response:
        return await shown(desk, await read_form(request) if request.method == "POST" else None)

    async def add(request: Request) -> Response:
        form = await read_form(request)
        handout = desk.known(form.get("key"))
        sheet = desk.clients.sheet(desk.paper, handout, look_of(desk, handout, form))
        entry = entry_of(handout.key, visit_of(sheet, form))
        entries = {one.key: one for one in desk.baskets.here} | {entry.key: entry}
        desk.baskets.here = tuple(entries.values())[:MOST]
        return RedirectResponse("/pack", 303)

    async def paper(request: Request) -> Response:
        form = await read_form(request)
        pack = pack_of(desk, form)
        name = form.get("client")
        if desk.baskets.of_another(name):
            return await shown(desk, form, status=422, asked=True)
        desk.baskets.give_to(name)
        pdf = await repeated(await bound(desk, pack), form)
        desk.save(desk.kept.with_printed([handout.key for handout in pack.handouts]))
        return pdf_response(pdf, "pack", download=request.url.path == "/pack/download")

    async def empty(request: Request) -> Response:
        form = await read_form(request)
        desk.baskets.here = ()
        desk.clients.end(token_of(form))
        return RedirectResponse("/pack", 303)

    async def save(request: Request) -> Response:
        form = await read_form(request)
        take(desk, form)
        name = " ".join(form.get("name").split())[:NAME]
        if name and desk.basket and (name in desk.kept.sets or len(desk.kept.sets) < SETS):
            desk.save(desk.kept.with_set(name, desk.basket))
        return RedirectResponse("/pack", 303)

    async def load(request: Request) -> Response:
        keys = desk.kept.sets.get((await read_form(request)).get("set"), ())
        desk.baskets.here = tuple(Entry(handout.key) for handout in desk.several(keys))[:MOST]
        return RedirectResponse("/pack", 303)

    async def remove(request: Request) -> Response:
        desk.save(desk.kept.with_set((await read_form(request)).get("set"), ()))
        return RedirectResponse("/pack", 303)

    return (
        Route("/pack", page, methods=["GET", "POST"]),
        Route("/pack/add", add, methods=["POST"]),
        Route("/pack/print", paper, methods=["POST"]),
        Route("/pack/download", paper, methods=["POST"]),
        Route("/pack/empty", empty, methods=["POST"]),
        Route("/sets/save", save, methods=["POST"]),
        Route("/sets/load", load, methods=["POST"]),
        Route("/sets/remove", remove, methods=["POST"]),
    )


def take(desk: Desk, form: Form) -> None:
    """Put the sheets of a form, in its order, into the basket."""
    keys = [h.key for h in desk.several(tuple(dict.fromkeys(form.all("key"))))]
    keys = [key for key in keys if key != form.get("remove")]
    known = {entry.key: entry for entry in desk.baskets.here if entry.key != form.get("usual")}
    keys = moved_in(keys, form.get("move"))[:MOST]
    desk.baskets.here = tuple(known.get(key, Entry(key)) for key in keys)
    if form.get("given") == "keep":
        desk.baskets.give_to(form.get("client"))
    elif form.get("given") == "usual":
        desk.baskets.take_back()


def pack_of(desk: Desk, form: Form | None) -> Pack:
    """Return the pack that a form describes, and the basket in its usual look without a form."""
    if form is not None:
        take(desk, form)
    entries = tuple(one for one in desk.baskets.here if one.key in desk.library.handouts)
    handouts = tuple(desk.library.handouts[one.key] for one in entries)
    usual = desk.paper.usual(handouts[0]) if handouts else Look("standard", "a4")
    if form is None:
        return Pack(handouts, entries, usual, None, token_of(None))
    texts = {name: form.get(name) for name in FIELDS}
    visit = Visit(**texts, exercises=()) if any(text.strip() for text in texts.values()) else None
    look = desk.paper.chosen(usual, dict(form.pairs))
    return Pack(handouts, entries, look, visit, token_of(form))


async def bound(desk: Desk, pack: Pack) -> Pdf:
    """Return the sheets of a pack as one PDF."""
    sheets: list[Pdf] = []
    for handout, entry in zip(pack.handouts, pack.entries, strict=True):
        if visit := entry.visit(pack.visit):
            sheet = desk.clients.sheet(desk.paper, handout, pack.look)
            sheets.append(await desk.clients.pdf(sheet, pack.look, visit, pack.token))
        else:
            sheets.append(await desk.paper.pdf(handout, pack.look))
    if not sheets:
        raise Unmade(desk.interface["pack_empty"])
    if len({handout.slug for handout in pack.handouts}) < len(sheets):
        # Links to a handout of this name would have two targets, so each sheet keeps its own.
        joined = await asyncio.to_thread(join_copies, [sheet.data for sheet in sheets])
        return Pdf(joined, await asyncio.to_thread(pictures.count, joined))
    recipe = collated(pack.handouts, sheets)
    of_client = pack.visit or any(entry.given for entry in pack.entries)
    press = desk.clients.press(pack.token) if of_client else desk.press
    return await press.run(lambda make: pressed(recipe, make))


def collated(handouts: Sequence[Handout], sheets: Sequence[Pdf]) -> Recipe:
    """Return the recipe that binds finished sheets."""
    first = handouts[0].layout.series
    rows = []
    for handout in handouts:
        series = handout.layout.series
        address = web_address(series, series.article(handout.slug)) or ""
        rows.append(PackedHandout(handout.title, chapter_id(handout.slug), address))
    options = PackOptions(
        title=" · ".join(handout.title for handout in handouts),
        authors=tuple(dict.fromkeys(name for handout in handouts for name in handout.authors)),
        language=first.language,
        handouts=tuple(rows),
    )
    files = {f"{n:05}.pdf": Asset.of(sheet.data) for n, sheet in enumerate(sheets)}
    return Recipe("", "collate", files, options)


def given_lines(desk: Desk, handout: Handout, entry: Entry, look: Look) -> Iterator[str]:
    """Yield the exercises of a sheet with the dosage that it has in a pack, and its notes."""
    sheet = desk.clients.sheet(desk.paper, handout, look)
    return summary_lines(sheet, given_rows(sheet, entry.exercises), entry.note, desk.interface)


def untranslated(desk: Desk, pack: Pack) -> Iterator[str]:
    """Yield a line for each sheet that does not exist in the language of the pack."""
    for handout in pack.handouts:
        if pack.look.other not in ("", handout.language, *handout.others):
            yield desk.interface["untranslated"].format(
                title=handout.title,
                language=desk.language(pack.look.other),
                own=desk.language(handout.language),
            )


async def shown(
    desk: Desk, form: Form | None, *, status: int = 200, asked: bool = False
) -> Response:
    """Return the page of the pack as a form has it.

    If the form has the name of another client than the pack was given for, the page asks what to do. When it was `asked`
    to print, it does so without a name, too, and at once: it has no pictures then.
    """
    pack, preview, problem = pack_of(desk, form), None, ""
    name = form.get("client").strip() if form else ""
    if pack.handouts and not asked:
        try:
            pdf = await bound(desk, pack)
            preview = await desk.clients.drawn(pdf)
        except Unmade as error:
            problem = desk.not_made(error)
    lines = [
        [*given_lines(desk, *one, pack.look)]
        for one in zip(pack.handouts, pack.entries, strict=True)
    ]
    return desk.page(
        "pack.html",
        status,
        pack=pack,
        of_another=bool(name or asked) and desk.baskets.of_another(name),
        sheets=[*zip(pack.handouts, pack.entries, lines, strict=True)],
        summary="\n\n".join(
            "\n".join((title_line(h), *of)) for h, of in zip(pack.handouts, lines, strict=True)
        ),
        look=pack.look,
        token=pack.token,
        shown=preview,
        problem=problem,
        languages=languages_of(desk, pack.handouts),
        untranslated=[*untranslated(desk, pack)],
        today_text=desk.today_in(pack.handouts[0].layout.words) if pack.handouts else "",
        usual_practitioner="",
        way="ltr",
        **entered(form),
    )
