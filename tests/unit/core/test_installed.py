"""Values of an installation: found again by later processes, unless anything about them is different."""

from __future__ import annotations

import marshal
import os
import sys
from pathlib import Path

import pytest

from handpress.core.caches import installed
from handpress.core.caches.code_hash import sizes_and_times

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


def test_every_change_of_a_module_is_seen_without_reading_it(tmp_path: Path) -> None:
    """Also one that keeps its size and its time, as some programs for copies leave it."""
    (tmp_path / "part").mkdir()
    module = tmp_path / "part/one.py"
    module.write_text("a = 1\n")
    seen = [sizes_and_times(tmp_path, ".py")]
    assert sizes_and_times(tmp_path, ".py") == seen[0]

    before = module.stat()
    module.write_text("a = 2\n")
    while module.stat().st_ctime_ns == before.st_ctime_ns:  # a clock of some milliseconds
        os.utime(module, ns=(before.st_atime_ns, before.st_mtime_ns))
    os.utime(module, ns=(before.st_atime_ns, before.st_mtime_ns))
    seen.append(sizes_and_times(tmp_path, ".py"))
    (tmp_path / "two.py").write_text("")
    seen.append(sizes_and_times(tmp_path, ".py"))
    module.unlink()
    seen.append(sizes_and_times(tmp_path, ".py"))
    assert len(set(seen)) == len(seen)

    (tmp_path / "part/__pycache__").mkdir()
    (tmp_path / "part/__pycache__/one.py").write_text("")
    (tmp_path / "part/notes.txt").write_text("")
    (tmp_path / "part/.#one.py").symlink_to("nowhere")  # as Emacs leaves it
    assert sizes_and_times(tmp_path, ".py") == seen[-1]
