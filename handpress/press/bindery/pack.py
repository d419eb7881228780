"""Collating: join finished handouts into one tagged PDF in which each begins on a new sheet.

Nothing is laid out again: the pages are those of the handouts, including folios, because a sheet of a
pack may also be given out alone. Sections are of ISO 32000-1 (PDF 1.7).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import unquote
from xml.sax.saxutils import escape

from handpress.core.files.disk import Asset
from handpress.press.bindery.binding import Binding
from handpress.press.bindery.syntax import string
from handpress.press.options import PackOptions
from handpress.press.result import Rendered

# Properties in the first handout's metadata, and entries of its information, that do not hold for the pack.
OWN = re.compile(r"<(dc:title|dc:creator|dc:description|dc:subject|pdf:Keywords)>.*?</\1>\n", re.S)
OWN_ENTRIES = (b"/Title", b"/Author", b"/Subject", b"/Keywords")


def collate_pack(files: Mapping[str, Asset], options: PackOptions) -> Rendered:
    """Collate the pack of a recipe, whose files are its handouts in the order of their names.

    Of the `options`, `title`, `authors` and `language` go into the metadata. `handouts` has for each its title
    for messages, the id of its destination, and its web address if it has one.
    """
    binding = Binding()
    for name, handout in zip(sorted(files), options.handouts, strict=True):
        others = {h.address: h.id for h in options.handouts if h is not handout and h.address}
        binding.take(
            files[name].read(),
            handout.title,
            language=options.language,
            targets=partial(_targets, others),
        )
        binding.fill_up()  # the last one too: a printer may begin the next copy on its back
    binding.shared[b"/Lang"] = string(options.language)
    binding.packet = _described(binding.packet, options.title, options.authors)
    kept = {key: value for key, value in binding.info.items() if key not in OWN_ENTRIES}
    binding.info = {**kept, b"/Title": string(options.title)}
    if options.authors:
        binding.info[b"/Author"] = string("; ".join(options.authors))
    binding.join()
    return Rendered(binding.save(), len(binding.pages))


def _targets(ids: Mapping[str, str], uri: str) -> tuple[str, ...]:
    """Return the ids that a link to the web page of another handout of the pack may lead to instead, the best first.

    `ids` are those of the handouts by their addresses. A workspace's own layout may leave out ids.
    """
    address, _, anchor = unquote(uri).partition("#")
    return (anchor, ids[address]) if address in ids else ()


def _described(packet: bytes, title: str, authors: Sequence[str]) -> bytes:
    """Return the metadata of the first handout with those of the pack instead of its own (14.3)."""
    people = "".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in authors)
    own = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt>'
    own = f"<dc:title>{own}</dc:title>\n"
    if authors:
        own += f"<dc:creator><rdf:Seq>{people}</rdf:Seq></dc:creator>\n"
    before, end, after = OWN.sub("", packet.decode()).partition("</rdf:Description>")
    return f"{before}{own}{end}{after}".encode()
