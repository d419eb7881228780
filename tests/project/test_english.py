"""House style: no docstring, comment, message or document has one of the habits of HABITS.

To clear a new habit, add a row with a bad and a good example: the failures list its places.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cached_property

import pytest
from msgspec import Struct

from handpress.build.kinds import ALL_KINDS
from handpress.check.rules import RULES
from helpers.workspaces import ROOT


class Habit(Struct, frozen=True, dict=True):
    """A pattern of words to avoid, with its reason, its replacement and an example of each."""

    words: str
    reason: str
    instead: str
    bad: str
    good: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.words.replace(" ", r"\s"))


THING = (
    r"(?:articles?|builds?|code|docstrings?|files?|headings?|lines?|manifests?|messages?|metadata|pages?|recipes?|"
    r"series|stylesheets?|styles?|tags?|templates?|texts?|titles?)"
)
HABITS = (
    Habit(
        r"(?:\A|(?<=\n\n)|(?<=[.;:] ))(?:What|Who|Whoever|Where)\b(?![^.]*\?)",
        "the thing comes first",
        "a noun",
        "What is common to all problems of one code.",
        "The severity and wording of one code.",
    ),
    Habit(
        rf"\b{THING} (?:says?|said|tells?|told|speaks?|knows?)\b",
        "things do not speak",
        "contain, record, show, give",
        "The message says what is wrong.",
        "The message gives the reason.",
    ),
    Habit(
        r"\b(?:is|are|was|were|be|been) (?:said|told)\b",
        "nobody speaks",
        "report, show, or the fact itself",
        "The damage is told once.",
        "The damage is reported once.",
    ),
    Habit(
        r"\b(?:speaks?|spoken|spoke) of\b",
        "things do not speak",
        "is about, refer to, belong to",
        "Put it below the block that it speaks of.",
        "Put it below its block.",
    ),
    Habit(
        r"\b(?:stands|stood)\b|\b(?:may|must|can|cannot|could|to|that|which|they|not) stand\b(?! for| out)",
        "text does not stand",
        "is, appears, is printed",
        "The summary stands on the web page.",
        "The summary appears on the web page.",
    ),
    Habit(
        r"\b(?:lies|lay)\b(?! out)|\b(?:may|must|can|could|to|that|which|they|not) lie\b",
        "files do not lie",
        "is",
        "The licence lies beside it.",
        "The licence is in the same folder.",
    ),
    Habit(
        r"(?i)\bmend(?:s|ed|ing)?\b",
        "archaic",
        "fix",
        "Mend the path.",
        "Fix the path.",
    ),
    Habit(
        r"\b(?:is|are|was|were) to be\b",
        "an order in disguise",
        "must, or the plain verb",
        "The row that is to be made.",
        "The row to make.",
    ),
    Habit(
        r"\b(?:of|by|from|in|with|at|on|to|for) (?:whom|whose)\b|\b(?:none|all|some|one|each|most|both|part) of which\b",
        "a clause hangs on a clause",
        "two sentences",
        "Pieces, none of which is tagged.",
        "Pieces without tags.",
    ),
    Habit(
        r"(?i)\bbesides\b",
        "archaic",
        "also, and",
        "Besides that, it has tables.",
        "It also has tables.",
    ),
    Habit(
        r"\bfor want of\b",
        "archaic",
        "without, since there is no",
        "Left out for want of a font.",
        "Left out without a font.",
    ),
    Habit(
        r"\bso (?:does|do|did|is|are|has|have)\b(?= (?:a|an|the|its|all|each|every)\b)",
        "an inverted clause",
        "as does, also",
        "Tables are set in rows; so does a dosage.",
        "Tables and dosages are set in rows.",
    ),
    Habit(
        r"\balike\b",
        "archaic",
        "the same, equally, both",
        "Every medium shows it alike.",
        "It looks the same in every medium.",
    ),
    Habit(
        r"(?<![Tt]here )\b(?:is|are|was|were) no (?!longer\b|more\b|less\b|other\b|wider\b)",
        "a negated noun",
        "is not a",
        "A pipe is no file.",
        "A pipe is not a file.",
    ),
    Habit(
        r"(?i)\banew\b|\boverleaf\b|\bwhence\b|\bwherein\b|\bthereof\b|\bhitherto\b|\blest\b",
        "archaic",
        "again; on the next page; from where",
        "It is written anew.",
        "It is written again.",
    ),
    Habit(
        r"\bleads? nowhere\b",
        "an image",
        "unknown target",
        "The link leads nowhere.",
        "The link's target is unknown.",
    ),
    Habit(
        r"\bwants\b|\bwant (?:a|an|of|the)\b",
        "things do not want",
        "require, need",
        "PDF/A wants a profile in the file.",
        "PDF/A requires a profile in the file.",
    ),
    Habit(
        r"\bwithout a word\b|\bin silence\b",
        "an image",
        "silently, without a warning",
        "The head would be lost without a word.",
        "The head would be lost silently.",
    ),
    Habit(
        r"\bthat there (?:is|are)\b|\bfor (?:it|they) (?:is|are|has|have)\b|\bbut for\b",
        "archaic",
        "existing; since; except",
        "Nothing but for the fonts.",
        "Nothing except the fonts.",
    ),
    Habit(
        r"\bgoes (?:on|along)\b",
        "an image",
        "continues, is included",
        "A table goes on on the next page.",
        "A table continues on the next page.",
    ),
    Habit(
        r"\bround (?:it|a|the)\b",
        "a different word in American English",
        "around",
        "The link round the box.",
        "The link around the box.",
    ),
)

DOCUMENTS = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "layouts/words/en.yaml",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
)
CODE = tuple(
    path.relative_to(ROOT).as_posix()
    for folder in ("handpress", "tests", "benchmarks", "tools")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "node_modules" not in path.parts
)


KINDS = {**ALL_KINDS, **{code: rule.kind for code, rule in RULES.items()}}


def prose(source: str) -> Iterator[tuple[int, str]]:
    """Yield each docstring and each block of comments of a module, with its first line."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, kinds) and (docstring := ast.get_docstring(node)):
            yield node.body[0].lineno, docstring
    block: list[str] = []
    last = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            line = token.start[0]
            if block and line > last + 1:
                yield last - len(block) + 1, "\n".join(block)
                block = []
            block, last = [*block, token.string.lstrip("#: ")], line
    if block:
        yield last - len(block) + 1, "\n".join(block)


