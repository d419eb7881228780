"""Speech: the layouts' words in every language that we ship, with its dates, plurals and lists of names."""

from __future__ import annotations

import datetime
import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.localedata import locale_identifiers

from handpress.core.direction import direction
from handpress.core.files.disk import Disk
from handpress.core.files.workspace import Workspace
from handpress.layout.words import (
    PLURALS,
    PROOFREAD,
    blanks,
    category,
    counted,
    edition_line,
    load_words,
    long_date,
    lookups,
    names,
    size,
)
from handpress.markup.blocks.dose_labels import LABELS, ROWS
from handpress.markup.blocks.exercise import DOSE_COLUMNS, LINES
from handpress.markup.blocks.term_lines import key_of
from handpress.series.model import Author
from helpers.workspaces import CASES, ROOT, Book, bare_workspace

FILES = sorted((ROOT / "layouts/words").glob("*.yaml"))
BLOCKS = sorted((ROOT / "layouts/blocks").glob("*/words.yaml"))
STYLES = sorted((ROOT / "layouts/styles/styles").glob("*/words.yaml"))
# The languages that have every word from the start. The others may have a new word in English for a while: those here.
FIRST = ("en", "de", "es", "ar")
AWAITED = (Path(__file__).parent / "awaited.txt").read_text("utf-8").split("\n")[1:]
# The words that are in a folder of their own, and their files.
BESIDE = {key: file for file in BLOCKS for key in yaml.safe_load(file.read_text("utf-8"))["en"]}
BESIDE |= {f"{word}_{file.parent.name}": file for file in STYLES for word in ("style", "pack")}


def words(language: str) -> dict[str, Any]:
    """The words of a language as a layout has them."""
    there = bare_workspace(CASES)
    return load_words(there, language)


def read(file: Path) -> dict[str, Any]:
    return dict(_read(file))


@cache
def _read(file: Path) -> dict[str, Any]:
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), fast)
    return found


def forms(language: str) -> tuple[str, ...]:
    """Return the plurals that whole numbers have in a language; every word has the form `other`."""
    found = {category(language, number) for number in range(1001)} | {"other"}
    return tuple(form for form in PLURALS if form in found)


def assert_translated(word: Any, english: Any, language: str) -> None:
    """Assert that a `word` has something to read, and a plural all forms of its `language`."""
    if isinstance(word, str):
        assert word.strip()
        return
    assert tuple(word) == forms(language)
    assert all(form.strip() and blanks(form) <= blanks(english["other"]) for form in word.values())
    assert blanks(word["other"]) == blanks(english["other"])


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_language_says_all_that_english_says(file: Path) -> None:
    """The same keys in the same order, each of the same make, with the same blanks to fill; a form of a
    plural may do without its number, as a dual does. Then come the words of those blocks and styles whose own
    files lack the language.
    """
    english, other = read(ROOT / "layouts/words/en.yaml"), read(file)
    assert other.pop(PROOFREAD, False) is False
    rest = [key for key, folder in BESIDE.items() if file.stem not in read(folder)]
    if file.stem not in FIRST:
        rest = [key for key in rest if key not in AWAITED]
        english = {key: word for key, word in english.items() if key not in AWAITED}
    assert list(other) == [*english, *rest]
    for key in rest:
        assert_translated(other[key], read(BESIDE[key])["en"].get(key, ""), file.stem)
    for key, ours in english.items():
        theirs = other[key]
        assert type(theirs) is type(ours), key
        if isinstance(ours, str):
            assert blanks(theirs) == blanks(ours), key
            assert theirs.strip(), key
        elif isinstance(ours, dict):
            assert tuple(theirs) == forms(file.stem), key
            assert blanks(theirs["other"]) == blanks(ours["other"]), key
            assert all(blanks(form) <= blanks(ours["other"]) for form in theirs.values()), key
        elif key != "leading_words":  # a language may have none
            assert len(theirs) == len(ours), key


def test_the_manual_lists_every_language() -> None:
    """With its English name, and whether a native speaker has read its file."""
    manual = (ROOT / "docs/languages.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| (.+) \| (yes|not yet|not recorded) \|$", manual, re.M)
    assert {tag for tag, _, _ in rows} == {file.stem for file in FILES}
    for tag, name, proofread in rows:
        assert name == Locale.parse(tag, sep="-").get_display_name("en")
        marked = read(ROOT / f"layouts/words/{tag}.yaml").get(PROOFREAD) is False
        assert marked == (proofread == "not yet"), tag


# English has the dates of Britain, the CLDR those of America.
@pytest.mark.parametrize("language", [f.stem for f in FILES if f.stem != "en"])
def test_dates_are_those_of_the_cldr(language: str) -> None:
    """Whole dates, and a month with its year, in each month."""
    say, locale = words(language), language.replace("-", "_")
    for month in range(1, 13):
        day = datetime.date(2027, month, 12)  # some write the 2nd of a month as 02
        assert long_date(day, say) == format_date(day, "long", locale)
        series: Any = SimpleNamespace(edition=0, revision=0, date=day)
        assert edition_line(series, say) == format_skeleton("yMMMM", day, locale=locale)


