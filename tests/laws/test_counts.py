"""Counts: how much work each kind of change costs, in articles, pieces and artefacts, never in seconds."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import astuple

from handpress.build.outcome import Event
from handpress.build.request import Request
from handpress.build.run import build
from handpress.core.files import disk as core_disk
from handpress.core.files import workspace
from handpress.series import article_cache
from handpress.series import parse as series_parse
from helpers.remembering import Remembering
from helpers.workspaces import ROOT

TIDES = "sources/tides"
ARTICLES = {
    "01-ebb.md": """\
---
title: Ebb
---

The sea goes. It comes back at the [flood](02-flood.md).

## Why it goes

The moon has passed.
""",
    "02-flood.md": """\
---
title: Flood
---

The sea comes, as it went at the [ebb](01-ebb.md#why-it-goes).

## When it comes {#when}

Twice a day.
""",
    "03-slack.md": """\
---
title: Slack
---

The sea rests, [before it comes](02-flood.md#when).

!!! note "Mind"

    It does not rest for long.
""",
    "04-bore.md": """\
---
title: Bore
---

A wave goes up the river. It stands alone. Birds follow it, and boats.
""",
}
SETTINGS = "title: Tides\nauthors: [Ada Stone]\ndate: 2026-11-22\n"
PRACTICE = "name: Quay House\nphone: 01 23 45\n"


class Work(Struct, frozen=True):
    """The work of one build: articles parsed, pieces of the book pressed, artefacts made by medium (of the
    web, the articles' pages), covers drawn.
    """

    parsed: int = 0
    pressed: int = 0
    handouts: int = 0
    books: int = 0
    ebooks: int = 0
    pages: int = 0
    covers: int = 0


def edit(path: str, old: str, new: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        file = root / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, path
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


def own_note(root: Path) -> None:
    """A stylesheet of one's own for notes: whoever prints or shows, has it."""
    there = (ROOT / "layouts/blocks/note/style.css").read_text(encoding="utf-8")
    file = root / "layouts/blocks/note/style.css"
    file.parent.mkdir(parents=True)
    file.write_text(there + "aside.note { margin-left: 3pt }\n", encoding="utf-8")


def delete(path: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        there = root / path
        shutil.rmtree(there) if there.is_dir() else there.unlink()

    return change


LONG = "The sea goes out, and out, and out, until there is no more sea to go. " * 12 + "\n\n"

# The book has four chapters and a colophon, front matter and stamps. Three chapters show the page numbers
# of others: they are measured before they are pressed, which makes ten when none is kept. A
# piece that shows a number is pressed again only if the number changed. A row: the change, then its cost.
COLD = Work(parsed=4, pressed=10, handouts=4, books=1, ebooks=1, pages=4, covers=1)
TABLE: dict[str, tuple[Callable[[Path], object], tuple[int, ...]]] = {
    #                         parsed, pressed, handouts, books, ebooks, pages, covers
    "nothing":                                              (lambda _: None, (0, 0, 0, 0, 0, 0, 0)),
    "a comment in an article":
        (edit(f"{TIDES}/04-bore.md", "A wave", "<!-- sic -->\nA wave"),      (1, 0, 0, 0, 0, 0, 0)),
    "a comment in the settings":
        (edit(f"{TIDES}/series.yaml", "date:", "# ours\ndate:"),             (0, 0, 0, 0, 0, 0, 0)),
    "a word":
        (edit(f"{TIDES}/04-bore.md", "stands", "walks"),                     (1, 1, 1, 1, 1, 1, 0)),
    "a word where numbers are shown":
        (edit(f"{TIDES}/02-flood.md", "Twice", "Once"),                      (1, 2, 1, 1, 1, 1, 0)),
    "pages more in the first article":
        (edit(f"{TIDES}/01-ebb.md", "## Why", LONG * 9 + "## Why"),          (1, 5, 4, 1, 1, 1, 0)),
    "a heading that others link to":
        (edit(f"{TIDES}/02-flood.md", "When it comes", "At what hour"),      (1, 3, 1, 1, 1, 1, 0)),
    "a title":
        (edit(f"{TIDES}/04-bore.md", "title: Bore", "title: The Bore"),      (1, 3, 2, 1, 1, 2, 0)),
    "a style sheet of one's own, for what the ebook has none of":
        (own_note,                                                           (0, 10, 4, 1, 0, 4, 1)),
    "the practice":
        (edit("sources/practice.yaml", "01 23", "10 32"),                    (0, 0, 4, 0, 0, 0, 0)),
    "the edition":
        (edit(f"{TIDES}/series.yaml", "date:", "edition: 2\ndate:"),         (0, 2, 4, 1, 1, 4, 1)),
    "the book was deleted":
        (delete("output/tides/tides.pdf"),                                   (0, 0, 0, 1, 0, 0, 0)),
    "a handout was deleted":
        (delete("output/tides/handouts/ebb.pdf"),                            (0, 0, 1, 0, 0, 0, 0)),
    "the kept pieces were deleted":
        (delete("output/.handpress/pieces"),                                 (0, 0, 0, 0, 0, 0, 0)),
    "all that is kept was deleted":
        (delete("output/.handpress"),                                        (4, 10, 0, 0, 0, 0, 0)),
}  # fmt: skip


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory, press: Remembering) -> tuple[Path, Path, Work]:
    """A workspace that was built once, a copy to put back in its place, and what the first build did."""
    root = tmp_path_factory.mktemp("counts") / "workspace"
    for name, text in ARTICLES.items():
        file = root / TIDES / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (root / TIDES / "series.yaml").write_text(SETTINGS, encoding="utf-8")
    (root / "sources/practice.yaml").write_text(PRACTICE, encoding="utf-8")
    work = built(root, press)
    copy = root.with_name("copy")
    shutil.copytree(root, copy)
    return root, copy, work


@pytest.fixture
def root(cold: tuple[Path, Path, Work]) -> Path:
    there, copy, _ = cold
    shutil.rmtree(there)
    shutil.copytree(copy, there)
    return there


def built(root: Path, press: Remembering, **asked: bool) -> Work:
    """Build as a new process would, and count."""
    core_disk.file_digest.cache_clear()
    events: list[Event] = []
    parsed: list[str] = []
    parse = series_parse.parse

    def counted(disk: Any, path: str, *rest: Any, **named: Any) -> Any:
        parsed.append(path)
        return parse(disk, path, *rest, **named)

    space = workspace.find(root)
    assert space is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(article_cache, "parse", counted)
        outcome = build(space, Request(**asked), events.append, lambda _: None, press)
    assert not outcome.problems
    assert not outcome.faults
    did = Counter(map(kind, events))
    return Work(
        len(parsed),
        *(did[name] for name in ("piece", "handout", "book", "ebook", "page", "cover")),
    )


def kind(event: Event) -> str:
    """The name of the work that an event reports."""
    if event.action != "made":
        return {"pressed": "piece"}.get(event.action, event.action)
    name = event.path
    for part, of in (("handouts/", "handout"), ("articles/", "page"), ("cover.png", "cover")):
        if part in name:
            return of
    return {".pdf": "book", ".epub": "ebook"}.get(Path(name).suffix, "other")


# --- What it costs -----------------------------------------------------------------------------


def test_a_first_build_does_everything_once(cold: tuple[Path, Path, Work]) -> None:
    assert cold[2] == COLD


@pytest.mark.parametrize("change", TABLE)
def test_a_change_costs_what_it_concerns(change: str, root: Path, press: Remembering) -> None:
    """As the table says, and the build after it costs nothing."""
    made, expected = TABLE[change]
    made(root)
    assert astuple(built(root, press)) == expected
    assert built(root, press) == Work()


def test_a_change_that_is_taken_back_costs_as_much_as_the_change(
    root: Path, press: Remembering
) -> None:
    """Results of earlier builds are not kept for ever: going back to an old text is a build like any other."""
    forth = edit(f"{TIDES}/04-bore.md", "stands", "walks")
    back = edit(f"{TIDES}/04-bore.md", "walks", "stands")
    forth(root)
    first = built(root, press)
    back(root)
    assert built(root, press) == first


def test_what_is_kept_does_not_grow(root: Path, press: Remembering) -> None:
    """After any number of edits as many files are kept as after the first build."""

    def kept() -> int:
        return len(list((root / "output/.handpress").rglob("*.*"))) + len(
            list((root / "output/.handpress/cache").iterdir())
        )

    before = kept()
    words = ["stands", "walks", "runs", "flies"]
    for old, new in pairwise(words):
        edit(f"{TIDES}/04-bore.md", old, new)(root)
        built(root, press)
    assert kept() == before


def test_everything_again_parses_nothing(root: Path, press: Remembering) -> None:
    """`--rebuild` makes all artefacts; articles and pieces are what they were."""
    work = built(root, press, rebuild=True)
    assert work == Work(0, 0, COLD.handouts, COLD.books, COLD.ebooks, COLD.pages, COLD.covers)
