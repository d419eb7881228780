"""The store of pieces: rendered parts of books and ebooks, kept by their recipe's fingerprint.

It is in the output folder and may be deleted at any time: the next build then renders the pieces again. A
piece whose bytes have changed counts as missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from handpress.core.caches import record
from handpress.core.caches.record import Damaged
from handpress.core.files.disk import Asset, digest, discard, plain_file, write_file
from handpress.press.presses import program
from handpress.press.recipe import Recipe
from handpress.press.result import Fill, Finding, Rendered, StoredPiece


class Facts(Struct, frozen=True):
    """The record of a piece."""

    sha256: str
    pages: int
    anchors: Mapping[str, int]
    findings: tuple[Finding, ...]
    begins: tuple[int | None, ...]
    fill: Fill


class PieceStore(Struct, frozen=True):
    """A folder of pieces: `at` below `root`. `asked` has the names of the records requested in this run."""

    root: Path
    at: str = ""
    asked: set[str] = field(default_factory=set)
    known: dict[str, StoredPiece] = field(default_factory=dict)

    def get(self, recipe: Recipe) -> StoredPiece | None:
        """Return the piece that `recipe` made, or None if it is not rendered yet."""
        key = recipe.fingerprint
        self.asked.add(key)
        if key not in self.known and (found := self._read(key)):
            self.known[key] = found
        return self.known.get(key)

    def put(self, recipe: Recipe, pressed: Rendered) -> None:
        """Store a rendered piece. The bytes are written first: without its facts it counts as missing."""
        key = recipe.fingerprint
        if pressed.data:  # a piece that was only measured has none
            write_file(self.root, f"{self.at}{key}.piece", pressed.data, flush=False)
        facts = Facts(
            digest(pressed.data),
            pressed.pages or 0,
            dict(pressed.anchors),
            pressed.findings,
            pressed.begins,
            pressed.fill,
        )
        record.save(self.root, f"{self.at}{key}.json", facts)

    def labels(self, series: str) -> dict[str, str]:
        """Return the page numbers that the series' book had when it was last complete."""
        name = f"labels-{series}"
        self.asked.add(name)
        try:
            return record.load(dict[str, str], self.root, f"{self.at}{name}.json") or {}
        except Damaged:
            discard(self.root, f"{self.at}{name}.json")
            return {}

    def put_labels(self, series: str, labels: Mapping[str, str]) -> None:
        if self.labels(series) != labels:
            record.save(self.root, f"{self.at}labels-{series}.json", labels)

    def memory(self, recipe: Recipe) -> Asset | None:
        """Return the memory of the press that made the recipe's artefact before, if this press can read it."""
        key = self.keep_memory(recipe)
        try:
            sha256 = record.load(str, self.root, f"{self.at}{key}.json")
        except Damaged:
            discard(self.root, f"{self.at}{key}.json")
            return None
        file = plain_file(self.root, f"{self.at}{key}.memory")
        # Only the press reads it, and sees then whether it is whole.
        return Asset(sha256, path=file) if sha256 and file else None

    def put_memory(self, recipe: Recipe, memory: bytes) -> None:
        key = self.keep_memory(recipe)
        write_file(self.root, f"{self.at}{key}.memory", memory, flush=False)
        record.save(self.root, f"{self.at}{key}.json", digest(memory))

    def keep_memory(self, recipe: Recipe) -> str:
        """Let a sweep leave the memory of a press, which a later build may need; return the name of its files."""
        key = digest(f"{recipe.path} {program(recipe.press)}".encode())
        self.asked.add(key)
        return key

    def sweep(self) -> None:
        """Remove the pieces that were not requested in this run."""
        for file in (self.root / self.at).glob("*.*"):
            if file.name.partition(".")[0] not in self.asked and not file.is_dir():
                discard(self.root, self.at + file.name)

    def _read(self, key: str) -> StoredPiece | None:
        try:
            return self._whole(key)
        except Damaged:
            for ending in ("json", "piece"):
                discard(self.root, f"{self.at}{key}.{ending}")
            return None

    def _whole(self, key: str) -> StoredPiece | None:
        facts = record.load(Facts, self.root, f"{self.at}{key}.json")
        if facts is None:
            return None
        file = plain_file(self.root, f"{self.at}{key}.piece")
        asset = Asset.file(file) if file else Asset.of(b"")
        if facts.sha256 != asset.digest:
            raise Damaged("its bytes are other ones")
        return StoredPiece(
            asset, facts.pages, dict(facts.anchors), facts.findings, facts.begins, facts.fill
        )