@pytest.mark.parametrize("language", [f.stem for f in FILES])
def test_lists_of_names_and_decimals_are_those_of_the_cldr(language: str) -> None:
    say, locale = words(language), Locale.parse(language, sep="-")
    two = locale.list_patterns["standard"]["2"].format("A", "B")
    # A list in Arabic has commas here, as books set it; the CLDR repeats the conjunction.
    middle = "{0}، {1}" if language == "ar" else locale.list_patterns["standard"]["middle"]
    three = middle.format("A", two.replace("A", "C", 1))
    assert names([Author(None, "A"), Author(None, "B")], say) == two
    assert names([Author(None, "A"), Author(None, "C"), Author(None, "B")], say) == three
    assert say["decimal"] == locale.number_symbols["latn"]["decimal"]


@pytest.mark.parametrize(
    ("language", "files"),
    [
        ("en-GB", "en en-GB"),
        ("pt-PT", "en pt pt-PT"),
        ("zh", "en zh zh-Hans"),
        ("zh-CN", "en zh zh-Hans zh-CN"),
        ("zh-TW", "en zh zh-Hant zh-TW"),
        ("zh-Hant-HK", "en zh zh-Hant zh-Hant-HK"),
        ("no", "en nb no"),
    ],
)
def test_a_tag_finds_the_files_that_its_readers_expect(language: str, files: str) -> None:
    assert lookups(language) == tuple(files.split())


@pytest.mark.parametrize("file", BLOCKS, ids=lambda f: f.parent.name)
def test_every_language_has_the_words_of_a_block(file: Path) -> None:
    """The same keys in the same order, each with something to read, and none that other files have. A
    language that is not among them has them in its own file.
    """
    languages = read(file)
    assert {"en"} <= set(languages) <= {f.stem for f in FILES}
    for words_ in languages.values():
        assert list(words_) == list(languages["en"])
    for language, words_ in languages.items():
        for key, word in words_.items():
            assert_translated(word, languages["en"][key], language)
    others = [read(f)["en"] for f in BLOCKS if f != file] + [read(ROOT / "layouts/words/en.yaml")]
    assert not any(languages["en"].keys() & other.keys() for other in others)


@pytest.mark.parametrize("file", STYLES, ids=lambda f: f.parent.name)
def test_every_language_has_the_names_of_a_style(file: Path) -> None:
    """Of its handouts, and of its packs with their title."""
    languages = read(file)
    assert {"en"} <= set(languages) <= {f.stem for f in FILES}
    for said in languages.values():
        assert list(said) == ["handout", "pack"]
        assert blanks(said["handout"]) == set()
        assert blanks(said["pack"]) == {"title"}


def test_a_workspace_says_the_words_of_a_block_its_own_way(book: Book) -> None:
    """One by one, in the block's own file or among all others, which come last."""
    book.write("layouts/blocks/do/words.yaml", "en:\n  do: Go on\n  do_not: Stop\n")
    book.write("layouts/words/en.yaml", "do_not: Leave it\n")
    say = load_words(Workspace(Disk(book.root), (), "", "", Path()), "en-GB")
    assert (say["do"], say["do_not"], say["day"]) == ("Go on", "Leave it", "Day")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_way_back_begins_with_what_is_seen_of_it(file: Path) -> None:
    """A control's name for speech input has its visible words (WCAG 2.2, 2.5.3)."""
    assert read(file)["back_to"].startswith("{back}")
    assert read(file)["back_to_place"].startswith("{back}")


@pytest.mark.parametrize(
    ("language", "date", "edition", "revised", "three", "megabytes"),
    [
        ("en", "2 March 2027", "Second edition, March 2027", ", revision 3", "A, B and C", "1.2 MB"),
        ("de-AT", "2. März 2027", "Zweite Auflage, März 2027", ", Revision 3", "A, B und C", "1,2 MB"),
        ("es", "2 de marzo de 2027", "Segunda edición, marzo de 2027", ", revisión 3", "A, B y C", "1,2 MB"),
        ("ru", "2 марта 2027\u202fг.", "Второе издание, март 2027\u202fг.", ", редакция 3", "A, B и C", "1,2 МБ"),
        ("ja", "2027年3月2日", "第2版、2027年3月", "、改訂3", "A、B、C", "1.2 MB"),
        ("ar", "2 مارس 2027", "الإصدار الثاني، مارس 2027", "، التنقيح 3", "A، B وC", "1.2 ميغابايت"),
    ],
)  # fmt: skip
def test_dates_and_names_are_written_as_the_language_writes_them(
    language: str, date: str, edition: str, revised: str, three: str, megabytes: str
) -> None:
    say, day = words(language), datetime.date(2027, 3, 2)
    series: Any = SimpleNamespace(edition=2, revision=0, date=day)
    assert long_date(day, say) == date
    assert edition_line(series, say) == edition
    assert edition_line(SimpleNamespace(edition=2, revision=3, date=day), say) == edition + revised
    assert names([Author(None, name) for name in "ABC"], say) == three
    assert size(1_240_000, say) == megabytes


