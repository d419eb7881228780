"""Filling in: write the texts of fields on the finished pages of a form.

The texts are laid out on pages of their own, with their tags. Their content is appended to the form's pages, and their
tags become those of the fields. So the form keeps its layout, and a text is as real as any other. Sections are of
ISO 32000-1 (PDF 1.7).
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from itertools import count

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from handpress.core.files.disk import Asset
from handpress.press.bindery.saving import saved
from handpress.press.options import FillInOptions
from handpress.press.pdf.fields import written_pages
from handpress.press.result import Rendered

MARK = re.compile(rb"/MCID (\d+)")


def fill_in(files: Mapping[str, Asset], options: FillInOptions) -> Rendered:
    """Write the texts on the pages of `form.pdf`. The other files are those of the texts' pages.

    Each of them belongs on one of `options.pages`, which are numbers from 1.
    """
    texts = written_pages({name: asset for name, asset in files.items() if name != "form.pdf"})
    with (
        Pdf.open(io.BytesIO(files["form.pdf"].read())) as form,
        Pdf.open(io.BytesIO(texts)) as written,
    ):
        parents = _by_key(form.Root.StructTreeRoot.ParentTree)
        fields = _by_name(form)
        owners = _by_key(written.Root.StructTreeRoot.ParentTree)
        names = {element.objgen: name for name, element in _by_name(written).items()}
        for number, page in zip(options.pages, written.pages, strict=True):
            there = form.pages[number - 1]
            tags = parents[int(there.obj.StructParents)]
            first = len(tags)
            _append(form, there, page, first)
            for mark, owner in enumerate(owners[int(page.obj.StructParents)], first):
                field = fields[names[owner.objgen]]
                if "/Pg" not in field:
                    field.Pg = there.obj
                _kids(field).append(mark)
                tags.append(field)
        return Rendered(saved(form), len(form.pages))


def _kids(element: Object) -> Object:
    """Return the kids of a structure element as a list (14.7.2)."""
    if "/K" not in element:
        element.K = Array()
    return element.K


def _by_key(tree: Object) -> dict[int, Object]:
    """Return the values of a number tree with one node (7.9.7)."""
    numbered = list(tree.Nums)
    return {int(key): value for key, value in zip(numbered[::2], numbered[1::2], strict=True)}


def _by_name(pdf: Pdf) -> dict[str, Object]:
    """Return the structure elements of a PDF that have an ID, by it."""
    named = list(pdf.Root.StructTreeRoot.get("/IDTree", Dictionary(Names=Array())).Names)
    return {str(name): element for name, element in zip(named[::2], named[1::2], strict=True)}


def _append(form: Pdf, there: Page, page: Page, first: int) -> None:
    """Append the content of `page`, whose marks are numbered from `first`, to the page `there` of a form."""
    content = MARK.sub(
        lambda found: b"/MCID %d" % (int(found[1]) + first), page.Contents.read_bytes()
    )
    fonts = there.Resources.Font
    for name, font in page.Resources.get("/Font", Dictionary()).items():
        copied = form.copy_foreign(font)
        free = next((key for key, known in fonts.items() if known.objgen == copied.objgen), "")
        if not free:
            number = next(n for n in count() if f"/Text{n}" not in fonts)
            free = f"/Text{number}"
            fonts[free] = copied
            _set_tag(copied, number)
        content = re.sub(rb"%s(?= )" % re.escape(name.encode()), free.encode(), content)
    for state, value in page.Resources.get("/ExtGState", Dictionary()).items():
        if state not in there.Resources.ExtGState:
            there.Resources.ExtGState[state] = form.copy_foreign(form.make_indirect(value))
    # The pages may differ in height, and their upper edges coincide.
    shift = float(there.mediabox[3]) - float(page.mediabox[3])
    contents = there.obj.Contents
    before = list(contents) if isinstance(contents, Array) else [contents]
    there.obj.Contents = Array([
        form.make_stream(b"q"),
        *before,
        form.make_stream(b"Q q 1 0 0 1 0 %.4f cm\n%s\nQ" % (shift, content)),
    ])  # fmt: skip


def _set_tag(font: Object, number: int) -> None:
    """Give a subset of a face a tag that no other in the file has (9.6.4)."""
    tag = f"TEXT{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}"
    descendant = font.DescendantFonts[0]
    name = Name(f"/{tag}+{str(font.BaseFont).partition('+')[2]}")
    font.BaseFont = descendant.BaseFont = descendant.FontDescriptor.FontName = name
