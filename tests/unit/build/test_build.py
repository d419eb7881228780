"""Builds: only what differs is made, nothing that was there is lost, and it is all said."""

from __future__ import annotations

import contextlib
import errno
import functools
import json
import multiprocessing
import os
import random
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from PIL import Image

from handpress.build import builder, run
from handpress.build.load import load
from handpress.build.request import Request
from handpress.core.caches import record
from handpress.core.files import temporary, workspace
from handpress.core.files.disk import Asset
from handpress.layout.variant import Variant
from handpress.press import pool
from handpress.press.options import Options
from handpress.press.pool import Failed, Workers
from handpress.press.presses import Press
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered
from handpress.print.handout import handouts
from helpers.finished import flat, pdf_text
from helpers.workspaces import MODEL, ROOT, Book, Ran, files, publish

# Pages that show the sizes and dates of other artefacts, and pictures of them: they follow when those change.
THUMBNAILS = {"thumbnails/neap.webp", "thumbnails/spring.webp"}
SHOWING = {"index.html", "../index.html", "../opds.xml", "../opds.json"} | THUMBNAILS
HANDOUTS = {"handouts/neap.pdf", "handouts/spring.pdf"}
ARTICLES = {"articles/neap.html", "articles/spring.html"}
WHOLE = {"moon.pdf", "moon.epub"}
COVERS = {"cover.png", "cover.jpg"}
ALL = HANDOUTS | ARTICLES | WHOLE | SHOWING | COVERS


def told(ran: Ran) -> list[str]:
    """The lines on standard output, however full the pages are: test_copyfit.py looks at that."""
    return [re.sub(r"\d+ % full", "N % full", line) for line in ran.said]


# --- Only what differs -------------------------------------------------------------------------


def test_a_first_build_makes_everything(book: Book) -> None:
    """A line for each artefact, with its pages and the reason; then how many there are, and where."""
    ran = book.build()
    assert (ran.code, ran.err) == (0, "")
    assert set(ran.made) == ALL
    assert "made handouts/neap.pdf  1 page, N % full  new" in told(ran)
    assert re.fullmatch(r"20 made in output/moon", ran.said[-1])


def test_a_second_build_makes_nothing(built: Book) -> None:
    ran = built.build()
    assert (ran.made, ran.ended) == ([], "20 fresh")


def test_one_word_costs_its_article_and_what_is_bound(built: Book) -> None:
    """One word in one article: its handout, its page, the book and the ebook; the other's stay."""
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    ran = built.build()
    wanted = {"handouts/spring.pdf", "articles/spring.html"} | WHOLE
    assert wanted <= set(ran.made) <= wanted | SHOWING
    assert "made handouts/spring.pdf  1 page, N % full  article changed" in told(ran)
    assert "made moon.epub  article spring changed" in ran.said
    assert int(ran.ended.split()[0]) + int(ran.ended.split()[2]) == 20


def test_the_last_book_is_remembered(built: Book) -> None:
    """Also by a build that did not bind it: an edit after that copies from it."""
    (memory,) = built.output.rglob("*.memory")
    built.write("sources/practice.yaml", "name: Quay House\n")
    assert "moon.pdf" not in built.build().made
    assert memory.is_file()
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    assert "moon.pdf" in built.build().made
    assert memory.is_file()


def test_a_damaged_memory_of_the_last_book_is_ignored(built: Book) -> None:
    (memory,) = built.output.rglob("*.memory")
    memory.write_bytes(memory.read_bytes()[:-1])
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    ran = built.build()
    assert (ran.code, ran.err) == (0, "")
    assert "moon.pdf" in ran.made


def test_a_title_is_shown_beside_other_articles_too(built: Book) -> None:
    """A new title reaches every page that names the article: the other's handout names it."""
    built.edit("sources/moon/02-spring.md", "title: Spring Tides", "title: Springs")
    ran = built.build()
    assert HANDOUTS | ARTICLES | WHOLE | {"index.html"} <= set(ran.made)
    assert "made handouts/neap.pdf  1 page, N % full  another article changed" in told(ran)


def test_the_practice_costs_the_handouts(built: Book) -> None:
    """The practice is on the handouts alone; their sizes are on the pages that offer them."""
    built.write("sources/practice.yaml", "name: Quay House\n")
    ran = built.build()
    assert HANDOUTS <= set(ran.made) <= HANDOUTS | SHOWING | ARTICLES
    built.edit("sources/practice.yaml", "Quay", "Harbour")
    ran = built.build()
    assert HANDOUTS <= set(ran.made) <= HANDOUTS | SHOWING | ARTICLES
    assert "made handouts/neap.pdf  1 page, N % full  practice changed" in told(ran)


def test_a_picture_costs_what_shows_it(built: Book) -> None:
    """Only the article with the picture is made again, and the picture of before goes."""
    built.edit("sources/moon/images/tide.svg", "#123", "#321")
    before = set((built.output / "moon/pictures").iterdir())
    ran = built.build()
    wanted = {"handouts/neap.pdf", "articles/neap.html"} | WHOLE
    assert wanted <= set(ran.made) <= wanted | SHOWING
    assert "made handouts/neap.pdf  1 page, N % full  pictures changed" in told(ran)
    assert ran.ended.endswith("1 removed")
    after = set((built.output / "moon/pictures").iterdir())
    assert len(after) == len(before)
    assert not after & before


