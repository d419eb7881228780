"""Includes: the commands of other programs that a file takes the place of, such as ``--8<-- "warning.md"``.

A command is alone in its line. The file is below the folder that is published: beside the article, in a folder above it, or
in one for such files. A command whose file is not found stays as it is. Mistakes in included text are reported at the
command.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

from handpress.core.files.disk import Disk
from handpress.core.files.file_names import is_markdown
from handpress.core.files.source import TEXT_LIMIT, Copied, Source, read_source
from handpress.core.problems.problem import Problem, problem

DEPTH = 8  # files within files
# Folders of files to include, beside an article or above it.
FOLDERS = ("", "_includes", "includes", "_snippets", "snippets", "_partials", "docs", "src")
TEXT = (".txt", ".inc")  # endings of text beside Markdown

_NAME = r"[\"'<]?(?P<file>[^\"'<>\s()\[\]{}!%:#]+)"
_LINES = r"[0-9]{0,6}"  # the number of a line, with as many digits as a text may have lines
_SECTION = rf"(?:[:#](?P<section>[A-Za-z_][\w-]*)|:(?P<first>{_LINES})(?::(?P<last>{_LINES}))?|\{{(?P<from>{_LINES})[,-](?P<to>{_LINES})\}})?"
_FILE = rf"{_NAME}{_SECTION}[\"'>]?"
# The commands, each from the beginning of its line to the end of one.
_FORMS = tuple(
    re.compile(rf"(?P<before>[ \t>]*){form}[ \t]*$", re.M)
    for form in (
        rf"-+8<-+[ \t]+{_FILE}",
        rf"\{{%-?[ \t]*include(?:_relative|-markdown)?[ \t]+{_FILE}(?P<options>[^%{{}}\n]*?)[ \t]*-?%\}}",
        rf"\{{![ \t]*>?[ \t]*{_FILE}(?:\[ln:(?P<line>{_LINES})-(?P<until>{_LINES})\])?[ \t]*!\}}",
        rf"!!![ \t]*include[ \t]*\([ \t]*{_FILE}[ \t]*\)[ \t]*!!!",
        rf"\{{\{{[ \t]*#(?:rustdoc_)?include[ \t]+{_FILE}[ \t]*\}}\}}",
        rf"\{{\{{[<%][ \t]*(?:include|readfile)[ \t]+(?:file[ \t]*=[ \t]*)?{_FILE}[ \t]*/?[>%]\}}\}}",
        rf"<!--[ \t]*@include:[ \t]*{_FILE}[ \t]*-->",
        rf"\[!include[ \t]*\[[^\]\n]*\]\([ \t]*{_FILE}[ \t]*\)\]".replace(
            "include", "(?:INCLUDE|include|Include)"
        ),
        rf"\[[^\]\n]*\]\([ \t]*{_FILE}[ \t]+[\"']:include[^)\n]*\)",
        rf"::include\{{file={_FILE}\}}",
        rf"!include[ \t]+{_FILE}",
        rf"<<\[{_FILE}\]",
        rf"(?P<fence>```+|:::+)\{{include\}}[ \t]+{_FILE}[ \t]*\n(?:[ \t>]*:[\w-]+:.*\n)*[ \t>]*(?P=fence)",
        rf"```+[ \t]*\{{r\b[^}}\n]*\bchild[ \t]*=[ \t]*{_FILE}[^}}\n]*\}}[ \t]*\n(?:[ \t]*\n)?```+",
        r"<(?P<component>[A-Z]\w*)[ \t]*/>",
    )
)
_ANY = re.compile(
    r"[{%!@:#<-][ \t]*(?:rustdoc_)?include|8<-|\{!|<<\[|\bchild[ \t]*=|readfile|^import\s+[A-Z]",
    re.I | re.M,
)
_WORDS = ("include", "8<-", "{!", "<<[", "child", "readfile", "\nimport")  # one of them is in each
_COMMENT = re.compile(rf"^[ \t>]*<!--[ \t]*@include:[ \t]*{_FILE}[ \t]*-->[ \t]*$", re.M)
_LINE = re.compile(r"^[ \t>]*(?:-+8<|\{|!|<|\[|:::?|```|~~~)", re.M)
_FENCE = re.compile(r"[ \t>]*(```+|~~~+)")
_HEADER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?:.*?\n)?\1[ \t]*(?:\n|\Z)", re.S)
_IMPORT = re.compile(r"^import\s+([A-Z]\w*)\s+from\s+[\"']([^\"'\n]+)[\"']", re.M)
_OPTION = re.compile(r"(start|end)[ \t]*=[ \t]*([\"'])(.*?)\2")
_MARK = re.compile(
    r"^.*(?:-+8<-+[ \t]*\[(?:start|end):|\bANCHOR(?:_END)?:|#(?:end)?region\b).*(?:\n|\Z)", re.M
)


def has_includes(text: str) -> bool:
    """Return whether there may be a command to include a file in `text`."""
    lower = f"\n{text.lower()}"
    # Most texts have none of these words, and looking for them takes a tenth of the time.
    return any(word in lower for word in _WORDS) and bool(_ANY.search(text))


def with_includes(disk: Disk, source: Source) -> tuple[Source, list[Problem]]:
    """Return a source with the files that it includes in the places of the commands.

    A problem is each comment that is a command and has no file: nobody would see it.
    """
    if not has_includes(source.text):
        return source, []
    text, copied = "", []
    for chunk, offset, length in _Expander(disk).chunks(source.text, source.path, (source.path,)):
        copied.append(Copied(len(text), offset, length))
        text += chunk
    if len(copied) > 1 or (copied and not copied[0].length):
        source = Source(source.path, text, source.text, tuple(copied))
    comments = (c for c in _COMMENT.finditer(text) if c["file"])
    return source, [
        problem(
            "html-removed",
            source.place(c.start(), len(c[0])),
            what=f"`{c['file']}` is not found and",
        )
        for c in comments
    ]


class _Expander(Struct):
    disk: Disk
    size: int = 0  # bytes that are included

    def chunks(
        self, text: str, path: str, stack: tuple[str, ...]
    ) -> Iterator[tuple[str, int, int]]:
        """Yield the pieces of a text: each with its offset there, and its length there if it is not of another file."""
        done, fence = 0, ""
        imported = dict(_IMPORT.findall(text))
        for line in _LINE.finditer(text):
            if line.start() < done:
                continue
            found = next(filter(None, (form.match(text, line.start()) for form in _FORMS)), None)
            instead = found and self.included(found, path, stack, imported, bool(fence))
            if found and instead is not None:
                if done < found.start():
                    yield text[done : found.start()], done, found.start() - done
                before = found["before"]
                yield before + instead.replace("\n", f"\n{before}"), found.start(), 0
                done = found.end()
            elif mark := _FENCE.match(text, line.start()):
                if not fence:
                    fence = mark[1]
                elif mark[1].startswith(fence):
                    fence = ""
        if done < len(text):
            yield text[done:], done, len(text) - done

    def included(
        self,
        found: re.Match[str],
        path: str,
        stack: tuple[str, ...],
        imported: dict[str, str],
        in_code: bool,
    ) -> str | None:
        """Return the text for a command; None if there is none, so that the command stays."""
        parts = found.groupdict()
        name = imported.get(parts["component"], "") if parts.get("component") else parts["file"]
        if not name or (in_code and "{%" in found[0]):
            return None
        if not (in_code or is_markdown(name) or name.lower().endswith(TEXT)):
            return None
        file = self.find(name, path)
        if not file or file in stack or len(stack) > DEPTH:
            return None
        if found[0].lstrip(" \t>").startswith("{{") and parts.get("last") is None:
            parts["last"] = parts.get(
                "first"
            )  # mdBook means one line, and others all from there on
        source, problems = read_source(self.disk, file)
        text = source.text if in_code else _HEADER.sub("", source.text)
        text = _section(text, parts) or ""
        self.size += len(text)
        if problems or not text.strip() or self.size > TEXT_LIMIT:
            return None
        if not in_code:
            text = "".join(chunk for chunk, _, _ in self.chunks(text, file, (*stack, file)))
        return text.strip("\n")

    def find(self, name: str, path: str) -> str:
        """Return the path of the file that a command in `path` names, "" if there is none."""
        plain = re.sub(r"\A(?:@site/|@/|~/|/|(?:\./)+)", "", unquote(name))
        here = posixpath.dirname(path)
        while True:
            for folder in FOLDERS:
                file = posixpath.normpath(posixpath.join(here, folder, plain))
                if not file.startswith("..") and file != path and self.disk.is_file(file):
                    return file
            if not here:
                return ""
            here = posixpath.dirname(here)


def _section(text: str, parts: dict[str, str | None]) -> str | None:
    """Return the part of a file that a command names: all of it, a section between marks, or lines."""
    if name := parts.get("section"):
        marks = rf"(?:\[start:{name}\]|\bANCHOR:[ \t]*{name}\b|#region[ \t]+{name}\b).*\n"
        ends = rf"(?:\[end:{name}\]|\bANCHOR_END:[ \t]*{name}\b|#endregion\b)"
        found = re.search(rf"{marks}((?s:.*?))^.*{ends}", text, re.M)
        text = found[1] if found else ""
    first = parts.get("first") or parts.get("from") or parts.get("line")
    last = parts.get("last") or parts.get("to") or parts.get("until")
    if first or last:
        lines = text.split("\n")
        text = "\n".join(lines[max(0, int(first or 1) - 1) : int(last) if last else None])
    for key, _, value in _OPTION.findall(parts.get("options") or ""):
        before, there, after = text.partition(value)
        text = (after if key == "start" else before) if there else ""
    return _MARK.sub("", text)
