"""Claims of a PDF: the standards that its metadata name. A file names only those that it conforms to."""

from __future__ import annotations

from msgspec import Struct

ACCESSIBLE = b"<pdfuaid:part>1</pdfuaid:part>"  # PDF/UA-1 (ISO 14289-1)
ARCHIVAL = b"<pdfaid:part>2</pdfaid:part>"  # PDF/A-2 (ISO 19005-2)
LEVEL_A, LEVEL_U = (b"<pdfaid:conformance>%c</pdfaid:conformance>" % c for c in b"AU")
# The lines of a packet that belong to each, apart from the properties themselves.
DESCRIPTION = b"<pdfaSchema:schema>PDF/UA identification<"


class Claims(Struct, frozen=True):
    """The standards that a PDF conforms to. All content of an `accessible` one can be heard; an `archival` one
    has a glyph for each character.
    """

    accessible: bool = True
    archival: bool = True

    @classmethod
    def of(cls, packet: bytes) -> Claims:
        """Return the claims that a packet of metadata makes."""
        return cls(ACCESSIBLE in packet, ARCHIVAL in packet)

    def __and__(self, other: Claims) -> Claims:
        """Return the claims of a file with both contents."""
        return Claims(self.accessible and other.accessible, self.archival and other.archival)

    def apply(self, packet: bytes) -> bytes:
        """Return a packet that makes all claims, without those that are not true.

        Level A of PDF/A is for accessible files, level U for those whose text can be found and copied.
        """
        lines = packet.split(b"\n")
        if not self.accessible:
            lines = [x for x in lines if x != ACCESSIBLE and DESCRIPTION not in x]
            lines = [LEVEL_U if x == LEVEL_A else x for x in lines]
        if not self.archival:
            lines = [x for x in lines if x not in (ARCHIVAL, LEVEL_A, LEVEL_U)]
        return b"\n".join(lines)


ALL = Claims()