def test_a_template_costs_what_it_lays_out(built: Book) -> None:
    """A workspace's own handout template costs the handouts and nothing else."""
    own = (ROOT / "layouts/handout.html").read_text(encoding="utf-8")
    built.write("layouts/handout.html", own.replace("<main>", '<main class="own">'))
    ran = built.build()
    assert HANDOUTS <= set(ran.made) <= HANDOUTS | SHOWING
    assert "made handouts/neap.pdf  1 page, N % full  layout changed" in told(ran)


def test_a_style_sheet_costs_what_it_styles(built: Book) -> None:
    """So does a workspace's own style sheet."""
    own = (ROOT / "layouts/styles/media/book.css").read_text(encoding="utf-8")
    built.write("layouts/styles/media/book.css", own + "\np { letter-spacing: 0.2pt }\n")
    ran = built.build()
    assert {"moon.pdf"} <= set(ran.made) <= {"moon.pdf"} | SHOWING
    assert any("style changed" in line for line in ran.said)


def test_the_series_title_costs_everything(built: Book) -> None:
    """The title of the series is in every artefact."""
    built.edit("sources/moon/series.yaml", "The Moon and the Sea", "Moon and Sea")
    assert set(built.build().made) == ALL


def test_an_edition_costs_what_says_it(built: Book) -> None:
    """The edition is in every handout, in the book, the ebook and the pages."""
    built.write("sources/moon/series.yaml", built.read("sources/moon/series.yaml") + "edition: 2\n")
    ran = built.build()
    assert HANDOUTS | ARTICLES | WHOLE | {"cover.png", "index.html"} <= set(ran.made)
    assert "made handouts/neap.pdf  1 page, N % full  series settings changed" in told(ran)


def test_a_comment_costs_nothing(built: Book) -> None:
    """Freshness is a matter of what the press reads: a comment, a time stamp, an unused file are not."""
    built.write("sources/moon/series.yaml", "# ours\n" + built.read("sources/moon/series.yaml"))
    built.write("sources/moon/notes.txt", "to do\n")
    for file in built.root.rglob("sources/**/*.md"):
        os.utime(file, (1, 1))
    assert built.build().ended == "20 fresh"


def test_a_reason_names_what_changed_since_the_last_build(built: Book) -> None:
    """A change that did not affect an artefact is not given as its reason later."""
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    built.build()
    built.write("sources/practice.yaml", "name: Quay House\n")
    ran = built.build()
    (line,) = (line for line in ran.said if line.startswith("made handouts/neap.pdf"))
    assert "practice" in line
    assert "article" not in line


@pytest.mark.anew
def test_a_change_that_is_taken_back_costs_no_difference(built: Book) -> None:
    """Sources that are as they were give the bytes that were."""
    before = built.files()
    for old, new in (("At full", "At the full"), ("At the full", "At full")):
        built.edit("sources/moon/02-spring.md", old, new)
        built.build()
    assert built.files() == before


# --- What may be asked for ---------------------------------------------------------------------


def test_rebuild_makes_everything_again(built: Book) -> None:
    """`--rebuild` makes fresh artefacts too, and the bytes are the same."""
    before = built.files()
    ran = built.build("--rebuild")
    assert set(ran.made) == ALL
    assert ran.ended == "20 made"
    assert "made moon.epub  asked for with --rebuild" in ran.said
    assert built.files() == before


def test_only_makes_one_medium(book: Book) -> None:
    """`--only` may be repeated; what it leaves out is neither made nor removed."""
    assert set(book.build("--only", "handout").made) == HANDOUTS
    assert set(book.build("--only", "book", "--only", "handout").made) == {"moon.pdf"}
    assert (book.output / "moon/handouts/neap.pdf").is_file()


def test_a_style_has_a_folder_of_its_own(built: Book) -> None:
    """`--style` and `--paper` make handouts in addition to the existing ones."""
    ran = built.build("--only", "handout", "--style", "large-print", "--paper", "letter")
    assert set(ran.made) == {
        "handouts/large-print/letter/neap.pdf",
        "handouts/large-print/letter/spring.pdf",
    }
    with pikepdf.open(built.output / "moon/handouts/large-print/letter/neap.pdf") as pdf:
        box = [float(n) for n in pdf.pages[0].mediabox]
    assert box == pytest.approx([0, 0, 612, 792], abs=0.5)
    assert (built.output / "moon/handouts/neap.pdf").is_file()


def test_a_variant_that_was_asked_for_once_is_kept_right(built: Book) -> None:
    """A later plain build keeps a variant as long as it is there, and makes it again when it is stale."""
    built.build("--style", "clear-print")
    path = "handouts/clear-print/spring.pdf"
    assert path not in built.build().made
    assert (built.output / "moon" / path).is_file()
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    assert path in built.build().made


def test_another_paper_replaces_the_one_before(built: Book) -> None:
    """`paper:` in the series sets the paper of the handouts: those on the old paper are not made any more."""
    series = built.read("sources/moon/series.yaml")
    built.write("sources/moon/series.yaml", series + "paper: letter\n")
    ran = built.build()
    assert set(ran.made) >= HANDOUTS
    assert not [name for name in built.files() if "/a4/" in name]


