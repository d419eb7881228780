"""Unchanged: a build with nothing to do neither parses nor lays out; whatever changes, it notices."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, field
from msgspec.structs import replace

from handpress.build import up_to_date
from handpress.core.caches import code_hash, record
from handpress.core.files import shipped
from handpress.layout import layout
from handpress.press import presses
from handpress.series import article_cache
from handpress.series import assemble as series_assemble
from handpress.series import parse as series_parse
from helpers.remembering import Remembering
from helpers.workspaces import MODEL, ROOT, Book, publish

MOON = "sources/moon"
SEEN = ".handpress/seen.json"


class Work(Struct):
    """The articles that a build looked at, parsed and laid out. A remembered article is laid out only to be made."""

    parsed: list[str] = field(default_factory=list)
    laid_out: list[str] = field(default_factory=list)
    looked_into: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.parsed or self.laid_out or self.looked_into)

    def clear(self) -> None:
        for done in (self.parsed, self.laid_out, self.looked_into):
            done.clear()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of a workspace that was published without problems, and a copy to put back there.

    A build records one folder, so each test begins in the same one. Two media are enough,
    and keep it quick: what is noticed is noticed before any medium.
    """
    root = tmp_path_factory.mktemp("unchanged") / "workspace"
    shutil.copytree(MODEL, root)
    with (root / MOON / "series.yaml").open("a", encoding="utf-8") as settings:
        settings.write("media: [handout, web]\n")
    (root / "sources/practice.yaml").write_text("name: Quay House\n", encoding="utf-8")
    ran = publish(cwd=root)
    assert (ran.code, ran.err) == (0, ""), ran
    copy = root.with_name("copy")
    shutil.copytree(root, copy)
    return root, copy


@pytest.fixture
def still(kept: tuple[Path, Path], capsys: pytest.CaptureFixture[str], press: Remembering) -> Book:
    """The workspace as it was after its first build."""
    root, copy = kept
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(copy, root)
    return Book(root, capsys.readouterr, press)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """Counts what is parsed and laid out, whoever asks for it."""
    done = Work()
    parse, render, assemble = series_parse.parse, layout.Layout.render, series_assemble.assemble

    def parse_counted(disk: Any, path: str, *rest: Any, **named: Any) -> Any:
        done.parsed.append(path)
        return parse(disk, path, *rest, **named)

    def render_counted(self: Any, template: str, *rest: Any, **context: Any) -> str:
        done.laid_out.append(template)
        return render(self, template, *rest, **context)

    def assemble_counted(space: Any, folder: str, *rest: Any) -> Any:
        done.looked_into.append(folder)
        return assemble(space, folder, *rest)

    monkeypatch.setattr(series_assemble, "assemble", assemble_counted)
    monkeypatch.setattr(article_cache, "parse", parse_counted)
    monkeypatch.setattr(layout.Layout, "render", render_counted)
    return done


# --- Nothing to do -----------------------------------------------------------------------------


def test_nothing_to_do_is_found_without_work(still: Book, work: Work) -> None:
    """It neither parses nor lays out, says how much is fresh, and writes nothing."""
    before = still.files()
    ran = still.build()
    assert (ran.code, ran.err, ran.made) == (0, "", [])
    assert int(ran.ended.removesuffix(" fresh")) == len(before) - 1  # without the manifest
    assert not work
    assert still.files() == before


def test_the_work_that_is_counted(still: Book, work: Work) -> None:
    """The counters count: a build with something to do parses and lays out."""
    still.edit(f"{MOON}/02-spring.md", "At full", "At  full")
    still.build()
    assert work.parsed == [f"{MOON}/02-spring.md"]
    assert {"handout.html", "article.html", "series.html"} <= set(work.laid_out)


def test_a_touched_file_is_no_change(still: Book, work: Work) -> None:
    """Bytes count, times do not, neither a source's nor an artefact's."""
    for file in (f"{MOON}/01-neap.md", "output/moon/handouts/neap.pdf", "output/manifest.json"):
        os.utime(still.root / file, (1, 1))
    assert still.build().made == []
    assert not work


def test_a_strangers_file_in_the_output_is_no_change(still: Book, work: Work) -> None:
    still.write("output/moon/mine.txt", "mine")
    assert still.build().made == []
    assert not work


