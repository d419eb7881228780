"""The request: what a build was asked to make."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """What was asked for. Empty tuples ask for what each series says itself."""

    series: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    grey: bool = False
    booklets: bool = False
    bundle: str = ""  # the title of an ebook of all of the `series`
    articles: tuple[str, ...] = ()  # that are to be ebooks by themselves
    jobs: int = 0
    rebuild: bool = False
    keep_going: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything was asked for: only then is it known what nothing makes any more."""
        return not (self.only or self.series or self.variant)

    @property
    def variant(self) -> bool:
        """Whether another look was asked for than the series say."""
        return bool(self.styles or self.papers or self.grey)

    @property
    def apart(self) -> bool:
        """Whether ebooks were asked for that no series is by itself: then nothing else is made."""
        return bool(self.bundle or self.articles)

    @property
    def scope(self) -> str:
        """What is to be there in the end, however it is made."""
        asked = (self.series, self.only, self.styles, self.papers, self.grey, self.booklets)
        return repr((*asked, self.bundle, self.articles, self.keep_going))
