"""Conformance: the metadata and colours that PDF/UA-1 and PDF/A-2a require of a tagged PDF.

The file conforms to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), and declares both, unless it has content
that cannot be heard (:mod:`.press.claims`). All metadata are written here, because the libraries can only declare one of the two.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from xml.sax.saxutils import escape

import pydyf

from handpress.press.claims import ALL, Claims
from handpress.press.pdf.icc import profile

METADATA = {"Type": "/Metadata", "Subtype": "/XML"}
PRINT = 4  # the flag of an annotation (ISO 32000-1, 12.5.3) that PDF/A requires

# Namespaces of the metadata (ISO 16684-1).
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# Properties unknown to ISO 19005-2, which must be described in the file (6.6.2.3.3).
DESCRIBED = (
    ("pdfuaid", "PDF/UA identification", "part", "Integer", "The part of ISO 14289 that is kept"),
    ("prism", "PRISM basic", "edition", "Text", "The edition of the publication"),
)


def make_conformant(document: Any, pdf: Any, claims: Claims = ALL) -> None:
    """Finish a tagged PDF. WeasyPrint calls this before it writes the file."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Annot":
            thing["F"] = PRINT
        elif isinstance(thing, pydyf.Stream) and "Interpolate" in thing.extra:
            thing.extra["Interpolate"] = "false"  # as in ISO 19005-2, 6.2.8
    metadata = document.metadata
    if edition := metadata.custom.get("edition"):
        pdf.info["Edition"] = pydyf.String(edition)
    # Not compressed, so that programs without a PDF parser find it.
    written = claims.apply(xmp(metadata, pdf.info["Producer"].string))
    packet = pydyf.Stream([written], METADATA)
    colours = pydyf.Stream([profile()], {"N": 3}, compress=True)
    pdf.add_object(packet)
    pdf.add_object(colours)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String("sRGB"),
        "Info": pydyf.String("sRGB"),
        "DestOutputProfile": colours.reference,
    }
    pdf.catalog["Metadata"] = packet.reference
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])


def _serialized(stream: Any) -> bytes:
    if stream.stream[:1] == [CMAP]:
        stream.stream = [
            line[:-2] + INVISIBLE if line.endswith(b" <>") else line for line in stream.stream
        ]
    data = b"\n".join(map(pydyf._to_bytes, stream.stream))  # noqa: SLF001  # as in pydyf
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        data = zlib.compress(data, LEVEL)
    extra["Length"] = len(data)
    whole = b"\n".join((extra.data, b"stream", data, b"endstream"))
    return whole.replace(*CLOSED) if whole.endswith(CLOSED[0]) else whole


# Replace pydyf's serialization of a stream: compress only once, in half the time for files that are larger by less than
# a hundredth, and add a final byte if necessary. In a table of the texts of glyphs, none may be empty (ISO 32000-1,
# 9.10.3), as those of the second glyph for a letter are: it becomes the grapheme joiner, which is never shown and keeps
# letters joined.
#
# A reader could take a last byte CR for a part of the line end before `endstream`, which does not count
# (ISO 19005-2, 6.1.7.1).
LEVEL = 7  # of zlib; pydyf has 9
CMAP, INVISIBLE = b"/CIDInit /ProcSet findresource begin", b"<034f>"
CLOSED = (b"\r\nendstream", b"\r\r\nendstream")
whole_stream = cached_property(_serialized)
whole_stream.__set_name__(pydyf.Stream, "data")


def xmp(metadata: Any, producer: str) -> bytes:
    """Return the metadata packet (ISO 16684-1): the document's properties, and its standards."""
    more = metadata.custom
    said = {
        "pdfaid:part": "2",
        "pdfaid:conformance": "A",
        "pdfuaid:part": "1",
        "dc:format": "application/pdf",
        "dc:title": _listed("Alt", [metadata.title], ' xml:lang="x-default"'),
        "dc:creator": _listed("Seq", metadata.authors),
        "dc:description": _listed("Alt", [metadata.description], ' xml:lang="x-default"'),
        "dc:subject": _listed("Bag", metadata.keywords),
        "dc:language": _listed("Bag", [metadata.lang]),
        "dc:publisher": _listed("Bag", [more.get("publisher")]),
        "dc:rights": _listed("Alt", [more.get("rights")], ' xml:lang="x-default"'),
        "dc:date": _listed("Seq", [metadata.created]),
        "prism:edition": _text(more.get("edition")),
        "pdf:Keywords": _text(", ".join(metadata.keywords)),
        "pdf:Producer": _text(producer),
        "xmp:CreatorTool": _text(metadata.generator),
        "xmp:CreateDate": _text(metadata.created),
        "xmp:ModifyDate": _text(metadata.modified),
        "xmp:MetadataDate": _text(metadata.modified),
        "pdfaExtension:schemas": _bag(_schema(*row) for row in DESCRIBED),
    }
    names = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    lines = "".join(f"<{name}>{value}</{name}>\n" for name, value in said.items() if value)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF{names}>\n<rdf:Description rdf:about="">\n{lines}</rdf:Description>\n</rdf:RDF>\n'
        '</x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def _text(value: str | None) -> str:
    return escape(value or "")


def _listed(kind: str, values: Iterable[str | None], attributes: str = "") -> str:
    items = "".join(f"<rdf:li{attributes}>{escape(value)}</rdf:li>" for value in values if value)
    return items and f"<rdf:{kind}>{items}</rdf:{kind}>"


def _bag(items: Iterable[str]) -> str:
    return "<rdf:Bag>\n" + "".join(items) + "</rdf:Bag>"


def _schema(prefix: str, name: str, property_: str, type_: str, description: str) -> str:
    """Return the description of a property and of its schema."""
    schema = {"schema": name, "namespaceURI": NAMESPACES[prefix], "prefix": prefix}
    of = {"name": property_, "valueType": type_, "category": "internal", "description": description}
    said = "".join(f"<pdfaSchema:{k}>{v}</pdfaSchema:{k}>" for k, v in schema.items())
    told = "".join(f"<pdfaProperty:{k}>{v}</pdfaProperty:{k}>" for k, v in of.items())
    item = '<rdf:li rdf:parseType="Resource">'
    return (
        f"{item}{said}<pdfaSchema:property><rdf:Seq>{item}{told}</rdf:li></rdf:Seq>"
        "</pdfaSchema:property></rdf:li>\n"
    )
