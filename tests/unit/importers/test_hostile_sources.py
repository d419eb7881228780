"""Sources that would do harm are refused, with the reason."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from handpress.importers import source
from handpress.importers.html import parse_fragment, parse_xml
from handpress.importers.model import ImportRefused
from handpress.importers.source import open_source
from helpers.workspaces import Book


def archive(folder: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    file = folder / "export.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries:
            packed.writestr(name, data)
    return file


@pytest.mark.parametrize(
    "name",
    ["../evil.html", "a/../../evil.html", "/etc/evil.html", "..\\evil.html", "C:\\evil.html"],
)
def test_a_path_out_of_the_archive(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImportRefused, match="a path out of its folder"):
        open_source(archive(tmp_path, (name, b"x")))


def test_a_link_in_an_archive(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("page.html")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(ImportRefused, match="has a link"):
        open_source(archive(tmp_path, (info, b"/etc/passwd")))


def tar(folder: Path, name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> Path:
    file = folder / "export.jex"
    with tarfile.open(file, "w") as packed:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, target
        packed.addfile(entry, io.BytesIO())
    return file


@pytest.mark.parametrize("name", ["../evil.md", "a/../../evil.md", "/etc/evil.md", "C:\\evil.md"])
def test_a_path_out_of_a_tar(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImportRefused, match="a path out of its folder"):
        open_source(tar(tmp_path, name))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_only_files_of_a_tar_are_read(tmp_path: Path, kind: bytes) -> None:
    with pytest.raises(ImportRefused, match="is not a file"):
        open_source(tar(tmp_path, "page.md", kind, "/etc/passwd"))


def test_a_damaged_tar(tmp_path: Path) -> None:
    file = tmp_path / "export.jex"
    file.write_bytes(b"not a tar")
    with pytest.raises(ImportRefused, match="damaged archive"):
        open_source(file)


def test_a_bomb(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="times its size"):
        open_source(archive(tmp_path, ("page.html", b"\0" * 30_000_000)))


def test_a_bomb_in_an_archive_of_the_archive(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("page.html", b"\0" * 30_000_000)
    with pytest.raises(ImportRefused, match="times its size"):
        open_source(archive(tmp_path, ("part.zip", inner.getvalue())))


def test_more_than_a_gigabyte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "TOTAL", 100)
    with pytest.raises(ImportRefused, match="unpacks to more than"):
        open_source(archive(tmp_path, ("page.html", b"x" * 101)))


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "FILES", 2)
    with pytest.raises(ImportRefused, match="more than 2 files"):
        open_source(archive(tmp_path, *((f"{n}.html", b"x") for n in range(3))))


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    with file.open("wb") as sparse:
        sparse.truncate(1_000_000_000)
    with pytest.raises(ImportRefused, match="larger than 64 MB"):
        open_source(file)


def test_a_damaged_archive(tmp_path: Path) -> None:
    file = archive(tmp_path, ("page.html", b"x" * 1000))
    data = bytearray(file.read_bytes())
    data[40:50] = b"\xff" * 10
    file.write_bytes(data)
    opened = open_source(file)
    with pytest.raises(ImportRefused, match="cannot be unpacked"):
        opened.read("page.html")


def test_a_folder_with_a_link_out_of_it(empty: Book) -> None:
    empty.write("secret.html", "<p>secret</p>")
    empty.write("pages/one.html", "<h1>One</h1><p>words</p>")
    (empty.root / "pages/two.html").symlink_to(empty.root / "secret.html")
    ran = empty.run("import", "pages")
    assert "secret" not in "".join(p.read_text() for p in (empty.root / "sources").rglob("*.md"))
    assert ran.code == 0


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE])
def test_entities_in_xml(data: bytes) -> None:
    with pytest.raises(ImportRefused, match="defines entities"):
        parse_xml(data, "export.xml")


def test_deep_elements() -> None:
    with pytest.raises(ImportRefused, match="levels deep"):
        parse_fragment("<div>" * 2000)


@pytest.mark.parametrize(
    ("name", "data"),
    [("export.txt", b"words"), ("export.bin", b"\0\1\2"), ("empty.html", b"")],
)
def test_anything_else(empty: Book, name: str, data: bytes) -> None:
    empty.write(name, data)
    ran = empty.run("import", name)
    if name.endswith(".html"):
        assert ran.code == 0
    else:
        assert ran.code == 2
        assert "is not an export that is known" in ran.err


def test_addresses_and_names_stay_in_the_folder(empty: Book) -> None:
    """Of pictures, of articles, and of links."""
    empty.write("secret.png", b"\x89PNG\r\n\x1a\nsecret")
    empty.write(
        "pages/a.html",
        '<title>../../evil</title><article><h1>../../evil</h1><p>Words <img src="../secret.png" alt="s"></p>'
        '<a href="javascript:alert(1)">click</a> <a href="data:text/html,x">data</a></article>',
    )
    assert empty.run("import", "pages").code == 0
    made = {p.relative_to(empty.root).as_posix() for p in empty.root.rglob("*") if p.is_file()}
    assert made == {
        "secret.png", "pages/a.html", "import-report.html", "sources/evil/01-a.md", "sources/evil/series.yaml",
        "sources/evil/.import.json",
    }  # fmt: skip
    text = empty.read("sources/evil/01-a.md")
    assert "javascript" not in text
    assert "data:" not in text
