"""The manifest: what lies in the output folder, made by which recipe; and whether it is still right.

An artefact is fresh when its recipe's fingerprint is the one it was made by and its file has the bytes
that were written. Everything else here only says why it is not.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from .layout import Made
from .pdf import Pressed
from .proof import Finding
from .recipe import Recipe, program
from .source import Asset, digest, file_digest, write

NAME = "manifest.json"
MARK = ".handpress"  # a folder in the output folder: says that it is ours, and holds the lock
JOURNAL = f"{MARK}/journal"
# What reading one of our files may raise when it is not as we wrote it.
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Entry:
    """One artefact as it was made. `causes` has a digest for each thing that it was made from.

    `full`, `tight` and `findings` are what the press said (:class:`.pdf.Pressed`): a fresh artefact
    says it again.
    """

    sha256: str
    bytes: int
    pages: int | None
    edition: int
    fingerprint: str
    medium: str
    series: str
    article: str = ""
    bundle: str = ""
    members: tuple[str, ...] = ()
    style: str = ""
    paper: str = ""
    grey: bool = False
    asked: bool = False  # for by option: kept right as long as its file is there
    full: int | None = None
    tight: str = ""
    findings: tuple[Finding, ...] = ()
    causes: Mapping[str, str] = field(default_factory=dict)


Entries = dict[str, Entry]


def load(output: Path) -> Entries:
    """What the manifest says; nothing if there is none, or if it is not one of ours."""
    entries: Entries = {}
    with contextlib.suppress(*UNREADABLE):
        read = json.loads((output / NAME).read_text(encoding="utf-8"))
        entries = {str(path): _entry(found) for path, found in read["artefacts"].items()}
    with contextlib.suppress(*UNREADABLE):
        for line in (output / JOURNAL).read_text(encoding="utf-8").splitlines():
            path, found = json.loads(line)
            entries[str(path)] = _entry(found)
    return entries


def _entry(found: Mapping[str, Any]) -> Entry:
    known = {f.name for f in fields(Entry)}
    values = {key: value for key, value in found.items() if key in known}
    values["members"] = tuple(values.get("members", ()))
    values["findings"] = tuple(map(Finding.read, values.get("findings", ())))
    return Entry(**values)


def announce(output: Path, path: str, coming: Entry) -> None:
    """Say in the journal that the file at `path` is about to be ours, before it is written.

    A build that is killed has saved no manifest; by the journal the next one knows its files.
    """
    line = json.dumps((path, asdict(coming)), ensure_ascii=False) + "\n"
    with (output / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(line)


def save(output: Path, entries: Entries) -> None:
    """Write the manifest, sorted, so that two builds of the same sources write the same one."""
    whole = {"handpress": 1, "artefacts": {path: asdict(entries[path]) for path in sorted(entries)}}
    data = (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
    there = output / NAME
    if not there.is_file() or there.read_bytes() != data:
        write(there, data)
    (output / JOURNAL).unlink(missing_ok=True)


def entry(recipe: Recipe, pressed: Pressed, asked: bool = False) -> Entry:
    """The entry of an artefact that was just made."""
    return Entry(
        sha256=digest(pressed.data),
        bytes=len(pressed.data),
        pages=pressed.pages,
        edition=recipe.edition,
        fingerprint=recipe.fingerprint,
        medium=recipe.medium,
        series=recipe.series,
        article=recipe.article,
        bundle=recipe.bundle,
        members=recipe.members,
        style=recipe.style,
        paper=recipe.paper,
        grey=recipe.grey,
        asked=asked,
        full=pressed.full,
        tight=pressed.tight,
        findings=pressed.findings,
        causes=causes(recipe),
    )


def causes(recipe: Recipe) -> dict[str, str]:
    """What a recipe was put together from, by the words that `why` uses."""
    found = dict(recipe.causes)
    for kind in ("fonts", "pictures"):
        parts = sorted((n, a.digest) for n, a in recipe.files.items() if n.startswith(f"{kind}/"))
        if parts:
            found[kind] = digest(repr(parts).encode())
    if recipe.press != "copy":
        found["Handpress or one of its tools"] = program(recipe.press)
    return {name: value[:16] for name, value in sorted(found.items())}


def held(output: Path, path: str) -> str | None:
    """The digest of the file at `path`, None if there is none."""
    file = output / path
    try:
        status = file.stat()
        return file_digest(file, status.st_mtime_ns, status.st_size)
    except OSError:
        return None


def reason(recipe: Recipe, entries: Entries, output: Path) -> str | None:
    """Why the artefact has to be made, in a few words; None if it is fresh."""
    old = entries.get(recipe.path)
    there = held(output, recipe.path)
    if old is None:
        return "new"
    if there is None:
        return "file was missing"
    if there != old.sha256:
        return "file was changed by hand"
    if recipe.fingerprint == old.fingerprint:
        return None
    now = causes(recipe)
    verbs = {
        "changed": [n for n in now if n in old.causes and old.causes[n] != now[n]],
        "added": [n for n in now if n not in old.causes],
        "removed": [n for n in old.causes if n not in now],
    }
    return ", ".join(f"{_listed(found)} {verb}" for verb, found in verbs.items() if found) or (
        "layout changed"
    )


def _listed(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def made(entries: Entries, output: Path, wanted: Iterable[str] | None = None) -> dict[str, Made]:
    """The artefacts that are there, as later recipes use them."""
    found = {}
    for path in entries if wanted is None else wanted:
        old = entries.get(path)
        if old is not None and held(output, path) == old.sha256:
            asset = Asset(old.sha256, path=output / path)
            found[path] = Made(old.sha256, old.bytes, old.pages, path, asset)
    return found


@dataclass(frozen=True)
class Finished:
    """An artefact that another one is made of: the fingerprint of its recipe; what that made, None if
    it has yet to; and whether its file is there as it was made.
    """

    fingerprint: str
    made: Made | None = None
    there: bool = False


def finished(path: str, fingerprint: str, entries: Entries, output: Path) -> Finished:
    """What is known of the artefact at `path`, whose recipe now has this `fingerprint`.

    Its digest counts even if its file is missing: it would be made again with the same bytes.
    """
    old = entries.get(path)
    if old is None or old.fingerprint != fingerprint:
        return Finished(fingerprint)
    asset = Asset(old.sha256, path=output / path)
    there = held(output, path) == old.sha256
    return Finished(fingerprint, Made(old.sha256, old.bytes, old.pages, path, asset), there)
