"""The record of a translated edition, `translation.yaml`: which text of the original each of its texts is from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import yaml
from msgspec import Struct, field

from handpress.core.files.disk import Disk, write_file
from handpress.translations.files import TranslationRefused

HEAD = "# Written by `handpress translate`, which compares each text with the one that it was translated from.\n"
VERSION = 1
UNKNOWN = "?"  # in place of the hash of an original: it has none
NOT_YET = (
    "-"  # in place of a translation's hash: its words are the original's, until they are translated
)
BY_HAND = ""  # likewise: no command wrote it


class Origin(Struct, frozen=True):
    """For one text of a translation: the hash of its original, and its own when a command wrote or read it."""

    source: str
    own: str


class Recorded(Struct, frozen=True):
    """The texts of one file in their order, the hashes of its original's sections, and that of its frame."""

    texts: tuple[Origin, ...] = ()
    sections: tuple[str, ...] = ()
    frame: str = ""


class Record(Struct, frozen=True):
    """All records of an edition, by the paths of the originals in their folder."""

    articles: Mapping[str, Recorded] = field(default_factory=lambda: MappingProxyType({}))


def read_record(disk: Disk, path: str) -> Record:
    """Return the record at `path`, empty if there is none. Raises :class:`TranslationRefused` for a damaged one."""
    if not disk.is_file(path):
        return Record()
    try:
        found = yaml.safe_load(disk.read(path).decode())
        if found["version"] > VERSION:
            raise TranslationRefused(
                f"`{path}` was written by a newer Handpress", "update Handpress"
            )
        articles = {str(name): _article(entry) for name, entry in found["articles"].items()}
    except (yaml.YAMLError, OSError, ValueError, KeyError, TypeError, AttributeError):
        fix = "restore it, or delete it and write `handpress translate record`"
        raise TranslationRefused(f"`{path}` is damaged", fix) from None
    return Record(articles)


def _article(entry: Mapping[str, object]) -> Recorded:
    texts = tuple(Origin(*text.split("=")) for text in str(entry.get("texts") or "").split())
    sections = tuple(str(entry.get("sections") or "").split())
    return Recorded(texts, sections, str(entry.get("frame") or ""))


def write_record(disk: Disk, path: str, record: Record) -> None:
    """Write the record. Lines are short, so that git merges what two people translated."""
    lines = [f"{HEAD}version: {VERSION}\narticles:\n"]
    for name, article in sorted(record.articles.items()):
        texts = "\n      ".join(f"{text.source}={text.own}" for text in article.texts)
        sections = " ".join(article.sections)
        lines.append(
            f"  {yaml.safe_dump(name, allow_unicode=True, width=10_000).splitlines()[0]}:\n"
        )
        lines.append(f"    frame: {_text(article.frame)}\n    sections: {_text(sections)}\n")
        lines.append(f"    texts: >-\n      {texts}\n" if texts else "    texts: ''\n")
    write_file(disk.root, path, "".join(lines).encode())


def _text(text: str) -> str:
    return f"'{text}'"  # else YAML reads a hash such as 12345e0012 as a number
