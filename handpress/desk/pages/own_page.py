"""The page of a sheet of one's own: exercises of any handouts in a chosen order, with a title, filled in for a client.

All of it is in the form, so the desk keeps nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handpress.desk.desk import Desk
from handpress.desk.forms import Form, read_form
from handpress.desk.library import Handout
from handpress.desk.pages.sheet_page import pdf_response, repeated, token_of
from handpress.desk.paper import Look, Unmade
from handpress.desk.visit_form import entered, moved_in, rows, summary_lines, visit_of
from handpress.desk.words import interface_language, interface_words
from handpress.personal.own_sheet import Pick, compiled
from handpress.personal.sheet import Sheet
from handpress.personal.visit import Unfillable, Visit

MOST = 30  # exercises of a sheet
SHOWN = 24  # exercises of a search


class Chosen(Struct, frozen=True):
    """An exercise in the library: its key, its name, and its handout."""

    key: str
    name: str
    handout: Handout

    @property
    def id(self) -> str:
        return self.key.partition("#")[2]


def routes(desk: Desk) -> Sequence[Route]:
    """Return the routes of sheets of one's own."""

    async def page(request: Request) -> Response:
        await desk.refresh()
        return await shown(desk, await read_form(request) if request.method == "POST" else Form(()))

    async def paper(request: Request) -> Response:
        form = await read_form(request)
        look, sheet, form = sheet_of(desk, form)
        if sheet is None:
            raise Unmade(desk.interface["own_empty"])
        visit = visit_of(sheet, form) or Visit()
        pdf = await repeated(await desk.clients.pdf(sheet, look, visit, token_of(form)), form)
        return pdf_response(pdf, "exercises", download=request.url.path == "/own/download")

    return (
        Route("/own", page, methods=["GET", "POST"]),
        Route("/own/print", paper, methods=["POST"]),
        Route("/own/download", paper, methods=["POST"]),
    )


def chosen(desk: Desk, keys: Sequence[str]) -> list[Chosen]:
    """Return the exercises of `keys` that are in the library."""
    found = []
    for key in keys:
        where, _, id_ = key.partition("#")
        handout = desk.library.handouts.get(where)
        name = dict(handout.exercises).get(id_) if handout else None
        if handout and name is not None:
            found.append(Chosen(key, name, handout))
    return found


def picked(desk: Desk, form: Form) -> list[Chosen]:
    """Return the exercises that a form has picked, after its buttons."""
    keys = [*dict.fromkeys((*form.all("pick"), *form.all("add")))]
    keys = [key for key in keys if key != form.get("remove")]
    return chosen(desk, moved_in(keys, form.get("move")))[:MOST]


def found(desk: Desk, form: Form, picks: Sequence[Chosen]) -> list[Chosen]:
    """Return the exercises that match the search of a form, without the picked ones."""
    every = (f"{h.key}#{id_}" for h in desk.library.handouts.values() for id_, _ in h.exercises)
    answer = desk.exercises.find(form.get("find"))
    taken = {pick.key for pick in picks}
    return chosen(desk, [k for k in (answer.keys if answer else every) if k not in taken])[:SHOWN]


def usual_title(desk: Desk, picks: Sequence[Chosen]) -> str:
    """Return the title of a sheet that was given none, in the language of its first exercise, since the client reads it."""
    language = interface_language(picks[0].handout.language) if picks else ""
    interface = interface_words(language) if language else desk.interface
    return str(interface["own_title"])


def sheet_of(desk: Desk, form: Form) -> tuple[Look, Sheet | None, Form]:
    """Return the look and the sheet that a form describes, None without exercises, and the form in its order."""
    picks = picked(desk, form)
    if not picks:
        return Look("standard", "a4"), None, form
    usual = desk.paper.usual(picks[0].handout)
    look = desk.paper.chosen(usual, dict(form.pairs)) if "style" in form else usual
    wanted = [Pick(one.handout.layout, one.handout.slug, one.id) for one in picks]
    title = form.get("title").strip() or usual_title(desk, picks)
    try:
        sheet = compiled(wanted, title, look.variant, log="log" in form)
    except Unfillable as error:
        raise Unmade(error.reason) from None
    # The order is that of the picks; what was left out is no longer picked.
    ids = [("exercise", one.id) for one in sheet.exercises]
    kept = [("keep", one.id) for one in sheet.exercises]
    others = [pair for pair in form.pairs if pair[0] not in ("exercise", "keep", "move")]
    return look, sheet, Form((*others, *ids, *kept))


async def shown(desk: Desk, form: Form) -> Response:
    """Return the page as a form has it."""
    picks, token, preview, problem = picked(desk, form), token_of(form), None, ""
    look, sheet, ordered = Look("standard", "a4"), None, form
    try:
        look, sheet, ordered = sheet_of(desk, form)
        if sheet:
            visit = visit_of(sheet, ordered) or Visit()
            preview = await desk.clients.preview(sheet, look, visit, token)
    except Unmade as error:
        problem = desk.not_made(error)
    given = rows(sheet, ordered) if sheet else []
    practice = desk.practice
    lines = summary_lines(sheet, given, form.get("note"), desk.interface) if sheet else ()
    title = form.get("title").strip() or usual_title(desk, picks)
    return desk.page(
        "own.html",
        usual_title=usual_title(desk, picks),
        picks=list(zip(picks, given, strict=False)),
        found=found(desk, form, picks),
        look=look,
        token=token,
        shown=preview,
        problem=problem,
        log="log" in form,
        way="auto",
        today_text=desk.today_in(picks[0].handout.layout.words) if picks else "",
        all_taken=bool(picks) and bool(found(desk, form, ())),
        usual_practitioner=practice.practitioner if practice else "",
        summary="\n".join((title, *lines)),
        **entered(form),
    )
