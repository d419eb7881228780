"""The store: pieces of books and ebooks that were pressed once, kept by their recipe's fingerprint.

It lies in the output folder and may be deleted at any time: a build then presses again. A piece whose
bytes are not what they were is not there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .pdf import Pressed
from .proof import Finding
from .recipe import Recipe
from .source import Asset, digest, write


@dataclass(frozen=True)
class Kept:
    """A pressed piece: its bytes, its number of pages (0 for a drawing), on which of them each id stands, from 1, and
    what the proof had to say, and how many characters of its text stand before each page.
    """

    asset: Asset
    pages: int
    anchors: dict[str, int]
    findings: tuple[Finding, ...] = ()
    begins: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Store:
    """A folder of pieces. `asked` has the fingerprints that this run wanted."""

    folder: Path
    asked: set[str] = field(default_factory=set)
    known: dict[str, Kept] = field(default_factory=dict)

    def get(self, recipe: Recipe) -> Kept | None:
        """The piece that `recipe` made, None if it has yet to be pressed."""
        key = recipe.fingerprint
        self.asked.add(key)
        if key not in self.known and (found := self._read(key)):
            self.known[key] = found
        return self.known.get(key)

    def put(self, recipe: Recipe, pressed: Pressed) -> None:
        """Keep what was pressed. The bytes are written first: without its facts a piece is not there."""
        key = recipe.fingerprint
        if pressed.data:  # what was only measured has none
            write(self.folder / f"{key}.piece", pressed.data)
        facts = {
            "sha256": digest(pressed.data),
            "pages": pressed.pages or 0,
            "anchors": dict(pressed.anchors),
            "findings": [asdict(found) for found in pressed.findings],
            "begins": list(pressed.begins),
        }
        write(self.folder / f"{key}.json", json.dumps(facts).encode())

    def labels(self, series: str) -> dict[str, str]:
        """The page numbers that the series' book had when all of its pieces were last there."""
        name = f"labels-{series}"
        self.asked.add(name)
        try:
            found = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
            return {str(id_): str(label) for id_, label in found.items()}
        except (OSError, ValueError, AttributeError, RecursionError):
            return {}

    def put_labels(self, series: str, labels: Mapping[str, str]) -> None:
        if self.labels(series) != labels:
            write(self.folder / f"labels-{series}.json", json.dumps(dict(labels)).encode())

    def sweep(self) -> None:
        """Remove the pieces that nobody asked for in this run."""
        for file in self.folder.glob("*.*"):
            if file.name.partition(".")[0] not in self.asked:
                file.unlink(missing_ok=True)

    def _read(self, key: str) -> Kept | None:
        file = self.folder / f"{key}.piece"
        try:
            facts = json.loads((self.folder / f"{key}.json").read_text(encoding="utf-8"))
            asset = Asset.file(file) if file.is_file() else Asset.of(b"")
            anchors = {str(name): int(page) for name, page in facts["anchors"].items()}
            findings = tuple(map(Finding.read, facts["findings"]))
            begins = tuple(None if n is None else int(n) for n in facts["begins"])
            kept = Kept(asset, int(facts["pages"]), anchors, findings, begins)
            return kept if facts["sha256"] == asset.digest else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
