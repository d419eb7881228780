"""Paper: the PDF of a handout in the chosen look, from the output folder if it is fresh there, else from the press."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from handpress.build import manifest
from handpress.build.plan import open_store
from handpress.compose.composition import Composition
from handpress.core.caches.recent import Recent
from handpress.core.files.disk import Asset
from handpress.core.files.workspace import Workspace
from handpress.core.media import BILINGUAL, PAPERS
from handpress.core.reason import Refused
from handpress.core.styles import styles
from handpress.desk import pictures
from handpress.desk.library import MEDIUM, Handout
from handpress.desk.pictures import Preview
from handpress.desk.press import Make, Press
from handpress.layout.variant import Labels, Variant
from handpress.press.pool import Failed
from handpress.press.recipe import Recipe
from handpress.print.bilingual import bilingual_handouts
from handpress.print.handout import handouts
from handpress.series.model import Series

KEPT, CARDS = 16, 2000  # files of plain handouts, and pictures for cards
# The rules that hide a part of a handout. They are outside of all layers, which they overrule.
HIDING = {
    "codes": ".closing .code { display: none }\n",
    "bio": ".closing .bio { display: none }\n",
}


class Unmade(Refused):
    """A handout that could not be made, with a reason that has nothing of a client."""


class Look(Struct, frozen=True):
    """The chosen style and paper, the parts that are printed, and their languages.

    With the tag of an `other` language, a handout that exists in it is printed in it: alone, or as a bilingual one of
    the `form`.
    """

    style: str
    paper: str
    grey: bool = False
    codes: bool = True
    bio: bool = True
    other: str = ""
    form: str = ""

    @property
    def languages(self) -> str:
        """The languages as a form names them."""
        return f"{self.other} {self.form}".strip()

    @property
    def variant(self) -> Variant:
        return Variant(self.style, self.paper, self.grey)

    def hidden(self) -> str:
        """Return the rules for the parts that are left out."""
        return "".join(rule for part, rule in HIDING.items() if not getattr(self, part))


class Pdf(Struct, frozen=True):
    """A finished PDF file and its number of pages."""

    data: bytes
    pages: int


class Paper:
    """The plain handouts of a workspace in every look. It keeps nothing of a client."""

    def __init__(self, workspace: Workspace, press: Press) -> None:
        self.workspace, self.press = workspace, press
        self.entries = manifest.load(workspace.output)
        self.store = open_store(workspace.output)
        self.styles = styles(workspace)
        self.made: Recent[str, Pdf] = Recent(KEPT)
        self.shown: Recent[str, Preview] = Recent(KEPT)
        self.cards: Recent[str, bytes] = Recent(CARDS)
        self.pages: dict[str, int] = {}  # by the key of a handout, as far as known

    def usual(self, handout: Handout) -> Look:
        """Return the look that a handout is offered in: that of the practice, or of its series."""
        series = handout.layout.series
        practice = series.practice
        style, paper = (practice.style, practice.paper) if practice else ("", "")
        return Look(style if style in self.styles else series.styles[0], paper or series.paper)

    def chosen(self, usual: Look, given: Mapping[str, str]) -> Look:
        """Return the look that a form asks for; the `usual` value for one that does not exist."""
        style, paper = given.get("style", ""), given.get("paper", "")
        other, _, form = given.get("languages", "").partition(" ")
        return Look(
            style if style in self.styles else usual.style,
            paper if paper in PAPERS else usual.paper,
            "grey" in given,
            "codes" in given,
            "bio" in given,
            other,
            form if form in BILINGUAL else "",
        )

    def labels(self, series: Series) -> Labels:
        return self.store.labels(series.id) if "book" in series.media else {}

    def recipe(self, handout: Handout, look: Look) -> Recipe:
        """Return the recipe of a plain handout."""
        other = handout.others.get(look.other, handout)
        sides = [handout, other] if look.form and other is not handout else [other]
        sides.sort(key=lambda side: bool(side.layout.series.original))
        layouts = [
            replace(one.layout, composition=Composition({MEDIUM.name: (one.document,)}))
            for one in sides
        ]
        labels = [self.labels(layout.series) for layout in layouts]
        if len(layouts) > 1:
            found = bilingual_handouts(layouts[0], layouts[1], look.variant, labels, look.form)
        else:
            found = handouts(layouts[0], look.variant, labels[0])
        (recipe,) = found
        return without_parts(recipe, look)

    def _pdf(self, recipe: Recipe, make: Make) -> Pdf:
        known = self.made.get(recipe.fingerprint)
        if known is None:
            known = self.made[recipe.fingerprint] = self._finished(recipe) or pressed(recipe, make)
        return known

    def _finished(self, recipe: Recipe) -> Pdf | None:
        """Return the file in the output folder if it is what the recipe makes."""
        output = self.workspace.output
        found = manifest.finished(recipe.path, recipe.fingerprint, self.entries, output)
        if not (found.there and found.made and found.made.asset):
            return None
        try:
            return Pdf(found.made.asset.read(), found.made.pages or 0)
        except OSError:  # a build is replacing it
            return None

    async def pdf(self, handout: Handout, look: Look) -> Pdf:
        """Return the plain handout."""
        return await self.press.run(lambda make: self._pdf(self.recipe(handout, look), make))

    async def preview(self, handout: Handout, look: Look) -> Preview:
        """Return pictures of the plain handout's pages."""

        def work(make: Make) -> Preview:
            recipe = self.recipe(handout, look)
            known = self.shown.get(recipe.fingerprint)
            if known is None:
                pdf = self._pdf(recipe, make)
                known = self.shown[recipe.fingerprint] = pictures.preview(pdf.data)
            return known

        return await self.press.run(work)

    async def card(self, handout: Handout) -> bytes:
        """Return the picture of a handout on its card."""

        def work(make: Make) -> bytes:
            if handout.key not in self.cards:
                pdf = self._pdf(self.recipe(handout, self.usual(handout)), make)
                self.cards[handout.key] = pictures.card(pdf.data)
                self.pages[handout.key] = pdf.pages
            return self.cards[handout.key]

        return await self.press.run(work)

    def count(self, handouts: Iterable[Handout]) -> None:
        """Learn the pages of finished handouts from the manifest."""
        by_article = {
            (e.series, e.article, e.style, e.paper, e.grey): e.pages
            for e in self.entries.values()
            if e.medium == MEDIUM.name
        }
        for handout in handouts:
            look = self.usual(handout)
            series = handout.layout.series.id
            if pages := by_article.get((series, handout.slug, look.style, look.paper, look.grey)):
                self.pages.setdefault(handout.key, pages)


def without_parts(recipe: Recipe, look: Look) -> Recipe:
    """Return `recipe` without the parts that a look leaves out."""
    if not (rules := look.hidden()):
        return recipe
    sheet = recipe.files["style.css"].read() + rules.encode()
    return replace(recipe, files={**recipe.files, "style.css": Asset.of(sheet)})


def pressed(recipe: Recipe, make: Make) -> Pdf:
    """Return the PDF that a recipe makes."""
    made = make(recipe)
    if isinstance(made, Failed):
        raise Unmade("a fault of Handpress" if made.ours else made.reason)
    return Pdf(made.data, made.pages or 0)