def test_a_style_that_is_taken_out_goes(built: Book) -> None:
    """A style that the series no longer has is an orphan like any other."""
    series = built.read("sources/moon/series.yaml")
    built.write("sources/moon/series.yaml", series + "styles: [standard, ink-saving]\n")
    assert "handouts/ink-saving/neap.pdf" in built.build().made
    built.write("sources/moon/series.yaml", series)
    built.build()
    assert not (built.output / "moon/handouts/ink-saving").exists()


@pytest.mark.anew
@pytest.mark.parametrize("jobs", ["1", "3"])
def test_jobs_do_not_show_in_the_bytes(jobs: str, book: Book, model_output: Path) -> None:
    """Any number of workers makes the same files."""
    assert book.build("--jobs", jobs).code == 0
    assert book.files() == files(model_output)


# --- Why, and list -----------------------------------------------------------------------------


def test_why_says_that_an_artefact_is_fresh(built: Book) -> None:
    ran = built.run("why", "handouts/neap.pdf")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == ("handouts/neap.pdf is fresh: its recipe has not changed since it was made\n")


def test_why_says_what_changed(built: Book) -> None:
    """`why` says before a build what the build would say, and makes nothing."""
    before = built.files()
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    assert built.run("why", "moon.pdf").out == (
        "moon.pdf would be made again: article spring changed\n"
    )
    assert built.run("why", "handouts/neap.pdf").out.startswith("handouts/neap.pdf is fresh")
    assert built.files() == before


def test_why_before_there_is_anything(book: Book) -> None:
    ran = book.run("why", "moon.epub")
    if ran.code:  # an ebook is known once its cover is made
        assert ran.err.startswith("handpress: unknown artefact `moon.epub`")
    assert book.run("why", "moon.pdf").out == "moon.pdf would be made: it does not exist yet\n"


def test_why_notices_a_hand_in_a_file(built: Book) -> None:
    """An artefact that somebody changed, or took away, is made again, and that is the reason."""
    with (built.output / "moon/moon.pdf").open("ab") as file:
        file.write(b"\n")
    (built.output / "moon/moon.epub").unlink()
    assert built.run("why", "moon.pdf").out.endswith("file was changed by hand\n")
    assert built.run("why", "moon.epub").out.endswith("file was missing\n")
    ran = built.build()
    assert {"moon.pdf", "moon.epub"} <= set(ran.made)


def test_why_takes_a_path_from_where_you_stand(built: Book) -> None:
    """The name may be the file's path, as a shell completes it."""
    assert built.run("why", "output/moon/handouts/neap.pdf").out.startswith(
        "handouts/neap.pdf is fresh"
    )


def test_why_of_a_bare_name_means_the_plain_sheet(built: Book) -> None:
    """`neap.pdf` is the standard handout even where there is one in another style."""
    built.build("--style", "large-print", "--style", "clear-print")
    assert built.run("why", "neap.pdf").out.startswith("handouts/neap.pdf is fresh")


def test_why_of_something_that_nothing_makes(built: Book) -> None:
    ran = built.run("why", "handouts/naep.pdf")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "handpress: unknown artefact `handouts/naep.pdf`\n"
        "  = help: did you mean `handouts/neap.pdf`?\n"
    )


def test_list_names_series_articles_and_artefacts(built: Book) -> None:
    ran = built.run("list")
    assert (ran.code, ran.err) == (0, "")
    assert ran.said[:3] == [
        "moon: The Moon and the Sea, 2 articles",
        "  1. Neap Tides  (sources/moon/01-neap.md)",
        "  2. Spring Tides  (sources/moon/02-spring.md)",
    ]
    assert "  fresh  handouts/neap.pdf  1 page, N % full" in told(ran)
    assert {line.split()[1] for line in ran.said[3:]} == ALL
    assert {line.split()[0] for line in ran.said[3:]} == {"fresh"}


def test_list_marks_what_is_stale(built: Book) -> None:
    """A stale artefact says why; what shows it is stale with it; what does not is fresh."""
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    rows = {line.split()[1]: line.strip() for line in told(built.run("list"))[3:]}
    assert (
        rows["handouts/spring.pdf"]
        == "stale  handouts/spring.pdf  1 page, N % full  (article changed)"
    )
    assert rows["handouts/neap.pdf"].startswith("fresh")
    assert rows["index.html"].startswith("stale")
    assert set(rows) == ALL, "a font or a picture shows nothing, and is not stale with what does"


# --- What nothing makes any more ---------------------------------------------------------------


def drop_spring(book: Book) -> None:
    """Take the second article away, and the link to it."""
    (book.root / "sources/moon/02-spring.md").unlink()
    book.edit(
        "sources/moon/01-neap.md",
        " Compare it with [spring tides](02-spring.md#when-it-comes).",
        "",
    )


