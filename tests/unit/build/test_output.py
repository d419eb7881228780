"""The output folder: nothing outside it is touched, whatever it contains, and damage costs only work."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from handpress.build import manifest
from handpress.core.caches import record
from handpress.core.files import disk
from handpress.core.files.disk import below, digest
from helpers.workspaces import Book, files

CANARY = b"years of work"
MOON = "sources/moon/series.yaml"


@pytest.fixture(scope="module")
def tiny_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of one short article, published once as a handout, a book and a web page."""
    root = tmp_path_factory.mktemp("tiny") / "workspace"
    book = Book(root, lambda: None)
    book.write("sources/moon/01-neap.md", "# Neap\n\nThe sea hardly moves.\n")
    book.write(MOON, "title: The Moon\nauthors: [Ada Stone]\nmedia: [handout, book, web]\n")
    from handpress.cli.main import main

    assert main(["build", str(root)]) == 0
    return root


@pytest.fixture
def tiny(tiny_output: Path, empty: Book) -> Iterator[Book]:
    """A copy of it, beside a folder of somebody's that no build may touch."""
    shutil.copytree(tiny_output, empty.root, dirs_exist_ok=True)
    elsewhere = empty.root.parent / "elsewhere"
    for name in ("canary", "neap.html", digest(b"a key"), f"{digest(b'a key')}.piece", "a/b"):
        file = elsewhere / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(CANARY)
    before = files(elsewhere)
    yield empty
    assert files(elsewhere) == before


def elsewhere(book: Book) -> Path:
    return book.root.parent / "elsewhere"


# --- Names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "/x", "//x", "a/../../x", "a/../b", "./a", "a/", "a//b", "a\0", "a\\b", "\ud800", "out/x", "out/deep/x", "round/x"],
)  # fmt: skip
def test_a_name_that_leads_out_is_refused(name: str, tmp_path: Path) -> None:
    """By dots, from the root, or through a link; also a name that systems read in different ways."""
    root = tmp_path / "output"
    root.mkdir()
    (root / "out").symlink_to(tmp_path)
    (root / "round").symlink_to(root / "round")
    reason = "symbolic links" if name.startswith("round") else f"^{re.escape(name)}$"
    with pytest.raises(OSError, match=reason):
        below(root, name)


def test_names_below_are_taken(tmp_path: Path) -> None:
    """Those of other scripts too, those with dots, through a link that stays inside, and a link itself."""
    root = tmp_path / "link"
    (tmp_path / "output/moon").mkdir(parents=True)
    root.symlink_to(tmp_path / "output")
    (root / "inside").symlink_to(root / "moon")
    (root / "last").symlink_to(tmp_path)
    for name in ("a", "moon/ü/月.pdf", ".handpress/lock", "..a", "a..", "inside/x", "last"):
        assert below(root, name) == root / name


# --- Doors -------------------------------------------------------------------------------------


def entries(book: Book, name: str) -> manifest.Entries:
    """The manifest with one more entry, as whole as any: a file with the canary's bytes is `name`."""
    there = manifest.load(book.output)
    one = replace(there["moon/articles/neap.html"], sha256=digest(CANARY), bytes=len(CANARY))
    return {**there, name: one}


def in_manifest(name: str) -> Callable[[Book], object]:
    return lambda book: manifest.save(book.output, entries(book, name.format(elsewhere(book))))


def in_journal(name: str) -> Callable[[Book], object]:
    def plant(book: Book) -> None:
        at = name.format(elsewhere(book))
        manifest.announce(book.output, at, entries(book, at)[at])

    return plant


def linked(name: str, to: str = "") -> Callable[[Book], object]:
    """A link in the output folder, in the place of what is there, to a place elsewhere."""

    def plant(book: Book) -> None:
        place = book.output / name
        if place.is_dir():
            shutil.rmtree(place)
        place.unlink(missing_ok=True)
        place.symlink_to(elsewhere(book) / to)

    return plant


def first(folder: str) -> Callable[[Book], object]:
    """A link in the place of one file of a folder of ours, to the canary."""

    def plant(book: Book) -> None:
        file = min((book.output / folder).iterdir())
        linked(file.relative_to(book.output).as_posix(), "canary")(book)

    return plant


def settings_with(line: str) -> Callable[[Book], object]:
    return lambda book: book.write(MOON, book.read(MOON) + line + "\n")


def in_notes(book: Book) -> None:
    told = record.unsealed((book.output / ".handpress/seen.json").read_bytes())
    told["seen"]["file ../elsewhere/canary"] = digest(CANARY)
    record.save(book.output, ".handpress/seen.json", told)


