"""``no_handout``: articles and parts that have no handout, in everything that makes, counts, offers or names one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from handpress.core.files.workspace import find
from handpress.core.media import TABLE
from handpress.desk.library import read_library
from handpress.editions.affected import affected
from handpress.editions.compare import Side
from handpress.editions.printed import printed
from handpress.series.assemble import assemble
from handpress.series.model import Series
from handpress.watch.sources import Sources
from handpress.watch.views import Views
from helpers.bilingual import FILES
from helpers.finished import pdf_text
from helpers.ledgers import edition, with_ledger
from helpers.workspaces import Book

SETTINGS = "sources/tides/series.yaml"
ORDER = "articles:\n  - preface\n  - Sheets: [neap, spring]\n  - News: [boats, harbour]\n"
LEFT_OUT = "no_handout: [preface, News]\n"
HANDOUTS = ("neap", "spring")
CARD = '!!! exercise "Wade"\n\n    1. Walk in the sea.\n\n    Sets : 2\n'
ARTICLES = {
    "preface": "# Preface\n\nFirst read of [neap tides](neap.md).\n",
    "neap": "# Neap Tides\n\nSee [the boats](boats.md), [](harbour.md) and [big tides](spring.md).\n",
    "spring": f"# Spring Tides\n\nThe sea moves most.\n\n{CARD}",
    "boats": f"# Boats for Hire\n\n![A wave](wave.png)\n\nIn the harbour.\n\n{CARD.replace('Wade', 'Row')}",
    "harbour": "# The Harbour\n\nIt is open.\n",
}
HANDOUT = TABLE["handout"]


@pytest.fixture
def tides(empty: Book) -> Book:
    """A series of five articles, two of which have handouts."""
    from PIL import Image

    for name, text in ARTICLES.items():
        empty.write(f"sources/tides/{name}.md", text)
    Image.new("L", (240, 120), 200).save(empty.root / "sources/tides/wave.png")
    empty.write(SETTINGS, f"title: Tides\ndate: 2026-11-22\n{LEFT_OUT}{ORDER}")
    return empty


def series_of(book: Book, folder: str = "sources/tides") -> tuple[Series, list[str]]:
    """Return a series, and its problems with their places."""
    workspace = find(book.root)
    assert workspace
    series, problems = assemble(workspace, folder)
    return series, [
        f"{p.place.line}:{p.place.column} {p.code}: {p.why}; {p.help}" for p in problems
    ]


def handed_out(series: Series) -> list[str]:
    return [article.slug for article in series.articles_in(HANDOUT)]


def one_line(page: str) -> str:
    return " ".join(page.split())


# --- The setting -------------------------------------------------------------------------------


def test_articles_and_parts_are_left_out(tides: Book) -> None:
    series, problems = series_of(tides)
    assert (handed_out(series), problems) == (["neap", "spring"], [])
    assert [series.number_in(HANDOUT, slug) for slug in ARTICLES] == [0, 1, 2, 0, 0]
    assert [series.number_in(TABLE["book"], slug) for slug in ARTICLES] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("preface.md", ["neap", "spring", "boats", "harbour"]),  # one value, by its path
        ("[]", list(ARTICLES)),
        ("", list(ARTICLES)),
        ("[Sheets, Sheets, neap]", ["preface", "boats", "harbour"]),
    ],
)
def test_names_are_written_as_in_other_lists(tides: Book, written: str, left: list[str]) -> None:
    tides.edit(SETTINGS, LEFT_OUT, f"no_handout: {written}\n")
    series, problems = series_of(tides)
    assert (handed_out(series), problems) == (left, [])


def test_a_part_wins_over_an_article_of_its_name(tides: Book) -> None:
    tides.edit(SETTINGS, "- News:", "- boats:")
    tides.edit(SETTINGS, LEFT_OUT, "no_handout: boats\n")
    assert handed_out(series_of(tides)[0]) == ["preface", "neap", "spring"]


def test_parts_from_folders_have_titles_too(empty: Book) -> None:
    for path in ("01-rest.md", "02-news/01-rooms.md", "02-news/02-courses.md"):
        empty.write(f"sources/tides/{path}", "# A title\n\nText.\n")
    empty.write("sources/tides/02-news/_category_.json", '{"label": "The news"}')
    empty.write(SETTINGS, "no_handout: The news\n")
    series, problems = series_of(empty)
    assert (handed_out(series), problems) == (["rest"], [])


def test_unknown_names_are_reported_with_what_is_near(tides: Book) -> None:
    tides.edit(SETTINGS, LEFT_OUT, "no_handout: [prefase, news, xyzzy]\n")
    series, problems = series_of(tides)
    reason = "wrong-value: no article or part is called"
    assert problems == [
        f"3:14 {reason} `prefase`; did you mean `preface`?",
        f"3:23 {reason} `news`; did you mean `News`?",
        f"3:29 {reason} `xyzzy`; list names of articles, or titles of parts as in `articles`",
    ]
    assert handed_out(series) == list(ARTICLES)


def test_drafts_may_be_listed(tides: Book) -> None:
    tides.write("sources/tides/preface.md", "---\ndraft: true\n---\n\n# Preface\n\nSoon.\n")
    series, problems = series_of(tides)
    assert (handed_out(series), problems) == (["neap", "spring"], [])


def test_a_pack_cannot_have_them(tides: Book) -> None:
    tides.write(SETTINGS, tides.read(SETTINGS) + "packs: {both: [neap, boats], none: [harbour]}\n")
    series, problems = series_of(tides)
    skipped = "missing-handout: it is skipped: this series has no such handout; list articles of"
    rest = "this series in a pack, without number and `.md`, and none that is in `no_handout`"
    assert problems == [f"8:22 {skipped} {rest}", f"8:37 {skipped} {rest}"]
    assert series.packs == {"both": ("neap",)}


# --- Artefacts ---------------------------------------------------------------------------------


def test_no_handout_is_made_and_old_ones_are_removed(tides: Book) -> None:
    """Their thumbnails go as well, and all pages that offered them are made again."""
    tides.edit(SETTINGS, LEFT_OUT, "")
    tides.build()
    before = tides.files()
    tides.edit(SETTINGS, "date: 2026-11-22\n", f"date: 2026-11-22\n{LEFT_OUT}")
    assert tides.build().code == 0
    gone = before.keys() - tides.files().keys()
    left_out = ARTICLES.keys() - set(HANDOUTS)
    assert gone == {
        f"tides/{path}" for n in left_out for path in (f"handouts/{n}.pdf", f"thumbnails/{n}.webp")
    }
    pages = {path: page for path, page in tides.files().items() if path.endswith((".html", "xml"))}
    for path, page in pages.items():
        offered = set(re.findall(rb"handouts/([\w-]+)\.pdf", page))
        assert offered <= {name.encode() for name in HANDOUTS}, path
    assert "Handout" not in pages["tides/articles/boats.html"].decode()
    for name in ARTICLES:  # they are in all other media
        assert f"tides/articles/{name}.html" in pages


def test_pages_that_are_made_alone_do_not_offer_old_handouts(tides: Book) -> None:
    tides.edit(SETTINGS, LEFT_OUT, "")
    tides.build("--only", "handout", "--only", "web")
    tides.edit(SETTINGS, "date: 2026-11-22\n", f"date: 2026-11-22\n{LEFT_OUT}")
    tides.build("--only", "web")
    assert "handouts/" not in tides.read("output/tides/articles/boats.html")
    assert "handouts/boats.pdf" not in tides.read("output/tides/index.html")


def test_handouts_are_counted_without_them(tides: Book) -> None:
    """Links, neighbours and totals are those of handouts; an article without one has title and page."""
    tides.build("--only", "handout")
    neap, spring = (
        one_line(pdf_text(tides.output / f"tides/handouts/{n}.pdf")[0]) for n in HANDOUTS
    )
    assert "Tides · Handout 1 of 2" in neap
    assert "Tides · Handout 2 of 2" in spring
    assert "See the boats (Boats for Hire), The Harbour and big tides (handout 2)." in neap
    assert "Next: Spring Tides, handout 2, page 7 of the book Boats for Hire, page 11 of" in neap
    assert "Previous: Neap Tides, handout 1, page 5 of the book" in spring
    assert "Preface" not in neap
    assert "Next" not in spring.partition("Continue reading")[2]


def test_what_readers_could_not_find_is_not_in_the_list(tides: Book) -> None:
    """Without a book and a web address, only the text names the article."""
    tides.edit(SETTINGS, LEFT_OUT, f"{LEFT_OUT}media: handout\n")
    tides.build()
    neap = one_line(pdf_text(tides.output / "tides/handouts/neap.pdf")[0])
    assert "Continue reading Next: Spring Tides, handout 2" in neap
    assert neap.count("Boats for Hire") == neap.count("The Harbour") == 1


def test_their_web_address_is_listed(tides: Book) -> None:
    tides.edit(
        SETTINGS, LEFT_OUT, f"{LEFT_OUT}media: [handout, web]\nsite: https://tides.example/\n"
    )
    tides.build("--only", "handout")
    neap = one_line(pdf_text(tides.output / "tides/handouts/neap.pdf")[0])
    assert "Boats for Hire: tides.example/articles/ boats.html" in neap


# --- Commands ----------------------------------------------------------------------------------


def test_the_desk_does_not_offer_them(tides: Book) -> None:
    workspace = find(tides.root)
    assert workspace
    assert [*read_library(workspace).handouts] == ["tides/neap", "tides/spring"]


def test_personalise_is_plain_about_them(tides: Book, tmp_path: Path) -> None:
    table = tmp_path / "clients.csv"
    for name in ("boats", "boats.md", "tides/boats", "sources/tides/boats.md"):
        ran = tides.run("personalise", str(table), "--article", name, "--example")
        assert (ran.code, table.exists()) == (2, False)
        assert f"`{name}` has no handout" in ran.err
    assert tides.run("personalise", str(table), "--article", "spring", "--example").code == 0


def test_watch_shows_the_other_media(tides: Book) -> None:
    tides.build()
    sources, views = Sources(tides.root, tides.output), Views(tides.output)
    sources.read(())
    known = {name: sources.articles[f"sources/tides/{name}.md"] for name in ("neap", "boats")}
    recipes = {name: [*sources.handouts(one.article.path)] for name, one in known.items()}
    assert {name: bool(found) for name, found in recipes.items()} == {"neap": True, "boats": False}
    shown = []
    for one in known.values():
        views.update(one.series, one.article, ())
        shown.append(list(views.as_json()))
    assert shown == [["handout", "book", "epub", "web"], ["book", "epub", "web"]]


def test_pictures_are_not_checked_for_a_handout(tides: Book) -> None:
    tides.edit(SETTINGS, LEFT_OUT, f"{LEFT_OUT}media: [handout, web]\n")
    assert "[coarse-picture]" not in tides.run("check").err
    tides.edit(SETTINGS, LEFT_OUT, "")
    assert "[coarse-picture]" in tides.run("check").err


def test_characters_are_not_checked_for_paper(tides: Book) -> None:
    """A letter that no font has is an error only where it is printed."""
    tides.write("sources/tides/boats.md", "# Boats\n\n\N{EGYPTIAN HIEROGLYPH A001}\n")
    tides.edit(SETTINGS, LEFT_OUT, f"{LEFT_OUT}media: [handout, web]\n")
    assert tides.build().code == 0
    tides.edit(SETTINGS, LEFT_OUT, "")
    assert "[missing-glyph]" in tides.build().err


# --- Translations ------------------------------------------------------------------------------


@pytest.fixture
def shoulder(empty: Book) -> Book:
    """A series in two languages: an article with and one without a translation, and news in both."""
    for path, text in FILES.items():
        empty.write(path, text)
    for folder in ("shoulder", "shoulder.ar"):
        empty.write(f"sources/{folder}/03-news.md", "# Obituary\n\nOpen.\n")
    empty.edit(
        "sources/shoulder/series.yaml", "media: [handout]\n", "media: [handout]\nno_handout: news\n"
    )
    return empty


def test_translations_leave_out_the_same_articles(shoulder: Book) -> None:
    series, _ = series_of(shoulder, "sources/shoulder.ar")
    assert handed_out(series) == ["swing"]
    shoulder.build("--bilingual", "columns")
    assert {path for path in shoulder.files() if path.endswith(".pdf")} == {
        "shoulder/handouts/swing.pdf",
        "shoulder/handouts/rest.pdf",
        "shoulder-ar/handouts/swing.pdf",
        "shoulder-ar/handouts/swing.bilingual.pdf",
    }


def test_a_translation_may_list_its_own(shoulder: Book) -> None:
    settings = "sources/shoulder.ar/series.yaml"
    shoulder.write(
        settings, shoulder.read(settings) + "no_handout: [swing]\npacks: {all: [swing, news]}\n"
    )
    series, problems = series_of(shoulder, "sources/shoulder.ar")
    assert handed_out(series) == ["news"]
    assert series.packs == {"all": ("news",)}
    assert "3:15 missing-handout" in " ".join(problems)
    assert handed_out(series_of(shoulder, "sources/shoulder")[0]) == ["swing", "rest"]


def test_packs_of_the_original_lose_what_has_no_handout(shoulder: Book) -> None:
    settings = "sources/shoulder.ar/series.yaml"
    shoulder.edit(
        "sources/shoulder/series.yaml", "no_handout: news\n", "packs: {all: [swing, news]}\n"
    )
    shoulder.write(settings, shoulder.read(settings) + "no_handout: news\n")
    assert series_of(shoulder, "sources/shoulder.ar")[0].packs == {"all": ("swing",)}


# --- Editions ----------------------------------------------------------------------------------

ONE = edition("1", "2024-03-02", "", neap="added", boats="added", harbour="added")
TWO = edition("2", "2025-03-02", "", neap="same", boats="safety: No.", harbour="changed")
ARTEFACTS = {f"tides/handouts/{path}.pdf": "0" * 64 for path in ("neap", "large-print/boats")}
"""Edition 1 had no handout of `harbour`; `boats` has none any more."""


def released(tides: Book) -> Book:
    return with_ledger(tides, replace(ONE, artefacts=ARTEFACTS), TWO, folder="sources/tides")


def test_only_printed_copies_are_out_of_date(tides: Book) -> None:
    """Readers throw away copies of a handout that is not made any more, and there is none to reprint."""
    released(tides)
    ran = tides.run("list", "--affected-since", "1")
    assert ran.said == [
        "handouts to reprint since edition 1 of tides: 1",
        "  safety     Boats  (tides: has no handout any more)",
        "             copies printed before 2025-03-02",
        "             No.",
    ]
    workspace = find(tides.root)
    assert workspace
    assert [(a.change.slug, a.paths) for a in affected(workspace, "1")[1]] == [("boats", ())]
    tides.build("--only", "web")
    thrown = tides.read("output/tides/index.html").partition('class="throw-away"')[2]
    assert ("Boats" in thrown, "Harbour" in thrown) == (True, False)
    copies = {
        n: tides.read(f"output/tides/articles/{n}.html").count('class="copy"') for n in ARTICLES
    }
    assert copies == {"preface": 0, "neap": 2, "spring": 0, "boats": 2, "harbour": 1}


def test_a_release_has_their_changes_and_no_handouts_of_them(tides: Book) -> None:
    tides.edit(SETTINGS, LEFT_OUT, f"{LEFT_OUT}media: [handout, web]\n")
    ran = tides.run("release", "tides")
    assert ran.code == 0, ran.err
    ledger = tides.read("sources/tides/editions.yaml")
    assert re.findall(r"handouts/([\w-]+)\.pdf", ledger) == sorted(HANDOUTS)
    assert all(f"    {name}:\n" in ledger for name in ARTICLES)
    tides.edit("sources/tides/boats.md", "In the harbour.", "On the beach.")
    ran = tides.run("list", "--affected-since", "1", "--message-format", "json")
    assert [json.loads(line) for line in ran.said] == []


def test_a_comparison_has_no_pages_of_them(tides: Book) -> None:
    workspace = find(tides.root)
    assert workspace
    side = Side("now", workspace, series_of(tides)[0])
    assert printed(side, {"neap", "boats"}).keys() == {"neap"}
