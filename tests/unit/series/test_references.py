"""References: each finds the target that its author means, or keeps its words."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from handpress.build.load import compose_layout
from handpress.core.files.disk import Disk
from handpress.core.files.source import Source
from handpress.core.files.workspace import find
from handpress.core.media import TABLE
from handpress.core.problems.problem import Place
from handpress.layout.design import Design
from handpress.markup.tree import parse_tree, text_of
from handpress.series.article import Article, Reference, Target, in_ascii
from handpress.series.assemble import assemble
from handpress.series.links.index import Index
from handpress.series.links.references import resolve_references
from handpress.series.model import Series
from handpress.series.settings.yaml_reader import Settings
from helpers.pictures import svg

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
    layout, _ = compose_layout(Design(workspace), series)
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
        ("[the words](hop.dat)", "foreign-link"),
        ("[the words](www.hop.example/a.pdf)", "foreign-link"),
        ("[the words](hop.pdf)", "missing-file"),
        ("[[hop.pdf|the words]]", "missing-file"),
        ("[the words](tides.psd)", "unpublished-file"),
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
        "tides.psd": "8BPS",
        "ebb.md": "---\ndraft: true\n---\n\nEbb.\n",
        "knee.md": f"# Knee\n\nSee {written} there.\n",
    }
    series, said = read(tmp_path, files)
    workspace = find(tmp_path)
    assert workspace
    _, more = compose_layout(Design(workspace), series)
    assert {line.rpartition(" ")[2] for line in said} | {p.code for p in more} == {code}
    assert not [p for p in more if p.severity == "error"]
    for medium in MEDIA:
        if code == "unreachable-anchor" and medium == "web":
            continue
        tree = parse_tree(shown(tmp_path, series, medium)["knee"])
        assert text_of(tree) == "See the words there."
        assert list(tree.iter("a")) == []


@pytest.mark.parametrize("written", ["/", "/index.html", "{{ site.baseurl }}/", "@site/"])
@pytest.mark.parametrize("site", ["", "https://tides.example/"])
def test_the_first_page_of_a_site_is_that_of_the_series(
    written: str, site: str, tmp_path: Path
) -> None:
    """Paper and ebooks have its address, if there is one."""
    files = {
        "hip.md": f"# Hip\n\n[Start]({written}) or [](/).\n",
        "series.yaml": f"title: Tides\nsite: {site}\n",
    }
    series, said = read(tmp_path, files)
    assert said == ([] if site else said)
    for medium in MEDIA:
        tree = parse_tree(shown(tmp_path, series, medium)["hip"])
        expected = "../index.html" if medium == "web" else site
        assert [a.get("href") for a in tree.iter("a")] == ([expected] * 2 if expected else [])
        assert re.sub(r"\W\[1\]", "", text_of(tree)) == "Start or Tides."


SECTIONS = [
    ("[x](@/posts/_index.md)", "x"),
    ("[x](@/posts/)", "x"),
    ("[x](/posts/)", "x"),
    ("[x](_index.md)", "x"),
    ("[x](../posts/_index.md#end)", "x"),
    ("[](@/posts/_index.md)", "All posts"),
    ("[](@/old/_index.md)", "Old"),
    ("[[posts/_index]]", "_index"),
    ("[x](@/_index.md)", "x"),
]


@pytest.mark.parametrize(("written", "words"), SECTIONS)
@pytest.mark.parametrize("site", ["", "https://tides.example/"])
def test_an_index_without_text_is_the_page_of_the_series(
    written: str, words: str, site: str, tmp_path: Path
) -> None:
    """Another program makes a list of its folder; the link leads to that of the series, without a problem."""
    files = {
        "content/_index.md": "+++\ntitle = 'Home'\n+++\n",
        "content/posts/_index.md": "+++\ntitle = 'All posts'\n+++\n",
        "content/old/_index.md": "+++\n+++\n",
        "content/posts/hip.md": f"# Hip\n\n{written}.\n",
        "content/posts/knee.md": "# Knee\n\nText.\n",
        "series.yaml": f"title: Tides\nsite: {site}\n",
    }
    series, said = read(tmp_path, files)
    assert [line for line in said if "link" in line or "article" in line] == []
    for medium in MEDIA:
        tree = parse_tree(shown(tmp_path, series, medium)["hip"])
        expected = "../index.html" if medium == "web" else site
        assert [a.get("href") for a in tree.iter("a")] == ([expected] if expected else [])
        assert re.sub(r"\W\[1\]", "", text_of(tree)) == f"{words}."


def test_a_translation_links_to_an_index_of_its_original(tmp_path: Path) -> None:
    index = "+++\ntitle = 'All posts'\n+++\n"
    files = {
        "bowls/posts/_index.md": index,
        "bowls/posts/hip.md": "# Hip\n\nText.\n",
        "bowls/series.yaml": "title: Bowls\nlanguage: en\n",
        "bowls.de/posts/hip.md": "# Hüfte\n\n[x](_index.md) [](/posts/)\n",
        "bowls.de/series.yaml": "title: Schalen\nlanguage: de\n",
    }
    for name, text in files.items():
        (tmp_path / "sources" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "sources" / name).write_text(text, "utf-8")
    workspace = find(tmp_path)
    assert workspace
    series, problems = assemble(workspace, "sources/bowls.de")
    assert problems == []
    (targets,) = series.targets.values()
    assert targets == (Target("", home=True, title="All posts"),) * 2


def test_an_index_is_the_first_page_if_there_is_one(tmp_path: Path) -> None:
    series, _ = read(tmp_path, {"index.md": HIP, "knee.md": "# Knee\n\n[it](/)\n"})
    assert [t and t.slug for t in series.targets["knee.md"]] == ["index"]


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
    assert again.text_version == one.text_version
    body = one.articles[1].body
    other, _ = read(tmp_path, {"knee.md": knee.replace("sets-1", "sets")})
    assert other.articles[1].body == body
    assert other.text_version != one.text_version


# --- Paths -------------------------------------------------------------------------------------

ADDRESSES = """\
hip.md                           hip.md
./hip.md                         hip.md
HIP.md                           hip.md
hip                              hip.md
hip/                             hip.md
hip.html                         hip.md
hip.markdown                     hip.md
/hip.md                          hip.md
/hip/                            hip.md
/hip.html                        hip.md
[[hip]]                          hip.md
~/hip                            hip.md
@/hip.md                         hip.md
hip.md?plain=1                   hip.md
../hip/                          hip.md
{% link hip.md %}                hip.md
{% post_url 2024-05-01-news %}   _posts/2024-05-01-news.md
{% asset_path hip.md %}          hip.md
link://filename/docs/knee/index.md  docs/knee/index.md
{% link _posts/2024-05-01-news.md %}  _posts/2024-05-01-news.md
{{ site.baseurl }}/hip           hip.md
{{site.url}}{{site.baseurl}}/hip.html  hip.md
{{ "/hip/" | relative_url }}     hip.md
{{ '/hip.html' | absolute_url }}  hip.md
{{< ref "hip.md" >}}             hip.md
{{< relref "hip" >}}             hip.md
{{% ref "/docs/knee/index.md" %}}  docs/knee/index.md
{filename}/hip.md                hip.md
|filename|/hip.md                hip.md
docs/knee/index.md               docs/knee/index.md
docs/knee/                       docs/knee/index.md
docs/knee                        docs/knee/index.md
docs/knee.html                   docs/knee/index.md
/knee/                           docs/knee/index.md
docs\\\\knee\\\\index.md          docs/knee/index.md
Getting%20there/01%20first%20step.md  Getting there/01 first step.md
Getting%20there/first%20step.md  Getting there/01 first step.md
getting-there/first-step         Getting there/01 first step.md
/getting-there/first-step/       Getting there/01 first step.md
first-step.md                    Getting there/01 first step.md
U%CC%88bung.md                   \u00dcbung.md
Übung.md                         \u00dcbung.md
ubung.html                       \u00dcbung.md
installation/README.md           installation/README.md
installation                     installation/README.md
news.html                        _posts/2024-05-01-news.md
/2024/05/01/news.html            _posts/2024-05-01-news.md
"""


def article(path: str) -> Article:
    """An article without text at a path."""
    return Article(
        slug=in_ascii(path.removesuffix(".md")),
        path=path,
        title=path,
        settings=Settings(Source(path, "")),
        body="<p>Text.</p>",
        notes={},
        anchors=(),
        references=(),
        pictures={},
        looked_up={},
        places={},
        characters=frozenset(),
        source=Source(path, ""),
        digest="",
    )


THERE = {path: article(path) for path in sorted({
    line.split("  ")[-1].strip() for line in ADDRESSES.splitlines()
} | {"start.md"})}  # fmt: skip


@pytest.mark.parametrize("line", ADDRESSES.splitlines())
def test_an_article_by_the_address_that_a_program_has_for_it(line: str, tmp_path: Path) -> None:
    """Files and folders, pages of sites, and commands of Jekyll, Hugo, Docusaurus, Pelican and mdBook."""
    written, path = re.split(r" {2,}", line)
    start = replace(
        THERE["start.md"], references=(Reference(written.replace("\\\\", "\\"), Place("start.md")),)
    )
    disk = Disk(tmp_path)
    targets, problems = resolve_references([*THERE.values(), start], [], disk, ".")
    assert [(p.code, p.why) for p in problems] == []
    assert targets["start.md"] == (Target(THERE[path].slug),)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("../hip.md#sets", "hip.md"),
        ("step.md", "part-2/step.md"),
        ("../part-1/step.md", "part-1/step.md"),
        ("/part-1/step/", "part-1/step.md"),
        ("../../hip/", "hip.md"),
        ("../step/", "part-2/step.md"),
        ("/2024/05/01/part-1/step/", "part-1/step.md"),
        ("/2024/05/01/news/", "_posts/2024-05-01-news.md"),
        ("/2025/5/1/news.html", "_posts/2025-05-01-news.md"),
        ("/2024/06/02/note/", "notes/b/note.md"),
    ],
)
def test_an_article_in_another_folder(written: str, path: str, tmp_path: Path) -> None:
    """A path starts at the folder of the file, or at the address of its page. Blogs have dates in addresses."""
    there = [article(p) for p in ("hip.md", "part-1/step.md", "part-2/step.md")]
    there += [article(f"_posts/{year}-05-01-news.md") for year in (2024, 2025)]
    there.append(article("notes/a/note.md"))
    settings = Settings(Source("notes/b/note.md", ""), {"date": datetime.date(2024, 6, 2)})
    there.append(replace(article("notes/b/note.md"), settings=settings))
    start = replace(
        article("part-2/start.md"), references=(Reference(written, Place("part-2/start.md")),)
    )
    targets, _ = resolve_references([*there, start], [], Disk(tmp_path), ".")
    (meant,) = (a.slug for a in there if a.path == path)
    assert targets[start.path] == (Target(meant),)


def test_a_name_that_several_have_is_no_address(tmp_path: Path) -> None:
    """An address in a folder that is not there could mean either."""
    files = {"a/step.md": "# A\n", "b/step.md": "# B\n", "start.md": "# S\n\n[x](step.md)\n"}
    there = [article(p) for p in files if "/" in p]
    start = replace(article("start.md"), references=(Reference("step.md", Place("start.md")),))
    targets, problems = resolve_references([*there, start], [], Disk(tmp_path), ".")
    assert targets["start.md"] == (None,)
    assert [p.code for p in problems] == ["unknown-article"]


@pytest.mark.parametrize(
    ("written", "advice"),
    [("hop.html", "did you mean `hip.md`?"), ("www.tides.example", "did you mean `https://www.")],
)
def test_advice_for_an_address_that_is_not_there(written: str, advice: str, tmp_path: Path) -> None:
    """A page beside the article is that article; a bare host is on the web."""
    start = replace(article("start.md"), references=(Reference(written, Place("start.md")),))
    _, (found,) = resolve_references([article("hip.md"), start], [], Disk(tmp_path), ".")
    assert found.help.startswith(advice)


def test_a_picture_that_leads_to_its_own_file_is_no_link(tmp_path: Path) -> None:
    """The reader has the picture; a warning for another file is at its link."""
    text = "# Knee\n\n![Big](line.svg)\n\n[![Small](line.svg)](line.svg)\n\n[x](wave.svg)\n"
    (tmp_path / "wave.svg").write_bytes(svg('<path d="M0 5h20"/>'))
    (tmp_path / "line.svg").write_bytes(svg('<path d="M0 5h20"/>'))
    series, said = read(tmp_path, {"knee.md": text})
    assert said == ["knee.md:7:5 unpublished-file"]
    assert "<a" not in shown(tmp_path, series, "web")["knee"]


# --- Wikis -------------------------------------------------------------------------------------

VAULT = {
    "Hip care.md": "---\naliases: [The joint]\n---\n\n# Hip\n\n## Sets\n\nThree. ^often\n",
    "sub/Deep.md": "---\ntitle: A deep one\n---\n\nText.\n",
    "sub/Twin.md": "# Twin\n\nText.\n",
    "other/Twin.md": "# Twin\n\nText.\n",
    "Draft.md": "---\ndraft: true\n---\n\nText.\n",
    "table.pdf": "%PDF-1.4\n",
}


@pytest.mark.parametrize(
    ("written", "target", "code"),
    [
        ("[[Hip care]]", Target("hip-care"), ""),
        ("[[hip care|words]]", Target("hip-care"), ""),
        ("[[Hip care.md]]", Target("hip-care"), ""),
        ("[[hip-care]]", Target("hip-care"), ""),
        ("[[Hip care#Sets]]", Target("hip-care", "hip-care--sets"), ""),
        ("[[Hip care#Hip#Sets]]", Target("hip-care", "hip-care--sets"), ""),
        ("[[Hip care#^often]]", Target("hip-care", "hip-care--block-often"), ""),
        ("[[Hip care#Nothing]]", Target("hip-care"), "unknown-anchor"),
        ("[[#Knee]]", Target("knee"), ""),
        ("[[#Below here]]", Target("knee", "knee--below-here"), ""),
        ("[[The joint]]", Target("hip-care"), ""),
        ("[[Deep]]", Target("deep"), ""),
        ("[[sub/Deep]]", Target("deep"), ""),
        ("[[A deep one]]", Target("deep"), ""),
        ("[[the words|Deep]]", Target("deep", words="the words"), ""),
        ("[[Twin]]", Target("other-twin"), "ambiguous-link"),
        ("[[sub/Twin]]", Target("sub-twin"), ""),
        ("![[Deep]]", Target("deep"), "embedded-note"),
        ("[[Nothing]]", None, "unknown-article"),
        ("![[Nothing]]", None, "unknown-article"),
        ("[[Draft]]", None, "draft-article"),
        ("[[table.pdf]]", Target("", file="table.pdf"), ""),
        ("![[table.pdf]]", Target("", file="table.pdf"), ""),
    ],
)
def test_a_wikis_link(written: str, target: Target | None, code: str, tmp_path: Path) -> None:
    knee = f"# Knee\n\nText.\n\n%%[[Nothing]]%% {written}\n\n## Below here\n\nText.\n"
    series, said = read(tmp_path, {**VAULT, "knee.md": knee})
    start = written.index("[[") + 19
    assert said == ([f"knee.md:5:{start} {code}"] if code else [])
    assert series.targets["knee.md"] == (target,)


@pytest.mark.parametrize("medium", MEDIA)
def test_no_bracket_of_a_wiki_is_published(medium: str, tmp_path: Path) -> None:
    """The words are those of the link, of its note, or of the note's title where it is embedded."""
    knee = "# Knee\n\n[[Nothing]], [[Nothing|no words]], ![[Nothing else]], [[the words|Deep]].\n"
    series, _ = read(tmp_path, {**VAULT, "knee.md": knee})
    text = text_of(parse_tree(shown(tmp_path, series, medium)["knee"]))
    assert text.startswith("Nothing, no words, Nothing else, the words")
    series, _ = read(tmp_path, {"knee.md": "# Knee\n\n![[Deep]]\n"})
    text = text_of(parse_tree(shown(tmp_path, series, medium)["knee"]))
    assert text.startswith("A deep one")


