"""Hostile articles: what is made of them is valid, or there is a problem at its line. Never a traceback,
never a hang.

The articles are in ``hostile/``, each with a line on its attack. Text that no editor would write (bytes
that are not text, ten thousand characters without a space) is made here, as are the pictures. All of them together are one series.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from msgspec.structs import replace

from handpress.build.load import compose_layout
from handpress.core.files.disk import Asset, Disk
from handpress.core.files.source import MOST
from handpress.core.files.workspace import Workspace, find
from handpress.core.problems.problem import Problem, in_order
from handpress.epub import publication
from handpress.epub.ebook import ebook
from handpress.layout.design import Design
from handpress.layout.layout import Layout
from handpress.layout.variant import Variant
from handpress.markup.markdown import DEPTH
from handpress.markup.tree import parse_tree
from handpress.press.pool import Workers, press
from handpress.press.recipe import Recipe
from handpress.press.result import Made, Rendered, StoredPiece
from handpress.print.handout import handouts
from handpress.series import assemble as series_assemble
from handpress.series import parse as series_parse
from handpress.series.assemble import assemble
from handpress.series.model import Series
from handpress.series.parse import parse
from helpers.finished import wrong_in
from helpers.hostile import HOSTILE, hostile, workspace
from helpers.one_jvm import epubcheck
from helpers.pictures import png, svg

# The problems of every article before the press, one on a line.
SAID = HOSTILE / "problems.txt"


# --- Pictures ----------------------------------------------------------------------------------


# --- The series --------------------------------------------------------------------------------


def said(problems: list[Problem]) -> str:
    """The problems as they are kept in SAID: place, code and wording."""
    lines = []
    for path, found in groupby(in_order(problems), key=lambda p: p.place.path):
        places = [
            f"{path}:{p.place.line}:{p.place.column}: {p.severity} {p.code}: {p.what}: {p.why}"
            for p in found
        ]
        more = len(places) - MOST
        lines += places[:MOST] + ([f"{path}: and {more} more"] if more > 0 else [])
    return "".join(f"{line}\n" for line in lines)


def composed(made: Workspace, series: Series) -> Layout:
    """The ebook of every article, even of those with errors, which would never be published: what is
    left of them must be valid all the same.
    """
    own = replace(series, media=("epub",))
    layout, problems = compose_layout(Design(made), own)
    assert problems == []
    return layout


def checked(layout: Layout, file: Path) -> list[str]:
    """Write the ebook of a series to `file`; what EPUBCheck says of it."""
    cover = Asset.of(png(16, 26))
    path = f"{layout.series.id}/cover.png"
    made = {path: Made(cover.digest, 0, None, path, cover)}
    recipe = ebook(publication.whole_series(layout), made, drawn)
    assert recipe.complete
    result = press(recipe)
    assert isinstance(result, Rendered), result
    file.write_bytes(result.data)
    return epubcheck([file])[file]


def drawn(recipe: Recipe) -> StoredPiece:
    """The pictures that a build would have drawn in an earlier stage."""
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
    stored = sorted(HOSTILE.glob("*.md"))
    assert len(stored) >= 70
    for path in stored:
        assert re.search(r"<!-- .+ -->|^# .+", path.read_text("utf-8"), re.M), path.name


def test_what_is_left_of_every_article_is_sound(whole: Whole) -> None:
    """It is valid XML, each id is unique in the series, and nothing internal to the parser remains."""
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
    assert checked(composed(whole[0], whole[1]), tmp_path / "hostile.epub") == []


def test_the_examples_of_commonmark_make_a_valid_ebook(tmp_path: Path) -> None:
    """Each of the 655 is an article (``commonmark.txt`` says whose they are)."""
    examples = json.loads((HOSTILE / "commonmark.json").read_text("utf-8"))
    articles = {f"example-{n:03}": text.encode() for n, text in enumerate(examples, 1)}
    made = workspace(tmp_path / "workspace", articles)
    series, _ = assemble(made, made.folders[0])
    assert len(series.articles) == 655
    assert checked(composed(made, series), tmp_path / "commonmark.epub") == []


# The likely faults of a tagged PDF: tables, lists, links, notes, pictures, depth.
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
    own = replace(series, media=("handout",), articles=sound)
    layout, problems = compose_layout(Design(made), own)
    assert problems == []
    recipes = [r for r in handouts(layout, Variant("standard", "a4"), {}) if r.article in PRINTED]
    assert len(recipes) >= 20
    with Workers(1) as workers:
        results = list(workers.press(recipes))
    for recipe, result in results:
        assert isinstance(result, Rendered), (recipe.article, result)
        assert not [found.code for found in result.findings], recipe.article
        assert wrong_in(result.data) == [], recipe.article


def test_a_table_that_no_page_has_room_for_is_set_as_lists(whole: Whole) -> None:
    made, series, _ = whole
    only = (series.article("table-wide"),)
    own = replace(series, media=("handout",), articles=only)
    layout, _ = compose_layout(Design(made), own)
    with Workers(1) as workers:
        ((_, result),) = workers.press(handouts(layout, Variant("standard", "a4"), {}))
    assert isinstance(result, Rendered)
    first = result.findings[0]
    assert (first.code, first.spot.id) == ("table-as-lists", "table-wide--table-1")
    assert "clipped" not in {found.code for found in result.findings}


def reading(folder: Path, data: bytes) -> list[str]:
    (folder / "article.md").write_bytes(data)
    return [p.code for p in parse(Disk(folder), "article.md")[1]]


@pytest.fixture
def _no_collector() -> Iterator[None]:
    """Collect no garbage: an exception of the timer in a callback of the collector (Hypothesis has one) reaches pytest
    alone, and the next one may come while pytest notes it.
    """
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
@pytest.mark.parametrize(
    "data",
    [
        b"![a " * 10_000 + b"](",
        b"[a](" * 20_000,
        b"~~~ a\n" * 10_000,
        b"---\n" + b"key: x\n" * 50_000 + b"---\n",
    ],
    ids=["brackets", "links", "fences", "front matter"],
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
