"""Random sources for the fuzzer: workspaces grown from a grammar, and mutated copies of stored ones.

Everything is drawn from the `random.Random` that is passed in, so a seed gives the same files each time.
Words that must reach the reader look like ``mw17e``: see `MARK`.
"""

from __future__ import annotations

import io
import json
import os
import re
import zlib
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from xml.etree import ElementTree

from msgspec import Struct
from PIL import Image, features

from helpers.workspaces import ROOT

MARK = re.compile(r"\bmw\d+e\b")  # a word of prose


class Link(Struct, frozen=True):
    """A symbolic link."""

    target: str


class Other(Struct, frozen=True):
    """An entry that is not a regular file: a ``folder`` or a ``pipe``."""

    kind: str


Files = dict[str, bytes | Link | Other]


def write(files: Mapping[str, bytes | Link | Other], folder: Path) -> None:
    """Write `files` below `folder`; one that would lie inside another file is left out."""
    for name, entry in sorted(files.items()):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(entry, bytes):
                path.write_bytes(entry)
            elif isinstance(entry, Link):
                path.symlink_to(entry.target)
            elif entry.kind == "folder":
                path.mkdir()
            else:
                os.mkfifo(path)
        except OSError:
            continue


def stored(folder: Path) -> Files:
    """The files of a stored workspace."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "output" not in path.relative_to(folder).parts
    }


# --- Markdown from a grammar -------------------------------------------------------------------

# Tags in the middle of a sentence, as authors who write about HTML forget to escape them.
STRAY = (
    "<table>", "<tr>", "<td>", "<ul>", "<li>", "<div>", "<p>", "<b>", "<i>", "<a>", "<span>", "<br>", "<hr>",
    "<button>", "<select>", "<option>", "<script>", "<style>", "<iframe>", "<title>", "<textarea>", "<noembed>",
    "<xmp>", "<plaintext>", "<noscript>", "<template>", "<svg>", "<math>", "<object>", "<video>", "<audio>",
    "<form>", "<input>", "<frameset>", "<head>", "<body>", "<html>", "<details>", "<summary>", "<dl>", "<dt>",
    "<ruby>", "<rt>", "<canvas>", "<map>", "<picture>", "<source>", "<caption>", "<col>", "<colgroup>",
    "<figure>", "<h1>", "<h9>", "<o:p>", "<foo-bar>", "<List<String>>", "</div>", "</p>", "</table>", "</span>",
    "<a href=", "<b", "</", "<!", "<?php", "<![CDATA[", "<=", "<3", "a<b", "-->",
)  # fmt: skip
ODD = (
    "\u2011", "\u2028", "\u00ad", "\u200b", "\u202e", "é", "e\u0301", "ß", "漢字", "שלום", "مرحبا", "🦶🏽", "👩‍⚕️", "½",
    "–", "…", "“", "’", "\xa0", "\t", "\\", "&", "&amp;", "&nbsp;", "&#0;", "&#x1F9B6;", "&bogus;", "{", "}", "{{ x }}",
    "{% x %}", "$x$", "%", "#", "|", "*", "**", "_", "__", "`", "``", "~~", "^", "[", "]", "](", "![", "[^", "[^1]", ":",
    "::", "---", "'", '"', "<", ">", "http://x.y", "a@b.example", "\ue000", "\ufffd", "ﷺ", "\u0300" * 20,
)  # fmt: skip
LANGUAGES = ("", "python", "{.x}")  # of fenced code
KEYS = (
    "title", "subtitle", "summary", "description", "id", "author", "authors", "language", "edition", "date",
    "reviewed", "review_by", "publisher", "rights", "isbn", "collection", "volume", "site", "cover", "styles",
    "paper", "articles", "no_handout", "packs", "image", "tags", "url", "fit", "draft", "name", "short", "links", "photo",
    "credentials", "Title", "layout", "x",
)  # fmt: skip
VALUES = (
    "A title", "2026-11-22", "2026-13-40", "null", "~", "true", "no", "0", "1", "2", "-1", "1e9", "[]", "{}", "[a, b]",
    "{a: b}", "en", "de", "ar", "he", "zh-Hant", "xx", "english", "a4", "letter", "standard", "large-print",
    "https://example.org/", "https://straße.example/ä b", "javascript:alert(1)", "../../x", "/etc/passwd",
    "images/a.png", "images/a.svg", "ada", "'quoted'", '"a\\u0000b"', '"a\\nb"', "|\n  two\n  lines", "&a [*a]",
    "!!python/object:x", "<b>bold</b>", "{{ 7 * 7 }}", "*emphasis*", "“typographic”", "漢字", "مرحبا", "x" * 300,
    "978-1-86197-876-9", "a: b: c", "- a\n- b", "[[1, [2]]]", "@x", "`x`", "",
)  # fmt: skip


class Grower:
    """Grows one workspace. Each text is made of numbered words, so that a lost one is known."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.count = rng, 0

    def often(self, chance: float) -> bool:
        return self.rng.random() < chance

    def words(self, least: int = 1, most: int = 8) -> str:
        number = self.rng.randint(least, most)
        self.count += number
        return " ".join(f"mw{n}e" for n in range(self.count - number, self.count))

    # Inside a line

    def piece(self) -> str:
        rng, words = self.rng, self.words
        kind = rng.randrange(16)
        pieces: dict[int, Callable[[], str]] = {
            0: lambda: f"*{words()}*",
            1: lambda: f"**{words()}**",
            2: lambda: f"`{words(1, 3)}`",
            3: lambda: f"[{words(1, 3)}]({rng.choice(self.targets)})",
            4: lambda: (
                f"<{rng.choice(('b', 'kbd', 'sub', 'q', 'mark', 'small', 'u'))}>{words()}</b>"
            ),
            5: lambda: f'<span lang="{rng.choice(("de", "ar", "?"))}">{words()}</span>',
            6: lambda: rng.choice(ODD),
            7: lambda: f"{words(1, 2)}[^{rng.choice('123')}]",
            8: lambda: f"{words()}  \n{words()}",
            9: lambda: f"<https://example.org/{rng.choice(ODD)}>",
            10: lambda: f"***{words(1, 2)}* {words(1, 2)}**",
        }
        return pieces.get(kind, words)()

    def line(self) -> str:
        pieces = [self.piece() for _ in range(self.rng.randint(1, 5))]
        if self.often(0.06):
            pieces.insert(self.rng.randrange(len(pieces) + 1), self.rng.choice(STRAY))
        return " ".join([self.words(1, 2), *pieces, self.words(1, 2)])

    # Blocks

    def block(self, depth: int = 0) -> str:
        rng, line = self.rng, self.line
        nested = depth < 3
        kinds: list[Callable[[], str]] = [
            line,
            line,
            line,
            lambda: "\n".join(line() for _ in range(rng.randint(2, 4))),
            lambda: f"{'#' * rng.randint(1, 6)} {line()}",
            lambda: f"{self.words()}\n{rng.choice('=-') * 5}",
            lambda: "\n".join(f"{rng.choice('-*+')} {line()}" for _ in range(rng.randint(1, 4))),
            lambda: "\n".join(f"{rng.randint(0, 12)}. {line()}" for _ in range(rng.randint(1, 4))),
            lambda: "\n".join(f"- [{rng.choice(' x')}] {line()}" for _ in range(2)),
            lambda: f"{self.words(1, 3)}\n:   {line()}",
            self.table,
            lambda: f"```{rng.choice(LANGUAGES)}\n{self.words()}\n<b> & {self.words()}\n```",
            lambda: f"    {self.words()}",
            lambda: f"> {line()}\n> {line()}",
            lambda: rng.choice(("---", "***", "* * *", "<!-- note -->", "&nbsp;", "\\", "<br>")),
            lambda: f"{line()}\n{{: #{rng.choice(self.ids)} .x }}",
            lambda: f"[^{rng.choice('123')}]: {line()}",
            lambda: f"*[{self.words(1, 1)}]: long form",
            lambda: f"![alt]({rng.choice(self.pictures)})",
            lambda: f'![alt]({rng.choice(self.pictures)} "{self.words(1, 3)}")',
            self.html,
            self.stray,
        ]
        if nested:
            kinds += [
                lambda: self.box(depth),
                lambda: self.box(depth),
                lambda: indented(f"- {line()}\n\n" + self.blocks(depth + 1), "    ", skip=1),
                lambda: re.sub("(?m)^", "> ", self.blocks(depth + 1)),
            ]
        return rng.choice(kinds)()

    def blocks(self, depth: int, most: int = 3) -> str:
        return "\n\n".join(self.block(depth) for _ in range(self.rng.randint(1, most)))

    def table(self) -> str:
        columns = self.rng.randint(1, 5)
        rows = [[self.words(1, 3) for _ in range(columns)] for _ in range(self.rng.randint(1, 4))]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(
            1, "|" + self.rng.choice(("---", ":-:", "--:")) * 1 + "|---" * (columns - 1) + "|"
        )
        return "\n".join(lines)

    def box(self, depth: int) -> str:
        kind = self.rng.choice(
            (
                "key-points",
                "emergency",
                "urgent",
                "advice",
                "exercise",
                "do",
                "dont",
                "note",
                "diary",
                "bogus",
            )
        )
        title = f' "{self.words(1, 3)}"' if self.often(0.5) else ""
        inside = self.blocks(depth + 1)
        if kind == "exercise":
            inside += f"\n\n1. {self.line()}\n\nSets\n:   3\n\nHold\n:   {self.words(1, 2)}"
        return f"!!! {kind}{title}\n" + indented(inside, "    ")

    def html(self) -> str:
        words, tag = (
            self.words(),
            self.rng.choice(("div", "section", "details", "figure", "center", "foo")),
        )
        return self.rng.choice(
            (
                f"<{tag}>{words}</{tag}>",
                f'<{tag} markdown="1">\n\n{self.line()}\n\n</{tag}>',
                f"<{tag}>\n{words}\n\n{self.line()}\n</{tag}>",
                f"<table><tr><td>{words}</td><td rowspan=3>{self.words()}</table>",
                f"<ul><li>{words}<li>{self.words()}</ul>",
                f"<details><summary>{words}</summary>{self.words()}</details>",
                f'<p style="color:red" onclick="x()">{words}</p>',
                f"<dl><dt>{words}<dd>{self.words()}</dl>",
                f"<{tag}>{words}",
                f"</{tag}>{words}",
            )
        )

    def stray(self) -> str:
        """A tag alone at the start of a line, that nothing ends."""
        return f"{self.rng.choice(STRAY)}\n{self.line()}"

    # Files

    def settings(self, keys: tuple[str, ...], most: int) -> str:
        chosen = [self.rng.choice(keys) for _ in range(self.rng.randint(0, most))]
        return "".join(f"{key}: {self.rng.choice(VALUES)}\n" for key in chosen)

    def article(self) -> bytes:
        front = ""
        if self.often(0.7):
            odd = self.settings(KEYS, 4) if self.often(0.3) else ""
            front = f"---\ntitle: {self.words(1, 4)}\n{odd}---\n"
        text = front + "\n\n".join(self.block() for _ in range(self.rng.randint(1, 9))) + "\n"
        if self.often(0.05):
            text = text.replace("\n", self.rng.choice(("\r\n", "\r")))
        if self.often(0.04):
            return text.encode(self.rng.choice(("utf-16", "latin-1", "cp1252")), "replace")
        return text.encode("utf-8", "replace")

    def workspace(self) -> Files:
        rng = self.rng
        names = [name(rng) for _ in range(rng.randint(1, 4))]
        self.targets = [
            *names,
            *(f"{n}#{rng.choice('abc')}" for n in names),
            "#a",
            "https://example.org/?a=1&b",
        ]
        if self.often(0.15):
            self.targets += [
                "nowhere.md",
                "../x.md",
                "javascript:x",
                "mailto:a@b.example",
                "x y",
                "",
            ]
        self.ids = ["a", "b", "c", "é", "1"]
        folder = rng.choice(("", "sources/one/", "sources/one/"))
        self.pictures = ["images/a.png", "images/a.svg"]
        if self.often(0.2):
            self.pictures += [
                "images/none.png",
                "https://example.org/x.png",
                "images/b.bin",
                "a b.png",
            ]
        files: Files = {f"{folder}{n}": self.article() for n in names}
        files[f"{folder}images/a.png"] = pixels(rng)
        files[f"{folder}images/a.svg"] = (
            redrawn(rng, drawing(rng)) if self.often(0.3) else drawing(rng)
        )
        if self.often(0.3):
            files[f"{folder}images/b.bin"] = mutated(
                rng, drawing(rng) if self.often(0.5) else pixels(rng)
            )
        if self.often(0.7):
            odd = self.settings(KEYS, 4) if self.often(0.3) else ""
            files[f"{folder}series.yaml"] = f"title: {self.words(1, 3)}\n{odd}".encode(
                "utf-8", "replace"
            )
        if folder and self.often(0.5):
            files["sources/authors/ada.md"] = f"---\nname: Ada\n---\n{self.line()}\n".encode(
                "utf-8", "replace"
            )
        if folder and self.often(0.3):
            files["sources/practice.yaml"] = f"name: P\n{self.settings(KEYS, 3)}".encode(
                "utf-8", "replace"
            )
        if folder and self.often(0.2):
            files["sources/two/x.md"] = self.article()
        return disturbed(rng, files) if self.often(0.15) else files


