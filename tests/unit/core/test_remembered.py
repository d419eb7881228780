"""Remembered answers: what earlier builds found out, until anything that it depends on is different."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from handpress.core.caches import record
from handpress.core.caches.cache import Cache
from handpress.core.caches.record import MAGIC
from handpress.core.caches.remembered import Remembered
from handpress.core.files.disk import digest

NAME = "plans.json"


class Facts(Struct, frozen=True):
    headings: tuple[tuple[str, str], ...]
    pictures: dict[str, str]
    minutes: float
    page: int | None = None


FACTS = Facts((("a--b", "“Quoted” \ud800"),), {"x.svg": "12"}, 0.1)


class Asked:
    """A question that counts how often it is answered again."""

    def __init__(self, memory: Remembered) -> None:
        self.memory, self.count = memory, 0

    def about(self, *asked: str, answer: Facts = FACTS) -> Facts:
        def make() -> Facts:
            self.count += 1
            return answer

        return self.memory.answer(Facts, asked, make)


def build(
    root: Path, *questions: str, program: str = "1", cache: Cache | None = None, whole: bool = True
) -> int:
    """Ask all that a build asks; return how many answers had to be found."""
    memory = Remembered.read(root, NAME, program, cache or Cache(None))
    asked = Asked(memory)
    for question in questions:
        assert asked.about(question) == FACTS
        assert asked.about(question) == FACTS
    if whole:
        memory.sweep()
    memory.save()
    return asked.count


def test_an_answer_comes_back_as_it_was(tmp_path: Path) -> None:
    assert build(tmp_path, "one", "two") == 2
    assert build(tmp_path, "one", "two") == 0


def test_what_an_answer_depends_on_has_its_places(tmp_path: Path) -> None:
    memory = Asked(Remembered(tmp_path, NAME))
    memory.about("a", "bc")
    memory.about("ab", "c")
    memory.about("a", "b", "c")
    assert memory.count == 3


def test_another_program_finds_out_anew(tmp_path: Path) -> None:
    build(tmp_path, "one")
    assert build(tmp_path, "one", program="2") == 1
    assert build(tmp_path, "one") == 1


def test_an_answer_that_a_whole_build_does_not_ask_for_is_forgotten(tmp_path: Path) -> None:
    build(tmp_path, "one", "two")
    assert build(tmp_path, "one", whole=False) == 0
    assert build(tmp_path, "one", "two", whole=False) == 0
    assert build(tmp_path, "one") == 0
    assert build(tmp_path, "two", whole=False) == 1


def test_without_a_folder_nothing_is_remembered() -> None:
    memory = Asked(Remembered())
    memory.about("one")
    memory.about("one")
    assert memory.count == 2
    memory.memory.save()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data.replace(b"12", b"13"),
        lambda data: b"\x80\x04.",
        lambda data: MAGIC + digest(b"[]").encode() + b"\n[]",
    ],
)
def test_a_damaged_record_is_noticed_and_replaced(
    damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    build(tmp_path, "one")
    file = tmp_path / NAME
    file.write_bytes(damage(file.read_bytes()))
    memory = Remembered.read(tmp_path, NAME, "1", Cache(None))
    assert memory.damaged == 1
    assert not file.exists()
    assert build(tmp_path, "one") == 1
    assert build(tmp_path, "one") == 0


@pytest.mark.parametrize("other", [None, 1, [], {}, {"headings": [["a"]]}, "text"])
def test_an_answer_of_another_shape_is_found_anew(other: Any, tmp_path: Path) -> None:
    """It has the right checksum, as one that somebody else made would."""
    build(tmp_path, "one")
    kept = record.unsealed((tmp_path / NAME).read_bytes())
    kept["answers"] = {key: [other, []] for key in kept["answers"]}
    (tmp_path / NAME).write_bytes(record.sealed(kept))
    assert build(tmp_path, "one") == 1
    assert build(tmp_path, "one") == 0


def test_what_an_answer_needed_of_the_cache_stays_there(tmp_path: Path) -> None:
    """A QR code of a page that was not made this time is there when the page is made again."""

    def facts_with_a_code(cache: Cache) -> Facts:
        cache.made("qr https://example.org", lambda: b"code")
        return FACTS

    for number in range(3):
        cache = Cache(tmp_path, (), "cache/")
        memory = Remembered.read(tmp_path, NAME, "1", cache)
        memory.answer(Facts, ("page",), lambda cache=cache: facts_with_a_code(cache))
        memory.save()
        cache.save()
        cache.sweep()
        assert len(list((tmp_path / "cache").iterdir())) == 1, number
