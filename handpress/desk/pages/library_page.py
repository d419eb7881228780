"""The page of the library: all handouts, the ones that a question or a filter leaves, and favourites."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handpress.desk.desk import Desk
from handpress.desk.forms import read_form
from handpress.desk.library import Handout

SHEET = 2  # pages on one sheet of paper
Filter = Callable[[Desk, Handout, str], bool]

FILTERS: Mapping[str, Filter] = {
    "language": lambda _, handout, tag: handout.language == tag,
    "style": lambda _, handout, style: style in handout.styles,
    "length": lambda desk, handout, size: _length(desk.paper.pages.get(handout.key), size),
}


def _length(pages: int | None, size: str) -> bool:
    """Return whether a handout is on one sheet, or on more. Before its pages are counted, it is both."""
    return pages is None or (pages <= SHEET) == (size == "one")


def routes(desk: Desk) -> Sequence[Route]:
    """Return the routes of the library."""

    async def library(request: Request) -> Response:
        await desk.refresh()
        asked = {name: request.query_params.get(name, "") for name in ("q", *FILTERS)}
        return desk.page("library.html", asked=asked, groups=groups(desk, asked))

    async def favourite(request: Request) -> Response:
        form = await read_form(request)
        handout = desk.known(form.get("key"))
        desk.save(desk.kept.with_favourite(handout.key, liked=form.get("liked") == "yes"))
        return RedirectResponse("/", 303)

    async def picture(request: Request) -> Response:
        data = await desk.paper.card(desk.handout(request))
        # Its address changes with the workspace.
        kept = {"Cache-Control": "private, max-age=86400, immutable"}
        return Response(data, media_type="image/webp", headers=kept)

    return (
        Route("/", library),
        Route("/favourite", favourite, methods=["POST"]),
        Route("/picture/{series}/{slug}", picture),
    )


def groups(desk: Desk, asked: Mapping[str, str]) -> list[tuple[str, list[Handout]]]:
    """Return the handouts to show, under their headings; of all, those in the language of the page come first."""
    every = desk.library.handouts
    answer = desk.search.find(asked["q"])
    wanted = {name: value for name in FILTERS if (value := asked[name])}
    found = [
        every[key]
        for key in (answer.keys if answer else every)
        if all(FILTERS[name](desk, every[key], value) for name, value in wanted.items())
    ]
    if answer and found and not answer.all_words:
        return [(desk.interface["found_some"], found)]
    if answer or wanted:
        return [(desk.counted("found", len(found)), found)]
    return [
        (desk.interface["favourites"], desk.several(desk.kept.favourites)),
        (desk.interface["recent"], desk.several(desk.kept.recent)),
        (desk.interface["all_handouts"], sorted(found, key=desk.is_foreign)),
    ]
