"""The page of the practice: its name, logo, addresses, numbers and colour, with a sheet that shows them at once."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handpress.assets.formats import Broken
from handpress.assets.picture import inspect_picture
from handpress.core.files.disk import write_file
from handpress.desk.desk import Desk
from handpress.desk.forms import Form, read_form, read_parts
from handpress.desk.library import Handout
from handpress.desk.paper import Unmade
from handpress.desk.pictures import Preview
from handpress.desk.practice_file import read_practice, write_practice
from handpress.desk.practice_form import LEAST, accent, fields, practice_of, values, wrong
from handpress.series.settings.yaml_writer import Unwritable

LOGO = "practice-logo"  # the name of its file in `images`, beside practice.yaml


def routes(desk: Desk) -> Sequence[Route]:
    """Return the routes of the practice."""

    async def page(request: Request) -> Response:
        await desk.refresh()
        form = await read_form(request) if request.method == "POST" else None
        return await shown(desk, form, saved="saved" in request.query_params)

    async def save(request: Request) -> Response:
        form = await read_form(request)
        if wrong(form):
            return await shown(desk, form)
        try:
            found = read_practice(desk.workspace)
            write_practice(desk.workspace, values(form, found, desk.library.languages))
        except Unwritable:
            return await shown(desk, form, problem=desk.interface["practice_unwritable"])
        await desk.refresh()
        return RedirectResponse("/practice?saved", 303)

    async def logo(request: Request) -> Response:
        _, files = await read_parts(request)
        data = files.get("logo", b"")
        try:
            picture = inspect_picture("logo", data)
        except (Broken, ValueError) as error:
            reason = desk.interface["logo_refused"].format(reason=error)
            return await shown(desk, None, problem=reason, status=422)
        folder, slash, _ = desk.workspace.practice.rpartition("/")
        name = f"images/{LOGO}.{picture.type}"
        try:
            read_practice(desk.workspace)  # refused before the picture is written
            write_file(desk.workspace.disk.root, f"{folder}{slash}{name}", picture.asset.read())
            write_practice(desk.workspace, {"logo": name})
        except Unwritable:
            return await shown(desk, None, problem=desk.interface["practice_unwritable"])
        await desk.refresh()
        return RedirectResponse("/practice?saved", 303)

    return (
        Route("/practice", page, methods=["GET", "POST"]),
        Route("/practice/save", save, methods=["POST"]),
        Route("/practice/logo", logo, methods=["POST"]),
    )


async def shown(
    desk: Desk, form: Form | None, *, problem: str = "", status: int = 200, saved: bool = False
) -> Response:
    """Return the page as a form has it, and as the file has it without one."""
    try:
        found = read_practice(desk.workspace)
    except Unwritable:
        found, problem = {}, problem or desk.interface["practice_unwritable"]
    usual = fields(found, desk.library.languages)
    given = {name: form.get(name) for name in usual} if form else usual
    preview = None
    try:
        preview = await example(desk, form)
    except Unmade as error:
        problem = problem or desk.not_made(error)
    return desk.page(
        "practice.html",
        status,
        given=given,
        wrong=wrong(form) if form else set(),
        colour=accent(given["accent"]),
        least=LEAST,
        shown=preview,
        problem="",
        notice=problem,
        saved=saved,
        file=desk.workspace.practice,
    )


async def example(desk: Desk, form: Form | None) -> Preview | None:
    """Return pictures of a handout, in the language of the page if there is one, with the practice that a form has."""
    if not desk.library.handouts:
        return None
    ours = desk.interface["language"]
    every = desk.library.handouts.values()
    handout = min(every, key=lambda handout: not handout.language.startswith(ours))
    if form:
        handout = _with_practice(handout, form)
    return await desk.paper.preview(handout, desk.paper.usual(handout))


def _with_practice(handout: Handout, form: Form) -> Handout:
    series = handout.layout.series
    theme = series.theme
    if chosen := accent(form.get("accent")):
        theme = replace(theme, accent=chosen.palette.brand)
    changed = replace(series, practice=practice_of(form, series.practice), theme=theme)
    return replace(handout, layout=replace(handout.layout, series=changed))
