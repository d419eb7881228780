"""Characters: repeated words, spaces and marks, two kinds of apostrophes, hyphens as dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind

_REPEATED = re.compile(r"(?<![\w'’\-.])([^\W\d_]{2,}) \1(?! \1)(?![\w'’\-])")
# Words that a sentence may have twice in a row.
_TWICE = frozenset(
    "ylang had that is who you in so very bye no yes now really long blah ha night there knock die das der sie nos se muy no".split()  # noqa: SIM905
)
QUOTES = tuple("\"“”‘’'«»„")
_SPACES = re.compile(r"(?<=[^\s.!?:;|])  (?=\S)")
_BEFORE_MARK = re.compile(r"(?<=[\w)”’\"']) +(?=[,;](?:\s|$)|[.!?](?:\s(?![.!?])|$))")
_BRACKET = re.compile(r"[()](?<![:;][()])(?<![:;]-[()])")
_NUMBERED = re.compile(
    r"(?:\A|[\s;,])(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\Z"
)  # before the bracket of `a)`
NEAR = 5  # blocks
_QUOTE = re.compile('["“”]')
_STRAIGHT_QUOTE = re.compile(r'(?<![\d½¼¾])"')
_MANY_MARKS = re.compile(r"[!?]{2,}")
_HYPHEN = re.compile(r"(?<=[^\W\d_][^\s]) - (?=[^\W\d_])|(?<=[^\W\d_]) - (?=[^\W\d_]{2})")
_STRAIGHT, _CURLY = (
    re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"),
    re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])"),
)
_PROSE = ("paragraph", "item", "meaning", "heading")


def repeated(page: Page) -> Iterator[Found]:
    """Yield words that are written twice in a row."""
    for found in page.find(_REPEATED, *_PROSE):
        start, end = found.span()
        word, before = found[1], page.text[max(0, start - 40) : start]
        thrice = before.casefold().endswith(f"{word} ")
        quoted = before[-1:] in QUOTES and page.text[end : end + 2].lstrip(".,!?")[:1] in QUOTES
        if word.islower() and not (word in _TWICE or thrice or quoted):
            yield Found(page.at(start, end), {"written": word})


def spaces(page: Page) -> Iterator[Found]:
    """Yield runs of spaces within a sentence."""
    if "  " not in page.text:
        return
    for found in page.find(_SPACES, "paragraph", "item"):
        start, end = page.offset(found.start()), page.offset(found.end() - 1) + 1
        if not page.source[start:end].strip(" ") and "\n" not in page.source[start:end]:
            yield Found(page.place(start, end))


def before_mark(page: Page) -> Iterator[Found]:
    """Yield spaces before a comma or a full stop."""
    for found in page.find(_BEFORE_MARK, "paragraph", "item"):
        start, end = page.offset(found.start()), page.offset(found.end() - 1) + 1
        mark = page.text[found.end() : found.end() + 1]
        if not page.source[start:end].strip(" ") and page.source[end : end + 1] == mark:
            yield Found(page.place(start, end), {"written": mark})


def many_marks(page: Page) -> Iterator[Found]:
    """Yield exclamation and question marks in a row."""
    for found in page.find(_MANY_MARKS, *_PROSE):
        yield Found(page.at(found.start(), found.end()), {"written": found[0]})


def hyphen(page: Page) -> Iterator[Found]:
    """Yield hyphens between two spaces, in place of a dash."""
    if " - " not in page.text:
        return
    for found in page.find(_HYPHEN, "paragraph", "item"):
        at = page.offset(found.start() + 1)
        yield Found(page.place(at, at + 1))


def unclosed_bracket(page: Page) -> Iterator[Found]:
    """Yield round brackets without their other half, in paragraphs and items with an odd one."""
    for block in page.blocks:
        if block.kind not in ("paragraph", "item") or not (
            "(" in (text := page.words_of(block)) or ")" in text
        ):
            continue
        open_: list[int] = []
        for found in _BRACKET.finditer(text):
            if found[0] == "(":
                open_.append(found.start())
            elif open_:
                open_.pop()
            elif not _NUMBERED.search(text, 0, found.start()):
                open_ = [found.start()]
                break
        if open_:
            at = block.first + open_[-1]
            yield Found(page.at(at, at + 1), {"written": page.text[at]})


def unclosed_quote(page: Page) -> Iterator[Found]:
    """Yield quotation marks without their other half, unless a quotation of several paragraphs has it near by."""
    if not _QUOTE.search(page.text):
        return
    odd = {
        n: at for n, b in enumerate(page.blocks) if (at := _odd_quote(page.words_of(b))) is not None
    }
    for number, at in odd.items():
        near = [n for n in range(number - NEAR, number + NEAR + 1) if n != number and n in odd]
        after = page.words_of(page.blocks[number + 1])[:1] if number + 1 < len(page.blocks) else ""
        if not near and after not in tuple('“"') and page.blocks[number].kind in _PROSE:
            start = page.blocks[number].first + at
            yield Found(page.at(start, start + 1), {"written": page.text[start]})


def _odd_quote(text: str) -> int | None:
    """Return the offset of the last mark in a text with an odd one."""
    straight = [m.start() for m in _STRAIGHT_QUOTE.finditer(text)]
    if len(straight) % 2:
        return straight[-1]
    curly = [m.start() for m in re.finditer("[“”]", text)]
    return curly[-1] if "„" not in text and text.count("“") != text.count("”") else None


def apostrophes(page: Page) -> Iterator[Found]:
    """Yield the first apostrophe of the rarer kind in an article with both."""
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
        code="unclosed-bracket",
        kind=Kind(
            "warning",
            "bracket without its other half",
            "the paragraph has no other half of `{written}`",
            "add it, or delete this one",
        ),
        reason="Readers search for the end of the aside, and a link may be broken.",
        source="The Chicago Manual of Style, 17th edition, 6.95",
        bad=Example("# Knees\n\nBend the knee ⟦(⟧the left one.\n"),
        good=Example(
            "# Knees\n\nBend the knee (the left one). Or: a) sit, b) lie :) and 1) rest.\n"
        ),
        find=unclosed_bracket,
    ),
    Rule(
        code="unclosed-quote",
        kind=Kind(
            "advice",
            "quotation mark without its other half",
            "the paragraph has an odd number of them",
            "add the other half, or delete this one",
        ),
        reason="Readers cannot tell where somebody else's words end.",
        source="The Chicago Manual of Style, 17th edition, 13.30",
        bad=Example('# Knees\n\nShe said: ⟦"⟧Rest.\n'),
        good=Example(
            '# Knees\n\n"Rest," she said, and put the 5" brace on.\n\n“First.\n\n“Second.”\n'
        ),
        find=unclosed_quote,
        on=False,  # of 16 in real articles 10 were right: quotations of several paragraphs are many
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
