"""Types of C: those that WeasyPrint names as it draws are looked up, not parsed as a program in C.

cffi parses each name once, with a parser for all of C: `hb_codepoint_t[76]` and `hb_codepoint_t[77]` are two
names. A document has a dozen, and each takes two milliseconds.
"""

from __future__ import annotations

import re
from typing import Any

SIMPLE = re.compile(r"(\w+(?: int)?) ?(\*{1,2}|\[(\d*)\])")  # a pointer, or an array


def quicken() -> None:
    from cffi import model
    from cffi.commontypes import resolve_common_type
    from weasyprint.text.ffi import ffi

    parser = ffi._parser  # noqa: SLF001  # cffi has no public way
    slowly = parser.parse_type

    def parse_type(written: str) -> Any:
        found = SIMPLE.fullmatch(written)
        known = found and parser._declarations.get(f"typedef {found[1]}")  # noqa: SLF001
        if found is None or not (known or found[1] in ("char", "unsigned int")):
            return slowly(written)
        kind, qualifiers = known or resolve_common_type(parser, found[1])
        if found[3] is not None:
            return model.ArrayType(kind, int(found[3]) if found[3] else None)
        for _ in found[2]:
            kind, qualifiers = parser._get_type_pointer(kind, qualifiers), 0  # noqa: SLF001
        return kind

    parser.parse_type = parse_type
