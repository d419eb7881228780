"""`_bookdown.yml` of bookdown: the files of the chapters."""

from __future__ import annotations

from handpress.series.outlines.outline import Listed, Outline
from handpress.series.outlines.project import Project, inside, items, settings_of, words


def read(project: Project, mark: str) -> Outline | None:
    source, data = project.data(mark)
    files = inside(data, "rmd_files")
    if isinstance(files, dict):
        files = inside(files, "latex") or inside(files, "html")
    listed = tuple(Listed(words(file)) for file in items(files))
    index = project.find("index.Rmd", "index.md")
    front = project.front_matter(index) if index else {}
    tag = inside(data, "language", "locale") or inside(front, "lang")
    about = inside(front, "description")
    settings = settings_of(
        inside(front, "title"), inside(front, "author"), tag, inside(front, "subtitle"), about
    )
    return Outline(source, ".", listed, settings=settings)