def without_code(text: str) -> str:
    """Blank out fenced and inline code, which is quoted, not written."""
    return re.sub(
        r"```.*?```|``[^`]+``|`[^`\n]+`", lambda m: re.sub(r"[^\n]", "`", m[0]), text, flags=re.S
    )


def habits(line: int, text: str) -> Iterator[str]:
    """Yield what to change in `text`, which begins at `line`."""
    text = without_code(text)
    for habit in HABITS:
        for found in habit.pattern.finditer(text):
            at = line + text.count("\n", 0, found.start())
            yield f"{at}: `{' '.join(found[0].split())}`: {habit.reason}; use: {habit.instead}"


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.bad)
def test_each_habit_matches_only_its_bad_example(habit: Habit) -> None:
    assert habit.pattern.search(habit.bad)
    assert not list(habits(1, habit.good))


@pytest.mark.parametrize("name", CODE)
def test_docstrings_and_comments_are_plain_english(name: str) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")
    assert [found for line, text in prose(source) for found in habits(line, text)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_plain_english(name: str) -> None:
    assert list(habits(1, (ROOT / name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("code", KINDS)
def test_messages_are_plain_english(code: str) -> None:
    kind = KINDS[code]
    assert [found for text in (kind.what, kind.why, kind.help) for found in habits(1, text)] == []


@pytest.mark.parametrize("code", RULES)
def test_reasons_of_rules_are_plain_english(code: str) -> None:
    assert list(habits(1, RULES[code].reason)) == []


@pytest.mark.parametrize("code", KINDS)
def test_a_message_has_its_form(code: str) -> None:
    """A noun and its state, without a full stop; then a fix that begins with what to do."""
    kind = KINDS[code]
    assert len(kind.what.split()) <= 10
    assert all(len(text.split()) <= 25 for text in (kind.why, kind.help))
    assert not any(text.endswith(".") for text in (kind.what, kind.why, kind.help))
    assert not re.match(r"(?i)(?:the|a|an|it|this|that|there|nothing|no|you|please)\b", kind.help)