DOORS: dict[str, Callable[[Book], object]] = {
    "manifest, dots": in_manifest("../../elsewhere/canary"),
    "manifest, dots within": in_manifest("moon/../../../elsewhere/canary"),
    "manifest, absolute": in_manifest("{}/canary"),
    "manifest, link": lambda b: (linked("out")(b), in_manifest("out/canary")(b)),
    "journal, dots": in_journal("../../elsewhere/canary"),
    "journal, absolute": in_journal("{}/canary"),
    "notes": in_notes,
    "manifest is a link": linked("manifest.json", "canary"),
    "journal is a link": linked(".handpress/journal", "canary"),
    "lock is a link": linked(".handpress/lock", "canary"),
    "notes are a link": linked(".handpress/seen.json", "canary"),
    "labels are a link": linked(".handpress/pieces/labels-moon.json", "canary"),
    "a piece is a link": first(".handpress/pieces"),
    "a value is a link": first(".handpress/cache"),
    "pieces are elsewhere": linked(".handpress/pieces"),
    "cache is elsewhere": linked(".handpress/cache"),
    "all of ours is elsewhere": linked(".handpress"),
    "an artefact is a link": linked("moon/articles/neap.html", "neap.html"),
    "a folder is elsewhere": linked("moon/articles"),
    "a series is elsewhere": linked("moon"),
    "series id": settings_with("id: ../../elsewhere"),
    "pack": settings_with("packs: {../../../elsewhere/a: [neap]}"),
    "collection": settings_with("collection: ../../elsewhere/canary"),
}


@pytest.mark.parametrize("door", DOORS)
def test_no_name_leads_out_of_the_output_folder(door: str, tiny: Book) -> None:
    """Nothing elsewhere is written, removed or published. It is reported, a damaged record only once."""
    DOORS[door](tiny)
    for _ in range(2):
        ran = tiny.build()
        assert "Traceback" not in ran.err
        if ran.code == 1:
            assert re.search(r"\[(outside-folder|wrong-value)\]|nothing to publish", ran.err), (
                ran.err
            )
    there = files(tiny.output).items()
    assert not [name for name, data in there if data == CANARY and ".damaged" not in name]
    if ran.code == 0:
        assert "[damaged-record]" not in ran.err
        assert (tiny.output / "moon/articles/neap.html").is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--article", "../../elsewhere/canary"),
        ("--series", "../../elsewhere"),
        ("--bundle", "../../../elsewhere/canary", "--series", "moon", "--series", "sea"),
    ],
)
def test_no_option_leads_out_of_the_output_folder(arguments: tuple[str, ...], tiny: Book) -> None:
    tiny.write("sources/sea/01-waves.md", "# Waves\n\nThe wind makes waves.\n")
    tiny.build("--only", "epub", *arguments)
    made = {path.name for path in (tiny.output).rglob("*.epub")}
    assert made <= {"elsewhere-canary.epub"}


def test_a_cached_picture_is_the_one_at_its_path(tiny: Book) -> None:
    """A value in the cache that names another file for a picture is not used."""
    from PIL import Image

    for file, colour in (
        (tiny.root / "sources/moon/sea.png", "navy"),
        (elsewhere(tiny) / "b.png", "red"),
    ):
        Image.new("RGB", (8, 6), colour).save(file)
    tiny.write("sources/moon/01-neap.md", "# Neap\n\n![The sea](sea.png)\n")
    assert tiny.build("--only", "web").code == 0
    ours, theirs = str(tiny.root / "sources/moon/sea.png"), str(elsewhere(tiny) / "b.png")
    sums = digest(Path(ours).read_bytes()), digest(Path(theirs).read_bytes())
    planted = 0
    for file in (tiny.output / ".handpress/cache").iterdir():
        told = json.dumps(record.unsealed(file.read_bytes()))
        changed = told.replace(json.dumps(ours), json.dumps(theirs))
        if changed != told:
            changed = changed.replace(f'"Asset", "{sums[0]}"', f'"Asset", "{sums[1]}"')
            file.write_bytes(record.sealed(json.loads(changed)))
            planted += 1
    assert planted
    assert tiny.build("--only", "web", "--rebuild").code == 0
    assert Path(theirs).read_bytes() not in tiny.files().values()
    Path(theirs).unlink()


def test_an_output_folder_that_is_a_link_is_fine(tiny: Book) -> None:
    """Also to another place: it is what was asked for."""
    shutil.move(tiny.output, tiny.root / "moved")
    tiny.output.symlink_to(tiny.root / "moved")
    ran = tiny.build("--rebuild")
    assert (ran.code, ran.err) == (0, "")
    assert tiny.output.is_symlink()


