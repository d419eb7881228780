"""Front matter: settings in any program's format and keys, each at its place, and never a draft published."""

from __future__ import annotations

import datetime

import pytest

from handpress.core.files.source import Source
from handpress.core.problems.problem import Problem
from handpress.series.frontmatter.drafts import BY_NO, BY_YES, KINDS, STATES
from handpress.series.frontmatter.read import read_front_matter
from handpress.series.frontmatter.synonyms import SYNONYMS
from handpress.series.settings.people import Person
from handpress.series.settings.schema import ARTICLE, AUTHOR
from handpress.series.settings.yaml_reader import Settings
from helpers.workspaces import ROOT


def read(text: str) -> tuple[Settings, str, list[Problem]]:
    """The settings of an article, its body, and the problems."""
    settings, start, problems = read_front_matter(Source("neap.md", text), ARTICLE, "an article")
    return settings, text[start:], problems


def settings(lines: str) -> tuple[Settings, list[Problem]]:
    """The settings of an article with `lines` between two fences."""
    found, body, problems = read(f"---\n{lines}\n---\nText.\n")
    assert body == "Text.\n"
    return found, problems


def codes(problems: list[Problem]) -> list[str]:
    return [p.code for p in problems]


def at(found: Problem) -> tuple[int, int, int]:
    return found.place.line, found.place.column, found.place.length


# --- Formats -----------------------------------------------------------------------------------

FORMATS = {
    "yaml": "---\ntitle: Neap\ntags: [sea, moon]\ndate: 2026-11-22\n---\n",
    "yaml with dots": "---\ntitle: Neap\ntags: [sea, moon]\ndate: 2026-11-22\n...\n",
    "yaml, named": "---yaml\ntitle: Neap\ntags: [sea, moon]\ndate: 2026-11-22\n---\n",
    "yaml after blank lines": "\n  \n---\ntitle: Neap\ntags: [sea, moon]\ndate: 2026-11-22\n---\n",
    "yaml after a comment": "<!-- lint off -->\n\n---\ntitle: Neap\ntags: [sea, moon]\ndate: 2026-11-22\n---\n",
    "yaml after a second mark of order": "\ufeff---\ntitle: Neap\ntags: [sea, moon]\ndate: 2026-11-22\n---\n",
    "toml": '+++\ntitle = "Neap"\ntags = ["sea", "moon"]\ndate = 2026-11-22\n+++\n',
    "toml after a blank line": '\n+++\ntitle = "Neap"\ntags = ["sea", "moon"]\ndate = 2026-11-22T10:00:00Z\n+++\n',
    "toml with tables": '+++\ntitle = """\nNeap"""\ndate = 2026-11-22 10:00:00\n[taxonomies]\ntags = [ "sea", # all\n "moon",\n]\n+++\n',
    "toml between dashes": "---\ntitle = 'Neap'\ntags = ['sea', 'moon']\ndate = 2026-11-22\n---\n",
    "json": '{\n  "title": "Neap",\n  "tags": ["sea", "moon"],\n  "date": "2026-11-22"\n}\n',
    "json on a line": '{"title": "Neap", "tags": ["sea", "moon"], "date": "2026-11-22"}\n',
    "json with a comma too many": '{\n  "title": "Neap",\n  "tags": ["sea", "moon"],\n  "date": "2026-11-22",\n}\n',
    "json between fences": ';;;\n"title": "Neap",\n"tags": ["sea", "moon"],\n"date": "2026-11-22"\n;;;\n',
    "json in braces between fences": ';;;\n{"title": "Ne\\u0061p", "tags": ["sea", "moon"], "date": "2026-11-22"}\n;;;\n',
    "json, named": '---json\n{"title": "Neap", "tags": ["sea", "moon"], "date": "2026-11-22"}\n---\n',
    "headers": "Title: Neap\nTags: sea, moon\nDate: 2026-11-22 10:20\n",
    "headers of Nikola": ".. title: Neap\n.. tags: sea, moon\n.. date: 2026-11-22 10:20:00 UTC+01:00\n.. link:\n",
    "headers in a comment": "<!--\n.. title: Neap\n.. tags: sea, moon\n.. date: 2026-11-22\n.. description: \n-->\n",
}  # fmt: skip


