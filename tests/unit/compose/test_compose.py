"""Compose: one question for each link, where does its target lie, and an answer for each medium."""

from __future__ import annotations

import re

import pytest

from handpress.build.load import compose_layout
from handpress.compose.compose import matter
from handpress.compose.document import Document
from handpress.core.files.workspace import find
from handpress.core.media import TABLE
from handpress.layout.design import Design
from handpress.layout.words import load_words
from handpress.markup.blocks import diary
from handpress.markup.blocks.dose_labels import ROWS
from handpress.markup.tree import parse_tree, text_of
from handpress.series.assemble import assemble
from helpers.workspaces import Book

MEDIA = tuple(TABLE)


def composed(book: Book, medium: str) -> dict[str, Document]:
    """The documents of the model's series in one medium, by name."""
    workspace = find(book.root)
    assert workspace
    series, problems = assemble(workspace, "sources/moon")
    layout, more = compose_layout(Design(workspace), series)
    assert [p for p in problems + more if p.severity == "error"] == []
    return {d.name: d for d in layout.documents(TABLE[medium])}


def neap(book: Book, body: str, medium: str) -> Document:
    """The first article, with another body, in a medium."""
    book.write("sources/moon/01-neap.md", f"# Neap Tides\n\n{body}\n")
    return composed(book, medium)["neap"]


# --- Here, There, Away -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("medium", "address"),
    [
        ("book", "#spring--when-it-comes"),
        ("epub", "spring.xhtml#spring--when-it-comes"),
        ("web", "spring.html#spring--when-it-comes"),
        ("handout", "https://tides.example/articles/spring.html"),
    ],
)
def test_a_link_to_another_article(medium: str, address: str, book: Book) -> None:
    """Bound, it is a jump; on the web and in the ebook, a file and a place in it; on a sheet, the
    article's page on the site.
    """
    (link, *_) = parse_tree(
        neap(book, "See [springs](spring.md#when-it-comes).", medium).body
    ).iter("a")
    assert link.get("href", "").startswith(address)
    assert text_of(link) == "springs"


@pytest.mark.parametrize("medium", MEDIA)
def test_a_link_within_an_article_is_a_jump_in_every_medium(medium: str, book: Book) -> None:
    document = neap(book, "See [below](#why).\n\n## Why", medium)
    tree = parse_tree(document.body)
    (link,) = tree.iter("a")
    assert link.get("href") == "#neap--why"
    assert [e.get("id") for e in tree.iter("h2")] == ["neap--why"]


@pytest.mark.parametrize("medium", MEDIA)
def test_an_empty_link_takes_the_title(medium: str, book: Book) -> None:
    """`[](spring.md)` is set as the article's title, `[](spring.md#place)` as that heading."""
    text = text_of(
        parse_tree(neap(book, "A [](spring.md). B [](02-spring.md#when-it-comes).", medium).body)
    )
    assert "A Spring Tides" in text
    assert "B When it comes" in text


def test_paper_says_which_handout(book: Book) -> None:
    """On a sheet: the author's words and the number of the handout. The list at its end has the titles."""
    body = "See [](spring.md), [when](spring.md#when-it-comes) and [](spring.md)."
    tree = parse_tree(neap(book, body, "handout").body)
    assert text_of(tree) == (
        "See Spring Tides (handout 2), when (handout 2) and Spring Tides (handout 2)."
    )
    assert [text_of(e) for e in tree.iter("cite")] == ["Spring Tides", "Spring Tides"]


def test_without_a_site_paper_has_no_link(book: Book) -> None:
    """A target that cannot be opened makes no link; the words stay."""
    book.edit("sources/moon/series.yaml", "site: https://tides.example/\n", "")
    tree = parse_tree(neap(book, "See [](spring.md).", "handout").body)
    assert list(tree.iter("a")) == []
    assert text_of(tree) == "See Spring Tides (handout 2)."


def test_an_articles_own_url_goes_before_the_site(book: Book) -> None:
    """An article that was published elsewhere is linked to where it is."""
    book.edit("sources/moon/02-spring.md", "title:", "url: https://blog.example/s\ntitle:")
    (link,) = parse_tree(neap(book, "See [](spring.md).", "handout").body).iter("a")
    assert link.get("href") == "https://blog.example/s"


def test_the_book_gives_the_page(book: Book) -> None:
    """In the book an article elsewhere carries the mark that becomes “page 12”; the same chapter none."""
    links = list(
        parse_tree(neap(book, "See [](spring.md) and [](#why).\n\n## Why", "book").body).iter("a")
    )
    assert [(a.get("class"), a.get("href")) for a in links] == [
        ("crossref", "#spring"), ("page", "#spring"), (None, "#neap--why"),
    ]  # fmt: skip


