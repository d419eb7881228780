"""Interface words of a language: its dates, plurals, and lists of names.

A language's words are in `layouts/words/<language>.yaml`. Those of a block or a style are there too, or in its
folder, in several languages: `layouts/blocks/<kind>/words.yaml`. The differences between languages are in these files:
the order of a date, the marks between names. Only the rules of plurals are Babel's.
"""

from __future__ import annotations

import contextlib
import datetime
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import yaml

from handpress.core.caches.code_hash import version
from handpress.core.caches.once import once
from handpress.core.files.disk import Disk
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import Workspace
from handpress.core.in_english import InEnglish
from handpress.core.numerals import LATIN, Numerals, decimal_of
from handpress.core.problems.problem import BrokenLayout, Place, problem
from handpress.core.styles import STYLES
from handpress.markup.spaces import rule_of, spaced
from handpress.series.model import Author, Series

Words = Mapping[str, Any]

# The plural categories of the Unicode CLDR. A word with a number has a form for each category of its
# language; every language has `other`.
PLURALS = ("zero", "one", "two", "few", "many", "other")

# The key of a file of words for whether a native speaker has read it.
PROOFREAD = "proofread"
# Tags under another name, and the scripts of languages that are written in two: the first part of a tag that decides.
ALIASES = {"no": "nb", "iw": "he"}
SCRIPTS = {"zh": {"hant": "Hant", "tw": "Hant", "hk": "Hant", "mo": "Hant", "": "Hans"}}

# A number in a text, such as the ten of ``0 to {10}``: it gets the digits of the language.
NUMBER = re.compile(r"\{([0-9]+)\}")
FEW = 2_000  # most numbers in a text, such as those of pages and of minutes

# The words in a style's folder: their names among all words, and the blanks that they may have.
OF_STYLE = {"handout": ("style_", "{style}"), "pack": ("pack_", "{title} {style}")}


@lru_cache(maxsize=1024)
def category(language: str, number: int) -> str:
    """Return the CLDR's plural category of a whole number in a language.

    For languages unknown to the CLDR, 1 is `one`, and other numbers are `other`.
    """
    return _categories(language)[number] if 0 <= number < FEW else _category(language, number)


@lru_cache(maxsize=64)
def _categories(language: str) -> list[str]:
    """Return the categories of all numbers below `FEW`, which are found once for an installation.

    Babel reads all that the CLDR knows of a language for one of them, which takes as long as the layout of a page.
    """
    name, of = "plural" + "".join(filter(str.isalnum, language)), f"{language} {version('babel')}"
    return once(name, of, lambda: [_category(language, number) for number in range(FEW)])


def _category(language: str, number: int) -> str:
    from babel.core import Locale, UnknownLocaleError

    for tag in (language, language.partition("-")[0]):
        try:
            return str(Locale.parse(tag, sep="-").plural_form(number))
        except (UnknownLocaleError, ValueError):
            continue
    return "one" if number == 1 else "other"


def load_words(workspace: Workspace, language: str, numerals: Numerals = LATIN) -> dict[str, Any]:
    """The words of the layouts in `language`, which write numbers in `numerals`; English for what that language lacks.

    A workspace's own words stand over ours, one by one, and must have the same structure: what is a list
    stays a list, and a sentence has no blanks to fill that ours has not.
    """
    words: dict[str, Any] = {}
    plural: dict[str, str] = {}  # whose rules each word follows: English ones stay English
    for name, file, found in _files(workspace, language):
        try:
            words |= {key: _spaced(_checked(key, found[key], words), name) for key in found}
        except (TypeError, ValueError) as error:
            raise _broken(file, error) from None
        own = name if name == "en" and not language.lower().startswith("en") else language
        plural |= dict.fromkeys(found, own)
    borrowed = (
        set() if language.lower().startswith("en") else {k for k in plural if plural[k] == "en"}
    )
    words = {k: _in_digits(value, numerals, k in borrowed) for k, value in words.items()}
    if numerals != LATIN:
        words["decimal"] = decimal_of(language, numerals) or words["decimal"]
    return words | {"plural": plural, "numerals": numerals}


def _in_digits(value: Any, numerals: Numerals, in_english: bool) -> Any:
    """Return a word, the words of a list or the forms of a plural, with numbers in these digits; marked if in English."""

    def of_text(text: str) -> str:
        text = NUMBER.sub(lambda number: numerals.write(number[1]), text)
        return InEnglish(text, numerals=numerals) if in_english else numerals.pattern(text)

    return _each(value, of_text)


