"""Edits: what a slip of the pen in the sample is answered with — the place of the slip, and how to fix it."""

from __future__ import annotations

import re

from helpers.workspaces import Book

FOLDER = "sources/fascia-remedy"
ONE, TWO, THREE = (
    f"{FOLDER}/{name}.md"
    for name in ("01-splints-braces-boots", "02-strengthen-your-glutes", "03-cortisone-shots")
)


def told(book: Book) -> dict[str, tuple[str, str]]:
    """The output of `check`: for each place, the code and the fix."""
    ran = book.run("check", "--message-format", "short")
    found = {}
    for line in ran.err.splitlines()[:-1]:
        match = re.fullmatch(r"(\S+:\d+:\d+): .*\[([a-z-]+)\]: .*; (.*?)", line)
        assert match, line
        found[match[1]] = (match[2], match[3])
    assert ran.code == (1 if "error" in ran.err else 0)
    return found


def test_the_sample_itself_is_sound(sample: Book) -> None:
    assert sample.run("check", "--date", "2026-11-22").said == ["no problems in 3 articles"]


def test_an_article_was_renamed(sample: Book) -> None:
    """Each link to the old name is reported at its place, with the new name, also in the list of articles."""
    (sample.root / TWO).rename(sample.root / f"{FOLDER}/02-strengthen-glutes.md")
    found = told(sample)
    fix = "did you mean `02-strengthen-glutes.md`?"
    assert found[sample.place(ONE, "strengthen-your-glutes.md")] == ("unknown-article", fix)
    three = sample.place(THREE, "strengthen-your-glutes.md#three-exercises")
    assert found[three] == (
        "unknown-article",
        "did you mean `02-strengthen-glutes.md#three-exercises`?",
    )
    entry = sample.place(f"{FOLDER}/series.yaml", "strengthen-your-glutes")
    assert found[entry] == ("missing-article", "did you mean `strengthen-glutes`?")


def test_an_article_was_given_another_number(sample: Book) -> None:
    """The number is only for order: links that name the article without it, or with the old one, hold."""
    (sample.root / TWO).rename(sample.root / f"{FOLDER}/20-strengthen-your-glutes.md")
    assert told(sample) == {}


def test_a_heading_was_renamed(sample: Book) -> None:
    """The message on a link to a heading by its words has the new words."""
    sample.edit(ONE, "## What stillness costs", "## What standing still costs")
    link = sample.place(THREE, "01-splints-braces-boots.md#what-stillness-costs")
    fix = "did you mean `01-splints-braces-boots.md#what-standing-still-costs`?"
    assert told(sample) == {link: ("unknown-anchor", fix)}


def test_a_picture_was_deleted(sample: Book) -> None:
    """A picture that is gone is missed where it is shown, and a name that is near is offered."""
    (sample.root / FOLDER / "images/glute-squeeze.svg").unlink()
    place = sample.place(TWO, "images/glute-squeeze.svg")
    code, fix = told(sample)[place]
    assert code == "missing-picture"
    assert fix == "did you mean `images/glute-muscles.svg`?"


def test_the_only_picture_of_its_kind_was_deleted(sample: Book) -> None:
    """If no name is similar, the fix names the folder for pictures."""
    (sample.root / FOLDER / "images/wall-press.svg").unlink()
    place = sample.place(THREE, "images/wall-press.svg")
    code, fix = told(sample)[place]
    assert code == "missing-picture"
    assert "add the picture, or fix its path" in fix


def test_a_bracket_was_left_open(sample: Book) -> None:
    """YAML that breaks off is shown at the bracket that was never closed, in the file that has it."""
    path = f"{FOLDER}/series.yaml"
    sample.edit(path, "authors: [julia-blackwell]", "authors: [julia-blackwell")
    assert told(sample)[sample.place(path, "[julia-blackwell")][0] == "broken-yaml"


def test_a_colon_was_not_quoted(sample: Book) -> None:
    """A colon in a title is YAML's most common slip: it is read as meant; the place is the colon, the fix the quotes."""
    sample.edit(THREE, "title: Why Cortisone Shots Suck", "title: Cortisone: Why Shots Suck")
    line = sample.place(THREE, "title: Cortisone").rpartition(":")[0]
    code, fix = told(sample)[f"{line}:17"]
    assert code == "loose-setting"
    assert fix == 'write `title: "Cortisone: Why Shots Suck"`'


def test_a_tab_was_typed(sample: Book) -> None:
    """A tab cannot indent YAML; it is reported at its column, counted in characters."""
    sample.edit(ONE, "tags: [recovery, ankle, splints]", "tags:\n\t- recovery")
    assert told(sample)[sample.place(ONE, "\t- recovery")][0] == "loose-setting"


def test_a_key_was_misspelt(sample: Book) -> None:
    """A key that is not known is shown at its own line and column, with the one that was meant."""
    sample.edit(TWO, "summary: Sitting", "sumary: Sitting")
    place = sample.place(TWO, "sumary")
    assert told(sample) == {place: ("unknown-key", "did you mean `summary`?")}


def test_a_key_of_the_practice_was_misspelt(sample: Book) -> None:
    """So it is in every settings file."""
    sample.edit("sources/practice.yaml", "\nphone:", "\nfone:")
    place = sample.place("sources/practice.yaml", "fone")
    assert told(sample) == {place: ("unknown-key", "did you mean `phone`?")}


def test_an_author_has_no_file(sample: Book) -> None:
    """An author without a file is reported at the name, with the name that was meant."""
    path = f"{FOLDER}/series.yaml"
    sample.edit(path, "[julia-blackwell]", "[julia-blackwel]")
    place = sample.place(path, "julia-blackwel")
    assert told(sample) == {place: ("unknown-author", "did you mean `julia-blackwell`?")}


def test_the_authors_file_was_deleted(sample: Book) -> None:
    """Without any file there is nothing to offer, and the fix says which file to write."""
    (sample.root / "sources/authors/julia-blackwell.md").unlink()
    path = f"{FOLDER}/series.yaml"
    place = sample.place(path, "julia-blackwell")
    code, fix = told(sample)[place]
    assert code == "unknown-author"
    assert fix.startswith("create that file")


def test_alternative_text_was_taken_out(sample: Book) -> None:
    """A picture without words is an error at the picture."""
    text = sample.read(THREE)
    alt = re.search(r"!\[([^\]]+)\]\(images/wall-press", text)
    assert alt
    sample.edit(THREE, alt[1], "")
    place = sample.place(THREE, "images/wall-press.svg")
    assert told(sample)[place][0] == "missing-alt"


def test_all_problems_are_told_at_once(sample: Book) -> None:
    """Slips in several files are reported together, sorted by place, and counted in one line."""
    sample.edit(THREE, "summary: A cortisone", "sumary: A cortisone")
    sample.edit(TWO, "(03-cortisone-shots.md)", "(03-cortisone-shot.md)")
    sample.edit(ONE, "cortisone-shots.md#what-a-shot-can-do", "cortisone-shots.md#what-can-it-do")
    ran = sample.run("check", "--message-format", "short")
    places = [line.split(":")[0] for line in ran.err.splitlines()[:-1]]
    assert places == [ONE, TWO, THREE]
    assert ran.err.splitlines()[-1] == "3 warnings in 3 files"
