"""A rule of the preflight: a code, its severity and wording, and the function that finds its places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from handpress.core.problems.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes
from handpress.press.result import Spot


class Found(NamedTuple):
    """One place that breaks a rule: the block, and the facts that fill the braces of the wording.

    `shorten` lists paragraphs, each with the number of words to cut so that it loses a line.
    """

    spot: Spot
    facts: Mapping[str, str]
    shorten: tuple[tuple[Spot, int], ...] = ()


class Rule(Struct, frozen=True, kw_only=True):
    """One row of the table.

    The source map adds `{artefact}` to the facts of a wording, and `{advice}` if its help has that brace.
    """

    code: str
    kind: Kind
    find: Callable[[PageBoxes, RenderOptions], Iterator[Found]]
