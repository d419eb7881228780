"""Recipes: the fingerprint is that of the bytes, and the press has nothing but the recipe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handpress.core.files.disk import Asset, Disk, Outside
from handpress.press import pool
from handpress.press.options import Options, PixelOptions, RenderOptions
from handpress.press.pool import Failed
from handpress.press.recipe import Recipe
from helpers.workspaces import ROOT, Book

FACE = next((ROOT / "fonts").rglob("AtkinsonHyperlegibleNext-Regular.ttf"))
CSS = b'@font-face { font-family: "A"; src: url("fonts/a.ttf") } body { font-family: "A" }'
HTML = (
    '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><h1>T</h1>%s</body></html>'
)


def page(body: str = "", css: bytes = CSS, **more: bytes) -> Recipe:
    files = {name: Asset.of(data) for name, data in more.items()}
    files |= {"index.html": Asset.of((HTML % body).encode()), "style.css": Asset.of(css)}
    whole = {**files, "fonts/a.ttf": Asset.file(FACE)}
    return Recipe("t.pdf", "pdf", whole, RenderOptions())


FILES = st.dictionaries(st.text("abc", min_size=1, max_size=2), st.binary(max_size=3), max_size=3)
OPTIONS = st.builds(PixelOptions, st.integers(0, 2), st.integers(0, 2))
NONE = Options()


def recipe(files: dict[str, bytes], options: Options, **facts: Any) -> Recipe:
    return Recipe("p", "copy", {k: Asset.of(v) for k, v in files.items()}, options, **facts)


@given(FILES, OPTIONS, FILES, OPTIONS)
def test_a_fingerprint_differs_exactly_when_the_bytes_do(
    files: dict[str, bytes],
    options: Options,
    other_files: dict[str, bytes],
    other_options: Options,
) -> None:
    """Two recipes have one fingerprint if and only if the press would read the same."""
    same = (files, options) == (other_files, other_options)
    one, two = recipe(files, options), recipe(other_files, other_options)
    assert (one.fingerprint == two.fingerprint) is same


def test_what_is_only_said_of_a_recipe_does_not_count() -> None:
    """Title, source and causes explain; they never decide. Nor does the order of the files."""
    plain = recipe({"a": b"1", "b": b"2"}, NONE)
    told = recipe({"b": b"2", "a": b"1"}, NONE, title="T", source="s.md", causes={"article": "x"})
    assert plain.fingerprint == told.fingerprint


def test_every_press_counts() -> None:
    """The same bytes for another press are another recipe."""
    made = {Recipe("p", name, {}).fingerprint for name in ("pdf", "pixels", "epub", "copy")}
    assert len(made) == 4


def test_a_file_that_changes_under_the_press_is_refused(tmp_path: Path) -> None:
    """An artefact is never made of other bytes than its fingerprint was."""
    file = tmp_path / "a.png"
    file.write_bytes(b"one")
    asset = Asset.file(file)
    assert asset.read() == b"one"
    file.write_bytes(b"two")
    result = pool.press(Recipe("a.png", "copy", {"file": asset}))
    assert result == Failed("a.png changed while it was being used")


@pytest.mark.parametrize(
    "wanted",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:9/a.png",
        "../../etc/hostname",
        "a.png",
        "//example.org/a.png",
    ],
)
@pytest.mark.parametrize("way", ["img", "css", "font", "import", "link", "object", "svg"])
def test_the_press_reads_its_recipe_and_nothing_else(wanted: str, way: str) -> None:
    """Whatever a page, a style sheet or a picture asks for: what is not in the recipe is refused, and
    nothing is fetched.
    """
    body, css, more = "", CSS, {}
    if way == "img":
        body = f'<img src="{wanted}" alt="x">'
    elif way == "css":
        css += f' h1 {{ background: url("{wanted}") }}'.encode()
    elif way == "font":
        css += f' @font-face {{ font-family: B; src: url("{wanted}") }} h1 {{ font-family: B }}'.encode()
    elif way == "import":
        css = f'@import url("{wanted}");'.encode() + css
    elif way == "link":
        body = f'<link rel="stylesheet" href="{wanted}">'
    elif way == "object":
        body = f'<object data="{wanted}"></object>'
    else:
        body = '<img src="p.svg" alt="x">'
        more["p.svg"] = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
            f'<image href="{wanted}" width="9" height="9"/></svg>'
        ).encode()
    result = pool.press(page(body, css, **more))
    assert isinstance(result, Failed), "it was made, as if nothing had been asked for"
    assert "not in the recipe" in result.reason or "would have lost something" in result.reason
    assert not result.ours


def test_the_press_makes_what_is_in_the_recipe() -> None:
    """The same page without a request beyond its recipe is made: the refusals above are not accidents."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    result = pool.press(page('<img src="p.svg" alt="x">', **{"p.svg": svg}))
    assert not isinstance(result, Failed), result
    assert result.data.startswith(b"%PDF-")
    assert result.pages == 1


def test_a_character_without_a_glyph_is_a_finding() -> None:
    """The press makes the page and reports the character; whether it is an error is for the build to decide."""
    result = pool.press(page("<p>水</p>"))
    assert not isinstance(result, Failed), result
    assert [(f.code, f.facts["script"]) for f in result.findings] == [("missing-glyph", "Chinese")]


def test_a_link_to_nothing_is_refused() -> None:
    result = pool.press(page('<p><a href="#nothing">x</a></p>'))
    assert isinstance(result, Failed)
    assert "would have lost something" in result.reason


def test_the_first_document_of_a_process_is_heard_too() -> None:
    """Importing WeasyPrint takes away whoever listens to it already."""
    text = "import test_recipe as t; t.test_a_link_to_nothing_is_refused()"
    subprocess.run(
        [sys.executable, "-c", text],
        cwd=Path(__file__).parent,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
    )


@pytest.mark.parametrize("path", ["../a", "/etc/hostname", "a/../../b", "link", "folder/b"])
def test_the_disk_ends_at_the_workspace(path: str, tmp_path: Path) -> None:
    """Links and `..` are resolved first; what lies outside is not read."""
    root = tmp_path / "w"
    root.mkdir()
    (tmp_path / "a").write_text("secret")
    (tmp_path / "b").write_text("secret")
    (root / "link").symlink_to(tmp_path / "a")
    (root / "folder").symlink_to(tmp_path)
    disk = Disk(root)
    assert not disk.is_file(path)
    with pytest.raises(Outside):
        disk.read(path)


def test_a_link_out_of_the_workspace_is_not_published(book: Book) -> None:
    """A picture that is a link to a file elsewhere is left out with a warning."""
    picture = book.root / "sources/moon/images/tide.svg"
    outside = book.root.parent / "tide.svg"
    picture.rename(outside)
    picture.symlink_to(outside)
    ran = book.build("--only", "web")
    assert ran.code == 0
    assert "sources/moon/01-neap.md:12:21: warning: picture outside the workspace" in ran.err
    assert outside.read_bytes() not in book.files().values()
