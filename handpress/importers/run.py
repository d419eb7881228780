"""Importing a source: read, convert, name and merge; then write, or only report."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from handpress.core.files.disk import Disk, digest, plain_file, write_file
from handpress.core.limits import TooSlow, memory_limit, time_limit
from handpress.importers.bios import author_file
from handpress.importers.convert import Around, convert
from handpress.importers.files import (
    Pictures,
    address_key,
    article_file,
    in_order,
    name_files,
    series_file,
)
from handpress.importers.formats import read_source
from handpress.importers.merge import merge
from handpress.importers.model import Export, ImportRefused, Loss, Post, Result, Writer
from handpress.importers.source import open_source
from handpress.series.article import in_ascii

STATE = ".import.json"
UNTITLED = "imported"
SECONDS, MEMORY = 600, 4_000_000_000  # for reading a source


class Written(Struct, frozen=True):
    """A file of the import, and its state: `new`, `updated`, `unchanged`, `kept`, `merged` or `conflict`."""

    path: str
    state: str


class Imported(Struct, frozen=True):
    """All that an import did, or would do."""

    export: Export
    root: Path
    folder: str
    results: tuple[Result, ...]
    files: tuple[Written, ...]
    names: Mapping[str, str]  # the file of each post, by its key
    pictures: int
    losses: tuple[Loss, ...]

    @property
    def conflicts(self) -> list[str]:
        return [w.path for w in self.files if w.state == "conflict"]


def import_source(source: Path, here: Path, to: str | None, dry: bool = False) -> Imported:
    """Import `source` into the folder `to` below `here`, or into one named by its title. Raises :class:`ImportRefused`."""
    export = _read(source)
    title = export.title or (export.posts[0].title if len(export.posts) == 1 else "") or source.stem
    root, folder, authors = _places(here, to or f"sources/{in_ascii(title, 60) or UNTITLED}")
    disk, state = Disk(root), _state(root, folder)
    posts = in_order(replace(export, posts=_apart(export.posts)))
    there = [n for n in disk.names(folder) if n.endswith(".md")] if disk.is_dir(folder) else []
    names = name_files(posts, state["posts"], there, partial(in_ascii, most=60))
    pictures = Pictures(export.picture, partial(in_ascii, most=60))
    results, writers, losses = _converted(export, posts, names, pictures)
    series = posixpath.normpath(f"{folder}/series.yaml")
    files = _files(export, title, results, writers, names, pictures, (folder, authors), losses)
    if state["posts"] and not state["posts"].keys() & {p.key for p in posts}:
        del files[series]  # another source, added to a series that is there
    written, texts, more = _merged(disk, files, state["files"])
    saved, kept = _save_pictures(disk, root, folder, pictures.files, state["pictures"], dry)
    if not dry:
        for path, text in texts.items():
            write_file(root, path, text.encode())
        record = {
            "version": 1,
            "posts": {**state["posts"], **{r.post.key: names[r.post.key] for r in results}},
            "files": {**state["files"], **files},
            "pictures": {**state["pictures"], **saved},
        }
        data = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
        write_file(root, posixpath.normpath(f"{folder}/{STATE}"), data.encode())
    every = [*losses, *more, *kept, *(loss for r in results for loss in r.losses)]
    return Imported(
        export,
        root,
        folder,
        tuple(results),
        tuple(written),
        names,
        len(pictures.files),
        tuple(every),
    )


def _read(source: Path) -> Export:
    """Return the content of a source, if it has articles and can be read within limits."""
    if re.match(r"https?:", str(source)):
        raise ImportRefused(
            "an import reads files, not the web",
            "save the page in the browser, then import the file",
        )
    try:
        with time_limit(SECONDS), memory_limit(MEMORY):
            export = read_source(open_source(source))
    except RecursionError:
        raise ImportRefused(f"`{source.name}` is nested too deep", "export it in parts") from None
    except (TooSlow, MemoryError):
        raise ImportRefused(
            f"`{source.name}` takes too long to read", "export it in parts"
        ) from None
    if not export.posts:
        raise ImportRefused("it has no articles", "choose the whole export, or another format")
    if not export.language:
        guess = Loss("the export", "guessed", "the language, which the source does not give", "en")
        export = replace(export, losses=(*export.losses, guess))
    return export


def _converted(
    export: Export, posts: list[Post], names: Mapping[str, str], pictures: Pictures
) -> tuple[list[Result], list[Writer], list[Loss]]:
    """Return the posts as Markdown, their authors, and the losses that belong to no single article."""
    by_address = {address_key(a): names[p.key] for p in posts for a in p.addresses}

    def file_of(address: str) -> str:
        return by_address.get(address_key(address), "")

    around = Around(file_of, pictures.path_of, export.web)
    results: list[Result] = []
    losses = list(export.losses)
    found: dict[str, Writer] = {}
    for post in posts:
        try:
            result, writers = convert(post, around)
        except ImportRefused as error:
            losses.append(Loss(post.place, "left out", error.reason))
            continue
        boxes = writers or tuple(w for w in post.writers if w.bio and post.original)
        if boxes and not result.text.strip():
            losses += result.losses  # a page about the author, and nothing else
        else:
            results.append(result)
        losses += _neighbours(post, file_of)
        found |= {w.name: w for w in (*post.writers, *writers) if w.bio or w.name not in found}
    return results, list(found.values()), losses


def _files(
    export: Export,
    title: str,
    results: list[Result],
    writers: list[Writer],
    names: Mapping[str, str],
    pictures: Pictures,
    places: tuple[str, str],
    losses: list[Loss],
) -> dict[str, str]:
    """Return the texts of all files by their paths: authors, articles and the settings of the series."""
    folder, authors = places
    files: dict[str, str] = {}
    slugs = {w.name: w.name for w in writers}
    for writer in writers:
        if writer.bio or writer.url:
            slugs[writer.name] = in_ascii(writer.name, 60) or "author"
            path = posixpath.normpath(f"{authors}/{slugs[writer.name]}.md")
            files[path] = author_file(writer, losses)
    usual = [slugs.get(name, name) for name in _usual(results)]
    for result in results:
        own = [slugs.get(w.name, w.name) for w in result.post.writers]
        image = pictures.path_of(result.post.image) if result.post.image else ""
        path = posixpath.normpath(f"{folder}/{names[result.post.key]}")
        files[path] = article_file(
            result, image, () if own == usual else own, export.language or "en"
        )
    dates = [r.post.date.isoformat() for r in results if r.post.date and not r.post.draft]
    series = posixpath.normpath(f"{folder}/series.yaml")
    files[series] = series_file(export, title, usual, max(dates, default=""))
    return files


def _apart(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    """Return posts with a key of their own each; twins get the number of their place."""
    seen: Counter[str] = Counter()
    made = []
    for post in posts:
        seen[post.key] += 1
        made.append(
            post if seen[post.key] == 1 else replace(post, key=f"{post.key} {seen[post.key]}")
        )
    return tuple(made)


def _places(here: Path, to: str) -> tuple[Path, str, str]:
    """Return the workspace's folder, that of the series in it, and that of the authors."""
    target = (here / to).resolve()
    if target.is_file():
        raise ImportRefused(f"`{to}` is a file", "choose a folder with --to")
    if target.parent.name == "sources":
        return target.parent.parent, f"sources/{target.name}", "sources/authors"
    return target, ".", "authors"