COMMANDS = [
    ("{% post_link Hip-care %}", "Hip", "hip-care", ""),
    ("{% post_link 'Hip care' %}", "Hip", "hip-care", ""),
    ("{% post_link sub/Deep words, *more* %}", "words, more", "deep", ""),
    ("{% post_link 2024-05-01-news 'the news' false %}", "the news", "news", ""),
    ("{% post_link hip-care#sets %}", "Sets", "hip-care--sets", ""),
    ("{% post_link Twin %}", "Twin", "other-twin", "ambiguous-link"),
    ("{% post_link Draft %}", "Draft", None, "draft-article"),
    ("{% post_link nothing 'the words' %}", "the words", None, "unknown-article"),
    ("[x]({% post_path Deep %})", "x", "deep", ""),
    ("[x]({% post_path hip-care %}#sets)", "x", "hip-care--sets", ""),
    ("[x]({% post_path nothing %})", "x", None, "unknown-article"),
    ('<a href="{% post_path sub/Deep %}">x</a>', "x", "deep", ""),
    ("{% asset_link table.pdf %}", "table.pdf", "files/table.pdf", ""),
    ("{% asset_link table.pdf 'a table' %}", "a table", "files/table.pdf", ""),
    ("{% asset_link gone.pdf 'a table' %}", "a table", None, "missing-file"),
    ("[x]({% asset_path table.pdf %})", "x", "files/table.pdf", ""),
    ("[x](link://slug/the-joint)", "x", "hip-care", ""),
    ("[](link://slug/hip%20care#sets)", "Sets", "hip-care--sets", ""),
    ("[x](link://slug/nothing)", "x", None, "unknown-article"),
    ("[x](link://filename/sub/Deep.md)", "x", "deep", ""),
    ("[x](link://filename/sub/gone.md)", "x", None, "unknown-article"),
    ("[x](link://category/knees)", "x", None, "foreign-link"),
    ("{{% doc %}}hip-care{{% /doc %}}", "Hip", "hip-care", ""),
    ("{{% doc %}}the *words* <hip-care#sets>{{% /doc %}}", "the words", "hip-care--sets", ""),
    ("{{% doc %}}the words <nothing>{{% /doc %}}", "the words", None, "unknown-article"),
]


