"""`Book.txt` of Leanpub: a list of files, some of them only the title of a part."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from handpress.series.outlines.outline import Broken, Heading, Listed, Outline
from handpress.series.outlines.project import Project
from handpress.series.outlines.summary import plain

# A file with the heading of a part: `-# Part`, or `{class: part}` and `# Part` below it.
PART = re.compile(r"\s*(?:-#|\{\s*class:\s*\"?part\"?\s*\}\s*#)[ \t]*([^\n#]+?)[ \t#]*\s*\Z")
# Lines of `Book.txt` that are not files: `frontmatter:`, `{mainmatter}`, comments.
MARK = re.compile(r"\{?(?:front|main|back)matter\}?:?|#.*", re.I)


def read(project: Project, mark: str) -> Outline | None:
    source = project.source(mark)
    root = posixpath.dirname(mark) or "."
    lines = [line.strip() for line in source.text.split("\n")]
    files = [line for line in lines if line and not MARK.fullmatch(line)]
    if files and not any(project.has(posixpath.join(root, file)) for file in files):
        return None  # another file of this name
    listed, parts = [], []
    for entry in _listed(project, root, files):
        if isinstance(entry, Listed):
            listed.append(entry)
        else:
            parts.append(posixpath.join(root, entry))
    return Outline(source, root, tuple(listed), files=(*parts,))


def _listed(project: Project, root: str, files: list[str]) -> Iterator[Listed | str]:
    """Yield each article, and the name of each file that is only the title of a part."""
    part: Heading | None = None
    for file in files:
        if title := _part(project, posixpath.join(root, file)):
            part = Heading(title)
            yield file
        else:
            yield Listed(file, "", part)


def _part(project: Project, file: str) -> str:
    if not project.has(file):
        return ""
    try:
        found = PART.match(project.source(file).text[:1000])
    except Broken:  # its problem is reported with the article
        return ""
    return plain(found[1]) if found else ""
