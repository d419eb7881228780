"""The fields of the practice: from `practice.yaml` to the page, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handpress.assets.colour import BLACK, WHITE, Colour, Palette, contrast, palette, parse_colour
from handpress.core.media import PAPERS
from handpress.desk.forms import Form
from handpress.series.model import Practice
from handpress.series.settings.values import Wrong, website
from handpress.series.settings.yaml_writer import Value

LINES = ("name", "phone", "email", "web")
LISTS = ("address", "practitioners")
BY_LANGUAGE = ("hours", "note", "emergency", "advice")  # one for all, or one for each
LISTS_BY_LANGUAGE = ("hours",)
CHOICES = ("paper", "style")
READERS: Mapping[str, Callable[[str], object]] = {"web": website}
NIGHT = Colour(20, 25, 27)
LEAST = 4.5  # contrast of words on the accent (WCAG 2.2, level AA)


class Accent(Struct, frozen=True):
    """A chosen colour: the one that words get from it, and the contrast of words on it."""

    palette: Palette

    @property
    def on_brand(self) -> float:
        return contrast(self.palette.brand, self.palette.on_brand)

    @property
    def on_paper(self) -> float:
        return contrast(self.palette.accent, WHITE)


def accent(written: str) -> Accent | None:
    """Return the accent that is written in any notation of CSS."""
    found = parse_colour(written) if written.strip() else None
    return Accent(palette(found, WHITE, NIGHT, BLACK)) if found else None


def fields(found: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, str]:
    """Return the fields that show the content of the file, by their names in the form."""
    given = {key: _text(found.get(key)) for key in (*LINES, *CHOICES)}
    given |= {key: _lines(found.get(key)) for key in LISTS}
    for key in BY_LANGUAGE:
        shown = _lines if key in LISTS_BY_LANGUAGE else _text
        given |= {
            f"{key} {tag}": shown(v) for tag, v in _by_language(found.get(key), languages).items()
        }
    theme = found.get("theme")
    given["accent"] = _text(theme.get("accent")) if isinstance(theme, dict) else ""
    return given


def values(form: Form, found: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Value]:
    """Return the values to write: of a form, where the file has `found`."""
    wanted: dict[str, Value] = {key: _text(form.get(key)) for key in (*LINES, *CHOICES)}
    for key in LISTS:
        wanted[key] = _as_before(_filled(form.get(key)), found.get(key))
    for key in BY_LANGUAGE:
        before = _by_language(found.get(key), languages)
        read = _filled if key in LISTS_BY_LANGUAGE else _text
        texts = {
            tag: _as_before(text, old)
            for tag, old in before.items()
            if (text := read(form.get(f"{key} {tag}")))
        }
        wanted[key] = texts.get("", "") if "" in before else texts
    return wanted | _theme(_text(form.get("accent")), found.get("theme"))


def _theme(colour: str, theme: object) -> dict[str, Value]:
    before: dict[str, str] = theme if isinstance(theme, dict) else {"base": theme} if theme else {}  # type: ignore[dict-item]
    after = {key: value for key, value in before.items() if key != "accent"}
    after |= {"accent": colour} if colour else {}
    return {"theme": after} if after != before else {}


def _as_before(value: str | list[str], old: object) -> str | list[str]:
    """Return a list of one value without the list where the file has it so."""
    return old if isinstance(old, str) and value == _filled(old) else value


def _by_language(found: object, languages: tuple[str, ...]) -> dict[str, object]:
    """Return the texts by language; "" is the key of one text for all."""
    if isinstance(found, dict):
        return {tag: found.get(tag, "") for tag in dict.fromkeys((*found, *languages))}
    return {"": found}


def _text(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _lines(value: object) -> str:
    return "\n".join(map(_text, value)) if isinstance(value, list) else _text(value)


def _filled(text: str) -> list[str]:
    return [line for written in text.splitlines() if (line := _text(written))]


def wrong(form: Form) -> set[str]:
    """Return the names of the fields that cannot be used."""
    found = set()
    for key, reader in READERS.items():
        try:
            if given := _text(form.get(key)):
                reader(given)
        except Wrong:
            found.add(key)
    if form.get("accent").strip() and accent(form.get("accent")) is None:
        found.add("accent")
    return found


def practice_of(form: Form, before: Practice | None) -> Practice:
    """Return the practice as a form has it, to show on paper before it is saved."""
    usual = before or Practice("", None, (), "", "", "", {}, {}, {}, {}, "")
    texts: dict[str, dict[str, object]] = {key: {} for key in BY_LANGUAGE}
    for name, value in form.pairs:
        key, _, tag = name.partition(" ")
        if key in texts and value.strip():
            listed = key in LISTS_BY_LANGUAGE
            texts[key][tag] = tuple(_filled(value)) if listed else _text(value)
    changed: dict[str, Any] = {
        **{key: _text(form.get(key)) for key in LINES},
        **{key: tuple(_filled(form.get(key))) for key in LISTS},
        **texts,
        "paper": form.get("paper") if form.get("paper") in PAPERS else "",
        "style": _text(form.get("style")),
    }
    return replace(usual, **changed)