def test_an_orphan_is_removed(built: Book) -> None:
    """An artefact without a recipe is removed, and named."""
    drop_spring(built)
    ran = built.build()
    gone = ["removed handouts/spring.pdf  nothing makes it any more"]
    gone += ["removed articles/spring.html  nothing makes it any more"]
    gone += ["removed thumbnails/spring.webp  nothing makes it any more"]
    assert sorted(line for line in ran.said if line.startswith("removed")) == sorted(gone)
    assert ran.ended.endswith("3 removed")
    assert not (built.output / "moon/handouts/spring.pdf").exists()


def test_a_strangers_file_stays(built: Book) -> None:
    """Only what Handpress made is removed: a file that somebody put beside it stays."""
    built.write("output/moon/handouts/spring-notes.txt", "mine")
    built.write("output/keep.pdf", "mine too")
    drop_spring(built)
    built.build()
    assert built.read("output/moon/handouts/spring-notes.txt") == "mine"
    assert built.read("output/keep.pdf") == "mine too"


def test_an_orphan_that_was_changed_by_hand_stays(built: Book) -> None:
    """It holds somebody's work, so it stays, with a message."""
    built.write("output/moon/articles/spring.html", "<p>my own words</p>")
    drop_spring(built)
    ran = built.build()
    assert (
        "kept articles/spring.html  nothing makes it any more, but it was changed by hand"
        in ran.said
    )
    assert built.read("output/moon/articles/spring.html") == "<p>my own words</p>"


def test_a_series_that_is_gone_takes_its_files_along(built: Book) -> None:
    """A second series comes and goes, and its folder with it."""
    built.write("sources/sea/01-waves.md", "# Waves\n\nThe wind makes waves.\n")
    built.build("--only", "handout", "--only", "web")
    built.build()
    assert (built.output / "sea/sea.epub").is_file()
    shutil.rmtree(built.root / "sources/sea")
    assert built.build().code == 0
    assert not (built.output / "sea").exists()
    assert (built.output / "moon/moon.epub").is_file()


@pytest.mark.parametrize("name", ["thesis.docx", "index.html", "moon/moon.pdf"])
def test_a_folder_of_foreign_files_is_refused(name: str, book: Book) -> None:
    """Handpress does not write among files that it did not make: it says so, and touches nothing."""
    mine = book.write(f"elsewhere/{name}", "years of work")
    ran = book.build("--output", "elsewhere")
    assert (ran.code, ran.out) == (2, "")
    assert "holds files that Handpress did not make" in ran.err
    assert "--output DIR" in ran.err
    assert files(book.root / "elsewhere") == {name: b"years of work"}
    assert mine.stat().st_size == 13


# --- Errors ------------------------------------------------------------------------------------


def test_a_series_with_errors_makes_nothing_and_keeps_what_it_had(built: Book) -> None:
    """A broken promise stops its series, not the others, and no file of it changes."""
    built.write("sources/sea/01-waves.md", "# Waves\n\nThe wind makes waves.\n")
    before = {k: v for k, v in built.files().items() if k.startswith("moon/")}
    built.write("sources/moon/02-spring.md", "Words. " * 300_000)
    ran = built.build()
    assert ran.code == 1
    assert "[too-large]" in ran.err
    assert ran.err.splitlines()[-1] == "1 error in 1 file"
    assert {k: v for k, v in built.files().items() if k.startswith("moon/")} == before
    assert (built.output / "sea/sea.pdf").is_file()
    assert not any("moon/" in name for name in ran.made)


def test_warnings_stop_nothing(book: Book) -> None:
    """A warning is advice: it is shown, and the exit code is 0."""
    book.edit("sources/moon/02-spring.md", "At full and", "#### At full and")
    ran = book.build("--only", "web")
    assert ran.code == 0
    assert "[heading-skips]" in ran.err
    assert "articles/spring.html" in ran.made


def test_keep_going_makes_the_sound_handouts(book: Book) -> None:
    """`--keep-going` makes the handouts of the articles without errors, and still ends with 1."""
    book.write("sources/moon/02-spring.md", "Words. " * 300_000)
    assert book.build().made == []
    ran = book.build("--keep-going")
    assert ran.code == 1
    assert "handouts/neap.pdf" in ran.made
    assert not {"handouts/spring.pdf", "moon.pdf", "moon.epub"} & set(ran.made)


def test_keep_going_does_not_get_past_the_series_itself(book: Book) -> None:
    """With wrong settings of the series, every sheet would be wrong."""
    book.edit("sources/moon/series.yaml", "title: ", 'title: "')
    ran = book.build("--keep-going")
    assert (ran.code, [name for name in ran.made if name.startswith("handouts/")]) == (1, [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("handout.html", "{{ nobody_said_this }}"),
        ("handout.html", "{% if %}"),
        ("handout.html", "{{ 1 + 'a' }}"),
        ("handout.html", "{{ words.date.format(wrong=1) }}"),
        ("handout.html", b"\xff\xfe"),
        ("styles/media/handout.css", b"\xff\xfe"),
        ("words/en.yaml", "months: [January]"),
        ("words/en.yaml", "- a list"),
        ("blocks/do/words.yaml", "en: [do]"),
        ("blocks/do/words.yaml", "- a list"),
    ],
)
def test_a_broken_layout_of_ones_own_is_told(name: str, text: str | bytes, book: Book) -> None:
    """A workspace's own layout that cannot be used is for the author to fix, and its file is named."""
    book.write(f"layouts/{name}", text)
    ran = book.build()
    assert (ran.code, "Traceback" in ran.err) == (1, False), ran.err
    assert re.search(rf"^layouts/{name}:\d+:\d+: layout cannot be used", ran.err, re.M)


