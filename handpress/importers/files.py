"""Files: the results of an import as the files of a series, with their names and settings."""

from __future__ import annotations

import base64
import binascii
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from msgspec import Struct, field

from handpress.assets.formats import SIGNATURE
from handpress.core.files.disk import digest
from handpress.importers.model import Export, Post, Result

LONGEST = 60  # letters of a file's name
ENDINGS = {b"\x89PN": "png", b"\xff\xd8\xff": "jpg", b"GIF": "gif", b"RIF": "webp", b"BM": "bmp", b"II*": "tif", b"MM\0": "tif"}  # fmt: skip
UNSEEN = re.compile(
    "[\u200b\u2060\ufeff\u00ad]"
)  # spaces without width and the like, left by editors
PLAIN = re.compile(r"[A-Za-z][\w ,.()'’/-]*[\w.)]|[A-Za-z]")
WORDS = frozenset({"yes", "no", "true", "false", "null", "on", "off", "y", "n"})


def in_order(export: Export) -> list[Post]:
    """Return the posts in reading order: that of their pagers, or of the source, or by date; pages last."""
    posts = list(export.posts)
    if export.ordered:
        return posts
    posts.sort(
        key=lambda p: (p.page, p.date is None, p.date.isoformat() if p.date else "", p.place)
    )
    return _by_pager(posts)


def _by_pager(posts: list[Post]) -> list[Post]:
    """Put posts that follow each other by their pagers one after the other."""
    by_address = {address_key(a): p for p in posts for a in p.addresses}
    after = {p.key: by_address.get(address_key(p.after)) for p in posts if p.after}
    for post in posts:
        previous = by_address.get(address_key(post.before)) if post.before else None
        if previous is not None and after.get(previous.key) is None:
            after[previous.key] = post
    follows = {p.key for p in after.values() if p is not None}
    made: list[Post] = []
    done: set[str] = set()
    for first in [*(p for p in posts if p.key not in follows), *posts]:
        one: Post | None = first
        while one is not None and one.key not in done:
            made.append(one)
            done.add(one.key)
            one = after.get(one.key)
    return made


def address_key(address: str) -> str:
    """Return what all ways to write the address of a page have in common."""
    pieces = urlsplit(address)
    host = (pieces.hostname or "").removeprefix("www.")
    path = unquote(pieces.path).rstrip("/")
    path = re.sub(r"/index\.html?$", "", path)
    query = pieces.query if re.match(r"(?:p|page_id)=\d+$", pieces.query) else ""
    return f"{host}{path}{'?' + query if query else ''}".lower()


def name_files(
    posts: Iterable[Post],
    known: Mapping[str, str],
    taken: Iterable[str],
    slug_of: Callable[[str], str],
) -> dict[str, str]:
    """Return the file of each post by its key; those of the last import keep theirs.

    New posts get the numbers after all that are taken.
    """
    posts = list(posts)
    names = {p.key: known[p.key] for p in posts if p.key in known}
    used = {*known.values(), *taken}
    numbers = [int(found[1]) for name in used if (found := re.match(r"(\d+)-", name))]
    number = max(numbers, default=0)
    width = max(2, len(str(len(posts) + number)))
    stems = {re.sub(r"^\d+-|\.md$", "", name) for name in used}
    for post in posts:
        if post.key in names:
            continue
        number += 1
        stem = slug_of(post.slug or post.title)[:LONGEST].strip("-") or "article"
        free = stem
        count = 2
        while free in stems:
            free, count = f"{stem}-{count}", count + 1
        stems.add(free)
        names[post.key] = f"{number:0{width}}-{free}.md"
    return names


class Pictures(Struct):
    """The pictures of an export, each saved once, under the name that its address has."""

    load: Callable[[str], bytes | None]
    slug_of: Callable[[str], str]
    paths: dict[str, str] = field(
        default_factory=dict
    )  # by address, "" for those that did not come along
    files: dict[str, bytes] = field(default_factory=dict)

    def path_of(self, address: str) -> str:
        if address not in self.paths:
            self.paths[address] = self._saved(address)
        return self.paths[address]

    def _saved(self, address: str) -> str:
        data = from_data_address(address) if address.startswith("data:") else self.load(address)
        if not data or not (ending := ending_of(data)):
            return ""
        stem = (
            ""
            if address.startswith("data:")
            else posixpath.basename(unquote(urlsplit(address).path))
        )
        stem = self.slug_of(posixpath.splitext(stem)[0])[:LONGEST].strip("-") or "picture"
        for name in (f"{stem}.{ending}", f"{stem}-{digest(data)[:8]}.{ending}"):
            path = f"images/{name}"
            if self.files.get(path, data) == data:
                self.files[path] = data
                return path
        return ""


def from_data_address(address: str) -> bytes | None:
    """Return the bytes that a `data:` address holds."""
    head, comma, body = address.partition(",")
    try:
        if comma and head.lower().endswith(";base64"):
            return base64.b64decode(unquote(body), validate=False)
        return unquote_to_bytes(body) if comma else None
    except (binascii.Error, ValueError):
        return None


def ending_of(data: bytes) -> str:
    """Return the ending of a picture's file by its first bytes, "" for anything else."""
    for start, ending in ENDINGS.items():
        if data.startswith(start):
            return ending
    if SIGNATURE.match(data):
        return "avif"
    return "svg" if re.search(rb"<svg[\s>]", data[:2000]) else ""


def scalar(value: object) -> str:
    """Return a value as YAML on one line."""
    text = " ".join(UNSEEN.sub("", str(value)).split())
    if PLAIN.fullmatch(text) and text.lower() not in WORDS and ": " not in text:
        return text
    return json.dumps(text, ensure_ascii=False)


def front_matter(settings: Mapping[str, object]) -> str:
    lines = []
    for key, value in settings.items():
        if isinstance(value, (list, tuple)):
            lines.append(
                f"{key}: [{', '.join(scalar(v) if ',' not in str(v) else json.dumps(str(v), ensure_ascii=False) for v in value)}]"
            )
        elif isinstance(value, bool):
            lines.append(f"{key}: {'true' if value else 'false'}")
        elif hasattr(value, "isoformat"):
            lines.append(f"{key}: {value.isoformat()}")
        elif value and scalar(value) != '""':
            lines.append(f"{key}: {scalar(value)}")
    return "\n".join(lines)


def article_file(result: Result, image: str, authors: Iterable[str], usual: str) -> str:
    """Return the whole Markdown file of an article."""
    post = result.post
    settings: dict[str, object] = {"title": post.title or "Untitled", "summary": post.summary}
    if names := list(authors):
        settings["authors" if len(names) > 1 else "author"] = names if len(names) > 1 else names[0]
    settings |= {"date": post.date or "", "image": image}
    if post.tags:
        settings["tags"] = list(post.tags)
    settings["language"] = post.language if post.language != usual else ""
    if post.draft:
        settings["draft"] = True
    settings["url"] = post.url if post.url.startswith("http") else ""
    return f"---\n{front_matter(settings)}\n---\n\n{result.text}"


def series_file(export: Export, title: str, authors: list[str], date: str) -> str:
    settings: dict[str, object] = {
        "title": title,
        "description": export.description,
        "language": export.language or "en",
    }
    if authors:
        settings["authors"] = authors
    lines = front_matter(settings)
    return (
        f"# Imported from {export.format}. Change it as you like: a later import leaves your changes.\n{lines}\n"
        + (f"date: {date}\n" if date else "")
    )
