"""Authors: a name, a mapping of another program, or a file; each prints as it is meant, and none stops a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.core.files.workspace import find
from handpress.core.problems.problem import Problem
from handpress.epub.metadata import filed_name
from handpress.series.assemble import assemble
from handpress.series.model import Author, Series

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z"/></svg>'


def published(root: Path, files: dict[str, str]) -> tuple[Series, list[Problem]]:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    made = find(root)
    assert made is not None
    return assemble(made, made.folders[0])


def by(
    root: Path, lines: str, files: dict[str, str] | None = None
) -> tuple[tuple[Author, ...], list[Problem]]:
    """The authors of an article with `lines` in its front matter, and the problems."""
    series, problems = published(
        root, {"neap.md": f"---\n{lines}\n---\nThe sea.\n", **(files or {})}
    )
    assert series.article_authors["neap"] == series.authors
    return series.authors, problems


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("author: Ann Miller", ["Ann Miller"]),
        ("author: annmiller", ["annmiller"]),
        ("author: '[[Ann Miller]]'", ["Ann Miller"]),
        ("authors: ['[[people/ann|Ann Miller]]', bob]", ["Ann Miller", "bob"]),
        ("author: Ann Miller <ann@tides.example>", ["Ann Miller"]),
        ("author: Ann Miller (ann@tides.example)", ["Ann Miller"]),
        ("author: Ann Miller, PT, PhD", ["Ann Miller, PT, PhD"]),
        ("authors: [Ann Miller, bob]", ["Ann Miller", "bob"]),
        ("author: Ann Miller\nauthors: [Ann Miller, Bo Hill]", ["Ann Miller", "Bo Hill"]),
        ("author: {name: Ann Miller, email: ann@tides.example}", ["Ann Miller"]),
        ("author: {name: {given: Ann, family: Miller}}", ["Ann Miller"]),
        ("author: {first: Ann, last: Miller}", ["Ann Miller"]),
        ("authors:\n  - Ann Miller:\n      email: ann@tides.example\n  - Bo Hill:", ["Ann Miller", "Bo Hill"]),
        ("byline: Ann Miller", ["Ann Miller"]),
        ("authors: Ann Miller and Bo Hill", ["Ann Miller", "Bo Hill"]),
        ("authors: Ann Miller, Bo Hill & Cy Young", ["Ann Miller", "Bo Hill", "Cy Young"]),
        ("authors: Ann Miller; Bo", ["Ann Miller", "Bo"]),
        ("authors: Ann and Bob", ["Ann and Bob"]),
        ("author: Hill & Sons", ["Hill & Sons"]),
        ("author: Miller, Ann", ["Miller, Ann"]),
        ("author: 2024", ["2024"]),
        ("author: false", []),
        ("author:", []),
        ("authors: ['', null]", []),
    ],
)  # fmt: skip
def test_a_name_alone_is_an_author(lines: str, names: list[str], tmp_path: Path) -> None:
    """Without a bio and without an address, so that nobody gets an empty page."""
    authors, problems = by(tmp_path, lines)
    assert ([a.name for a in authors], problems) == (names, [])
    assert all(a.slug is None and a.bio is None and not a.tells for a in authors)


@pytest.mark.parametrize(
    ("name", "filed"),
    [("Ann Miller", "Miller, Ann"), ("Ann Miller, PT", "Miller, Ann"), ("Miller, Ann", "Miller, Ann"), ("Ann", "Ann")],
)  # fmt: skip
def test_a_name_is_sorted_by_the_last_name(name: str, filed: str) -> None:
    assert filed_name(Author(None, name)) == filed


@pytest.mark.parametrize(
    "lines",
    [
        "author: {name: Ann Miller, url: 'https://tides.example/ann', affiliation: Quay House, bio: Sails.}",
        "authors:\n  - name: Ann Miller\n    title: Quay House\n    url: https://tides.example/ann\n    short: Sails.",
        "authors:\n  ann: {given: Ann, family: Miller, affiliations: [{name: Quay House}], website: https://tides.example/ann, about: Sails.}",
    ],
)  # fmt: skip
def test_more_than_a_name_is_kept(lines: str, tmp_path: Path) -> None:
    (ann,), problems = by(tmp_path, lines)
    assert problems == []
    assert (ann.name, ann.role, ann.short) == ("Ann Miller", "Quay House", "Sails.")
    assert ann.links == (("tides.example", "https://tides.example/ann"),)
    assert ann.tells


def test_other_links(tmp_path: Path) -> None:
    lines = "author: {name: Ann, orcid: 0000-0002-1825-0097, socials: {Blog: 'https://a.example', github: ann}}"
    (ann,), problems = by(tmp_path, lines)
    assert problems == []
    assert ann.links == (
        ("ORCID", "https://orcid.org/0000-0002-1825-0097"),
        ("Blog", "https://a.example"),
    )


def test_a_link_or_a_picture_that_cannot_be_used_is_shown(tmp_path: Path) -> None:
    (ann,), problems = by(tmp_path, "author: {name: Ann, url: nowhere, image: images/ann.svg}")
    assert (ann.name, ann.links, ann.photo) == ("Ann", (), None)
    assert [p.code for p in problems] == ["wrong-value", "missing-picture"]
    (ann,), problems = by(
        tmp_path, "author: {name: Ann, image: images/ann.svg}", {"images/ann.svg": SVG}
    )
    assert problems == []
    assert ann.photo is not None


def whole(article: str, series: str = "") -> dict[str, str]:
    """A workspace with a file for Ann Miller."""
    return {
        "sources/authors/ann-miller.md": "---\nname: Ann Miller\n---\nShe sails.\n",
        "sources/moon/series.yaml": f"title: Moon\n{series}",
        "sources/moon/neap.md": f"---\n{article}\n---\nThe sea.\n",
    }


@pytest.mark.parametrize(
    "written",
    ["ann-miller", "Ann Miller", "Ann Miller, PT", "ann-miller.md", "{name: Ann Miller, email: a@b.example}", "{id: ann-miller, name: A. M.}"],
)  # fmt: skip
def test_an_author_with_a_file_is_that_person(written: str, tmp_path: Path) -> None:
    series, problems = published(tmp_path, whole(f"author: {written}"))
    (ann,) = series.authors
    assert (ann.slug, ann.name, problems) == ("ann-miller", "Ann Miller", [])


def test_a_plain_name_is_an_author_beside_those_with_files(tmp_path: Path) -> None:
    series, problems = published(
        tmp_path, whole("author: Bo Hill", "authors: [ann-miller, Cy Young]\n")
    )
    assert [a.name for a in series.authors] == ["Ann Miller", "Cy Young"]
    assert [a.name for a in series.contributors] == ["Bo Hill"]
    assert [a.name for a in series.introduced] == ["Ann Miller"]
    assert problems == []


def test_a_misspelt_file_is_asked_back_and_printed(tmp_path: Path) -> None:
    series, (found,) = published(tmp_path, whole("author: ann-miler"))
    assert [a.name for a in series.authors] == ["Ann Miler"]
    assert (found.code, found.severity, found.help) == (
        "unknown-author",
        "warning",
        "did you mean `ann-miller`?",
    )


def test_a_name_of_a_file_without_one_is_a_warning(tmp_path: Path) -> None:
    series, (found,) = published(tmp_path, whole("author: zoe"))
    assert ([a.name for a in series.authors], found.code) == (["zoe"], "unknown-author")


@pytest.mark.parametrize("path", ["authors.yml", "_data/authors.yml"])
def test_a_list_of_authors_of_another_program(path: str, tmp_path: Path) -> None:
    listed = "ann:\n  name: Ann Miller\n  title: Sailor\n  image_url: https://a.example/ann.png\nbo: {name: Bo Hill}\n"
    (ann, bo), problems = by(tmp_path, "authors: [ann, bo]", {path: listed})
    assert (ann.name, ann.role, bo.name, problems) == ("Ann Miller", "Sailor", "Bo Hill", [])


def test_a_file_for_each_author_of_another_program(tmp_path: Path) -> None:
    files = {
        "data/authors/ann-m.json": '{\n\t"name": "Ann Miller",\n\t"title": "Sailor"\n}\n',
        "data/authors/bo-h.toml": 'name = "Bo Hill"\n',
        "data/authors/cy-y.yaml": "name: [\n",
    }
    (ann, bo, cy), problems = by(tmp_path, "authors: [ann-m, bo-h, cy-y]", files)
    assert (ann.name, ann.role, bo.name, cy.name) == ("Ann Miller", "Sailor", "Bo Hill", "Cy Y")
    assert [p.code for p in problems] == ["unknown-author"]


def test_a_broken_list_of_authors_is_not_used(tmp_path: Path) -> None:
    (ann,), problems = by(tmp_path, "authors: [ann]", {"authors.yml": "ann: [\n"})
    assert (ann.name, problems) == ("ann", [])
