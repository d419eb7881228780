"""The cache: what goes in comes out equal; what is damaged or foreign goes, and is never executed."""

from __future__ import annotations

import datetime
import io
import json
import pickle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from PIL import Image

from handpress.core.caches import cache
from handpress.core.caches.cache import Cache
from handpress.core.caches.record import MAGIC
from handpress.core.files.disk import Disk, digest
from handpress.series import article_cache, parse
from handpress.series.article_cache import KEPT
from helpers.workspaces import Book, files

KEY = digest(b"a key")


class Inner(Struct, frozen=True):
    name: str
    when: datetime.date | None


class Outer(Struct, frozen=True):
    inner: Inner
    others: tuple[Inner, ...]


def again(folder: Path, value: Any, classes: tuple[type, ...] = (Inner, Outer)) -> Any:
    """The value that another run finds for `value`."""
    first = Cache(folder, classes)
    first.put(KEY, value)
    first.save()
    second = Cache(folder, classes)
    found = second.get(KEY)
    assert second.damaged == 0
    return found


def whole(text: str) -> bytes:
    """A file of the cache with `text` in it: its magic and its checksum are right."""
    return MAGIC + digest(text.encode()).encode() + b"\n" + text.encode()


# --- What goes in comes out --------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        True,
        0,
        -(10**30),
        1.5,
        "",
        "object",
        "caf\udce9.md",  # a file name that is not UTF-8
        "two\nlines, “quotes”, \N{GREEK SMALL LETTER PI}, \x00",
        (),
        ("tuple",),
        ("object", "Inner", "x", None),
        (1, ("a", (None, False))),
        frozenset(),
        frozenset("o"),
        frozenset({("a", 1), ("a", 2)}),
        {},
        {"tuple": ("set", {})},
        {("a", 1): "x", 2: None},
        datetime.date(2026, 11, 22),
        b"",
        bytes(range(256)),
        Path("/a folder/é.png"),
        Path("."),
        Inner("x", None),
        Outer(Inner("x", datetime.date(1, 1, 1)), (Inner("y", None), Inner("", None))),
        {"all": (frozenset({b"x"}) and (b"x", Path("y")), Inner("z", None))},
    ],
    ids=lambda value: type(value).__name__,  # a set's own words come in any order
)
def test_a_value_comes_out_as_it_went_in(value: Any, tmp_path: Path) -> None:
    """Equal, and of the same kind, in the run that put it and in the next."""
    assert Cache(tmp_path).get(KEY) is None
    found = again(tmp_path, value)
    assert found == value
    assert type(found) is type(value)


PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.binary(),
    st.dates(), st.text("abé.", min_size=1).map(Path),
)  # fmt: skip
VALUES = st.recursive(
    PLAIN,
    lambda inside: st.one_of(
        st.lists(inside, max_size=3).map(tuple),
        st.dictionaries(st.text(), inside, max_size=3),
        st.frozensets(st.text(), max_size=3),
        st.builds(Outer, st.builds(Inner, st.text(), st.none() | st.dates()), st.just(())),
    ),
    max_leaves=10,
)


@settings(derandomize=True, deadline=None)
@given(VALUES)
def test_any_value_comes_out_as_it_went_in(value: Any) -> None:
    with TemporaryDirectory() as folder:
        assert again(Path(folder), value) == value


def test_a_dict_keeps_its_order(tmp_path: Path) -> None:
    found = again(tmp_path, dict.fromkeys("tides", 1))
    assert list(found) == list("tides")


def test_a_set_is_written_the_same_every_time(tmp_path: Path) -> None:
    """The file does not depend on the order in which a set happens to be walked."""
    names = [f"name {n}" for n in range(50)]
    written = []
    for order in (names, names[::-1]):
        again(tmp_path, frozenset(order))
        written.append((tmp_path / KEY).read_bytes())
    assert written[0] == written[1]


def test_what_no_file_can_hold_is_refused(tmp_path: Path) -> None:
    """A value of another kind is a fault of ours, told at once, not a file that cannot be read."""
    kept = Cache(tmp_path)
    kept.put(KEY, ("fine", object()))
    with pytest.raises(TypeError, match="a object cannot be kept"):
        kept.save()
    assert not (tmp_path / KEY).exists()


def test_a_class_is_not_a_value_of_it(tmp_path: Path) -> None:
    kept = Cache(tmp_path, [Inner])
    kept.put(KEY, Inner)
    with pytest.raises(TypeError):
        kept.save()