def indented(text: str, by: str, skip: int = 0) -> str:
    lines = text.split("\n")
    return "\n".join(by + each if n >= skip and each else each for n, each in enumerate(lines))


def name(rng: Random) -> str:
    """The file name of an article, now and then an odd one."""
    plain = f"{rng.choice(('', '01-', '2-', '007_'))}{rng.choice(('neap', 'spring', 'ebb', 'flood'))}.md"
    odd = (
        "01-.md", ".md", "a b.md", "A.MD", "x.markdown", "index.md", "é.md", "漢字.md", "a\nb.md", "a\x1b[31mb.md", "-x.md",
        "01-\udcff\udcfe.md", "con.md", "x" * 245 + ".md", "a#b.md", "a%20b.md", "a?b.md", "a&b.md", "'a\".md", "{{x}}.md",
    )  # fmt: skip
    return rng.choice(odd) if rng.random() < 0.08 else plain


# --- Pictures ----------------------------------------------------------------------------------


def pixels(rng: Random) -> bytes:
    """A small picture in any of the formats that authors have."""
    mode = rng.choice(("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"))
    size = (rng.randint(1, 40), rng.randint(1, 40))
    image = Image.frombytes(
        mode,
        size,
        rng.randbytes(((size[0] + 7) // 8 if mode == "1" else size[0] * BYTES[mode]) * size[1]),
    )
    kinds = ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "PPM", "ICO", "PDF"]
    kinds += ["AVIF"] if features.check("avif") else []
    if rng.random() < 0.03:
        return POSTSCRIPT
    # The four that are published most of the time.
    kind = rng.choice(kinds[:4] if rng.random() < 0.8 else kinds)
    out = io.BytesIO()
    try:
        image.save(out, kind)
    except (OSError, ValueError):  # not every format has every mode
        out = io.BytesIO()
        image.convert("RGB").save(out, "PNG")
    return out.getvalue()


# A program that draws: whoever shows it would have to run it.
POSTSCRIPT = (
    b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n0 0 9 9 rectfill\n%%EOF\n"
)
BYTES = {"L": 1, "LA": 2, "P": 1, "RGB": 3, "RGBA": 4, "CMYK": 4, "I;16": 2, "1": 1}

SHAPES = (
    '<rect x="1" y="1" width="8" height="8" fill="url(#g)"/>', '<circle r="5" style="fill:red;stroke:url(#g)"/>',
    '<path d="M0 0L9 9C1,2 3 4 5,6Zm1 1a1 1 0 0 1 2 2"/>', '<text x="1" y="5">letters \u2011 é 漢</text>', "<g/>",
    '<use href="#s"/>', '<use xlink:href="#s" x="1e9"/>', '<image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/>',
    '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>', '<symbol id="s"><rect width="1" height="1"/></symbol>',
    '<clipPath id="c"><rect width="5" height="5"/></clipPath>', '<g clip-path="url(#c)" transform="rotate(45) scale(0)"><line x2="9"/></g>',
    "<style>.a{fill:red} rect{stroke:blue !important} :has(*){x:y} @media print{*{fill:none}}</style>",
    '<a href="https://example.org/"><text>t</text></a>', '<script>alert(1)</script>', "<foreignObject><p>words</p></foreignObject>",
    '<filter id="f"><feGaussianBlur/></filter>', '<marker id="m"><path d="M0 0"/></marker>', '<mask id="k"><rect/></mask>',
    '<polygon points="0,0 1,1 NaN 2"/>', '<ellipse rx="-1" ry="inf"/>', '<tspan>x</tspan>', '<pattern id="p" width="1" height="1"/>',
    '<rect fill="url(#p)" width="1e400" height="9"/>', "<switch><g/></switch>", '<textPath href="#s">x</textPath>',
    "<!-- x -->", "<?x y?>", "<![CDATA[x]]>", '<svg><g/></svg>', '<rect onload="x()" style="background:url(//e.org/x)"/>',
)  # fmt: skip


def drawing(rng: Random) -> bytes:
    """A drawing of random shapes."""
    size = rng.choice(
        ('viewBox="0 0 100 50"', 'width="90" height="40"', 'width="10cm"', 'viewBox="0 0 0 0"', "")
    )
    shapes = "".join(rng.choice(SHAPES) for _ in range(rng.randint(0, 9)))
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {space} {size}>{shapes}</svg>".encode()


# --- Mutation ----------------------------------------------------------------------------------

TOKENS = (
    *STRAY,
    *ODD,
    *SHAPES,
    *VALUES,
    "---\n",
    "\n\n",
    "    ",
    "> ",
    "- ",
    "!!! exercise\n",
    "{: #a }",
    "\0",
    "\r",
)


def mutated(rng: Random, data: bytes, other: bytes = b"") -> bytes:
    """`data` with one to four changes: spans cut, doubled, repeated, spliced, bytes flipped, tokens put in."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randint(0, len(data))
        end = min(len(data), start + rng.choice((1, 2, 5, 20, 200, 5000)))
        span = data[start:end]
        kind = rng.randrange(9)
        if kind == 0:
            data = data[:start] + data[end:]
        elif kind == 1:
            data = data[:end] + span + data[end:]
        elif kind == 2:
            data = data[:end] + span[:60] * rng.choice((3, 30, 300)) + data[end:]
        elif kind == 3 and data:
            at = rng.randrange(len(data))
            data = data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]
        elif kind == 4 and other:
            at = rng.randrange(len(other))
            data = data[:start] + other[at : at + rng.choice((5, 50, 500))] + data[end:]
        elif kind == 5:
            data = data[:start]
        elif kind == 6:
            to = rng.randint(0, len(data))
            rest = data[:start] + data[end:]
            data = rest[:to] + span + rest[to:]
        else:
            token = rng.choice(TOKENS).encode("utf-8", "surrogatepass")
            data = data[:start] + token + data[rng.choice((start, end)) :]
    return data


def redrawn(rng: Random, data: bytes) -> bytes:
    """A drawing that is still XML: elements moved, doubled, dropped, their attributes exchanged."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError):
        return data
    for _ in range(rng.randint(1, 8)):
        every = list(root.iter())
        one, other = rng.choice(every), rng.choice(every)
        kind = rng.randrange(6)
        if kind == 0 and len(one):
            del one[rng.randrange(len(one))]
        elif kind == 1 and len(every) < 500:
            other.append(deepcopy(one))
        elif kind == 2 and len(one) and len(every) < 500:
            one.extend(deepcopy(one[0]) for _ in range(rng.choice((1, 5, 50))))
        elif kind == 3 and other.attrib:
            key = rng.choice(sorted(other.attrib))
            one.set(rng.choice((*ATTRIBUTES, key)), other.attrib[key])
        elif kind == 4:
            one.set(rng.choice(ATTRIBUTES), rng.choice(NUMBERS))
        else:
            one.tag, other.tag = other.tag, one.tag
    root.tag = SVG
    return ElementTree.tostring(root)


SVG = "{http://www.w3.org/2000/svg}svg"
ATTRIBUTES = (
    "id", "href", "x", "y", "r", "d", "width", "height", "viewBox", "points", "transform", "style", "fill", "stroke",
    "stroke-dasharray", "stroke-width", "opacity", "clip-path", "mask", "font-size", "offset", "marker-end",
    "gradientTransform", "preserveAspectRatio", "class", "onload", "{http://www.w3.org/1999/xlink}href",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "1e308", "1e999", "nan", "inf", "50%", "1e-320", "9" * 40, "", " ", "1,2,3", "url(#a)", "url(#g) red",
    "#a", "#", "M0 0 A1 1 0 0 1 9", "M" * 500, "scale(0)", "matrix(1 2 3)", "rotate(1e9 2)", "fill:url(//e.org/)",
    "fill:expression(x);;:", "0 0 -1 -1", "0 0 1e9 1e-9", "none", "xMidYMid slice", "currentColor", "rgb(999,-1)",
    "var(--x)", "calc(1px + 2em)", "\\75rl(http://e.org)", "data:image/svg+xml,<svg/>",
)  # fmt: skip


def resigned(data: bytes) -> bytes:
    """A PNG whose checksums are right again, so that the bytes after them are read."""
    at, out = 8, data[:8]
    while data.startswith(b"\x89PNG") and at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        body = data[at + 4 : at + 8 + size]
        out += data[at : at + 4] + body + zlib.crc32(body).to_bytes(4)
        at += 12 + size
    return out if at > 8 else data


# Targets of a link in a workspace; `outside` is beside it.
LEADS = (
    "../outside/secret.md",
    "/nowhere",
    "self",
    "sources",
    ".",
    "series.yaml",
    "/dev/zero",
    "/proc/self/environ",
    "../..",
)


def disturbed(rng: Random, files: Files) -> Files:
    """`files` with one to three of them mutated, dropped, doubled, renamed, emptied, or made something else."""
    files = dict(files)
    for _ in range(rng.randint(1, 3)):
        if not files:
            break
        key = rng.choice(sorted(files))
        entry = files[key]
        data = entry if isinstance(entry, bytes) else b""
        folder = key.rpartition("/")[0]
        kind = rng.randrange(14)
        if kind == 0:
            del files[key]
        elif kind == 1:
            files[f"{folder}/{name(rng)}".lstrip("/")] = data
        elif kind == 2:
            files[key] = b""
        elif kind == 3:
            target = rng.choice(LEADS)
            files[key] = Link(key.rpartition("/")[2] if target == "self" else target)
        elif kind == 4:
            files[key] = Other(rng.choice(("folder", "pipe")))
        elif kind == 5:
            one = files[rng.choice(sorted(files))]
            files[key] = one if isinstance(one, bytes) else data
        elif kind == 6 and key.endswith((".md", ".yaml")):
            files[key] = data.decode("utf-8", "replace").encode(
                rng.choice(("utf-16", "latin-1", "utf-8-sig")), "replace"
            )
        else:
            # The grown text may be anywhere now, in a comment or a setting, so it is not a mark any more.
            data = re.sub(rb"\bmw(\d+)e\b", rb"w\1", data) if key.endswith(".md") else data
            one = files[rng.choice(sorted(files))]
            files[key] = mutated(rng, data, one if isinstance(one, bytes) else b"")
    return files


@cache
def bases() -> tuple[Files, ...]:
    """The stored workspaces that are mutated."""
    model = stored(ROOT / "tests/cases/_model")
    cases = sorted(p for p in (ROOT / "tests/cases").iterdir() if p.name != "_model")
    sample = {f"sources/{n}": data for n, data in stored(ROOT / "sources").items()}
    whole: list[Files] = [
        sample,
        stored(ROOT / "tests/ebooks"),
        stored(ROOT / "tests/languages"),
        model,
    ]
    return (*whole, *({**model, **stored(case)} for case in cases))


@cache
def texts() -> tuple[bytes, ...]:
    """Every stored article: the hostile ones, CommonMark's examples, those of the sample and the tests."""
    found = [
        p.read_bytes()
        for folder in ("tests", "sources")
        for p in sorted((ROOT / folder).rglob("*.md"))
        if "node_modules" not in p.parts
    ]
    examples = json.loads((ROOT / "tests/hostile/commonmark.json").read_text("utf-8"))
    return (*found, *(text.encode() for text in examples))


@cache
def drawings() -> tuple[bytes, ...]:
    """Every stored drawing."""
    return tuple(
        p.read_bytes()
        for folder in ("tests", "sources")
        for p in sorted((ROOT / folder).rglob("*.svg"))
        if "node_modules" not in p.parts
    )


def workspace(rng: Random) -> Files:
    """A workspace: grown, a stored one disturbed, or a few hostile articles together."""
    kind = rng.randrange(10)
    if kind < 6:
        return Grower(rng).workspace()
    if kind < 9:
        whole, cases = bases()[:4], bases()[4:]
        return disturbed(rng, rng.choice(whole if rng.random() < 0.4 else cases))
    chosen = {
        f"{n}-a.md": mutated(rng, rng.choice(texts()), rng.choice(texts()))
        for n in range(rng.randint(1, 4))
    }
    return {**chosen, "images/a.png": pixels(rng)}


def text(rng: Random) -> bytes:
    """An article: grown or mutated."""
    if rng.random() < 0.4:
        grower = Grower(rng)
        grower.targets, grower.ids, grower.pictures = (
            ["#a", "https://example.org/"],
            ["a", "b"],
            ["a.png"],
        )
        return grower.article()
    return mutated(rng, rng.choice(texts()), rng.choice(texts()))


def picture(rng: Random) -> bytes:
    """A picture: made or stored, mostly mutated."""
    one, other = (
        (drawing(rng), rng.choice(drawings())) if rng.random() < 0.6 else (pixels(rng), pixels(rng))
    )
    if rng.random() < 0.3:
        one, other = other, one
    kind = rng.random()
    if one.lstrip().startswith(b"<") and kind < 0.7:
        return redrawn(rng, one)
    return one if kind < 0.1 else resigned(mutated(rng, one, other))
