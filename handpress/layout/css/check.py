"""Checking a workspace's own stylesheets before the press or a browser reads them.

A browser skips what it does not understand. The press may fail on it, far from the file that caused it,
and a bracket that is never closed would swallow the layers after it. So mistakes are found here, where
their line is known.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

import tinycss2
from msgspec import Struct

from handpress.core.problems.problem import nearest

# At-rules that hold rules; all others hold declarations.
NESTING = frozenset({"container", "layer", "media", "supports"})
LARGEST = 10_000  # of a length, in any unit: the press counts in integers of 32 bits
SENTINEL = "handpress-end"

Values = Mapping[str, Sequence[Any]]  # the parsed value of each token


class Fault(Struct, frozen=True):
    """A mistake in a stylesheet: where it is, what is wrong, and what was most likely meant."""

    line: int
    column: int
    reason: str
    meant: str | None = None


def faults(css: str, known: Values) -> Iterator[Fault]:
    """The mistakes in a stylesheet. `known` has the tokens of all sheets that it is used with."""
    rules = tinycss2.parse_stylesheet(
        f"{css}\n@{SENTINEL};", skip_comments=True, skip_whitespace=True
    )
    if getattr(rules[-1], "lower_at_keyword", "") == SENTINEL:
        rules.pop()
    else:  # it was read as a part of what is still open
        yield _fault(rules[-1], "a bracket, a quote or a comment that is opened is never closed")
    for end in re.finditer("</style", css, re.I):
        before = css[: end.start()]
        line, column = before.count("\n") + 1, end.start() - before.rfind("\n")
        yield Fault(line, column, "`</style` would end the sheet within a web page")
    yield from _in_rules(rules, known)


def declared(css: str) -> dict[str, Sequence[Any]]:
    """The tokens that a stylesheet declares anywhere, each with the last of its values."""
    found: dict[str, Sequence[Any]] = {}
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    while rules:
        rule = rules.pop(0)
        if rule.type == "declaration" and rule.name.startswith("--"):
            found[rule.name] = rule.value
        if getattr(rule, "content", None):
            rules[:0] = _inside(rule)
    return found


def _inside(rule: Any) -> list[Any]:
    """The rules or declarations in the block of a rule."""
    read = (
        tinycss2.parse_rule_list
        if rule.type == "at-rule" and rule.lower_at_keyword in NESTING
        else tinycss2.parse_blocks_contents
    )
    found: list[Any] = read(rule.content, skip_comments=True, skip_whitespace=True)
    return found


def _in_rules(rules: Iterable[Any], known: Values, page: bool = False) -> Iterator[Fault]:
    for rule in rules:
        if rule.type == "error":
            yield _fault(rule, rule.message)
        elif rule.type == "declaration":
            yield from _in_declaration(rule, known, page)
        elif getattr(rule, "lower_at_keyword", "") == "import":
            yield _fault(rule, "a stylesheet brings no other files along")
            continue
        if getattr(rule, "prelude", None):
            yield from _in_values(rule.prelude, known, page)
        if getattr(rule, "content", None):
            on_page = page or getattr(rule, "lower_at_keyword", "") == "page"
            yield from _in_rules(_inside(rule), known, on_page)


def _in_declaration(declaration: Any, known: Values, page: bool) -> Iterator[Fault]:
    name = declaration.name
    if name.startswith("--"):
        if not tinycss2.serialize(declaration.value).strip():
            yield _fault(declaration, f"`{name}` has no value")
        elif _goes_round(name, declaration.value, known):
            yield _fault(declaration, f"`{name}` is made of itself")
    if operator := _loose_operator(declaration.value):
        yield _fault(declaration, f"`{operator}` lacks a value beside it")
    yield from _in_values(declaration.value, known, page)


def _in_values(values: Iterable[Any], known: Values, page: bool) -> Iterator[Fault]:
    for value in values:
        url = _url(value)
        if value.type == "error":
            yield _fault(value, value.message)
        elif url is not None and not url.startswith("data:image/"):
            yield _fault(value, f"`{url}`: a stylesheet brings no other files along")
        elif _is_too_large(value):
            yield _fault(value, f"`{value.serialize()}` is too large")
        elif value.type == "function":
            yield from _in_function(value, known, page)
        elif getattr(value, "content", None):
            yield from _in_values(value.content, known, page)


def _is_too_large(value: Any) -> bool:
    most = {"dimension": LARGEST, "number": sys.float_info.max}.get(value.type)
    return most is not None and abs(value.value) > most


def _in_function(function: Any, known: Values, page: bool) -> Iterator[Fault]:
    name = function.lower_name
    if name == "var":
        token, fallback = token_and_fallback(function)
        if not token.startswith("--"):
            yield _fault(function, "`var()` wants the name of a token, as `var(--ink)`")
        elif token not in known and fallback is None:
            meant = nearest(token, known)
            yield _fault(function, f"there is no token `{token}`", meant)
    elif name == "calc" and not _is_sum(function.arguments):
        yield _fault(function, f"`{function.serialize()}` cannot be worked out")
    elif name == "attr" and page:
        yield _fault(function, "a page has no attributes")
    yield from _in_values(function.arguments, known, page)


def token_and_fallback(var: Any) -> tuple[str, list[Any] | None]:
    """The token that a `var()` asks for, and its fallback, None if it has none."""
    values = [v for v in var.arguments if v.type != "comment"]
    comma = next((n for n, v in enumerate(values) if v == ","), len(values))
    name = tinycss2.serialize(values[:comma]).strip()
    return name, values[comma + 1 :] if comma < len(values) else None


def _is_sum(values: Iterable[Any]) -> bool:
    """Whether operands and operators take turns, and nothing is divided by a plain zero."""
    inside = [v for v in values if v.type not in ("whitespace", "comment")]
    if len(inside) % 2 == 0:
        return False
    for number, value in enumerate(inside):
        operator = value.type == "literal" and value.value in "+-*/"
        if operator != bool(number % 2):
            return False
        if value.type == "() block" and not _is_sum(value.content):
            return False
        if number and inside[number - 1] == "/" and getattr(value, "value", None) == 0:
            return False
    return True


def _loose_operator(values: Iterable[Any]) -> str:
    """The operator that a value begins or ends with: the press fails on it."""
    inside = [v for v in values if v.type not in ("whitespace", "comment")]
    ends = (v.value for v in inside[:1] + inside[-1:] if v.type == "literal")
    return next((str(value) for value in ends if value in tuple("+-*/")), "")


def _goes_round(name: str, value: Sequence[Any], known: Values) -> bool:
    """Whether the value of a token leads back to it."""
    seen: set[str] = set()
    to_see = _wanted(value)
    while to_see:
        if name in to_see:
            return True
        seen |= to_see
        to_see = set().union(*(_wanted(known.get(other, ())) for other in to_see)) - seen
    return False


def _wanted(values: Iterable[Any]) -> Set[str]:
    """The tokens that a value asks for."""
    found: set[str] = set()
    for value in values:
        if value.type == "function" and value.lower_name == "var":
            found.add(token_and_fallback(value)[0])
        found |= _wanted(getattr(value, "arguments", None) or getattr(value, "content", None) or ())
    return found


def _url(value: Any) -> str | None:
    """The address that a value names, in either spelling of `url()`."""
    if value.type == "url":
        return str(value.value)
    if value.type == "function" and value.lower_name == "url":
        return next((str(v.value) for v in value.arguments if v.type == "string"), "")
    return None


def _fault(node: Any, reason: str, meant: str | None = None) -> Fault:
    return Fault(node.source_line, node.source_column, reason, meant)
