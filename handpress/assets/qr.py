"""QR codes of web addresses, as SVG."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from handpress.assets.qr_masks import quicken

# Codes must scan from half a metre and off a worn printer: millimetres of the code and of one module.
QR_WIDTH, QR_MODULE = 25, 0.4
QR_LONGEST = 400  # characters of an address: a code of 37 mm


@cache
def _segno() -> Any:
    import segno

    quicken()
    return segno


def qr(url: str) -> bytes:
    """Return the QR code of `url` (ISO/IEC 18004) as SVG, error correction M, quiet zone of four modules."""
    out = io.BytesIO()
    _segno().make(url, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=4, xmldecl=False, svgns=True, omitsize=True, nl=False
    )
    return out.getvalue()