@pytest.mark.parametrize("text", FORMATS.values(), ids=FORMATS)
def test_every_format_gives_the_same_settings(text: str) -> None:
    found, body, problems = read(text + "\nThe sea.\n")
    assert problems == []
    assert body.strip() == "The sea."
    assert dict(found.values) == {
        "title": "Neap",
        "tags": ("sea", "moon"),
        "date": datetime.date(2026, 11, 22),
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ntitle: Neap\ndate: soon\n---\n", (3, 7, 4)),
        ("\n\n---\ntitle: Neap\ndate: soon\n---\n", (5, 7, 4)),
        ('+++\ntitle = "Neap"\ndate = "soon"\n+++\n', (3, 8, 6)),
        ('{\n  "title": "Neap",\n  "date": "soon"\n}\n', (3, 11, 6)),
        (';;;\n"title": "Neap",\n"date": "soon"\n;;;\n', (3, 9, 6)),
        ("Title: Neap\nDate: soon\n\n", (2, 7, 4)),
    ],
)
def test_a_wrong_value_is_shown_at_its_place(text: str, place: tuple[int, int, int]) -> None:
    (found,) = read(text + "Text.\n")[2]
    assert (found.code, at(found)) == ("wrong-value", place)


def test_an_unknown_table_of_toml_is_shown_at_its_name() -> None:
    (found,) = read('+++\ntitle = "Neap"\n[extra]\nx = {y = 1}\n+++\n')[2]
    assert (found.code, at(found)) == ("unknown-key", (3, 2, 5))


@pytest.mark.parametrize(
    "text",
    [
        "Text.\n\n---\n\nMore.\n",
        "---\nText without an end.\n",
        "---\n\nA first scene.\n\n---\n\nA second one.\n",
        "---\nNote: keep it warm.\n\nText.\n",
        "\n---\nNote: keep it warm.\n---\n\nText.\n",
        "---\n- one\n---\n",
        "Title: Neap\nWarning: It is hot.\n\nText.\n",
        "Title: Neap\n\nText.\n",
        '{"a" in braces}\n\nText.\n',
        '{"a": 1} is an object in JSON.\n',
        "{{ liquid }}\n\nText.\n",
        "+++ plus\n\nText.\n",
        "    ---\n    title: code\n    ---\n",
        "",
    ],
)
def test_text_is_not_taken_for_settings(text: str) -> None:
    found, body, problems = read(text)
    assert (dict(found.values), body, problems) == ({}, text, [])


def test_a_file_of_an_author_has_these_formats_and_its_own_keys() -> None:
    source = Source("ada.md", '\n+++\nname = "Ada Stone"\nlayout = "person"\n+++\nA bio.\n')
    found, start, (unknown,) = read_front_matter(source, AUTHOR, "an author")
    assert (found.get("name"), source.text[start:]) == ("Ada Stone", "A bio.\n")
    assert (unknown.code, at(unknown)) == ("unknown-key", (4, 1, 6))


