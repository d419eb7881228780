"""The manifest: the artefacts in the output folder, with the recipe of each, and whether each is fresh.

An artefact is fresh if its recipe's fingerprint has not changed since it was made, and its file has the
bytes that were written. Everything else here only explains why it is not.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from handpress.build.places import CACHE, JOURNAL, LOCK, MARK, NAME, PIECES
from handpress.core.caches import record
from handpress.core.caches.record import Damaged, shaped
from handpress.core.files.disk import (
    Asset,
    Outside,
    below,
    digest,
    digest_below,
    plain_file,
    set_aside,
    write_file,
)
from handpress.press.presses import program
from handpress.press.recipe import Recipe
from handpress.press.result import Finding, Finished, Made, Rendered

KINDS: Mapping[str, Callable[[int], bool]] = {
    MARK: stat.S_ISDIR,
    CACHE.rstrip("/"): stat.S_ISDIR,
    PIECES.rstrip("/"): stat.S_ISDIR,
    JOURNAL: stat.S_ISREG,
    LOCK: stat.S_ISREG,
}


class Entry(Struct, frozen=True):
    """One artefact as it was made. `causes` has a digest of each thing that it was made from.

    `full`, `tight` and `findings` are from the press (:class:`.press.result.Rendered`). They are reported again
    for a fresh artefact.
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
    asked: bool = False  # for by an option: kept up to date as long as its file exists
    full: int | None = None
    tight: str = ""
    findings: tuple[Finding, ...] = ()
    causes: Mapping[str, str] = field(default_factory=dict)
    warnings: int = 0  # that it carries; recorded if there are any


Entries = dict[str, Entry]


class Damage(Struct, frozen=True):
    """One of our own files that is not as we wrote it, with the reason."""

    file: str
    reason: str


def load(output: Path) -> Entries:
    """Return the intact entries of the manifest."""
    return load_checked(output)[0]


def load_checked(output: Path) -> tuple[Entries, tuple[Damage, ...]]:
    """Return the entries of the manifest, and its damage. A broken entry does not affect the others.

    An entry with a broken seal only shows that the file with its digest is ours. Its artefact is made again.
    """
    entries: Entries = {}
    damages = []
    for file, told in ((NAME, _manifest), (JOURNAL, _journal)):
        broken = []
        try:
            for path, found in told(output):
                try:
                    below(output, path)
                    entries[path], whole = _entry(path, found)
                    broken += [] if whole else [path]
                except (Damaged, Outside):
                    broken.append(path)
        except Damaged as damaged:
            damages.append(Damage(file, str(damaged)))
        if broken:
            several = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
            damages.append(Damage(file, f"its entry `{broken[0]}`{several} cannot be trusted"))
    return entries, tuple(damages)


def _manifest(output: Path) -> Iterator[tuple[str, Any]]:
    data = record.found(output, NAME)
    if data is not None:
        whole = record.plain(data)
        if not isinstance(whole, dict) or not isinstance(whole.get("artefacts"), dict):
            raise Damaged("it is not a manifest")
        yield from whole["artefacts"].items()


def _journal(output: Path) -> Iterator[tuple[str, Any]]:
    lines = (record.found(output, JOURNAL) or b"").split(b"\n")
    for line in lines[:-1]:  # the last line is empty, or incomplete because the build was killed
        try:
            path, found = shaped(tuple[str, dict[str, Any]], record.plain(line))
        except Damaged:
            continue  # the file that it announced is adopted if it has the right bytes
        yield path, found


def _entry(path: str, found: Any) -> tuple[Entry, bool]:
    """Return the entry of `path`, and whether it is as it was written."""
    entry = shaped(Entry, found)
    seal = found.pop("seal", None)
    return (entry, True) if seal == _seal(path, found) else (replace(entry, fingerprint=""), False)


