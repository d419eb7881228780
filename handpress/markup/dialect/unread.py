"""Unread mark-up: what other programs would replace, and Handpress prints as it is written, with a warning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown.util import AtomicString
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from msgspec import Struct

from handpress.markup.dialect.formulas import set_formula
from handpress.markup.dialect.lines import indented_as_code, last_of, line_at

TEMPLATE = "template code"
MATHS = "a TeX formula"
TEX = "a TeX command"
CITATION = "a citation key"
ROLE = "the text of a role"
EXTENSION = "an extension of kramdown"
ATTRIBUTES = "a line of attributes"
DIV = "a fenced div"
DIRECTIVE = "a directive"
MODULE = "program code"
EDIT = "an edit"
REFERENCE = "a cross-reference"
INCLUDE = "a command to include a file"
DRAWN = "a drawn table"
EMOJI = "the name of an emoji"
COMPONENT = "a component"
LESS_THAN = "\ufdd0"  # see `markup.markdown`
_COMMANDS = (
    "newpage|pagebreak|clearpage|cleardoublepage|tableofcontents|listoffigures|maketitle|appendix|bigskip|medskip"
    "|smallskip|noindent|hspace|vspace|hfill|vfill|centering|textbf|textit|emph|underline|footnote|cite[pt]?|ref|eqref"
    "|label|index|includegraphics|begin|end|chapter|section|subsection|printindex|frontmatter|mainmatter|backmatter"
)
_SIGN = re.compile(r"\\[a-zA-Z]+|[\^_={}<>]|\w[ ]?[+*/−-][ ]?\w")
NEAR = 60  # characters before mark-up that are kept, to find where it was written
# By its first character: what is found within a text, tried in this order.
PATTERNS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "{": (
        (MATHS, re.compile(r"\{\$\$\}((?:(?!\{/?\$\$\}).){1,4000})\{/\$\$\}", re.S)),
        (TEMPLATE, re.compile(r"\{\{.{0,600}?\}\}|\{%.{0,600}?%\}|\{#[^}]{0,600}?#\}", re.S)),
        (TEMPLATE, re.compile(r"\{(?:(?:#(?:if|each|await)\s|:(?:else|then)\b|@html\s)[^{}\n]*|/(?:if|each|await))\}")),
        (EDIT, re.compile(r"\{(?:\+\+.{1,600}?\+\+|--.{1,600}?--|~~.{1,600}?~~|>>.{1,600}?<<)\}", re.S)),
        (EXTENSION, re.compile(r"\{::[a-z]\w*[^}\n]*\}|\{:/[a-z]*\}")),
        (ROLE, re.compile(r"\{[a-z][\w:-]*\}`[^`\n]+`")),
        (ATTRIBUTES, re.compile(r"\{[a-z][\w-]*:[ ][^{}\n]*\}|\{/?(?:blurb|aside|quiz|exercise|pagebreak)[^{}\n]*\}")),
    ),
    # Of Roam, nine letters and figures, or of Logseq: what is in its place cannot be known from one file.
    "(": (
        (REFERENCE, re.compile(r"\(\((?:(?=[\w-]*(?:[\d_-]|[a-z][A-Z]))[\w-]{9}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)\)")),
    ),
    "$": (
        (MATHS, re.compile(r"\$\$((?:[^$]|\$(?!\$)){1,4000})\$\$")),
        (MATHS, re.compile(r"\$(?![\s$])((?:\\.|[^$\\\n]|\n(?!\n)){1,400})(?<!\s)\$(?![\d$])")),
    ),
    "\\": (
        (REFERENCE, re.compile(r"\\@ref\([\w:.-]+\)")),
        (MATHS, re.compile(r"\\\(((?:(?!\\[()]).){1,400})\\\)", re.S)),
        (MATHS, re.compile(r"\\\[((?:(?!\\[\[\]]).){1,4000})\\\](?!\()", re.S)),
        (TEX, re.compile(rf"\\(?:{_COMMANDS})\b(?:\[[^\]\n]*\])?(?:\{{[^{{}}\n]*\}})*")),
    ),
    "[": (
        (INCLUDE, re.compile(r"\[!include\s*\[[^\]\n]*\]\([^)\n]*\)\]", re.I)),
        (CITATION, re.compile(r"\[(?:[^\]\[\n@]{0,80}?[\s;(-])?@[A-Za-z0-9_][^\]\[\n]{0,300}\](?![(\[:])")),
    ),
    "@": ((CITATION, re.compile(r"(?<![\w@/])@(?:fig|tbl|sec|eq|lst|thm)[-:][\w-]+")),),
    LESS_THAN: ((COMPONENT, re.compile(rf"{LESS_THAN}[A-Z][\w.]*\s[^{{}}]{{0,2000}}=\{{.{{0,20000}}?\}}\s*/?>", re.S)),),
    "<": ((TEMPLATE, re.compile(r"<%.{1,600}?%>", re.S)),),
    ":": (
        (EMOJI, re.compile(r"(?<![\w:]):(?:\+1|-1|[a-z][a-z0-9_]{2,30}):(?![\w:`])")),
        (ROLE, re.compile(r"(?<!\w):[a-z]+(?::[a-z]+)?:`[^`\n]+`")),
    ),
}  # fmt: skip
# Formulas without signs, between dollars: `n`, `f(x)`, `(a, b)`.
_SHORT = (
    r"[\w+\-,.:;|]{1,12}|[^\W\d_]{1,4}'?\([\w+\-,.:;|' ]{1,12}\)"
    r"|[(\[][\w+\-.]{1,8}(?:, ?[\w+\-.]{1,8})+[)\]]"
)
# At the beginning of a line.
_LINES = (
    (INCLUDE, re.compile(r"<<<\s*[@\w./{].*|-+8<-+\s.*|!!!\s*include\s*\(.*|!include\s+\S.*|\{!.*!\}|::include\{.*")),
    (DIV, re.compile(r":::+.*")),
    (DIRECTIVE, re.compile(r"\.\. [\w-]+::.*")),
    (MODULE, re.compile(r"import\s.*?\sfrom\s+[\"'].*|import\s+[\"'].*|export\s+(?:const|default|function|let)\s.*")),
)  # fmt: skip
# Of MDX: it brings in what other lines use, and shows nothing.
_NAMES = r"(?:\*\s+as\s+\w+|\{[^{}]*\}|[\w$]+)"
_IMPORT = re.compile(
    rf"(?:import\s+(?:type\s+)?(?:{_NAMES}(?:\s*,\s*{_NAMES})?\s*from\s*)?([\"'])[\w@./~!?&=:\\-]+\1[ \t]*;?[ \t]*)+(?:\n|\Z)"
)
# Facts that Logseq notes at a block, for itself.
_FACT = re.compile(
    r"(?:collapsed|id|background-color|heading|created-at|updated-at|template(?:-including-parent)?|(?:logseq|ls|hl|query|card)[-.][\w.-]+)"
    r"::[ \t][^\n]*(?:\n|\Z)"
)
_INCLUDED = re.compile(r"\s*(\{\{\s*#(?:include|rustdoc_include|playground)\b[^{}]*\}\})\s*")
_VERBATIM = re.compile(
    r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}|\{\{%\s*raw\s*%\}\}(.*?)\{\{%\s*/raw\s*%\}\}",
    re.S,
)
# Each with the sign of its end.
_UNSEEN = tuple((re.compile(pattern, re.S), end) for pattern, end in (
    (r"\{::comment\}.*?\{:/(?:comment)?\}|\{::options\b[^}]*\}", "}"),
    (r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{%-?\s*(?:end)?raw\s*-?%\}", "%}"),
    (r"\{/\*.*?\*/\}", "*/}"),
    (r"\{\{[<%]\s*comment\s*[>%]\}\}.*?\{\{[<%]\s*/\s*comment\s*[>%]\}\}", "}}"),
    (r"\{\{<!--.*?-->\}\}", "-->}}"),
    (r"\{\{/\*.*?\*/\}\}", "*/}}"),
    (r"\{#[^}]*?#\}", "#}"),
    (r"\{\{<\s*(?:fa|bi|ai|iconify|pagebreak)(?:\s[^{}<>]*)?>\}\}", ">}}"),  # signs of Quarto
))  # fmt: skip
_CONTENTS = re.compile(
    r"(?:\[\[?_?TOC_?\]\]?|\{:\s*toc\b[^}]*\}|\{\{[<%]?\s*toc\s*[>%]?\}\}|\$\{toc\}|\\tableofcontents)[ \t]*",
    re.I,
)
# A line of the contents of Google Docs, which has the page that it was on there.
_CONTENTS_LINE = re.compile(r"\[[^\n]*\t\d{1,4}[*_]*\]\(#[^()\s]*\)[ \t]*")
_TAGS = re.compile(r"#{5,6}[ \t]+tags?:[ \t]*(?:`[^`]+`[ \t,]*)+", re.I)
_CONTENTS_ITEM = re.compile(r"(?:[*+-]|1\.)[ \t]+.*")


class Unread(Struct, frozen=True):
    """Mark-up that is printed as written: of what kind, its line in the text, and that line up to its end.

    It is written at `column` of its line or later, after the words `before`.
    """

    kind: str
    line: int
    before: str
    written: str
    formula: str = ""  # the whole of it, if it is one
    column: int = 0
    code: ClassVar[str] = "unread-markup"

    @property
    def facts(self) -> dict[str, str]:
        return {"kind": self.kind, "written": self.written}


def unread(state: StateInline, silent: bool) -> bool:
    """Read what another program would replace, as the text that it is."""
    patterns = PATTERNS.get(state.src[state.pos])
    if patterns is None:
        return False
    if found := _VERBATIM.match(state.src, state.pos, state.posMax):
        if not silent:
            state.push("code_text", "", 0).content = found[1] or found[2] or ""
        state.pos = found.end()
        return True
    if end := _end_of_unseen(state):
        state.pos = end
        return True
    for kind, pattern in patterns:
        found = pattern.match(state.src, state.pos, state.posMax)
        if found and (kind is not MATHS or _is_formula(found)):
            if not silent and kind is MATHS:
                push_formula(state, state.pos, found[0], found[0])
            elif not silent:
                state.push("code_text", "", 0).content = found[0]
                report(state, kind, state.pos, found[0])
            state.pos = found.end()
            return True
    return False


def push_formula(state: StateInline, at: int, formula: str, written: str) -> None:
    """Add a formula with its marks, which is `written` in this way at the place `at`."""
    nodes = set_formula(formula)
    if nodes is None:
        report(state, MATHS, at, written)
    state.push("formula", "", 0).meta = {"nodes": nodes or [_in_tex(formula)]}


def _end_of_unseen(state: StateInline) -> int:
    """Return the end of a comment of another program that begins here, or 0."""
    if state.src[state.pos] != "{":
        return 0
    matches = (
        pattern.match(state.src, state.pos, state.posMax)
        for pattern, end in _UNSEEN
        if last_of(end, state.src) > state.pos
    )
    return next((found.end() for found in matches if found), 0)


def _in_tex(written: str) -> Element:
    formula = Element("code", {"class": "formula"})
    formula.text = AtomicString(written)
    return formula


def _is_formula(found: re.Match[str]) -> bool:
    """Return whether the text between two marks can be a formula: dollars are money, too, and brackets brackets."""
    between, dollars = found[1], found[0].startswith("$")
    if (
        dollars and found.string[found.end() : found.end() + 1].isalpha()
    ):  # `$R$bps`, but not `$a=$b`
        return bool(re.search(r"\\[a-zA-Z]|^[^\W\d_]$", between))
    if found[0].startswith("{"):
        return True
    short = _SHORT if dollars else r"\s*[^\W\d_]\s*"
    return bool(_SIGN.search(between) or re.fullmatch(short, between))


def report(state: StateInline, kind: str, at: int, written: str) -> None:
    line, before, column = line_of(state, at)
    if not is_verbatim(state, at):
        formula = written if kind is MATHS else ""
        first_line = written.split("\n")[0].replace(LESS_THAN, "<")
        state.env["notices"].append(Unread(kind, line, before, first_line, formula, column))


def is_verbatim(state: StateInline, at: int) -> bool:
    """Return whether the place `at` is in lines that a command keeps as they are written."""
    if not state.env["verbatim"]:
        return False
    line, _, _ = line_of(state, at)
    return any(line in lines for lines in state.env["verbatim"])


def line_of(state: StateInline, at: int) -> tuple[int, str, int]:
    """Return the line of the text that the place `at` is in, the words before it there, and its column."""
    token: Token = state.env["inline"]
    first = token.map[0] if token.map else 0
    begin = state.src.rfind("\n", 0, at) + 1
    before = state.src[max(begin, at - NEAR) : at].replace(LESS_THAN, "<")
    return first + state.src.count("\n", 0, at), before, at - begin


def unread_line(state: StateInline, silent: bool) -> bool:
    """Read a line that is a command of another program as the text that it is."""
    at = state.pos
    if (not at or state.src[at - 1] == "\n") and (fact := _FACT.match(state.src, at, state.posMax)):
        state.pos = fact.end()
        return True
    if state.src[at] not in ":.ie<-!{" or (at and state.src[at - 1] != "\n"):
        return False
    if unseen := _IMPORT.match(state.src, at, state.posMax):
        state.pos = unseen.end()
        return True
    for kind, pattern in _LINES:
        if found := pattern.match(state.src, at, state.posMax):
            if not silent:
                state.push("code_text", "", 0).content = found[0]
                report(state, kind, at, found[0])
            state.pos = found.end()
            return True
    return False


def includes(code: Token) -> Iterator[Unread]:
    """Find the commands in a block of `code` that its program replaces by a file."""
    if "{{" in code.content:
        for number, line in enumerate(code.content.split("\n")):
            if found := _INCLUDED.fullmatch(line):
                first = (code.map or [0])[0] + (code.type == "fence")
                yield Unread(INCLUDE, first + number, "", found[1])


def tags(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read HackMD's heading of subjects, which are not part of the text, and print nothing."""
    if indented_as_code(state, start) or not _TAGS.fullmatch(line_at(state, start)):
        return False
    if not silent:
        state.push("comment", "", 0).map = [start, start + 1]
        state.line = start + 1
    return True


def contents(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the mark of a table of contents: a list of sections in the media without pages, which have their own."""
    line = start
    if _CONTENTS_ITEM.fullmatch(line_at(state, start)) and start + 1 < end:
        line += 1
        if not line_at(state, line).startswith("{:"):
            return False
    if indented_as_code(state, start):
        return False
    if _CONTENTS_LINE.fullmatch(line_at(state, start)):
        line = _last_of_contents(state, start, end)
    elif not _CONTENTS.fullmatch(line_at(state, line)):
        return False
    if not silent:
        state.push("sections", "div", 0).map = [start, line + 1]
        state.line = line + 1
    return True


def _last_of_contents(state: StateBlock, start: int, end: int) -> int:
    """Return the last line of a table of contents that begins at line `start`, with blank lines between them."""
    last = start
    for line in range(start + 1, end):
        if _CONTENTS_LINE.fullmatch(line_at(state, line)):
            last = line
        elif not state.isEmpty(line):
            break
    return last