def test_an_article_comes_out_as_it_was_parsed(book: Book, tmp_path: Path) -> None:
    """With its settings, anchors, notes, places and pictures, drawn ones and photographs."""
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "navy").save(out, "PNG")
    book.write("sources/moon/images/sea.png", out.getvalue())
    path = "sources/moon/01-neap.md"
    text = book.read(path).replace("---\n\n", "date: 2026-11-22\ntags: [sea, moon]\n---\n\n")
    table = "\n| Moon | Tide |\n|---|---|\n| full | spring |\n"
    book.write(path, f"{text}\n![The sea](images/sea.png)\n{table}")
    parsed, problems = parse.parse(Disk(book.root), path)
    assert not problems
    assert {p.type for p in parsed.pictures.values()} == {"svg", "png"}
    assert all((parsed.notes, parsed.anchors, parsed.references, parsed.places))
    found = again(tmp_path / "cache", parsed, KEPT)
    assert found == parsed
    assert found is not parsed
    for name, picture in parsed.pictures.items():
        assert found.pictures[name].asset.read() == picture.asset.read()
    for title in ("tags", "date"):
        assert found.settings.place(title) == parsed.settings.place(title)


# --- What is not whole -------------------------------------------------------------------------

GOOD = whole('["tuple","a","b"]')


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n\n",
        GOOD[:-1],
        GOOD[: len(MAGIC) + 10],
        GOOD[: len(MAGIC)],
        GOOD.replace(b'"b"', b'"c"'),
        GOOD + b" ",
        GOOD.replace(b"handpress 2", b"handpress 1"),
        GOOD.replace(b"handpress", b"othertool"),
        GOOD.removeprefix(MAGIC),
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        bytes(range(256)),
        whole("not JSON"),
        whole('["object","Other","a"]'),
        whole('["object","Inner"]'),
        whole('["object","Inner","x",null,"more"]'),
        whole('["object"]'),
        whole("[]"),
        whole('[["tuple"]]'),
        whole('["list",1]'),
        whole('["eval","1"]'),
        whole('["date","soon"]'),
        whole('["date"]'),
        whole('["path"]'),
        whole('["tuple",["bytes"]]'),
        whole('["date",7]'),
        whole('["bytes","\\u00e9"]'),
        whole('["path",7]'),
        whole('["dict","a"]'),
        whole('["dict",["tuple",1]]'),
        whole('["set",["dict"]]'),
        whole("[" * 100_000),
    ],
    ids=range(32),
)
def test_what_is_not_whole_is_thrown_away(data: bytes, tmp_path: Path) -> None:
    """Truncated, damaged, older or foreign: it is nothing, it is counted, and its file goes."""
    file = tmp_path / KEY
    file.write_bytes(data)
    kept = Cache(tmp_path, (Inner,))
    assert kept.get(KEY) is None
    assert kept.damaged == 1
    assert not file.exists()
    assert kept.get(KEY) is None
    assert kept.damaged == 1, "what is gone is not damaged once more"


def test_the_whole_file_that_these_are_made_of(tmp_path: Path) -> None:
    (tmp_path / KEY).write_bytes(GOOD)
    assert Cache(tmp_path).get(KEY) == ("a", "b")


def test_every_flipped_byte_is_noticed(tmp_path: Path) -> None:
    """Wherever in the file it is."""
    again(tmp_path, ("a moon", {"x": b"sea"}))
    data = (tmp_path / KEY).read_bytes()
    for at in range(len(data)):
        (tmp_path / KEY).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        kept = Cache(tmp_path)
        assert kept.get(KEY) is None, at
        assert kept.damaged == 1


