"""Recent answers: caches that drop their oldest entries, for a process that outlives a change of its sources."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from handpress.core.files.disk import Asset

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(dict[Key, Value]):
    """A dict of at most `most` values: the one that was put first goes first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def __setitem__(self, key: Key, value: Value) -> None:
        super().__setitem__(key, value)
        if len(self) > self.most:
            del self[next(iter(self))]


def by_digest(most: int) -> Callable[[Callable[[Asset], Value]], Callable[[Asset], Value]]:
    """Let a function remember its answers by the digest of an asset.

    `functools.lru_cache` would keep the assets as its keys, and some of them hold a picture's bytes.
    """

    def remembering(find: Callable[[Asset], Value]) -> Callable[[Asset], Value]:
        answers: Recent[str, tuple[Value]] = Recent(most)

        @wraps(find)
        def found(asset: Asset) -> Value:
            known = answers.get(asset.digest)
            if known is None:
                known = answers[asset.digest] = (find(asset),)
            return known[0]

        return found

    return remembering
