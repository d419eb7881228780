"""The routes of the pictures of pages: of those that the page shows, and of the one that comes next.

The browser asks for the next picture of a handout before it exists, and gets it as soon as it is drawn. To tell the
browser of it first, and then to be asked for it, took a twentieth of the time from a save to the screen. That picture is
a JPEG, since a browser takes longer to receive a BMP than to draw the page. The exact one follows.
"""

from __future__ import annotations

import ipaddress

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from handpress.watch.maker import Maker

EARLY = "JPEG"
NOT_FOUND = Response("Not found.\n", 404, media_type="text/plain")


def picture_routes(maker: Maker) -> list[BaseRoute]:
    """Return the routes of the pictures of a workspace's pages."""

    def shown(request: Request) -> Response:
        form = "BMP" if _is_here(request) else "PNG"
        return _drawn(maker, request, request.path_params["version"], form)

    async def following(request: Request) -> Response:
        version = request.path_params["version"]

        async def found() -> bool:
            return bool(maker.views.after(version)) or await request.is_disconnected()

        with maker.views.awaiting(version, EARLY):
            await maker.hub.until(found, request.app.state.ending)
        newer = maker.views.after(version)
        return await run_in_threadpool(_drawn, maker, request, newer, EARLY) if newer else NOT_FOUND

    return [
        Route("/page/{version}/{number:int}", shown),
        Route("/page/after/{version}/{number:int}", following),
    ]


def _drawn(maker: Maker, request: Request, version: str, form: str) -> Response:
    width = request.query_params.get("width", "")
    pixels = int(width[:5]) if width.isdecimal() else 0
    data = maker.views.picture(version, request.path_params["number"], pixels, form)
    return Response(data, media_type=f"image/{form.lower()}") if data else NOT_FOUND


def _is_here(request: Request) -> bool:
    """Return whether the browser is on this machine, where bytes cost nothing."""
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
