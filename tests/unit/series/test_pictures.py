"""Pictures: each is found where its author means it, and never outside the workspace."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

from handpress.core.caches.cache import Cache
from handpress.core.files.disk import Disk
from handpress.core.problems.problem import Place
from handpress.series.article_cache import KEPT, parse_cached
from handpress.series.illustrations.pictures import find_picture
from helpers.pictures import DATA, svg

LINE = svg('<path d="M0 5h20"/>')


def found(root: Path, written: str, *there: str, reader: str = "knee.md") -> tuple[str, list[str]]:
    """The path of the picture that `reader` means by an address, and the codes of its problems."""
    for name in there:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(LINE)
    picture, problems = find_picture(Disk(root), reader, written, Place(reader))
    return (picture.path if picture else ""), [p.code for p in problems]


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("images/x.svg", "images/x.svg"),
        ("./images/x.svg", "images/x.svg"),
        ("/images/x.svg", "images/x.svg"),
        ("/images/x.svg", "static/images/x.svg"),
        ("/uploads/x.svg", "_uploads/x.svg"),  # a collection of Jekyll
        ("/images/x.svg", "public/images/x.svg"),
        ("/images/x.svg", "source/images/x.svg"),
        ("/x.svg", "assets/x.svg"),
        ("/x.svg", "docs/x.svg"),
        ("images/x.svg", "static/images/x.svg"),
        ("~/images/x.svg", "images/x.svg"),
        ("@site/static/img/x.svg", "static/img/x.svg"),
        ("{{ site.baseurl }}/images/x.svg", "images/x.svg"),
        ('{{ "/images/x.svg" | relative_url }}', "images/x.svg"),
        ("{static}/images/x.svg", "images/x.svg"),
        ("/img/x.svg", "website/static/img/x.svg"),
        ("{require('@site/static/img/x.svg').default}", "static/img/x.svg"),  # in HTML of MDX
        ('{useBaseUrl("/img/x.svg")}', "static/img/x.svg"),
        ("[[images/x.svg]]", "images/x.svg"),  # a property of Obsidian
        ("![[images/x.svg|300]]", "images/x.svg"),
        ("images/x.svg?raw=true", "images/x.svg"),
        ("images/x.svg#gh-dark-mode-only", "images/x.svg"),
        ("images/a#b.svg", "images/a#b.svg"),
        ("images/50%25.svg", "images/50%.svg"),
        ("images/100%.svg", "images/100%.svg"),
        ("images/two%20words.svg", "images/two words.svg"),
        ("images/two words.svg", "images/two words.svg"),
        (r"images\x.svg", "images/x.svg"),
        ("Images/X.SVG", "images/x.svg"),
        ("images/x.svg", "Images/X.SVG"),
        ("images/%C3%9Cbung.svg", "images/Übung.svg"),
        ("../images/x.svg", "images/x.svg"),  # from the page /knee/
    ],
)
def test_a_picture_by_the_address_that_a_program_has_for_it(
    written: str, there: str, tmp_path: Path
) -> None:
    assert found(tmp_path, written, there) == (there, [])


@pytest.mark.parametrize(("form", "other"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_letters_with_accents_are_one_or_two_characters(
    form: str, other: str, tmp_path: Path
) -> None:
    """macOS writes names with two; an editor writes one."""
    name = "images/Übung é.svg"
    written, there = (unicodedata.normalize(f, name) for f in (form, other))
    assert found(tmp_path, written, there) == (there, [])


def test_a_picture_beside_the_article_comes_first(tmp_path: Path) -> None:
    there = ("images/x.svg", "part/images/x.svg", "static/images/x.svg")
    assert found(tmp_path, "images/x.svg", *there, reader="part/knee.md")[0] == "part/images/x.svg"
    assert found(tmp_path, "/images/x.svg", reader="part/knee.md")[0] == "images/x.svg"


def test_a_name_alone_is_found_in_another_folder_with_a_warning(tmp_path: Path) -> None:
    """The nearest has it; another picture of that name could be meant."""
    there = ("part/pictures/x.svg", "far/away/in/x.svg")
    guessed = ("part/pictures/x.svg", ["guessed-picture"])
    assert found(tmp_path, "x.svg", *there, reader="part/knee.md") == guessed


def test_of_two_files_with_a_name_none_is_taken_for_a_third(tmp_path: Path) -> None:
    """It would be the picture of another article; a vault has one name for one file."""
    there = ("one/photo.svg", "two/photo.svg")
    assert found(tmp_path, "photo.svg", *there, reader="three/knee.md") == (
        "",
        ["missing-picture"],
    )


@pytest.mark.parametrize(
    "written",
    ["/Users/ann/notes/images/x.svg", r"C:\Users\Ann\notes\images\x.svg", "/home/ann/images/x.svg"],
)
def test_the_whole_path_on_a_computer_is_found_by_its_end(written: str, tmp_path: Path) -> None:
    """As Typora writes it. At least the folder of the picture must be the same, and more of the path if several have it."""
    guessed = ("images/x.svg", ["guessed-picture"])
    assert found(tmp_path, written, "images/x.svg", "other/x.svg") == guessed
    assert found(tmp_path, "/Users/ann/photos/x.svg") == ("", ["missing-picture"])
    assert found(tmp_path, "/blog/images/x.svg") == ("", ["missing-picture"])  # of a site


def test_a_path_is_not_found_by_its_name_alone(tmp_path: Path) -> None:
    """It would show another picture of that name."""
    there = ("part-1/images/chart.svg",)
    assert found(tmp_path, "images/chart.svg", *there)[1] == ["guessed-picture"]
    assert found(tmp_path, "pictures/chart.svg", *there) == ("", ["missing-picture"])


@pytest.mark.parametrize(
    "written", ["../x.svg", "../../x.svg", "/../x.svg", "%2e%2e/x.svg", r"..\x.svg"]
)
def test_no_picture_outside_the_workspace(written: str, tmp_path: Path) -> None:
    """Also if one in it has that name."""
    (tmp_path / "x.svg").write_bytes(LINE)
    inside = tmp_path / "inside"
    path, codes = found(inside, written, "part/x.svg")
    assert (path, codes) in (("", ["outside-picture"]), ("", ["missing-picture"]))


def test_no_picture_by_a_link_out_of_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_bytes(LINE)
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside/y.svg").symlink_to(tmp_path / "x.svg")
    (tmp_path / "inside/far").symlink_to(tmp_path)
    assert found(tmp_path / "inside", "y.svg") == ("", ["outside-picture"])
    assert found(tmp_path / "inside", "far/x.svg") == ("", ["outside-picture"])
    assert found(tmp_path / "inside", "x.svg") == ("", ["missing-picture"])


def test_what_was_published_is_no_source(tmp_path: Path) -> None:
    """The output folder has pictures too, and programs have thousands."""
    there = ("output/.handpress/x", "output/moon/x.svg", "node_modules/logo/x.svg")
    assert found(tmp_path, "x.svg", *there) == ("", ["missing-picture"])


def test_a_nearer_picture_is_noticed_by_the_cache(tmp_path: Path) -> None:
    """Though the article is the same, and the picture that it had is still there."""
    cache = Cache(tmp_path / "cache", KEPT)
    (tmp_path / "knee.md").write_text("# Knee\n\n![x](/images/x.svg)\n")
    for there in ("static/images/x.svg", "images/x.svg"):
        (tmp_path / there).parent.mkdir(parents=True)
        (tmp_path / there).write_bytes(LINE)
        article, problems = parse_cached(cache, Disk(tmp_path), "knee.md")
        assert (list(article.pictures), problems) == ([there], [])


@pytest.mark.parametrize(
    ("written", "kind", "codes"),
    [
        (DATA, "png", []),
        ("data:image/svg+xml," + quote(LINE.decode()), "svg", []),
        ("data:image/png;base64,QUJD", None, ["broken-picture"]),
        ("data:image/png;base64,A", None, ["broken-picture"]),
        ("data:text/html,<p>", None, ["remote-picture"]),
    ],
)
def test_a_picture_in_its_own_address(
    written: str, kind: str | None, codes: list[str], tmp_path: Path
) -> None:
    """Google Docs writes them so. Its letters were printed, on many pages."""
    picture, problems = find_picture(Disk(tmp_path), "a.md", written, Place("a.md"))
    assert ((picture and picture.type), [p.code for p in problems]) == (kind, codes)


def test_an_article_with_pictures_in_its_addresses_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"![x][1]\n\n![](data:image/png;base64,QUJD)\n\n[1]: <{DATA}>\n")
    cache = Cache(tmp_path / "cache", KEPT)
    first, _ = parse_cached(cache, Disk(tmp_path), "a.md")
    again, _ = parse_cached(cache, Disk(tmp_path), "a.md")
    assert again == first
    assert first.body.count("<img") == 1
    assert "QUJD" not in first.body
