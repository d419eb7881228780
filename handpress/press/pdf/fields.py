"""Fields: the places of texts on the pages of a form, and pages of such texts, which are put over them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from handpress.core.files.disk import Asset
from handpress.press.pages.boxes import PAPER, PageBoxes, PlacedBox, over, page_boxes
from handpress.press.pdf.engine import heard, laid_out
from handpress.press.result import FieldPlace, RecipeRefused

NAME, LEAST = "data-field", "data-least"  # the name of a field, and its smallest size in pixels
PLAY = 0.5  # pixels by which a text may be wider than its field


def field_places(pages: PageBoxes) -> tuple[FieldPlace, ...]:
    """Return the place of the first line in each field."""
    boxes: dict[str, PlacedBox] = {}
    found: dict[str, FieldPlace] = {}
    for piece in pages.pieces:
        name = _field_of(piece)
        if name and piece.kind == "block":
            boxes.setdefault(name, piece)
        elif name in boxes and piece.kind == "line":
            found.setdefault(name, _place(name, boxes[name], piece.box))
    return tuple(found.values())


def _field_of(piece: PlacedBox) -> str:
    return str(piece.block.get(NAME, "")) if piece.block is not None else ""


def _place(name: str, piece: PlacedBox, line: Any) -> FieldPlace:
    box, style = piece.box, piece.box.style
    start, end = ("right", "left") if style["direction"] == "rtl" else ("left", "right")
    align = {"start": start, "end": end}.get(style["text_align_all"], style["text_align_all"])
    red, green, blue = (round(255 * value) for value in over(PAPER, style["color"]))
    return FieldPlace(
        name=name,
        page=piece.page,
        left=box.content_box_x(),
        top=line.position_y,
        width=box.width,
        line=line.height,
        size=style["font_size"],
        weight=style["font_weight"],
        color=f"#{red:02x}{green:02x}{blue:02x}",
        align=align,
    )


def written_pages(files: Mapping[str, Asset]) -> bytes:
    """Return tagged pages with the texts of fields, each smaller if that is needed to fit its field.

    Raises :class:`RecipeRefused` if one would be smaller than its least size.
    """
    with heard():
        document = laid_out(files, "")
        if sizes := _smaller(page_boxes(document)):
            document = laid_out(files, "", change=partial(_set_sizes, sizes=sizes))
            if _smaller(page_boxes(document)):
                raise RecipeRefused("a text is too long for its field")
        data: bytes = document.write_pdf(pdf_tags=True)
    return data


def _smaller(pages: PageBoxes) -> dict[str, float]:
    """Return the sizes of the texts that are wider than their fields."""
    sizes = {}
    for piece in pages.pieces:
        if piece.kind != "line" or not (name := _field_of(piece)):
            continue
        texts = [child for child in piece.box.descendants() if hasattr(child, "text")]
        wide = sum(text.width for text in texts)
        room = float(piece.block.get("data-room"))
        if wide > room + PLAY:
            size = piece.box.style["font_size"] * room / wide
            if size < float(piece.block.get(LEAST)):
                raise RecipeRefused("a text is too long for its field")
            sizes[name] = size
    return sizes


def _set_sizes(root: Any, sizes: Mapping[str, float]) -> None:
    for element in root.iter():
        if size := sizes.get(element.get(NAME)):
            element.set("style", f"{element.get('style')}; font-size: {size:.2f}px")