@pytest.mark.parametrize("medium", MEDIA)
def test_no_link_is_left_open(medium: str, book: Book) -> None:
    """After composing, no address waits for an answer."""
    for document in composed(book, medium).values():
        assert "reference:" not in document.body


def test_neighbours(book: Book) -> None:
    """Each article has its neighbours, with their addresses in this medium."""
    web = composed(book, "web")
    assert web["neap"].previous is None
    assert web["neap"].next
    assert web["neap"].next.title == "Spring Tides"
    assert web["spring"].previous
    assert web["spring"].previous.number == 1


@pytest.mark.parametrize("start", ["- one\n    - two", "| a | b |\n    | - | - |\n    | c | d |"])
def test_a_note_begins_with_its_number(start: str, book: Book) -> None:
    """Whether it begins with a list or a table; the link back is at its end."""
    tree = parse_tree(neap(book, f"A.[^n]\n\n[^n]:\n\n    {start}\n", "epub").body)
    (note,) = (e for e in tree.iter("aside"))
    assert [e.tag for e in note][:: len(note) - 1] == ["p", "p"]
    assert (text_of(note[0]), text_of(note[-1])) == ("1.", "Back to the text")


def test_a_printed_note_has_its_tables_line_by_line(book: Book) -> None:
    """A note for the foot of a page is in a paragraph until then, which may contain no table."""
    tree = parse_tree(
        neap(
            book, "A.[^n] B.\n\n[^n]:\n\n    | a | b |\n    | - | - |\n    | c | d |\n", "book"
        ).body
    )
    assert list(tree.iter("table")) == []
    (note,) = (e for e in tree.iter("span") if e.get("class") == "footnote")
    assert [text_of(line) for line in note] == ["a · b", "c · d"]


@pytest.mark.parametrize(
    ("heading", "listed"),
    [("Why[^n]", "Why"), ("![A map](images/tide.svg)", "A map"), ("*Why* `x`", "Why x")],
)
def test_what_a_heading_is_called(heading: str, listed: str, book: Book) -> None:
    """Its words without the numbers of notes; those of its picture where it has no others."""
    document = neap(book, f"## {heading}\n\nText.[^n]\n\n[^n]: A note.", "epub")
    assert [title for _, title in document.headings] == [listed]


def test_an_articles_words_are_in_its_language(book: Book) -> None:
    """Those of the layouts too: a screen reader says them by the voice of the page."""
    body = "A.[^n]\n\n!!! urgent\n    - B\n\n[^n]: C."
    book.write("sources/moon/01-neap.md", f"---\nlanguage: de\n---\n\n# Nippflut\n\n{body}\n")
    made = composed(book, "epub")["neap"].body
    assert "Dringend" in made
    assert "Zurück zum Text" in made


# --- Authors -----------------------------------------------------------------------------------


def about(book: Book, medium: str) -> Document:
    """The page about the authors, which the web has on the series' page."""
    workspace = find(book.root)
    assert workspace
    series, problems = assemble(workspace, "sources/moon")
    assert problems == []
    (document,) = matter(series, TABLE[medium], ["about"], load_words(workspace, series.language))
    return document


def test_who_wrote_one_article_is_introduced_too(book: Book) -> None:
    """After the series' authors, if there is something to say of them."""
    book.write("sources/authors/bo.md", "---\nname: Bo Reef\nshort: Bo sails.\n---\n")
    book.write("sources/authors/cy.md", "---\nname: Cy\n---\n")
    book.edit("sources/moon/02-spring.md", "title:", "authors: [bo, cy]\ntitle:")
    document = about(book, "book")
    assert [a.name for a in document.authors] == ["Ada Stone", "Bo Reef"]
    assert document.title == "About the authors"


@pytest.mark.parametrize("medium", ["book", "epub", "web"])
def test_a_bio_is_composed_as_an_article_is(medium: str, book: Book) -> None:
    """Its notes where this medium has them, its addresses listed on paper, what is for others left out."""
    book.write(
        "sources/authors/ada-stone.md",
        "---\nname: Ada Stone\n---\n\nShe counts.[^1] [Tides](https://tides.example/ada)\n\n"
        'On screens.\n{: only="epub web" }\n\n[^1]: By night.\n',
    )
    document = about(book, medium)
    body = document.bios["Ada Stone"]
    paper = TABLE[medium].paper
    assert "By night." in body
    assert ('<span class="footnote"' in body) == paper
    assert ("On screens." in body) != paper
    assert [a.url for a in document.addresses] == ["https://tides.example/ada"] * paper


