"""Saving: the same bytes for the same content, as PDF/A requires them."""

from __future__ import annotations

import io
import zlib

from pikepdf import Object, ObjectStreamMode, Pdf, Stream

# qpdf can store a hundred objects in a stream. With so many objects, one of these streams is likely to end in CR.
MANY = 20_000
MODES = (ObjectStreamMode.generate, ObjectStreamMode.disable)


def saved(pdf: Pdf) -> bytes:
    """Return the file. None of its streams ends in CR, which readers would take for a part of the line
    end before `endstream`, which does not count (ISO 19005-2, 6.1.7.1).
    """
    for thing in pdf.objects:
        if isinstance(thing, Stream) and _last(thing) == b"\r":
            # The stream ends in a checksum. An extra byte is white space in text, and ignored elsewhere.
            thing.write(thing.read_bytes() + b"\n")
            if "/Length1" in thing:
                thing.Length1 += 1
    for objects in MODES[len(pdf.objects) > MANY :]:
        out = io.BytesIO()
        # The metadata stay unchanged: pikepdf would write its own name and version into them.
        pdf.save(out, min_version="1.7", object_stream_mode=objects, deterministic_id=True,
                 fix_metadata_version=False)  # fmt: skip
        if b"\r\nendstream" not in out.getvalue():
            break  # qpdf's object streams may end so too: then write without them
    return out.getvalue()


def _last(stream: Object) -> bytes:
    """Return the last byte of a stream as it will be in the file."""
    if "/Filter" in stream:
        return stream.read_raw_bytes()[-1:]
    return zlib.compress(stream.read_bytes(), 1)[-1:]
