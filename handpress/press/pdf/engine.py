"""The engine: WeasyPrint, with no fonts but the recipe's, no network, and no silent losses."""

from __future__ import annotations

import atexit
import contextlib
import ctypes.util
import io
import logging
import os
import re
import shutil
import weakref
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from handpress.assets.formats import SIGNATURE
from handpress.assets.svg import looks_like_svg
from handpress.core.caches.recent import Recent
from handpress.core.files import temporary
from handpress.core.files.disk import Asset
from handpress.press.pdf.balanced import BALANCE_TITLES
from handpress.press.pdf.broken_boxes import BREAK_BEFORE_HOLES
from handpress.press.pdf.columns import filled_once
from handpress.press.pdf.complex_text import drawn_whole
from handpress.press.pdf.conformance import whole_stream
from handpress.press.pdf.ellipsis import name_ellipses
from handpress.press.pdf.filled_pages import ELEMENT
from handpress.press.pdf.hanging_spaces import let_spaces_hang
from handpress.press.pdf.hot_spots import selectors
from handpress.press.pdf.hot_spots.c_declarations import compiled_declarations
from handpress.press.pdf.hot_spots.imports import late_imports
from handpress.press.pdf.hot_spots.quicken import quicken
from handpress.press.pdf.hot_spots.stylesheets import Faces, stylesheets_read_once
from handpress.press.pdf.justified import measure_stretched_spaces
from handpress.press.pdf.korean import break_between_words
from handpress.press.pdf.laid_again import lay_out_again
from handpress.press.pdf.page_fill import FILL
from handpress.press.pdf.page_tree import page_tree
from handpress.press.pdf.rtl_lines import lay_out_from_the_right
from handpress.press.pdf.tags import add_tags
from handpress.press.result import ELSEWHERE, RecipeRefused

if TYPE_CHECKING:
    from handpress.press.pdf.draft import Draft


# A base address without a target: a real one would put the folder's name into the PDF's bytes.
BASE = "https://handpress.invalid/"


# By file name ending; all others are pictures.
TYPES = {"svg": "image/svg+xml", "css": "text/css", "ttf": "font/ttf", "otf": "font/otf"}


@lru_cache(maxsize=1)
def engine() -> Any:
    """Import WeasyPrint once, without the machine's fonts.

    `find_library` starts a compiler and `ldconfig` for each library. On Linux the names that cffi tries next
    are right, so this skips the search.
    """
    made = temporary.folder()
    atexit.register(made.remove)
    config = made.path / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><cachedir>{made.path}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(config)
    find = ctypes.util.find_library
    if os.name == "posix" and os.uname().sysname == "Linux":
        ctypes.util.find_library = lambda name: None
    try:
        import warnings

        with (
            warnings.catch_warnings(),
            late_imports(),
            compiled_declarations(),
            stylesheets_read_once(),
        ):
            warnings.simplefilter("ignore")  # the lack of configured fonts is intended
            selectors.quicken()
            import pydyf
            import weasyprint
            import weasyprint.layout.block
            import weasyprint.pdf
            import weasyprint.svg
            import weasyprint.text.fonts
            import weasyprint.urls
            from PIL import ImageFile
    finally:
        ctypes.util.find_library = find
    if not hasattr(weasyprint.pdf, "add_tags"):  # ours would never be called
        raise ImportError("WeasyPrint tags in another way than version 70")
    weasyprint.pdf.add_tags, pydyf.Stream.data = add_tags, whole_stream
    drawing, tags = weasyprint.svg.text, weasyprint.svg.TAGS
    weasyprint.svg.text = drawn_whole(drawing)  # it is compared with the function of a tag
    tags.update({tag: weasyprint.svg.text for tag, draw in tags.items() if draw is drawing})
    block = weasyprint.layout.block
    block.columns_layout = filled_once(block.columns_layout)
    ways = BALANCE_TITLES, BREAK_BEFORE_HOLES
    block.block_container_layout = lay_out_again(block.block_container_layout, ways)
    from handpress.press.pdf.draft import keep_sheets

    keep_sheets()
    let_spaces_hang()
    quicken()
    break_between_words()
    lay_out_from_the_right()
    name_ellipses()
    measure_stretched_spaces()
    # WeasyPrint accepts truncated pictures; ours were checked to their end before.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # Records of its log are for `heard`. The root logger, which other libraries set up, does not print them either.
    logger = logging.getLogger("weasyprint")
    logger.handlers[:] = [logging.NullHandler()]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    return weasyprint


