"""The order, titles and parts that files of other programs give: each program by example."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.core.files.markdown_files import PIECE
from handpress.core.files.workspace import find
from handpress.core.problems.problem import Problem
from handpress.series.assemble import assemble
from handpress.series.model import Series


def series(root: Path, files: dict[str, str]) -> tuple[Series, list[Problem]]:
    """The series of a folder with these `files`. A text without a heading gets one from its path."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    found = find(root, root.parent / "output")
    assert found is not None
    return assemble(found, found.folders[0])


def articles(*paths: str) -> dict[str, str]:
    return {path: f"# About {Path(path).stem}\n\nWords.\n" for path in paths}


def contents(made: Series) -> list[object]:
    """The slugs of the articles in order, those of a part in a list after its title."""
    parts = {part.slugs[0]: part for part in made.parts}
    inside = {slug for part in made.parts for slug in part.slugs}
    found: list[object] = []
    for article in made.articles:
        if part := parts.get(article.slug):
            found += [part.title, list(part.slugs)]
        elif article.slug not in inside:
            found.append(article.slug)
    return found


SUMMARY = """# Summary

[Preface](preface.md)

# The *knee*

- [Knee](legs/knee.md)
    - [Rest](<legs/rest.md>)
- [Soon]()
- [The web](https://example.org/)

---

# The hip

1. [Hip `a`](./hip.md#top "A hip")

[End](end.md)
"""
FILES = ("preface.md", "legs/knee.md", "legs/rest.md", "hip.md", "end.md")
EXPECTED = ["preface", "The knee", ["knee", "rest"], "The hip", ["hip"], "end"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"SUMMARY.md": SUMMARY, **articles(*FILES)}, EXPECTED),
        ({"src/SUMMARY.md": SUMMARY, **articles(*(f"src/{f}" for f in FILES))}, EXPECTED),
        (  # mdBook, with its sources in another folder
            {
                "book.toml": '[book]\nsrc = "text"\n',
                "text/SUMMARY.md": SUMMARY,
                **articles(*(f"text/{f}" for f in FILES)),
            },
            EXPECTED,
        ),
        (  # GitBook
            {
                ".gitbook.yaml": "root: ./docs/\nstructure:\n  summary: toc.md\n",
                "docs/toc.md": "# Table of contents\n\n* [Start](README.md)\n\n## Legs\n\n* [K](knee.md)\n",
                **articles("docs/README.md", "docs/knee.md"),
            },
            ["readme", "Legs", ["knee"]],
        ),
        (  # an item without a link is the title of those below it
            {
                "SUMMARY.md": "- Legs\n  - [K](knee.md)\n  - [H](hip.md)\n- [E](elbow.md)\n",
                **articles("knee.md", "hip.md", "elbow.md"),
            },
            ["Legs", ["knee", "hip"], "elbow"],
        ),
        (  # links by reference, in comments, and to folders
            {
                "SUMMARY.md": "<!-- [x](x.md) -->\n- [K][knee]\n- [H](hip/)\n\n[knee]: knee.md\n",
                **articles("knee.md", "hip/README.md"),
            },
            ["knee", "hip"],
        ),
        (  # Quarto
            {
                "_quarto.yml": "book:\n  chapters:\n    - index.qmd\n    - part: legs.qmd\n"
                "      chapters: [knee.qmd]\n    - part: Arms\n      chapters:\n"
                "        - text: E\n          file: elbow.qmd\n  appendices: [end.qmd]\n",
                **articles("index.qmd", "legs.qmd", "knee.qmd", "elbow.qmd", "end.qmd"),
            },
            ["index", "About legs", ["legs", "knee"], "Arms", ["elbow"], "end"],
        ),
        (  # the sidebar of a website lists some of its pages
            {
                "_quarto.yml": "website:\n  sidebar:\n    contents:\n      - section: Legs\n"
                "        contents: [b.qmd, a.qmd]\n",
                **articles("a.qmd", "b.qmd", "c.qmd"),
            },
            ["Legs", ["b", "a"], "c"],
        ),
        (  # MkDocs
            {
                "mkdocs.yml": "site_name: X\nnav:\n  - index.md\n  - Legs:\n      - Knee: legs/knee.md\n"
                "      - Deep:\n          - legs/hip.md\n  - Away: https://example.org\n"
                "markdown_extensions:\n  - x:\n      f: !!python/name:a.b\n      g: !ENV [A, b]\n",
                **articles("docs/index.md", "docs/legs/knee.md", "docs/legs/hip.md"),
            },
            ["index", "Legs", ["knee", "hip"]],
        ),
        (  # without a list
            {
                "mkdocs.yml": "docs_dir: text\n",
                **articles("text/a.md", "text/b/x.md", "text/b/y.md", "text/index.md"),
            },
            ["index", "a", "B", ["x", "y"]],
        ),
        (  # a pattern, and a whole folder
            {
                "mkdocs.yml": "nav:\n  - All: 'b*.md'\n  - legs\n",
                **articles("docs/b2.md", "docs/b10.md", "docs/legs/x.md", "docs/legs/y.md"),
            },
            ["b2", "b10", "x", "y"],
        ),
        (  # Leanpub
            {
                "manuscript/Book.txt": "{frontmatter}\nstart.md\nmainmatter:\n# later\npart.md\nb.md\na.txt\n",
                "manuscript/part.md": "\n-# Legs\n\n",
                **articles("manuscript/start.md", "manuscript/b.md", "manuscript/a.txt"),
            },
            ["start", "Legs", ["b", "a-txt"]],
        ),
        (  # Jupyter Book
            {
                "_toc.yml": "format: jb-book\nroot: intro\nparts:\n  - caption: Legs\n    chapters:\n"
                "      - file: b\n        sections:\n          - file: sub/c\n      - file: a\n",
                **articles("intro.md", "a.md", "b.md", "sub/c.md"),
            },
            ["intro", "Legs", ["b", "c", "a"]],
        ),
        (  # its oldest form
            {"_toc.yml": "- file: b\n- file: a\n", **articles("a.md", "b.md")},
            ["b", "a"],
        ),
        (  # MyST
            {
                "myst.yml": "project:\n  toc:\n    - file: b.md\n    - title: Legs\n      children:\n"
                "        - file: a.md\n",
                **articles("a.md", "b.md"),
            },
            ["b", "Legs", ["a"]],
        ),
        (  # bookdown
            {"_bookdown.yml": 'rmd_files: ["b.Rmd", "a.Rmd"]\n', **articles("a.Rmd", "b.Rmd")},
            ["b", "a"],
        ),
        (  # with the headings of parts in its files
            {
                "_bookdown.yml": "",
                "index.Rmd": "# Preface\n\nWords.\n",
                "01-knee.Rmd": "# (PART) The *leg* {-}\n\n# About the knee {#knee}\n\nWords.\n",
                "02-hip.Rmd": "# Hip\n\nWords.\n",
                "03-end.Rmd": "# (APPENDIX) Appendix {-}\n\n# End\n\nWords.\n",
            },
            ["index", "The leg", ["knee", "hip"], "Appendix", ["end"]],
        ),
        ({"_bookdown.yml": "x: y\n", **articles("01-a.Rmd", "index.Rmd")}, ["index", "a"]),
        (  # Manubot
            {
                "content/metadata.yaml": "title: X\n",
                **articles("content/10.end.md", "content/02.intro.md"),
            },
            ["intro", "end"],
        ),
        (  # docsify lists some
            {"_sidebar.md": "* [B](b.md)\n", **articles("a.md", "b.md", "c.md")},
            ["b", "a", "c"],
        ),
        (  # a wiki names its pages without hyphens
            {"_Sidebar.md": "- [[Sea Water]]\n", **articles("a.md", "Sea-Water.md")},
            ["sea-water", "a"],
        ),
        (  # a project in the only folder with texts
            {"book/book.toml": "", "book/src/SUMMARY.md": "- [B](b.md)\n- [A](a.md)\n"}
            | articles("book/src/a.md", "book/src/b.md"),
            ["b", "a"],
        ),
        (  # Docusaurus
            {
                "docusaurus.config.js": "module.exports = {\n  title: 'X',\n};\n",
                "docs/legs/_category_.json": '{"label": "The legs", "position": 1}',
                **articles("docs/a.md", "docs/legs/x.md", "docs/legs/y.md"),
            },
            ["The legs", ["x", "y"], "a"],
        ),
        (  # its sidebar, by ids: without the numbers of files, or from the front matter
            {
                "docusaurus.config.js": "module.exports = {title: 'X'}\n",
                "sidebars.js": """// @ts-check
/** @type {import('@docusaurus/plugin-content-docs').SidebarsConfig} */
const sidebars = {
  main: [
    'intro', // 'gone'
    {
      type: 'category',
      label: 'The legs',
      link: {type: 'doc', id: 'legs/legs'},
      items: ['legs/walk', {type: 'category', label: 'Within', items: [{type: 'doc', id: 'legs/rest'}]}],
    },
    {'The arms': ['arm']},
    {type: 'link', label: 'The web', href: 'https://example.org/'},
    {type: 'ref', id: 'intro'},
  ],
};
module.exports = sidebars;
""",
                "docs/2-legs/c.md": "---\nid: walk\n---\n\n# Walk\n\nWords.\n",
                **articles(
                    "docs/01-intro.md", "docs/arm.md", "docs/2-legs/legs.md", "docs/2-legs/rest.md"
                ),
            },
            ["intro", "The legs", ["legs", "c", "rest"], "The arms", ["arm"]],
        ),
        (  # with its site in a folder of its own, and folders in the order of positions
            {
                "website/docusaurus.config.ts": """import type {Config} from '@docusaurus/types';
const config: Config = {
  title: 'X',
  presets: [['classic', {docs: {path: '../text', sidebarPath: require.resolve('./side.json')}} satisfies Options]],
};
export default config;
""",
                "website/side.json": """{"docs": ["z", {"type": "category", "label": "All of A", "items":
                    [{"type": "autogenerated", "dirName": "a"}]}, {"type": "autogenerated", "dirName": "b"}]}""",
                "text/a/y.md": "---\nsidebar_position: 1\n---\n\n# Y\n\nWords.\n",
                "text/b/d/_category_.json": '{"label": "The D", "position": 1}',
                **articles(
                    "text/z.md", "text/a/x.md", "text/a/c/w.md", "text/b/c/u.md", "text/b/c/v.md"
                ),
                **articles("text/b/d/s.md", "text/b/d/t.md"),
            },
            ["z", "All of A", ["y", "w", "x"], "The D", ["s", "t"], "C", ["u", "v"]],
        ),
        (  # several sidebars are parts, with their words in the bar of the site
            {
                "docusaurus.config.js": """module.exports = {themeConfig: {navbar: {items: [
                    {type: 'docSidebar', sidebarId: 'a', label: 'The first'}]}}}""",
                "sidebars.js": "export default {a: ['x'], secondStepsSidebar: ['y', {type: 'category', label: 'Z', items: ['z']}]}",
                **articles("docs/x.md", "docs/y.md", "docs/z.md"),
            },
            ["The first", ["x"], "Second steps", ["y"], "Z", ["z"]],
        ),
        (  # several folders with texts: each is a part, unless it has parts of its own
            {
                "docusaurus.config.js": """module.exports = {
                    presets: [['classic', {docs: {sidebarPath: './sidebars.js'}}]],
                    plugins: [
                        ['@docusaurus/plugin-content-docs', {id: 'courses', path: 'courses', sidebarPath: './courses.js'}],
                        [require.resolve('@docusaurus/plugin-content-docs'), {id: 'forHome', path: './at-home'}],
                        ['@docusaurus/plugin-content-docs', {id: 'gone', path: 'gone'}],
                    ],
                    themeConfig: {navbar: {items: [{docsPluginId: 'courses', type: 'doc', docId: 'x', label: 'All courses'}]}},
                };""",
                "sidebars.js": "module.exports = {docs: ['b', 'a']}",
                "courses.js": "module.exports = {one: ['x', {type: 'category', label: 'More', items: ['y']}]}",
                **articles("docs/a.md", "docs/b.md", "courses/x.md", "courses/y.md"),
                **articles("at-home/z.md", "at-home/w.md"),
            },
            ["Docs", ["b", "a"], "All courses", ["x"], "More", ["y"], "For home", ["w", "z"]],
        ),
        (  # Hexo: posts in order of their dates, those without one last
            {
                "_config.yml": "title: X\n",
                "source/_posts/a.md": "---\ndate: 2026-03-02 10:00:00\n---\n\nWords.\n",
                "source/_posts/b.md": "---\ndate: 2026-03-01 10:00:00\n---\n\nWords.\n",
                "source/_posts/2026-02-01-d.md": "Words.\n",
                **articles("source/_posts/c.md"),
            },
            ["d", "b", "a", "c"],
        ),
        (  # a list tells more than the settings of a program that was used before
            {
                "book.json": '{"title": "X"}',
                "docusaurus.config.js": "",
                "sidebars.js": "module.exports = {a: ['y', 'x']}",
                **articles("docs/x.md", "docs/y.md"),
            },
            ["y", "x"],
        ),
        (  # VitePress: its first page, the sidebar, and what that does not list
            {
                "docs/.vitepress/config.mts": """import { defineConfig } from 'vitepress'
                    export default withMermaid(defineConfig({
                      title: 'X',
                      themeConfig: { sidebar: {
                        '/legs/': { base: '/legs/', items: [{ text: 'The legs', items: [{ text: 'W', link: 'walk' }] }] },
                        '/': [{ text: 'Arms', link: '/arm', items: [{ text: 'Hands', items: [{ link: '/hand.md' }] }] }],
                      } },
                    }))""",
                **articles("docs/a.md", "docs/arm.md", "docs/hand.md", "docs/index.md"),
                **articles("docs/legs/walk.md"),
            },
            ["index", "The legs", ["walk"], "Arms", ["arm", "hand"], "a"],
        ),
        (  # VuePress
            {
                ".vuepress/config.js": "module.exports = {title: 'X', themeConfig: {sidebar: ['/b', {text: 'C', children: ['/c/']}]}}",
                **articles("a.md", "b.md", "c/README.md"),
            },
            ["b", "C", ["c"], "a"],
        ),
        (  # Starlight, with the order of a folder by the front matter
            {
                "astro.config.mjs": """export default defineConfig({ integrations: [starlight({
                    title: { en: 'X' }, defaultLocale: 'root', locales: { root: { label: 'English', lang: 'en' } },
                    sidebar: ['b', { label: 'Legs', autogenerate: { directory: 'legs' } }, { label: 'Web', link: 'https://example.org' }],
                })]})""",
                "src/content/docs/legs/y.md": "---\nsidebar:\n  order: 1\n---\n\n# Y\n\nWords.\n",
                **articles("src/content/docs/legs/x.md", "src/content/docs/b.md"),
            },
            ["b", "Legs", ["y", "x"]],
        ),
        (  # a folder with nearly all articles is not the only part, and an index is called by its folder
            {
                "content/legs/index.md": "# Overview\n\nWords.\n",
                **articles("content/legs/x.md", "content/legs/y.md", "content/arms/z.md"),
                **articles("content/arms/w.md", "content/a.md", "notes/b.md"),
            },
            ["a", "Arms", ["w", "z"], "Legs", ["legs", "x", "y"], "b"],
        ),
        (  # Logseq: its backups are left out, and names have escapes
            {
                "logseq/config.edn": "{}",
                **articles("logseq/bak/pages/a/2.md", "pages/a.md", "pages/B%3A c.md"),
            },
            ["a", "b-3a-c"],
        ),
        (  # Quartz: the vault is in `content/`
            {
                "quartz.config.ts": 'const config = {\n  pageTitle: "X",\n  ignorePatterns: ["private", "**/old"],\n',
                **articles("content/index.md", "content/b/a.md", "content/b/c.md"),
            },
            ["index", "B", ["a", "c"]],
        ),
        (  # Zensical, the successor of MkDocs
            {
                "zensical.toml": '[project]\nsite_name = "X"\nnav = [{ B = "b.md" }, { Legs = ["a.md"] }]\n',
                **articles("docs/a.md", "docs/b.md"),
            },
            ["b", "Legs", ["a"]],
        ),
        (  # Hugo: an index without text gives its folder a title
            {
                "hugo.toml": "title = 'X'\n",
                "content/b/_index.md": "---\ntitle: The bees\n---\n",
                **articles("content/a.md", "content/b/x.md", "content/b/y/index.md"),
            },
            ["a", "The bees", ["x", "y"]],
        ),
        (  # Jekyll
            {
                "_config.yml": "title: X\n",
                **articles("about.md", "_posts/2022-01-01-b.md", "_posts/2021-01-01-c.md"),
            },
            ["Posts", ["c", "b"], "about"],
        ),
    ],
)
def test_the_order_of_another_program(
    files: dict[str, str], expected: list[object], tmp_path: Path
) -> None:
    made, problems = series(tmp_path / "folder", files)
    assert contents(made) == expected
    assert problems == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"book.toml": '[book]\ntitle = "T"\nauthors = ["A B", "C"]\nlanguage = "de"\n'},
            ("T", ["A B", "C"], "de"),
        ),
        (
            {"book.json": '{"title": "T", "author": "A", "language": "pt_BR"}'},
            ("T", ["A"], "pt-BR"),
        ),
        (
            {"_quarto.yml": "lang: de\nbook:\n  title: T\n  author:\n    - name: A B\n"},
            ("T", ["A B"], "de"),
        ),
        (
            {"mkdocs.yml": "site_name: T\nsite_author: A\ntheme:\n  language: fr\n"},
            ("T", ["A"], "fr"),
        ),
        (
            {
                "zensical.toml": '[project]\nsite_name = "T"\nsite_author = "A"\ntheme.language = "es"\n'
            },
            ("T", ["A"], "es"),
        ),
        (
            {"quartz.config.ts": "const c = {\n  pageTitle: 'T',\n  locale: 'de-DE',\n"}
            | articles("content/x.md"),
            ("T", [], "de-DE"),
        ),
        ({"_toc.yml": "root: x\n", "_config.yml": "title: T\nauthor: A\n"}, ("T", ["A"], "en")),
        ({"myst.yml": "project:\n  title: T\n  authors: [{name: A}]\n"}, ("T", ["A"], "en")),
        (
            {"_bookdown.yml": "", "index.Rmd": "---\ntitle: T\nauthor: A\n---\n\nX.\n"},
            ("T", ["A"], "en"),
        ),
        (
            {"content/metadata.yaml": "title: T\nlang: de\nauthors:\n  - name: A\n"},
            ("T", ["A"], "de"),
        ),
        (
            {"config.toml": 'title = "T"\nlanguageCode = "en-US"\n[params]\nauthor = "A"\n'}
            | articles("content/x.md"),
            ("T", ["A"], "en-US"),
        ),
        (
            {"config.toml": 'title = "T"\nauthor = "A"\ndefault_language = "de"\n'}
            | articles("content/x.md"),
            ("T", ["A"], "de"),
        ),
        ({"_config.yml": "title: T\nauthor:\n  name: A\nlang: de\n"}, ("T", ["A"], "de")),
        ({"_config.yml": "title: T\nauthor: A\nlanguage: [de, en]\n"}, ("T", ["A"], "de")),
        (
            {"docusaurus.config.js": "const config = {\n  title: 'T',\n  defaultLocale: 'de',\n"}
            | articles("docs/x.md"),
            ("T", [], "de"),
        ),
    ],
)
def test_the_settings_of_another_program(
    files: dict[str, str], expected: tuple[str, list[str], str], tmp_path: Path
) -> None:
    made, _ = series(tmp_path / "folder", files | articles("x.md", "y.md"))
    assert (made.title, [a.name for a in made.authors], made.language) == expected