# --- Only --------------------------------------------------------------------------------------


def test_what_only_emptied_is_gone(book: Book) -> None:
    """No empty list or quotation remains where all of it was for other media."""
    body = '> Screens.\n> {: only="web" }\n\n- Screens\n{: only="web" }\n\nAlways.'
    assert text_of(parse_tree(neap(book, body, "book").body)) == "Always."
    assert [e.tag for e in parse_tree(neap(book, body, "book").body)] == ["p"]


def test_a_cell_that_only_emptied_keeps_its_place(book: Book) -> None:
    """Its neighbours must stay below their own heads."""
    cells = '<td><p only="web">Screens.</p></td><td>always</td>'
    body = f"<table><tr><th>A</th><th>B</th></tr><tr>{cells}</tr></table>"
    tree = parse_tree(neap(book, body, "book").body)
    assert [len(row) for row in tree.iter("tr")] == [2, 2]
    assert "Screens" not in text_of(tree)


def test_a_link_in_a_note_must_arrive_too(book: Book) -> None:
    body = 'A.[^n]\n\n## Here {: #here only="web" }\n\nB.\n\n[^n]: See [it](#here).'
    book.write("sources/moon/01-neap.md", f"# Neap\n\n{body}\n")
    ran = book.run("check", "--message-format", "short")
    assert "[unreachable-anchor]" in ran.err


@pytest.mark.parametrize("medium", MEDIA)
def test_a_block_for_some_media_stands_in_those_alone(medium: str, book: Book) -> None:
    """`only` holds for a paragraph, a picture, a table, a box, and for a heading's whole section."""
    body = (
        'Always.\n\nFor {m}.\n{{: only="{m}" }}\n\nNever for {m}.\n{{: only="{rest}" }}\n\n'
        '## Kept {{: only="{m} {one}" }}\n\nkept text\n\n### Kept too\n\n'
        '## Left out {{: only="{rest}" }}\n\nlost text\n\n## After\n\n'
        '![x](images/tide.svg "lost picture")\n{{: only="{rest}" }}\n'
    )
    rest = [m for m in MEDIA if m != medium]
    text = text_of(
        parse_tree(neap(book, body.format(m=medium, one=rest[0], rest=" ".join(rest)), medium).body)
    )
    assert text == f"Always. For {medium}. Kept kept text Kept too After"


@pytest.mark.parametrize("medium", MEDIA)
def test_only_leaves_no_trace(medium: str, book: Book) -> None:
    """The attribute is ours: no finished page has it."""
    body = neap(book, 'Here.\n{: only="handout book epub web" }', medium).body
    assert "only=" not in body


def test_a_link_in_a_block_that_is_left_out_breaks_nothing(book: Book) -> None:
    """A link and its target for the same medium: the others know of neither."""
    book.write(
        "sources/moon/02-spring.md",
        '# Spring\n\n## When it comes\n\nText.\n\nHere.\n{: only="web" #here }\n',
    )
    body = 'See [there](spring.md#here).\n{: only="web" }'
    for medium in MEDIA:
        assert ("there" in neap(book, body, medium).body) is (medium == "web")


# --- Footnotes ---------------------------------------------------------------------------------

NOTES = "One[^b] two[^a] three[^b].\n\n[^a]: The a.\n\n[^b]: The b."


@pytest.mark.parametrize("medium", MEDIA)
def test_notes_are_numbered_in_the_order_of_their_calls(medium: str, book: Book) -> None:
    """Not in that of their definitions; a note that is called twice keeps its number."""
    body = neap(book, NOTES, medium).body
    calls = [e for e in parse_tree(body).iter("a") if e.get("class") == "noteref"]
    if TABLE[medium].notes == "foot":
        assert [text_of(a) for a in calls] == ["1"], "the press numbers the first call of each"
        assert re.findall(r'data-number="(\d+)"', body) == ["1", "2"]
    else:
        assert [text_of(a) for a in calls] == ["1", "2", "1"]
    assert body.index("The b.") < body.index("The a.")


def test_a_note_takes_no_text_with_it(book: Book) -> None:
    """The text before, between and after the calls of notes stays where it was."""
    body = "A[^b] b[^a] *c*[^b] [d](spring.md)[^a]e.\n\n[^a]: The a.\n\n[^b]: The b."
    assert "".join(parse_tree(neap(book, body, "web").body).itertext()).startswith("A1 b2 c1 d2e.")


