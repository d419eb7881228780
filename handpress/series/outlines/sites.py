"""Programs for sites, which order pages by their front matter or their names: Hugo, Docusaurus, Jekyll, Manubot."""

from __future__ import annotations

import re

from handpress.series.outlines.outline import Outline
from handpress.series.outlines.project import Project, inside, settings_of, words


def hugo(project: Project, mark: str) -> Outline | None:
    source, data = project.data(mark)
    root = words(inside(data, "contentDir") or inside(data, "contentdir")) or "content"
    if not project.has_folder(root):
        return None
    tag = (
        inside(data, "languageCode")
        or inside(data, "locale")
        or inside(data, "defaultContentLanguage")
    )
    author = inside(data, "params", "author") or inside(data, "author")
    about = inside(data, "params", "description")
    settings = settings_of(inside(data, "title"), author, tag, description=about)
    return Outline(source, root, settings=settings)


def jekyll(project: Project, mark: str) -> Outline | None:
    source, data = project.data(mark)
    tag = inside(data, "lang") or inside(data, "locale")
    about = inside(data, "description")
    settings = settings_of(inside(data, "title"), inside(data, "author"), tag, description=about)
    return Outline(source, ".", settings=settings)


def docusaurus(project: Project, mark: str) -> Outline | None:
    """Read the title from the program's settings, which are a script."""
    source = project.source(mark)
    found = re.search(
        r"""^\s*(?:const )?title\s*[:=]\s*(["'])([^"'\n]{1,200})\1""", source.text, re.M
    )
    tag = re.search(r"""^\s*defaultLocale\s*:\s*["']([\w-]{2,20})["']""", source.text, re.M)
    settings = settings_of(found and found[2], tag=tag and tag[1])
    return Outline(source, "docs", settings=settings) if project.has_folder("docs") else None


def manubot(project: Project, mark: str) -> Outline | None:
    source, data = project.data(mark)
    settings = settings_of(inside(data, "title"), inside(data, "authors"), inside(data, "lang"))
    return Outline(source, "content", settings=settings)
