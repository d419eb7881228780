"""Any folder publishes: whatever its tree and its order file, each Markdown file is an article or is named."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from handpress.core.files.file_names import is_markdown
from handpress.core.files.workspace import find
from handpress.series.assemble import assemble

NAMES = [
    "a",
    "b c",
    "01-a",
    "2-a",
    "2021-03-04-a",
    "index",
    "README",
    "_index",
    "_a",
    "CHANGELOG",
    "é",
]
FOLDERS = [
    "docs",
    "src",
    "content",
    "manuscript",
    "_posts",
    "drafts",
    "themes",
    "part 1",
    "series",
    "a.md",
]
ENDINGS = [".md", ".MD", ".markdown", ".qmd", ".txt"]
TEXTS = ["# A title\n\nWords.\n", "Words.\n", "---\ntitle: X\n---\n\nWords.\n", "-# Part\n"]

PATHS = st.builds(
    lambda folders, name, ending: "/".join([*folders, name + ending]),
    st.lists(st.sampled_from(FOLDERS), max_size=3),
    st.sampled_from(NAMES),
    st.sampled_from(ENDINGS),
)

# Order files with places for paths: mutated below.
ORDERS = {
    "SUMMARY.md": "# Summary\n\n[A]({0})\n\n# Part\n\n- [B]({1})\n  - [C]({2})\n- D\n  - [E]({0})\n",
    "src/SUMMARY.md": "- [A]({0})\n- []()\n- [B]({1}#x)\n",
    "book.toml": '[book]\ntitle = "T"\nsrc = "{0}"\n',
    "_quarto.yml": "book:\n  title: T\n  chapters:\n    - {0}\n    - part: {1}\n      chapters: [{2}]\n",
    "mkdocs.yml": "site_name: T\nnav:\n  - {0}\n  - X:\n    - Y: {1}\n    - {2}\n",
    "Book.txt": "{0}\n{{mainmatter}}\n{1}\n{2}\n",
    "_toc.yml": "root: {0}\nparts:\n  - caption: P\n    chapters:\n      - file: {1}\n",
    "myst.yml": "project:\n  toc:\n    - file: {0}\n    - children: [{{file: {1}}}]\n",
    "_bookdown.yml": "rmd_files: [{0}, {1}]\n",
    "hugo.toml": 'title = "T"\ncontentDir = "{0}"\n',
    "_config.yml": "title: [T]\nauthor: {0}\n",
    "docs/part 1/_category_.json": '{{"label": "{0}", "position": 2}}',
    "series.yml": "title: T\n",
}


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Files by path, among them one or two order files, perhaps cut or changed."""
    paths = draw(st.lists(PATHS, min_size=1, max_size=8, unique_by=str.casefold))
    files = {path: draw(st.sampled_from(TEXTS)) for path in paths}
    for name in draw(st.lists(st.sampled_from(sorted(ORDERS)), max_size=2, unique=True)):
        entries = draw(
            st.lists(st.sampled_from([*paths, "gone.md", "../x", "*"]), min_size=3, max_size=3)
        )
        text = ORDERS[name].format(*entries)
        at = draw(st.integers(0, len(text)))
        more = draw(st.sampled_from(["", "", "[", "&a [*a]", "\x00", "'", "\n\t-", "!x ", "#"]))
        files[name] = draw(st.sampled_from([text, text[:at], text[:at] + more + text[at:]]))
    return files


@settings(derandomize=True, deadline=None, max_examples=100)
@given(trees())
def test_each_markdown_file_is_published_or_named(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "folder")
        written = []
        for path, text in files.items():
            place = root / path
            if any(part.is_file() for part in place.parents) or place.exists():
                continue  # a path through a file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
            written.append(path)
        found = find(root)
        if found is None:
            return
        named: set[str] = set()
        for each in found.folders:
            series, problems = assemble(found, each)
            slugs = [article.slug for article in series.articles]
            assert len(set(slugs)) == len(slugs)
            inside = [slug for part in series.parts for slug in part.slugs]
            assert [slug for slug in slugs if slug in inside] == inside
            assert all(part.slugs and part.title for part in series.parts)
            named |= {article.path for article in series.articles}
            named |= {p.place.path for p in problems}
        for path in filter(is_markdown, written):
            ways = {path, *(str(way) for way in Path(path).parents)} - {"."}
            reasons = (
                named & ways,
                Path(path).stem == "README" and "series.yml" in files,
                path.endswith("SUMMARY.md"),
                "Book.txt" in files and files[path].startswith("-# Part"),
            )
            assert any(reasons), path