# --- Mistakes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("title: Knee: the basics", "Knee: the basics"),
        ("title: @home", "@home"),
        ("title: `Knee` care", "`Knee` care"),
        ("title: %knee", "%knee"),
        ("title: *Knee* care", "*Knee* care"),
        ('title: "Knee" care', '"Knee" care'),
        ('title: "The "good" knee"', 'The "good" knee'),
        ("title: 'It's a knee'", "It's a knee"),
        ('title: "Knee', "Knee"),
        (r'title: "C:\knee"', r"C:\knee"),
        ("title:\tKnee", "Knee"),
        ("title:Knee", "Knee"),
        ("title = Knee", "Knee"),
        ("title: [Knee](knee.md) care", "[Knee](knee.md) care"),
    ],
)
def test_a_value_without_its_quotes_is_read_as_it_was_meant(line: str, value: str) -> None:
    """With the value in the message, in any line of a block that is right elsewhere."""
    found, problems = settings(f"subtitle: Right\n{line}\ntags: [sea]")
    assert (found.get("title"), found.get("subtitle"), found.get("tags")) == (
        value,
        "Right",
        ("sea",),
    )
    assert set(codes(problems)) <= {"loose-setting"}
    assert all(p.place.line == 3 and p.severity == "warning" for p in problems)


@pytest.mark.parametrize("value", ["2024", "yes", "1.50", "2024-01-01", "0x10"])
def test_a_title_may_look_like_a_number(value: str) -> None:
    assert settings(f"title: {value}")[0].get("title") == value


@pytest.mark.parametrize("value", ["", "null", "~", '""', "''", "[]", "{}", '[""]'])
def test_an_empty_value_is_none_at_all(value: str) -> None:
    """Templates are full of them."""
    found, problems = settings(f"subtitle: {value}\ntags: {value}\nauthor: {value}\nimage: {value}")
    assert problems == []
    assert not any(found.values.values())


def test_what_another_program_fills_in_is_left_out() -> None:
    found, problems = settings('title: {{ page.title }}\nsubtitle: "{% t x %}"\nsummary: a {{ b }}')
    assert not any(found.values.values())
    assert [(p.code, at(p)[:2]) for p in problems] == [
        ("wrong-value", (n, c)) for n, c in ((2, 8), (3, 11), (4, 10))
    ]


def test_the_last_of_two_equal_keys_is_used() -> None:
    for text in (
        "---\ntitle: A\ntitle: B\n---\n",
        '{"title": "A",\n"title": "B"}\n',
        '+++\ntitle = "A"\ntitle = "B"\n+++\n',
    ):
        found, _, problems = read(text)
        assert found.get("title") == "B"
        assert "duplicate-key" in codes(problems)


def test_a_line_that_is_no_setting_is_quoted() -> None:
    found, problems = settings("title: Neap\nlow water\ndate: 2026-11-22")
    assert set(found.values) == {"title", "date"}
    assert [(p.code, at(p)) for p in problems] == [("broken-front-matter", (3, 1, 9))]
    assert "`low water`" in problems[0].why


def test_a_setting_that_cannot_be_read_is_shown() -> None:
    found, problems = settings("title: Neap\ntags: " + "[" * 2_000)
    assert found.get("title") == "Neap"
    assert [(p.code, p.place.line) for p in problems] == [("broken-front-matter", 3)]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\ntitle: Neap\n\nThe sea.\n", "The sea.\n"),
        ("---\ntitle: Neap\nThe sea.\n", "The sea.\n"),
        ("---\ntitle: Neap\n----\nThe sea.\n", "The sea.\n"),
        ("---\ntitle: Neap\n\n# Neap\n\nThe sea.\n\n---\n\nMore.\n", "# Neap\n\nThe sea.\n\n---\n\nMore.\n"),
        ("---\ntitle: Neap\n\nNote: the sea.\n\nMore.\n", "Note: the sea.\n\nMore.\n"),
        ("---\ntitle: Neap\n\n## Sea\n\n- tides\n\n---\n\nMore.\n", "## Sea\n\n- tides\n\n---\n\nMore.\n"),
        ('+++\ntitle = "Neap"\n\nThe sea.\n', "The sea.\n"),
        ('{\n  "title": "Neap",\n\nThe sea.\n', "The sea.\n"),
    ],
)  # fmt: skip
def test_unclosed_front_matter_ends_where_the_text_begins(text: str, body: str) -> None:
    found, rest, problems = read(text)
    assert (found.get("title"), rest.lstrip("\n"), codes(problems)) == (
        "Neap",
        body,
        ["unclosed-front-matter"],
    )
    assert at(problems[0])[:2] == (1, 1)


