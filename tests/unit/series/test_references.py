"""References: each finds the target that its author means, or keeps its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.build.load import lay_out
from handpress.core.media import TABLE
from handpress.core.workspace import find
from handpress.layout.theme import Theme
from handpress.markup.tree import parse_tree, text_of
from handpress.series.article import Target
from handpress.series.assemble import assemble
from handpress.series.model import Series

MEDIA = tuple(TABLE)
HIP = "# Hip\n\n## Sets\n\nThree.\n\n## What's new?\n\nMuch.\n\n## Sets\n\nFour.\n"


def read(root: Path, files: dict[str, str]) -> tuple[Series, list[str]]:
    """The series of these files, and its problems as ``file:line:column code``."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    workspace = find(root)
    assert workspace
    series, problems = assemble(workspace, ".")
    said = [f"{p.place.path}:{p.place.line}:{p.place.column} {p.code}" for p in problems]
    return series, said


def shown(root: Path, series: Series, medium: str) -> dict[str, str]:
    """The articles of a series as a medium shows them."""
    workspace = find(root)
    assert workspace
    layout, _ = lay_out(Theme(workspace), series)
    return {d.name: d.body for d in layout.documents(TABLE[medium]) if d.article}


@pytest.mark.parametrize("anchor", ["#sets", "#sets-1", "#sets_1", "#whats-new", "#what-s-new"])
def test_an_anchor_by_another_programs_name(anchor: str, tmp_path: Path) -> None:
    """GitHub, Pandoc and MkDocs count equal headings in their own ways."""
    series, said = read(tmp_path, {"hip.md": HIP, "knee.md": f"# Knee\n\n[it](hip.md{anchor})\n"})
    meant = {"#sets": "hip--sets", "#sets-1": "hip--sets_1", "#sets_1": "hip--sets_1"}
    assert said == []
    assert series.targets["knee.md"] == (Target("hip", meant.get(anchor, "hip--whats-new")),)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("[the words](hop.md)", "unknown-article"),
        ("[the words](ebb.md)", "draft-article"),
        ("[the words](#nothing)", "unknown-anchor"),
        ("[the words](hip.pdf)", "foreign-link"),
        ("[the words](hip.md#web)", "unreachable-anchor"),
        ("*[the words](javascript:x)*", "unsafe-link"),
    ],
)
def test_a_link_with_an_unknown_target_keeps_its_words(
    written: str, code: str, tmp_path: Path
) -> None:
    """It is a link in no medium, and a warning has the reason."""
    files = {
        "hip.md": HIP + '\nFor screens.\n{: #web only="web" }\n',
        "ebb.md": "---\ndraft: true\n---\n\nEbb.\n",
        "knee.md": f"# Knee\n\nSee {written} there.\n",
    }
    series, said = read(tmp_path, files)
    workspace = find(tmp_path)
    assert workspace
    _, more = lay_out(Theme(workspace), series)
    assert {line.rpartition(" ")[2] for line in said} | {p.code for p in more} == {code}
    assert not [p for p in more if p.severity == "error"]
    for medium in MEDIA:
        if code == "unreachable-anchor" and medium == "web":
            continue
        tree = parse_tree(shown(tmp_path, series, medium)["knee"])
        assert text_of(tree) == "See the words there."
        assert list(tree.iter("a")) == []


def test_an_unknown_place_in_another_article_leads_to_the_article(tmp_path: Path) -> None:
    """As a browser would open it."""
    series, said = read(tmp_path, {"hip.md": HIP, "knee.md": "# Knee\n\n[it](hip.md#set)\n"})
    assert said == ["knee.md:3:6 unknown-anchor"]
    assert series.targets["knee.md"] == (Target("hip"),)


def test_a_dropped_link_keeps_its_id(tmp_path: Path) -> None:
    """Another link may lead to it."""
    text = '# Knee\n\n<a id="here" href="hop.md">here</a>\n\n[there](#here)\n'
    series, _ = read(tmp_path, {"hip.md": HIP, "knee.md": text})
    for medium in MEDIA:
        tree = parse_tree(shown(tmp_path, series, medium)["knee"])
        assert [e.tag for e in tree.iter() if e.get("id") == "knee--here"] == ["span"]
        assert [a.get("href") for a in tree.iter("a")] == ["#knee--here"]


def test_an_empty_link_with_an_unknown_target_has_the_words_of_its_address(tmp_path: Path) -> None:
    series, _ = read(tmp_path, {"knee.md": "# Knee\n\nSee [](the-hop.md).\n"})
    assert text_of(parse_tree(shown(tmp_path, series, "web")["knee"])) == "See The hop."


def test_the_revision_follows_the_targets(tmp_path: Path) -> None:
    """It changes when a link leads elsewhere, though the text is the same."""
    knee = "# Knee\n\n[it](hip.md#sets-1)\n"
    one, _ = read(tmp_path, {"hip.md": HIP, "knee.md": knee})
    again, _ = read(tmp_path, {})
    assert again.revision == one.revision
    body = one.articles[1].body
    other, _ = read(tmp_path, {"knee.md": knee.replace("sets-1", "sets")})
    assert other.articles[1].body == body
    assert other.revision != one.revision