def test_the_title_that_docusaurus_writes_is_none(tmp_path: Path) -> None:
    files = {"docusaurus.config.js": "module.exports = {title: 'My Site'}"}
    made, _ = series(tmp_path / "sea-water", files | articles("docs/x.md", "docs/y.md"))
    assert made.title == "Sea water"


def test_settings_of_the_series_come_first(tmp_path: Path) -> None:
    files = {
        "series.yaml": "title: Ours\narticles: [b, a]\n",
        "mkdocs.yml": "site_name: Theirs\ntheme: {language: de}\nnav: [gone.md, a.md]\n",
        "SUMMARY.md": "- [A](a.md)\n",
    }
    made, problems = series(tmp_path / "folder", files | articles("a.md", "b.md"))
    assert (made.title, contents(made)) == ("Ours", ["b", "a"])
    assert problems == []


def test_articles_may_be_in_parts(tmp_path: Path) -> None:
    files = {
        "series.yaml": "articles:\n  - a\n  - Legs: [b, sub/c.md]\n  - Arms:\n      - d\n  - e\n"
    }
    made, problems = series(
        tmp_path / "folder", files | articles("a.md", "b.md", "sub/c.md", "d.md", "e.md")
    )
    assert contents(made) == ["a", "Legs", ["b", "c"], "Arms", ["d"], "e"]
    assert problems == []


