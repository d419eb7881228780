"""Joplin's export: a JEX file, or a folder as RAW. Each note, notebook, tag and attachment is a file, named by its id."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import quote

from msgspec import Struct

from handpress.importers.dates import date_in
from handpress.importers.html import find, parse_page, text_from
from handpress.importers.model import Export, ImportRefused, Loss, Post, Writer
from handpress.importers.source import Source
from handpress.markup.markdown import to_tree
from handpress.markup.tree import Element, new_element, serialize

FILE = re.compile(r"(?:.*/)?([0-9a-f]{32})\.md")
FACT = re.compile(r"([a-z_]+): ?(.*)")
TYPE = re.compile(r"^type_: \d+\s*\Z", re.M)
REFERENCE = re.compile(r":/([0-9a-f]{32})(#.*)?")
NOTE, NOTEBOOK, TAGGED = "1", "2", "6"
HTML = "2"  # the language of a note that was clipped from a page
YES = "1"
FOLDER = "resources"  # of attachments
LINKS = (("a", "href"), ("img", "src"))


class Item(Struct, frozen=True):
    """A file: the first line, what is below it, and the facts at its end."""

    file: str
    title: str
    text: str
    facts: dict[str, str]

    @property
    def id(self) -> str:
        return self.facts.get("id", "")

    @property
    def type(self) -> str:
        return self.facts.get("type_", "")

    def says(self, fact: str) -> bool:
        return self.facts.get(fact) == YES


def detect(source: Source) -> bool:
    names = [name for name in source.ending(".md") if FILE.fullmatch(name)]
    return bool(names) and TYPE.search(text_from(source.read(names[0]))) is not None


def read(source: Source) -> Export:
    items = {item.id: item for item in _items(source)}
    notes = [item for item in items.values() if item.type == NOTE]
    tags: dict[str, list[str]] = {}
    for item in items.values():
        if item.type == TAGGED and (tag := items.get(item.facts.get("tag_id", ""))):
            tags.setdefault(item.facts.get("note_id", ""), []).append(tag.title)
    files = _attached(source)
    addresses = {id_: _address(id_, file, items.get(id_)) for id_, file in files.items()}
    kept = [note for note in notes if not any(kind(note) for kind, _ in LEFT_OUT)]
    posts: list[Post] = []
    losses = [*_left_out(notes)]
    for note in kept:
        try:
            posts.append(_post(note, sorted(tags.get(note.id, ())), addresses))
        except (ImportRefused, RecursionError) as error:
            losses.append(Loss(note.file, "left out", str(error) or "it is nested too deep"))

    def picture(address: str) -> bytes | None:
        file = files.get(posixpath.basename(posixpath.dirname(address)))
        return source.read(file) if file else None

    return Export(
        "Joplin",
        tuple(posts),
        _title(kept, items),
        picture=picture,
        losses=tuple(losses),
        parts=tuple(item.file for item in items.values() if item.type != NOTE),
    )


def _items(source: Source) -> Iterator[Item]:
    for name in source.ending(".md"):
        if FILE.fullmatch(name):
            yield _item(name, text_from(source.read(name)).removeprefix("\ufeff"))


def _item(name: str, text: str) -> Item:
    """Return the item in a file. Its facts are the last paragraph; a note without a text has only a title before them."""
    before, _, last = ("\n\n" + text.replace("\r\n", "\n").rstrip()).rpartition("\n\n")
    found = filter(None, map(FACT.fullmatch, last.split("\n")))
    facts = {line[1]: line[2] for line in found}
    title, _, body = before.removeprefix("\n\n").partition("\n")
    return Item(name, title.strip(), body.strip("\n"), facts)


def _attached(source: Source) -> dict[str, str]:
    """Return the file of each attachment, by its id."""
    names = [n for n in source.names if posixpath.basename(posixpath.dirname(n)) == FOLDER]
    return {posixpath.splitext(posixpath.basename(name))[0]: name for name in names}


def _address(id_: str, file: str, item: Item | None) -> str:
    """Return an address for an attachment, with its id and the name that it had before."""
    ending = posixpath.splitext(file)[1]
    name = item.title if item and item.title.endswith(ending) else f"{id_}{ending}"
    return f"{FOLDER}/{id_}/{quote(name, safe='')}"


def _conflicting(note: Item) -> bool:
    return note.says("is_conflict")


def _deleted(note: Item) -> bool:
    return note.facts.get("deleted_time", "0") not in ("", "0")


def _locked(note: Item) -> bool:
    return note.says("encryption_applied")


LEFT_OUT = (
    (_conflicting, "the older copy of a note, from a conflict"),
    (_deleted, "a note in the trash"),
    (_locked, "an encrypted note"),
)


def _left_out(notes: list[Item]) -> Iterator[Loss]:
    for note in notes:
        for kind, what in LEFT_OUT:
            if kind(note):
                yield Loss(note.file, "left out", f"{what}, `{note.title}`")


def _title(notes: list[Item], items: dict[str, Item]) -> str:
    """Return the name of the notebook that all notes are in, directly or not."""
    ways = [_notebooks(note, items) for note in notes]
    common = (
        [name for name, *others in zip(*ways, strict=False) if {name} >= {*others}] if ways else []
    )
    return common[-1] if common else "Joplin"


def _notebooks(note: Item, items: dict[str, Item]) -> list[str]:
    """Return the titles of the notebooks around a note, the outermost first."""
    found: list[str] = []
    above = items.get(note.facts.get("parent_id", ""))
    while above and above.type == NOTEBOOK and len(found) < len(items):
        found.insert(0, above.title)
        above = items.get(above.facts.get("parent_id", ""))
    return found


def _post(note: Item, tags: list[str], addresses: dict[str, str]) -> Post:
    facts = note.facts
    body = _body(note)
    for tag, name in LINKS:
        for element in body.iter(tag):
            if found := REFERENCE.fullmatch(element.get(name, "")):
                id_, place = found[1], found[2] or ""
                element.set(name, addresses.get(id_, f"{id_}.md{place}"))
    written = facts.get("user_created_time") or facts.get("created_time", "")
    return Post(
        note.id,
        note.file,
        note.title,
        serialize(body),
        slug=note.title,
        date=date_in(written),
        writers=(Writer(facts["author"]),) if facts.get("author") else (),
        tags=tuple(tags),
        url=facts.get("source_url", ""),
        base=f"{note.id}.md",
    )


def _body(note: Item) -> Element:
    if note.facts.get("markup_language") == HTML:
        body = find(parse_page(note.text), lambda element: element.tag == "body")
        if body is None:
            raise ImportRefused("a note has no text")
        return body
    tree = to_tree(note.text)
    return new_element("body", [*([tree.text] if tree.text else []), *list(tree)])