@pytest.mark.parametrize("command", [("list",), ("why", "moon.pdf")])
def test_a_broken_template_does_not_break_the_other_commands(
    command: tuple[str, ...], built: Book
) -> None:
    """`why` and `list` tell of it as `build` does."""
    built.write("layouts/book.html", "{% if %}")
    ran = built.run(*command)
    assert ran.code == 1
    assert "[broken-layout]" in ran.err


def test_a_character_of_the_practice_that_no_font_has_is_told_where_it_stands(book: Book) -> None:
    """The letterhead is printed too: its characters are looked at before the press loses them."""
    book.write("sources/practice.yaml", "name: Harbour Practice\nnote: open till late 𒀀\n")
    ran = book.run("check")
    assert "sources/practice.yaml:2:22: warning: no font for Cuneiform [missing-glyph]" in ran.err


SPRING = "sources/moon/02-spring.md"
UNREADABLE = "---\ntitle: Moon\n---\n\n## When it comes\n\n" + "𒀀𒁀𒂊 𒌓𒀀𒁀. " * 6


def test_an_article_that_nobody_could_read_in_print_is_not_made(book: Book) -> None:
    """Nor are the other media, so that the author sees it. Without print, they are."""
    book.write(SPRING, UNREADABLE)
    ran = book.run("build")
    assert (ran.code, "no font for Cuneiform [missing-font]" in ran.err) == (1, True)
    assert not (book.root / "output/moon").exists()
    book.write("sources/moon/series.yaml", "media: [epub, web]\n")
    assert "missing-font" not in book.run("build").err
    assert (book.root / "output/moon/moon.epub").exists()


def test_one_such_article_among_others_is_left_out_of_print(book: Book) -> None:
    """The rest is made, with links to it in words."""
    book.write("sources/moon/03-sumer.md", UNREADABLE.replace("Moon", "Sumer"))
    book.write(
        "sources/moon/04-ebb.md",
        "# Ebb\n\nAs [in the south](03-sumer.md#when-it-comes), and [](03-sumer.md).\n",
    )
    ran = book.run("build")
    assert (ran.code, "left out of print [unreadable-print]" in ran.err) == (0, True)
    made = {path.name for path in (book.root / "output/moon").rglob("*.*")}
    assert {"moon.pdf", "moon.epub", "ebb.pdf", "sumer.html"} <= made
    assert "sumer.pdf" not in made
    assert "As in the south (Sumer), and Sumer." in flat(
        "".join(pdf_text(book.root / "output/moon/moon.pdf"))
    )


def test_a_series_may_print_signs_all_the_same(book: Book) -> None:
    """And some words of another script are a warning."""
    book.write(SPRING, UNREADABLE)
    book.write("sources/moon/series.yaml", "levels: {missing-font: warning}\n")
    assert ": warning: no font for Cuneiform [missing-font]" in book.run("check").err
    book.write(SPRING, UNREADABLE + "A short text about the tides. " * 12)
    assert ": warning: no font for Cuneiform [missing-glyph]" in book.run("check").err


# --- What only the press knows -----------------------------------------------------------------


@pytest.mark.anew
def test_press_limit(built: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """`press-limit`: what the press could not make is an error that names the source, and costs that
    artefact alone. The one that was there stays.
    """
    monkeypatch.setattr(pool, "RECURSION", 2_000)  # to meet it soon
    own = (ROOT / "layouts/book.html").read_text(encoding="utf-8")
    deep = "<div>" * 1_000 + "deep" + "</div>" * 1_000
    built.write("layouts/book.html", own.replace("</body>", deep + "</body>"))
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    before = (built.output / "moon/moon.pdf").read_bytes()
    ran = built.build("--all")
    assert ran.code == 1, ran
    assert re.search(r"^sources/moon/series.yaml:1:1: artefact could not be made \[press-limit\]", ran.err, re.M)  # fmt: skip
    assert any(line.startswith("failed moon.pdf") for line in ran.said)
    assert "handouts/spring.pdf" in ran.made
    assert (built.output / "moon/moon.pdf").read_bytes() == before


def test_foreign_file(book: Book) -> None:
    """`foreign-file`: a file of somebody else's where an artefact would lie is left alone and said."""
    book.build()
    theirs = book.output / "moon/handouts/full.pdf"
    theirs.write_bytes(b"my own notes")
    book.write("sources/moon/03-full.md", "# Full Moon\n\nThe third of the tides.\n")
    ran = book.run("build")
    assert ran.code == 1
    assert re.search(
        r"/moon/handouts/full.pdf:1:1: file is in the way \[foreign-file\]$", ran.err, re.M
    )
    assert theirs.read_bytes() == b"my own notes"
    theirs.unlink()
    assert book.run("build").code == 0
    assert theirs.read_bytes().startswith(b"%PDF")


# --- Accidents ---------------------------------------------------------------------------------


def assert_whole(folder: Path) -> None:
    """Every file there is a whole one."""
    for path in folder.rglob("*"):
        if not path.is_file() or path.suffix == ".part" or path.name == "lock":
            continue
        if path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                assert len(pdf.pages) > 0
        elif path.suffix == ".epub":
            with zipfile.ZipFile(path) as book:
                assert book.testzip() is None
        elif path.suffix == ".html":
            assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
        elif path.suffix == ".png":
            with Image.open(path) as image:
                image.load()
        elif path.suffix in (".svg", ".xml"):
            ElementTree.fromstring(path.read_bytes())
        elif path.suffix == ".json":
            ours = ".handpress" in path.parts
            assert record.unsealed(path.read_bytes()) if ours else json.loads(path.read_bytes())


def started(folder: Path, **options: Any) -> subprocess.Popen[str]:
    """A build that runs in `folder`, in a process of its own. If it is killed, its temporary files stay beside the folder."""
    temporary = folder.with_name("temporary")
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, str(ROOT / "publish.py"), "--jobs", "2"],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **options,
    )


