"""Pages: templates, and the files that they refer to, with the colours and faces of our web pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from handpress.core.files.disk import Disk
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import Workspace
from handpress.layout.css.stylesheet import Sheets, layered

HERE = Path(__file__).parent
# Without a workspace there are no other faces that the lists of families could continue with.
NO_OTHERS = """
:root {
  --others: sans-serif;
  --others-for-sans: sans-serif;
  --others-for-code: monospace;
}
"""


def templates(folder: Path) -> jinja2.Environment:
    """Return the environment of the templates in `folder`, which may extend `base.html`."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, HERE / "templates"]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(
    environment: jinja2.Environment, name: str, /, status: int = 200, **values: object
) -> HTMLResponse:
    """Return the page of a template."""
    return HTMLResponse(environment.get_template(name).render(values), status)


def assets(folders: Mapping[str, Path]) -> Sequence[BaseRoute]:
    """Return the routes of static files: ``/static/NAME/`` for each of `folders`, our own, the tokens and faces."""
    named = {"serve": HERE / "static", "fonts": shipped("fonts"), **folders}
    mounts = [Mount(f"/static/{name}", StaticFiles(directory=path)) for name, path in named.items()]
    return [Route("/static/tokens.css", _tokens), *mounts]


async def _tokens(request: Request) -> Response:
    return Response(tokens(), media_type="text/css")


@cache
def tokens() -> str:
    """Return the stylesheet of the tokens: colours, faces and sizes, as our web pages have them."""
    ours = Workspace(Disk(shipped("layouts")), (), "", "", Path("output"))
    return layered({"tokens": Sheets(ours).layers("web")["tokens"] + NO_OTHERS})