# --- Keys --------------------------------------------------------------------------------------

VALUES = {
    "title": ("Neap", "Neap"),
    "subtitle": ("Low water", "Low water"),
    "summary": ("The sea.", "The sea."),
    "author": ("Ada Stone", (Person("Ada Stone", "Ada Stone"),)),
    "authors": ("Ada Stone", (Person("Ada Stone", "Ada Stone"),)),
    "date": ("2026-11-22", datetime.date(2026, 11, 22)),
    "reviewed": ("2026-11-22", datetime.date(2026, 11, 22)),
    "review_by": ("2026-11-22", datetime.date(2026, 11, 22)),
    "image": ("tide.svg", "tide.svg"),
    "tags": ("sea, moon", ("sea", "moon")),
    "language": ("de", "de"),
    "url": ("https://tides.example/", "https://tides.example/"),
    "fit": ("2", 2),
    "care": ("required", "required"),
    "weight": ("10", 10.0),
    "sort_by": ("date", "date"),
    "aliases": ("Low tide", ("Low tide",)),
    "permalink": ("/neap/", "/neap/"),
}


@pytest.mark.parametrize(("own", "other"), [(own, o) for own, others in SYNONYMS.items() for o in (own, *others)])  # fmt: skip
def test_a_synonym_is_read_as_our_own_key(own: str, other: str) -> None:
    written, value = VALUES[own]
    line = "".join(f"{'  ' * n}{part}:\n" for n, part in enumerate(other.split("."))).rstrip()
    for written_line in (line, line.upper(), line.replace("_", "-"), line.replace("_", "")):
        found, problems = settings(f"{written_line} {written}")
        assert (dict(found.values), problems) == ({own: value}, [])


def test_headers_of_multimarkdown_are_settings() -> None:
    """A key of its own makes one warning, and one that says how it makes its files none. None of them is printed."""
    found, body, problems = read(
        "Title:  Neap\nBase Header Level: 2\nlatex input: a\nlatex input: b\nAffiliation: Sea\n\nThe sea.\n"
    )
    assert (found.get("title"), body.strip()) == ("Neap", "The sea.")
    assert [problem.code for problem in problems] == ["unknown-key"]


def test_a_header_of_multimarkdown_may_have_longer_values_and_keys_of_its_own() -> None:
    """All of it was printed as the first paragraph, and the title was that of the first heading."""
    found, body, problems = read(
        "latex input:\tarticle\nTitle:\tNeap  \nAuthor:\tAda Stone\nDate: 2026-11-22\nxhtml header:\t<script>\n</script>\n"
        "Copyright:\t2026 Ada Stone.  \n\t\tAll rights reserved.\nEvent:\tHigh tide\n\n# Ebb\n"
    )
    assert (found.get("title"), body.strip()) == ("Neap", "# Ebb")
    assert [problem.code for problem in problems] == ["unknown-key"]
    found, _, _ = read("Title: Neap and\n  spring\nDate: 2026-11-22\n\nThe sea.\n")
    assert found.get("title") == "Neap and spring"


@pytest.mark.parametrize("below", ["\n- The sea.\n", "- The sea.\n"])
def test_the_properties_of_a_page_of_logseq_are_settings(below: str) -> None:
    """They were printed in one paragraph, with their colons."""
    found, body, problems = read(
        f"type:: [[Feature]]\ntags:: #sea, [[High tide]]\nicon::\ndescription:: See [[Neap]] [`tides`](https://example.org)\n{below}"
    )
    assert dict(found.values) == {"tags": ("sea", "High tide"), "summary": "See Neap tides"}
    assert body.strip() == "- The sea."
    assert [problem.code for problem in problems] == ["unknown-key"]