def test_a_killed_build_leaves_whole_files(book: Book, model_output: Path) -> None:
    """Killed at any moment, a build leaves whole files, and the next one makes what an undisturbed one
    makes: nothing half-written is ever seen under a finished name.
    """
    wanted = files(model_output)
    moments = random.Random(20261122)
    for time in range(10):
        number = moments.randint(0, len(wanted) - 1)
        build = started(book.root)
        while build.poll() is None and len(list(book.output.rglob("*.*"))) < number:
            with contextlib.suppress(subprocess.TimeoutExpired):
                build.wait(0.002)
        build.kill()
        build.communicate()
        assert_whole(book.output)
        if time % 2:  # every other one is killed on top of what the one before it left
            assert book.build().code == 0
            assert book.files() == wanted
            shutil.rmtree(book.output)


def test_a_killed_build_forgets_no_orphan(book: Book) -> None:
    """An artefact of a killed build is still known to be ours: once nothing makes it, it is removed."""
    build = started(book.root)
    assert build.stdout
    for line in build.stdout:
        if line.startswith("made handouts/spring.pdf"):
            break
    build.kill()
    build.communicate()
    path = book.output / "moon/handouts/spring.pdf"
    assert path.is_file()
    drop_spring(book)
    assert book.build().code == 0
    assert not path.exists()


def test_an_interrupted_build_keeps_what_is_finished(book: Book, model_output: Path) -> None:
    """Ctrl-C ends the build with 130; what was finished is fresh the next time."""
    build = started(book.root, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    assert build.stdout
    finished = [build.stdout.readline().split()[1] for _ in range(2)]
    build.send_signal(signal.SIGINT)
    out, err = build.communicate()
    finished += [line.split()[1] for line in out.splitlines() if line.startswith("made ")]
    assert build.returncode == 130
    assert "interrupted; finished files are kept" in err
    assert "Traceback" not in err
    ran = book.build()
    assert not set(finished) & set(ran.made)
    assert book.files() == files(model_output)


def test_a_full_disk_loses_nothing(built: Book) -> None:
    """A file that cannot be written whole is not written at all: the one that was there stays."""
    before = built.files()
    built.edit("sources/moon/series.yaml", "The Moon and the Sea", "Moon and Sea")
    ran = publish(
        cwd=built.root,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000)),
    )
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "File too large; existing files are unchanged" in ran.err
    assert "[press-limit]" not in ran.err
    assert_whole(built.output)
    after = built.files()
    assert after["moon/moon.pdf"] == before["moon/moon.pdf"]
    assert not [name for name in after if name.endswith(".part")]
    assert built.build().code == 0
    assert_whole(built.output)
    assert built.build().ended == "20 fresh"


def test_two_builds_at_once_do_no_harm(book: Book, model_output: Path) -> None:
    """The second waits for the first, and finds everything fresh."""
    both = [started(book.root), started(book.root)]
    said = [build.communicate() for build in both]
    assert [build.returncode for build in both] == [0, 0], said
    assert sorted((out.splitlines()[-1], err) for out, err in said) == [
        ("20 fresh in output/moon", "handpress: waiting for another build of this folder\n"),
        ("20 made in output/moon", ""),
    ]
    assert book.files() == files(model_output)


# --- Workers -----------------------------------------------------------------------------------


def press_by(function: Callable[..., Rendered]) -> Press:
    """A row of the table of presses for a function of this module."""
    return Press(function=f"{__name__}:{function.__name__}")


def _die(_files: Mapping[str, Asset], _options: Options) -> Rendered:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _loop(_files: Mapping[str, Asset], _options: Options) -> Rendered:
    while True:
        pass


def _hog(_files: Mapping[str, Asset], _options: Options) -> Rendered:
    return Rendered(bytes(pool.MEMORY))


def _sink(files_: Mapping[str, Asset], options: Options) -> Rendered:
    return _sink(files_, options)