def test_rebuild_is_always_done(still: Book, work: Work) -> None:
    """Asked to make everything, it does, also the second time."""
    for _ in range(2):
        work.clear()
        assert still.build("--rebuild", "--only", "web").made
        assert work


def test_list_answers_without_work(still: Book, work: Work) -> None:
    """It says then what it would say after reading and laying out everything."""
    at_once = still.run("list")
    assert (at_once.code, at_once.err) == (0, "")
    assert not work
    (still.output / SEEN).unlink()
    assert still.run("list") == at_once
    assert work


HEAVY = {"yaml", "markdown", "jinja2", "weasyprint", "pikepdf", "importlib.metadata", "handpress.series.model",
         "handpress.build.builder"}  # fmt: skip


def test_nothing_to_do_imports_nothing_heavy(still: Book) -> None:
    """Most of the time of such a build would go into imports."""
    script = "import sys; from handpress.cli.main import main; main(); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", script, str(still.root)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said, modules = ran.stdout.splitlines()
    assert said.endswith("fresh in " + str(still.output / "moon"))
    assert not HEAVY & set(modules.split())


# --- What is noticed ---------------------------------------------------------------------------

Change = Callable[[Book], object]
own_style = (ROOT / "layouts/blocks/note/style.css").read_text(encoding="utf-8")
own_page = (ROOT / "layouts/article.html").read_text(encoding="utf-8")
FACE = "AtkinsonHyperlegibleNext-Regular.ttf"


def font(book: Book, data: bytes | None = None) -> None:
    found = next((ROOT / "fonts").rglob(FACE)).read_bytes()
    book.write("fonts/mine/Mine-Regular.ttf", data or found)


def rewritten(book: Book, path: str, old: bytes, new: bytes) -> None:
    file = book.root / path
    data = file.read_bytes()
    assert data.count(old) == 1
    file.write_bytes(data.replace(old, new))


