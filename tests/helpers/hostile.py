"""A series of hostile articles and pictures: the stored ones, and those that are better made than stored."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from handpress.core.files.source import TEXT_LIMIT
from handpress.core.files.workspace import Workspace, find
from helpers.pictures import png, svg
from helpers.workspaces import ROOT

HOSTILE = ROOT / "tests/hostile"
# Articles that are better made than stored: by name, their bytes.
MADE: Mapping[str, bytes] = {
    "bytes-null": b"Text\x00 with\x00 null bytes.\n",
    "bytes-not-utf8": b"Text.\n\nCaf\xe9 in Latin-1, and \xff\xfe.\n",
    "bytes-utf16": "Text in UTF-16.\n".encode("utf-16"),
    "bytes-surrogate": b"A surrogate: \xed\xa0\x80.\n",
    "bytes-overlong": b"A slash, spelled too long: \xc0\xaf.\n",
    "bytes-bom": "\N{ZERO WIDTH NO-BREAK SPACE}---\ntitle: After a BOM\n---\nText.\n".encode(),
    "bytes-crlf": b"---\r\ntitle: Line ends of Windows\r\n---\r\n\r\nText\r\n{: .x }\r\n\r\n[a](#b)\r\n",
    "bytes-cr": b"---\rtitle: Line ends of an old Mac\r---\r\rOne.\r\rTwo [a](#b).\r",
    "bytes-controls": b"Bell\x07, escape\x1b[31m, form feed\x0c, delete\x7f, placeholder\x02word:0\x03.\n",
    "bytes-many-nulls": b"\x00" * 100_000,
    "bytes-empty": b"",
    "bytes-blank": b" \n\t\n\n",
    "bytes-picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "too-large": b"word " * (TEXT_LIMIT // 4),
    "word-long": b"a" * 10_000 + b"\n",
    "line-long": b"word " * 10_000 + b"\n",
    "emphasis-many": b"*a **b " * 1_000,
    "brackets-open": b"[" * 1_000,
    "brackets-images": b"![" * 700,
    "brackets-nested": b"[" * 400 + b"a" + b"](https://example.org/)" * 400,
    "links-open": b"[a](" * 800,
    "stars": b"*" * 20_000,
    "underscores": b"_a" * 3_000,
    "ticks-run": b" ".join(b"`" * n for n in range(1, 100)),
    "angles-open": b"<" * 10_000,
    "tags-open": b"<b>" * 2_000 + b"text",
    "tags-blocks": b"<div>" * 2_000 + b"text",
    "tags-tables": b"<table><tr><td>" * 300 + b"text",
    "comments-open": b"<!--" * 2_000,
    "quotes-deep-500": b">" * 500 + b" deep\n",
    "lists-deep-200": b"".join(b"    " * n + b"- item\n" for n in range(200)),
    "entities-many": b"&amp" * 2_000,
    "quotes-many": b"\"'" * 2_000,
    "footnotes-many": b"".join(b"a[^%d]\n\n[^%d]: note\n\n" % (n, n) for n in range(400)),
    "ids-many": b'<p id="a">x</p>\n\n' * 1_000,
    "links-many": b"".join(b"[a](https://example.org/%d)\n" % n for n in range(600)),
    "headings-many": b"## One\n\n" * 100,
    "attributes-many": b"<p " + b"a='b' " * 5_000 + b">x</p>",
    "abbreviations-many": b"".join(b"*[a%d]: b\n" % n for n in range(500)) + b"\n" + b"a1 " * 500,
    "definitions-many": b"a\n\n:   b\n\n" * 500,
    "table-long": b"| a | b |\n| - | - |\n" + b"| c | d |\n" * 1_000,
    "yaml-deep": b"---\ntags: " + b"[" * 2_000 + b"\n---\nText.\n",
    "yaml-long": b"---\n" + b"".join(b"key%d: x\n" % n for n in range(500)) + b"---\nText.\n",
    "Имя файла": "Файл с кириллицей в имени.\n".encode(),
    "a name with spaces": b"A file with spaces in its name. [To the other](100%25-percent.md)\n",
    "100%-percent": b"A file with a percent sign in its name.\n",
    "-dash": b"A file that begins with a hyphen.\n",
    "quote\"and'sign<b>&": b"A file with signs in its name.\n",
    "n" * 200: b"A file with a long name.\n",
}


def tiff() -> bytes:
    out = io.BytesIO()
    Image.new("L", (2, 2)).save(out, "TIFF")
    return out.getvalue()


DOT = png(20, 20)
# A file of this kind is a program: whoever draws it has run it.
POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n{} loop\n%%EOF\n"
USES = "".join(f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 10))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
PICTURES: Mapping[str, bytes] = {
    "dot.png": DOT,
    "a dot.png": DOT,
    "точка.png": DOT,
    "100%.png": DOT,
    "svg.png": svg('<circle r="5"/>'),
    "png.svg": DOT,
    "text.png": b"This is text.",
    "empty.png": b"",
    "cut.png": png(40, 40)[:50],
    "tiff.tif": tiff(),
    "font.ttf": b"\0\1\0\0",
    "postscript.png": POSTSCRIPT,
    "postscript.svg": svg(f'<image href="data:image/png;base64,{b64encode(POSTSCRIPT).decode()}"/>'),
    "huge.png": png(60_000, 60_000, b""),
    "use-bomb.svg": svg(f'<defs><g id="l0"><circle r="1"/></g>{USES}</defs><use href="#l9"/>'),
    "entity-bomb.svg": f'<!DOCTYPE svg [<!ENTITY l0 "x">{LAUGHS}]>'.encode() + svg("<text>&l9;</text>"),
    "circle.svg": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "deep.svg": svg("<g>" * 500 + "</g>" * 500),
    "long.svg": svg("<g/>" * 30_000),
    "script.svg": svg(
        '<script>alert(1)</script><circle r="5" onclick="alert(1)"/>'
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'
        '<a href="javascript:alert(1)"><text>text</text></a>'
        '<rect width="1" height="1"><animate attributeName="href" to="javascript:alert(1)"/></rect>'
    ),
    "outside.svg": svg(
        '<image href="https://example.org/x.png" width="9" height="9"/><use href="other.svg#a"/>'
        '<image xlink:href="file:///etc/passwd" width="9" height="9"/>'
        '<rect fill="url(https://example.org/#a)" style="background: url(//example.org/x)" width="9" height="9"/>'
        "<style>@import 'https://example.org/x.css';</style>"
    ),
    "no-size.svg": svg('<rect width="9" height="9"/>', ""),
    "doctype.svg": b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
    b' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + svg('<rect width="9" height="9"/>'),
}  # fmt: skip


def workspace(folder: Path, articles: Mapping[str, bytes]) -> Workspace:
    """A workspace of one series with `articles`, the pictures and a link to a picture outside."""
    inside = folder / "inside"
    (inside / "images").mkdir(parents=True)
    for name, data in articles.items():
        (inside / f"{name}.md").write_bytes(data)
    for name, data in PICTURES.items():
        (inside / "images" / name).write_bytes(data)
    (folder / "outside.png").write_bytes(DOT)
    (inside / "images" / "link-outside.png").symlink_to(folder / "outside.png")
    (inside / "series.yaml").write_text("title: Hostile\nid: hostile\nmedia: [handout, epub]\n")
    found = find(inside)
    assert found is not None
    return found


def hostile(folder: Path) -> Workspace:
    stored = {path.stem: path.read_bytes() for path in sorted(HOSTILE.glob("*.md"))}
    made = workspace(folder, {**stored, **MADE})
    (made.disk.root / "link-outside.md").symlink_to(Path(__file__).resolve())
    (made.disk.root / "link-nowhere.md").symlink_to("no-such-file.md")
    (made.disk.root / "link-circle.md").symlink_to("link-circle.md")
    (made.disk.root / "folder.md").mkdir()
    return made