def test_outside_folder(tiny: Book) -> None:
    """`outside-folder`: a folder that leads out is reported once, not for each file in it; the rest is made."""
    (tiny.output / "moon/handouts").rename(tiny.root / "handouts")
    (tiny.output / "moon/handouts").symlink_to(tiny.root / "handouts")
    tiny.write("sources/moon/02-spring.md", "# Spring\n\nThe sea moves most.\n")
    before = files(tiny.root / "handouts")
    ran = tiny.build()
    assert ran.code == 1
    assert ran.err.count("[outside-folder]") == 1
    assert re.search(r"output/moon/handouts:1:1: link in the output folder", ran.err)
    assert "articles/spring.html" in ran.made
    assert files(tiny.root / "handouts") == before


def test_a_file_in_the_place_of_a_folder_is_in_the_way(tiny: Book) -> None:
    """It costs what would lie in the folder, and nothing else."""
    shutil.rmtree(tiny.output / "moon/articles")
    theirs = tiny.write("output/moon/articles", "my own")
    ran = tiny.build()
    assert ran.code == 1
    assert re.search(
        r"output/moon/articles:1:1: file is in the way \[foreign-file\]$", ran.err, re.M
    )
    assert theirs.read_text() == "my own"


# --- Damage ------------------------------------------------------------------------------------


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def text(data: bytes) -> Callable[[Path], object]:
    return lambda file: file.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": text(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:100]),
    "list": text(b"[]"),
    "null bytes": text(bytes(500)),
    "deep": text(b"[" * 100_000),
    "other types": text(b'{"artefacts": {"moon/moon.pdf": {"sha256": 1}, "index.html": []}}'),
    "no artefacts": text(b'{"artefacts": 7}'),
    "folder": folder,
    "pipe": pipe,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_record(damage: str, tiny: Book) -> None:
    """`damaged-record`: an unreadable manifest is reported once and kept; the files it listed are adopted."""
    before = tiny.files()
    DAMAGES[damage](tiny.output / "manifest.json")
    ran = tiny.build()
    assert (ran.code, ran.err.count("warning:")) == (0, 1), ran.err
    assert "output/manifest.json:1:1: warning: damaged Handpress record" in ran.err
    assert os.path.lexists(tiny.output / "manifest.json.damaged")
    ran = tiny.build()
    assert (ran.code, ran.err, ran.made) == (0, "", [])
    after = tiny.files()
    after.pop("manifest.json.damaged", None)
    assert after == before


def test_a_damaged_manifest_does_not_cost_what_somebody_changed(tiny: Book) -> None:
    """When the owner of a file is unknown, it is ours only if it has exactly the same bytes."""
    mine = tiny.write("output/moon/articles/neap.html", "<p>my own</p>")
    tiny.write("output/manifest.json", "")
    ran = tiny.build()
    assert ran.code == 1
    assert "articles/neap.html:1:1: file is in the way [foreign-file]" in ran.err
    assert mine.read_text() == "<p>my own</p>"


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": None},
        {"pages": 7},
        {"pages": "7"},
        {"findings": [[]]},
        {"seal": ""},
        {"bytes": True},
    ],
    ids=str,
)
def test_a_broken_entry_costs_only_itself(change: dict[str, object], tiny: Book) -> None:
    """Its artefact is made again, also if the number that is wrong would be believed."""
    before = tiny.files()
    told = json.loads(tiny.read("output/manifest.json"))
    told["artefacts"]["moon/handouts/neap.pdf"].update(change)
    tiny.write("output/manifest.json", json.dumps(told))
    ran = tiny.build()
    assert (ran.code, ran.made) == (0, ["handouts/neap.pdf"]), ran
    assert "its entry `moon/handouts/neap.pdf` cannot be trusted" in ran.err
    (tiny.output / "manifest.json.damaged").unlink()
    assert tiny.files() == before
    assert tiny.build().err == ""


def test_a_torn_line_of_the_journal_costs_only_itself(tiny: Book) -> None:
    """Files announced in the lines after it are still known to be ours: they are removed once nothing makes them."""
    name = "moon/articles/ebb.html"
    tiny.write(f"output/{name}", CANARY)
    tiny.write("output/.handpress/journal", '["moon/articles/fl\n')
    manifest.announce(tiny.output, name, entries(tiny, name)[name])
    (tiny.output / ".handpress/seen.json").unlink()
    ran = tiny.build()
    assert (ran.code, ran.err) == (0, "")
    assert not (tiny.output / name).exists()


