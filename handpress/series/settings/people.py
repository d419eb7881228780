"""People: authors as programs write them, from a plain name to a mapping with an affiliation."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct

from handpress.core.files.source import CONTROL
from handpress.series.settings.nodes import is_empty, name_of, pairs_of, plain
from handpress.series.settings.values import Wrong, address


class Person(Struct, frozen=True):
    """An author as the settings describe one; `key` may be the name of a file or of an entry that has more."""

    name: str
    key: str = ""
    credentials: str = ""
    role: str = ""
    short: str = ""
    links: tuple[tuple[str, str], ...] = ()
    photo: str = ""


# The parts of a person, and the keys in which programs have them, in the form of `plain`.
KEYS = {
    "name": ("name", "fullname", "displayname", "literal", "author"),
    "given": ("given", "givenname", "givennames", "first", "firstname", "forename"),
    "family": ("family", "familyname", "last", "lastname", "surname"),
    "key": ("key", "id", "slug", "username"),
    "credentials": ("credentials", "degrees", "degree"),
    "role": ("role", "roles", "title", "job", "jobtitle", "position", "affiliation", "affiliations", "institution",
             "organization", "organisation", "company"),
    "short": ("short", "bio", "description", "about"),
    "photo": ("photo", "image", "avatar", "picture", "imageurl", "portrait"),
    "url": ("url", "website", "homepage", "web", "link", "site", "href", "uri"),
    "orcid": ("orcid",),
    "links": ("links", "social", "socials"),
}  # fmt: skip
PART = {key: part for part, keys in KEYS.items() for key in keys}
EMAIL = re.compile(r"\s*<[^<>@\s]+@[^<>\s]+>|\s*\([^()@\s]+@[^()\s]+\)")
LINK = re.compile(r"\[([^\]]+)\]\(([^()\s]+)\)")
# Letters after a name, such as PT, PhD, M.D. or MSc.
LETTERS = r"(?:[A-Z][A-Za-z]{0,2}[A-Z.][A-Za-z.]{0,3})"
LETTERED = re.compile(rf"(.+?),\s*({LETTERS}(?:(?:,\s*|\s+){LETTERS})*)")
WIKI = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]+)\]\]")  # of an Obsidian vault
WEB = re.compile(r"https?://\S+")
ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dX]")
SWITCH = re.compile(r"(?i)true|false|\s*")
BETWEEN = re.compile(r"\s*,\s*(?:and|und|y|&)\s+|\s+(?:and|und|y|&)\s+|\s*,\s+")


def read_people(node: yaml.Node) -> Iterator[tuple[Person | Wrong, yaml.Node]]:
    """Yield each author in a value with its node, and each value in it that cannot be used."""
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(item, yaml.MappingNode):
            yield from _described(item)
        elif isinstance(item, yaml.ScalarNode) and not (
            is_empty(item) or SWITCH.fullmatch(item.value)
        ):
            for person in named(" ".join(item.value.split())):
                yield person, item
        elif isinstance(item, yaml.SequenceNode):
            yield Wrong("an author takes one value, not a list", "write one name"), item


def named(written: str) -> Iterator[Person]:
    """Yield the authors in a text: usually one, and several only if each has a first and a last name."""
    for text in filter(None, (part.strip() for part in written.split(";"))):
        whole = _one(text)
        parts = [_one(part) for part in BETWEEN.split(text)]
        if whole.credentials or any(" " not in part.name for part in parts):
            yield whole
        else:
            yield from parts


def _one(text: str) -> Person:
    text = WIKI.sub(r"\1", text)
    links: tuple[tuple[str, str], ...] = ()
    if (found := LINK.fullmatch(text)) and WEB.fullmatch(found[2]):
        text, links = found[1], ((_host(found[2]), found[2]),)
    text = EMAIL.sub("", text).strip() or text
    lettered = LETTERED.fullmatch(text)
    name, credentials = lettered.groups() if lettered else (text, "")
    return Person(name, key=text, credentials=credentials, links=links)


def _described(node: yaml.MappingNode) -> Iterator[tuple[Person | Wrong, yaml.Node]]:
    """Yield the author that a mapping describes, or the authors whose names are its keys."""
    parts = _parts(node)
    if parts.keys() & {"name", "given", "family", "key"}:
        yield from _person(_name(parts), parts, node)
        return
    for key, value in pairs_of(node):
        inside = _parts(value) if isinstance(value, yaml.MappingNode) else {}
        yield from _person(_name(inside) or name_of(key), inside, key, key=name_of(key))


def _parts(node: yaml.Node) -> dict[str, yaml.Node]:
    """Return the values of a mapping by the part of a person that each is."""
    found: dict[str, yaml.Node] = {}
    for key, value in pairs_of(node):
        part = PART.get(plain(name_of(key)))
        if part and not is_empty(value):
            found.setdefault(part, value)
    return found


def _name(parts: dict[str, yaml.Node]) -> str:
    """Return the name in `parts`, which may be in two halves, or in a mapping of its own."""
    name = parts.get("name")
    if isinstance(name, yaml.MappingNode):
        return _name(_parts(name))
    halves = " ".join(filter(None, (_text(parts.get(half)) for half in ("given", "family"))))
    return _text(name) or halves or _text(parts.get("key"))


def _person(
    name: str, parts: dict[str, yaml.Node], node: yaml.Node, key: str = ""
) -> Iterator[tuple[Person | Wrong, yaml.Node]]:
    if not name:
        yield Wrong("this author has no name", "write `name: First Last`"), node
        return
    written = _one(name)
    links = list(written.links)
    for part in ("url", "orcid", "links"):
        for label, value in _labelled(part, parts.get(part)):
            url = f"https://orcid.org/{value}" if ORCID.fullmatch(value) else value
            try:
                links.append((label or _host(url), address(url)))
            except Wrong as wrong:
                if part == "url" or "/" in value:  # anything else is the name of an account
                    yield wrong, parts[part]
    texts = {part: _text(parts.get(part)) for part in ("credentials", "role", "short", "photo")}
    yield (
        Person(
            written.name,
            key=_text(parts.get("key")) or key or written.key,
            credentials=texts["credentials"] or written.credentials,
            role="" if texts["role"].isdigit() else texts["role"],  # a number refers to a list
            short=texts["short"],
            links=tuple(links),
            photo=texts["photo"],
        ),
        node,
    )


def _labelled(part: str, node: yaml.Node | None) -> Iterator[tuple[str, str]]:
    """Yield the names and the addresses of links."""
    if isinstance(node, yaml.MappingNode):
        for key, value in pairs_of(node):
            yield name_of(key), _text(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _labelled(part, item)
    elif node is not None:
        yield "ORCID" if part == "orcid" else "", _text(node)


def _text(node: yaml.Node | None) -> str:
    """Return a value as one line: of a list the items with commas, of a mapping its name."""
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(filter(None, (_text(item) for item in node.value if item is not node)))
    if isinstance(node, yaml.MappingNode):
        named = (
            value
            for key, value in pairs_of(node)
            if plain(name_of(key)) in ("name", "text", "path", "src")
        )
        return next((str(value.value) for value in named if isinstance(value, yaml.ScalarNode)), "")
    return "" if node is None or is_empty(node) else CONTROL.sub("?", " ".join(node.value.split()))


def _host(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/.*$", "", url)
