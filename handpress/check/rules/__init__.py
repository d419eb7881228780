"""The table of rules: one row for each group of files, one `Rule` for each code.

In: nothing. Out: `RULES`, by code.
Here belong the rules on sources, a file for each subject; a new rule is a `Rule` in the `RULES` of a file.
Not here: how rules are run, which is in `check.run`.
"""

from __future__ import annotations

from collections.abc import Mapping

from handpress.check.rule import Rule
from handpress.check.rules import comments
from handpress.check.rules.health import boxes, dates, parts, people
from handpress.check.rules.health import words as health_words
from handpress.check.rules.language import readability, sentences, voice, words
from handpress.check.rules.structure import (
    abbreviations,
    characters,
    headings,
    links,
    lists,
    pasted,
    pictures,
)

_STRUCTURE = (
    *headings.RULES,
    *lists.RULES,
    *pictures.RULES,
    *links.RULES,
    *abbreviations.RULES,
    *characters.RULES,
    *pasted.RULES,
)
_HEALTH = (
    *dates.RULES,
    *people.RULES,
    *parts.RULES,
    *boxes.RULES,
    *health_words.RULES,
)
_LANGUAGE = (*sentences.RULES, *words.RULES, *voice.RULES, *readability.RULES)
_COMMENTS = comments.rules_about([rule.code for rule in (*_STRUCTURE, *_HEALTH, *_LANGUAGE)])

# In the order of the documentation.
GROUPS: Mapping[str, tuple[Rule, ...]] = {
    "structure": (*_STRUCTURE, *_COMMENTS),
    "health": _HEALTH,
    "language": _LANGUAGE,
}
RULES: Mapping[str, Rule] = {rule.code: rule for rules in GROUPS.values() for rule in rules}