def _state(root: Path, folder: str) -> dict[str, dict[str, str]]:
    """Return what the last import recorded: files by post, texts and digests by path."""
    empty: dict[str, dict[str, str]] = {"posts": {}, "files": {}, "pictures": {}}
    file = plain_file(root, posixpath.normpath(f"{folder}/{STATE}")) if root.is_dir() else None
    if file is None:
        return empty
    try:
        found = json.loads(file.read_bytes())
        return {
            part: {str(k): str(v) for k, v in found[part].items() if "\0" not in f"{k}{v}"}
            for part in empty
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ImportRefused(
            f"`{folder}/{STATE}` is damaged", "delete it, then import into a new folder"
        ) from None


def _neighbours(post: Post, file_of: Callable[[str], str]) -> list[Loss]:
    sides = (("previous", post.before), ("next", post.after))
    return [
        Loss(post.place, "left out", f"the {side} article is not in this import", address)
        for side, address in sides
        if address and not file_of(address)
    ]


def _usual(results: list[Result]) -> list[str]:
    """Return the names of the authors of most articles."""
    counted = Counter(tuple(w.name for w in r.post.writers) for r in results if r.post.writers)
    return list(counted.most_common(1)[0][0]) if counted else []


def _merged(
    disk: Disk, files: Mapping[str, str], bases: Mapping[str, str]
) -> tuple[list[Written], dict[str, str], list[Loss]]:
    """Return the state of each file, the texts to write, and the losses: conflicts, and files that stay."""
    written: list[Written] = []
    texts: dict[str, str] = {}
    losses: list[Loss] = []
    for path, text in files.items():
        base = bases.get(path)
        try:
            mine = disk.read(path).decode() if disk.has(path) else None
        except (OSError, UnicodeDecodeError):
            losses.append(Loss(path, "left out", "the file cannot be read, so it stays as it is"))
            written.append(Written(path, "kept"))
            continue
        if mine is None and base is not None:
            losses.append(Loss(path, "left out", "you deleted it, so it is not written again"))
            written.append(Written(path, "kept"))
        elif mine is None:
            texts[path] = text
            written.append(Written(path, "new"))
        elif base is None and mine != text:
            losses.append(
                Loss(
                    path,
                    "left out",
                    "there is a file of this name that no import wrote; it stays as it is",
                )
            )
            written.append(Written(path, "kept"))
        else:
            # An editor may have changed all ends of lines: they stay as they are.
            ends = "\r\n" if "\r\n" in mine else "\n"
            mine = mine.replace("\r\n", "\n")
            merged = merge(base or text, mine, text)
            if merged.text != mine:
                texts[path] = merged.text.replace("\n", ends)
            if merged.conflicts:
                losses.append(
                    Loss(
                        path,
                        "changed",
                        f"{merged.conflicts} conflicts with your changes, marked by `<<<<<<<`",
                    )
                )
            state = (
                "conflict"
                if merged.conflicts
                else "unchanged"
                if merged.text == mine
                else "updated"
                if mine == base
                else "merged"
            )
            written.append(Written(path, state))
    return written, texts, losses


def _save_pictures(
    disk: Disk,
    root: Path,
    folder: str,
    files: Mapping[str, bytes],
    known: Mapping[str, str],
    dry: bool,
) -> tuple[dict[str, str], list[Loss]]:
    """Save new pictures; those that the author replaced or deleted stay so."""
    saved: dict[str, str] = {}
    losses: list[Loss] = []
    for name, data in files.items():
        path = posixpath.normpath(f"{folder}/{name}")
        there = digest(disk.read(path)) if disk.is_file(path) else ""
        if there != digest(data):
            if there != known.get(path, ""):
                losses.append(
                    Loss(
                        path,
                        "left out",
                        "the picture was changed or deleted here, so it stays as it is",
                    )
                )
                continue
            if not dry:
                write_file(root, path, data)
        saved[path] = digest(data)
    return saved, losses