@pytest.mark.parametrize(
    ("listed", "expected", "place"),
    [
        ("[a, Legs: [gone, b]]", ["a", "Legs", ["b"]], ("missing-article", 22)),
        ("[a, Legs: {Deep: [b]}]", ["a"], ("wrong-value", 21)),
        ("[a, Legs: [{Deep: [b]}, b]]", ["a", "Legs", ["b"]], ("wrong-value", 22)),
        ("[a, '': [b]]", ["a", "b"], ("wrong-value", 15)),
    ],
)
def test_a_mistake_in_a_part_is_shown(
    listed: str, expected: list[object], place: tuple[str, int], tmp_path: Path
) -> None:
    files = {"series.yaml": f"articles: {listed}\n"}
    made, problems = series(tmp_path / "folder", files | articles("a.md", "b.md"))
    assert contents(made) == expected
    assert [(p.code, p.place.column) for p in problems if p.code != "unlisted-article"] == [place]


def test_a_title_is_that_of_the_list_if_the_article_has_none(tmp_path: Path) -> None:
    files = {"SUMMARY.md": "- [The *knee*](a.md)\n- [Other](b.md)\n", "a.md": "Words.\n"}
    made, _ = series(tmp_path / "folder", files | articles("b.md"))
    assert [a.title for a in made.articles] == ["The knee", "About b"]


