"""QR codes of web addresses, as SVG."""

from __future__ import annotations

import io

# Codes must scan from half a metre and off a worn printer: millimetres of the code and of one module.
QR_WIDTH, QR_MODULE = 25, 0.4
QR_LONGEST = 400  # characters of an address: a code of 37 mm


def qr(url: str) -> bytes:
    """Return the QR code of `url` (ISO/IEC 18004) as SVG, error correction M, quiet zone of four modules."""
    import segno

    out = io.BytesIO()
    segno.make(url, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=4, xmldecl=False, svgns=True, omitsize=True, nl=False
    )
    return out.getvalue()
