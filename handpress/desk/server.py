"""The server of the desk: its pages, and what happens to an error on one of them."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from handpress.core.files.workspace import Workspace
from handpress.desk.basket import BROWSER, COOKIE
from handpress.desk.desk import Desk
from handpress.desk.faults import print_fault
from handpress.desk.pages import (
    batch_page,
    library_page,
    own_page,
    pack_page,
    practice_page,
    run_page,
    sheet_page,
)
from handpress.desk.paper import Unmade
from handpress.desk.press import Busy, Press
from handpress.desk.words import LANGUAGE, interface_words, language_for
from handpress.serve import pages
from handpress.serve.guard import Limits
from handpress.serve.server import Listening, serve

HERE = Path(__file__).parent
PAGES = (library_page, sheet_page, pack_page, own_page, batch_page, run_page, practice_page)
NAME = 40  # characters of a browser's random name
LIMITS = Limits(body=8_000_000, seconds=20.0)

Endpoint = Callable[[Request], Awaitable[Response]]


def serve_desk(
    workspace: Workspace,
    listening: Listening,
    announce: Callable[[str], None],
    language: str = "",
) -> None:
    """Serve the desk of a workspace until Ctrl-C, in a `language` or in that of each browser."""
    press = Press()
    try:
        desk = Desk(workspace, press, language)

        @contextlib.asynccontextmanager
        async def lifespan(application: Starlette) -> AsyncIterator[None]:
            async def end() -> None:
                await application.state.ending.wait()
                press.stop()
                desk.runs.close()
                desk.clients.close()

            tasks = [asyncio.create_task(work) for work in (desk.count(), end())]
            yield
            for task in tasks:
                task.cancel()
            desk.clients.close()

        def words_for(accepted: str) -> dict[str, Any]:
            return interface_words(desk.chosen or language_for(accepted))

        serve(
            routes(desk),
            listening,
            announce,
            lifespan=lifespan,
            limits=LIMITS,
            words_for=words_for,
        )
    finally:
        press.close()


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes of all pages. No error on any of them shows or prints a field of a form."""
    found: list[BaseRoute] = [
        Route(route.path, _safe(desk, route.endpoint), methods=sorted(route.methods or ()))
        for page in PAGES
        for route in page.routes(desk)
    ]

    async def missing(request: Request) -> Response:
        return _error(desk, 404)

    assets = pages.assets({"desk": HERE / "static"})
    return [*found, *assets, Route("/{rest:path}", _safe(desk, missing))]


def _safe(desk: Desk, endpoint: Endpoint) -> Endpoint:
    """Return `endpoint` with a page for each error, and the cookie of a browser that has a pack."""

    async def answered(request: Request) -> Response:
        BROWSER.set(request.cookies.get(COOKIE, "")[:NAME] or secrets.token_urlsafe(12))
        LANGUAGE.set(desk.chosen or language_for(request.headers.get("accept-language", "")))
        response = await made(request)
        if desk.basket and COOKIE not in request.cookies:
            response.set_cookie(COOKIE, BROWSER.get(), httponly=True, samesite="strict")
        return response

    async def made(request: Request) -> Response:
        try:
            return await endpoint(request)
        except HTTPException as error:
            return _error(desk, error.status_code)
        except Busy:
            return _error(desk, 503)
        except Unmade as error:
            return desk.page("error.html", 422, message=desk.not_made(error))
        except Exception as error:  # noqa: BLE001  # reported without its values
            print_fault(error)
            return PlainTextResponse(desk.interface["error_500"], 500)

    return answered


def _error(desk: Desk, status: int) -> Response:
    return desk.page("error.html", status, message=desk.interface[f"error_{status}"])