def test_the_title_of_a_section_is_in_its_index(tmp_path: Path) -> None:
    made, problems = series(
        tmp_path / "folder", {"_index.md": "---\ntitle: Joints\n---\n"} | articles("a.md", "b.md")
    )
    assert (made.title, contents(made), problems) == ("Joints", ["a", "b"], [])


def test_an_index_that_is_no_page_gives_its_title_and_is_not_kept_back(tmp_path: Path) -> None:
    """As Zola has it. With a text it is kept back, and a warning tells so."""
    index = "+++\ntitle = 'The knee'\nrender = false\n+++\n"
    files = {"config.toml": "title = 'X'\n", "content/a/_index.md": index}
    files |= articles("content/a/x.md", "content/a/y.md", "content/z.md")
    made, problems = series(tmp_path / "folder", files)
    assert contents(made) == ["The knee", ["x", "y"], "z"]
    assert [p.code for p in problems] == ["unknown-key"]
    files["content/a/_index.md"] = f"{index}\nWords.\n"
    _, problems = series(tmp_path / "other", files)
    assert "kept-back" in [p.code for p in problems]


PAGE = "+++\ntitle = '{title}'\ndate = {date}\nweight = {weight}\n+++\n\nWords.\n"


@pytest.mark.parametrize(
    ("sort_by", "order"),
    [
        ("weight", ["x", "z", "y"]),
        ("date", ["z", "y", "x"]),
        ("title", ["y", "x", "z"]),
        ("none", ["x", "z", "y"]),
    ],
)
def test_the_index_of_a_folder_sorts_its_articles(
    sort_by: str, order: list[str], tmp_path: Path
) -> None:
    """As in Zola: an article may be a folder; another section comes behind, and undated articles come last."""
    files = {
        "config.toml": "title = 'X'\n",
        "content/_index.md": f"+++\nsort_by = '{sort_by}'\n+++\n",
        "content/x.md": PAGE.format(title="Part 10", date="2024-05-01", weight=1),
        "content/y/index.md": PAGE.format(title="Part 2", date="2023-05-01", weight=3),
        "content/z.md": PAGE.format(title="The end", date="2022-05-01", weight=2),
        "content/more/_index.md": "+++\ntitle = 'More'\nweight = 4\n+++\n",
    }
    files |= articles("content/more/a.md", "content/more/b.md", "content/zz.md")
    made, problems = series(tmp_path / "folder", files)
    rest: list[object] = ["More", ["a", "b"]]
    last = {"date": 3, "title": 0}.get(sort_by)
    expected: list[object] = [*order, *rest, "zz"] if last is None else [*order]
    if last is not None:
        expected.insert(last, "zz")
        expected += rest
    assert contents(made) == expected
    assert problems == []


