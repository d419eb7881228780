"""The page of one sheet: choose its look, see its pages, print or download it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handpress.core.media import PAPERS
from handpress.desk.desk import Desk
from handpress.desk.forms import Form, read_form
from handpress.desk.library import Handout
from handpress.desk.paper import Look, Pdf, Unmade


def routes(desk: Desk) -> Sequence[Route]:
    """Return the routes of sheets."""

    async def sheet(request: Request) -> Response:
        handout = desk.handout(request)
        form = await read_form(request) if request.method == "POST" else None
        return await shown(desk, handout, form)

    async def paper(request: Request) -> Response:
        handout = desk.handout(request)
        pdf = await made(desk, handout, await read_form(request))
        desk.save(desk.kept.with_printed([handout.key]))
        return pdf_response(pdf, handout.slug, download=request.url.path.startswith("/download/"))

    return (
        Route("/sheet/{series}/{slug}", sheet, methods=["GET", "POST"]),
        Route("/print/{series}/{slug}", paper, methods=["POST"]),
        Route("/download/{series}/{slug}", paper, methods=["POST"]),
    )


def look_of(desk: Desk, handout: Handout, form: Form | None) -> Look:
    """Return the look that a form asks for, and the usual one without a form."""
    usual = desk.paper.usual(handout)
    return usual if form is None else desk.paper.chosen(usual, dict(form.pairs))


async def shown(desk: Desk, handout: Handout, form: Form | None) -> Response:
    """Return the page of a sheet as a form has it."""
    look, preview, problem = look_of(desk, handout, form), None, ""
    try:
        preview = await desk.paper.preview(handout, look)
    except Unmade as error:
        problem = desk.interface["not_made"].format(reason=error)
    return desk.page(
        "sheet.html", handout=handout, look=look, shown=preview, problem=problem, papers=PAPERS
    )


async def made(desk: Desk, handout: Handout, form: Form) -> Pdf:
    """Return the PDF file of a sheet as a form has it."""
    return await desk.paper.pdf(handout, look_of(desk, handout, form))


def pdf_response(pdf: Pdf, name: str, *, download: bool) -> Response:
    """Return a PDF file for the browser. `name` has nothing of a client."""
    how = "attachment" if download else "inline"
    disposition = {"Content-Disposition": f'{how}; filename="{name}.pdf"'}
    return Response(pdf.data, media_type="application/pdf", headers=disposition)
