"""Settings: YAML with the place of each value, and messages on values that are wrong."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handpress.core.files.source import Source
from handpress.core.media import MEDIA, PAPERS
from handpress.core.problems.escaping import one_line
from handpress.core.problems.problem import Problem
from handpress.series.settings.people import Person
from handpress.series.settings.schema import ARTICLE, AUTHOR, PRACTICE, SERIES
from handpress.series.settings.yaml_reader import Settings, read_settings


def read(text: str, keys: object = SERIES) -> tuple[Settings, list[Problem]]:
    return read_settings(Source("series.yaml", text), keys, "a series")  # type: ignore[arg-type]


def one(text: str, keys: object = SERIES) -> Problem:
    """The only problem of `text`."""
    (found,) = read(text, keys)[1]
    return found


def at(found: Problem) -> tuple[int, int, int]:
    return found.place.line, found.place.column, found.place.length


# --- Values ------------------------------------------------------------------------------------


def test_every_key_may_be_set() -> None:
    """A value for each key of a series, and the Python value that it becomes."""
    settings, problems = read(
        "title: Tides\nsubtitle: Two reads\ndescription: >-\n  folded\n  text\nid: tides\n"
        "authors: [ada, bo]\nlanguage: en-GB\ndigits: auto\nedition: 2\nrevision: 1\ndate: 2026-11-22\n"
        "reviewed: 2026-11-23\nreview_by: 2028-02-29\npublisher: Quay\nrights: Ours\n"
        "site: https://tides.example/\nisbn: 978-1-86197-876-9\nprint_isbn: 978-1-86197-876-9\npaper_thickness: 0.16\ncollection: Reads\nvolume: 3\ncover: c.png\nmedia: [book, web]\nstyles: [large-print]\n"
        "theme: warm\npaper: letter\nfit: 1 sheet\nbilingual: columns\narticles:\n  - neap\n  - spring\n"
        "no_handout: [neap, News]\npacks:\n  both: [neap, spring]\n  one: spring\nnames: {both: Beide}\n"
        "levels:\n  missing-alt: error\n  heading-skips: off\n"
        "kind: health\ncare: required\ncheck:\n  few-headings: off\n  words-without-heading: 300\n"
    )
    assert problems == []
    assert set(settings.values) == set(SERIES)
    assert settings.get("description") == "folded text"
    assert settings.get("authors") == (Person("ada", "ada"), Person("bo", "bo"))
    assert settings.get("edition") == 2
    assert settings.get("paper_thickness") == 0.16
    assert settings.get("fit") == 2
    assert settings.get("check") == {"few-headings": "off", "words-without-heading": "300"}
    assert settings.get("review_by") == datetime.date(2028, 2, 29)
    assert settings.get("media") == ("book", "web")
    assert settings.get("no_handout") == ("neap", "News")
    assert settings.get("names") == {"both": "Beide"}
    assert settings.get("packs") == {"both": ("neap", "spring"), "one": ("spring",)}
    assert [settings.place("packs.both", n).column for n in (0, 1)] == [10, 16]


@pytest.mark.parametrize("title", ["2026", "no", "1.50", "2026-11-22", "0x10", "yes"])
def test_text_stays_as_it_was_written(title: str) -> None:
    """A title that YAML would read as a number, a date or a truth value stays a title."""
    settings, problems = read(f"title: {title}\n")
    assert (settings.get("title"), problems) == (title, [])


def test_one_value_is_a_list_of_one() -> None:
    assert read("authors: ada-stone\n")[0].get("authors") == (Person("ada-stone", "ada-stone"),)


def test_an_empty_value_is_none_given() -> None:
    """`subtitle:` with nothing after it is as good as no line."""
    settings, problems = read("subtitle:\ntitle: Tides\n")
    assert (settings.get("subtitle", "none"), problems) == ("none", [])


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert read(text) == (Settings(Source("series.yaml", text)), [])


def test_links_have_names_of_their_own() -> None:
    settings, problems = read(
        "links:\n  Site: https://a.example/\n  Old: http://b.example\n", AUTHOR
    )
    assert problems == []
    assert settings.get("links") == {"Site": "https://a.example/", "Old": "http://b.example"}


# --- Wrong values ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "place", "reason", "fix"),
    [
        ("date: 05/06/2026", (1, 7, 10), "`05/06/2026` is not a date", "write it as year-month-day, such as 2026-11-22"),
        ("date: 2026-02-30", (1, 7, 10), "`2026-02-30` is not a date", "write it as year-month-day, such as 2026-11-22"),
        ("edition: first", (1, 10, 5), "`first` is not a whole number from 1 to 9999", "write a number such as 1"),
        ("edition: 0", (1, 10, 1), "`0` is not a whole number from 1 to 9999", "write a number such as 1"),
        ("paper: lettr", (1, 8, 5), "unknown value `lettr`", "did you mean `letter`?"),
        ("paper: foolscap", (1, 8, 8), "unknown value `foolscap`", "use one of: a4, letter, a5"),
        ("media: [book, ebub]", (1, 15, 4), "unknown value `ebub`", "did you mean `epub`?"),
        ("site: tides.example", (1, 7, 13), "`tides.example` is not a web address", "write it out, such as https://example.org/series/"),
        ("language: Elvish", (1, 11, 6), "`Elvish` is not a language tag", "use a tag such as en, en-GB or de"),
        ("id: My Series", (1, 5, 9), "`My Series` is not a valid name", "use small letters, digits and hyphens"),
        ('title: ""', (1, 8, 2), "it is empty", "write a value, or delete the line"),
        ("title: [a, b]", (1, 8, 6), "`title` takes one value, not a list", "write one value"),
        ("title: {a: b}", (1, 8, 6), "`title` takes one value, not a mapping", "write one value"),
        ("packs: [neap]", (1, 8, 6), "`packs` must be a mapping", "write `name: [first, second]` lines below it"),
        ("packs: {both: []}", (1, 9, 4), "`both` is empty", "write `both: [first, second]`, or delete the line"),
        ("packs: {both: }", (1, 9, 4), "`both` is empty", "write `both: [first, second]`, or delete the line"),
        ("packs: {First Visit: neap}", (1, 9, 11), "`First Visit` is not a valid name", "use small letters, digits and hyphens"),
        ("authors: [ada, [bo]]", (1, 16, 4), "an author takes one value, not a list", "write one name"),
    ],
)  # fmt: skip
def test_a_wrong_value(line: str, place: tuple[int, int, int], reason: str, fix: str) -> None:
    """The value is marked, said what it is not, and how it is written, or which was meant."""
    found = one(line + "\n")
    assert (found.code, at(found)) == ("wrong-value", place)
    assert (found.why, found.help) == (reason, fix)


@pytest.mark.parametrize(
    "written", ["javascript:alert(1)", '"java\\tscript:x"', "data:text/html,x", "//x", "ask us"]
)
def test_a_practice_has_a_web_address(written: str) -> None:
    found = one(f"name: Quay House\nweb: {written}\n", PRACTICE)
    assert (found.code, at(found)[:2]) == ("wrong-value", (2, 6))


@pytest.mark.parametrize(
    "written",
    ["quay.example", "www.quay.example/knees?a=1", "https://quay.example", "größe.example:8080"],
)
def test_a_web_address_of_a_practice_is_printed_as_it_is_written(written: str) -> None:
    settings, problems = read(f"web: {written}\n", PRACTICE)
    assert (settings.get("web"), problems) == (written, [])


def test_a_wrong_draft_and_url_of_an_article() -> None:
    found = read("draft: perhaps\nurl: nowhere\n", ARTICLE)[1]
    assert [f.code for f in found] == ["wrong-value", "wrong-value"]
    assert [at(f)[0] for f in found] == [1, 2]


def test_a_wrong_value_does_not_hide_the_others() -> None:
    """All valid values are read, all invalid ones are reported."""
    settings, problems = read("title: Tides\ndate: soon\npaper: a4\ncolour: blue\n")
    assert [p.code for p in problems] == ["unknown-key", "wrong-value"]
    assert (settings.get("title"), settings.get("paper")) == ("Tides", "a4")
    assert settings.get("date") is None


# --- Keys --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "key", "meant"),
    [
        (SERIES, "titel", "title"),
        (SERIES, "Title", "title"),
        (SERIES, "reviewby", "review_by"),
        (SERIES, "article", "articles"),
        (ARTICLE, "sumary", "summary"),
        (ARTICLE, "tag", "tags"),
        (AUTHOR, "credential", "credentials"),
        (PRACTICE, "adress", "address"),
    ],
)
def test_a_misspelt_key_is_asked_back(keys: object, key: str, meant: str) -> None:
    """“Did you mean”, with the whole key marked."""
    found = one(f"{key}: x\n", keys)
    assert (found.code, at(found)) == ("unknown-key", (1, 1, len(key)))
    assert found.help == f"did you mean `{meant}`?"


def test_a_key_like_none_is_told_all_of_them() -> None:
    found = one("zzz: x\n", PRACTICE)
    assert found.help == one_line(f"use one of: {', '.join(PRACTICE)}")


def test_a_key_that_stands_twice() -> None:
    """The second is marked, and used, as in most readers of YAML."""
    settings, problems = read("title: Neap\ntitle: Spring\n")
    assert [(p.code, at(p)) for p in problems] == [("duplicate-key", (2, 1, 5))]
    assert settings.get("title") == "Spring"


# --- Broken YAML -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: a: b\n", (1, 9)),
        ("title: 'open\n", (1, 8)),
        ("authors: [a, b\n", (1, 10)),
        ("authors: [a, b\ntitle: Tides\n", (1, 10)),
        ("title: *unknown\n", (1, 8)),
        ("title: @home\n", (1, 8)),
        ("title: x\n\tsubtitle: y\n", (2, 1)),
        ("title: x\n  subtitle: y\n", (2, 11)),
        ("- title\n", (1, 1)),
        ("just words\n", (1, 1)),
    ],
)
def test_broken_yaml_is_shown_where_it_breaks(text: str, place: tuple[int, int]) -> None:
    """One problem, at the character that an author has to look at; nothing else is guessed."""
    settings, problems = read(text)
    assert [p.code for p in problems] == ["broken-yaml"]
    assert (problems[0].place.line, problems[0].place.column) == place
    assert settings.values == {}


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Reading any file ends with settings, and problems whose places are in the file."""
    lines = text.split("\n")
    for found in read(text)[1]:
        assert 1 <= found.place.line <= len(lines)
        assert 1 <= found.place.column <= len(lines[found.place.line - 1]) + 1


