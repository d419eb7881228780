"""Stylesheets for e-readers: cascade layers, tokens and sums resolved to plain rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from handpress.core.units import POINTS
from handpress.layout.css.stylesheet import Pairs, rules_of

# Properties that e-readers support reliably. No colours, backgrounds, positions or grids: an app must be
# free to turn the page dark or set its own margins (EPUB Accessibility 1.1, and practice).
SAFE = re.compile(
    r"(font-(family|size|style|weight|variant)|line-height|text-(align|indent|decoration)"
    r"|letter-spacing|vertical-align|white-space|overflow-wrap|hyphens"
    r"|margin(-\w+)?|padding(-\w+)?|border(-(top|bottom|left|right))?(-(width|style))?|border-collapse"
    r"|width|height|max-width|max-height|display|float|clear|list-style(-type)?"
    r"|orphans|widows|page-break-\w+|break-(before|after|inside)|content)"
)
# Functions except those of counters, and lengths relative to the window.
UNSAFE = re.compile(r"(?<![\w-])(?!counters?\()[\w-]+\(|\dv[whib]|\dv(min|max)", re.I)
# Properties with other names in old readers.
OLD_NAMES = {
    "break-before": ("page-break-before",),
    "break-after": ("page-break-after",),
    "break-inside": ("page-break-inside",),
    "hyphens": ("-epub-hyphens", "-webkit-hyphens"),
}
# Shorthands that set all properties with their own name as prefix, except these.
APART = frozenset(("border-collapse",))
LENGTH = re.compile(rf"(?<![\w.#-])(-?[\d.]+)({'|'.join(POINTS)})\b", re.I)
EM = 12  # the text size in points that our sheets' absolute lengths assume


def flatten(parts: Mapping[str, str], present: Set[str] | None = None) -> str:
    """Return one plain stylesheet for e-readers.

    Layers are unwound in order, `var()` and `calc()` resolved, lengths converted to em. Only safe
    declarations stay, also in the spelling of old readers. Declarations that a later one of the same
    selector overrides are left out, as are rules for absent elements: `present` has the names of tags, and
    of classes with a leading dot.
    """
    values: dict[str, str] = {}
    rules: list[tuple[list[str], Pairs]] = []
    for selectors, pairs in rules_of("\n".join(parts.values())):
        if selectors == [":root"]:
            values |= {name: value for name, value in pairs if name.startswith("--")}
        wanted = [s for s in selectors if present is None or _named(s) <= present]
        if wanted := [s for s in wanted if "::footnote" not in s]:
            rules.append((wanted, pairs))
    plain = [(selectors, _plain(pairs, values)) for selectors, pairs in rules]
    return "".join(
        f"{', '.join(selectors)} {{ {'; '.join(_spelled(pairs))} }}\n"
        for selectors, pairs in _ruling(plain)
    )


def _named(selector: str) -> set[str]:
    """Return the tags and classes (with a dot) that a page must have for `selector` to match."""
    bare = re.sub(r"\[[^\]]*\]|::?[\w-]+(\([^)]*\))?", "", selector)
    return set(re.findall(r"\.?[A-Za-z][\w-]*", bare))


def _plain(pairs: Pairs, values: Mapping[str, str]) -> Pairs:
    """Return the safe ones of the declarations, with their values computed."""
    found = []
    for name, written in pairs:
        value = _resolved(written, values)
        if name.startswith(
            "border"
        ):  # the colour is then that of the text, on dark and light pages
            value = re.sub(r"\s*#[0-9a-f]{3,8}\b", "", value)
        else:  # lines stay thin, text sizes are relative
            value = LENGTH.sub(_in_em, value)
        if value and SAFE.fullmatch(name) and not _unsafe(name, value):
            found.append((name, value))
    return found


def _ruling(rules: Sequence[tuple[list[str], Pairs]]) -> list[tuple[list[str], Pairs]]:
    """Return the rules without declarations that a later one of the same selector overrides."""
    later: set[tuple[str, str]] = set()  # selector and property
    found: list[tuple[list[str], Pairs]] = []
    for selectors, pairs in reversed(rules):
        kept: list[tuple[list[str], Pairs]] = []
        for name, value in reversed(pairs):
            over = {name, *_shorthands(name)}
            live = [s for s in selectors if not any((s, n) in later for n in over)]
            if kept and kept[-1][0] == live:
                kept[-1][1].insert(0, (name, value))
            elif live:
                kept.append((live, [(name, value)]))
            later |= {(s, name) for s in selectors}
        found += kept
    return found[::-1]


def _shorthands(name: str) -> Iterator[str]:
    """Yield the shorthands that set `name`, such as ``border`` for ``border-top``."""
    while name not in APART and "-" in name:
        name = name.rpartition("-")[0]
        yield name


def _spelled(pairs: Pairs) -> Iterator[str]:
    for name, value in pairs:
        for old in OLD_NAMES.get(name, ()):
            always = old.startswith("page-break") and value in ("page", "right")
            yield f"{old}: {'always' if always else value}"
        yield f"{name}: {'page' if value == 'right' and name in OLD_NAMES else value}"


def _in_em(found: re.Match[str]) -> str:
    return f"{round(float(found[1]) * POINTS[found[2].lower()] / EM, 3):g}em"


def _resolved(value: str, values: Mapping[str, str]) -> str:
    """Return `value` with its tokens and sums resolved; "" if a token has no value.

    See CSS Custom Properties 1, section 3.1.
    """
    import tinycss2

    try:
        found = tinycss2.serialize(_filled(tinycss2.parse_component_value_list(value), values, ()))
    except LookupError:
        return ""
    return re.sub(r"calc\(([^()]+)\)", _calculated, str(found).strip(), flags=re.I)


def _filled(nodes: Sequence[Any], values: Mapping[str, str], inside: tuple[str, ...]) -> list[Any]:
    """Return `nodes` with each token replaced by its value.

    Raises LookupError for a token without a value and for one that refers to itself: `inside` has the
    tokens being resolved.
    """
    import tinycss2

    from handpress.layout.css.check import token_and_fallback

    found: list[Any] = []
    for node in nodes:
        if node.type == "function" and node.lower_name == "var":
            name, fallback = token_and_fallback(node)
            try:
                if name not in values or name in inside:
                    raise LookupError(name)
                written = tinycss2.parse_component_value_list(values[name])
                found += _filled(written, values, (*inside, name))
            except LookupError:
                if fallback is None:
                    raise
                found += _filled(fallback, values, inside)
            continue
        if node.type == "function":
            node.arguments = _filled(node.arguments, values, inside)
        elif node.type.endswith("block"):
            node.content = _filled(node.content, values, inside)
        found.append(node)
    return found


def _calculated(found: re.Match[str]) -> str:
    """Return a product or quotient of one length, the only `calc()` in our sheets."""
    sum_ = re.fullmatch(r"\s*([\d.]+)(\w+)\s*([*/])\s*([\d.]+)\s*", found[1])
    if not sum_:
        return found[0]
    number = float(sum_[1]) * float(sum_[4]) if sum_[3] == "*" else float(sum_[1]) / float(sum_[4])
    return f"{number:g}{sum_[2]}"


def _unsafe(name: str, value: str) -> bool:
    if name == "display":
        return value not in ("block", "inline", "inline-block", "none")
    if name == "float":
        return value not in ("left", "right", "none")
    return bool(UNSAFE.search(value))
