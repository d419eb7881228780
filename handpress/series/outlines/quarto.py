"""`_quarto.yml` of Quarto: the chapters and parts of a book, or the sidebar of a website."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handpress.core.files.file_names import is_markdown
from handpress.series.outlines.outline import Heading, Listed, Outline
from handpress.series.outlines.project import Project, inside, items, settings_of, words


def read(project: Project, mark: str) -> Outline | None:
    source, data = project.data(mark)
    book = inside(data, "book") or inside(data, "website") or inside(data, "manuscript")
    settings = settings_of(
        inside(book, "title") or inside(data, "title"),
        inside(book, "author") or inside(data, "author"),
        inside(data, "lang") or inside(book, "lang"),
        inside(book, "subtitle"),
        inside(book, "description") or inside(book, "abstract"),
    )
    chapters = [*_listed(inside(book, "chapters")), *_listed(inside(book, "appendices"))]
    pages = [
        listed
        for sidebar in items(inside(book, "sidebar"))
        for listed in _listed(inside(sidebar, "contents"))
    ]
    return Outline(
        source, ".", tuple(chapters or pages), complete=bool(chapters), settings=settings
    )


def _listed(entries: Any, part: Heading | None = None) -> Iterator[Listed]:
    for entry in items(entries):
        below = inside(entry, "chapters") or inside(entry, "contents")
        if below is not None:
            named = words(
                inside(entry, "part") or inside(entry, "section") or inside(entry, "text")
            )
            if is_markdown(named):
                heading = Heading("", named)
                yield Listed(named, "", part or heading)
            else:
                heading = Heading(named)
            yield from _listed(below, part or heading)
        elif isinstance(entry, dict):
            named = words(inside(entry, "file") or inside(entry, "href") or inside(entry, "part"))
            yield Listed(named, words(inside(entry, "text")), part)
        else:
            yield Listed(words(entry), "", part)
