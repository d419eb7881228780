"""Translators: what their tools do with a file, in XLIFF or PO."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from xml.etree import ElementTree

XLIFF = "urn:oasis:names:tc:xliff:document:2.0"


def same(text: str) -> str:
    return text


def translated(data: bytes, change: Callable[[str], str] = same) -> bytes:
    """Return a file whose translations are the texts of the original, each `change`d, with all codes."""
    if not data.startswith(b"<?xml"):
        entry = re.compile(r'^msgid (.+?)\nmsgstr ""$', re.M | re.S)
        return entry.sub(lambda m: f"msgid {m[1]}\nmsgstr {change(m[1])}", data.decode()).encode()
    ElementTree.register_namespace("", XLIFF)
    root = ElementTree.fromstring(data)
    for segment in root.iter(f"{{{XLIFF}}}segment"):
        source, old = (segment.find(f"{{{XLIFF}}}{name}") for name in ("source", "target"))
        assert source is not None
        if old is not None:
            segment.remove(old)
        target = copy.deepcopy(source)
        target.tag = f"{{{XLIFF}}}target"
        for element in target.iter():
            element.text = element.text and change(element.text)
            element.tail = element.tail and change(element.tail)
        segment.append(target)
        segment.attrib.pop("subState", None)
        segment.set("state", "translated")
    return ElementTree.tostring(root, "utf-8", xml_declaration=True)