@lru_cache(maxsize=1)
def _fetchers() -> Any:
    """Return the class of fetchers that load only the files of a recipe."""
    engine()
    from urllib.request import urlopen

    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class File(URLFetcherResponse):  # type: ignore[misc]  # WeasyPrint carries no types
        """A file of the recipe. Its type is all its headers, so the package that parses others is not imported."""

        content_type, charset = "", None

        def __init__(self, url: str, data: bytes, kind: str) -> None:
            self.url, self.content_type = url, kind
            self._file_obj = io.BytesIO(data)

    class RecipeFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
        _fail_on_errors = True

        def __init__(self, files: Mapping[str, Asset]) -> None:
            self.files = files  # instead of handlers for the network

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            name = url.removeprefix(BASE)
            if url.startswith("data:image/"):
                ending, data = "", urlopen(url).read()
            elif url.startswith(BASE) and name in self.files:
                ending, data = name.rpartition(".")[2], self.files[name].read()
            else:
                raise FatalURLFetchingError(f"it loads {url}, which is not in the recipe")
            kind = TYPES.get(ending)
            if not kind:
                # WeasyPrint has Pillow try all of its readers, and one of them runs PostScript.
                if not (SIGNATURE.match(data) or looks_like_svg(data)):
                    raise FatalURLFetchingError(f"it loads {url[:60]}, which is not a picture")
                kind = "image/svg+xml" if looks_like_svg(data) else "image/*"
            return File(url, data, kind)

    return RecipeFetcher


# More than all styles on all papers, in grey and in colour.
_stylesheets: Recent[tuple[str, ...], tuple[Any, Any]] = Recent(32)
# All stylesheets of a series have the same faces, unless one is in another theme.
_configurations: Recent[tuple[str, ...], Any] = Recent(4)


def _stylesheet(files: Mapping[str, Asset]) -> tuple[Any, Any]:
    """Return the parsed stylesheet and the configuration of its fonts, kept for the next document."""
    weasyprint = engine()
    fonts = tuple(files[name].digest for name in sorted(files) if name.startswith("fonts/"))
    # None from before a fork: Pango has a thread for each font map, which a fork leaves behind.
    key = (str(os.getpid()), files["style.css"].digest, *fonts)
    if key not in _stylesheets:
        fetcher, faces = _fetchers()(files), Faces()
        text = files["style.css"].read().decode()
        css = weasyprint.CSS(string=text, base_url=BASE, url_fetcher=fetcher, font_config=faces)
        _stylesheets[key] = css, _configuration(faces.found, fetcher, fonts)
    return _stylesheets[key]


def _configuration(faces: list[Any], fetcher: Any, fonts: tuple[str, ...]) -> Any:
    """Return the configuration of some faces, whose files have the digests `fonts`."""
    key = (str(os.getpid()), repr(faces), *fonts)
    if key not in _configurations:
        from weasyprint.text.fonts import FontConfiguration

        configuration = FontConfiguration()
        for descriptors in faces:
            configuration.add_font_face(descriptors, fetcher)
        if fonts_in := configuration._folder:
            # It would remove them itself when it is collected, but at the interpreter's end nothing is.
            weakref.finalize(configuration, shutil.rmtree, fonts_in, ignore_errors=True)
        _configurations[key] = configuration
    return _configurations[key]