@pytest.mark.parametrize(("written", "words", "there", "code"), COMMANDS)
def test_a_link_of_hexo_or_nikola(
    written: str, words: str, there: str | None, code: str, tmp_path: Path
) -> None:
    """It finds its article anywhere, and without words has its title; a problem is at its place."""
    files = {**VAULT, "_posts/2024-05-01-news.md": "# News\n\nText.\n"}
    knee = f"# Knee\n\nSee {written} there.\n"
    series, said = read(tmp_path, {**files, "knee.md": knee, "series.yaml": "title: K\n"})
    assert [line.partition(" ")[2] for line in said] == ([code] if code else [])
    assert all(
        line.startswith("knee.md:3:") and int(line.split(":")[2].split()[0]) > 5 for line in said
    )
    tree = parse_tree(shown(tmp_path, series, "web")["knee"])
    assert text_of(tree).strip() == f"See {words} there."
    found = [a.get("href", "").removeprefix("../") for a in tree.iter("a")]
    page, _, _ = (there or "").partition("--")
    address = there if there and "/" in there else f"{page}.html"
    assert found == ([address + (f"#{there}" if "--" in there else "")] if there else [])


MYST = {
    "hip.md": "(top)=\n# Hip\n\nText.\n\n(sets)=\n(part:two)=\n## Three sets\n\nText.\n\n## Other sets\n\nText.\n\n(row/one)=\n| a |\n| - |\n| b |\n",
    "sub/deep.md": "# Deep\n\nText.\n",
    "draft.md": "---\ndraft: true\n---\n# Draft\n\n(kept)=\n## Kept\n\nText.\n",
}
ROLES = [
    ("{doc}`hip`", "Hip", "hip", ""),
    ("{doc}`/sub/deep`", "Deep", "deep", ""),
    ("{doc}`the *words* <sub/deep>`", "the words", "deep", ""),
    ("{doc}`gone`", "gone", None, "unknown-article"),
    ("{doc}`the words <gone>`", "the words", None, "unknown-article"),
    ("{doc}`draft`", "draft", None, "draft-article"),
    ("{ref}`top`", "Hip", "hip--top", ""),
    ("{ref}`sets`", "Three sets", "hip--sets", ""),
    ("{ref}`the words <part:two>`", "the words", "hip--part-two", ""),
    ("{ref}`Other sets`", "Other sets", "hip--other-sets", ""),
    ("{ref}`hip:Other sets`", "Other sets", "hip--other-sets", ""),
    ("{ref}`own`", "Own", "knee--own", ""),
    ("{ref}`row/one`", "Hip", "hip--row-one", ""),
    ("{ref}`kept`", "Kept", None, "draft-article"),
    ("{ref}`the words <gone>`", "the words", None, "unknown-anchor"),
    ("{any}`sets`", "Three sets", "hip--sets", ""),
    ("{any}`sub/deep`", "Deep", "deep", ""),
    ("[x](sets)", "x", "hip--sets", ""),
    ("[](part:two)", "Three sets", "hip--part-two", ""),
    ("[x](#sets)", "x", "hip--sets", ""),
    ("[x](#other-sets)", "x", None, "unknown-anchor"),
    ("[x](part:three)", "x", None, "unsafe-link"),
]


