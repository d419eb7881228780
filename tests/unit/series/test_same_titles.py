"""Articles with the same title get the name of their part, folder or file."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.core.files.workspace import find
from handpress.series.assemble import assemble


@pytest.mark.parametrize(
    ("files", "settings", "titles"),
    [
        (("1-knee_bends.md", "b.md"), "", ["Knee bends – Overview", "B – Overview"]),
        (("2026-11-29.md", "2026-11-30.md"), "", ["2026-11-29 – Overview", "2026-11-30 – Overview"]),
        (("a.md", "a.markdown"), "", ["Overview", "Overview"]),  # nothing differs
        (("a.md", "legs/a.md", "arms/a.md"), "", ["Overview", "Arms – Overview", "Legs – Overview"]),
        (("2-legs/index.md", "1-the_arms/a.md"), "", ["The arms – Overview", "Legs – Overview"]),
        (("legs/left/a.md", "arms/left/a.md"), "", ["Arms – Left – Overview", "Legs – Left – Overview"]),
        (
            ("legs/left/a.md", "legs/right/a.md", "arms/left/a.md"),
            "",
            ["Arms – Left – Overview", "Legs – Left – Overview", "Legs – Right – Overview"],
        ),
        (("a/overview/a.md", "b/overview/a.md"), "", ["A – Overview", "B – Overview"]),
        (("docs/a.md", "docs/legs/a.md"), "", ["Docs – Overview", "Legs – Overview"]),
        (
            ("a.md", "b.md", "c.md"),
            "articles: [b, The knee: [a], The hip: [c]]",
            ["Overview", "The knee – Overview", "The hip – Overview"],
        ),
        (
            ("a.md", "x/b.md", "y/c.md"),
            "articles: [The knee: [a, b, c]]",
            ["Overview", "X – Overview", "Y – Overview"],
        ),
    ],
)  # fmt: skip
def test_same_titles(
    files: tuple[str, ...], settings: str, titles: list[str], tmp_path: Path
) -> None:
    root = tmp_path / "folder"
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text("# Overview\n\nAs in [](other.md) and [[overview]].\n")
    (root / "other.md").write_text("# Other\n\nWords.\n")
    if settings:
        (root / "series.yaml").write_text(settings.replace("[", "[other, ", 1) + "\n")
    workspace = find(root, tmp_path / "output")
    assert workspace
    made, problems = assemble(workspace, workspace.folders[0])
    assert [a.title for a in made.articles if "other" not in a.path] == titles
    assert {p.code for p in problems} <= {"ambiguous-link", "duplicate-article"}


@pytest.mark.parametrize(
    ("lines", "subtitle", "summary"),
    [
        ("description: Knee care.", None, None),
        ("subtitle: KNEE CARE\nsummary: All about it.", None, "All about it."),
        ("summary: Knee care, day by day.", None, "Knee care, day by day."),
    ],
)
def test_what_only_repeats_the_title_is_left_out(
    lines: str, subtitle: str | None, summary: str | None, tmp_path: Path
) -> None:
    """As generators of front matter write it."""
    root = tmp_path / "folder"
    root.mkdir()
    (root / "a.md").write_text(f"---\ntitle: Knee care\n{lines}\n---\n\nWords.\n")
    workspace = find(root, tmp_path / "output")
    assert workspace
    made, problems = assemble(workspace, workspace.folders[0])
    (article,) = made.articles
    assert (article.settings.get("subtitle"), article.settings.get("summary")) == (
        subtitle,
        summary,
    )
    assert problems == []


@pytest.mark.parametrize(
    ("folder", "titles"),
    [
        ("", ["First words", "Move", "Rest"]),
        (".obsidian", ["2026-11-30", "Knee", "Move"]),
        ("logseq", ["2026-11-30", "Knee", "Move"]),
    ],
)
def test_a_lower_heading_of_a_note_in_a_vault_is_no_title(
    folder: str, titles: list[str], tmp_path: Path
) -> None:
    texts = {"2026-11-30.md": "## First words", "Knee.md": "## Rest", "hip.md": "# Move"}
    for name, heading in texts.items():
        (tmp_path / name).write_text(f"{heading}\n\nSome text.\n")
    (tmp_path / folder).mkdir(exist_ok=True)
    workspace = find(tmp_path)
    assert workspace
    series, _ = assemble(workspace, ".")
    assert sorted(a.title for a in series.articles) == titles