def _files(workspace: Workspace, language: str) -> Iterator[tuple[str, str, Any]]:
    """A language, a file, and the words that it has in that language; the later ones overrule."""
    beside = [
        (file, found)
        for kind in ("blocks", STYLES)
        for folder in sorted(_folders(workspace, kind))
        for file in (f"{kind}/{folder}/words.yaml",)
        for found in _read(workspace, file)
    ]
    for name in lookups(language):
        for file, found in beside:
            yield name, file, _whole(file, name, found.get(name) or {})
        for found in _read(workspace, f"words/{name}.yaml"):
            if "months" in found:  # most languages have one form of their names
                found.setdefault("months_alone", found["months"])
            yield name, f"words/{name}.yaml", {k: w for k, w in found.items() if k != PROOFREAD}


def is_translated(words: Words, language: str) -> bool:
    """Return whether any of `words` is in `language`, and not only in English."""
    return language.lower().startswith("en") or any(own != "en" for own in words["plural"].values())


def lookups(language: str) -> tuple[str, ...]:
    """Return the names of the files with the words of a language, from English to its own tag.

    A tag without a script has the one that its readers expect: `zh-TW` finds `zh-Hant`.
    """
    base, _, rest = language.partition("-")
    base = ALIASES.get(base.lower(), base.lower())
    scripts = SCRIPTS.get(base, {})
    script = next((s for part, s in scripts.items() if part in rest.lower().split("-")), "")
    script = script or scripts.get("", "")
    return tuple(dict.fromkeys(("en", base, f"{base}-{script}" if script else base, language)))


def _folders(workspace: Workspace, kind: str) -> set[str]:
    """Return the names of our folders in `kind` and of the workspace's."""
    return {*Disk(shipped("layouts")).names(kind), *workspace.disk.names(f"layouts/{kind}")}


def _whole(file: str, language: str, found: Any) -> Mapping[str, Any]:
    """Return the words in a file under their whole names: those of a style end in the style's."""
    if not isinstance(found, dict):
        kind = type(found).__name__
        raise _broken(file, f"`{language}` is a {kind}, not keys and words")
    if not file.startswith(STYLES):
        return found
    style = file.split("/")[-2]
    unknown = [key for key in found if key not in OF_STYLE]
    if unknown:
        raise _broken(
            file, f"`{unknown[0]}` is not a word of a style: there are {' and '.join(OF_STYLE)}"
        )
    return {OF_STYLE[key][0] + style: text for key, text in found.items()}


def _read(workspace: Workspace, file: str) -> Iterator[dict[str, Any]]:
    """Yield the content of our `file` of words and of the workspace's, if they exist."""
    for asset in workspace.overlays("layouts", file):
        try:
            found = _loaded(asset.read()) or {}
        except (yaml.YAMLError, ValueError) as error:
            raise _broken(file, error) from None
        if not isinstance(found, dict):
            raise _broken(file, f"it is a {type(found).__name__}, not keys and words")
        yield found


def _loaded(data: bytes) -> Any:
    """Load YAML by libyaml, ten times as fast; its errors are those of the parser that every system has."""
    if fast := getattr(yaml, "CSafeLoader", None):
        with contextlib.suppress(yaml.YAMLError):
            return yaml.load(data, fast)
    return yaml.safe_load(data)


def _broken(file: str, error: object) -> BrokenLayout:
    mark = getattr(error, "problem_mark", None)
    place = Place(f"layouts/{file}", mark.line + 1 if mark else 1)
    return BrokenLayout(
        problem("broken-layout", place, reason=getattr(error, "problem", None) or error)
    )


def _checked(key: str, value: Any, words: Words) -> Any:
    if not isinstance(key, str):
        raise ValueError(f"`{key}` is not a word of ours")
    is_list = isinstance(value, list)
    ours = words.get(key, _model(key, value))
    if type(value) is not type(ours):
        raise ValueError(f"`{key}` is a {type(value).__name__}, not a {type(ours).__name__}")
    if key in ("months", "months_alone") and len(value) != 12:
        raise ValueError(f"`{key}` has {len(value)} names, not 12")
    if isinstance(value, dict):
        if unknown := value.keys() - set(PLURALS):
            raise ValueError(f"`{key}` has a form `{min(unknown)}`, which is none of {PLURALS}")
        if "other" not in value:
            raise ValueError(f"`{key}` has no form `other`")
    for text in value.values() if isinstance(value, dict) else value if is_list else (value,):
        if not isinstance(text, str):
            raise ValueError(f"`{key}` has a {type(text).__name__} in it, not text")
        known = text if is_list else ours["other"] if isinstance(ours, dict) else ours
        if wrong := blanks(text) - blanks(known):
            raise ValueError(f"`{key}` has a blank {{{min(wrong)}}} that nothing fills")
    return value


