"""PO: texts as gettext's files have them, with inline marks as plain Markdown.

A file is written here and read by Babel: its own writer adds flags such as `python-format` to a text with `100 % of`,
and the names of its versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.translations.files import (
    MISSING,
    OLDER,
    Entry,
    Outgoing,
    Returned,
    Text,
    TranslationRefused,
)

_CHARSET = re.compile(rb"charset=([\w-]+)", re.I)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def write(outgoing: Outgoing) -> bytes:
    """Return a PO file, the same for the same texts on every day."""
    header = {
        "Project-Id-Version": outgoing.title,
        "POT-Creation-Date": f"{outgoing.date or '2000-01-01'} 00:00+0000",
        "PO-Revision-Date": f"{outgoing.date or '2000-01-01'} 00:00+0000",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": outgoing.tag.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": outgoing.language.replace("-", "_"),
        "X-Exported-For": outgoing.tag,
    }
    head = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in header.items())
    blocks = [f'msgid ""\nmsgstr {_quoted(head)}\n']
    blocks += ["".join(_entry(e)) for entries in outgoing.files.values() for e in entries]
    return "\n".join(blocks).encode()


def _entry(entry: Entry) -> Iterator[str]:
    yield f"#. {' '.join(entry.note.split())}\n"
    path, line = entry.place
    yield f"#: {path.replace(' ', '%20')}:{line}\n"  # gettext ends a name at a space
    if entry.state == OLDER:
        yield "#, fuzzy\n"
    yield f"msgctxt {_quoted(entry.id)}\n"
    yield f"msgid {_quoted(entry.markdown)}\n"
    yield f"msgstr {_quoted('' if entry.state == MISSING else entry.translated)}\n"


def _quoted(text: str) -> str:
    """Return `text` as gettext quotes it, one line of it on each line."""
    lines = [_escaped(line) for line in text.splitlines(keepends=True)] or [""]
    return "\n".join(f'"{line}"' for line in (lines if len(lines) == 1 else ["", *lines]))


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text)


def read(data: bytes) -> Returned:
    """Return the texts of a PO file. Raises :class:`TranslationRefused`."""
    from babel.messages.pofile import PoFileError, read_po

    found = _CHARSET.search(data)
    encoding = found[1].decode() if found else "utf-8"
    try:
        text = data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "charset") else encoding)
        lines = text.replace("\r\n", "\n").split("\n")
        catalog = read_po([f"{line}\n" for line in lines], ignore_obsolete=True, abort_invalid=True)
    except (UnicodeDecodeError, LookupError):
        raise TranslationRefused(f"it is not a PO file in {encoding}") from None
    except (PoFileError, ValueError, IndexError, TypeError) as error:
        raise TranslationRefused(f"it is not a PO file: {error}") from None
    texts: dict[str, Text] = {}
    known: set[str] = set()
    for message in catalog:
        if not message.id or not message.context or not isinstance(message.string, str):
            continue
        if message.context in known:
            raise TranslationRefused(f"two of its texts have the `msgctxt` `{message.context}`")
        known.add(message.context)
        if message.string.strip():
            done, source = not message.fuzzy, str(message.id)
            texts[message.context] = Text(None, message.string, done=done, source=source)
    if not any(message.context for message in catalog if message.id):
        raise TranslationRefused("it has no texts of Handpress: none has a `msgctxt`")
    head = _header(text)
    tag, exported = (_field(head, name) for name in ("Language", "X-Exported-For"))
    return Returned(tag.replace("_", "-"), texts, exported)


def _field(head: str, name: str) -> str:
    found = re.search(rf"^{name}:[ \t]*([\w@.-]*)", head, re.M)
    return found[1] if found else ""


def _header(text: str) -> str:
    """Return the header of a PO file, which Babel reads for known languages only."""
    first = re.search(r'^msgid ""\nmsgstr ((?:".*"\s*)+)', text.replace("\r\n", "\n"), re.M)
    return "".join(re.findall(r'"(.*)"', first[1])).replace("\\n", "\n") if first else ""