def _slip(_files: Mapping[str, Asset], _options: Options) -> Rendered:
    return Rendered(b"", 1 // 0)


def _fine(_files: Mapping[str, Asset], _options: Options) -> Rendered:
    return Rendered(b"fine", 1)


@pytest.mark.parametrize(
    ("fault", "reason", "ours"),
    [
        (_die, "was ended by signal 9", False),
        (_loop, "took longer than 2 s", False),
        (_hog, "needs more than 4 GB of memory", False),
        (_sink, "met mark-up that is nested too deeply", False),
        (_slip, "ZeroDivisionError", True),
    ],
)
def test_a_worker_that_fails_costs_one_artefact(
    fault: Any, reason: str, ours: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that dies, overruns its time, its memory or its depth is replaced; the others' work is done."""
    monkeypatch.setitem(pool.PRESSES, "fault", press_by(fault))
    monkeypatch.setitem(pool.PRESSES, "fine", press_by(_fine))
    recipes = [Recipe(f"{n}", "fault" if n == 2 else "fine", {}) for n in range(5)]
    with Workers(2, seconds=2) as workers:
        results = {recipe.path: result for recipe, result in workers.press(recipes)}
    failed = results.pop("2")
    assert isinstance(failed, Failed)
    assert failed.reason.startswith(reason)
    assert failed.ours is ours
    assert {path: result.data for path, result in results.items()} == dict.fromkeys("0134", b"fine")


def _broken(_files: Mapping[str, Asset], _options: Options) -> Rendered:
    raise ZeroDivisionError("of a wrong computation")


def _full(_files: Mapping[str, Asset], _options: Options) -> Rendered:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/a-font.ttf")


def _idle(_files: Mapping[str, Asset], _options: Options) -> Rendered:
    near, _ = os.pipe()
    return Rendered(os.read(near, 1))  # which nobody writes


def test_a_worker_that_waits_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """It spends no time of its own: there is a limit by the clock too, a far larger one."""
    monkeypatch.setitem(pool.PRESSES, "idle", press_by(_idle))
    monkeypatch.setattr(pool, "PATIENCE", 10)
    with Workers(1, seconds=0.1) as workers:
        ((_, result),) = workers.press([Recipe("0", "idle", {})])
    assert result == Failed("took longer than 1 s")


@pytest.mark.anew
def test_a_fault_of_ours_is_reported_once(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the number of files that it concerns, however many these are."""
    monkeypatch.setitem(pool.PRESSES, "pdf", press_by(_broken))
    ran = book.build("--only", "handout")
    assert ran.code == 70
    assert ran.err.count("Traceback") == 1
    assert re.search(r"bug in Handpress: .+ and \d+ other files: ZeroDivisionError: ", ran.err)


@pytest.mark.anew
def test_a_full_disk_is_not_the_authors_fault(built: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the machine in a worker ends the build and is named; existing files stay."""
    before = built.files()
    monkeypatch.setitem(pool.PRESSES, "pdf", press_by(_full))
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    ran = built.build()
    assert ran.code == 1
    assert ran.err == (
        "handpress: /tmp/a-font.ttf: No space left on device; existing files are unchanged\n"
        "  = help: free some space on that disk, then run the command again\n"
    )
    after = built.files()
    assert after.pop("manifest.json")
    assert {name: before[name] for name in after} == after
    monkeypatch.undo()
    assert built.build().code == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the kernel of Linux")
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_die_with_their_parent(method: str, tmp_path: Path) -> None:
    """However it ends, and whatever they are at: none is left to burn a core."""
    (tmp_path / "endless.py").write_text(
        "import os, sys\n"
        "from handpress.press import pool\n"
        "from handpress.press.pool import Workers\n"
        "from handpress.press.presses import Press\n"
        "from handpress.press.recipe import Recipe\n"
        "def loop(files, options):\n"
        "    os.write(1, b'%d\\n' % os.getpid())\n"  # at once, so that the lines of two do not mix
        "    while True:\n"
        "        pass\n"
        "pool.PRESSES['loop'] = Press(function='endless:loop')\n"
        "if __name__ == '__main__':\n"
        "    with Workers(2, method=sys.argv[1]) as workers:\n"
        "        list(workers.press([Recipe(str(n), 'loop', {}) for n in range(2)]))\n"
    )
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "endless.py"), method],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
    ) as parent:
        assert parent.stdout
        workers = [os.pidfd_open(int(parent.stdout.readline())) for _ in range(2)]
        parent.kill()
    for worker in workers:  # a process can be read from once it has ended
        assert select.select([worker], [], [], 60)[0] == [worker]
        os.close(worker)


