"""A small application on a local server, for tests of the server itself: ``example_server.py [PORT [PASSWORD]]``."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(port: int, password: str = "") -> None:
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response, StreamingResponse
    from starlette.routing import Route

    from handpress.serve import pages
    from handpress.serve.guard import Limits
    from handpress.serve.server import Listening, serve

    templates = pages.templates(Path(__file__).parent / "no-folder")

    async def home(request: Request) -> Response:
        return pages.page(templates, "base.html")

    async def echo(request: Request) -> Response:
        body = await request.body()
        return JSONResponse({"size": len(body), "query": dict(request.query_params)})

    async def endless(request: Request) -> Response:
        async def said() -> AsyncIterator[str]:
            yield "begun\n"
            await request.app.state.ending.wait()
            yield "ended\n"

        return StreamingResponse(said())

    routes = [
        Route("/", home),
        Route("/echo", echo, methods=["GET", "POST"]),
        Route("/endless", endless),
        *pages.assets({}),
    ]
    said = Listening(port=port, browser=False, password=password)
    serve(routes, said, lambda line: print(line, flush=True), limits=Limits(1000, 0.5))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0, *sys.argv[2:])