def _spaced(value: Any, language: str) -> Any:
    """Return a word, the words of a list or the forms of a plural, with the spaces of a language before marks."""
    if rule_of(language) is None:
        return value
    return _each(value, lambda text: spaced(text, language))


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """Return a word, the words of a list or the forms of a plural, each changed."""
    if isinstance(value, dict):
        return {form: change(text) for form, text in value.items()}
    if isinstance(value, list):
        return [change(text) for text in value]
    return change(value)


def _model(key: str, value: Any) -> Any:
    """Return the model of a word that only one style or workspace has."""
    return next((model for start, model in OF_STYLE.values() if key.startswith(start)), value)


def blanks(text: str) -> set[str]:
    """Return the names of the blanks in a sentence, with their conversions and formats; a number in braces is none."""
    return {
        name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
        for _, name, form, conversion in string.Formatter().parse(text)
        if name is not None and not name.isdecimal()
    }


def counted(key: str, number: int, words: Words, **others: object) -> str:
    """Return a word in the form for a number: ``1 page``, ``2 pages``. `others` fill its other blanks."""
    forms = words[key]
    form = forms.get(category(words["plural"][key], number), forms["other"])
    text: str = form.format(number=number, **others)
    return text


def long_date(date: datetime.date, words: Words) -> str:
    month = words["months"][date.month - 1]
    text: str = words["date"].format(day=date.day, month=month, year=date.year)
    return text


def edition_name(series: Series, words: Words) -> str:
    """``Second edition``; a number where words run out, nothing where there are no editions."""
    if not series.edition:
        return ""
    ordinals = words["edition_ordinals"]
    name: str = words["edition_number"].format(number=series.edition)
    if series.edition <= len(ordinals):
        name = words["edition_ordinal"].format(ordinal=ordinals[series.edition - 1])
    return name


def edition_line(series: Series, words: Words) -> str:
    """``Second edition, March 2027, revision 1``."""
    line = name = edition_name(series, words)
    if series.date is not None:
        month = words["months_alone"][series.date.month - 1]
        date: str = words["edition_date"].format(month=month, year=series.date.year)
        line = words["edition_of"].format(edition=name, date=date) if name else date
    if series.revision and line:
        line = words["edition_revision"].format(edition=line, number=series.revision)
    return line


def names(authors: Iterable[Author], words: Words) -> str:
    return joined([a.name for a in authors], words)


def own_name(language: str) -> str:
    """Return the name that a language has in itself, ``Español``, or its tag if the CLDR has no name for it."""
    name = name_in(language, language)
    return name[:1].upper() + name[1:] if name != language else name


def name_in(language: str, other: str) -> str:
    """Return the name that a `language` has in another, ``Spanish``, or its tag if the CLDR has no name for it."""
    from babel.core import Locale, UnknownLocaleError

    try:
        reader = Locale.parse(other, sep="-")
        return str(Locale.parse(language, sep="-").get_display_name(reader) or language)
    except (UnknownLocaleError, ValueError):
        return language


def joined(parts: Sequence[str], words: Words) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    *first, last = parts or [""]
    if not first:
        return last
    text: str = words["names_last"].format(names=words["names_between"].join(first), last=last)
    return text


def style_name(style: str, words: Words) -> str:
    """How a handout in a style is called: by the style's own word, or else by its name."""
    pattern = words.get(f"style_{style}", words["style_other"])
    name: str = pattern.format(style=style.replace("-", " "))
    return name


def pack_name(title: str, style: str, words: Words) -> str:
    """How a pack in a style is called."""
    pattern = words.get(f"pack_{style}", words["pack_other"])
    name: str = pattern.format(title=title, style=style.replace("-", " "))
    return name


def size(bytes_: int, words: Words) -> str:
    """``84 KB``, ``1.2 MB``: decimal, as shops and phones count."""
    if bytes_ < 950_000:
        return str(words["kilobytes"].format(number=max(1, round(bytes_ / 1000))))
    number = f"{bytes_ / 1e6:.1f}".replace(".", words["decimal"])
    return str(words["megabytes"].format(number=words["numerals"].write(number)))
