"""Reasons: why something cannot be done, in English, for pages that say it in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping


class Reason(str):
    """A reason in English. `pattern` is its text with a name in braces for each of its `facts`, which may be reasons too."""

    pattern: str
    facts: Mapping[str, object]

    def __new__(cls, pattern: str, **facts: object) -> Reason:
        made = super().__new__(cls, pattern.format(**facts) if facts else pattern)
        made.pattern, made.facts = pattern, facts
        return made

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.pattern, dict(self.facts))


def _again(pattern: str, facts: Mapping[str, object]) -> Reason:
    return Reason(pattern, **facts)


class Refused(Exception):
    """Raised where something cannot be done, with the :class:`Reason`."""

    def __init__(self, pattern: str, **facts: object) -> None:
        self.reason = pattern if isinstance(pattern, Reason) else Reason(pattern, **facts)
        super().__init__(self.reason)


def translated(reason: str, patterns: Mapping[str, str]) -> str:
    """Return a reason in other words: `patterns` has those of English patterns. One without stays as it is."""
    if not isinstance(reason, Reason) or reason.pattern not in patterns:
        return reason
    said = {
        name: translated(fact, patterns) if isinstance(fact, str) else fact
        for name, fact in reason.facts.items()
    }
    return patterns[reason.pattern].format(**said)