def test_the_index_of_a_section_beside_a_page_is_no_duplicate(tmp_path: Path) -> None:
    """Links to the folder lead to the page; a section with a text is an article of its own."""
    files = {
        "config.toml": "title = 'X'\n",
        "content/knee/_index.md": "+++\ntitle = 'More on knees'\n+++\n",
        "content/knee/index.md": "+++\ntitle = 'The knee'\n+++\n\nWords.\n",
        "content/knee/rest.md": "# Rest\n\n[a](@/knee/index.md) [b](/knee/)\n",
    }
    files |= articles("content/walk.md")
    made, problems = series(tmp_path / "folder", files)
    assert (contents(made), problems) == (["More on knees", ["knee", "rest"], "walk"], [])
    assert [t and t.slug for t in made.targets["content/knee/rest.md"]] == ["knee", "knee"]
    files["content/knee/_index.md"] += "\nOn knees.\n"
    made, problems = series(tmp_path / "other", files)
    expected = ["More on knees", ["knee-index", "knee", "rest"], "walk"]
    assert (contents(made), problems) == (expected, [])


def test_an_empty_chapter_of_a_list_stays(tmp_path: Path) -> None:
    files = {
        "SUMMARY.md": "- [Legs](legs/README.md)\n  - [A](a.md)\n",
        "legs/README.md": "# The legs\n",
    }
    made, problems = series(tmp_path / "folder", files | articles("a.md"))
    assert contents(made) == ["legs", "a"]
    assert [p.code for p in problems] == ["empty-article"]


