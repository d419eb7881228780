r"""Formulas that have lines of their own: from `$$` to `$$`, `{$$}` to `{/$$}`, `\[` to `\]`, or from `\begin{…}` to its end."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.lines import indented_as_code, line_at

_ENVIRONMENTS = "equation|align|aligned|alignat|gather|multline|eqnarray|split|[dr]?cases|[bBpvV]?matrix|array|math|displaymath"
_BEGIN = re.compile(
    rf"(\$\$|\{{\$\$\}}$)|(\\\[)(?=[^\]]*$|.*[\\^=])|\\begin\{{((?:{_ENVIRONMENTS})\*?)\}}"
)
_ENDS = {"$$": "$$", "{$$}": "{/$$}"}  # the second is Leanpub's
_TEX = re.compile(r"[\\^&=]|\$\$")
_AFTER = r"[ \t]*(?:\(?\\?\{?#?[\w:-]*\}?\)?)[ \t]*"  # the label of a formula


def formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a formula with the lines to its end, between which nothing is Markdown.

    Below a `$$` alone on its line, it may have blank lines, as in Joplin, as long as TeX follows them.
    """
    if state.src[state.bMarks[start] + state.tShift[start]] not in "$\\{":
        return False
    first = line_at(state, start)
    found = _BEGIN.match(first)
    if not found or indented_as_code(state, start):
        return False
    ending = _ENDS[found[1]] if found[1] else "\\]" if found[2] else f"\\end{{{found[3]}}}"
    close = re.compile(re.escape(ending) + _AFTER + "$")
    line, text = start, first[found.end() :]
    spaced = ending == "$$" and not text.strip()
    while not (closed := close.search(text)):
        line += 1
        if spaced and line < end and state.isEmpty(line):
            line = state.skipEmptyLines(line)
            if line < end and not _TEX.search(line_at(state, line)):
                return False
        if line >= end or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return False
        text = line_at(state, line)
    if line == start and ending in text[: closed.start()]:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.map = [start, line + 1]
        token.content = state.getLines(start, line + 1, state.sCount[start], keepLastLF=False)
        state.line = line + 1
    return True