def _sealed(path: str, entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON data, with its seal."""
    told = msgspec.to_builtins(entry)
    if not entry.warnings:
        told.pop("warnings", None)
    return {**told, "seal": _seal(path, told)}


def _seal(path: str, told: Mapping[str, Any]) -> str:
    return digest(json.dumps([path, told], sort_keys=True).encode())[:16]


def settle(output: Path) -> Iterator[Damage]:
    """Move aside anything of the wrong kind that is in the place of one of our own files or folders.

    Yield a :class:`Damage` for each. Nothing that was there is lost, and no link is followed.
    """
    for name, is_right in KINDS.items():
        try:
            if is_right(below(output, name).lstat().st_mode):
                continue
        except OSError:
            continue
        yield Damage(
            name, f"something else was in its place, which is now `{set_aside(output, name)}`"
        )


def announce(output: Path, path: str, coming: Entry) -> None:
    """Announce in the journal that the file at `path` is ours, before it is written.

    A build that is killed does not save its manifest. The next build recognizes its files by the journal.
    """
    line = json.dumps((path, _sealed(path, coming)), ensure_ascii=False) + "\n"
    with (output / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(line)


def save(output: Path, entries: Entries) -> None:
    """Write the manifest, sorted, so that two builds of the same sources give the same file."""
    artefacts = {path: _sealed(path, entries[path]) for path in sorted(entries)}
    whole = {"handpress": 1, "artefacts": artefacts}
    data = msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"
    there = plain_file(output, NAME)
    if there is None or there.read_bytes() != data:
        write_file(output, NAME, data)
    (output / JOURNAL).unlink(missing_ok=True)


def entry(recipe: Recipe, pressed: Rendered, asked: bool = False, warnings: int = 0) -> Entry:
    """Return the entry of an artefact that was just made."""
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
        warnings=warnings,
    )


def causes(recipe: Recipe) -> dict[str, str]:
    """Return a digest of each thing that a recipe consists of, by the words that `why` prints."""
    found = dict(recipe.causes)
    for kind in ("fonts", "pictures"):
        parts = sorted(item for item in recipe.digests.items() if item[0].startswith(f"{kind}/"))
        if parts:
            found[kind] = digest(repr(parts).encode())
    if recipe.press != "copy":
        found["Handpress or one of its tools"] = program(recipe.press)
    return {name: value[:16] for name, value in sorted(found.items())}


def reason(recipe: Recipe, entries: Entries, output: Path) -> str | None:
    """Return in a few words why the artefact must be made, or None if it is fresh."""
    old = entries.get(recipe.path)
    there = digest_below(output, recipe.path)
    if old is None:
        return "new"
    if there is None:
        return "file was missing"
    if there != old.sha256:
        return "file was changed by hand"
    if recipe.fingerprint == old.fingerprint:
        return None
    if not old.fingerprint:
        return "its entry in the manifest was damaged"
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


def made(
    entries: Entries,
    output: Path,
    wanted: Iterable[str] | None = None,
    again: Container[str] = (),
    seen: Container[tuple[str, str]] = (),
) -> dict[str, Made]:
    """Return the intact artefacts (of `wanted`, or of all entries), in the form that later recipes use.

    Those that will be made `again` with the same bytes count as intact. `seen` are paths with the digests that their
    files had a moment ago.
    """
    found = {}
    for path in entries if wanted is None else wanted:
        old = entries.get(path)
        if old is not None and (
            path in again or (path, old.sha256) in seen or digest_below(output, path) == old.sha256
        ):
            asset = Asset(old.sha256, path=output / path)
            found[path] = Made(old.sha256, old.bytes, old.pages, path, asset)
    return found


def finished(path: str, fingerprint: str, entries: Entries, output: Path) -> Finished:
    """Return the known facts about the artefact at `path`, with the present `fingerprint` of its recipe.

    Its digest is valid even if its file is missing: the artefact would be made again with the same bytes.
    """
    old = entries.get(path)
    if old is None or old.fingerprint != fingerprint:
        return Finished(fingerprint)
    asset = Asset(old.sha256, path=output / path)
    there = digest_below(output, path) == old.sha256
    return Finished(fingerprint, Made(old.sha256, old.bytes, old.pages, path, asset), there)
