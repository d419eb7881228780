"""Explanations: everything about one rule, for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from handpress.check.rule import Example, Rule
from handpress.check.rules import GROUPS
from handpress.core.problems.catalogue import Kind


def explain(rule: Rule) -> str:
    """Return a rule with its reason, source, limits and examples."""
    return "\n".join(_lines(rule))


def explain_kind(code: str, kind: Kind) -> str:
    """Return a message of builds, with its fix."""
    fix = _plain(kind.help)
    return "\n".join(
        (
            f"{code}: {kind.severity}, of every build",
            _plain(kind.what),
            *_wrapped(f"To fix it, {fix}."),
        )
    )


def _plain(wording: str) -> str:
    """Return a wording with the names of its facts in place of their values."""
    return (
        wording.replace("{{", "\0")
        .replace("}}", "\1")
        .replace("{", "")
        .replace("}", "")
        .replace("\0", "{")
        .replace("\1", "}")
    )


def group_of(rule: Rule) -> str:
    return next(group for group, rules in GROUPS.items() if rule in rules)


def level_of(rule: Rule) -> str:
    """Return the level of a rule: ``advice``, or ``off (advice)``."""
    return rule.kind.severity if rule.on else f"off ({rule.kind.severity})"


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.code}: {level_of(rule)}, {group_of(rule)}"
    languages = ", ".join(sorted(rule.languages))
    yield from _wrapped(f"{rule.reason} Source: {rule.source}.")
    yield from _wrapped(f"To fix it, {_plain(rule.kind.help)}.")
    if languages:
        yield f"Languages: {languages}."
    for name, value in rule.limits.items():
        yield f"Limit: `{name}: {value}` below `check` in `series.yaml`."
    for title, example in (("Bad", rule.bad), ("Good", rule.good)):
        yield ""
        yield f"{title}:"
        yield from textwrap.indent(shown(example), "    ").splitlines()


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 96)


def shown(example: Example, most: int = 14) -> str:
    """Return an example as an author writes it, at most so many lines of it."""
    parts = [f"# series.yaml\n{example.series}" if example.series else "", example.article]
    text = "\n".join(part for part in parts if part).replace("⟦", "").replace("⟧", "")
    lines = [
        textwrap.shorten(line, 200, placeholder=" …") if len(line) > 200 else line
        for line in text.splitlines()
    ]
    return "\n".join(lines if len(lines) <= most else [*lines[:most], "…"])
