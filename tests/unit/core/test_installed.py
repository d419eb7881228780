"""Values of an installation: found again by later processes, unless anything about them is different."""

from __future__ import annotations

import marshal
import sys
from pathlib import Path

import pytest

from handpress.core.caches import installed

VALUE = {"a": (1, b"2", None)}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_a_value_is_found_again() -> None:
    assert installed.found("name") is None
    installed.keep("name", VALUE, of="a file")
    assert installed.found("name", of="a file") == VALUE
    assert installed.found("name", of="another") is None
    assert installed.found("other", of="a file") is None


def test_it_belongs_to_one_version(monkeypatch: pytest.MonkeyPatch) -> None:
    installed.keep("name", VALUE)
    monkeypatch.setattr(sys, "version", "4.0")
    assert installed.found("name") is None


@pytest.mark.parametrize("data", [b"", b"no marshal", marshal.dumps(1), marshal.dumps((1, 2, 3))])
def test_a_damaged_file_is_ignored(data: bytes) -> None:
    installed.keep("name", VALUE)
    installed.place("name").write_bytes(data)
    assert installed.found("name") is None


def test_a_file_with_half_of_its_bytes_is_ignored() -> None:
    installed.keep("name", ["x" * 5000])
    file = installed.place("name")
    data = file.read_bytes()
    file.write_bytes(data[:4096] + bytes(len(data) - 4096))
    assert installed.found("name") is None


def test_nothing_is_written_where_python_writes_no_bytecode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    installed.keep("name", VALUE)
    assert not list(tmp_path.rglob("*.*"))


def test_a_folder_that_cannot_be_written_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", "/dev/null")
    installed.keep("name", VALUE)
    assert installed.found("name") is None
