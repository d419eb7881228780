"""Rules by character: try only those rules of blocks that can begin with the first character of a line.

Most lines begin with a letter, and most rules with a sign. So a line of text is tried by six rules instead of thirty.
"""

from __future__ import annotations

from collections.abc import Mapping

from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock


class ByCharacter(Ruler[RuleFuncBlockType]):
    """A ruler whose chains have one rule: the first that reads the line, among those for its first character.

    `beginnings` are the characters of each rule, by its name. A rule that is not named may begin with any.
    """

    def __init__(self, rules: Ruler[RuleFuncBlockType], beginnings: Mapping[str, str]) -> None:
        super().__init__()
        self.__rules__ = rules.__rules__
        names = {rule.fn: rule.name for rule in rules.__rules__}
        self._chains: dict[str, list[RuleFuncBlockType]] = {}
        for chain in {"", *(name for rule in rules.__rules__ for name in rule.alt)}:
            found = [(rule, beginnings.get(names[rule])) for rule in rules.getRules(chain)]
            self._chains[chain] = [_first_of(found)]

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803
        return self._chains.get(chainName, [])


def _first_of(rules: list[tuple[RuleFuncBlockType, str | None]]) -> RuleFuncBlockType:
    """Return a rule that tries `rules`, each with the characters with which it can begin, in their order."""
    others = tuple(rule for rule, begins in rules if begins is None)
    by_character = {
        character: tuple(rule for rule, begins in rules if begins is None or character in begins)
        for character in {c for _, begins in rules for c in begins or ""}
    }

    def first(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        for rule in by_character.get(state.src[at : at + 1], others):
            if rule(state, start, end, silent):
                return True
        return False

    return first
