"""Records: a struct comes out of its record as it went in, and nothing of another shape does."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from handpress.build.manifest import Entry
from handpress.build.piece_store import Facts
from handpress.core.caches import record
from handpress.core.caches.record import Damaged
from handpress.press.result import Finding, Spot

SPOT = Spot("neap--tides", ("The", "sea"), 2)
FINDING = Finding("lonely-line", SPOT, {"page": "3"}, ((SPOT, 2),))
VALUES = [
    Entry("ab", 7, None, 1, "cd", "book", "moon", findings=(FINDING,), causes={"fonts": "ef"}),
    Facts("ab", 2, {"neap": 1}, (FINDING,), (0, None), ((3, "air"),)),
]


@pytest.mark.parametrize("value", VALUES)
def test_a_record_comes_out_as_it_went_in(value: Any, tmp_path: Path) -> None:
    """With all that is nested in it, each a struct and each list a tuple."""
    record.save(tmp_path, "one", value)
    assert record.load(type(value), tmp_path, "one") == value


def test_a_name_that_is_no_utf_8_comes_out(tmp_path: Path) -> None:
    """Python has a lone surrogate for each byte of such a file's name."""
    record.save(tmp_path, "one", {"caf\udce9.md": "x"})
    assert record.load(dict[str, str], tmp_path, "one") == {"caf\udce9.md": "x"}


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("wrong", [None, True, 1.5, "x", 7, [None]])
def test_a_value_of_another_type_is_damage(value: Any, wrong: Any, tmp_path: Path) -> None:
    """In every field, at every depth: what is read has the types that the program counts on."""
    there = json.loads(json.dumps(msgspec.to_builtins(value)))
    taken = 0
    for way in ways(there):
        changed = planted(there, way, wrong)
        record.save(tmp_path, "one", changed)
        try:
            found = record.load(type(value), tmp_path, "one")
        except Damaged:
            continue
        taken += 1
        assert json.loads(json.dumps(msgspec.to_builtins(found))) == changed
    assert taken < len(ways(there)) / 2


def ways(value: Any) -> list[tuple[Any, ...]]:
    """The path of a place in a JSON value."""
    keys = value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    return [(), *((key, *way) for key in keys for way in ways(value[key]))]


def planted(value: Any, way: tuple[Any, ...], wrong: Any) -> Any:
    """`value` with something `wrong` at one place in it."""
    if not way:
        return wrong
    changed = copy.copy(value)
    changed[way[0]] = planted(value[way[0]], way[1:], wrong)
    return changed
