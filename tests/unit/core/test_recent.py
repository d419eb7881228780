"""Memory: whatever a module remembers is bounded, so that a long-lived process does not grow with its work."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import weakref
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import handpress
from handpress.core.caches.recent import Recent, by_digest
from handpress.core.files.disk import Asset, digest
from helpers.workspaces import Book

# These have no bound, and need none: the number of their keys does not depend on any source.
CONSTANT = {
    "assets.qr._segno": "it takes no arguments",
    "check.rules.language.words._pattern": "the longest words of our list",
    "core.caches.code_hash.code": "a hash for each press and for the parser",
    "core.caches.code_hash._module": "the modules of the package",
    "core.caches.code_hash.whole": "the package",
    "core.html_parser._parsers": "it takes no arguments",
    "desk.words.interface_languages": "one value",
    "desk.words.interface_words": "the languages of the desk",
    "importers.maths.tex._commands": "it takes no arguments",
    "importers.maths.tex._functions": "it takes no arguments",
    "markup.dialect.markua._tags": "the boxes of Leanpub that have a name",
    "markup.dialect.reader.reader": "it takes no arguments",
    "markup.dialect.shortcodes.tags_of": "the shortcodes that are read",
    "press.presses.program_of": "the presses",
    "core.caches.code_hash.version": "the tools in the presses' table",
    "press.pdf.icc.profile": "it takes no arguments",
    "serve.pages.tokens": "it takes no arguments",
    "translations.inlines._tracer": "it takes no arguments",
}


def test_the_oldest_is_forgotten() -> None:
    recent: Recent[str, int] = Recent(2)
    for number, key in enumerate("abac"):
        recent[key] = number
    assert recent == {"b": 1, "c": 3}


def test_an_answer_is_found_once_for_the_same_bytes() -> None:
    """Also if it is nothing; and again once it was forgotten."""
    asked: list[str] = []
    find = by_digest(most=2)(lambda asset: asked.append(asset.digest))
    for name in "aabbaca":
        find(Asset(name, data=b"x"))
    assert asked == ["a", "b", "c", "a"]


class Watched(Asset, frozen=True, weakref=True):
    """An asset that shows whether something still refers to it."""


def test_an_asset_is_not_kept_for_its_answer() -> None:
    """It may hold the bytes of a large picture."""
    find = by_digest(most=2)(lambda asset: asset.digest)
    asset = Watched(digest(b"x"), b"x")
    gone = weakref.ref(asset)
    find(asset)
    del asset
    gc.collect()
    assert gone() is None


def modules() -> list[ModuleType]:
    names = [m.name for m in pkgutil.walk_packages(handpress.__path__, "handpress.")]
    return [importlib.import_module(n) for n in names if not n.endswith("__main__")]


def held() -> Iterator[tuple[str, Any]]:
    """Everything that a module or one of its classes holds under a name, where it is defined."""
    for module in modules():
        for name, value in vars(module).items():
            if getattr(value, "__module__", module.__name__) != module.__name__:
                continue
            whole = f"{module.__name__.removeprefix('handpress.')}.{name}"
            yield whole, value
            if isinstance(value, type):
                for inner, thing in vars(value).items():
                    yield f"{whole}.{inner}", getattr(thing, "__func__", thing)


def test_every_cache_is_bounded() -> None:
    """Or its keys are few by nature. All that are listed as such exist."""
    caches = {n: v.cache_parameters() for n, v in held() if hasattr(v, "cache_parameters")}
    assert {n for n, told in caches.items() if told["maxsize"] is None} == CONSTANT.keys()
    assert len(caches) > len(CONSTANT)


def containers() -> dict[str, int]:
    """The mutable containers that modules hold, with their sizes; those with a bound left out."""
    kinds = (dict, list, set, bytearray)
    return {n: len(v) for n, v in held() if isinstance(v, kinds) and not isinstance(v, Recent)
            if not n.rpartition(".")[2].startswith("__")}  # fmt: skip


def test_a_container_of_a_module_is_a_table() -> None:
    """It is in capitals, as constants are, or a named tuple's own."""
    others = {n for n in containers() if not n.rpartition(".")[2].isupper()}
    assert not {n for n in others if not n.endswith("._field_defaults")}


def test_no_table_grows_by_a_build(book: Book) -> None:
    """The first one makes the reader of Markdown, which the next one uses again."""
    assert book.build("--only", "web").code == 0
    before = containers()
    book.write("sources/moon/07-ebb.md", "# Ebb\n\nThe sea goes.\n")
    assert book.build("--only", "web").code == 0
    assert containers() == before
    assert len(before) > 50
