"""The ledger of a series: its released editions, in `editions.yaml` beside its articles.

`handpress release` appends to the file and never changes what is there. Git merges and compares it line by line: one fact
a line, the newest edition last. Each edition ends with a seal of its content, so that a file that was cut or edited by
hand is noticed.
"""

from __future__ import annotations

import datetime
import json
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from handpress.core.files.disk import PLAIN, Disk, digest
from handpress.core.files.source import Source, read_source
from handpress.core.problems.problem import Problem, has_errors, problem
from handpress.series.settings.nodes import Broken, name_of, shown
from handpress.series.settings.values import Wrong, date, filled, name, one_of, text, whole
from handpress.series.settings.yaml_format import read_yaml
from handpress.series.settings.yaml_reader import Settings

LEDGER = "editions.yaml"
HANDOUTS = "handouts"  # the folder of artefacts
VERSION = 1
CHANGES = ("added", "changed", "corrected", "removed", "safety", "same")
HEAD = f"""\
# The released editions of this series, the newest last. `handpress release` writes this file; keep it with the articles.
version: {VERSION}
editions:
"""
CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.M)


class EditionArticle(Struct, frozen=True):
    """An article of an edition, and its change since the edition before: one of :data:`CHANGES`.

    `hash` is of its text and pictures as readers see them. A removed article has those it had last.
    """

    title: str
    change: str
    words: int
    hash: str
    note: str = ""


class Edition(Struct, frozen=True, dict=True):
    """A released edition. `articles` are in reading order, by slug, the removed ones last."""

    number: int
    date: datetime.date
    revision: int = 0
    note: str = ""
    safety: bool = False  # whether it corrects something that could harm a reader
    commit: str = ""  # of the sources in git
    articles: Mapping[str, EditionArticle] = field(default_factory=dict)
    artefacts: Mapping[str, str] = field(default_factory=dict)  # SHA-256 by path
    made_with: Mapping[str, str] = field(default_factory=dict)  # versions of all that decides bytes

    def handed_out(self, slug: str) -> bool:
        """Return whether it had an article with a handout. Without a list of artefacts, each article had one."""
        article = self.articles.get(slug)
        if article is None or article.change == "removed":
            return False
        return not self.artefacts or slug in self._handouts

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """The old slugs of articles whose file was renamed, by their new ones: they went and came with the same text.

        An article with a note for readers is not among them, so that they get the note.
        """
        gone = {
            (article.title, article.hash): slug
            for slug, article in self.articles.items()
            if article.change == "removed" and not article.note
        }
        came = {
            slug: (article.title, article.hash)
            for slug, article in self.articles.items()
            if article.change == "added" and not article.note
        }
        return {slug: gone[text] for slug, text in came.items() if text in gone}

    @cached_property
    def _handouts(self) -> frozenset[str]:
        paths = (path.split("/") for path in self.artefacts)
        return frozenset(p[-1].partition(".")[0] for p in paths if HANDOUTS in p)

    @property
    def label(self) -> str:
        """Its name in commands: `2`, or `2.1` for its first revision."""
        return f"{self.number}.{self.revision}" if self.revision else str(self.number)

    @property
    def position(self) -> tuple[int, int]:
        """Its number and revision, by which editions are ordered."""
        return self.number, self.revision


class Ledger(Struct, frozen=True):
    """The editions of a series, in order, with the text that they are read from, empty without one."""

    source: Source
    editions: tuple[Edition, ...] = ()

    @property
    def newest(self) -> Edition | None:
        return self.editions[-1] if self.editions else None

    def edition(self, label: str = "") -> Edition | None:
        """Return the edition with a label, or the newest without one. `2` may also be the newest revision of it."""
        return find_edition(self.editions, label) if label else self.newest


def find_edition(editions: Sequence[Edition], label: str) -> Edition | None:
    """Return the edition with a label, None without one. `2` is the newest revision of it if that is all there is."""
    exact = (e for e in editions if e.label == label)
    same = (e for e in reversed(editions) if str(e.number) == label)
    return next(exact, next(same, None))


def slug_in(edition: Edition, slug: str, editions: Sequence[Edition]) -> str:
    """Return the slug that an article of the last of `editions` had in one of them."""
    for later in reversed(editions):
        if later.position > edition.position:
            slug = later.renamed.get(slug, slug)
    return slug


