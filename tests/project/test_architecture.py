"""`docs/architecture.md` shows the house as it is."""

from __future__ import annotations

import re
import tomllib
from graphlib import TopologicalSorter

import grimp
import pytest

from helpers.workspaces import ROOT

PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def test_the_table_of_imports_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \|([ `\w]*)\|$", PAGE, re.M)
    told = {package: set(re.findall(r"\w+", imported)) for package, imported in rows}
    graph = grimp.build_graph("handpress", cache_dir=None)
    found: dict[str, set[str]] = {}
    for module in graph.modules:
        _, *parts = module.split(".")
        if not parts or parts[0] == "__main__":
            continue
        imported = graph.find_modules_directly_imported_by(module)
        packages = {name.split(".")[1] for name in imported if "." in name}
        found.setdefault(parts[0], set()).update(packages - {parts[0]})
    assert told == found


def test_no_modules_import_each_other() -> None:
    """Also within functions or for types, and none its own package: import-linter compares only modules beside each other."""
    graph = grimp.build_graph("handpress", cache_dir=None)
    imports = {m: graph.find_modules_directly_imported_by(m) for m in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, with the modules


CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]  # fmt: skip


@pytest.mark.parametrize(
    "contract", [c for c in CONTRACTS if c["type"] == "forbidden"], ids=lambda c: c["name"]
)
def test_what_is_forbidden_is_forbidden_to_every_package_but_the_press(
    contract: dict[str, list[str]],
) -> None:
    folders = (p.parent.name for p in (ROOT / "handpress").glob("*/__init__.py"))
    assert {*contract["source_modules"]} == {f"handpress.{f}" for f in folders if f != "press"}


def test_every_place_that_it_names_is_there() -> None:
    places = set(re.findall(r"`((?:handpress|layouts|tests)/[\w./-]+)`", PAGE))
    places |= {f"handpress/{name}" for name in re.findall(r"`((?:\w+/)+\w+)`", PAGE)}
    assert len(places) > 20
    there = [p for p in places if (ROOT / p).exists() or (ROOT / f"{p}.py").exists()]
    assert places - set(there) == set()


def test_the_pages_that_it_links_to_are_there() -> None:
    pages = re.findall(r"\]\(([\w-]+\.md)\)", PAGE)
    assert pages
    assert [page for page in pages if not (ROOT / "docs" / page).exists()] == []
