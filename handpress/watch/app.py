"""The application: the page, its stream of states, the files it shows, and the way back to the source."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from handpress.build.places import MARK
from handpress.build.source_map import locate_spot
from handpress.core.files.disk import plain_file
from handpress.core.media import MEDIA
from handpress.press.result import Spot
from handpress.serve import pages
from handpress.watch.maker import Look, Maker
from handpress.watch.pictures import NOT_FOUND, picture_routes

HERE = Path(__file__).parent
# Of the artefacts in frames: as they are, with the styles that are in them, and without any script.
FRAMED = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
TYPES = {".xhtml": "application/xhtml+xml", ".ttf": "font/ttf", ".webp": "image/webp"}
WORDS = 10  # most words of a place


def routes(maker: Maker) -> list[BaseRoute]:
    """Return the routes of the page of a workspace."""
    environment = pages.templates(HERE / "templates")

    async def home(request: Request) -> Response:
        return pages.page(environment, "watch.html", name=maker.root.name)

    async def events(request: Request) -> Response:
        stream = maker.hub.follow(request.app.state.ending)
        return StreamingResponse(stream, media_type="text/event-stream")

    def made(request: Request) -> Response:
        path = request.path_params["path"]
        file = None if path.startswith(MARK) else plain_file(maker.output, path)
        return _framed(path, file.read_bytes) if file else NOT_FOUND

    def ebook(request: Request) -> Response:
        series, path = request.path_params["series"], request.path_params["path"]
        file = plain_file(maker.output, f"{series}/{series}.epub")
        if file is None:
            return NOT_FOUND
        try:
            with ZipFile(BytesIO(file.read_bytes())) as archive:
                data = archive.read(path)
        except (KeyError, BadZipFile):
            return NOT_FOUND
        return _framed(path, lambda: data)

    async def place(request: Request) -> Response:
        asked = await _asked(request)
        known = maker.sources.articles.get(str(asked.get("article")))
        spot = _spot(maker, asked)
        found = locate_spot(known.article, spot) if known and spot else None
        if found is None:
            return JSONResponse({"found": False})
        text = found.text.strip()[:300]
        return JSONResponse({"found": True, "path": found.path, "line": found.line, "text": text})

    async def look(request: Request) -> Response:
        asked = await _asked(request)
        if isinstance(media := asked.get("media"), list):
            maker.visible = tuple(name for name in MEDIA if name in media)
            return Response(status_code=204)
        line = asked.get("line")
        maker.wishes.put(Look(str(asked.get("article")), line if isinstance(line, int) else 0))
        return Response(status_code=204)

    async def drawn(request: Request) -> Response:
        maker.drawn.set()
        return Response(status_code=204)

    return [
        Route("/", home),
        Route("/events", events),
        *picture_routes(maker),
        Route("/made/{path:path}", made),
        Route("/ebook/{series}/{path:path}", ebook),
        Route("/place", place, methods=["POST"]),
        Route("/look", look, methods=["POST"]),
        Route("/drawn", drawn, methods=["POST"]),
        *pages.assets({"watch": HERE / "static"}),
    ]


def _framed(name: str, read: Callable[[], bytes]) -> Response:
    ending = Path(name).suffix
    kind = TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"Content-Security-Policy": FRAMED}
    if ending == ".ttf":  # a frame that is loaded again shows its faces at once
        headers["Cache-Control"] = "private, max-age=60"
    try:
        return Response(read(), media_type=kind, headers=headers)
    except OSError:
        return NOT_FOUND


async def _asked(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request, or an empty one."""
    try:
        found = await request.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _spot(maker: Maker, asked: dict[str, Any]) -> Spot | None:
    """Return the block of a click: of a frame by its words, or of a page by the line at the place."""
    words, count = asked.get("words"), asked.get("count", 1)
    if isinstance(words, list):
        count = count if isinstance(count, int) and 0 < count < 1000 else 1
        return Spot(words=tuple(str(w)[:100] for w in words[:WORDS]), count=count)
    sheets = maker.views.sheets(str(asked.get("version")))
    number, x, y = (asked.get(key) for key in ("page", "x", "y"))
    if not isinstance(number, int) or not (
        isinstance(x, (int, float)) and isinstance(y, (int, float))
    ):
        return None
    if sheets is None or not 0 <= number < len(sheets.sizes):
        return None
    return Spot(words=sheets.line_at(number, x, y)[:WORDS])