@pytest.mark.parametrize(
    ("language", "number", "pages"),
    [
        ("en", 1, "1 page"),
        ("en", 2, "2 pages"),
        ("de", 1, "1 Seite"),
        ("es", 0, "0 páginas"),
        ("fr", 0, "0 page"),
        ("fr", 2, "2 pages"),
        ("pl", 3, "3 strony"),
        ("pl", 5, "5 stron"),
        ("ru", 21, "21 страница"),
        ("he", 2, "שני עמודים"),
        ("ja", 1, "1ページ"),
        ("ar", 1, "صفحة واحدة"),
        ("ar", 2, "صفحتان"),
        ("ar", 3, "3 صفحات"),
        ("ar", 10, "10 صفحات"),
        ("ar", 11, "11 صفحة"),
        ("ar", 100, "100 صفحة"),
        ("ar", 103, "103 صفحات"),
    ],
)
def test_plurals(language: str, number: int, pages: str) -> None:
    """As the Unicode CLDR has them."""
    assert counted("pages", number, words(language)) == pages


# Every language of the CLDR, with its regions and scripts.
LOCALES = sorted(tag.replace("_", "-") for tag in locale_identifiers())


def test_every_language_of_the_cldr_has_its_own_plurals() -> None:
    """For whole numbers, under the tag that a series would name."""
    for tag in LOCALES:
        rule = Locale.parse(tag, sep="-").plural_form
        assert [category(tag, n) for n in range(201)] == [rule(n) for n in range(201)], tag


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ar", "zero one two few few many many other other few"),
        ("ru", "many one few few many many many many one few"),
        ("pl", "many one few few many many many many many few"),
        ("fr", "one one other other other other other other other other"),
        ("pt-BR", "one one other other other other other other other other"),
        ("pt-PT", "other one other other other other other other other other"),
        ("ja", "other other other other other other other other other other"),
        ("PL-pl-x-clinic", "many one few few many many many many many few"),
        ("tlh", "other one other other other other other other other other"),
        ("qaa-Latn", "other one other other other other other other other other"),
    ],
)
def test_rules_of_plurals(language: str, forms: str) -> None:
    """For 0, 1, 2, 3, 10, 11, 12, 100, 101 and 103, as the CLDR's charts have them."""
    numbers = (0, 1, 2, 3, 10, 11, 12, 100, 101, 103)
    assert [category(language, n) for n in numbers] == forms.split()


def test_a_language_of_the_workspace_has_the_forms_that_it_needs(book: Book) -> None:
    """Each word by the rules of the language that it is in: where Latvian is missing, 21 is English."""
    book.write(
        "layouts/words/pl.yaml",
        """
pages: { one: "{number} strona", few: "{number} strony", many: "{number} stron", other: "{number} strony" }
""",
    )
    there = bare_workspace(book.root)
    say = load_words(there, "pl")
    shown = [counted("pages", number, say) for number in (1, 2, 5, 12, 22, 25)]
    assert shown == ["1 strona", "2 strony", "5 stron", "12 stron", "22 strony", "25 stron"]
    assert counted("pages", 21, load_words(there, "lv")) == "21 pages"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("pages: 4 pages", "`pages` is a str, not a dict"),
        ('pages: { one: "1" }', "`pages` has no form `other`"),
        ('pages: { some: "1", other: "2" }', "`pages` has a form `some`"),
        ('pages: { other: "{count}" }', "`pages` has a blank {count} that nothing fills"),
    ],
)
def test_words_of_a_workspace_are_of_the_same_make(text: str, why: str, book: Book) -> None:
    book.write("layouts/words/en.yaml", f"{text}\n")
    ran = book.run("check")
    assert ran.code == 1
    assert why in ran.err


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("ur-Latn", "ltr"), ("az-Arab", "rtl"),
        ("uz-Arab-AF", "rtl"), ("de", "ltr"), ("en-Arab", "rtl"), ("ckb", "rtl"), ("EN", "ltr"),
    ],
)  # fmt: skip
def test_which_way_a_language_is_written(language: str, way: str) -> None:
    """Its own way, unless its tag names a script (RFC 5646, section 2.2.3)."""
    assert direction(language) == way


def test_every_language_of_the_cldr_is_written_its_own_way() -> None:
    """Mongolian script runs from top to bottom, which no medium of ours can do."""
    ways = {tag: Locale.parse(tag, sep="-").text_direction for tag in LOCALES}
    assert {tag: way for tag, way in ways.items() if way not in (direction(tag), "ttb")} == {}


@pytest.mark.parametrize("language", ROWS)
def test_authors_may_write_each_label_of_a_dosage_as_it_is_printed(language: str) -> None:
    """With the colon that a label may end with or without it."""
    beside = yaml.safe_load((ROOT / "layouts/blocks/exercise/words.yaml").read_text("utf-8"))
    labels = read(ROOT / f"layouts/words/{language}.yaml") | beside.get(language, {})
    for key in (*DOSE_COLUMNS, *LINES):
        assert LABELS[key_of(labels[key].rstrip(" :："))] == key
