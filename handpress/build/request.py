"""The request: the options of a build."""

from __future__ import annotations

from msgspec import Struct


class Request(Struct, frozen=True):
    """The options of a build. An empty tuple means each series' own settings."""

    series: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    grey: bool = False
    booklets: bool = False
    print_shop: bool = False
    bilingual: tuple[str, ...] = ()  # forms of handouts of translations
    bundle: str = ""  # the title of an ebook of all of the `series`
    articles: tuple[str, ...] = ()  # to make an ebook of each
    jobs: int = 0
    rebuild: bool = False
    keep_going: bool = False
    strict: bool = False  # each warning counts as an error

    @property
    def whole(self) -> bool:
        """Whether everything was asked for: only then is it known which artefacts are obsolete."""
        return not (self.only or self.series or self.variant)

    @property
    def variant(self) -> bool:
        """Whether an option replaces the style, paper or colours that the series have."""
        return bool(self.styles or self.papers or self.grey)

    @property
    def apart(self) -> bool:
        """Whether a bundle or ebooks of single articles were asked for: then nothing else is made."""
        return bool(self.bundle or self.articles)

    @property
    def scope(self) -> str:
        """A text that identifies the result of the build, without the options on how to make it."""
        asked = (self.series, self.only, self.styles, self.papers, self.grey, self.booklets)
        return repr(
            (
                *asked,
                self.print_shop,
                self.bilingual,
                self.bundle,
                self.articles,
                self.keep_going,
                self.strict,
            )
        )
