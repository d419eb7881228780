"""The page of one sheet: choose its look, fill it in for a client, see its pages, print or download it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handpress.core.media import BILINGUAL
from handpress.desk.desk import Desk
from handpress.desk.forms import Form, read_form
from handpress.desk.library import Handout
from handpress.desk.paper import Look, Pdf, Unmade
from handpress.desk.visit_form import copies_of, entered, rows, summary_lines, visit_of
from handpress.layout.words import edition_line
from handpress.press.bindery.copies import join_copies

TOKEN = 40  # characters of a visit's random name


def routes(desk: Desk) -> Sequence[Route]:
    """Return the routes of sheets."""

    async def sheet(request: Request) -> Response:
        handout = desk.handout(request)
        form = await read_form(request) if request.method == "POST" else None
        return await shown(desk, handout, form)

    async def paper(request: Request) -> Response:
        handout = desk.handout(request)
        form = await read_form(request)
        pdf = await repeated(await made(desk, handout, form), form)
        desk.save(desk.kept.with_printed([handout.key]))
        return pdf_response(pdf, handout.slug, download=request.url.path.startswith("/download/"))

    async def ready(request: Request) -> Response:
        handout, form = desk.handout(request), await read_form(request)
        recipe = desk.paper.recipe(handout, look_of(desk, handout, form))
        await desk.clients.warm(token_of(form), recipe)
        return Response(status_code=204)

    return (
        Route("/sheet/{series}/{slug}", sheet, methods=["GET", "POST"]),
        Route("/ready/{series}/{slug}", ready, methods=["POST"]),
        Route("/print/{series}/{slug}", paper, methods=["POST"]),
        Route("/download/{series}/{slug}", paper, methods=["POST"]),
    )


def look_of(desk: Desk, handout: Handout, form: Form | None) -> Look:
    """Return the look that a form asks for, and the usual one without a form."""
    usual = desk.paper.usual(handout)
    return usual if form is None else desk.paper.chosen(usual, dict(form.pairs))


def languages_of(desk: Desk, handouts: Sequence[Handout]) -> list[tuple[str, str]]:
    """Return the languages that sheets can be printed in, each as a form and as the page names it."""
    own = sorted({handout.language for handout in handouts})
    name = desk.language(own[0]) if len(own) == 1 else desk.interface["own_language"]
    found = [("", name)]
    for tag in sorted({tag for handout in handouts for tag in handout.others}):
        other = desk.language(tag)
        found.append((tag, other))
        for form in BILINGUAL if len(own) == 1 else ():
            both = desk.interface[f"both_{form}"].format(one=name, other=other)
            found.append((f"{tag} {form}", both))
    return found


async def repeated(pdf: Pdf, form: Form) -> Pdf:
    """Return a PDF with as many copies as a form asks for, each on fresh paper."""
    copies = copies_of(form)
    if copies == 1:
        return pdf
    return Pdf(await asyncio.to_thread(join_copies, [pdf.data] * copies), pdf.pages * copies)


def token_of(form: Form | None) -> str:
    """Return the random name of a visit, a new one for a new page."""
    given = form.get("visit")[:TOKEN] if form else ""
    return given or secrets.token_urlsafe(12)


async def shown(desk: Desk, handout: Handout, form: Form | None) -> Response:
    """Return the page of a sheet as a form has it."""
    look, token, preview, problem = look_of(desk, handout, form), token_of(form), None, ""
    sheet = desk.clients.sheet(desk.paper, handout, look)
    try:
        if visit := visit_of(sheet, form):
            preview = await desk.clients.preview(sheet, look, visit, token)
        else:
            preview = await desk.paper.preview(handout, look)
    except Unmade as error:
        problem = desk.not_made(error)
    series = handout.layout.series
    practice = series.practice
    given = await asyncio.to_thread(rows, sheet, form)
    lines = summary_lines(sheet, given, form.get("note") if form else "", desk.interface)
    return desk.page(
        "sheet.html",
        handout=handout,
        look=look,
        token=token,
        shown=preview,
        problem=problem,
        languages=languages_of(desk, [handout]),
        rows=given,
        today_text=desk.today_in(sheet.printed.words),
        usual_practitioner=practice.practitioner if practice else "",
        summary="\n".join((title_line(handout), *lines)),
        **entered(form),
    )


def title_line(handout: Handout) -> str:
    """Return the title of a handout with its series and edition, as a summary names it."""
    series = handout.layout.series
    edition = edition_line(series, handout.layout.words)
    return f"{handout.title} ({', '.join(filter(None, (series.title, edition)))})"


async def made(desk: Desk, handout: Handout, form: Form) -> Pdf:
    """Return the PDF file of a sheet as a form has it."""
    look = look_of(desk, handout, form)
    sheet = desk.clients.sheet(desk.paper, handout, look)
    if visit := visit_of(sheet, form):
        return await desk.clients.pdf(sheet, look, visit, token_of(form))
    return await desk.paper.pdf(handout, look)


def pdf_response(pdf: Pdf, name: str, *, download: bool) -> Response:
    """Return a PDF file for the browser. `name` has nothing of a client."""
    how = "attachment" if download else "inline"
    disposition = {"Content-Disposition": f'{how}; filename="{name}.pdf"'}
    return Response(pdf.data, media_type="application/pdf", headers=disposition)
