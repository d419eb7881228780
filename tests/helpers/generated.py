"""The generated parts of the manual's pages: tables of settings, and of commands with their options.

A part of a page is between ``<!-- generated: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from handpress.cli import main
from handpress.core.styles import TOKENS
from handpress.series.settings import schema
from handpress.series.settings.schema import Setting
from helpers.workspaces import ROOT

DOCS = ROOT / "docs"
PART = re.compile(r"^(<!-- generated: ([\w -]+) -->\n).*?^(<!-- end -->)$", re.M | re.S)
TOKEN = re.compile(
    r"^  (--[\w-]+): ([^;]+|\"[^\"]*\"); /\* (.*) \*/$|^     (--[\w-]+) +(.*?)(?: \*/)?$", re.M
)
OWNERS: Mapping[str, Mapping[str, Setting[Any]]] = {
    "settings of a series": schema.SERIES_SETTINGS,
    "settings of a theme": schema.THEME_SETTINGS,
    "settings of an article": schema.ARTICLE_SETTINGS,
    "settings of an author": schema.AUTHOR_SETTINGS,
    "settings of a practice": schema.PRACTICE_SETTINGS,
}


def subcommands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (a for a in main.parser()._actions if isinstance(a, argparse._SubParsersAction))
    return found.choices


def parts() -> dict[str, Callable[[], str]]:
    """Return what makes each part, by its name."""
    return {
        **{name: lambda keys=keys: settings(keys) for name, keys in OWNERS.items()},
        "tokens": tokens,
        "commands": commands,
        **{f"options of {name}": lambda name=name: options(name) for name in main.COMMANDS},
    }


def written(text: str) -> str:
    """Return the text of a page with its generated parts made again."""
    made = parts()
    return PART.sub(lambda found: f"{found[1]}\n{made[found[2]]()}\n{found[3]}", text)


def named(text: str) -> list[str]:
    """Return the names of the generated parts of a page."""
    return [name for _, name, _ in PART.findall(text)]


def settings(keys: Mapping[str, Setting[Any]]) -> str:
    rows = ((f"`{key}`", setting.meaning) for key, setting in keys.items())
    return table(("key", "meaning"), rows)


def tokens() -> str:
    """Return the table of design tokens, from the comments of their stylesheet: its values, then those derived."""
    css = (ROOT / "layouts" / TOKENS).read_text(encoding="utf-8")
    rows = []
    for name, value, meaning, derived, words in TOKEN.findall(css):
        first, comma, _ = value.partition(",")
        rows.append(
            (f"`{name}: {first}{', …' if comma else ''}`", meaning)
            if name
            else (f"`{derived}`", words)
        )
    return table(("token and its value", "where it is seen"), rows)


def commands() -> str:
    """Return the table of all commands: how they are written, and what they do."""
    rows = []
    for name, parser in subcommands().items():
        given = " ".join(_argument(action) for action in _positional(parser))
        after = f" `{given}`" if given else ""
        rows.append((f"[`{name}`](#{name}){after}", main.command(name).SUMMARY))
    return table(("command", "effect"), rows)


def options(name: str) -> str:
    """Return how a command is written, and the table of its arguments and options."""
    parser = subcommands()[name]
    given = [_argument(action) for action in _positional(parser)]
    needed = [f"{a.option_strings[0]} {_value(a)}" for a in _optional(parser) if a.required]
    more = ["[OPTIONS]"] if any(not a.required for a in _optional(parser)) else []
    line = " ".join(("python3 publish.py", name, *given, *needed, *more))
    rows = [
        *((f"`{_value(a)}`", a.help or "") for a in _positional(parser)),
        *((f"`{' '.join((a.option_strings[0], _value(a))).strip()}`", a.help or "") for a in _optional(parser)),
    ]  # fmt: skip
    shown = f"```sh\n{line}\n```\n"
    return f"{shown}\n{table(('argument or option', 'meaning'), rows)}" if rows else shown


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _positional(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if not action.option_strings]


def _optional(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [a for a in parser._actions if a.option_strings and a.dest != "help"]


def _argument(action: argparse.Action) -> str:
    return f"[{_value(action)}]" if action.nargs == "?" else _value(action)


def _value(action: argparse.Action) -> str:
    """Return how the value of an argument is written, or "" for an option without one."""
    if action.nargs == 0:
        return ""
    return str(action.metavar or ",".join(map(str, action.choices or ())))