MUTATIONS: dict[str, Callable[[Path, int], object]] = {
    "flip": lambda file, n: file.write_bytes(flipped(file.read_bytes(), n)),
    "cut": lambda file, n: file.write_bytes(file.read_bytes()[: n % (file.stat().st_size + 1)]),
    "zero": lambda file, _: file.write_bytes(bytes(file.stat().st_size)),
    "folder": lambda file, _: folder(file),
    "full folder": lambda file, _: (folder(file), (file / "x").write_bytes(CANARY)),
    "pipe": lambda file, _: pipe(file),
    "link": lambda file, _: (file.unlink(), file.symlink_to(file.parents[3] / "canary")),
    "circle": lambda file, _: (file.unlink(), file.symlink_to(file)),
    "gone": lambda file, _: file.unlink(),
}


def flipped(data: bytes, n: int) -> bytes:
    at = n % max(1, len(data))
    return data[:at] + bytes([data[at] ^ (1 + n % 255)]) + data[at + 1 :] if data else data


@settings(max_examples=12, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    damages=st.lists(
        st.tuples(
            st.integers(0, 10_000),  # which file
            st.sampled_from(sorted(MUTATIONS)),
            st.integers(0, 2**20),
            st.booleans(),  # whether it is the manifest
        ),
        min_size=1,
        max_size=4,
    )
)
def test_damage_of_any_kind_costs_only_work(
    damages: list[tuple[int, str, int, bool]], tiny: Book, tiny_output: Path
) -> None:
    """Whatever happens to our own files: no traceback, and what comes out is as if nothing had."""
    shutil.rmtree(tiny.output)
    shutil.copytree(tiny_output / "output", tiny.output)
    canary = tiny.root.parent / "canary"
    canary.write_bytes(CANARY)
    for which, how, number, the_manifest in damages:
        ours = sorted(p for p in (tiny.output / ".handpress").rglob("*") if not p.is_dir())
        plain = [tiny.output / "manifest.json"] if the_manifest else ours
        plain = [p for p in plain if p.is_file() and not p.is_symlink()]
        if plain:
            MUTATIONS[how](plain[which % len(plain)], number)
    ran = tiny.build()
    assert ran.code == 0, ran
    assert canary.read_bytes() == CANARY
    ran = tiny.build()
    assert (ran.code, ran.err, ran.made) == (0, "", [])
    after = {name: data for name, data in tiny.files().items() if ".damaged" not in name}
    assert after == files(tiny_output / "output")


# --- Writing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_umask_is_honoured(umask: int, mode: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        disk.write_file(tmp_path, "moon/neap.pdf", b"%PDF")
    finally:
        os.umask(before)
    assert (tmp_path / "moon/neap.pdf").stat().st_mode & 0o777 == mode


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """By its own name, not by that of the temporary file beside it, of which nothing is left."""
    name = "n" * 300
    with pytest.raises(OSError, match="File name too long") as failed:
        disk.write_file(tmp_path, name, b"x")
    assert failed.value.filename == str(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_long_names_cost_nothing_else(tiny: Book) -> None:
    """A file name of the greatest length is reported, and everything is made, its pictures too."""
    name = f"03-{'t' * 249}.md"
    picture = f"{'p' * 251}.svg"
    tiny.write(
        f"sources/moon/{picture}", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    )
    tiny.write(f"sources/moon/{name}", f"# Tides\n\n![A wave]({picture})\n\nThere are many.\n")
    tiny.write("sources/moon/04-last.md", f"# Last\n\nAfter [the tides]({name}).\n")
    ran = tiny.build()
    assert ran.code == 0, ran
    assert ran.err.count(": warning: file name is too long [long-name]") == 1
    (page,) = (tiny.output / "moon/articles").glob("ttt*.html")
    assert page.name in tiny.read("output/moon/articles/last.html")
    assert tiny.build().made == []


def test_an_id_that_is_too_long_is_told_where_it_stands(tiny: Book) -> None:
    """The series has the name of its folder, and the others are made too."""
    tiny.write("sources/sea/01-waves.md", "# Waves\n\nThe wind makes waves.\n")
    tiny.write("sources/sea/series.yaml", "media: [web]\n")
    settings_with(f"id: {'i' * 300}")(tiny)
    ran = tiny.build()
    assert ran.code == 0
    assert re.search(r"^sources/moon/series.yaml:4:5: .*\[wrong-value\]$", ran.err, re.M)
    assert (tiny.output / "moon/index.html").is_file()
    assert (tiny.output / "sea/articles/waves.html").is_file()