@given(st.dictionaries(st.sampled_from(["title", "subtitle", "rights"]), st.text("ab :#'\"-é", min_size=1).map(str.strip).filter(bool), min_size=1))  # fmt: skip
def test_a_quoted_value_is_read_as_it_was_meant(values: dict[str, str]) -> None:
    """Quotes carry any text: what is read is what was written, white space folded."""
    quoted = "".join(f"{k}: '{v.replace(chr(39), chr(39) * 2)}'\n" for k, v in values.items())
    settings, problems = read(quoted)
    assert problems == []
    assert settings.values == {k: " ".join(v.split()) for k, v in values.items()}


def test_the_tables_of_values() -> None:
    """The choices are part of the contract."""
    assert MEDIA == ("handout", "book", "epub", "web")
    assert tuple(PAPERS) == ("a4", "letter", "a5")


# --- ISBN --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["978-1-86197-876-9", "9781861978769", "ISBN 978 1 86197 876 9", "979-10-90636-07-1"]
)
def test_an_isbn_is_its_thirteen_digits(written: str) -> None:
    """However it is spaced (ISO 2108)."""
    settings, problems = read(f"isbn: {written}\n")
    assert problems == []
    assert settings.get("isbn") in ("9781861978769", "9791090636071")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("978-1-86197-876-8", "`978-1-86197-876-8` has a wrong digit: its check digit should be 9"),
        ("978-1-86179-876-9", "`978-1-86179-876-9` has a wrong digit: its check digit should be 3"),
        ("1-86197-876-6", "`1-86197-876-6` is not a thirteen-digit ISBN"),
        ("none", "`none` is not a thirteen-digit ISBN"),
    ],
)  # fmt: skip
def test_an_isbn_is_checked_by_its_last_digit(written: str, why: str) -> None:
    found = one(f"isbn: {written}\n")
    assert (found.code, found.why) == ("wrong-value", why)
    assert found.help == "copy it from your ISBN agency, in the form 978-1-86197-876-9"


