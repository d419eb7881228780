"""Programs for sites, which order pages by their front matter or their names: Hugo, Quartz, Jekyll, Manubot."""

from __future__ import annotations

import re

from handpress.series.outlines.outline import Outline
from handpress.series.outlines.project import Project, inside, items, settings_of, words


def hugo(project: Project, mark: str) -> Outline | None:
    """Read the settings of Hugo, or of Zola, whose `config.toml` differs in a few keys."""
    source, data = project.data(mark)
    root = words(inside(data, "contentDir") or inside(data, "contentdir")) or "content"
    if not project.has_folder(root):
        return None
    tag = (
        inside(data, "languageCode")
        or inside(data, "locale")
        or inside(data, "defaultContentLanguage")
        or inside(data, "default_language")
    )
    author = inside(data, "params", "author") or inside(data, "author")
    about = inside(data, "params", "description") or inside(data, "description")
    settings = settings_of(inside(data, "title"), author, tag, description=about)
    ignored = tuple(map(words, items(inside(data, "ignored_content"))))
    return Outline(source, root, settings=settings, ignored=ignored)


def jekyll(project: Project, mark: str) -> Outline | None:
    """Read the settings of Jekyll, or of Hexo, whose file has the same name."""
    source, data = project.data(mark)
    tags = inside(data, "lang") or inside(data, "locale") or inside(data, "language")
    tag = next(iter(items(tags)), None)
    about = inside(data, "description")
    settings = settings_of(inside(data, "title"), inside(data, "author"), tag, description=about)
    ignored = tuple(map(words, items(inside(data, "exclude"))))
    return Outline(source, ".", settings=settings, ignored=ignored)


def quartz(project: Project, mark: str) -> Outline | None:
    """Read the title, the language and the private folders from the settings of the program that publishes vaults."""
    source = project.source(mark)
    title = re.search(r"""^\s*pageTitle\s*:\s*(["'])([^"'\n]{1,200})\1""", source.text, re.M)
    tag = re.search(r"""^\s*locale\s*:\s*["']([\w-]{2,20})["']""", source.text, re.M)
    patterns = re.search(r"^\s*ignorePatterns\s*:\s*\[([^\]]{0,2000})\]", source.text, re.M)
    ignored = tuple(re.findall(r"""["']([^"'\n]+)["']""", patterns[1])) if patterns else ()
    settings = settings_of(title and title[2], tag=tag and tag[1])
    found = Outline(source, "content", settings=settings, ignored=ignored)
    return found if project.has_folder("content") else None


def manubot(project: Project, mark: str) -> Outline | None:
    source, data = project.data(mark)
    settings = settings_of(inside(data, "title"), inside(data, "authors"), inside(data, "lang"))
    return Outline(source, "content", settings=settings)