@pytest.mark.parametrize(
    "text",
    [
        "Remember:: rest.\n",
        "Remember:: rest.\nIt helps.\n",
        "Title: the name of a book\nSpine: its back\nLeaf: two pages\n",
        "Title: the name of a book\nIt is on its spine.\n",
        "Remember: rest.\n  It helps.\n",
    ],
)
def test_lines_with_colons_are_text(text: str) -> None:
    found, body, problems = read(text)
    assert (found.get("title"), body, problems) == (None, text, [])


@pytest.mark.parametrize(
    "text", [".. note: The sea.\n", "<!--\n.. title: Neap\n\nThe sea.\n-->\n", "<!-- .. -->\n"]
)
def test_other_lines_with_dots_are_no_settings(text: str) -> None:
    assert read(text)[0].get("title") is None


def test_every_key_of_an_article_has_a_row() -> None:
    assert [*SYNONYMS, "draft"] == [k for k in ARTICLE if k != "draft"] + ["draft"]


def test_our_own_key_wins() -> None:
    for lines in (
        "summary: Ours\ndescription: Theirs",
        "description: Theirs\nsummary: Ours",
        "excerpt: Other\nabstract: Theirs\nsummary: Ours",
    ):
        found, problems = settings(lines)
        assert (found.get("summary"), problems) == ("Ours", [])
    assert settings("excerpt: Second\ndescription: First")[0].get("summary") == "First"
    assert settings("desc: First")[0].get("summary") == "First"
    assert settings("description: First\nsummary:")[0].get("summary") == "First"


def test_keys_of_other_programs_are_ignored_with_one_message() -> None:
    found, (unknown,) = settings(
        "rating: 5\ntitle: Neap\nbooktype: paper\ncategories: [sea]\nlikes: 3\nlayout: post"
    )
    assert dict(found.values) == {"title": "Neap", "tags": ("sea",)}
    assert (unknown.code, unknown.severity, at(unknown)) == ("unknown-key", "warning", (2, 1, 6))
    assert unknown.what == "unknown keys `rating`, `booktype`, `likes`"


@pytest.mark.parametrize(
    "line", ["layout: post", "toc: true", "page_template: page.html", "hide-title: true", "mathjax: yes",
             "kernelspec: {name: python3}", "sidebar_label: Knee"],
)  # fmt: skip
def test_a_key_for_the_page_of_a_site_is_ignored(line: str) -> None:
    """It means nothing in print, and each article of a blog may have it."""
    assert settings(f"title: Neap\n{line}")[1] == []


@pytest.mark.parametrize(
    ("key", "meant"), [("sumary", "summary"), ("reviwed", "reviewed"), ("titel", "title"), ("lnaguage", "language")]
)  # fmt: skip
def test_a_misspelt_key_of_ours_is_asked_back(key: str, meant: str) -> None:
    found = settings(f"{key}: x\nrating: 5")[1]
    assert found[0].help == f"did you mean `{meant}`?"
    assert codes(found) == ["unknown-key", "unknown-key"]


@pytest.mark.parametrize(
    "line",
    [
        "cover: {image: tide.svg, alt: A tide}",
        "image:\n  path: tide.svg\n  alt: A tide",
        "images: [tide.svg, moon.svg]",
        "featured_image: {src: tide.svg}",
        "feature: true\nthumbnail: tide.svg",
        "header:\n  teaser: tide.svg",
    ],
)
def test_a_picture_in_the_way_of_other_programs(line: str) -> None:
    assert settings(line)[0].get("image") == "tide.svg"


def test_merged_settings() -> None:
    found, problems = settings("x: &x {title: Neap, lang: de}\n<<: *x\ntitle: Spring")
    assert (found.get("title"), found.get("language")) == ("Spring", "de")
    assert [p.what for p in problems] == ["unknown key `x`"]


