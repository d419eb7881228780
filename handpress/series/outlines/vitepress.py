"""VitePress and Starlight: the title, the language and the sidebar in the settings of their sites.

These are scripts. They are read as far as they are settings, and never run. A page that the sidebar does not list is published
all the same, after the others.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from handpress.core.files.file_names import ENDINGS
from handpress.core.files.source import Source
from handpress.series.outlines.javascript import argument, exported
from handpress.series.outlines.outline import Heading, Listed, Outline
from handpress.series.outlines.project import Project, inside, items, pairs, settings_of, words

WRAPPERS = ("defineConfig", "defineUserConfig", "withMermaid", "defineConfigWithTheme")
TEXTS = "src/content/docs"  # of Starlight


def vitepress(project: Project, mark: str) -> Outline | None:
    source = project.source(mark)
    config = exported(source.text)
    if not isinstance(config, dict):
        config = argument(source.text, *WRAPPERS)
    main = inside(config, "locales", "root") or inside(config, "locales", "/")
    settings = settings_of(
        inside(config, "title") or inside(main, "title"),
        tag=inside(config, "lang") or inside(main, "lang"),
        description=inside(config, "description") or inside(main, "description"),
    )
    above = posixpath.dirname(posixpath.dirname(mark))
    root = posixpath.normpath(posixpath.join(above or ".", words(inside(config, "srcDir"))))
    if root.startswith(".."):
        return None
    sidebar = inside(config, "themeConfig", "sidebar") or inside(main, "themeConfig", "sidebar")
    groups = [each for _, each in pairs(sidebar)] if isinstance(sidebar, dict) else [sidebar]
    listed = [
        entry
        for group in groups
        for entry in _entries(inside(group, "items") or group, base=words(inside(group, "base")))
    ]
    return _outline(project, source, root, listed, settings)


def starlight(project: Project, mark: str) -> Outline | None:
    source = project.source(mark)
    config = argument(source.text, "starlight")
    root = posixpath.join(posixpath.dirname(mark), TEXTS)
    if not isinstance(config, dict) or not project.has_folder(root):
        return None
    main = words(inside(config, "defaultLocale"))
    if main and project.has_folder(posixpath.join(root, main)):
        root = posixpath.join(root, main)
    tag = inside(config, "locales", main or "root", "lang") or (main if main != "root" else "")
    title = inside(config, "title")
    if isinstance(title, dict):  # by language
        title = inside(title, words(tag)) or next(iter(title.values()), None)
    settings = settings_of(title, tag=tag, description=inside(config, "description"))
    listed = list(_entries(inside(config, "sidebar")))
    return _outline(project, source, root, listed, settings)


def _outline(
    project: Project, source: Source, root: str, listed: list[Listed], settings: dict[str, Any]
) -> Outline:
    """Return an outline that begins with the first page of the site."""
    names = (posixpath.normpath(posixpath.join(root, f"index{ending}")) for ending in ENDINGS)
    first = project.find(*names) if listed else None
    if first:
        listed = [Listed(posixpath.basename(first)), *listed]
    return Outline(source, root, tuple(listed), complete=False, settings=settings)


def _entries(entries: Any, part: Heading | None = None, base: str = "") -> Iterator[Listed]:
    """Yield the pages of a sidebar; a group is a part, with those in it."""
    for entry in items(entries):
        if isinstance(entry, str):
            yield Listed(f"{base}{entry}", "", part)
            continue
        link = words(inside(entry, "link") or inside(entry, "slug"))
        below = inside(entry, "items") or inside(entry, "children")
        generated = words(inside(entry, "autogenerate", "directory"))
        heading = part
        if below or generated:
            heading = part or Heading(words(inside(entry, "text") or inside(entry, "label")))
        if link:
            yield Listed(f"{base}{link}", "", heading)
        if generated:
            yield Listed(generated, "", heading, "one part")
        yield from _entries(below, heading, words(inside(entry, "base")) or base)
