"""Rendering: the pages of a recipe to a tagged PDF."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from handpress.core.files.disk import Asset
from handpress.press.options import Options, RenderOptions
from handpress.press.pages.boxes import PageBoxes, flow_boxes, page_boxes
from handpress.press.pdf.conformance import make_conformant
from handpress.press.pdf.divided import with_fewest_holes
from handpress.press.pdf.engine import heard, laid_out
from handpress.press.pdf.facing import FACING, on_facing_pages
from handpress.press.pdf.fields import field_places
from handpress.press.pdf.held import DRAFTS
from handpress.press.pdf.page_fill import filled, set_fill
from handpress.press.pdf.page_starts import page_starts
from handpress.press.pdf.ruled import rule_free_space
from handpress.press.pdf.tables import (
    Change,
    Marks,
    in_turn,
    marks_of_tall,
    marks_of_wide,
    set_marks,
)
from handpress.press.preflight.checks import preflight
from handpress.press.preflight.claims import claims_of
from handpress.press.preflight.copyfit import (
    begins_with_hole,
    fullness,
    pages_wanted,
    steps_worth_trying,
)
from handpress.press.preflight.rules.moved_footnote import moved_footnotes
from handpress.press.result import Fill, Rendered

if TYPE_CHECKING:
    from handpress.press.pdf.draft import Draft


# Classes of the root that change how paragraphs break across pages.
OTHER_BREAKS = ("breaks-1", "breaks-2")


def lay_out(
    files: Mapping[str, Asset], tight: str = "", piece: bool = False, change: Change | None = None
) -> Draft:
    """Lay out the pages of a recipe's files, with the class `tight` on the root, and after a `change`.

    Raises :class:`RecipeRefused` if content would be lost.
    """
    html = files["index.html"].read()
    marks: Marks = {}
    document = laid_out(files, tight, piece, change)
    if TABLE in html:
        document, marks = _with_tables(document, files, tight, piece, change)
    if NOTE in html and any(moved_footnotes(flow_boxes(document))):
        # WeasyPrint moves the notes of a page to the next one to gain a line at its foot, even if the paragraph
        # cannot break before that line (its `_linebox_layout`).
        for breaks in OTHER_BREAKS:
            marked = in_turn(partial(set_marks, marks=marks), change)
            other = laid_out(files, f"{tight} {breaks}".strip(), piece, marked)
            if not any(moved_footnotes(flow_boxes(other))):
                return other
    return document


NOTE, TABLE, CHAPTER = b'class="footnote"', b"<table", b'<section class="chapter'
FIELD, MAY_BE_SPLIT = b" data-field=", b" data-divisible="


def _with_tables(
    document: Draft,
    files: Mapping[str, Asset],
    tight: str,
    piece: bool,
    change: Change | None = None,
) -> tuple[Draft, Marks]:
    """Return a document in which its tables fit, and their marks."""

    def tried(apart: Change) -> PageBoxes:
        return flow_boxes(laid_out(files, tight, piece, apart))

    def marked(marks: Marks) -> Draft:
        return laid_out(files, tight, piece, in_turn(partial(set_marks, marks=marks), change))

    laid = flow_boxes(document)
    if marks := marks_of_wide(laid, tried):
        document = marked(marks)
        laid = flow_boxes(document)
    if tall := marks_of_tall(laid):
        marks = tall | marks
        document = marked(marks)
    return document, marks


def render_pdf(files: Mapping[str, Asset], options: RenderOptions) -> Rendered:
    """Render a recipe to a PDF that conforms to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

    One with content that cannot be heard does not claim that.
    """
    with heard():
        document, tight, fill = _settled(files, options)
        pages = page_boxes(document)
        findings = preflight(pages, options)
        claims = claims_of(pages, files, findings)

        def finish(document: Draft, pdf: Any) -> None:
            if options.ruled:
                rule_free_space(pages, document, pdf)
            make_conformant(document, pdf, claims)
            if FACING in files["index.html"].read():
                pdf.catalog["PageLayout"] = "/TwoPageRight"

        data = document.write_pdf(pdf_tags=True, pdf_identifier=True, finisher=finish)
    anchors = _anchors(document)
    places = page_starts(document.pages) if options.page_starts else ()
    full = fullness(pages)
    fields = field_places(pages) if FIELD in files["index.html"].read() else ()
    return Rendered(data, len(document.pages), anchors, full, tight, findings, places, fill, fields)


def _settled(files: Mapping[str, Asset], options: RenderOptions) -> tuple[Draft, str, Fill]:
    """Return the document of a recipe, with the step that makes it fit its sheets, or its chapters' fill."""
    if CHAPTER in files["index.html"].read():
        document, fill = _with_fill(files, options)
        return document, "", fill
    if FACING in files["index.html"].read():
        return lay_out(on_facing_pages(files)), "", ()
    return *fitted(files, options), ()


def _with_fill(files: Mapping[str, Asset], options: RenderOptions) -> tuple[Draft, Fill]:
    """Return a document whose chapters have no large holes, as far as that can be had, and its fill."""

    def lay_out_with(fill: Fill) -> Draft:
        change = partial(set_fill, fill=fill) if fill else None
        return lay_out(files, piece=options.piece, change=change)

    measured = DRAFTS.take(files, options.fill) if options.piece else None
    return filled(measured or lay_out_with(options.fill), options.fill, lay_out_with)


def fitted(files: Mapping[str, Asset], options: RenderOptions) -> tuple[Draft, str]:
    """Return the document with a step that makes it fit, or that closes holes, with boxes split if no step does."""
    found = _tightened(files, options)
    if MAY_BE_SPLIT not in files["index.html"].read():
        return found

    def lay_out_with(step: str, change: Change | None) -> Draft:
        return lay_out(files, step, options.piece, change)

    return with_fewest_holes(found, ("", *(step.name for step in options.steps)), lay_out_with)


def _tightened(files: Mapping[str, Asset], options: RenderOptions) -> tuple[Draft, str]:
    """Return the document, with a step that makes it fit if it must be tightened for that.

    Without such a step, it is one that closes the hole of the first page, if there is one.
    """
    found = document, _ = lay_out(files, piece=options.piece), ""
    laid = flow_boxes(document)
    wanted, pages = pages_wanted(laid, options), len(document.sheets)
    for step in steps_worth_trying(laid, options):
        tighter = lay_out(files, step, options.piece)
        if len(tighter.sheets) <= wanted < pages:
            return tighter, step
        if not found[1] and begins_with_hole(laid) and not begins_with_hole(flow_boxes(tighter)):
            found = tighter, step
            if wanted == pages:
                break
    return found


def measure_pages(files: Mapping[str, Asset], options: RenderOptions) -> Rendered:
    """Return the pages of a recipe and their content, without a PDF; those of a piece are held."""
    with heard():
        document, _, fill = _settled(files, options)
    if options.piece:
        DRAFTS.hold(files, fill, document)
    return Rendered(b"", len(document.pages), _anchors(document), fill=fill)


def render_furniture(files: Mapping[str, Asset], options: Options) -> Rendered:
    """Render a recipe without tags: its content will be stamped on tagged pages as artifacts."""
    with heard():
        document = lay_out(files)
        data = document.write_pdf()
    return Rendered(data, len(document.pages))


def _anchors(document: Draft) -> dict[str, int]:
    """Return the page of each id, from 1. A box is listed on every page that it touches."""
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            anchors.setdefault(anchor, number)
    return anchors
