"""Salvage: what can be read of front matter that its format cannot read, one setting at a time.

A value without the quotes that it needs (``title: Knee: the basics``) is read as its author meant it. Text that is
not a setting is left to the article's body if it may belong there, and is a problem otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml
from msgspec import Struct

from handpress.core.files.source import Source
from handpress.core.problems.problem import problem
from handpress.series.frontmatter.blocks import Block, FrontMatter
from handpress.series.frontmatter.json_format import read_json
from handpress.series.frontmatter.toml_format import read_toml
from handpress.series.settings.nodes import (
    Broken,
    Pair,
    name_of,
    pairs_of,
    scalar,
    shifted,
    shown,
)
from handpress.series.settings.yaml_format import read_yaml

FORMATS: dict[str, Callable[[str], yaml.Node | None]] = {
    "yaml": read_yaml,
    "toml": read_toml,
    "json": read_json,
}
KEY = r"""(?P<indent>[ \t]*)(?P<quote>["']?)(?P<key>[A-Za-z_][\w.\-]*)(?P=quote)[ \t]*"""
# A line that begins a setting. YAML requires a space before the value, which authors forget.
SETTING = {
    "yaml": re.compile(KEY + r"[:=](?P<value>(?:[ \t]|$).*|(?![/:]).*)"),
    "toml": re.compile(KEY + r"[=:](?![/:])(?P<value>.*)"),
    "json": re.compile(KEY + r":(?![/:])(?P<value>.*)"),
}
HEADER = re.compile(r"\[+[ \t]*[\w.\-]+[ \t]*\]+[ \t]*(?:#.*)?$")  # of a table in TOML
MORE = re.compile(r"[ \t]|-(?:[ \t]|$)|[\[\]{})]|#|$")  # a line that continues the setting above it
FENCE = re.compile(r"[ \t]*(?:-{2,}|\+{2,}|;{2,}|\.{3}|(?:- ?){3})[ \t]*$")
CLOSERS = ("]", "}", '"', "'")  # the end of a value that was opened and never closed
# A value that can be plain text: it begins no list, mapping or block, but may begin a link or what Liquid fills in.
PLAIN = re.compile(r"(?![\[{|>]|- ).|\{\{|\[[^\]]*\]\(")
CALM = re.compile(r"[^\w-]")  # in a value that may need quotes
OPENING = ("[", "{", "|", ">", '"', "'", "&")


class _Piece(Struct, frozen=True):
    """Lines of a block from `start` on: a setting with the lines that continue it, or a stray line."""

    start: int
    lines: list[str]
    setting: bool
    after_blank: bool

    @property
    def text(self) -> str:
        return "".join(self.lines)


def salvage(source: Source, block: Block, why: Broken | None) -> FrontMatter | None:
    """Read `block` of `source` setting by setting, since its format cannot read it, for the reason `why`.

    Return None if it has no settings at all.
    """
    text = source.text[block.start : block.end]
    if block.format == "json":
        text = text.replace("{", " ", 1)
    found = FrontMatter(block.start, block.body)
    pieces = _pieces(text, block.format, to_end=block.closed)
    if swallowed := block.closed and any(p.after_blank and not p.setting for p in pieces):
        pieces = _pieces(text, block.format, to_end=False)
    if not any(piece.setting for piece in pieces):
        return None
    if swallowed or not block.closed:
        fence = source.text[block.first : block.first + 3]
        closing = "}" if fence.startswith("{") else fence
        at = source.place(block.first, len(fence.rstrip()))
        found.problems.append(problem("unclosed-front-matter", at, fence=closing))
        last = pieces[-1] if pieces else None
        settings = [p for p in pieces if p.setting]
        found.body = block.start + (last.start + len(last.text) if last else 0)
        if last and not last.setting and not FENCE.match(last.text):
            found.body = block.start + last.start
        pieces = settings
    for piece in pieces:
        _read(source, block, piece, found)
    if why and not found.problems:
        place = shown(source, block.start + why.offset)
        reason = f"{why.reason}; each setting is read by itself"
        found.problems.append(problem("broken-front-matter", place, reason=reason))
    return found


def _pieces(text: str, form: str, *, to_end: bool) -> list[_Piece]:
    """Return the settings of a block and its stray lines. Unless `to_end`, the first stray line is the last piece."""
    pieces: list[_Piece] = []
    offset = 0
    blank = False  # whether the line before is blank
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        bare = line.rstrip("\n")
        if _begins(bare, form, pieces, sentences=blank and not to_end):
            pieces.append(_Piece(offset, [line], setting=True, after_blank=blank))
        elif MORE.match(bare) and (to_end or not (blank or bare.startswith("#"))):
            if pieces:
                pieces[-1].lines.append(line)
        elif bare.strip():
            pieces.append(_Piece(offset, [line], setting=False, after_blank=blank))
            if not to_end:
                break
        blank = not bare.strip()
        offset += len(line)
    return pieces


def _begins(line: str, form: str, above: list[_Piece], *, sentences: bool) -> bool:
    """Return whether `line` begins a setting, below the pieces `above`.

    It continues the setting above if it is deeper, unless that one already has its value on its line. With
    `sentences`, a line such as ``Note: keep warm`` is not a setting.
    """
    found = SETTING[form].match(line)
    if not found:
        return form == "toml" and bool(HEADER.match(line))
    if sentences and found["key"] != found["key"].lower():
        return False
    settings = [piece for piece in (above[:1] + above[-1:]) if piece.setting]
    indents = [SETTING[form].match(piece.lines[0]) for piece in settings]
    first, last = (indents[0], indents[-1]) if indents else (None, None)
    if not first or not last or len(found["indent"]) <= len(first["indent"]):
        return True
    value = last["value"].strip()
    complete = bool(value) and not value.startswith(OPENING)
    return complete and found["value"][:1] in ("", " ")


def _read(source: Source, block: Block, piece: _Piece, found: FrontMatter) -> None:
    """Add the setting of `piece` to `found`: as its format reads it, or else as its author may have meant it."""
    at = block.start + piece.start
    if not piece.setting:
        place = source.place(at, len(piece.text.rstrip()))
        reason = f"`{piece.text.strip()}` is not a setting, and is ignored"
        found.lost.append((at, piece.text))
        found.problems.append(problem("broken-front-matter", place, reason=reason))
        return
    text = piece.text.rstrip(", \n") if block.format == "json" else piece.text
    pairs, why = _pairs(text, block.format)
    if why is not None:
        place = shown(source, at + why.offset)
        pairs, example = _as_meant(text, block.format)
        if not pairs:
            found.lost.append((at, piece.text))
            reason = f"{why.reason}; the setting is ignored"
            found.problems.append(problem("broken-front-matter", place, reason=reason))
        for key, value in pairs:
            read = value.value if isinstance(value, yaml.ScalarNode) else _between(text, value)
            facts = {"key": name_of(key), "value": read, "reason": why.reason, "example": example}
            found.problems.append(problem("loose-setting", place, **facts))
    found.pairs += [(shifted(k, piece.start), shifted(v, piece.start)) for k, v in pairs]


def _pairs(text: str, form: str) -> tuple[list[Pair], Broken | None]:
    """Return the keys and values of a setting, or the reason why the format `form` has none there."""
    try:
        node = FORMATS[form](text)
    except Broken as why:
        return [], why
    if node is None or isinstance(node, yaml.MappingNode):
        return list(pairs_of(node)) if node else [], None
    return [], Broken("it has no `key: value` lines", node.start_mark.index)


def _as_meant(text: str, form: str) -> tuple[list[Pair], str]:
    """Return the setting that an author meant, and how to write it: without tabs, with its end, or as plain text."""
    tries = (
        [(text.replace("\t", " "), "indent with spaces instead of tabs")] if "\t" in text else []
    )
    tries += [(text.rstrip(" ,\n") + end, f"close it with `{end}`") for end in CLOSERS]
    if form == "json":
        tries.append(
            (text.partition("\n")[0].rstrip(" ,"), 'write `"key": value`, with commas between')
        )
    for tried, example in tries:
        pairs, why = _pairs(tried, form)
        if why is None:
            return pairs, example
    found = SETTING[form].match(text)
    written = " ".join(text[found.start("value") :].split()) if found else ""
    if not found or not PLAIN.match(written):
        return [], ""
    value = re.sub(r"""^(["'])(.*)\1$""", r"\2", written)
    start = len(text) - len(text[found.start("value") :].lstrip())
    key = scalar(found["key"], found.start("key"), found.end("key"))
    sign = {"yaml": ": ", "toml": " = ", "json": ": "}[form]
    example = f"write `{found['key']}{sign}{_quoted(value) if CALM.search(value) else value}`"
    return [(key, scalar(value, start, len(text.rstrip())))], example


def _quoted(value: str) -> str:
    return f'"{value}"' if '"' not in value else f"'{value}'"


def _between(text: str, node: yaml.Node) -> str:
    return text[node.start_mark.index : node.end_mark.index]
