"""Folders with a series in other languages, as other programs arrange them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from handpress.core.files.workspace import Workspace, find
from handpress.series.assemble import assemble_all
from handpress.series.model import Series
from handpress.series.translations import translations_of

ENGLISH = "Rest the knee for a day, and do not walk on it. This is the best that you can do for it, and it is easy."
GERMAN = "Schonen Sie das Knie einen Tag lang und gehen Sie nicht. Das ist das Beste, was Sie für es tun können."
ITALIAN = "Riposi il ginocchio per un giorno e non cammini. È la cosa più utile che si può fare con questo, ed è facile."
FRENCH = "Reposez le genou pour un jour et ne marchez pas. C'est le plus utile que vous pouvez faire avec les jambes."
TEXTS = {"en": ENGLISH, "de": GERMAN, "it": ITALIAN, "fr": FRENCH}


def workspace(root: Path, files: Mapping[str, str]) -> Workspace:
    """Return a workspace with `files`: a path with the tag of its language, or with its text."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        title = f"# {Path(path).stem.title()} {text}\n\n"
        file.write_text(f"{title}{TEXTS[text]}\n" if text in TEXTS else text)
    found = find(root)
    assert found is not None
    return found


def published(found: Workspace) -> dict[str, tuple[Series, list[str]]]:
    """Return the series of a workspace by their languages, and the codes of their problems."""
    return {s.language: (s, [p.code for p in problems]) for s, problems in assemble_all(found)}


def paths(series: Series) -> list[str]:
    return [article.path for article in series.articles]


@pytest.mark.parametrize(
    ("main", "other"),
    [
        ("{}.md", "de/{}.md"),
        ("docs/{}.md", "docs/de/{}.md"),
        ("docs/guide/{}.md", "docs/de/guide/{}.mdx"),
        ("{}.md", "translations/de/{}.md"),
        ("docs/{}.md", "docs-de/{}.md"),
        ("content/{}.md", "content.de/{}.md"),
        ("content/en/{}.md", "content/de/{}.md"),
        ("content/english/{}.md", "content/german/{}.md"),
        ("docs/en/docs/{}.md", "docs/de/docs/01-{}.md"),
        ("{}.md", "{}.de.md"),
        ("{}.en.md", "{}.de.md"),
    ],
)
def test_a_language_is_an_edition(tmp_path: Path, main: str, other: str) -> None:
    names = ("rest", "walk", "swim")
    files = {main.format(name): "en" for name in names} | {other.format(n): "de" for n in names}
    found = published(workspace(tmp_path / "knee", files))
    assert list(found) == ["en", "de"]
    (english, clean), (german, correct) = found["en"], found["de"]
    assert paths(english) == [main.format(name) for name in sorted(names)]
    assert paths(german) == [other.format(name) for name in sorted(names)]
    assert [a.slug for a in english.articles] == [a.slug for a in german.articles] == sorted(names)
    assert (english.id, german.id, german.original) == ("knee", "knee-de", "knee")
    assert (clean, correct) == ([], [])


def test_folders_with_names_of_languages_may_be_about_something_else(tmp_path: Path) -> None:
    departments = {
        f"{folder}/{name}.md": "en" for folder in ("hr", "it") for name in ("index", "rules")
    }
    found = published(workspace(tmp_path, {"index.md": "en", "rules.md": "en", **departments}))
    assert list(found) == ["en"]
    assert len(found["en"][0].articles) == 6


def test_other_texts_in_another_language_are_no_translation(tmp_path: Path) -> None:
    files = {
        "rest.md": "en",
        "walk.md": "en",
        "it/pasta.md": "it",
        "it/pane.md": "it",
        "it/walk.md": "it",
    }
    found = published(workspace(tmp_path, files))
    assert list(found) == ["en"]
    assert len(found["en"][0].articles) == 5


def test_a_language_that_nobody_can_tell_is_known_by_its_files(tmp_path: Path) -> None:
    swahili = "# Pumzika\n\nPumzisha goti kwa siku moja, na usitembee. Hii ni rahisi.\n"
    files = {"rest.md": "en", "walk.md": "en", "sw/rest.md": swahili, "sw/walk.md": swahili}
    assert list(published(workspace(tmp_path / "two", files))) == ["en", "sw"]
    index = {"index.md": "en", "walk.md": "en", "os/index.md": "en"}
    assert list(published(workspace(tmp_path / "one", index))) == ["en"]


def test_the_language_above_a_text_counts(tmp_path: Path) -> None:
    begun = f"---\nlang: de\n---\n# Ruhe\n\n{ENGLISH}\n"
    assert list(published(workspace(tmp_path, {"rest.md": "en", "de/rest.md": begun}))) == [
        "en",
        "de",
    ]


