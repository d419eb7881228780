"""The page of a run: how many sheets are made, a button to stop, the rows without a sheet, and the finished file."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handpress.desk.desk import Desk
from handpress.desk.forms import read_form
from handpress.desk.pages.batch_page import refusals
from handpress.desk.pages.sheet_page import pdf_response
from handpress.desk.paper import Pdf
from handpress.desk.runs import PDF, Run


def routes(desk: Desk) -> Sequence[Route]:
    """Return the routes of runs."""

    def known(request: Request) -> Run:
        name = request.path_params["name"]
        if name not in desk.runs.known:
            raise HTTPException(404)
        return desk.runs.known[name]

    async def page(request: Request) -> Response:
        run = known(request)
        return desk.page(
            "run.html",
            run=run,
            address=request.url.path,
            refusals=refusals(desk, run.refused),
            refused=len(run.refused),
        )

    async def stop(request: Request) -> Response:
        await read_form(request)
        known(request).stopping = True
        return RedirectResponse(f"/run/{request.path_params['name']}", 303)

    async def forget(request: Request) -> Response:
        await read_form(request)
        run = known(request)
        desk.runs.forget(request.path_params["name"])
        return RedirectResponse(f"/batch/{run.handout}", 303)

    async def file(request: Request) -> Response:
        await read_form(request)
        run = known(request)
        if not run.data:
            raise HTTPException(404)
        slug = run.handout.rpartition("/")[2]
        if run.kind == PDF:
            pdf = Pdf(run.data, 0)
            return pdf_response(pdf, slug, download=request.url.path.endswith("/download"))
        disposition = {"Content-Disposition": f'attachment; filename="{slug}.zip"'}
        return Response(run.data, media_type="application/zip", headers=disposition)

    return (
        Route("/run/{name}", page),
        Route("/run/{name}/stop", stop, methods=["POST"]),
        Route("/run/{name}/forget", forget, methods=["POST"]),
        Route("/run/{name}/print", file, methods=["POST"]),
        Route("/run/{name}/download", file, methods=["POST"]),
    )
