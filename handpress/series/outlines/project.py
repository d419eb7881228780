"""The files of a project by another program, read as plain data."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from msgspec import Struct, field

from handpress.core.files.disk import Disk
from handpress.core.files.source import CONTROL, Source, read_source
from handpress.series.outlines.outline import Broken
from handpress.series.settings.people import named
from handpress.series.settings.values import Wrong, language, text

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.S | re.M)


class Project(Struct, frozen=True):
    """The folder of a project. Names of files are relative to it."""

    disk: Disk
    folder: str
    listed: dict[str, dict[str, str]] = field(default_factory=dict)

    def path(self, name: str) -> str:
        return posixpath.normpath(f"{self.folder}/{name}")

    def has(self, name: str) -> bool:
        return self.disk.is_file(self.path(name))

    def has_folder(self, name: str) -> bool:
        return self.disk.is_dir(self.path(name))

    def find(self, *names: str) -> str | None:
        """Return the first of the files `names` that exists, whatever the case of its letters, or None."""
        for name in names:
            folder, wanted = posixpath.split(name)
            if folder not in self.listed:
                there = self.disk.names(self.path(folder))
                self.listed[folder] = {n.casefold(): n for n in reversed(there)}
            # The list has no hidden files.
            known = self.listed[folder].get(wanted.casefold())
            if known or (wanted.startswith(".") and self.has(name)):
                return posixpath.join(folder, known or wanted)
        return None

    def source(self, name: str) -> Source:
        """Return the text of a file; raise :class:`Broken` if it cannot be read."""
        source, problems = read_source(self.disk, self.path(name))
        if problems:
            raise Broken(Source(self.path(name), ""), f"{problems[0].what}: {problems[0].why}")
        return source

    def data(self, name: str) -> tuple[Source, dict[str, Any]]:
        """Return the text of a file in YAML, TOML or JSON, and its content, with all values as text."""
        source = self.source(name)
        read = READERS[posixpath.splitext(name)[1].lower()]
        try:
            found = read(source.text)
        except (yaml.YAMLError, ValueError) as error:
            problem = getattr(error, "problem", None)
            mark = getattr(error, "problem_mark", None)
            where = f" in line {mark.line + 1}" if mark else ""
            raise Broken(source, f"{problem or error}{where}") from None
        except RecursionError:
            raise Broken(source, "it is nested too deeply") from None
        return source, found if isinstance(found, dict) else {"": found}

    def front_matter(self, name: str) -> dict[str, Any]:
        """Return the settings above a text in Markdown, without those that cannot be read."""
        try:
            found = FRONT_MATTER.match(self.source(name).text)
            data = _yaml(found[1]) if found else None
        except (Broken, yaml.YAMLError, ValueError, RecursionError):
            return {}  # the problem is reported with the article
        return data if isinstance(data, dict) else {}


def _yaml(written: str) -> Any:
    # This loader reads every value as text, and ignores tags such as `!!python/name`.
    return yaml.load(written, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


READERS: dict[str, Callable[[str], Any]] = {
    ".yaml": _yaml,
    ".yml": _yaml,
    ".toml": tomllib.loads,
    ".json": json.loads,
}


# Values, of any kind in any place: an unexpected one is ignored.


def inside(data: Any, *keys: str) -> Any:
    """Return the value at a way of `keys`, or None."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def words(value: Any) -> str:
    """Return a value as a line of text, "" for anything else."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return text(CONTROL.sub("", str(value)))


def items(value: Any) -> list[Any]:
    """Return the items of a list; one value alone is a list of one."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of a mapping, with keys as text."""
    if isinstance(value, dict):
        yield from ((words(key), below) for key, below in value.items())


def settings_of(
    title: Any = None,
    authors: Any = None,
    tag: Any = None,
    subtitle: Any = None,
    description: Any = None,
) -> dict[str, Any]:
    """Return the settings of a series that another program's settings give."""
    names = (words(inside(a, "name") if isinstance(a, dict) else a) for a in items(authors))
    found: dict[str, Any] = {
        "title": words(title),
        "subtitle": words(subtitle),
        "description": words(description),
        "authors": tuple(person for name in names for person in named(name)),
    }
    try:
        found["language"] = language(words(tag).replace("_", "-"))
    except Wrong:
        pass
    return {key: value for key, value in found.items() if value}
