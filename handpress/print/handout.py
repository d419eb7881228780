"""Handouts: a recipe for each article in each variant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import starmap

from handpress.compose.document import Document
from handpress.core.files.disk import Asset, digest
from handpress.core.media import TABLE
from handpress.layout.html.pictures import in_grey
from handpress.layout.job import Job
from handpress.layout.layout import Layout
from handpress.layout.print_page import page_files, stylesheet
from handpress.layout.variant import Labels, Variant
from handpress.press.options import RenderOptions, Step
from handpress.press.recipe import Recipe
from handpress.print.divisible import mark_divisible
from handpress.print.further_reading import FurtherReading, further_reading
from handpress.print.write_in import WriteIn, unfilled
from handpress.series.model import Series

# Ruled lines in the practitioner's margin: enough to write on, not so many that they shout.
LINES = {"first": 12, "later": 10}


def recipes(job: Job) -> Iterator[Recipe]:
    """Yield the handouts of every series, in each variant."""
    for layout in job.error_free("handout"):
        labels = job.labels(layout.series)
        for variant in job.variants(layout):
            yield from handouts(layout, variant, labels)


def handouts(
    layout: Layout,
    variant: Variant,
    labels: Labels,
    before: str = "",
    fields: Sequence[WriteIn] = (),
    piece: str = "",
    sources: Sequence[FurtherReading] = (),
) -> Iterator[Recipe]:
    """A recipe for each article's handout in one look. `labels` has the pages of the series' book.

    `before` is HTML that opens the text. `fields` are filled in; by default, a pen does that. `piece` is the name
    of a sheet in `media/` that overrides all of them. `sources` are listed before further reading.
    """
    medium = TABLE["handout"]
    series = layout.series
    sheet = stylesheet(layout, medium.name, variant, piece)
    fields = fields or unfilled(layout.words, series.practice)
    folder = f"{series.id}/{variant.folder(series)}"
    kind = layout.sheets.style_options(variant.style).kind
    columns = layout.sheets.tokens(medium.name, variant.style, variant.paper).get("--columns")
    pages = digest(repr(sorted(labels.items())).encode())
    one_column = columns in ("auto", "1")
    look = (*variant[:2], str(variant.grey), digest(sheet.encode()), repr(fields))
    known = (medium.name, *look, pages, before)
    steps = steps_of(sheet)

    def files_of(document: Document) -> Mapping[str, Asset]:
        assert document.article is not None
        settings = document.article.settings
        assets: dict[str, Asset] = {}
        html = layout.render(
            "handout.html",
            assets,
            document=document,
            settings={k: settings.get(k, "") for k in ("subtitle", "summary")},
            body=before
            + layout.body(document, assets, "", kind, mark_divisible if one_column else None),
            authors=document.authors,
            description=settings.get("summary", ""),
            keywords=settings.get("tags", ()),
            language=settings.get("language") or series.language,
            ways=[*sources, *further_reading(layout, document, labels)],
            lines=LINES,
            fields=fields,
            kind=kind,
            one_column=one_column,
        )
        if variant.grey:
            assets = {name: in_grey(name, asset, layout.cache) for name, asset in assets.items()}
        return page_files(layout, html, sheet, assets)

    for document in layout.documents(medium):
        assert document.article is not None
        fit = document.article.settings.get("fit") or series.fit
        yield Recipe(
            path=f"{folder}{document.name}.pdf",
            press="pdf",
            files=layout.recall_files(document, known, partial(files_of, document)),
            options=fitting(series, fit, steps, variant),
            medium=medium.name,
            series=series.id,
            article=document.name,
            style=variant.style,
            paper=variant.paper,
            grey=variant.grey,
            edition=series.edition,
            title=document.title,
            source=document.article.path,
            causes=layout.causes.of(document, sheet),
        )


STEP = re.compile(r"^:root\.(tight-\d) \{[^}]*?--saves: (\d+)%", re.M)


def steps_of(sheet: str) -> tuple[Step, ...]:
    """Return the steps by which a stylesheet is tightened, with the share of lines that each saves."""
    steps = {name: int(saves) / 100 for name, saves in STEP.findall(sheet)}
    return tuple(starmap(Step, steps.items()))


def fitting(
    series: Series, fit: int | None, steps: tuple[Step, ...], variant: Variant
) -> RenderOptions:
    """Return the press's options for a handout's number of pages.

    `fit` is required only in the first style and on the paper of the series, and so is advice. In large print or
    on smaller paper, the style is tightened if that is enough; otherwise the handout is longer.
    """
    must = (variant.style, variant.paper) == (series.styles[0], series.paper)
    return RenderOptions(
        advise=must,
        fit=fit,
        must=must and fit is not None,
        steps=steps,
        ruled=True,
    )