class Trap:
    """Unpickled, it leaves a file behind."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> Any:
        return Path.touch, (self.file,)


@pytest.mark.parametrize("dressed", [False, True])
def test_what_lies_there_is_never_executed(dressed: bool, tmp_path: Path) -> None:
    """A pickle that would run code when it is loaded is thrown away like any other foreign file."""
    sprung = tmp_path / "sprung"
    payload = pickle.dumps(Trap(sprung))
    pickle.loads(payload)
    assert sprung.exists(), "the trap works"
    sprung.unlink()
    head = MAGIC + digest(payload).encode() + b"\n" if dressed else b""
    (tmp_path / KEY).write_bytes(head + payload)
    kept = Cache(tmp_path, KEPT)
    assert kept.get(KEY) is None
    assert kept.damaged == 1
    assert not sprung.exists()


def test_only_the_classes_that_were_allowed(tmp_path: Path) -> None:
    """A class is made by nobody who did not name it, be it one of ours."""
    value = Outer(Inner("x", None), ())
    assert again(tmp_path, value) == value
    kept = Cache(tmp_path, (Outer,))
    assert kept.get(KEY) is None
    assert kept.damaged == 1


def test_a_name_is_not_looked_up_anywhere(tmp_path: Path) -> None:
    """Names of built-in functions and modules have no target."""
    for name in ("print", "Path", "Cache", "builtins.eval", "__class__"):
        (tmp_path / KEY).write_bytes(whole(json.dumps(["object", name, "1"])))
        kept = Cache(tmp_path, KEPT)
        assert kept.get(KEY) is None
        assert kept.damaged == 1


# --- What is kept, and what goes ---------------------------------------------------------------


def test_nothing_is_written_before_it_is_saved(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "cache")
    kept.put(KEY, "moon")
    assert kept.get(KEY) == "moon"
    assert not (tmp_path / "cache").exists()
    kept.save()
    assert Cache(tmp_path / "cache").get(KEY) == "moon"


def test_sweep_removes_what_was_not_asked_for(tmp_path: Path) -> None:
    """A value that was used or stored in this run stays, also in the next one."""
    first = Cache(tmp_path)
    for name in ("asked", "unasked", "put"):
        first.put(digest(name.encode()), name)
    first.save()
    second = Cache(tmp_path)
    second.get(digest(b"asked"))
    second.get(digest(b"never there"))
    second.put(digest(b"put"), "again")
    second.put(digest(b"new"), "new")
    second.save()
    second.sweep()
    wanted = {digest(name) for name in (b"asked", b"put", b"new")}
    assert {file.name for file in tmp_path.iterdir()} == wanted
    assert Cache(tmp_path).get(digest(b"put")) == "again"


def test_sweep_leaves_a_folder_that_somebody_made(tmp_path: Path) -> None:
    """It is not ours, and no reason to fail."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes").touch()
    (tmp_path / "old").touch()
    Cache(tmp_path).sweep()
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]


def test_without_a_folder_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It remembers for this run, no more."""
    monkeypatch.chdir(tmp_path)
    written: list[Path] = []
    monkeypatch.setattr(cache, "write_file", lambda root, *_: written.append(root))
    kept = Cache(None, KEPT)
    kept.put(KEY, "moon")
    assert kept.get(KEY) == "moon"
    kept.save()
    kept.sweep()
    assert written == []
    assert list(tmp_path.iterdir()) == []
    assert Cache(None).get(KEY) is None


def test_a_folder_that_is_not_there_is_nothing_to_sweep(tmp_path: Path) -> None:
    Cache(tmp_path / "none").sweep()
    assert not (tmp_path / "none").exists()


# --- In a build --------------------------------------------------------------------------------


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of what is parsed."""
    paths: list[str] = []
    real = parse.parse

    def counted(disk: Disk, path: str, *rest: Any, **named: Any) -> Any:
        paths.append(path)
        return real(disk, path, *rest, **named)

    monkeypatch.setattr(article_cache, "parse", counted)
    return paths


def test_a_build_throws_a_damaged_cache_away(book: Book, parsed: list[str]) -> None:
    """It says so, parses again, ends with the same bytes, and the cache is whole again."""
    book.write("sources/moon/series.yaml", book.read("sources/moon/series.yaml") + "media: [web]\n")
    assert book.build().code == 0
    before = book.files()
    folder = book.output / ".handpress/cache"
    kept = files(folder)
    assert kept or list(folder.iterdir())
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:-20])
    count = len(list(folder.iterdir()))
    (book.output / ".handpress/seen.json").unlink()
    parsed.clear()
    ran = book.build()
    assert ran.code == 0
    assert f"deleted {count} files of a damaged or older cache" in ran.err
    assert len(parsed) == 3, "two articles and an author"
    assert book.files() == before
    (book.output / ".handpress/seen.json").unlink()
    parsed.clear()
    assert book.build().err == ""
    assert parsed == []


def test_an_article_is_kept_with_its_problems(book: Book, parsed: list[str]) -> None:
    """It is not parsed again, and its warnings are shown again."""
    book.edit("sources/moon/02-spring.md", "At full and", "#### At full and")
    assert "[heading-skips]" in book.build("--only", "web").err
    assert "sources/moon/02-spring.md" in parsed
    parsed.clear()
    book.edit("sources/moon/01-neap.md", "hardly moves", "moves little")
    assert "[heading-skips]" in book.build("--only", "web").err
    assert parsed == ["sources/moon/01-neap.md"]