class _Listening(logging.Handler):
    """Collects losses that WeasyPrint only logs: a missing anchor, a missing picture."""

    LOST = ("no anchor", "failed to load", "failed to render", "no required alt")

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lost: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if any(word in said.lower() for word in self.LOST):
            self.lost.append(said)


# Of the document that is made now, which may have more drafts than one: its elements, their rules by number, and its lines.
_trees: Recent[tuple[str, str, bool], tuple[Any, dict[int, Any], dict[Any, Any]]] = Recent(1)


def _tree(files: Mapping[str, Asset], piece: bool) -> tuple[Any, dict[int, Any], dict[Any, Any]]:
    """Return the elements of a page, and what is known of their rules and lines."""
    page = files["index.html"]
    key = page.digest, files["style.css"].digest, piece
    if key not in _trees:
        root = page_tree(page.read().decode())
        if piece:
            _lead_elsewhere(root)
        _trees[key] = root, {}, {}
    return _trees[key]


def _matches_root_only(stylesheet: Asset, name: str) -> bool:
    """Return whether all rules with a class are for the root alone, so that elements below it have the same."""
    return not re.search(rb"\.%b\b(?! *[{,])" % re.escape(name.encode()), stylesheet.read())


# A rule by which the fill of an element would decide about others.
FILLS_OTHERS = re.compile(rb"\[\s*%b\b[^]]*\](?! *[{,])" % FILL.encode())


def _not_filled(read: Any, changed: Any, stylesheet: Asset) -> Iterator[int]:
    """Yield the numbers of the elements whose rules are as before; none after a change that did more than fill."""
    if FILLS_OTHERS.search(stylesheet.read()):
        return
    before, after = list(read.iter()), list(changed.iter())
    numbers = [str(number) for number in range(len(before))]
    if [element.get(ELEMENT) for element in after] != numbers:  # some have moved
        return
    marks = [
        {name for name, _ in old.attrib.items() ^ new.attrib.items()} - {ELEMENT}
        for old, new in zip(before, after, strict=True)
        if isinstance(old.tag, str)  # comments have no rules, and no number
    ]
    if set().union(*marks) <= {FILL}:
        yield from (number for number, mark in enumerate(marks) if not mark)


def laid_out(
    files: Mapping[str, Asset],
    tight: str,
    piece: bool = False,
    change: Callable[[Any], None] | None = None,
) -> Draft:
    """Return the laid-out document of a recipe's files, with the class `tight` on its root, and after a `change`."""
    engine()
    from handpress.press.pdf.draft import Draft, Parsed

    read, matches, lines = _tree(files, piece)
    root = deepcopy(read)  # each draft has its own elements, because they are marked
    if tight:
        root.set("class", f"{root.get('class', '')} {tight}".strip())
        only_root = _matches_root_only(files["style.css"], tight)
        matches = {n: found for n, found in matches.items() if n} if only_root else {}
    if change:
        change(root)
        same = set(_not_filled(read, root, files["style.css"]))
        matches = {n: found for n, found in matches.items() if n in same}
    with _refusals():
        return Draft(Parsed(root, BASE, _fetchers()(files), matches, lines), *_stylesheet(files))


def _lead_elsewhere(root: Any) -> None:
    """Give links to ids that are not in this piece of a book an address that the binder knows."""
    own = {element.get("id") for element in root.iter()}
    for link in root.iter("a"):
        href = link.get("href", "")
        if href.startswith("#") and href[1:] not in own:
            link.set("href", ELSEWHERE + href[1:])


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    """Refuse a recipe that loads more than its files; WeasyPrint's error for that is a `BaseException`."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        raise RecipeRefused(str(error)) from None


@contextlib.contextmanager
def heard() -> Iterator[None]:
    """Refuse a recipe if WeasyPrint logs a loss in the context."""
    engine()  # it removes all log handlers when it is imported
    listening = _Listening()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listening)
    try:
        with _refusals():
            yield
    finally:
        logger.removeHandler(listening)
    if listening.lost:
        raise RecipeRefused("would have lost something: " + listening.lost[0])