# --- Values ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-01T10:00:00+02:00", "2024-05-01T23:59:59Z", "2024-05-01 10:00", "2024-05-01 10:00:00 -0700",
        "2024-5-1", "2024/05/01", "2024.05.01", "20240501", "May 1, 2024", "1 May 2024", "May 1st, 2024",
        "1. Mai 2024", "1 de mayo de 2024", "Wed, 01 May 2024 10:00:00 +0200", "Wed May 1 2024", "'2024-05-01'",
        "1714550400", "1714550400123",
    ],
)  # fmt: skip
def test_a_date_is_the_day_as_it_is_written(written: str) -> None:
    found, problems = settings(f"date: {written}")
    assert (found.get("date"), problems) == (datetime.date(2024, 5, 1), [])


@pytest.mark.parametrize(("written", "day"), [("22/11/2024", 22), ("11/22/2024", 22), ("11.11.2024", 11), ("22.11.2024", 22)])  # fmt: skip
def test_a_date_with_one_reading_is_read(written: str, day: int) -> None:
    assert settings(f"date: {written}")[0].get("date") == datetime.date(2024, 11, day)


@pytest.mark.parametrize("written", ["05/06/2024", "5.6.2024", "2024-13-45", "2024", "today", "2024-05", "May 2024", "1 Smarch 2024", "31/31/2024"])  # fmt: skip
def test_a_date_with_no_or_two_readings_is_a_warning(written: str) -> None:
    found, (wrong,) = settings(f"date: {written}")
    assert (found.get("date"), wrong.code, wrong.severity) == (None, "wrong-value", "warning")


@pytest.mark.parametrize(
    ("written", "tag"),
    [("en_US", "en-US"), ("English", "en"), ("pt-br", "pt-BR"), ("de-DE.UTF-8", "de-DE"), ("deutsch", "de"), ("zh-hans-cn", "zh-Hans-CN"), ("EN", "en")],
)  # fmt: skip
def test_a_language_is_a_tag(written: str, tag: str) -> None:
    assert settings(f"lang: {written}")[0].get("language") == tag


# --- Drafts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["true", "yes", "1", '"true"', "on", "True", "TRUE", "'yes'"])
def test_our_own_mark_keeps_an_article_back_silently(value: str) -> None:
    for text in (f"---\ndraft: {value}\n---\nText.\n", f"\n---\nDraft: {value}\n---\nText.\n"):
        found, _, problems = read(text)
        assert (found.get("draft"), problems) == (True, [])


@pytest.mark.parametrize("line", ["draft: false", "draft: no", "published: true", "published: 2024-05-01", "status: published", "hidden: false", "draft:", "visibility: public", "state: Bavaria", "type: post", "tags: [draft horses]", "cover: {hidden: true}", "description: A draft of cold air"])  # fmt: skip
def test_a_finished_article_is_published(line: str) -> None:
    found, problems = settings(line)
    assert not found.get("draft")
    assert "kept-back" not in codes(problems)


DRAFTS = (
    "published: false", "published: no", "publish: false", "status: draft", "Status: Draft", "status: unpublished",
    "status: private", "status: pending", "status: wip", "status: in progress", "status: in-progress", "state: draft",
    "status: [draft]", "post_status: auto-draft", "hidden: true", "private: true", "visibility: private",
    "visibility: draft", "isDraft: true", "is_draft: yes", "_draft: true", "type: draft",
    "tags: [knee, draft]", "tags: knee, draft", "tags: ['#draft']", "tags: [status/draft]", "unlisted: true",
    "params: {draft: true}", "extra:\n  draft: true", "custom:\n  draft: true", "params:\n  status: draft",
    "dg-publish: false", "permalink: false", "build: {render: never}", "draft: false\nstatus: draft",
    "draft: true\ndraft: false", "defaults: &d {status: draft}\n<<: *d", "status: scheduled", "wip: true",
)  # fmt: skip
DOUBTFUL = (
    "draft: perhaps", "draft: 2024-05-01", "draft: v2", "draft: {by: Ann}", "published: not really", "private: some",
    "darft: true", "drafft: yes", "summary: |\n  x\n  draft: true", "title: Knee\n draft:true",
)  # fmt: skip


