"""Incremental builds: after any edits, the very bytes of a clean build of the same sources.

Random series, random edits, all media, 200 rounds. Each round builds twice: in the output folder that was
there, and in a new one, where nothing is kept. To press everything again each time would take hours, so the
press remembers (`helpers.remembering`), and a template's text is compiled once as well. All else is real, and each
twentieth round remembers nothing: its clean build compiles its templates, hires workers of its own and presses everything.
"""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import pytest
from msgspec import Struct, field
from PIL import Image

from handpress.build import builder, run
from handpress.build.outcome import Event, Outcome
from handpress.build.places import SEEN
from handpress.build.request import Request
from handpress.core.caches import record
from handpress.core.files import disk, workspace
from handpress.press.pool import Workers
from helpers.remembering import Remembering
from helpers.workspaces import ROOT, files

SERIES = 8  # each starts fresh, with a seed of its own
ROUNDS = 25  # edits and builds in each
PLAIN = 20  # each such round presses everything
MEDIA = ("[handout, book, epub, web]", "[epub, web]", "[handout, epub]", "[book, web]")


# --- The press that remembers ------------------------------------------------------------------


def remember(monkeypatch: pytest.MonkeyPatch, press: Remembering) -> None:
    monkeypatch.setattr(builder, "Workers", press)
    monkeypatch.setattr(jinja2.Environment, "compile", compiled)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "Workers", Workers)
    monkeypatch.setattr(jinja2.Environment, "compile", COMPILE)


COMPILE = jinja2.Environment.compile
CODE: dict[tuple[object, ...], object] = {}


def compiled(env: jinja2.Environment, *template: object) -> object:
    """The code of a template by its text and name: all our environments are set up in the same way."""
    if template not in CODE:
        CODE[template] = COMPILE(env, *template)
    return CODE[template]


# --- Sources -----------------------------------------------------------------------------------

WORDS = "moon sea tide sun wave harbour sand rope boat night wind salt quay gull stone".split()  # noqa: SIM905


class Section(Struct, eq=False):
    """A heading with an id of its own, so that it may be renamed, and the text below it."""

    id: str
    title: str
    text: str


