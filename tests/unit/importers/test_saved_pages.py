"""Saved pages: the article arrives with all that belongs to it, and nothing else of its page."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from helpers.pictures import png
from helpers.saved_pages import BIO, NOISE, QUESTIONS, SLUGS, TITLES, page
from helpers.workspaces import Book

SERIES = "sources/the-fascia-remedy"


@pytest.fixture
def saved(empty: Book) -> Book:
    """A workspace without sources, and the three pages in the order of their titles."""
    for slug in SLUGS:
        empty.write(f"saved/{TITLES[slug].replace('?', '')}.html", page(slug))
        empty.write(f"saved/{slug}_files/chair.png", png(8, 8))
        empty.write(f"saved/{slug}_files/frame.html", "<p>an advertisement</p>")
    return empty


def articles(book: Book) -> dict[str, str]:
    folder = book.root / SERIES
    return {p.name: p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.md"))}


def test_the_pagers_give_the_order(saved: Book) -> None:
    assert saved.run("import", "saved").code == 0
    assert list(articles(saved)) == [f"0{n}-{slug}.md" for n, slug in enumerate(SLUGS, 1)]


def test_by_date_if_the_pagers_lead_elsewhere(empty: Book) -> None:
    """A page without a next one is not its own."""
    for slug in SLUGS:
        empty.write(f"saved/{slug}.html", page(slug).replace('href="/blog/', 'href="/gone/'))
    empty.run("import", "saved")
    assert list(articles(empty)) == [f"0{n}-{slug}.md" for n, slug in enumerate(SLUGS, 1)]


def test_what_belongs_to_an_article_arrives_as_itself(saved: Book) -> None:
    saved.run("import", "saved")
    text = articles(saved)["02-strengthen-your-glutes.md"]
    settings, _, body = text.removeprefix("---\n").partition("---\n")
    assert settings.splitlines() == [
        'title: "Low Back Pain? Strengthen Your Glutes!"',
        "date: 2026-02-14",
        'url: "https://example.org/blog/strengthen-your-glutes"',
    ]
    questions = "\n\n".join(f"### {q}\n\n{a}" for q, a in QUESTIONS.items())
    assert body == (
        "\nGet up from your chair without using your **hands**, if that is safe for you.\n\n"
        '![A chair](images/chair.png "Knees over toes.")\n\n'
        "Read [the last one](03-cortisone-shots.md) too.\n\n"
        f"## Common questions {{: .faq }}\n\n{questions}\n"
    )


def test_the_box_about_the_author_is_the_bio(saved: Book) -> None:
    saved.run("import", "saved")
    bio = saved.read("sources/authors/julia-blackwell.md")
    settings, _, text = bio.removeprefix("---\n").partition("---\n")
    first = "Julia Blackwell is the founder and creator of The Fascia Remedy."
    assert settings == f"name: Julia Blackwell\nshort: {first}\n"
    assert text.split() == BIO.split()
    assert "authors: [julia-blackwell]" in saved.read(f"{SERIES}/series.yaml")


@pytest.mark.parametrize("kind", NOISE)
def test_the_rest_of_the_page_is_left_out_and_listed(saved: Book, kind: str) -> None:
    saved.run("import", "saved")
    words = NOISE[kind]
    assert not any(words in text for text in articles(saved).values())
    lists = saved.read("import-report.html").split("<article id=")[1:]
    assert len(lists) == len(SLUGS)
    assert all(words in listed for listed in lists)


def test_scripts_are_neither_in_the_articles_nor_in_the_report(saved: Book) -> None:
    saved.run("import", "saved")
    report = saved.read("import-report.html")
    assert "<script" not in report
    assert "alert" not in report + "".join(articles(saved).values())


def test_a_dry_run_writes_nothing(saved: Book) -> None:
    ran = saved.run("import", "saved", "--dry-run")
    assert ran.said[-1] == "nothing is written: this was a dry run"
    assert sorted(p.name for p in saved.root.iterdir()) == ["saved"]


def test_it_builds_without_a_problem(saved: Book) -> None:
    saved.run("import", "saved")
    ran = saved.build("--only", "web")
    assert (ran.code, ran.err) == (0, "")


def test_one_file_of_singlefile_has_its_pictures_in_it(empty: Book) -> None:
    data = base64.b64encode(png(8, 8)).decode()
    shared = f'<style>:root{{--sf-img-1:url("data:image/png;base64,{data}")}}</style>'
    empty.write(
        "page.html",
        f"<!doctype html><html><head><title>One</title>{shared}</head><body><article><h1>One</h1><p>Two words.</p>"
        f'<p><img src="data:image/png;base64,{data}" alt="a"></p>'
        '<p><img src="data:image/svg+xml,<svg></svg>" style="background-image:var(--sf-img-1)" alt="b"></p>'
        "</article></body></html>",
    )
    assert empty.run("import", "page.html").code == 0
    text = empty.read("sources/one/01-page.md")
    assert text.endswith("Two words.\n\n![a](images/picture.png)\n\n![b](images/picture.png)\n")


def test_a_web_archive_has_its_pictures_beside_it(empty: Book) -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://example.org/blog/one"
    message.set_content(
        '<html><body><main><h1>One</h1><p>Two words.</p><img src="https://example.org/a.png" alt="a"></main></body></html>',
        subtype="html",
    )
    message.make_related()
    message.add_related(png(8, 8), "image", "png", cid="<a@b>")
    parts = list(message.iter_parts())
    parts[-1]["Content-Location"] = "https://example.org/a.png"
    empty.write("page.mhtml", message.as_bytes())
    assert empty.run("import", "page.mhtml").code == 0
    assert empty.read("sources/one/01-one.md").endswith("![a](images/a.png)\n")


def test_a_later_import_leaves_what_the_author_changed(saved: Book) -> None:
    saved.run("import", "saved")
    file = f"{SERIES}/02-strengthen-your-glutes.md"
    saved.edit(file, "Should it hurt?", "Is pain normal?")
    saved.edit(
        "saved/Low Back Pain Strengthen Your Glutes!.html",
        "Ten, twice a day",
        "Twelve, twice a day",
    )
    ran = saved.run("import", "saved")
    assert ran.code == 0
    assert [line for line in ran.said if line.startswith(("merged", "updated", "new"))] == [
        f"merged {file}"
    ]
    text = saved.read(file)
    assert "### Is pain normal?" in text
    assert "Twelve, twice a day" in text


def test_a_conflict_is_marked(saved: Book) -> None:
    saved.run("import", "saved")
    file = f"{SERIES}/02-strengthen-your-glutes.md"
    saved.edit(file, "Ten, twice a day", "Nine, twice a day")
    saved.edit(
        "saved/Low Back Pain Strengthen Your Glutes!.html",
        "Ten, twice a day",
        "Twelve, twice a day",
    )
    ran = saved.run("import", "saved")
    assert ran.code == 1
    assert f"conflict {file}" in ran.said
    assert "<<<<<<< yours\nNine" in saved.read(file)


def test_files_of_others_stay(saved: Book) -> None:
    saved.write(f"{SERIES}/series.yaml", "title: Mine\n")
    saved.run("import", "saved")
    assert saved.read(f"{SERIES}/series.yaml") == "title: Mine\n"


def test_deleted_articles_stay_deleted(saved: Book) -> None:
    saved.run("import", "saved")
    (saved.root / SERIES / "03-cortisone-shots.md").unlink()
    saved.run("import", "saved")
    assert list(articles(saved)) == ["01-splints-braces-boots.md", "02-strengthen-your-glutes.md"]


def test_pagers_may_lead_to_the_files_beside(empty: Book) -> None:
    """Pages that Handpress made, for example, whose own address is another one."""
    for name, link in (
        ("b", '<a rel="next" href="a.html">A</a>'),
        ("a", '<a rel="prev" href="b.html">B</a>'),
    ):
        empty.write(
            f"pages/{name}.html",
            f'<title>{name}</title><link rel="canonical" href="https://example.org/x/{name}"><article><h1>{name}</h1>'
            f"<p>Words of one article.</p></article>{link}",
        )
    ran = empty.run("import", "pages", "--to", "sources/x")
    assert sorted(p.name for p in (empty.root / "sources/x").glob("*.md")) == ["01-b.md", "02-a.md"]
    assert "not in this import" not in ran.out


def test_a_page_about_the_author_is_the_bio_alone(empty: Book) -> None:
    empty.write(
        "pages/a.html", "<title>A</title><article><h1>A</h1><p>Words of one article.</p></article>"
    )
    box = '<div class="author-box"><h2>Ada Stone</h2><p>Ada keeps a harbour.</p></div>'
    empty.write("pages/b.html", f"<title>About</title><article><h1>About</h1>{box}</article>")
    assert empty.run("import", "pages", "--to", "sources/x").code == 0
    assert [p.name for p in (empty.root / "sources/x").glob("*.md")] == ["01-a.md"]
    assert "Ada keeps a harbour." in empty.read("sources/authors/ada-stone.md")
