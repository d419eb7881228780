"""`_bookdown.yml` of bookdown: the files of the chapters. The headings of parts are in these files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handpress.core.files.file_names import is_markdown, reading_order
from handpress.series.outlines.outline import Broken, Heading, Listed, Outline
from handpress.series.outlines.project import Project, inside, items, settings_of, words
from handpress.series.outlines.summary import plain

# The heading of a part, before that of a chapter: `# (PART) Title {-}`. An appendix is one too.
PART = re.compile(r"^#[ \t]+\((?:PART|APPENDIX)\*?\)[ \t]*([^\n{]*)", re.M)


def read(project: Project, mark: str) -> Outline | None:
    source, data = project.data(mark)
    files = inside(data, "rmd_files")
    if isinstance(files, dict):
        files = inside(files, "latex") or inside(files, "html")
    given = [words(file) for file in items(files)]
    there = (name for name in project.disk.names(project.path("")) if is_markdown(name))
    named = [n for n in reading_order(there) if n.lower().endswith(".rmd") and n[0] != "_"]
    index = project.find("index.Rmd", "index.md")
    front = project.front_matter(index) if index else {}
    tag = inside(data, "language", "locale") or inside(front, "lang")
    about = inside(front, "description")
    settings = settings_of(
        inside(front, "title"), inside(front, "author"), tag, inside(front, "subtitle"), about
    )
    listed = tuple(_listed(project, given or named))
    return Outline(source, ".", listed, complete=bool(given), settings=settings)


def _listed(project: Project, files: Iterable[str]) -> Iterator[Listed]:
    part: Heading | None = None
    for file in files:
        try:
            found = PART.search(project.source(file).text) if project.has(file) else None
        except Broken:  # its problem is reported with the article
            found = None
        part = Heading(plain(found[1])) if found else part
        yield Listed(file, "", part if part and part.title else None)