class Paper(Struct, eq=False):
    """An article as its author thinks of it. Links are to others, whatever they are called by then."""

    name: str
    title: str
    text: str
    sections: list[Section]
    links: list[tuple[Paper, Section | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    picture: str = ""
    boxed: str = ""
    only: str = ""
    long: int = 0

    def source(self, files_: dict[Paper, str]) -> str:
        notes = "".join(f"[^{n}]" for n, _ in enumerate(self.notes, 1))
        lines = [
            f"---\ntitle: {self.title}\nsummary: Of {self.name}.\n---\n",
            f"{self.text}{notes}\n",
        ]
        for number, (other, section) in enumerate(self.links):
            shown = "" if number % 2 else f"more {number}"
            at = f"#{section.id}" if section else ""
            lines.append(f"See [{shown}]({files_[other]}{at}).\n")
        lines += [f"{self.text}\n"] * self.long
        for section in self.sections:
            media = f' only="{self.only}"' if self.only else ""
            lines += [f"## {section.title} {{: #{section.id}{media} }}\n", f"{section.text}\n"]
        if self.picture:
            lines.append(f"![A picture of {self.title}](images/{self.picture})\n")
        if self.boxed:
            lines.append(f'!!! note "Mind"\n\n    {self.boxed}\n')
        lines += [f"[^{n}]: {note}\n" for n, note in enumerate(self.notes, 1)]
        return "\n".join(lines)


class Desk:
    """A workspace, what is written in it, and everything that an author may do to it."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.dice = root, random.Random(seed)
        self.count = 0
        self.papers: list[Paper] = []
        self.settings = {"title": "Tides", "date": "2026-11-22", "media": MEDIA[seed % len(MEDIA)]}
        self.listed = False
        self.practice: str | None = "Quay House"
        self.author = "Ada Stone"
        self.pictures: dict[str, bytes] = {}
        self.own: dict[str, str] = {}
        self.other: str | None = None
        for _ in range(3):
            self.add()
        for _ in range(3):
            self.link()
        self.draw()
        self.write()

    @property
    def output(self) -> Path:
        return self.root / "output"

    def words(self, most: int = 12) -> str:
        return " ".join(self.dice.choices(WORDS, k=self.dice.randint(2, most))).capitalize()

    def fresh_name(self) -> str:
        self.count += 1
        return f"{self.dice.choice(WORDS)}-{self.count}"

    def section(self) -> Section:
        return Section(self.fresh_name(), self.words(4), f"{self.words()}.")

    # Edits of an author

    def reword(self) -> None:
        """Change words."""
        paper = self.dice.choice(self.papers)
        paper.text = f"{self.words(20)}."

    def retitle(self) -> None:
        self.dice.choice(self.papers).title = self.words(5)

    def lengthen(self) -> None:
        """Paragraphs more or less, so that pages shift."""
        paper = self.dice.choice(self.papers)
        paper.long = 0 if paper.long else self.dice.choice((2, 20, 40))

    def add(self) -> None:
        """An article more, at any place."""
        if len(self.papers) < 4:
            sections = [self.section() for _ in range(self.dice.randint(0, 2))]
            paper = Paper(self.fresh_name(), self.words(4), f"{self.words()}.", sections)
            self.papers.insert(self.dice.randint(0, len(self.papers)), paper)

    def delete(self) -> None:
        """An article less, and the links to it."""
        if len(self.papers) > 1:
            gone = self.papers.pop(self.dice.randrange(len(self.papers)))
            for paper in self.papers:
                paper.links = [link for link in paper.links if link[0] is not gone]

    def rename(self) -> None:
        """An article's file gets another name; links follow."""
        self.dice.choice(self.papers).name = self.fresh_name()

    def swap(self) -> None:
        """The order changes, and with it every file's number."""
        self.dice.shuffle(self.papers)

    def rehead(self) -> None:
        """A heading that others link to gets other words, and keeps its id."""
        linked = [s for p in self.papers for _, s in p.links if s]
        every = [s for p in self.papers for s in p.sections]
        if linked or every:
            self.dice.choice(linked or every).title = self.words(5)

    def reid(self) -> None:
        """A heading gets another id; links follow."""
        if every := [s for p in self.papers for s in p.sections]:
            self.dice.choice(every).id = self.fresh_name()

    def link(self) -> None:
        """A link more, to an article or to a heading in it."""
        one, other = self.dice.choice(self.papers), self.dice.choice(self.papers)
        if one is not other and len(one.links) < 4:
            one.links.append((other, self.dice.choice([None, *other.sections])))

    def unlink(self) -> None:
        if linking := [p for p in self.papers if p.links]:
            paper = self.dice.choice(linking)
            paper.links.pop(self.dice.randrange(len(paper.links)))

    def note(self) -> None:
        """A footnote more, or none."""
        paper = self.dice.choice(self.papers)
        paper.notes = [] if len(paper.notes) > 1 else [*paper.notes, f"{self.words()}."]

    def box(self) -> None:
        paper = self.dice.choice(self.papers)
        paper.boxed = "" if paper.boxed else f"{self.words()}."

    def limit(self) -> None:
        """The sections of an article are for some media alone."""
        paper = self.dice.choice(self.papers)
        linked = any(section for p in self.papers for other, section in p.links if other is paper)
        paper.only = "" if paper.only or linked else "book epub web"

    def draw(self) -> None:
        """An article shows a picture of its own, another's, or none."""
        paper = self.dice.choice(self.papers)
        if paper.picture and self.dice.random() < 0.4:
            paper.picture = ""
            return
        name = self.dice.choice(["one.png", "two.svg"])
        paper.picture = name
        if name not in self.pictures:
            self.redraw(name)

    def redraw(self, name: str = "") -> None:
        """A picture is another under the same name."""
        if name := name or self.dice.choice(list(self.pictures) or [""]):
            colour = tuple(self.dice.randrange(256) for _ in range(3))
            out = io.BytesIO()
            if name.endswith("png"):
                Image.new("RGB", (self.dice.randint(2, 9), 5), colour).save(out, "PNG")
            else:
                out.write(
                    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30" width="90" height="30">'
                    b'<path d="M5 15h80" stroke="#%02x%02x%02x"/></svg>' % colour
                )
            self.pictures[name] = out.getvalue()

    def resettle(self) -> None:
        """Another value for one of the settings, or none."""
        key, values = self.dice.choice(
            [
                ("title", ["Tides", "The Sea", "A Longer Name of the Same"]),
                ("edition", ["1", "2", "3"]),
                ("date", ["2026-11-22", "2027-01-01"]),
                ("subtitle", ["Of the sea", ""]),
                ("site", ["https://tides.example/", ""]),
                ("rights", ["Ours", ""]),
                ("styles", ["[standard, large-print]", "[ink-saving]", ""]),
                ("paper", ["letter", "a5", ""]),
                ("media", [*MEDIA[1:], self.settings["media"]]),
                ("cover", ["images/one.png", ""]),
                ("id", ["sea", ""]),
            ]
        )
        self.settings[key] = self.dice.choice(values)
        if self.settings.get("cover") and "one.png" not in self.pictures:
            self.redraw("one.png")

    def list_(self) -> None:
        """The order is in the settings, or in the names alone."""
        self.listed = not self.listed

    def practise(self) -> None:
        self.practice = self.dice.choice(["Quay House", "Pier House", None])

    def introduce(self) -> None:
        """The author is called otherwise."""
        self.author = self.dice.choice(["Ada Stone", "Eve Wood", "Ida Reed"])

    def restyle(self) -> None:
        """A style sheet, a template, words of one's own, or none any more."""
        name = self.dice.choice(
            ["blocks/note/style.css", "styles/media/web.css", "handout.html", "words/en.yaml"]
        )
        ours = (ROOT / "layouts" / name).read_text(encoding="utf-8")
        mark = self.words(3)
        new = {
            "css": f"{ours}\naside.note {{ margin-left: {self.dice.randint(1, 20)}pt }}\n",
            "html": ours.replace("<main", f'<main data-own="{mark}"', 1),
            "yaml": f"contents: {mark}\n",
        }
        if self.own.pop(name, None) is None or self.dice.random() < 0.5:
            self.own[name] = new[name.rpartition(".")[2]]

    def second(self) -> None:
        """Another series comes, changes or goes."""
        self.other = None if self.other and self.dice.random() < 0.6 else f"{self.words()}."

    def nothing(self) -> None:
        """Touch nothing."""

    EDITS = (
        reword, reword, reword, retitle, lengthen, add, delete, rename, swap, rehead, rehead, reid,
        link, link, unlink, note, note, box, limit, draw, redraw, redraw, resettle, list_, practise,
        introduce, restyle, second, nothing, nothing,
    )  # fmt: skip

    # Damage to the output

    def lose(self) -> None:
        """An artefact is deleted."""
        if made := self.artefacts():
            self.dice.choice(made).unlink()

    def scribble(self) -> None:
        """An artefact is changed by hand."""
        if made := self.artefacts():
            file = self.dice.choice(made)
            file.write_bytes(file.read_bytes() + b"\n")

    def forget(self) -> None:
        """The cache, the pieces, what was seen, or all of it is deleted."""
        part = self.dice.choice(["cache", "pieces", "seen.json", ""])
        there = self.output / ".handpress" / part
        if there.is_dir():
            shutil.rmtree(there)
        else:
            there.unlink(missing_ok=True)

    def damage(self) -> None:
        """One byte of something that is kept is another."""
        kept = sorted(f for f in (self.output / ".handpress").rglob("*") if f.is_file())
        kept = [f for f in kept if f.stat().st_size]
        if kept:
            file = self.dice.choice(kept)
            data = bytearray(file.read_bytes())
            data[self.dice.randrange(len(data))] ^= 1
            file.write_bytes(data)

    def lose_all(self) -> None:
        if self.dice.random() < 0.3:
            shutil.rmtree(self.output)

    def half(self) -> None:
        """A part is built alone, before the whole is."""
        self.build(Request(only=(self.dice.choice(["handout", "book", "epub", "web"]),), jobs=2))

    def interrupt(self) -> None:
        """A build is broken off in its midst."""
        left = self.dice.randint(1, 12)

        def tell(_: Event) -> None:
            nonlocal left
            left -= 1
            if not left:
                raise KeyboardInterrupt

        try:
            self.build(tell=tell)
        except KeyboardInterrupt:
            pass

    BEFALLS = (lose, scribble, forget, damage, lose_all, half, half, interrupt, interrupt)

    def artefacts(self) -> list[Path]:
        names = sorted(name for name in files(self.output) if name != "manifest.json")
        return [self.output / name for name in names]

    # Writing and building

    def write(self) -> None:
        """Put everything where it belongs, and nothing else."""
        wanted: dict[str, bytes] = {f"images/{n}": data for n, data in self.pictures.items()}
        names = {p: f"{n:02}-{p.name}.md" for n, p in enumerate(self.papers, 1)}
        wanted |= {names[p]: p.source(names).encode() for p in self.papers}
        settings = [f"{key}: {value}" for key, value in self.settings.items() if value]
        if self.listed:
            order = sorted(self.papers, key=lambda p: p.name)
            settings.append(f"articles: [{', '.join(p.name for p in order)}]")
        wanted["series.yaml"] = ("\n".join(settings) + "\nauthors: [someone]\n").encode()
        wanted = {f"sources/tides/{name}": data for name, data in wanted.items()}
        bio = f"---\nname: {self.author}\n---\n\n{self.author} keeps a harbour.\n"
        wanted["sources/authors/someone.md"] = bio.encode()
        if self.practice:
            wanted["sources/practice.yaml"] = f"name: {self.practice}\n".encode()
        if self.other:
            wanted["sources/ice/01-floe.md"] = f"# Floe\n\n{self.other}\n".encode()
            wanted["sources/ice/series.yaml"] = b"title: Ice\nmedia: [handout, web]\n"
        wanted |= {f"layouts/{name}": text.encode() for name, text in self.own.items()}
        for file in list(self.root.rglob("*")):
            name = file.relative_to(self.root).as_posix()
            if file.is_file() and not name.startswith("output/") and name not in wanted:
                file.unlink()
        for name, data in wanted.items():
            file = self.root / name
            if not file.is_file() or file.read_bytes() != data:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        for folder in ("sources/ice", "layouts"):
            if not any(name.startswith(folder) for name in wanted):
                shutil.rmtree(self.root / folder, ignore_errors=True)

    def build(
        self,
        request: Request | None = None,
        output: Path | None = None,
        tell: Callable[[Event], None] = lambda _: None,
    ) -> Outcome:
        """Build as a new process would."""
        disk.file_digest.cache_clear()
        space = workspace.find(self.root, output)
        assert space is not None
        return run.build(space, request or Request(jobs=2), tell, lambda _: None)


# --- The rounds --------------------------------------------------------------------------------


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def seen(output: Path) -> dict[str, str]:
    """The files that the last build in a folder read: the next one checks whether any of them has changed."""
    kept = record.load(dict[str, Any], output, SEEN)
    assert kept is not None
    return {noted: state for noted, state in kept["seen"].items() if noted != "names ."}


@pytest.mark.parametrize("seed", range(SERIES))
def test_any_edits_end_as_a_clean_build_does(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, press: Remembering
) -> None:
    """Every artefact and the manifest, byte for byte, and as many of them."""
    desk = Desk(tmp_path / "workspace", seed)
    done: list[str] = []
    for number in range(ROUNDS):
        plain = (seed * ROUNDS + number) % PLAIN == PLAIN - 1
        remember(monkeypatch, press)
        edits = list(
            desk.dice.choices(Desk.EDITS, k=desk.dice.choice((1, 1, 1, 2))) if number else ()
        )
        befalls = []
        if number and desk.dice.random() < 0.4:
            befalls = [desk.dice.choice(Desk.BEFALLS)]
        if Desk.scribble in befalls:
            edits = []  # what somebody changed and nothing makes any more would rightly stay
        for edit in edits:
            edit(desk)
        desk.write()
        for befall in befalls:
            befall(desk)
        edits += befalls
        done.append(f"{number}: {', '.join(edit.__name__ for edit in edits)}")
        ended = desk.build()
        if plain:
            forget(monkeypatch)
        clean = tmp_path / "clean"
        anew = desk.build(output=clean)
        story = "\n".join(done[-6:])
        assert (ended.problems, ended.faults, anew.problems, anew.faults) == ((), (), (), ()), story
        assert differing(files(desk.output), files(clean)) == [], story
        assert ended.made + ended.fresh == anew.made, story
        assert seen(desk.output) == seen(clean), story
        shutil.rmtree(clean)


def test_the_rounds_are_as_many_as_were_asked_for() -> None:
    assert SERIES * ROUNDS >= 200


def test_work_was_spared(press: Remembering) -> None:
    """The rounds before this one did remember, or they would take hours."""
    assert press.spared > len(press.known) > 0
