"""Names: the slug of each article, its title and its date, as far as its path gives them.

The slug is the file's name without ending, number and date, or the folder's name for a file such as
`index.md` that opens it. Articles that would have the same slug take the names of their folders before it, as few
as make a difference. If none does, they keep their number or date.
"""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from handpress.core.files.file_names import (
    BUNDLE,
    INDEXES,
    bare,
    date_of,
    is_index,
    named_by,
    stem_of,
    untagged,
)
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Place, Problem, problem
from handpress.series.article import in_ascii, slug_of, words_of
from handpress.series.settings.values import LONGEST


class Name(Struct, frozen=True):
    """The name of an article in addresses, and the title and date that it has without its own."""

    slug: str
    title: str
    date: datetime.date | None = None
    in_vault: bool = False  # where only a heading of level 1 is a title


def name_of(path: str) -> Name:
    """Return the name of an article beside which no other has the same."""
    return _name(path, in_ascii(_choices(path)[0]))


def names_of(
    paths: Iterable[str],
    folder: str,
    titles: Mapping[str, str] | None = None,
    language: str = "",
) -> tuple[dict[str, Name], list[Problem]]:
    """Return the name of each article below `folder`, every slug only once, and a problem for each odd one.

    `titles` are those that an outline gives, by path. Names are without the tag of the series' own `language`.
    """
    inside = {path: posixpath.relpath(_plain(path, language), folder) for path in paths}
    choices = {path: _choices(below) for path, below in inside.items()}
    sections = _sections(inside)
    choices |= {path: [f"{name}-index" for name in choices[path]] for path in sections}
    chosen = dict.fromkeys(inside, 0)

    def sharing() -> Iterator[tuple[str, list[str]]]:
        """Yield each slug, and the articles that have it at present."""
        by_slug: dict[str, list[str]] = {}
        for path, number in chosen.items():
            by_slug.setdefault(in_ascii(choices[path][number]), []).append(path)
        yield from by_slug.items()

    while more := [
        path
        for _, paths in sharing()
        if len(paths) > 1
        for path in paths
        if chosen[path] + 1 < len(choices[path])
    ]:
        for path in more:
            chosen[path] += 1
    taken: dict[str, str] = {}
    for slug, sharers in sharing():
        for path in sharers:
            free = (f"{slug}-{n}" if n > 1 else slug for n in count(1))
            taken[path] = next(s for s in free if s not in taken.values())
    names = {path: _name(below, taken[path]) for path, below in inside.items()}
    names |= {p: replace(names[p], title=t) for p, t in (titles or {}).items() if p in names}
    return names, [
        *_long(names, choices, chosen),
        *_twins({path: name for path, name in names.items() if path not in sections}),
    ]


def _sections(inside: Mapping[str, str]) -> set[str]:
    """Return each `_index.md` beside an `index.md`: in Zola it is about a folder that is a page as well."""
    stems = {path: untagged(stem_of(below)).lower() for path, below in inside.items()}
    pages = {
        posixpath.dirname(path)
        for path, stem in stems.items()
        if is_index(path) and stem != INDEXES[0]
    }
    return {p for p, stem in stems.items() if stem == INDEXES[0] and posixpath.dirname(p) in pages}


def _plain(path: str, language: str) -> str:
    stem = stem_of(path)
    plain = untagged(stem)
    if plain == stem or stem[len(plain) + 1 :].casefold() != language.casefold():
        return path
    ending = posixpath.basename(path).removeprefix(stem)
    return posixpath.join(posixpath.dirname(path), f"{plain}{ending}")


def _name(path: str, slug: str) -> Name:
    written, date = named_by(path), date_of(path)
    only_date = date is not None and bare(written) == written
    return Name(slug, written if only_date else words_of(bare(unquote(written))), date)


def _choices(path: str) -> list[str]:
    """Return the names that an article may have, the shortest first."""
    folders = [name for name in posixpath.dirname(path).split("/") if name not in ("", "..")]
    if folders and (is_index(path) or folders[-1].lower().endswith(BUNDLE)):
        folders.pop()
    written = named_by(path)
    short = [
        "-".join((*map(bare, folders[n:]), bare(written))) for n in range(len(folders), -1, -1)
    ]
    return list(dict.fromkeys((*short, written, "-".join((*folders, written)))))


def _long(
    names: Mapping[str, Name], choices: Mapping[str, list[str]], chosen: Mapping[str, int]
) -> Iterator[Problem]:
    for path, name in names.items():
        if len(in_ascii(choices[path][chosen[path]], most=len(path) + LONGEST)) > LONGEST:
            yield problem("long-name", Place(path), slug=name.slug)


def _twins(names: Mapping[str, Name]) -> Iterator[Problem]:
    """Yield a problem for each article that has the name of another in its folder, except for its number."""
    seen: dict[tuple[str, str], str] = {}
    for path, name in names.items():
        short = slug_of(path)
        other = seen.setdefault((posixpath.dirname(path), short), path)
        if other != path and name.slug != short:
            facts = {"other": posixpath.basename(other), "slug": short, "name": name.slug}
            yield problem("duplicate-article", Place(path), **facts)


def id_of(workspace: Workspace, folder: str) -> str:
    """Return the id of a series from its folder: the folder's name, fit for addresses."""
    if folder in (".", "sources"):
        return slug_of(workspace.disk.root.name) or "series"
    return slug_of(posixpath.basename(folder)) or "series"
