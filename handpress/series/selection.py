"""Selection: the files of a series' articles in reading order, before any is read.

The series' own `articles` come first, then the order file of another program, then the names of the files.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from handpress.core.files.file_names import is_markdown, stem_of
from handpress.core.files.markdown_files import PIECE, Cause, LeftOut, is_piece
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Place, Problem, problem
from handpress.series.language_folders import LanguageFolders, language_folders
from handpress.series.outlines.read import Order, read_order


class Selection(Struct, frozen=True):
    """The paths of the articles in order, and the order file that gives it, or None."""

    paths: tuple[str, ...]
    order: Order | None = None
    found: tuple[str, ...] = ()  # every file of an article in the folder, also one that is left out
    languages: LanguageFolders = field(default_factory=LanguageFolders)
    language: str = ""  # of the series, as far as it is given
    listed: tuple[str, ...] = ()  # the Markdown files that the series' own `articles` name


def select(
    workspace: Workspace, folder: str, listed: Iterable[str], language: str = ""
) -> tuple[Selection, list[Problem]]:
    """Return the files of the series in `folder`, those `listed` included, and a problem for each left out.

    Folders with the series in other languages are apart. The `language` of the series may be known.
    """
    wanted = tuple(listed)
    files = workspace.markdown(folder)
    left_out = {left.path: left for left in files.left_out}
    known = tuple(filter(is_markdown, (*files.articles, *files.silent, *left_out)))
    order, problems = read_order(workspace.disk, folder, known)
    given = language or (order.settings.get("language", "") if order else "")
    root = order.root if order else folder
    languages = language_folders(workspace.disk, known, given, root)
    if languages.others:
        known = tuple(path for path in known if path not in languages.paths)
        left_out = {path: left for path, left in left_out.items() if path not in languages.paths}
        order, problems = read_order(workspace.disk, folder, known)
        if order is None and languages.root:  # each language may be a project of its own
            main = [path for path in known if path.startswith(f"{languages.root}/")]
            order, problems = read_order(workspace.disk, languages.root, main)
    consumed = order.consumed if order else frozenset()
    paths = tuple(p for p in files.articles if p not in consumed | languages.paths)
    if wanted:
        problems = []
        more = (*files.silent, *left_out)
        paths += tuple(p for p in more if _is_wanted(p, wanted, folder))
    elif order:
        rest = [p for p in paths if p not in order.paths]
        unlisted = {left.path: left for left in _unlisted(order, rest)}
        left_out = unlisted | left_out
        paths = (*order.paths, *(p for p in rest if p not in unlisted))
    problems += [
        problem("left-out", Place(path), reason=left.cause.why, example=left.cause.help)
        for path, left in left_out.items()
        if path not in {*paths, *consumed}
    ]
    written = tuple(filter(is_markdown, wanted))
    given = languages.main or given
    return Selection(paths, order, files.articles, languages, given, written), problems


def _is_wanted(path: str, wanted: Iterable[str], folder: str) -> bool:
    inside = posixpath.relpath(path, folder)
    stem = posixpath.join(posixpath.dirname(inside), stem_of(inside))
    return not {inside, stem}.isdisjoint(wanted)


def _unlisted(order: Order, paths: list[str]) -> Iterator[LeftOut]:
    """Yield the `paths` that the program of the order file does not publish."""
    name = "name it in `articles` in `series.yaml`"
    unlisted = Cause(f"`{order.file}` does not list it", f"add it there, or {name}, to publish it")
    inside = "" if order.root == "." else f"{order.root}/"
    ignored = Cause(
        f"`{order.file}` has its path, or that of its folder, among those not to publish",
        f"delete it there, or {name}, to publish it",
    )
    why = f"`{order.file}` is about the files in `{posixpath.basename(order.root)}/`"
    outside = Cause(why, f"move it there, or {name}, to publish it")
    there = [path for path in paths if path.startswith(inside)]
    for path in paths:
        if path in order.ignored:
            yield LeftOut(path, PIECE if is_piece(path.removeprefix(inside)) else ignored)
        elif order.complete:
            yield LeftOut(path, unlisted)
        elif there and path not in there:
            yield LeftOut(path, outside)
