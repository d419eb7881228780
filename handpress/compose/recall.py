"""Recalling: facts that earlier builds found about an article, for one medium.

A build asks for facts about every article, and needs the text only of articles that it makes again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from handpress.compose.document import Address
from handpress.core.problems.problem import Problem
from handpress.series.article import Article

Answer = TypeVar("Answer")


class Recall(Protocol):
    """A function that returns an answer about an article from memory, or by `make`. It depends on `asked` too."""

    def __call__(
        self,
        kind: type[Answer],
        article: Article,
        asked: Sequence[str],
        make: Callable[[], Answer],
        /,
    ) -> Answer:
        """Return the answer."""


def find_out(
    _kind: Any, _article: Article, _asked: Sequence[str], make: Callable[[], Answer]
) -> Answer:
    """Return an answer without a memory."""
    return make()


class Facts(Struct, frozen=True):
    """An article as a medium shows it: its headings of level 2, addresses, the pages that it refers to, and problems.

    Its text is not remembered.
    """

    headings: tuple[tuple[str, str], ...]
    addresses: tuple[Address, ...]
    pages: tuple[str, ...]
    problems: tuple[Problem, ...]
