"""Markdown files: which files below a folder are articles, by their names.

Each Markdown file is an article or is left out for a cause, which a message gives. Folders that programs fill,
such as `node_modules`, are not entered.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from handpress.core.files.disk import FILLED, FILLED_WITH, Disk
from handpress.core.files.file_names import is_index, is_markdown, reading_order, stem_of, untagged

# The two spellings of the settings of a series.
SETTINGS = ("series.yaml", "series.yml")


class Cause(Struct, frozen=True):
    """The reason why files are left out, and the way to publish them."""

    why: str
    help: str


DRAFT = Cause("its folder is for drafts", "move it out of the folder to publish it")
PIECE = Cause(
    "other programs include files with such a name in other pages",
    "rename it without the `_` to publish it",
)
SITE = Cause(
    "by its name, the folder has parts of a site or of a program",
    "rename the folder to publish its files",
)
ABOUT = Cause(
    "its name is that of a file about the folder, which has other articles",
    "rename it, or name it in `articles` in `series.yaml`, to publish it",
)
TEMPLATES = Cause(
    "its notes are forms for new ones, with marks such as `{{title}}`",
    "rename the folder to publish its files",
)
SERIES = Cause(
    "the folder is a series of its own",
    "publish that folder by itself, or delete its `series.yaml`",
)
DEPTH = 40
DEEP = Cause(
    f"it is more than {DEPTH} folders deep",
    "move it up, or choose a folder above it as the one to publish",
)
OUTSIDE = Cause(
    "it is a link out of the folder that is published",
    "copy its files into the folder to publish them",
)

# Folders without texts, and folders with drafts, in small letters.
NOT_TEXT = {"_components", "_includes", "_layouts", "_partials", "_shared", "_snippets", "_templates",
            "themes", "vendor"}  # fmt: skip
# The folder of forms beside the texts in `content/`, of Hugo. Elsewhere it is a word like others.
OF_HUGO = "archetypes"
# The folders of forms for new notes, of Obsidian and Hexo, and the marks in them that they replace.
FORMS = {"scaffolds", "template", "templates"}
FORM = 20_000  # bytes of a file in which its marks are
MARK = re.compile(r"\{\{\s*(?:title|date|time)\b[^{}]*\}\}|<%[-_*+]?\s*(?:await\s+)?tp\.")
CODE = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)|(`+)[^`]+\2", re.S | re.M)
DRAFTS = {"_draft", "_drafts", "draft", "drafts"}
# Files about a folder. In small letters these names, except `readme`, can be those of articles.
ABOUT_NAMES = {"404", "AGENTS", "AUTHORS", "CHANGELOG", "CHANGES", "CLAUDE", "CODEOWNERS", "CODE-OF-CONDUCT",
               "CODE_OF_CONDUCT", "CONTRIBUTING", "CONTRIBUTORS", "COPYING", "COPYRIGHT", "GOVERNANCE", "HISTORY",
               "INSTALL", "ISSUE_TEMPLATE", "LICENCE", "LICENSE", "MAINTAINERS", "NEWS", "NOTICE",
               "PULL_REQUEST_TEMPLATE", "ROADMAP", "SECURITY", "SUPPORT", "TODO"}  # fmt: skip


class LeftOut(Struct, frozen=True):
    """A Markdown file that is not published, or a folder with some."""

    path: str
    cause: Cause


class MarkdownFiles(Struct, frozen=True):
    """The Markdown files below a folder, in reading order."""

    articles: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()
    silent: tuple[str, ...] = ()  # left out without a message


def settings_file(disk: Disk, folder: str) -> str:
    """Return the path of the settings of the series in `folder`, whether they exist or not."""
    paths = [posixpath.normpath(f"{folder}/{name}") for name in SETTINGS]
    return next((path for path in paths if disk.has(path)), paths[0])


def has_markdown(disk: Disk, folder: str, apart: Iterable[str] = ()) -> bool:
    """Return whether the series in `folder` may have an article. The folders `apart` belong to no series."""
    return any(not isinstance(found, LeftOut) for found in _found(disk, folder, frozenset(apart)))


def markdown_in(disk: Disk, folder: str, apart: Iterable[str] = ()) -> MarkdownFiles:
    """Return the Markdown files of the series in `folder`. The folders `apart` belong to no series."""
    paths, left_out = [], []
    for found in _found(disk, folder, frozenset(apart)):
        if isinstance(found, LeftOut):
            left_out.append(found)
        else:
            paths.append(found)
    ordered = reading_order(paths)
    about = [p for p in ordered if is_about(p, folder)]
    if disk.has(settings_file(disk, folder)):
        silent = tuple(p for p in about if untagged(stem_of(p)).lower() == "readme")
        articles = tuple(p for p in ordered if p not in silent)
        return MarkdownFiles(articles, tuple(left_out), silent)
    pieces = [p for p in ordered if is_piece(posixpath.basename(p))]
    # A folder without other texts is published for these.
    rest = [p for p in ordered if p not in {*about, *pieces}]
    first = [p for p in about if untagged(stem_of(p)) == untagged(stem_of(about[0]))]
    articles = tuple(rest or first or pieces)
    for names, cause in ((about, ABOUT), (pieces, PIECE)):
        left_out += [LeftOut(p, cause) for p in names if p not in articles]
    return MarkdownFiles(articles, tuple(left_out))


def is_about(path: str, folder: str) -> bool:
    """Return whether a file at the top of `folder` is about it: `README.md`, `LICENSE.md`."""
    stem = untagged(stem_of(path))
    at_top = posixpath.normpath(posixpath.dirname(path)) == posixpath.normpath(folder)
    return at_top and (stem.lower() == "readme" or stem in ABOUT_NAMES)


def is_piece(path: str) -> bool:
    """Return whether a file, by its name or that of a folder, is only included in others."""
    return any(name.startswith("_") for name in path.split("/")) and not is_index(path)


def _found(disk: Disk, top: str, apart: frozenset[str]) -> Iterator[str | LeftOut]:
    """Yield each Markdown file below `top`, and each that is left out because of its folder."""
    waiting: list[tuple[str, Cause | None]] = [(top, None)]
    in_obsidian = disk.is_dir(f"{top}/.obsidian")
    visited: set[str] = set()  # folders behind links
    while waiting:
        folder, cause = waiting.pop()
        for name in disk.names(folder):
            path = posixpath.normpath(f"{folder}/{name}")
            if not disk.is_dir(path):
                if is_markdown(name):
                    yield LeftOut(path, cause) if cause else path
                elif (disk.root / path).is_symlink() and (disk.root / path).is_dir():
                    yield LeftOut(path, OUTSIDE)
            elif path not in apart and not _is_filled(disk, path, name):
                if _is_seen(disk, path, top, visited):
                    continue
                if path.count("/") >= DEPTH:
                    yield LeftOut(path, DEEP)
                elif left_out := _why_apart(disk, path, name.lower(), in_obsidian):
                    if _has_any(disk, path):
                        yield LeftOut(path, left_out)
                else:
                    waiting.append((path, DRAFT if name.lower() in DRAFTS else cause))


def _why_apart(disk: Disk, path: str, name: str, in_obsidian: bool) -> Cause | None:
    """Return the reason why the files in the folder at `path` are not published, or None."""
    if name in NOT_TEXT or (name == OF_HUGO and disk.is_dir(posixpath.join(path, "../content"))):
        return SITE
    if name in FORMS and (in_obsidian or _are_forms(disk, path)):
        return TEMPLATES
    return SERIES if disk.has(settings_file(disk, path)) else None


def _are_forms(disk: Disk, folder: str) -> bool:
    """Return whether at least half of the files in a folder have marks of forms, outside of code."""
    paths = [f"{folder}/{name}" for name in disk.names(folder) if is_markdown(name)]
    return bool(paths) and 2 * sum(_is_form(disk, path) for path in paths) >= len(paths)


def _is_form(disk: Disk, path: str) -> bool:
    try:
        text = disk.read(path)[:FORM].decode("utf-8", "replace")
    except OSError:
        return False
    return bool(MARK.search(CODE.sub("", text)))


def _has_any(disk: Disk, top: str) -> bool:
    """Return whether any Markdown file is, or may be, below `top`."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        names = disk.names(folder)
        if any(map(is_markdown, names)) or folder.count("/") >= DEPTH:
            return True
        below = [(n, f"{folder}/{n}") for n in names if not (disk.root / folder / n).is_symlink()]
        waiting += [p for n, p in below if disk.is_dir(p) and not _is_filled(disk, p, n)]
    return False


def _is_filled(disk: Disk, path: str, name: str) -> bool:
    if name == "logseq" and disk.has(
        f"{path}/config.edn"
    ):  # the settings and the backups of Logseq
        return True
    return name in FILLED or any(disk.has(f"{path}/{file}") for file in FILLED_WITH)


def _is_seen(disk: Disk, path: str, top: str, visited: set[str]) -> bool:
    """Return whether the files of a folder are found at another path too: it is a link, perhaps to itself."""
    if not (disk.root / path).is_symlink():
        return False
    real = disk.at(path)
    if (
        real.is_relative_to(disk.at(top))
        or disk.at(top).is_relative_to(real)
        or str(real) in visited
    ):
        return True
    visited.add(str(real))
    return False
