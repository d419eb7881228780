"""Thumbnails: pictures of finished handouts and covers, made again exactly when these have other bytes."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from handpress.core.files.disk import Asset
from handpress.press.options import ThumbnailOptions
from handpress.press.presses import PRESSES
from helpers.workspaces import Book

HANDOUT = "moon/thumbnails/spring.webp"


def drawn(path: Path, options: ThumbnailOptions) -> bytes:
    files = {path.name: Asset.of(path.read_bytes())}
    return PRESSES["thumbnail"].run(files, options).data


def test_a_page_has_its_shape_its_ink_and_few_bytes(model_output: Path) -> None:
    with Image.open(model_output / HANDOUT) as picture:
        assert (picture.format, picture.size) == ("WEBP", (288, 408))
        shades = picture.convert("L").histogram()
    assert sum(shades[240:]) > sum(shades[:100]) > 500, "ink on white paper"
    assert (model_output / HANDOUT).stat().st_size < 14_000


def test_a_cover_is_a_picture_that_reading_apps_show(model_output: Path) -> None:
    with (
        Image.open(model_output / "moon/cover.jpg") as small,
        Image.open(model_output / "moon/cover.png") as large,
    ):
        assert (small.format, small.size) == ("JPEG", (480, 768))
        corner = [large.convert("RGB").getpixel((8, 8)), small.convert("RGB").getpixel((2, 2))]
    assert isinstance(corner[0], tuple)
    assert isinstance(corner[1], tuple)
    assert max(abs(a - b) for a, b in zip(*corner, strict=True)) < 8


def test_the_same_artefact_gives_the_same_bytes(model_output: Path) -> None:
    for shown, thumbnail, options in (
        ("handouts/spring.pdf", HANDOUT, ThumbnailOptions(288, "webp")),
        ("cover.png", "moon/cover.jpg", ThumbnailOptions(480, "jpeg")),
    ):
        assert (
            drawn(model_output / "moon" / shown, options) == (model_output / thumbnail).read_bytes()
        )


def test_a_thumbnail_follows_the_bytes_of_its_handout(built: Book) -> None:
    """A word on the web page alone leaves the handout's bytes as they are."""
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    ran = built.build()
    assert "made thumbnails/spring.webp  handouts/spring.pdf changed" in ran.said
    assert "thumbnails/neap.webp" not in ran.made
    with (built.root / "sources/moon/02-spring.md").open("a") as article:
        article.write('\nMore on the screen.\n{: only="web" }\n')
    ran = built.build()
    assert "articles/spring.html" in ran.made
    assert not [path for path in ran.made if path.startswith("thumbnails/")]


def test_the_web_alone_has_pictures_of_what_is_there(book: Book) -> None:
    """Without handouts there are none; a build of the web keeps those of handouts made before."""
    book.build("--only", "web")
    assert not (book.output / "moon/thumbnails").exists()
    book.build("--only", "handout", "--only", "web")
    before = book.files()
    assert HANDOUT in before
    book.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    ran = book.build("--only", "web")
    assert "thumbnails/spring.webp" not in ran.made
    assert book.files()[HANDOUT] == before[HANDOUT]


def test_list_marks_the_picture_of_a_stale_handout(built: Book) -> None:
    built.edit("sources/moon/02-spring.md", "At full and", "At the full and")
    rows = {line.split()[1]: line.strip() for line in built.run("list").said[3:]}
    assert rows["thumbnails/spring.webp"].startswith("stale")
    assert "it shows moon/handouts/spring.pdf" in rows["thumbnails/spring.webp"]
    assert rows["thumbnails/neap.webp"].startswith("fresh")


def test_the_picture_of_a_missing_handout_is_fresh(built: Book) -> None:
    """The handout is made again with the same bytes."""
    (built.output / "moon/handouts/spring.pdf").unlink()
    rows = {line.split()[1]: line.strip() for line in built.run("list").said[3:]}
    assert rows["handouts/spring.pdf"].startswith("stale")
    assert rows["thumbnails/spring.webp"].startswith("fresh")
    assert rows["articles/spring.html"].startswith("fresh")
    assert built.build().made == ["handouts/spring.pdf"]


def test_the_picture_is_of_the_first_style(book: Book) -> None:
    book.write(
        "sources/moon/series.yaml",
        book.read("sources/moon/series.yaml") + "styles: [large-print, standard]\n",
    )
    book.build("--only", "handout", "--only", "web")
    large = book.output / "moon/handouts/large-print/spring.pdf"
    assert book.files()[HANDOUT] == drawn(large, ThumbnailOptions(288, "webp"))
