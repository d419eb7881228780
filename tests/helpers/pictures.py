"""Pictures, made byte by byte."""

from __future__ import annotations

import io
import struct
import zlib
from base64 import b64encode

from PIL import Image

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def png(width: int, height: int, data: bytes | None = None) -> bytes:
    """A grey PNG; with `data`, one that says that it has this size and holds those bytes instead."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    grey = b"".join(b"\0" + b"\x80" * width for _ in range(height)) if data is None else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(grey) if data is None else data
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def raster(kind: str, size: tuple[int, int] = (30, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, kind)
    return out.getvalue()


def svg(inside: str, attributes: str = 'viewBox="0 0 20 10"') -> bytes:
    return f"<svg {NAMES} {attributes}>{inside}</svg>".encode()


XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
DATA = f"data:image/png;base64,{b64encode(png(2, 2)).decode()}"


def uses(levels: int) -> str:
    """Ten shapes that each use ten shapes, and so on: ten to the power of `levels`."""
    groups = "".join(
        f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, levels + 1)
    )
    return (
        f'<defs><g id="l0"><rect width="1" height="1"/></g>{groups}</defs><use href="#l{levels}"/>'
    )


# As Mermaid 11 writes a label, and draw.io 24 one with a fallback that cuts the words off.
MERMAID = f"""<style>#m{{font-size:16px;fill:#333}} #m .label{{color:#102030}} #m span{{color:#102030}}</style>
<g id="m"><g class="label" transform="translate(50, 30)"><rect/><foreignObject width="62" height="24">
<div {XHTML} style="display: table-cell; white-space: nowrap; line-height: 1.5; text-align: center;">
<span class="nodeLabel"><p>Rest</p></span></div></foreignObject></g></g>"""


DRAW_IO = f"""<switch><foreignObject style="overflow: visible; text-align: left;" pointer-events="none" width="100%"
 height="100%" requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"><div {XHTML}
 style="display: flex; align-items: unsafe center; justify-content: unsafe center; width: 118px; height: 1px;
 padding-top: 30px; margin-left: 1px;"><div style="box-sizing: border-box; font-size: 0; text-align: center;">
<div style="display: inline-block; font-size: 12px; font-family: Helvetica; color: #000000;">{{}}</div></div></div>
</foreignObject><text x="60" y="34" text-anchor="middle">{{}}</text></switch>"""
