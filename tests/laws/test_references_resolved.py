"""Links: whatever is linked in whatever notation, no medium has a dead link, and every word arrives."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from handpress.build.load import compose_layout
from handpress.compose.document import Document, chapter_id
from handpress.core.files.workspace import find
from handpress.core.media import TABLE, Medium
from handpress.layout.design import Design
from handpress.markup.tree import parse_tree, text_of
from handpress.series.assemble import assemble

FOLDERS = ("", "part-1", "part-1/deep", "Part two", "2024")
NAMES = ("hip", "Hip care", "01-knee", "Übung", "2024-05-01-news", "index", "README", "a.b", "日本")
ANCHORS = ("", "#sets", "#sets-1", "#Sets", "#nothing", "#whats-new", "#^mark", "#top", "#")
# In each, the path, the anchor, and the words of the link, which no other link has.
NOTATIONS = (
    "[{w}]({p}.md{a})", "[{w}]({p}{a})", "[{w}]({p}.html{a})", "[{w}](/{p}.md{a})", "[{w}](../{p}.md{a})",
    "[{w}]({p}/{a})", "[{w}]({p}/README.md{a})", "[{w}]({{% link {p}.md %}})", '[{w}]({{{{< ref "{p}.md" >}}}})',
    "[[{p}{a}|{w}]]", "[[{p}.md|{w}]]", "![[{p}]] {w}", "[{w}]({a})", "[{w}](<{p}.md{a}>)",
    '<a href="{p}.md{a}">{w}</a>', '<a id="{w}" href="{p}.md{a}">{w}</a>', "[{w}](javascript:{p})",
    "[{w}](www.{p}.example)", "[{w}][{p}]", "*[{w}]({p}.md{a} \"{p}\")*", "[[{w}]]",
)  # fmt: skip
HEAD = "---\n{front}---\n\n# {title}\n\n## Sets\n\nText. ^mark\n\n## What's new?\n\n"
TAIL = "\n## Sets {{: {only} }}\n\nEnd.\n"

PATHS = st.builds(
    lambda folder, name: f"{folder}/{name}".strip("/"),
    st.sampled_from(FOLDERS),
    st.sampled_from(NAMES),
)
LINKS = st.tuples(st.sampled_from(NOTATIONS), PATHS, st.sampled_from(ANCHORS), st.booleans())
FRONT = st.sampled_from(
    ("", "", "draft: true\n", "aliases: [Hip care, old]\n", "permalink: /hip/\n")
)
ONLY = st.sampled_from(("", "", 'only="web"', 'only="book epub"'))
TREES = st.dictionaries(
    PATHS, st.tuples(FRONT, ONLY, st.lists(LINKS, max_size=5)), min_size=1, max_size=5
)


def written(root: Path, tree: dict[str, tuple[str, str, list[tuple[str, str, str, bool]]]]) -> None:
    """Write the articles of a tree; the words of a link are its number in it."""
    number = 0
    for path, (front, only, links) in tree.items():
        text = HEAD.format(front=front, title=f"Title of {len(path)}")
        for notation, to, anchor, escaped in links:
            number += 1
            address = quote(to) if escaped and "[[" not in notation else to
            text += notation.format(w=f"w{number}w", p=address, a=anchor) + "\n\n"
        file = root / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + TAIL.format(only=only), "utf-8")


def dead(documents: tuple[Document, ...], medium: Medium) -> Iterator[str]:
    """The links of a medium whose target it does not have."""
    ids: dict[str, set[str]] = {}
    for document in documents:
        tree = parse_tree(document.body)
        ids[document.name] = {i for e in tree.iter() if (i := e.get("id"))} | {document.id}
    everywhere = set().union(*ids.values())
    for document in documents:
        for link in parse_tree(document.body).iter("a"):
            file, _, anchor = link.get("href", "").partition("#")
            there = ids.get(re.sub(r"\.x?html$", "", file)) if file else ids[document.name]
            if not file and medium.elsewhere == "page":
                there = everywhere
            if there is None or (anchor and anchor not in there):
                yield f"{document.name}: {link.get('href')}"


@settings(derandomize=True, max_examples=60, deadline=None)
@given(TREES)
def test_no_link_is_dead_and_every_word_arrives(
    tree: dict[str, tuple[str, str, list[tuple[str, str, str, bool]]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), tree)
        workspace = find(Path(folder))
        if workspace is None:  # each of them is a draft, or about the folder
            return
        series, problems = assemble(workspace, ".")
        if not series.articles:
            return
        layout, more = compose_layout(Design(workspace), series)
        assert [p for p in [*problems, *more] if p.severity == "error"] == []
        for name in series.media:
            medium = TABLE[name]
            documents = tuple(d for d in layout.documents(medium) if d.article)
            assert list(dead(documents, medium)) == []
            for document in documents:
                assert document.article
                words = re.findall(r"\bw\d+w\b", text_of(parse_tree(document.body)))
                source = re.sub(r'id="w\d+w"', "", document.article.source.text)
                assert words == re.findall(r"\bw\d+w\b", source)
                assert "[[" not in document.body
                assert not re.search(r'href="(?:reference|wiki|embed):', document.body)
                assert document.id == chapter_id(document.name)
