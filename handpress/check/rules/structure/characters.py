"""Characters: repeated words, spaces and marks, two kinds of apostrophes, hyphens as dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.catalogue import Kind

_REPEATED = re.compile(r"(?<![\w'’\-.])([^\W\d_]{2,}) \1(?! \1)(?![\w'’\-])")
# Words that a sentence may have twice in a row.
_TWICE = frozenset(
    "had that is who you in so very bye no yes now really long blah ha night there knock die das der sie nos se muy no".split()  # noqa: SIM905
)
_SPACES = re.compile(r"(?<=[^\s.!?:;|])  +(?=\S)")
_BEFORE_MARK = re.compile(r"(?<=[\w)”’\"']) +(?=[,;](?:\s|$)|[.!?](?:\s|$))")
_MANY_MARKS = re.compile(r"[!?]{2,}")
_HYPHEN = re.compile(r"(?<=[^\W\d_][^\s]) - (?=[^\W\d_])|(?<=[^\W\d_]) - (?=[^\W\d_]{2})")
_STRAIGHT, _CURLY = (
    re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"),
    re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])"),
)
_PROSE = ("paragraph", "item", "meaning", "heading")


def repeated(page: Page) -> Iterator[Found]:
    """Return words that are written twice in a row."""
    for found in page.find(_REPEATED, *_PROSE):
        thrice = page.text[: found.start()].endswith(f"{found[1]} ")
        if found[1].casefold() not in _TWICE and found[1].islower() and not thrice:
            yield Found(page.at(found.start(), found.end()), {"written": found[1]})


def spaces(page: Page) -> Iterator[Found]:
    """Return runs of spaces within a sentence."""
    if "  " not in page.text:
        return
    for found in page.find(_SPACES, "paragraph", "item"):
        start, end = page.offset(found.start()), page.offset(found.end() - 1) + 1
        if not page.source[start:end].strip(" ") and "\n" not in page.source[start:end]:
            yield Found(page.place(start, end))


def before_mark(page: Page) -> Iterator[Found]:
    """Return spaces before a comma or a full stop."""
    for found in page.find(_BEFORE_MARK, "paragraph", "item"):
        start, end = page.offset(found.start()), page.offset(found.end() - 1) + 1
        mark = page.text[found.end() : found.end() + 1]
        if not page.source[start:end].strip(" "):
            yield Found(page.place(start, end), {"written": mark})


def many_marks(page: Page) -> Iterator[Found]:
    """Return exclamation and question marks in a row."""
    for found in page.find(_MANY_MARKS, *_PROSE):
        yield Found(page.at(found.start(), found.end()), {"written": found[0]})


def hyphen(page: Page) -> Iterator[Found]:
    """Return hyphens between two spaces, in place of a dash."""
    if " - " not in page.text:
        return
    for found in page.find(_HYPHEN, "paragraph", "item"):
        at = page.offset(found.start() + 1)
        yield Found(page.place(at, at + 1))


def apostrophes(page: Page) -> Iterator[Found]:
    """Return the first apostrophe of the rarer kind in an article with both."""
    if "'" not in page.text or "’" not in page.text:
        return
    straight, curly = list(_STRAIGHT.finditer(page.text)), list(_CURLY.finditer(page.text))
    if straight and curly:
        rare = min(straight, curly, key=len)
        found = rare[0]
        facts = {"written": found[0], "amount": len(rare)}
        yield Found(page.at(found.start(), found.end()), facts)


RULES = (
    Rule(
        code="repeated-word",
        kind=Kind(
            "warning", "repeated word", "`{written}` is written twice", "delete one of the two"
        ),
        reason="Readers stumble over it, and its author no longer sees it.",
        source="proselint, lexical illusions",
        bad=Example("# Knees\n\nBend ⟦the the⟧ knee.\n"),
        good=Example(
            "# Knees\n\nThe pain that you had had that day is gone. Bend the knee, the left one.\n"
        ),
        find=repeated,
    ),
    Rule(
        code="double-space",
        kind=Kind(
            "advice", "two spaces within a sentence", "one of them is left over", "delete one"
        ),
        reason="It is often the trace of a word that was deleted.",
        source="The Chicago Manual of Style, 17th edition, 6.7",
        bad=Example("# Knees\n\nBend the⟦  ⟧knee.\n"),
        good=Example("# Knees\n\nBend the knee.  Then rest.\n"),
        find=spaces,
    ),
    Rule(
        code="space-before-mark",
        kind=Kind(
            "warning",
            "space before `{written}`",
            "the mark belongs to the word before it",
            "delete the space",
        ),
        reason="The mark may begin the next line.",
        source="The Chicago Manual of Style, 17th edition, chapter 6",
        bad=Example("# Knees\n\nBend the knee⟦ ⟧, then rest.\n"),
        good=Example("# Knees\n\nBend the knee, then rest. Type .bashrc or : in a shell.\n"),
        find=before_mark,
        languages=frozenset({"en", "de", "es", "nl", "it", "pt", "sv", "da", "no", "nb", "pl"}),
    ),
    Rule(
        code="many-marks",
        kind=Kind(
            "advice", "`{written}` in a row", "one mark is enough, and sounds calmer", "write one"
        ),
        reason="A text about pain or money sounds alarming.",
        source="GOV.UK Style guide, Exclamation marks",
        bad=Example("# Knees\n\nStop if it hurts⟦!!⟧\n"),
        good=Example("# Knees\n\nStop if it hurts!\n"),
        find=many_marks,
    ),
    Rule(
        code="hyphen-as-dash",
        kind=Kind(
            "advice",
            "hyphen in place of a dash",
            "it looks like a minus, and is read out as one",
            "write `--` for a dash, or make two sentences",
        ),
        reason="Plain texts use few dashes. A full stop or a comma is often clearer.",
        source="The Chicago Manual of Style, 17th edition, 6.85",
        bad=Example("# Knees\n\nRest the knee ⟦-⟧ then bend it.\n"),
        good=Example(
            "# Knees\n\nRest the knee -- then bend it. A well-kept knee takes 5 - 3 days.\n"
        ),
        find=hyphen,
    ),
    Rule(
        code="mixed-apostrophes",
        kind=Kind(
            "advice",
            "two kinds of apostrophes",
            "the article has both, and `{written}` is the rarer one",
            "write all of them as `'`, which is printed as an apostrophe",
        ),
        reason="Mixed signs show that text was pasted, and a search for a word finds half of its places.",
        source="the rules of `check`",
        bad=Example("# Knees\n\nIt isn't stiff. It won't hurt. It doesn⟦’⟧t swell.\n"),
        good=Example("# Knees\n\nIt isn't stiff. It won't hurt.\n"),
        find=apostrophes,
    ),
)