@pytest.mark.parametrize("medium", MEDIA)
def test_each_article_begins_with_note_1(medium: str, book: Book) -> None:
    """Notes are an article's own: neither numbers nor ids run on into the next."""
    book.write("sources/moon/02-spring.md", f"# Spring\n\n## When it comes\n\n{NOTES}\n")
    documents = {"neap": neap(book, NOTES, medium)} | {"spring": composed(book, medium)["spring"]}
    for slug, document in documents.items():
        ids = [e.get("id") for e in parse_tree(document.body).iter() if e.get("id")]
        assert f"{slug}--fn-a" in ids
        assert all(i.startswith(slug) for i in ids if i)
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("medium", ["epub", "web"])
def test_notes_at_the_end_lead_back_to_each_call(medium: str, book: Book) -> None:
    """A reader who went to a note gets back, to every place that called it."""
    tree = parse_tree(neap(book, NOTES, medium).body)
    ids = {e.get("id") for e in tree.iter()}
    back = [e.get("href", "") for e in tree.iter("a") if e.get("class") == "backlink"]
    assert back == ["#neap--fnref-b", "#neap--fnref-b-2", "#neap--fnref-a"]
    assert {to[1:] for to in back} <= ids


# --- Addresses on paper ------------------------------------------------------------------------


def test_paper_lists_the_addresses_that_its_links_hide(book: Book) -> None:
    """A web address behind words is listed once, by number; one that is its own text is not."""
    body = (
        "See [one](https://one.example/), [two](https://two.example/a), "
        "[one again](https://one.example/) and <https://three.example/>."
    )
    document = neap(book, body, "handout")
    assert [(a.number, a.url) for a in document.addresses] == [
        ("1", "https://one.example/"), ("2", "https://two.example/a"),
    ]  # fmt: skip
    text = text_of(parse_tree(document.body))
    assert "one [1], two [2], one again [1] and https://three.example/." in text


@pytest.mark.parametrize("medium", ["epub", "web"])
def test_a_screen_needs_no_list(medium: str, book: Book) -> None:
    document = neap(book, "See [one](https://one.example/).", medium)
    assert document.addresses == ()
    assert text_of(parse_tree(document.body)) == "See one."


# --- Diaries -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "columns"),
    [(1, [1]), (7, [7]), (8, [4, 4]), (10, [5, 5]), (13, [7, 6]), (14, [7, 7]), (15, [5, 5, 5])],
)
def test_a_diary_has_a_table_for_each_week(days: int, columns: list[int], book: Book) -> None:
    """No table has more than seven days: each is a cell that a pen hits. Days that are left over are
    shared out.
    """
    tree = parse_tree(neap(book, f"!!! diary\n    Days : {days}\n", "handout").body)
    heads = [[text_of(th) for th in table.iterfind("thead/tr/th")] for table in tree.iter("table")]
    assert [len(head) - 1 for head in heads] == columns
    assert [day for head in heads for day in head[1:]] == [str(n) for n in range(1, days + 1)]


@pytest.mark.parametrize("language", ["en", *ROWS])
def test_the_days_of_a_diary_in_each_language(language: str, book: Book) -> None:
    label = diary.LABELS[language].capitalize()
    body = neap(book, f"!!! diary\n    {label} : 3\n", "handout").body
    assert label not in body
    assert len(parse_tree(body).findall(".//table/thead/tr/th")) == 1 + 3


def test_a_diary_is_for_paper_that_is_written_on(book: Book) -> None:
    for medium in ("book", "epub", "web"):
        body = neap(book, 'Text.\n\n!!! diary "Two weeks"\n', medium).body
        assert "diary" not in body
        assert "Two weeks" not in body


def test_what_is_to_be_read_in_a_diary_stays_in_every_medium(book: Book) -> None:
    """Only the form is for paper: its title, its tables."""
    text = '!!! diary "Two weeks"\n    !!! urgent "Stop"\n        If it *hurts*.\n'
    for medium in ("book", "epub", "web"):
        body = neap(book, text, medium).body
        assert "Two weeks" not in body
        assert "days" not in body
        assert '<p class="title">Stop</p>' in body
        assert "<em>hurts</em>" in body
    assert '<p class="title">Two weeks</p>' in neap(book, text, "handout").body


# --- Blanks ------------------------------------------------------------------------------------