@pytest.mark.parametrize("line", [*DRAFTS, *DOUBTFUL])
def test_a_mark_of_another_program_keeps_an_article_back(line: str) -> None:
    """It is named, since its author may wonder."""
    found, problems = settings(f"layout: post\n{line}")
    assert found.get("draft") is True
    if "draft: true\ndraft" not in line:
        (kept,) = (p for p in problems if p.code == "kept-back")
        assert kept.place.line > 2
        assert ("may mark" in kept.why) == (line in DOUBTFUL)


def test_a_drawing_of_obsidian_is_kept_back() -> None:
    """Its text is the data of the drawing."""
    found, problems = settings("excalidraw-plugin: parsed\ntags: [excalidraw]")
    assert found.get("draft") is True
    kept = next(p for p in problems if p.code == "kept-back")
    assert kept.why == "`excalidraw-plugin: parsed` marks a drawing of Excalidraw"


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "Knee"\ndraft = true\n+++\nText.\n',
        '+++\ntitle = "Knee"\n[params]\ndraft = true\n+++\nText.\n',
        "+++\ntitle = Knee care\ndraft = True\n+++\nText.\n",
        '+++\ndraft = true\ntitle = "Knee\nText.\n',
        '{"title": "Knee", "draft": true}\n\nText.\n',
        '{\n"title": "Knee"\n"draft": true\n}\n\nText.\n',
        '{"title": "Knee" "draft": true}\n\nText.\n',
        ';;;\n"published": false\n;;;\nText.\n',
        "---\ntitle: Knee\ndraft: true\n\nText.\n",
        "---\ntitle: Knee\ndraft: true\n----\n\nText.\n",
        "---\ntitle: Knee\ndraft:true\n---\n\nText.\n",
        "---\ntitle: Knee\n  draft: true\n---\n\nText.\n",
        '---\ntitle: "Knee\ndraft: true\n---\n\nText.\n',
        '---\ntitle: "Knee\ndraft: true\nx: "y\n---\n\nText.\n',
        "---\ntitle: {a: [\ndraft: true\n---\n\nText.\n",
        "---\ntitle: x\nstatus [draft\n---\n\nText.\n",
        "--\ntitle: Knee\ndraft: true\n--\n\nText.\n",
        "title: Knee\ndraft: true\n---\n\nText.\n",
        "<!-- draft: true -->\n\n# Knee\n\nText.\n",
        "Title: Knee\nStatus: draft\n\nText.\n",
        "Status: hidden\n\nText.\n",
        "\n\n---\ntitle: Knee\ndraft: true\n---\n\nText.\n",
        "<!-- lint -->\n---\ntitle: Knee\nstatus: draft\n---\n\nText.\n",
    ],
)
def test_a_draft_is_never_published(text: str) -> None:
    """In any format, and in one that is broken."""
    assert read(text)[0].get("draft") is True


# --- The page for authors ----------------------------------------------------------------------

PAGE = (ROOT / "docs/front-matter.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("own", "others"), SYNONYMS.items())
def test_the_page_has_the_synonyms(own: str, others: tuple[str, ...]) -> None:
    row = f"| `{own}` | {', '.join(f'`{other}`' for other in others)} |\n"
    assert (row in PAGE) == bool(others)


@pytest.mark.parametrize(
    "keys", [BY_YES, BY_NO, STATES, KINDS], ids=["yes", "no", "states", "kinds"]
)
def test_the_page_has_the_marks_of_drafts(keys: frozenset[str]) -> None:
    assert f"| {', '.join(f'`{key}`' for key in sorted(keys))} |\n" in PAGE