def ledger_path(folder: str) -> str:
    """Return the path of the ledger of the series in `folder`, whether it exists or not."""
    return posixpath.normpath(f"{folder}/{LEDGER}")


def read_ledger(disk: Disk, folder: str) -> tuple[Ledger, list[Problem]]:
    """Return the ledger of the series in `folder`, and its problems. One with an error has no editions."""
    path = ledger_path(folder)
    if not disk.has(path):
        return Ledger(Source(path, "")), []
    source, problems = read_source(disk, path)
    if has_errors(problems):
        return Ledger(source), problems
    editions, found = editions_in(source)
    return Ledger(source, editions), [*problems, *found]


def editions_in(source: Source) -> tuple[tuple[Edition, ...], list[Problem]]:
    """Return the editions in the text of a ledger, and its problems."""
    if mark := CONFLICT.search(source.text):
        return (), [problem("conflict-marks", source.place(mark.start(), len(mark[0])))]
    try:
        node = read_yaml(source.text)
        if node is None:
            raise Broken("it is empty", 0)
        return _ordered(source, _fields(node, _LEDGER)["editions"])
    except _Newer as newer:
        place = shown(source, newer.offset)
        return (), [problem("newer-ledger", place, version=newer.version, known=VERSION)]
    except Broken as broken:
        return (), [problem("broken-ledger", shown(source, broken.offset), reason=broken.reason)]


def _ordered(
    source: Source, found: list[tuple[Edition, str, int]]
) -> tuple[tuple[Edition, ...], list[Problem]]:
    problems: list[Problem] = []
    editions: list[Edition] = []
    for edition, sealed, offset in found:
        if editions and edition.position <= editions[-1].position:
            before = editions[-1].label
            raise Broken(f"edition {edition.label} comes after edition {before}", offset)
        if sealed != seal(edition):
            place = shown(source, offset)
            problems.append(problem("edited-ledger", place, edition=edition.label))
        editions.append(edition)
    return tuple(editions), problems


def with_newest(settings: Settings, newest: Edition | None) -> tuple[Settings, list[Problem]]:
    """Return the `settings` of a series with number and date of its `newest` edition, and what they contradict.

    Settings with a later edition, which will be released, stay as they are.
    """
    if newest is None:
        return settings, []
    position = settings.get("edition", 1), settings.get("revision", 0)
    if position > newest.position:
        return settings, []
    facts = {"edition": newest.number, "revision": newest.revision, "date": newest.date}
    problems = [
        problem("older-edition", settings.place(key), key=key, written=written, newest=now)
        for key, now in facts.items()
        if (written := settings.get(key)) and written != now
    ]
    return replace(settings, values={**settings.values, **facts}), problems


# Writing


def entry_text(edition: Edition) -> str:
    """Return the lines of an edition in the ledger, with its seal."""
    content = _content(edition) | {"seal": seal(edition)}
    return "\n" + yaml.safe_dump(
        [content], allow_unicode=True, sort_keys=False, width=100_000, default_flow_style=False
    )


def seal(edition: Edition) -> str:
    """Return a short hash of an edition's content."""
    return digest(json.dumps(_content(edition), default=str).encode())[:16]


def _content(edition: Edition) -> dict[str, Any]:
    """Return an edition as YAML data, without its empty facts."""
    articles = {
        slug: {
            "title": article.title,
            "change": article.change,
            "words": article.words,
            "hash": article.hash,
            **({"note": article.note} if article.note else {}),
        }
        for slug, article in edition.articles.items()
    }
    facts = {
        "edition": edition.number,
        "revision": edition.revision,
        "date": edition.date,
        "note": edition.note,
        "safety": edition.safety,
        "commit": edition.commit,
    }
    return {
        **{key: value for key, value in facts.items() if value},
        "articles": articles,
        "artefacts": dict(edition.artefacts),
        "made_with": dict(edition.made_with),
    }


# Reading. Each reader returns the value of a node, or raises Broken with its reason and offset.

Read = Callable[[yaml.Node], Any]


class _Key(Struct, frozen=True):
    read: Read
    needed: bool = True