def test_what_a_list_leaves_out_is_named(tmp_path: Path) -> None:
    files = {
        "SUMMARY.md": "- [A](a.md)\n- [Gone](gone.md)\n- [Data](data.ipynb)\n",
        "data.ipynb": "{}",
    }
    made, problems = series(tmp_path / "folder", files | articles("a.md", "b.md", "README.md"))
    assert contents(made) == ["a"]
    assert {(p.code, p.place.path, p.place.line) for p in problems} == {
        ("missing-entry", "SUMMARY.md", 2),
        ("not-markdown", "SUMMARY.md", 3),
        ("left-out", "b.md", 1),
        ("left-out", "README.md", 1),
    }


@pytest.mark.parametrize(
    "sidebars",
    [
        {},
        {"sidebars.js": "module.exports = {a: ['z', {type: 'autogenerated', dirName: 'b'}]}"},
        {"sidebars.js": "module.exports = {a: [{type: 'autogenerated', dirName: '.'}]}"},
    ],
)
def test_pieces_of_pages_are_not_in_a_generated_list(
    sidebars: dict[str, str], tmp_path: Path
) -> None:
    files = articles("docs/z.md", "docs/b/x.md", "docs/b/_y.md", "docs/b/_c/y.md")
    made, problems = series(tmp_path / "folder", {"docusaurus.config.js": ""} | sidebars | files)
    assert {a.slug for a in made.articles} == {"z", "x"}
    assert [p.code for p in problems] == ["left-out"] * 2
    assert {p.why for p in problems} == {PIECE.why}


