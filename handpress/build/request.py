"""The request: what a build was asked to make."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """The options of a build. An empty tuple means the settings of each series."""

    series: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    grey: bool = False
    booklets: bool = False
    bundle: str = ""  # the title of an ebook of all of the `series`
    articles: tuple[str, ...] = ()  # to make an ebook of each
    jobs: int = 0
    rebuild: bool = False
    keep_going: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything was asked for: only then is it known what nothing makes any more."""
        return not (self.only or self.series or self.variant)

    @property
    def variant(self) -> bool:
        """Whether another style, paper or colour was requested than in the settings of the series."""
        return bool(self.styles or self.papers or self.grey)

    @property
    def apart(self) -> bool:
        """Whether ebooks were asked for that no series is by itself: then nothing else is made."""
        return bool(self.bundle or self.articles)

    @property
    def scope(self) -> str:
        """The options that decide which artefacts exist after the build."""
        asked = (self.series, self.only, self.styles, self.papers, self.grey, self.booklets)
        return repr((*asked, self.bundle, self.articles, self.keep_going))
