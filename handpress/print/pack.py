"""Packs: recipes that bind handouts to be given out together.

A pack is bound from finished handouts: what changed in one of them costs that handout and the binding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handpress.compose.document import chapter_id, web_address
from handpress.core.files.disk import digest
from handpress.layout.job import Job
from handpress.layout.layout import Layout
from handpress.layout.variant import Variant
from handpress.press.options import PackedHandout, PackOptions
from handpress.press.recipe import Recipe
from handpress.press.result import Finished
from handpress.series.contents import title_of

FindFinished = Callable[[str], Finished]  # by the path of the artefact


def recipes(job: Job) -> Iterator[Recipe]:
    """Yield the packs of every series, in each variant."""
    for layout in job.error_free("handout"):
        for variant in job.variants(layout):
            yield from packs(layout, variant, job.finished)


def packs(layout: Layout, variant: Variant, find: FindFinished) -> Iterator[Recipe]:
    """A recipe for each pack of a series in one look."""
    series = layout.series
    for name, slugs in series.packs.items():
        folder = f"{series.id}/{variant.folder(series)}"
        found = {slug: find(f"{folder}{slug}.pdf") for slug in slugs}
        made = [handout.made for handout in found.values()]
        articles = [series.article(slug) for slug in slugs]
        authors = [a.name for slug in slugs for a in series.article_authors[slug]]
        title = title_of(name)
        yield Recipe(
            path=f"{series.id}/{variant.folder(series, 'packs')}{name}.pdf",
            press="collate",
            files={f"{n:05}.pdf": m.asset for n, m in enumerate(made) if m and m.asset},
            options=PackOptions(
                title=f"{title} – {series.title}",
                authors=tuple(dict.fromkeys(authors)),
                language=series.language,
                handouts=tuple(
                    PackedHandout(
                        title=article.title,
                        id=chapter_id(article.slug),
                        address=web_address(series, article) or "",
                    )
                    for article in articles
                ),
            ),
            medium="pack",
            series=series.id,
            style=variant.style,
            paper=variant.paper,
            grey=variant.grey,
            edition=series.edition,
            title=title,
            source=f"{series.folder}/series.yaml",
            made_of=tuple(f"{folder}{slug}.pdf" for slug in slugs),
            complete=all(made) and all(handout.there for handout in found.values()),
            causes={f"handout {slug}": handout.fingerprint for slug, handout in found.items()}
            | {"pack": digest(repr(slugs).encode())},
        )
