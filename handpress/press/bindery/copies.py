"""Copies: join PDFs of the same pages, such as a handout filled in for several clients, each on a new sheet.

Sections are of ISO 32000-1 (PDF 1.7).
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from pikepdf import Array, Dictionary, Object, Pdf, String

from handpress.press.bindery.book import Binding, saved


def join_copies(copies: Iterable[bytes]) -> bytes:
    """Return one tagged PDF in which each copy begins on a new sheet of paper. Its metadata are those of the first."""
    binding = Binding()
    for number, data in enumerate(copies, 1):
        binding.take(_named_apart(data, number), f"copy {number}")
        binding.fill_up()
    binding.join()
    return binding.save()


def _named_apart(data: bytes, number: int) -> bytes:
    """Return a copy whose named destinations (12.3.2.3) differ from those of the others."""
    with Pdf.open(io.BytesIO(data)) as copy:
        for thing in copy.objects:
            if isinstance(thing, Dictionary) and isinstance(thing.get("/Dest"), String):
                thing.Dest = _named(thing.Dest, number)
        dests = copy.Root.get("/Names", Dictionary()).get("/Dests", Dictionary())
        if "/Names" in dests:
            named: list[Object] = list(dests.Names)
            dests.Names = Array(
                _named(thing, number) if at % 2 == 0 else thing for at, thing in enumerate(named)
            )
        return saved(copy)


def _named(name: Object, number: int) -> String:
    return String(b"%d-%b" % (number, bytes(name)))