SOURCES: dict[str, tuple[Change, set[str]]] = {
    "one byte in an article": (
        lambda b: b.edit(f"{MOON}/02-spring.md", "At full", "At Full"),
        {"handouts/spring.pdf", "articles/spring.html"},
    ),
    "one byte, and the time of before": (
        lambda b: (
            b.edit(f"{MOON}/02-spring.md", "At full", "At Full"),
            shutil.copystat(b.root.with_name("copy") / MOON / "02-spring.md", b.root / MOON / "02-spring.md"),
        ),
        {"handouts/spring.pdf", "articles/spring.html"},
    ),
    "a picture": (
        lambda b: b.edit(f"{MOON}/images/tide.svg", "#123", "#321"),
        {"handouts/neap.pdf", "articles/neap.html"},
    ),
    "the settings": (
        lambda b: b.edit(f"{MOON}/series.yaml", "2026-11-22", "2026-10-22"),
        {"index.html", "handouts/neap.pdf"},
    ),
    "a comment in the settings": (
        lambda b: b.edit(f"{MOON}/series.yaml", "media:", "# ours\nmedia:"),
        set(),
    ),
    "the practice": (
        lambda b: b.edit("sources/practice.yaml", "Quay", "Pier"),
        {"handouts/neap.pdf", "handouts/spring.pdf"},
    ),
    "an author": (
        lambda b: b.edit("sources/authors/ada-stone.md", "name: Ada", "name: Eve"),
        {"articles/neap.html", "index.html"},
    ),
    "an article more": (
        lambda b: b.write(f"{MOON}/03-ebb.md", "# Ebb\n\nThe sea goes.\n"),
        {"handouts/ebb.pdf", "articles/ebb.html", "index.html"},
    ),
    "a series more": (
        lambda b: b.write("sources/ice/01-floe.md", "# Floe\n\nIt floats.\n"),
        {"handouts/floe.pdf", "articles/floe.html"},
    ),
    "an author more": (
        lambda b: b.write("sources/authors/eve-wood.md", "---\nname: Eve Wood\n---\n\nShe.\n"),
        set(),
    ),
    "a style of one's own": (
        lambda b: b.write("layouts/blocks/note/style.css", own_style + "p { color: #222 }\n"),
        {"handouts/neap.pdf"},
    ),
    "a layout of one's own": (
        lambda b: b.write("layouts/article.html", own_page.replace("<main", "<main lang='en'")),
        {"articles/neap.html", "articles/spring.html"},
    ),
    "a font of one's own": (font, {"handouts/neap.pdf"}),
    "words of one's own": (
        lambda b: b.write("layouts/words/en.yaml", "and: '&'\n"),
        set(),
    ),
    "a practice where there is another": (
        lambda b: b.write("practice.yaml", "name: Harbour House\n"),
        {"handouts/neap.pdf", "handouts/spring.pdf"},
    ),
    "a practice less": (
        lambda b: (b.root / "sources/practice.yaml").unlink(),
        {"handouts/neap.pdf", "handouts/spring.pdf"},
    ),
    "a series' settings less": (
        lambda b: (b.root / MOON / "series.yaml").unlink(),
        {"handouts/neap.pdf"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", SOURCES)
def test_a_change_in_the_sources_is_noticed(change: str, still: Book, work: Work) -> None:
    """Any byte, any file that comes or goes; then it is fresh again without work."""
    made_it, wanted = SOURCES[change]
    made_it(still)
    ran = still.build()
    assert (ran.code, ran.err) == (0, "")
    assert work
    made = {name.removeprefix("ice/") for name in ran.made}
    assert wanted <= made
    work.clear()
    assert still.build().made == []
    assert not work


def test_a_practice_where_there_was_none(still: Book, work: Work) -> None:
    """A missing file is recorded as well."""
    (still.root / "sources/practice.yaml").unlink()
    still.build()
    work.clear()
    still.write("sources/practice.yaml", "name: Quay House\n")
    assert "handouts/neap.pdf" in still.build().made
    assert work


def test_an_own_file_that_goes_again(still: Book, work: Work) -> None:
    """So do the layouts, fonts and words of one's own: without them it is as it was before."""
    before = still.files()
    still.write("layouts/blocks/note/style.css", own_style + "p { color: #222 }\n")
    still.write("layouts/words/en.yaml", "contents: Inside\n")
    font(still)
    assert still.build().code == 0
    assert still.files() != before
    work.clear()
    shutil.rmtree(still.root / "layouts")
    shutil.rmtree(still.root / "fonts")
    assert still.build().code == 0
    assert work
    assert still.files() == before


def test_an_own_file_that_changes(still: Book, work: Work) -> None:
    still.write("layouts/blocks/note/style.css", own_style + "p { color: #222 }\n")
    still.build()
    work.clear()
    still.edit("layouts/blocks/note/style.css", "#222", "#223")
    assert "handouts/neap.pdf" in still.build().made
    assert work


@pytest.mark.parametrize("file", ["images/tide.svg"])
def test_a_file_that_is_missed_is_noticed(file: str, still: Book) -> None:
    """A picture that is deleted leaves a frame at once; put back, all is as it was."""
    before = still.files()
    data = (still.root / MOON / file).read_bytes()
    (still.root / MOON / file).unlink()
    ran = still.build()
    assert (ran.code, "[missing-picture]" in ran.err) == (0, True)
    assert "handouts/neap.pdf" in ran.made
    still.write(f"{MOON}/{file}", data)
    assert still.build().err == ""
    assert still.files() == before


def test_an_article_that_goes_is_noticed(still: Book, work: Work) -> None:
    still.edit(
        f"{MOON}/01-neap.md", " Compare it with [spring tides](02-spring.md#when-it-comes).", ""
    )
    still.build()
    work.clear()
    (still.root / MOON / "02-spring.md").unlink()
    ran = still.build()
    assert ran.ended.endswith("3 removed")
    assert work


@pytest.mark.parametrize(
    "path", ["moon/handouts/neap.pdf", "moon/articles/neap.html", "index.html"]
)
@pytest.mark.parametrize("how", ["deleted", "longer", "another byte"])
def test_a_hand_in_an_artefact_is_noticed(path: str, how: str, still: Book, work: Work) -> None:
    """It is made again as it was, be it gone, longer, or of the same size and time."""
    file = still.output / path
    before, status = file.read_bytes(), file.stat()
    if how == "deleted":
        file.unlink()
    elif how == "longer":
        file.write_bytes(before + b"\n")
    else:
        file.write_bytes(bytes([before[0] ^ 1]) + before[1:])
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    ran = still.build()
    assert ran.code == 0
    assert len(ran.made) == 1
    assert work
    assert file.read_bytes() == before


def test_a_manifest_that_was_changed_is_noticed(still: Book, work: Work) -> None:
    """Its content counts, not only its existence."""
    manifest = still.output / "manifest.json"
    before = manifest.read_bytes()
    told = json.loads(before)
    told["artefacts"]["moon/handouts/neap.pdf"]["fingerprint"] = "another"
    manifest.write_text(json.dumps(told), encoding="utf-8")
    assert still.build().made == ["handouts/neap.pdf"]
    assert work
    assert manifest.read_bytes() == before


def test_a_manifest_that_is_gone_is_noticed(still: Book, work: Work) -> None:
    """Without it nobody knows whose the files are: what has the right bytes is ours, and stays as it is."""
    before = still.files()
    (still.output / "manifest.json").unlink()
    ran = still.build()
    assert (ran.code, ran.err) == (0, "")
    assert work
    assert still.files() == before


@pytest.mark.parametrize("medium", ["handout", "web"])
def test_an_output_that_is_gone_is_made_anew(medium: str, still: Book, work: Work) -> None:
    shutil.rmtree(still.output)
    assert still.build("--only", medium).made
    assert work


@pytest.mark.parametrize(
    "asked",
    [
        ("--paper", "letter"),
        ("--style", "large-print"),
        ("--only", "handout"),
        ("--series", "moon"),
        ("--keep-going",),
    ],
)
def test_another_request_is_looked_into(asked: tuple[str, ...], still: Book, work: Work) -> None:
    """A result for one request does not hold for another."""
    ran = still.build(*asked)
    assert ran.code == 0
    assert work
    assert bool(ran.made) == (asked[0] in ("--paper", "--style"))
    work.clear()
    still.build()
    assert work, "the plain one is another again"


def test_another_output_has_nothing_yet(still: Book, work: Work) -> None:
    assert still.build("--only", "web", "--output", "elsewhere").made
    assert work


def test_one_series_of_a_workspace_is_not_all_of_it(still: Book, work: Work) -> None:
    """With both built into one folder, results for the whole are not used for the part."""
    still.write("sources/ice/01-floe.md", "---\ntitle: Floe\n---\n\nIt floats.\n")
    assert still.run("build", "--only", "web").code == 0
    work.clear()
    assert still.run("build", "sources/ice", "--only", "web", "--output", "output").code == 0
    assert work


# --- The program -------------------------------------------------------------------------------


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str, Any], None]:
    """Changes the program, which is otherwise looked at once in a run."""

    def change(where: Any, name: str, to: Any) -> None:
        monkeypatch.setattr(where, name, to)
        up_to_date.program.cache_clear()
        presses.program_of.cache_clear()

    yield change
    monkeypatch.undo()
    up_to_date.program.cache_clear()
    presses.program_of.cache_clear()


@pytest.mark.parametrize("tool", ["weasyprint", "markdown", "jinja2", "segno", "pyyaml", "pikepdf"])
def test_another_version_of_a_tool_is_another_program(tool: str, tools: Any) -> None:
    before = up_to_date.program()
    real = code_hash.version

    def version(name: str) -> str:
        return "99" if name == tool else real(name)

    tools(presses, "version", version)
    tools(up_to_date, "version", version)
    assert up_to_date.program() != before


def test_another_version_of_a_library_is_another_program(
    still: Book, work: Work, tools: Any
) -> None:
    """Pango draws every sheet: an upgrade of the system's Pango is noticed."""
    before = up_to_date.program()
    version = presses._library_version
    tools(presses, "_library_version", lambda name: version(name) + "9")
    assert up_to_date.program() != before
    assert "handouts/neap.pdf" in still.build().made
    assert work


@pytest.mark.parametrize("kind", ["layouts", "fonts"])
@pytest.mark.parametrize("how", ["changed", "another", "gone"])
def test_what_is_shipped_is_part_of_the_program(
    kind: str, how: str, tools: Any, tmp_path: Path
) -> None:
    """A layout or a font of ours that changes, comes or goes."""
    for name in ("layouts", "fonts"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_text("a")
        (tmp_path / name / "b").write_text("b")
    tools(up_to_date, "shipped", lambda name: tmp_path / name)
    before = up_to_date.program()
    file = tmp_path / kind / ("c" if how == "another" else "a")
    file.unlink() if how == "gone" else file.write_text("longer")
    up_to_date.program.cache_clear()
    assert up_to_date.program() != before


def test_our_own_code_is_part_of_the_program(tools: Any, tmp_path: Path) -> None:
    """Every module, in any folder of the package."""
    shutil.copytree(shipped.PACKAGE, tmp_path / "package", ignore=shutil.ignore_patterns("*.pyc"))
    tools(up_to_date, "whole", lambda: code_hash.whole.__wrapped__(tmp_path / "package"))
    before = up_to_date.program()
    with (tmp_path / "package/compose/compose.py").open("a") as module:
        module.write("\n")
    up_to_date.program.cache_clear()
    assert up_to_date.program() != before


def test_another_program_is_noticed(still: Book, work: Work, tools: Any, tmp_path: Path) -> None:
    """All is looked into; where its recipes are the same, nothing is made. The same code in another
    folder is the same program.
    """
    shutil.copytree(shipped.PACKAGE, tmp_path / "package", ignore=shutil.ignore_patterns("*.pyc"))
    tools(up_to_date, "whole", lambda: code_hash.whole.__wrapped__(tmp_path / "package"))
    still.build()
    assert not work
    with (tmp_path / "package/cli/arguments.py").open("a") as module:
        module.write("# a comment\n")
    up_to_date.program.cache_clear()
    assert still.build().made == []
    assert work
    work.clear()
    still.build()
    assert not work


# --- What is noted -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b"\xff", b'{"of": 1, "manifest": 2, "seen": 3}', b"[" * 100_000],
    ids=range(7),
)
def test_damaged_notes_are_no_notes(data: bytes, still: Book, work: Work) -> None:
    """All is looked into, and noted again."""
    still.write(f"output/{SEEN}", data)
    ran = still.build()
    assert (ran.code, ran.err, ran.made) == (0, "", [])
    assert work
    work.clear()
    still.build()
    assert not work


@pytest.mark.parametrize("key", ["of", "manifest", "seen", "left"])
def test_incomplete_notes_are_no_notes(key: str, still: Book, work: Work) -> None:
    told = record.unsealed((still.output / SEEN).read_bytes())
    del told[key]
    record.save(still.output, SEEN, told)
    assert still.build().made == []
    assert work


def test_a_workspace_that_moved_is_looked_into(still: Book, work: Work) -> None:
    """The notes are of one folder. Elsewhere nothing is parsed from them, and nothing is made."""
    moved = replace(still, root=still.root.with_name("moved"))
    shutil.rmtree(moved.root, ignore_errors=True)
    shutil.copytree(still.root, moved.root)
    assert moved.build().made == []
    assert work


def test_a_warning_is_said_again(still: Book, work: Work) -> None:
    """It is noted with the rest: the next build shows it without work, in the same words."""
    still.edit(f"{MOON}/02-spring.md", "At full and", "#### At full and")
    first = still.build()
    assert work
    assert (first.code, first.err.count("[heading-skips]")) == (0, 1)
    work.clear()
    work.parsed.clear()
    for _ in range(2):
        ran = still.build()
        assert (ran.code, ran.err, ran.made) == (0, first.err, [])
        assert not work


def test_an_error_is_said_again(still: Book) -> None:
    still.edit(f"{MOON}/series.yaml", "title: ", 'title: "')
    for _ in range(2):
        ran = still.build()
        assert ran.code == 1
        assert "[broken-yaml]" in ran.err
    still.edit(f"{MOON}/series.yaml", 'title: "', "title: ")
    assert (still.build().err, still.build().made) == ("", [])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("name", [b"caf\xe9.txt", b"caf\xe9.md"])
def test_a_name_that_is_no_utf_8_is_noted_like_any_other(
    name: bytes, still: Book, work: Work
) -> None:
    """A file whose name is in another encoding, an article or not, does not make the build fail."""
    with open(os.path.join(os.fsencode(still.root / MOON), name), "wb") as file:
        file.write(b"# Coffee\n\nIt is hot.\n")
    ran = still.build()
    assert (ran.code, ran.err) == (0, "")
    assert bool(ran.made) == name.endswith(b".md")
    work.clear()
    work.parsed.clear()
    still.build()
    assert not work