def _scalar(read: Callable[[str], Any]) -> Read:
    def value(node: yaml.Node) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            raise Broken("one value is expected here", node.start_mark.index)
        try:
            return read(node.value)
        except Wrong as wrong:
            raise Broken(wrong.reason, node.start_mark.index) from None

    return value


def _matching(pattern: str, kind: str) -> Read:
    def read(written: str) -> str:
        if not re.fullmatch(pattern, written):
            raise Wrong(f"`{written}` is not {kind}", "")
        return written

    return _scalar(read)


def _count(written: str) -> int:
    if not re.fullmatch(r"\d{1,9}", written):
        raise Wrong(f"`{written}` is not a number", "")
    return int(written)


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, str, yaml.Node]]:
    """Return the keys of a mapping, each with its node and its value."""
    if not isinstance(node, yaml.MappingNode):
        raise Broken("`key: value` lines are expected here", node.start_mark.index)
    found: dict[str, tuple[yaml.Node, str, yaml.Node]] = {}
    for key, value in node.value:
        if name_of(key) in found:
            raise Broken(f"`{name_of(key)}` is here twice", key.start_mark.index)
        found[name_of(key)] = key, name_of(key), value
    return list(found.values())


def _fields(node: yaml.Node, keys: Mapping[str, _Key]) -> dict[str, Any]:
    """Return the values of a mapping with known keys."""
    found = {}
    for key, known, value in _pairs(node):
        if known not in keys:
            raise Broken(f"unknown key `{known}`", key.start_mark.index)
        found[known] = keys[known].read(value)
    if lost := [key for key, each in keys.items() if each.needed and key not in found]:
        raise Broken(f"`{lost[0]}` is missing", node.start_mark.index)
    return found


def _mapping(key: Read, value: Read) -> Read:
    return lambda node: {key(k): value(v) for k, _, v in _pairs(node)}


class _Newer(Exception):
    """A ledger with a later version than we know, and the place of its number."""

    def __init__(self, version: int, offset: int) -> None:
        super().__init__(version)
        self.version, self.offset = version, offset


def _version(node: yaml.Node) -> int:
    found: int = _scalar(whole)(node)
    if found > VERSION:  # before its unknown keys are
        raise _Newer(found, node.start_mark.index)
    return found


def _article(node: yaml.Node) -> EditionArticle:
    return EditionArticle(**_fields(node, _ARTICLE))


def _edition(node: yaml.Node) -> tuple[Edition, str, int]:
    """Return an edition, its seal as it is written, and its offset."""
    found = _fields(node, _EDITION)
    number, sealed = found.pop("edition"), found.pop("seal")
    return Edition(number=number, **found), sealed, node.start_mark.index


def _editions(node: yaml.Node) -> list[tuple[Edition, str, int]]:
    if not isinstance(node, yaml.SequenceNode):
        raise Broken("a list of editions is expected here", node.start_mark.index)
    return [_edition(each) for each in node.value]


_ARTICLE = {
    "title": _Key(_scalar(filled)),
    "change": _Key(_scalar(one_of(*CHANGES))),
    "words": _Key(_scalar(_count)),
    "hash": _Key(_matching("[0-9a-f]{64}", "a SHA-256")),
    "note": _Key(_scalar(text), needed=False),
}
_EDITION = {
    "edition": _Key(_scalar(whole)),
    "revision": _Key(_scalar(whole), needed=False),
    "date": _Key(_scalar(date)),
    "note": _Key(_scalar(text), needed=False),
    "safety": _Key(
        _scalar(lambda written: one_of("true", "false")(written) == "true"), needed=False
    ),
    "commit": _Key(_matching("[0-9a-f]{40}|[0-9a-f]{64}", "a commit"), needed=False),
    "articles": _Key(_mapping(_scalar(name), _article)),
    "artefacts": _Key(
        _mapping(
            _matching(PLAIN.pattern, "a path below the output folder"),
            _matching("[0-9a-f]{64}", "a SHA-256"),
        )
    ),
    "made_with": _Key(_mapping(_scalar(filled), _scalar(text))),
    "seal": _Key(_scalar(filled)),
}
_LEDGER = {"version": _Key(_version), "editions": _Key(_editions)}