CARD = '!!! exercise "Row"\n\n'
STEPS, DOSE = "    1. Row.\n\n", "    Sets\n    :   3\n\n    Hold\n    :   20 s\n"
EXERCISE = CARD + STEPS + DOSE
PICTURED = CARD + "    ![A boat](images/tide.svg)\n\n" + STEPS + DOSE
UNWRITTEN = CARD + STEPS + "    Sets\n    :\n"  # nobody has prescribed anything yet


def doses(book: Book, text: str, medium: str) -> list[tuple[str, str, str]]:
    """The cells of the only card's dosage: head, scope of the head, content."""
    (table,) = parse_tree(neap(book, text, medium).body).iter("table")
    heads = [(text_of(th), th.get("scope", "")) for th in table.iter("th")]
    return [(*h, text_of(td)) for h, td in zip(heads, table.iter("td"), strict=True)]


def test_a_dosage_is_what_is_prescribed_and_a_blank_to_change_it(book: Book) -> None:
    """On a handout the blank comes last; where nobody writes by hand there is none."""
    given = [("Sets", "col", "3"), ("Hold", "col", "20 s")]
    assert doses(book, EXERCISE, "handout") == [*given, ("Your dose", "col", "")]
    for medium in ("book", "epub", "web"):
        assert doses(book, EXERCISE, medium) == given


def test_a_dosage_that_is_all_blank_keeps_all_its_parts(book: Book) -> None:
    """Nothing is prescribed: a practitioner fills in each part, and has no more to change."""
    found = doses(book, UNWRITTEN, "handout")
    assert [head for head, _, _ in found][:1] == ["Sets"]
    assert len(found) == 6
    assert "Your dose" not in {head for head, _, _ in found}
    assert {cell for _, _, cell in found} == {""}


def test_a_dosage_is_beside_the_picture(book: Book) -> None:
    """A row for each part, right after the picture, with its head; the steps are below both."""
    card = next(
        e
        for e in parse_tree(neap(book, PICTURED, "handout").body).iter()
        if e.get("class") == "exercise"
    )
    assert [e.tag for e in card][1:] == ["figure", "table", "ol"]
    (table,) = card.iter("table")
    assert table.get("class") == "dose in-rows beside"
    rows = [[text_of(cell) for cell in row] for row in table.iter("tr")]
    assert rows == [["Sets", "3"], ["Hold", "20 s"], ["Your dose", ""]]
    assert {th.get("scope") for th in table.iter("th")} == {"row"}


@pytest.mark.parametrize("medium", ["book", "epub", "web"])
def test_a_dosage_stays_below_the_steps_where_nobody_writes(medium: str, book: Book) -> None:
    tree = parse_tree(neap(book, PICTURED, medium).body)
    card = next(e for e in tree.iter() if e.get("class") == "exercise")
    assert [e.tag for e in card][1:] == ["figure", "ol", "table"]
    assert next(tree.iter("table")).get("class") == "dose"


@pytest.mark.parametrize("medium", MEDIA)
def test_a_class_of_a_block_on_anything_else_is_only_a_class(medium: str, book: Book) -> None:
    """A table of raw HTML keeps its rows, a heading stays a heading, whatever they are called."""
    table = '<table class="dose"><tr><th>A</th></tr><tr><td>1</td></tr><tr><td>2</td></tr></table>'
    for text in (table, f'<section class="exercise">{table}</section>'):
        tree = parse_tree(neap(book, f"## Weeks {{: .diary }}\n\n{text}\n", medium).body)
        assert [e.get("class") for e in tree.iter("h2")] == ["diary"]
        assert [text_of(row) for row in tree.iter("tr")] == ["A", "1", "2"]


@pytest.mark.parametrize("medium", MEDIA)
def test_a_mark_of_contents_lists_the_sections_on_screens(medium: str, book: Book) -> None:
    """Paper has page numbers in its own contents. A second mark, and one with a single section, list nothing."""
    text = "[TOC]\n\n## Ebb\n\n### Low *water*\n\n## Flood\n\n[TOC]\n\nText."
    tree = parse_tree(neap(book, text, medium).body)
    listed = [text_of(item) for item in tree.iter("li")]
    assert listed == (["Ebb Low water", "Low water", "Flood"] if medium in ("web", "epub") else [])
    assert [a.get("href") for a in tree.iter("a")][:1] == ["#neap--ebb"] * bool(listed)
    assert len(tree.findall(".//div[@class='sections']")) == bool(listed)
    assert "li" not in {
        e.tag for e in parse_tree(neap(book, "[TOC]\n\n## Ebb", medium).body).iter()
    }
