"""`mkdocs.yml` of MkDocs, and `zensical.toml` of its successor: their `nav`, with sections as parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handpress.series.outlines.outline import Heading, Listed, Outline
from handpress.series.outlines.project import Project, inside, items, pairs, settings_of, words


def read(project: Project, mark: str) -> Outline | None:
    source, found = project.data(mark)
    data = inside(found, "project") or found  # the table of `zensical.toml`
    settings = settings_of(
        inside(data, "site_name"),
        inside(data, "site_author"),
        inside(data, "theme", "language"),
        description=inside(data, "site_description"),
    )
    root = words(inside(data, "docs_dir")) or "docs"
    listed = tuple(_listed(inside(data, "nav") or inside(data, "pages")))
    ignored = tuple(
        line if "/" in line.rstrip("/") else f"**/{line}"
        for key in ("exclude_docs", "draft_docs")
        for line in str(inside(data, key) or "").split("\n")
        if not line.startswith(("#", "!"))
    )
    return Outline(source, root, listed, settings=settings, ignored=ignored)


def _listed(entries: Any, part: Heading | None = None) -> Iterator[Listed]:
    for entry in items(entries):
        if not isinstance(entry, dict):
            yield Listed(words(entry), "", part)
        for title, below in pairs(entry):
            if isinstance(below, list):
                yield from _listed(below, part or Heading(title))
            else:
                yield Listed(words(below), title, part)
