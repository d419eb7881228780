"""Which folders and files are translated editions of a series, by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.core.files.workspace import Workspace, find
from handpress.series.translations import Translation, translation_in, translations_of

TEXT = "# Title\n\nSome text.\n"


def workspace(root: Path, *paths: str) -> Workspace:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT)
    found = find(root)
    assert found is not None
    return found


def translations(workspace: Workspace) -> tuple[Translation, ...]:
    """Return the translated editions of all series of a workspace, each after the others of its original."""
    folders = dict.fromkeys((*workspace.folders, *workspace.others))
    return tuple(t for folder in folders for t in translations_of(workspace, folder))


BOWLS = ("sources/bowls/01-grip.md", "sources/bowls/02-stance.md")


def test_the_two_notations_give_the_same(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "folder", *BOWLS, "sources/bowls.es/02-stance.md")
    beside = workspace(tmp_path / "beside", *BOWLS, "sources/bowls/02-stance.es.md")
    (one,), (other,) = translations(folder), translations(beside)
    assert one == Translation(
        "sources/bowls",
        "sources/bowls.es",
        "es",
        {"sources/bowls/02-stance.md": "sources/bowls.es/02-stance.md"},
        "sources/bowls.es/series.yaml",
        "sources/bowls.es/translation.yaml",
    )
    assert other == Translation(
        "sources/bowls",
        "sources/bowls.es",
        "es",
        {"sources/bowls/02-stance.md": "sources/bowls/02-stance.es.md"},
        "sources/bowls/series.es.yaml",
        "sources/bowls/translation.es.yaml",
    )
    assert translation_in(folder, "sources/bowls.es") == one
    assert translation_in(folder, "sources/bowls") is None


def test_a_folder_of_articles_has_its_translations_beside_them(tmp_path: Path) -> None:
    (found,) = translations(workspace(tmp_path, "01-grip.md", "01-grip.zh-hans.md"))
    assert (found.original, found.folder, found.tag) == (".", ".zh-Hans", "zh-Hans")
    assert found.files == {"01-grip.md": "01-grip.zh-hans.md"}
    assert (found.settings, found.record) == ("series.zh-Hans.yaml", "translation.zh-Hans.yaml")


@pytest.mark.parametrize(
    "paths",
    [
        ("sources/bowls.it/01-grip.md",),  # without an original
        ("sources/bowls/01-grip.md", "sources/bowls.en/01-grip.md"),  # in the same language
        ("sources/bowls/01-grip.md", "sources/bowls/01-grip.en.md"),
        ("sources/bowls/01-grip.md", "sources/bowls.old/01-grip.md"),  # not languages
        ("sources/bowls/01-grip.md", "sources/bowls/01-grip.draft.md"),
        ("sources/bowls/01-grip.md", "sources/bowls/02-what.es.md"),  # no file with its name
    ],
)
def test_other_names_are_those_of_ordinary_series(tmp_path: Path, paths: tuple[str, ...]) -> None:
    assert translations(workspace(tmp_path, *paths)) == ()


def test_dots_between_levels_of_names_begin_no_language(tmp_path: Path) -> None:
    """As in Dendron, where `cli.tr.md` is about a command and not in Turkish. A copy beside a translation is not a level."""
    others = [f"cli.{name}.md" for name in ("awk", "dig", "grep", "tar", "curl")]
    assert translations(workspace(tmp_path / "levels", "cli.md", "cli.tr.md", *others)) == ()
    copies = workspace(tmp_path / "copies", "01-grip.md", "01-grip.es.md", "01-grip.old.md")
    assert [found.tag for found in translations(copies)] == ["es"]


def test_a_translation_of_a_translation_is_a_series_of_its_own(tmp_path: Path) -> None:
    folders = ("sources/bowls.es/01-grip.md", "sources/bowls.es.it/01-grip.md")
    found = workspace(tmp_path, *BOWLS, *folders)
    assert [t.folder for t in translations(found)] == ["sources/bowls.es"]
    assert translation_in(found, "sources/bowls.es.it") is None


def test_the_language_of_the_original_is_its_own(tmp_path: Path) -> None:
    paths = (*BOWLS, "sources/bowls.en/01-grip.md", "sources/bowls.es/01-grip.md")
    found = workspace(tmp_path, *paths)
    (tmp_path / "sources/bowls/series.yaml").write_text("language: es\n")
    assert [t.tag for t in translations(found)] == ["en"]


def test_an_article_has_its_translation_also_under_another_number(tmp_path: Path) -> None:
    names = ("sources/bowls.es/10-Stance.markdown", "sources/bowls.es/11-clubs.md")
    (found,) = translations(workspace(tmp_path, *BOWLS, *names))
    assert found.files == {BOWLS[1]: names[0]}
    assert found.unpaired == (names[1],)


def test_the_folder_wins_over_files_beside_the_original(tmp_path: Path) -> None:
    beside = ("sources/bowls/01-grip.es.md", "sources/bowls/02-stance.es.md")
    other = "sources/bowls/03-clubs.es.md"
    (found,) = translations(
        workspace(tmp_path, *BOWLS, *beside, other, "sources/bowls.es/01-grip.md")
    )
    assert found.files == {BOWLS[0]: "sources/bowls.es/01-grip.md", BOWLS[1]: beside[1]}
    assert found.unused == {beside[0]: "sources/bowls.es/01-grip.md"}
    assert found.unpaired == (other,)


def test_files_in_the_list_of_articles_are_articles(tmp_path: Path) -> None:
    found = workspace(tmp_path, *BOWLS, "sources/bowls/01-grip.es.md")
    settings = "articles: [01-grip.md, 01-grip.es.md]\n"
    (tmp_path / "sources/bowls/series.yaml").write_text(settings)
    assert all(not t.files for t in translations(found))


def test_settings_alone_begin_a_translation(tmp_path: Path) -> None:
    found = workspace(tmp_path, *BOWLS)
    (tmp_path / "sources/bowls/series.pt-br.yaml").write_text("title: Bowls\n")
    (only,) = translations(found)
    assert (only.tag, only.settings) == ("pt-BR", "sources/bowls/series.pt-br.yaml")
