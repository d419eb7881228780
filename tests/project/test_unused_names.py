"""Names: each function, class and constant of a module is used by the program, not only by its own tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from handpress.press.presses import PRESSES
from helpers.workspaces import ROOT

# Names of modules that a table finds by their path: commands, planners, pages of the desk, WeasyPrint's hot spots.
FOUND_BY_PATH = {
    "handpress.cli.commands": {"SUMMARY", "add_arguments", "run"},
    "handpress.desk.pages": {"routes"},
    "handpress.epub": {"recipes"},
    "handpress.press.pdf.hot_spots": {"quicken"},
    "handpress.print": {"recipes"},
    "handpress.web": {"recipes"},
}
# Benchmarks and tools count as users: they measure and build what is published.
USERS = [
    ROOT / "publish.py",
    *(
        file
        for name in ("handpress", "benchmarks", "tools")
        for file in (ROOT / name).rglob("*.py")
    ),
]


def module(file: Path) -> str:
    """Return the dotted name of the module in a file."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {module(file): ast.parse(file.read_text(encoding="utf-8")) for file in sorted(USERS)}


def defined(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Yield each name that the top level of a module defines, with its statement."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                yield from ((n.id, node) for n in ast.walk(target) if isinstance(n, ast.Name))


def imported() -> set[tuple[str, str]]:
    """Return each name that a module takes from another: `from a import b`, or `b.c` of a module `b`."""
    found = set()
    for tree in TREES.values():
        modules: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    found.add((node.module, alias.name))
                    modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.add((modules.get(node.value.id, ""), node.attr))
    return found


def unused(name: str, tree: ast.Module, taken: set[tuple[str, str]]) -> Iterator[str]:
    """Yield the names of a module that neither another one nor another statement of its own uses."""
    by_path = next((n for folder, n in FOUND_BY_PATH.items() if name.startswith(folder)), set())
    users: dict[str, set[int]] = {}
    for number, statement in enumerate(tree.body):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                users.setdefault(node.id, set()).add(number)
    for defined_name, node in defined(tree):
        if defined_name.startswith("__") or defined_name in by_path:
            continue
        own = users.get(defined_name, set()) - {tree.body.index(node)}
        if not own and (name, defined_name) not in taken:
            yield f"{name}.{defined_name}"


def test_every_name_is_used() -> None:
    taken = imported() | {(press.module, press.function.partition(":")[2]) for press in PRESSES.values()}  # fmt: skip
    ours = {name: tree for name, tree in TREES.items() if name.startswith("handpress")}
    assert [found for name, tree in ours.items() for found in unused(name, tree, taken)] == []


def test_an_unused_name_is_found() -> None:
    """With the other cases: a name that is exported, one that is used below, one in its own function only."""
    tree = ast.parse("A = B = C = 1\ndef f(): return f\ndef g(): return A\nprint(g)\n")
    assert list(unused("a", tree, {("a", "B"), ("b", "f")})) == ["a.C", "a.f"]


def test_the_tables_still_find_names_by_their_path() -> None:
    for folder, names in FOUND_BY_PATH.items():
        there = {n for name, tree in TREES.items() if name.startswith(folder) for n, _ in defined(tree)}  # fmt: skip
        assert names <= there