@pytest.mark.parametrize("null", ["null", "Null", "NULL", "~", ""])
def test_null_is_no_value(null: str) -> None:
    """As in YAML: never the word, in any key. In quotes it is a word."""
    written = "".join(f"{key}: {null}\n" for key in SERIES)
    assert read(written) == (Settings(Source("series.yaml", written)), [])
    assert one(f"articles: [{null or '~'}, neap]").why == "it is empty"
    assert read("title: 'null'")[0].get("title") == "null"


@pytest.mark.parametrize("null", ["null", "~", ""])
def test_null_in_a_mapping_is_no_value(null: str) -> None:
    """A language without a number has that of all others, and an author without a page no link."""
    written = f'emergency: {{ "en": "999", "de": {null} }}\n'
    settings, problems = read(written, PRACTICE)
    assert (settings.get("emergency"), problems) == ({"en": "999"}, [])
    settings, problems = read(f'links: {{ "Clinic": {null} }}\n', AUTHOR)
    assert (settings.get("links"), problems) == ({}, [])


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("Monday", {"": ("Monday",)}),
        ("[Monday, Friday]", {"": ("Monday", "Friday")}),
        ("{en: Monday, de: [Montag, Freitag]}", {"en": ("Monday",), "de": ("Montag", "Freitag")}),
        ("{en: Monday, de: }", {"en": ("Monday",)}),
        ("{en: Monday, de: []}", {"en": ("Monday",)}),
    ],
)
def test_lines_may_be_given_for_each_language(written: str, hours: dict[str, object]) -> None:
    settings, problems = read(f"hours: {written}\n", PRACTICE)
    assert (settings.get("hours"), problems) == (hours, [])


def test_lines_for_no_language_are_a_problem() -> None:
    settings, problems = read("hours: {in English: Monday, de: Montag}\n", PRACTICE)
    assert settings.get("hours") == {"de": ("Montag",)}
    assert [problem.code for problem in problems] == ["wrong-value"]
    assert "`in English` is not a language tag" in str(problems[0])


def test_line_ends_of_other_programs_are_spaces() -> None:
    """YAML would end the line at them, which no editor shows."""
    settings, problems = read("title: Low\u2028back\u2029pain\x85here\nsubtitle: Two\n")
    assert (settings.get("title"), problems) == ("Low back pain here", [])
    assert settings.place("subtitle").line == 2


@pytest.mark.parametrize("written", ["80", "0", "1.5", "0,1", "-0.1", "thin"])
def test_the_thickness_of_paper_is_a_part_of_a_millimetre(written: str) -> None:
    """A weight in grams, or a number of the wrong size, would give a spine as wide as a shelf."""
    assert one(f"paper_thickness: '{written}'\n").code == "wrong-value"
