"""`_toc.yml` of Jupyter Book, and `myst.yml` of MyST: files by their names without endings, in parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handpress.series.outlines.outline import Heading, Listed, Outline
from handpress.series.outlines.project import Project, inside, items, settings_of, words


def jupyter_book(project: Project, mark: str) -> Outline | None:
    source, data = project.data(mark)
    settings = {}
    if project.has("_config.yml"):
        _, config = project.data("_config.yml")
        tag = inside(config, "sphinx", "config", "language")
        settings = settings_of(inside(config, "title"), inside(config, "author"), tag)
    entries = items(inside(data, ""))  # a list, in the oldest form
    root = [Listed(named)] if (named := words(inside(data, "root"))) else []
    for key in ("parts", "chapters", "sections"):
        entries += items(inside(data, key))
    return Outline(source, ".", (*root, *_listed(entries)), settings=settings)


def myst(project: Project, mark: str) -> Outline | None:
    source, data = project.data(mark)
    found = inside(data, "project")
    settings = settings_of(
        inside(found, "title"),
        inside(found, "authors") or inside(found, "author"),
        inside(found, "language"),
        inside(found, "subtitle"),
        inside(found, "description"),
    )
    listed = tuple(_listed(inside(found, "toc")))
    return Outline(source, ".", listed, settings=settings)


def _listed(entries: Any, part: Heading | None = None) -> Iterator[Listed]:
    for entry in items(entries):
        file, title = words(inside(entry, "file")), words(inside(entry, "title"))
        caption = words(inside(entry, "caption") or inside(entry, "part")) or (
            "" if file else title
        )
        own = Heading(caption) if caption and not part else part
        if file:
            yield Listed(file, title, own)
        for key in ("chapters", "sections", "children"):
            yield from _listed(inside(entry, key), own)
        for pattern in items(inside(entry, "glob") or inside(entry, "pattern")):
            yield Listed(words(pattern), "", own)
