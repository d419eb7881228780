"""Geometry: check the numbers of a drawing the way renderers read them.

Browsers ignore invalid values (SVG 2, section 5.7), but the press would stop at one. So malformed values
are removed here, and a path ends at its first error, as in browsers.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# The largest number that every renderer treats as finite.
NUMBER = re.compile(r"[-+]?(?:\d{1,12}(?:\.\d*)?|\.\d+)(?:[eE](?:-\d{1,3}|\+?\d)(?!\d))?")
GAP = re.compile(r"[\s,]*")
LENGTH = re.compile(rf"(?:{NUMBER.pattern})(?:px|pt|pc|mm|cm|in|em|ex|rem|[qQ]|%)?(?=[\s,+.-]|$)")
ANGLE = re.compile(rf"(?:{NUMBER.pattern})(?:deg|grad|rad|turn)?(?=[\s,+.-]|$)")
# How many numbers each letter of a path takes, and which of them are flags (SVG 2, section 9.3).
STEPS = {"m": 2, "z": 0, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7}
FLAGS = (3, 4)  # of an arc
FLAG = re.compile("[01]")
# How many numbers each transformation takes (CSS Transforms 1, sections 7 and 8).
TRANSFORMATIONS = {
    "matrix": (6,), "translate": (1, 2), "translateX": (1,), "translateY": (1,), "scale": (1, 2),
    "scaleX": (1,), "scaleY": (1,), "rotate": (1, 3), "skewX": (1,), "skewY": (1,), "skew": (1, 2),
}  # fmt: skip
ASPECT = re.compile(r"(none|x(Min|Mid|Max)Y(Min|Mid|Max))(\s+(meet|slice))?")


def sound(name: str, value: str) -> str | None:
    """Return the well-formed part of the `value` of the attribute or property `name`; None without one."""
    check = CHECKED.get(name)
    return check(value.strip()) if check else value


def numbers(text: str, pattern: re.Pattern[str] = NUMBER) -> list[str] | None:
    """Return all matches of `pattern`, such as numbers, in `text`; None if it contains anything else."""
    found, at = _run(text, pattern)
    return found if at == len(text) else None


def _run(text: str, pattern: re.Pattern[str]) -> tuple[list[str], int]:
    """Return the successive matches of `pattern` at the beginning of `text`, and the end of the last one."""
    found, at = [], 0
    while match := pattern.match(text, at):
        found.append(match.group())
        at = _past_gap(text, match.end())
    return found, at


def _lengths(value: str) -> str | None:
    return value if numbers(value, LENGTH) else None


def _measures(value: str) -> str | None:
    found = numbers(value, LENGTH)
    return value if found and not any(n.startswith("-") for n in found) else None


def _size(value: str) -> str | None:
    """Return a font size within the limits of Pango, which counts in integers up to 2³¹."""
    found = NUMBER.match(value)
    return _measures(value) if found and float(found.group()) < 100_000 else None


def _numbers(value: str) -> str | None:
    return value if numbers(value) else None


def _number(value: str) -> str | None:
    found = numbers(value.removesuffix("%").rstrip())
    return value if found and len(found) == 1 else None


def _dashes(value: str) -> str | None:
    return value if value == "none" else _measures(value)


def _box(value: str) -> str | None:
    found = numbers(value)
    return " ".join(found) if found and len(found) == 4 and min(map(float, found[2:])) > 0 else None


def _orientation(value: str) -> str | None:
    return value if value in ("auto", "auto-start-reverse") or ANGLE.fullmatch(value) else None


def _aspect(value: str) -> str | None:
    return value if ASPECT.fullmatch(value) else None


def _transform(value: str) -> str | None:
    rest = value
    while rest:
        found = re.match(r"(\w+)\s*\(([^()]*)\)[\s,]*", rest)
        if not found:
            return None
        pattern = ANGLE if found[1] in ("rotate", "skewX", "skewY", "skew") else LENGTH
        given = numbers(found[2].strip(), pattern)
        if given is None or len(given) not in TRANSFORMATIONS.get(found[1], ()):
            return None
        rest = rest[found.end() :]
    return value or None


def _points(value: str) -> str:
    """Return pairs of numbers, up to the last complete pair."""
    found, at = _run(value, NUMBER)
    return (
        value
        if at == len(value) and len(found) % 2 == 0
        else " ".join(found[: len(found) // 2 * 2])
    )


def _path(value: str) -> str:
    """Return a path, up to its last complete segment (SVG 2, section 9.5.4)."""
    at = whole = 0
    letter = ""
    while at < len(value):
        if value[at].lower() in STEPS:
            letter = value[at].lower()
            at = _past_gap(value, at + 1)
        elif not letter or letter == "z":
            break
        if not whole and letter != "m":
            break
        for number in range(STEPS[letter]):
            flag = letter == "a" and number in FLAGS
            found = (FLAG if flag else NUMBER).match(value, at)
            if not found:
                return value[:whole]
            at = _past_gap(value, found.end())
        whole = at
    return value if whole == len(value) else value[:whole]


def _past_gap(value: str, at: int) -> int:
    gap = GAP.match(value, at)
    assert gap  # at least one of length zero
    return gap.end()


CHECKED: dict[str, Callable[[str], str | None]] = {
    **dict.fromkeys(
        (
            "x", "y", "dx", "dy", "cx", "cy", "x1", "y1", "x2", "y2", "fx", "fy", "refX", "refY", "offset",
            "startOffset", "stroke-dashoffset", "letter-spacing", "transform-origin",
        ),
        _lengths,
    ),
    **dict.fromkeys(
        (
            "width", "height", "r", "rx", "ry", "fr", "markerWidth", "markerHeight", "stroke-width",
            "textLength",
        ),
        _measures,
    ),
    **dict.fromkeys(
        ("opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "stroke-miterlimit"), _number
    ),
    **dict.fromkeys(("transform", "gradientTransform", "patternTransform"), _transform),
    "font-size": _size,
    "rotate": _numbers,
    "viewBox": _box,
    "stroke-dasharray": _dashes,
    "orient": _orientation,
    "preserveAspectRatio": _aspect,
    "points": _points,
    "d": _path,
}  # fmt: skip