@pytest.mark.anew
def test_a_time_limit_names_the_article(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """An artefact that takes too long is reported at its article."""
    monkeypatch.setitem(pool.PRESSES, "pdf", press_by(_loop))
    monkeypatch.setattr(builder, "Workers", functools.partial(Workers, seconds=1))
    ran = book.build("--only", "handout", "--jobs", "2", "--all")
    assert ran.code == 1
    for article in ("01-neap", "02-spring"):
        assert f"sources/moon/{article}.md:1:1: artefact could not be made [press-limit]" in ran.err
    assert "took longer than 1 s" in ran.err


def test_what_killed_builds_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for temporary files that is older than a day and that nobody uses; nothing else."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    used = temporary.folder()
    for name in ("handpress-left", "handpress-new", "other", "elsewhere"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "font.ttf").write_bytes(b"font")
    (tmp_path / "handpress-link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "handpress-file").write_bytes(b"notes")
    for path in tmp_path.iterdir():
        if path.name != "handpress-new":
            os.utime(path, (0, 0), follow_symlinks=False)
    made = temporary.folder()
    assert {path.name for path in tmp_path.iterdir()} == {
        "handpress-new", "handpress-link", "handpress-file", "other", "elsewhere",
        used.path.name, made.path.name,
    }  # fmt: skip
    assert (tmp_path / "elsewhere/font.ttf").exists()
    used.remove()
    made.remove()
    assert not used.path.exists()


@pytest.mark.anew
def test_workers_that_cannot_fork_make_the_same_bytes(
    book: Book, model_output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """macOS and Windows begin each worker from nothing: every file comes out as it does here."""
    spawning = functools.partial(Workers, method="spawn")
    monkeypatch.setattr(builder, "Workers", spawning)
    assert book.build("--jobs", "2").code == 0
    assert book.files() == files(model_output)


def test_a_build_leaves_no_temporary_files(book: Book, tmp_path: Path) -> None:
    """WeasyPrint keeps the fonts of its documents there, and workers end at once."""
    there = tmp_path / "temporary"
    there.mkdir()
    ran = publish("--jobs", "2", cwd=book.root, env={"TMPDIR": str(there)})
    assert ran.code == 0
    assert list(there.iterdir()) == []


def test_a_process_that_presses_leaves_no_temporary_files(book: Book, tmp_path: Path) -> None:
    """As tests do: without workers, it has the fonts itself."""
    there = tmp_path / "temporary"
    there.mkdir()
    text = (
        "from pathlib import Path\n"
        "from handpress.build.load import load\n"
        "from handpress.core.files import workspace\n"
        "from handpress.layout.variant import Variant\n"
        "from handpress.press import pool\n"
        "from handpress.print.handout import handouts\n"
        "(layout,) = load(workspace.find(Path())).layouts\n"
        "for recipe in handouts(layout, Variant('standard', 'a4'), {}):\n"
        "    print(pool.press(recipe).pages, len(list(Path('../temporary').iterdir())))\n"
    )
    env = {**os.environ, "TMPDIR": str(there), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=book.root, env=env, capture_output=True, encoding="utf-8"
    )
    assert (done.stdout, done.stderr) == ("1 2\n1 2\n", "")
    assert list(there.iterdir()) == []


def test_a_worker_uses_nothing_that_was_laid_out_before_it(book: Book) -> None:
    """A program that lays out a page itself, and then builds: newer releases of Pango keep a thread for
    the faces, which a forked worker would wait for in vain.
    """
    there = workspace.find(book.root)
    assert there is not None
    (layout,) = load(there).layouts
    for recipe in handouts(layout, Variant("standard", "a4"), {}):
        assert isinstance(pool.press(recipe), Rendered)
    with Workers(1, seconds=60) as workers:
        results = workers.press(handouts(layout, Variant("standard", "a4"), {}))
        assert all(isinstance(result, Rendered) for _, result in results)


def test_builds_may_share_workers(book: Book) -> None:
    """A program that builds many times hires once; its workers stay until it lets them go."""
    space = workspace.find(book.root)
    assert space is not None
    with Workers(2) as workers:
        made = []
        for text in ("Low water.", "High water.", "Slack water."):
            book.write("sources/moon/03-ebb.md", f"# Ebb\n\n{text}\n")
            request = Request(only=("handout",))
            outcome = run.build(space, request, lambda _: None, lambda _: None, workers)
            assert outcome.problems == ()
            made.append(outcome.made)
        hired = [worker.process.pid for worker in workers.workers]
        assert made == [3, 1, 1]
        assert len(hired) == 2
        assert {child.pid for child in multiprocessing.active_children()} >= {*hired}
    assert not {child.pid for child in multiprocessing.active_children()} & {*hired}


def test_workers_outlive_the_folder_that_they_were_started_in(book: Book, tmp_path: Path) -> None:
    """Pillow asks for the current folder, even to write to memory: pictures were not printed without one."""
    Image.new("RGB", (40, 30), "teal").save(book.root / "sources/moon/teal.png")
    book.write("sources/moon/01-neap.md", "# Neap\n\n![A teal square](teal.png)\n")
    there = workspace.find(book.root)
    assert there is not None
    gone = tmp_path / "gone"
    gone.mkdir()
    with Workers(1) as workers:
        with contextlib.chdir(gone):
            workers.workers.append(workers.hire())
        gone.rmdir()
        (layout,) = load(there).layouts
        results = workers.press(handouts(layout, Variant("standard", "a4"), {}))
        assert [result for _, result in results if isinstance(result, Failed)] == []


@pytest.mark.anew
def test_no_worker_outlives_the_build(book: Book) -> None:
    """When the command ends, its workers have ended too."""
    before = multiprocessing.active_children()
    assert book.build("--jobs", "2", "--only", "handout").code == 0
    assert multiprocessing.active_children() == before


def test_the_model_that_these_tests_stand_on(model_output: Path) -> None:
    """Twenty artefacts: two handouts, book, cover, ebook, two pages, a picture, the series' page, the
    shelf and its catalogues, five faces, two thumbnails, and the cover as the web page has it.
    """
    assert len(files(model_output)) == 20 + 1
    assert MODEL.is_dir()
