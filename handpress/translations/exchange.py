"""Exchange: the texts that translators get and give back, independent of the format of their file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from handpress.core.files.disk import FILE_LIMIT
from handpress.translations import po, xliff
from handpress.translations.files import Outgoing, Returned, TranslationRefused


class Format(Struct, frozen=True):
    """A format of files for translators."""

    name: str
    ending: str
    write: Callable[[Outgoing], bytes]
    read: Callable[[bytes], Returned]


FORMATS = {
    "xliff": Format("XLIFF 2.0", ".xlf", xliff.write, xliff.read),
    "po": Format("PO", ".po", po.write, po.read),
}


def read_file(path: Path) -> Returned:
    """Return the texts in a translator's file. Raises :class:`TranslationRefused`."""
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise TranslationRefused(f"`{path.name}` is larger than {FILE_LIMIT // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise TranslationRefused(f"`{path}`: {error.strerror or error}", "check the path") from None
    is_xml = data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"
    return FORMATS["xliff" if is_xml else "po"].read(data)