@pytest.mark.parametrize(("written", "words", "there", "code"), ROLES)
def test_a_role_of_myst(
    written: str, words: str, there: str | None, code: str, tmp_path: Path
) -> None:
    """A page is found by its path, a label in any article; a problem is at the address."""
    knee = f"# Knee\n\nSee {written} there.\n\n(own)=\n## Own\n\nText.\n"
    series, said = read(tmp_path, {**MYST, "knee.md": knee, "series.yaml": "title: K\n"})
    assert [line.partition(" ")[2] for line in said] == ([code] if code else [])
    address = re.split(r"[`<(]", written.rstrip("`>)"))[-1]
    column = written.rindex(address) + 5
    assert all(line.startswith(f"knee.md:3:{column} ") for line in said)
    tree = parse_tree(shown(tmp_path, series, "web")["knee"])
    (paragraph,) = [p for p in tree.iter("p") if text_of(p).startswith("See")]
    assert text_of(paragraph) == f"See {words} there."
    found = [a.get("href", "") for a in paragraph.iter("a")]
    page, anchor, _ = (there or "").partition("--")
    own = "" if page == "knee" else f"{page}.html"
    assert found == ([f"{own}#{there}" if anchor else own] if there else [])


def test_a_post_whose_name_begins_with_a_number_has_an_address(tmp_path: Path) -> None:
    files = {
        "_posts/2024-05-01-4-tips.md": "# Tips\n\nText.\n",
        "_posts/2024-05-02-knee.md": "# Knee\n\n[a](/blog/4-tips) and [b](/4-tips/), not [c](/blog/5-tips)\n",
    }
    series, said = read(tmp_path, files)
    assert len(said) == 1
    targets = series.targets["_posts/2024-05-02-knee.md"]
    assert [t and t.slug for t in targets] == ["4-tips", "4-tips", None]


