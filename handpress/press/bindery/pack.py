"""Collating: join finished handouts into one tagged PDF in which each begins on a new sheet.

Nothing is laid out again: the pages are those of the handouts, including folios, because a sheet of a
pack may also be given out alone. Sections are of ISO 32000-1 (PDF 1.7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from pikepdf import Dictionary, Object, String

from handpress.core.files.disk import Asset
from handpress.press.bindery.book import Binding
from handpress.press.options import PackedHandout, PackOptions
from handpress.press.result import Rendered


def collate_pack(files: Mapping[str, Asset], options: PackOptions) -> Rendered:
    """Collate the pack of a recipe, whose files are its handouts in the order of their names.

    Of the `options`, `title`, `authors` and `language` go into the metadata. `handouts` has for each its title
    for messages, the id of its destination, and its web address if it has one.
    """
    binding = Binding()
    pages: list[list[Object]] = []
    for name, handout in zip(sorted(files), options.handouts, strict=True):
        before = len(binding.kids)
        pages.append(binding.take(files[name].read(), handout.title))
        language = str(binding.catalogues[-1].Lang)
        if language != options.language:
            for element in binding.kids[before:]:
                if "/Lang" not in element:
                    element.Lang = String(language)  # 14.9.2
        binding.fill_up()  # the last one too: a printer may begin the next copy on its back
    for own, handout in zip(pages, options.handouts, strict=True):
        _link(binding, own, [other for other in options.handouts if other is not handout])
    binding.join()
    binding.pdf.Root.Lang = String(options.language)
    _describe(binding, options.title, options.authors)
    return Rendered(binding.save(), len(binding.pdf.pages))


def _link(binding: Binding, pages: list[Object], others: Sequence[PackedHandout]) -> None:
    """Redirect links from `pages` to the web page of another handout of the pack to that handout."""
    ids = {other.address: other.id for other in others if other.address}
    for page in pages:
        for annotation in page.get("/Annots", []):
            uri = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            address, _, anchor = unquote(uri).partition("#")
            if whole := ids.get(address):
                place = anchor if anchor in binding.names else whole
                if place in binding.names:  # a workspace's own layout may leave out ids
                    binding.links.append((annotation, place, ""))


def _describe(binding: Binding, title: str, authors: Sequence[str]) -> None:
    """Replace the metadata of the first handout by those of the pack (14.3)."""
    with binding.pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        if authors:
            metadata["dc:creator"] = list(authors)
        for key in ("dc:description", "dc:subject", "pdf:Keywords"):
            if key in metadata:
                del metadata[key]