def test_an_article_without_original_and_one_without_translation_are_reported(
    tmp_path: Path,
) -> None:
    files = {f"content/en/{name}.md": "en" for name in ("rest", "swim", "walk")}
    files |= {f"content/de/{name}.md": "de" for name in ("rest", "swim", "kneippen")}
    german, problems = published(workspace(tmp_path, files))["de"]
    assert sorted(problems) == ["missing-translation", "unpaired-translation"]
    assert paths(german)[-1] == "content/de/kneippen.md"


@pytest.mark.parametrize(("settings", "main"), [("language: de\n", "de"), ("title: Knie\n", "en")])
def test_the_settings_name_the_main_language(tmp_path: Path, settings: str, main: str) -> None:
    files = {f"{tag}/{name}.md": tag for tag in ("de", "en", "fr") for name in ("rest", "walk")}
    found = published(workspace(tmp_path, {"series.yaml": settings, **files}))
    assert next(iter(found)) == main
    assert sorted(found) == ["de", "en", "fr"]


def test_the_order_and_the_titles_of_parts_are_found_for_each_language(tmp_path: Path) -> None:
    config = 'title = "Knees"\nlanguageCode = "en-gb"\ndefaultContentLanguage = "en"\n'
    files = {"hugo.toml": config}
    for tag, title in (("en", "At home"), ("de", "Zu Hause")):
        files[f"content/{tag}/_index.md"] = (
            f"---\ntitle: {'Knees' if tag == 'en' else 'Knie'}\n---\n"
        )
        files[f"content/{tag}/home/_index.md"] = f"---\ntitle: {title}\n---\n"
        files |= {f"content/{tag}/home/{name}.md": tag for name in ("rest", "walk")}
        files[f"content/{tag}/swim.md"] = tag
    found = published(workspace(tmp_path, files))
    assert {tag: series.title for tag, (series, _) in found.items()} == {
        "en": "Knees",
        "de": "Knie",
    }
    assert [p.title for p in found["de"][0].parts] == ["Zu Hause"]
    assert [p.title for p in found["en"][0].parts] == ["At home"]
    assert [codes for _, codes in found.values()] == [[], []]


def test_each_language_may_be_a_project_of_its_own(tmp_path: Path) -> None:
    nav = "site_name: Knees\nnav: [walk.md, rest.md]\n"
    files = {f"docs/{tag}/docs/{name}.md": tag for tag in ("en", "de") for name in ("rest", "walk")}
    files |= {f"docs/{tag}/mkdocs.yml": nav for tag in ("en", "de")}
    found = published(workspace(tmp_path, files))
    assert [a.slug for a in found["de"][0].articles] == ["walk", "rest"]
    assert found["en"][0].title == "Knees"


def test_the_languages_of_docusaurus_have_the_folders_of_its_plugin(tmp_path: Path) -> None:
    config = (
        "export default {title: 'Knees', i18n: {defaultLocale: 'en', locales: ['en', 'de']},"
        " presets: [['classic', {docs: {path: 'texts'}}]]};\n"
    )
    plugin = "i18n/de/docusaurus-plugin-content-docs"
    files = {"docusaurus.config.js": config, "texts/rest.md": "en", "texts/walk.md": "en"}
    files |= {f"{plugin}/current/rest.md": "de", f"{plugin}/current/gone.md": "de"}
    files |= {
        f"{plugin}/version-1/rest.md": "de",
        "i18n/de/docusaurus-plugin-content-blog/1.md": "de",
    }
    found = workspace(tmp_path, files)
    german, codes = published(found)["de"]
    assert paths(german) == [f"{plugin}/current/rest.md"]
    assert codes == ["missing-translation"]
    (translation,) = translations_of(found, ".")
    assert translation.file_for("texts/walk.md") == f"{plugin}/current/walk.md"


def test_the_page_about_a_folder_is_not_in_its_languages_either(tmp_path: Path) -> None:
    about = {"README.md": "en", "README.de.md": "de", "404.md": "en", "de/404.md": "de"}
    files = {"rest.md": "en", "walk.md": "en", "de/rest.md": "de", "de/walk.md": "de", **about}
    found = published(workspace(tmp_path / "several", files))
    assert {tag: paths(series) for tag, (series, _) in found.items()} == {
        "en": ["rest.md", "walk.md"],
        "de": ["de/rest.md", "de/walk.md"],
    }
    alone = published(workspace(tmp_path / "one", {"README.md": "en", "README.de.md": "de"}))
    assert {tag: paths(series) for tag, (series, _) in alone.items()} == {
        "en": ["README.md"],
        "de": ["README.de.md"],
    }
