"""The table of programs: a row for each, with the files by which a project is recognized."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from handpress.series.outlines import (
    bookdown,
    docusaurus,
    jupyter_book,
    leanpub,
    mkdocs,
    quarto,
    sites,
    summary,
    vitepress,
)
from handpress.series.outlines.outline import Outline
from handpress.series.outlines.project import Project


class Program(Struct, frozen=True):
    """A program. `read` gets the first of the `files` that exists, and returns None if it is another program's."""

    name: str
    files: tuple[str, ...]
    read: Callable[[Project, str], Outline | None]


# The first that applies is used: programs with lists of articles, then those for sites.
PROGRAMS = (
    Program("mdBook", ("book.toml",), summary.mdbook),
    Program("GitBook", (".gitbook.yaml", ".gitbook.yml", "book.json"), summary.gitbook),
    Program(
        "mdBook, GitBook, HonKit",
        tuple(f"{folder}SUMMARY.md" for folder in ("", "src/", "docs/", "book/", "content/")),
        summary.summary,
    ),
    Program("Quarto", ("_quarto.yml", "_quarto.yaml"), quarto.read),
    Program("Zensical", ("zensical.toml",), mkdocs.read),
    Program("MkDocs", ("mkdocs.yml", "mkdocs.yaml"), mkdocs.read),
    Program("Leanpub", ("Book.txt", "manuscript/Book.txt"), leanpub.read),
    Program("Jupyter Book", ("_toc.yml", "_toc.yaml"), jupyter_book.jupyter_book),
    Program("MyST", ("myst.yml", "myst.yaml"), jupyter_book.myst),
    Program("bookdown", ("_bookdown.yml", "_bookdown.yaml"), bookdown.read),
    Program("Manubot", ("content/metadata.yaml", "content/metadata.yml"), sites.manubot),
    Program(
        "Docusaurus",
        tuple(
            f"{folder}docusaurus.config.{ending}"
            for folder in ("", "website/", "docs/", "site/")
            for ending in ("js", "ts", "mjs", "cjs")
        ),
        docusaurus.read,
    ),
    Program(
        "VitePress, VuePress",
        tuple(
            f"{folder}.{name}press/config.{ending}"
            for folder in ("", "docs/", "website/", "src/")
            for name in ("vite", "vue")
            for ending in ("mts", "ts", "js", "mjs")
        ),
        vitepress.vitepress,
    ),
    Program(
        "Starlight",
        tuple(
            f"{folder}astro.config.{ending}"
            for folder in ("", "docs/", "website/", "site/")
            for ending in ("mjs", "ts", "js", "mts")
        ),
        vitepress.starlight,
    ),
    Program("Quartz", ("quartz.config.ts",), sites.quartz),
    Program(
        "Hugo",
        tuple(
            f"{name}.{ending}"
            for name in ("hugo", "config", "config/_default/hugo", "config/_default/config")
            for ending in ("toml", "yaml", "yml", "json")
        ),
        sites.hugo,
    ),
    Program("Jekyll", ("_config.yml", "_config.yaml", "_config.toml"), sites.jekyll),
    Program("docsify", ("_sidebar.md",), summary.sidebar),
)