@pytest.mark.parametrize(
    ("sidebars", "code", "expected"),
    [
        ("module.exports = {a: ['z', ...more()]}", "unread-entry", ["z", "x"]),
        ("module.exports = {a: ['z', {type: 'doc', id: f()}]}", "unread-entry", ["z", "x"]),
        ("module.exports = more()", "broken-outline", ["x", "z"]),
        ("module.exports = {a: ['z', 'gone']}", "missing-entry", ["z"]),
    ],
)
def test_code_in_a_list_is_told_and_loses_no_article(
    sidebars: str, code: str, expected: list[str], tmp_path: Path
) -> None:
    files = {"docusaurus.config.js": "module.exports = {title: 'T'}", "sidebars.js": sidebars}
    made, problems = series(tmp_path / "folder", files | articles("docs/x.md", "docs/z.md"))
    assert (made.title, contents(made)) == ("T", expected)
    told = [(p.code, p.place.path) for p in problems]
    left_out = [("left-out", "docs/x.md")] if "x" not in expected else []
    assert told == [(code, "sidebars.js"), *left_out]


@pytest.mark.parametrize(
    ("name", "text", "root"),
    [
        ("_config.yml", "exclude: [private/, '*/old', two.md]\n", ""),
        ("mkdocs.yml", "exclude_docs: |\n  private/\n  # these too\n  /two.md\n  !three.md\ndraft_docs: old/\n", "docs/"),
        ("config.toml", "ignored_content = ['private/**', '*/old/*', 'two.md']\n", "content/"),
        ("quartz.config.ts", "  ignorePatterns: ['private', '**/old/**', \"two.md\"],\n", "content/"),
    ],
)  # fmt: skip
def test_files_that_the_program_excludes_are_left_out(
    name: str, text: str, root: str, tmp_path: Path
) -> None:
    """With a warning each, for it may be a mistake: a name in `articles` of a `series.yaml` publishes it."""
    hidden = [f"{root}{path}" for path in ("private/a.md", "b/old/c.md", "two.md")]
    shown = [f"{root}{path}" for path in ("one.md", "b/two.md", "b/three.md")]
    files = {name: text, **articles(*hidden, *shown)}
    made, problems = series(tmp_path / "folder", files)
    assert {a.path for a in made.articles} == set(shown)
    assert sorted((p.code, p.place.path) for p in problems) == sorted(
        ("left-out", path) for path in hidden
    )
    made, problems = series(tmp_path / "folder", {"series.yaml": f"articles: [{hidden[0]}]\n"})
    assert [a.path for a in made.articles] == hidden[:1]


