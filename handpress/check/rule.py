"""Rules: a code with its wording, its reason, its source, two examples and the function that finds its places."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from handpress.check.page import Page
from handpress.core.problems.catalogue import Kind
from handpress.core.problems.problem import Place, Problem


class Found(NamedTuple):
    """One place that breaks a rule, the facts that fill the braces of the wording, and a replacement if one is known."""

    place: Place
    facts: Mapping[str, object] = {}
    meant: str | None = None


class Example(Struct, frozen=True):
    """An article that shows a rule, with the settings of its series and the other files that it needs.

    In a bad example, each place that the rule finds is between `⟦` and `⟧`. The tests run both examples.
    """

    article: str
    series: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


class Rule(Struct, frozen=True, kw_only=True):
    """One row of the table: :mod:`.rules` has all.

    `find` looks at one article, `across` at all articles of a series, and `among` at the problems that both found in an
    article, or could have found; a rule has one of the three. `limits` are numbers that a series may set by their names,
    below `check`.
    """

    code: str
    kind: Kind
    reason: str  # for the reader
    source: str  # a guideline or a standard
    bad: Example
    good: Example
    find: Callable[[Page], Iterator[Found]] | None = None
    across: Callable[[Sequence[Page]], Iterator[Found]] | None = None
    among: Callable[[Page, Sequence[Problem], Container[str]], Iterator[Found]] | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()  # of articles; empty for all
    on: bool = True  # if not, only for a series that sets its level
    only_for: str = ""  # the kind of series, "health"; "" for all