def test_a_permalink_is_an_address(tmp_path: Path) -> None:
    files = {
        "hip.md": "---\npermalink: /joints/hip.html\n---\n\n# Hip\n\nText.\n",
        "toe.md": "---\nslug: big-toe\nredirect_from: /old/toe/\n---\n\n# Toe\n\nText.\n",
        "arm.md": "---\nabbrlink: 39239\n---\n\n# Arm\n\nText.\n",
        "knee.md": "# Knee\n\n[a](/joints/hip.html) [b](/joints/hip/) [c](/old/toe) [d](big-toe) [e](/posts/39239.html)\n",
    }
    series, said = read(tmp_path, files)
    assert said == []
    assert [t and t.slug for t in series.targets["knee.md"]] == ["hip", "hip", "toe", "toe", "arm"]


def test_an_embedded_picture_is_found_anywhere(tmp_path: Path) -> None:
    """Without a warning, as in Obsidian; the nearest of several, with one."""
    (tmp_path / "far/away").mkdir(parents=True)
    (tmp_path / "far/away/x.svg").write_bytes(svg('<path d="M0 5h20"/>'))
    series, said = read(tmp_path, {"knee.md": "# Knee\n\n![[x.svg|A line|200]]\n"})
    assert said == []
    assert list(series.articles[0].pictures) == ["far/away/x.svg"]
    assert 'alt="A line"' in series.articles[0].body
    assert 'width="200"' in series.articles[0].body
    (tmp_path / "near").mkdir()
    (tmp_path / "near/x.svg").write_bytes(svg('<path d="M0 5h20"/>'))
    series, said = read(tmp_path, {})
    assert list(series.articles[0].pictures) == ["near/x.svg"]


def test_an_id_of_another_program_is_a_name_in_its_folder() -> None:
    zz = replace(
        article("docs/legs/zz.md"), settings=Settings(Source("zz.md", ""), {"aliases": ("knee",)})
    )
    index = Index.of([article("docs/a.md"), zz], "docs")
    assert index.find("legs/knee", "docs/a.md") == index.find("/knee", "docs/a.md") == zz
    assert index.find("arms/knee", "docs/a.md") is None


@pytest.mark.parametrize(
    ("written", "meant"), [("hipp.html", "hip.md"), ("../book/hipp.html", "https")]
)
def test_an_article_is_guessed_for_an_address_inside_alone(
    written: str, meant: str, tmp_path: Path
) -> None:
    read(tmp_path, {"hip.md": HIP, "knee.md": f"# Knee\n\nSee [it]({written}).\n"})
    workspace = find(tmp_path)
    assert workspace
    _, (found,) = assemble(workspace, ".")
    assert found.code == "foreign-link"
    assert meant in found.help
