"""Which files below a folder are articles, and which are left out for which cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.core.files import markdown_files as files
from handpress.core.files.disk import Disk
from handpress.core.files.workspace import find


def tree(root: Path, *paths: str) -> None:
    """Write a file at each of `paths`; one that ends in a slash is a folder."""
    for path in paths:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("# Title\n\nWords.\n", "utf-8")


def published(root: Path) -> tuple[str, ...]:
    return files.markdown_in(Disk(root), ".").articles


def left_out(root: Path) -> dict[str, files.Cause]:
    return {left.path: left.cause for left in files.markdown_in(Disk(root), ".").left_out}


@pytest.mark.parametrize(
    "paths",
    [
        # As people count and read, whatever the case of letters.
        ["2-knee.md", "10-hip.md"],
        ["ankle.md", "Back.md", "calf.md"],
        ["2021-12-01-knee.md", "2022-01-01-hip.md"],
        # An article comes before those whose names go on.
        ["cli.md", "cli-tools.md", "cli.grep.md", "cli.tr.md"],
        # A folder is where its name is, and what opens it comes first in it.
        ["1-intro.md", "2-knee/index.md", "2-knee/1-rest.md", "3-end.md"],
        ["intro.md", "part-1/knee.md", "part-2/hip.md", "part-10/back.md"],
        ["guide/README.md", "guide/apples.md"],
        ["posts/_index.md", "posts/a.md"],
        ["Home.md", "About.md"],
        # Every ending of Markdown, in capitals too.
        ["a.md", "b.MD", "c.markdown", "d.mdown", "e.mkd", "f.qmd", "g.mdx", "h.Rmd", "i.livemd"],
        # Folders of a program with texts in them.
        ["_posts/2021-03-04-knee.md", "docs/hip.md"],
        ["v1.2/knee.md"],
        ["folder.md/knee.md"],
    ],
)
def test_every_markdown_file_is_an_article_in_order(tmp_path: Path, paths: list[str]) -> None:
    tree(tmp_path, *paths, "picture.png", "notes.txt")
    assert published(tmp_path) == tuple(paths)
    assert left_out(tmp_path) == {}


@pytest.mark.parametrize(
    ("path", "named", "cause"),
    [
        ("_drafts/new.md", "_drafts/new.md", files.DRAFT),
        ("Drafts/a/new.md", "Drafts/a/new.md", files.DRAFT),
        ("README.md", "README.md", files.ABOUT),
        ("CHANGELOG.md", "CHANGELOG.md", files.ABOUT),
        ("SECURITY.md", "SECURITY.md", files.ABOUT),
        ("_sidebar.md", "_sidebar.md", files.PIECE),
        ("part/_table.qmd", "part/_table.qmd", files.PIECE),
        ("themes/x/README.md", "themes", files.SITE),
        ("a/_includes/head.md", "a/_includes", files.SITE),
    ],
)
def test_what_is_left_out_is_named_with_its_cause(
    tmp_path: Path, path: str, named: str, cause: files.Cause
) -> None:
    tree(tmp_path, "knee.md", path)
    assert published(tmp_path) == ("knee.md",)
    assert left_out(tmp_path) == {named: cause}


@pytest.mark.parametrize(
    "path",
    [
        ".obsidian/note.md",
        ".github/ISSUE_TEMPLATE/bug.md",
        "node_modules/x/README.md",
        "a/_site/knee.md",
        "_book/knee.md",
        "out/.handpress/x.md",
        "env/pyvenv.cfg",
    ],
)
def test_a_folder_that_a_program_fills_is_not_entered(tmp_path: Path, path: str) -> None:
    tree(tmp_path, "knee.md", path)
    tree(tmp_path, str(Path(path).parent / "other.md"))
    assert (published(tmp_path), left_out(tmp_path)) == (("knee.md",), {})


@pytest.mark.parametrize(
    "path",
    ["changelog.md", "security.md", "part/README.md", "part/CHANGELOG.md", "_posts/a.md"],
)
def test_what_only_looks_like_it_is_an_article(tmp_path: Path, path: str) -> None:
    tree(tmp_path, "knee.md", path)
    assert path in published(tmp_path)


def test_the_forms_of_hugo_are_beside_its_texts(tmp_path: Path) -> None:
    tree(tmp_path, "archetypes/knee.md")
    assert published(tmp_path) == ("archetypes/knee.md",)
    tree(tmp_path, "content/hip.md")
    assert (published(tmp_path), left_out(tmp_path)) == (
        ("content/hip.md",),
        {"archetypes": files.SITE},
    )


def test_the_templates_of_a_vault_are_left_out(tmp_path: Path) -> None:
    tree(tmp_path, ".obsidian/app.json", "knee.md", "Templates/daily.md")
    assert published(tmp_path) == ("knee.md",)
    assert left_out(tmp_path) == {"Templates": files.TEMPLATES}


def test_the_scaffolds_of_hexo_are_left_out(tmp_path: Path) -> None:
    tree(tmp_path, "source/_posts/knee.md", "scaffolds/post.md")
    (tmp_path / "scaffolds/post.md").write_text("---\ntitle: {{ title }}\n---\n")
    assert published(tmp_path) == ("source/_posts/knee.md",)
    assert left_out(tmp_path) == {"scaffolds": files.TEMPLATES}


@pytest.mark.parametrize(
    ("texts", "forms"),
    [
        (["# {{title}}\n", "Words.\n"], True),
        (["---\ncreated: {{date:YYYY-MM-DD}}\n---\n"], True),
        (["<% tp.file.title %>\n", "<%* await tp.x %>"], True),
        (["# {{title}}\n", "Words.\n", "Words.\n"], False),
        (["Write `{{title}}`, or:\n\n```md\n{{date}}\n```\n"], False),
        (["{{ titles }} {{ page.title }}\n"], False),
        ([], False),
    ],
)
def test_forms_for_new_notes_are_known_by_their_marks(
    tmp_path: Path, texts: list[str], forms: bool
) -> None:
    """The folder of a vault that somebody copied is without `.obsidian`. Most files have to be forms."""
    tree(tmp_path, "knee.md")
    (tmp_path / "templates").mkdir()
    for number, text in enumerate(texts):
        (tmp_path / f"templates/{number}.md").write_text(text)
    assert left_out(tmp_path) == ({"templates": files.TEMPLATES} if forms else {})
    assert len(published(tmp_path)) == 1 + (0 if forms else len(texts))


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["README.md"], "README.md"),
        (["CHANGELOG.md", "README.md"], "README.md"),
        (["_notes.md"], "_notes.md"),
    ],
)
def test_a_folder_of_nothing_else_is_published(
    tmp_path: Path, paths: list[str], expected: str
) -> None:
    tree(tmp_path, *paths)
    assert published(tmp_path) == (expected,)
    assert {*left_out(tmp_path)} == {*paths} - {expected}


def test_a_series_with_settings_has_its_readme_for_itself(tmp_path: Path) -> None:
    tree(tmp_path, "series.yml", "README.md", "CHANGELOG.md", "_a.md", "part/README.md")
    found = files.markdown_in(Disk(tmp_path), ".")
    assert found.articles == ("_a.md", "CHANGELOG.md", "part/README.md")
    assert (found.silent, found.left_out) == (("README.md",), ())


def test_a_series_in_a_subfolder_is_named(tmp_path: Path) -> None:
    tree(tmp_path, "knee.md", "other/series.yaml", "other/hip.md")
    assert published(tmp_path) == ("knee.md",)
    assert left_out(tmp_path) == {"other": files.SERIES}


def test_links_end_and_stay_inside(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    tree(inside, "part/knee.md")
    tree(outside, "secret.md")
    (inside / "part/again").symlink_to(inside)
    (inside / "part/itself").symlink_to("itself")
    (inside / "secrets").symlink_to(outside)
    assert published(inside) == ("part/knee.md",)
    assert left_out(inside) == {"secrets": files.OUTSIDE}


def test_a_deep_tree_is_read_down_to_a_limit(tmp_path: Path) -> None:
    tree(
        tmp_path, "knee.md", f"themes/{'a/' * 300}x.md", f"b/{'c/' * 30}y.md", f"d/{'e/' * 300}z.md"
    )
    assert len(published(tmp_path)) == 2
    assert sorted(left_out(tmp_path).values(), key=str) == sorted([files.SITE, files.DEEP], key=str)


# --- Workspaces --------------------------------------------------------------------------------


def test_a_workspace_keeps_its_own_folders_to_itself(tmp_path: Path) -> None:
    tree(tmp_path, "knee.md", "authors/ada.md", "fonts/README.md", "layouts/notes.md", "made/x.md")
    found = find(tmp_path, tmp_path / "made")
    assert found is not None
    assert found.folders == (".",)
    assert found.markdown(".").articles == ("knee.md",)
    assert found.markdown(".").left_out == ()


def test_each_folder_of_sources_is_a_series_with_its_subfolders(tmp_path: Path) -> None:
    tree(tmp_path, "README.md", "sources/loose.md", "sources/a/x.md", "sources/a/b/y.md")
    tree(tmp_path, "sources/authors/ada.md", "sources/empty/x.txt")
    found = find(tmp_path)
    assert found is not None
    assert found.folders == ("sources", "sources/a")
    assert found.markdown("sources").articles == ("sources/loose.md",)
    assert found.markdown("sources/a").articles == ("sources/a/b/y.md", "sources/a/x.md")


def test_sources_may_also_be_a_folder_among_others(tmp_path: Path) -> None:
    tree(tmp_path, "knee.md", "sources/list.md")
    found = find(tmp_path)
    assert found is not None
    assert found.markdown(".").articles == ("knee.md", "sources/list.md")


def test_a_folder_with_articles_only_below_it_is_a_series(tmp_path: Path) -> None:
    tree(tmp_path, "docs/guide/knee.md")
    assert find(tmp_path) is not None
    assert find(tmp_path / "docs") is not None


@pytest.mark.parametrize("path", ["node_modules/a/README.md", ".git/x.md", "_drafts/x.md", "x.txt"])
def test_a_folder_without_articles_is_no_workspace(tmp_path: Path, path: str) -> None:
    tree(tmp_path, path)
    assert find(tmp_path) is None


@pytest.mark.parametrize("ending", ["yaml", "yml"])
def test_the_practice_is_read_from_either_ending(tmp_path: Path, ending: str) -> None:
    tree(tmp_path, "sources/a/x.md", f"practice.{ending}")
    found = find(tmp_path)
    assert found is not None
    assert found.practice == f"practice.{ending}"