def test_a_summary_without_a_list_is_an_article(tmp_path: Path) -> None:
    files = {"SUMMARY.md": "# Summary\n\nIt [hurts](https://example.org/), and [see](gone.md).\n"}
    made, problems = series(tmp_path / "folder", files | articles("a.md"))
    assert contents(made) == ["a", "summary"]
    assert [p.code for p in problems] == ["unknown-article"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mkdocs.yml", "nav: [a.md\n"),
        ("mkdocs.yml", "nav: &a [*a]\nx: *b\n"),
        ("_quarto.yml", "\tbook: x\n"),
        ("book.toml", "[book\n"),
        ("book.json", "{"),
        ("book.json", "[" * 100_000),
        ("_toc.yml", b"\xff\xfe".decode("latin-1") + "\x00"),
    ],
)
def test_a_broken_order_file_is_one_warning(name: str, text: str, tmp_path: Path) -> None:
    made, problems = series(tmp_path / "folder", {name: text} | articles("b.md", "a.md"))
    assert contents(made) == ["a", "b"]
    assert [(p.code, p.place.path) for p in problems] == [("broken-outline", name)]


@pytest.mark.parametrize(
    "entry", ["../secret.md", "/etc/passwd", "..", ".", "a.md/../../secret.txt", "../../secret.txt"]
)
def test_nothing_outside_is_published(entry: str, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n")
    (tmp_path / "secret.txt").write_text("Secret\n")
    files = {"Book.txt": f"{entry}\na.md\n"}
    made, _ = series(tmp_path / "folder", files | articles("a.md"))
    assert {article.path for article in made.articles} == {"a.md"}


def test_a_list_of_itself_ends(tmp_path: Path) -> None:
    deep = "a0: &a0 [a.md]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    made, _ = series(
        tmp_path / "folder", {"mkdocs.yml": f"{deep}nav: *a11\n"} | articles("docs/a.md")
    )
    assert contents(made) == ["a"]
