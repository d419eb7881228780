"""Reading front matter: from the text of a Markdown file to settings, the start of its body, and problems."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

import yaml
from msgspec.structs import replace

from handpress.core.files.file_names import is_index
from handpress.core.files.source import Source
from handpress.core.problems.problem import Place, Problem, problem
from handpress.series.frontmatter.blocks import Block, FrontMatter, find_block
from handpress.series.frontmatter.drafts import WORD, Mark, marks, stray_mark
from handpress.series.frontmatter.headers import find_headers
from handpress.series.frontmatter.salvage import FORMATS, salvage
from handpress.series.frontmatter.synonyms import READ, ROWS, understood
from handpress.series.settings.nodes import Broken, name_of, pairs_of, plain
from handpress.series.settings.schema import ARTICLE
from handpress.series.settings.values import Reader
from handpress.series.settings.yaml_reader import (
    Entry,
    Settings,
    own_entries,
    place_of,
    read_entries,
)

ALIKE = 0.8  # how similar a misspelt key must be to the one that its author meant
TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
MOST = 8  # keys in one message


def read_front_matter(
    source: Source, keys: Mapping[str, Reader], owner: str
) -> tuple[Settings, int, list[Problem]]:
    """Return the settings of a Markdown file by the table `keys`, the start of its body, and the problems."""
    found = _found(source) or FrontMatter(0, 0)
    problems = list(found.problems)
    if keys is not ARTICLE:
        entries, wrong = own_entries(source, found.start, found.pairs, keys, owner)
        settings, unread = read_entries(source, found.start, entries, keys)
        return settings, found.body, [*problems, *wrong, *unread]
    entries, unknown = understood(found.pairs)
    problems += _repeated(source, found)
    problems += _unknown(source, found.start, unknown)
    entries, unfilled = _filled(source, found.start, entries)
    problems += unfilled
    settings, unread = read_entries(source, found.start, entries, keys)
    problems += unread
    if mark := _mark(source, found):
        place = source.place(mark.start, mark.end - mark.start)
        # Zola shows no page for an index with `render = false`: without a text, nothing is kept back.
        opens = is_index(source.path) and not source.text[found.body :].strip()
        if not (mark.ours or opens):
            facts = {"written": mark.written, "reason": mark.reason}
            problems.append(problem("kept-back", place, **facts))
        values = {**settings.values, "draft": True}
        settings = Settings(source, values, {**settings.places, "draft": (place,)})
    return settings, found.body, problems


def _found(source: Source) -> FrontMatter | None:
    """Return the front matter of a text, or None if its first lines are not settings."""
    block = find_block(source.text)
    if block is None:
        return find_headers(source.text)
    found = _read(source, block)
    if not found:
        return None
    names = [name_of(key) for key, _ in found.pairs]
    known = any(plain(name) in ROWS.keys() | READ for name in names)
    above = source.text[: block.first].strip("\ufeff\u200b")
    if not block.closed or above:
        # Elsewhere than in the first line, or without an end, it may be a rule above a text.
        small = block.closed and all(name == name.lower() and " " not in name for name in names)
        return found if known or small else None
    return found


def _read(source: Source, block: Block) -> FrontMatter | None:
    """Read `block` by its format, or what can be read of it."""
    if not block.closed:
        return salvage(source, block, None)
    text = source.text[block.start : block.end]
    why = None
    # A fence may be another program's: there is TOML between lines `---`, and YAML in braces.
    for form in dict.fromkeys((block.format, *FORMATS)):
        try:
            node = FORMATS[form](text)
        except Broken as broken:
            why = why or broken
            continue
        if node is None:
            return FrontMatter(block.start, block.body)
        if isinstance(node, yaml.MappingNode):
            return FrontMatter(block.start, block.body, list(pairs_of(node)))
        why = why or Broken("it has no `key: value` lines", node.start_mark.index)
    return salvage(source, block, why)


def _filled(source: Source, start: int, entries: list[Entry]) -> tuple[list[Entry], list[Problem]]:
    """Return the settings without those that another program fills in, and a problem for each of these."""
    filled, problems = [], []
    for entry in entries:
        first, last = entry.value.start_mark.index, entry.value.end_mark.index
        written = source.text[start + first : start + last]
        if not TEMPLATE.search(written):
            filled.append(entry)
            continue
        place = place_of(source, start, entry.value)
        reason = f"`{written}` is filled in by another program"
        problems.append(
            problem("wrong-value", place, reason=reason, example="write the value itself")
        )
    return filled, problems


def _mark(source: Source, found: FrontMatter) -> Mark | None:
    """Return the mark of a draft in the front matter of `source`: our own, else a sure one, else a doubtful one."""
    every = sorted(marks(found.pairs), key=lambda mark: (not mark.ours, not mark.sure, mark.start))
    for mark in every:
        start, end = mark.start + found.start, mark.end + found.start
        return replace(mark, start=start, end=end)
    for at, text in found.lost:
        if word := WORD.search(text):
            return Mark(at + word.start(), at + word.end(), word[0], sure=False)
    return stray_mark(source.text, found.body)


def _repeated(source: Source, found: FrontMatter) -> Iterator[Problem]:
    seen: set[str] = set()
    for key, _ in found.pairs:
        if name_of(key) in seen:
            yield problem("duplicate-key", place_of(source, found.start, key), key=name_of(key))
        seen.add(name_of(key))


def _unknown(source: Source, start: int, keys: Sequence[yaml.Node]) -> Iterator[Problem]:
    """Yield a problem for each misspelt key, and one for all keys of other programs."""
    foreign: dict[str, Place] = {}
    for key in keys:
        name, place = name_of(key), place_of(source, start, key)
        if meant := difflib.get_close_matches(name.casefold(), ARTICLE, n=1, cutoff=ALIKE):
            facts = {
                "key": f"key `{name}`",
                "reason": "it is ignored: an article has no such key",
                "example": "",
            }
            yield problem("unknown-key", place, meant=meant[0], **facts)
        else:
            foreign.setdefault(name, place)
    if foreign:
        names = "`, `".join(list(foreign)[:MOST])
        several = len(foreign) > 1
        reason = "they have no meaning here" if several else "it has no meaning here"
        facts = {
            "key": f"{'keys' if several else 'key'} `{names}`",
            "reason": f"{reason}, and {'are' if several else 'is'} ignored",
            "example": "delete it, or keep it for the program that uses it",
        }
        yield problem("unknown-key", min(foreign.values()), **facts)
