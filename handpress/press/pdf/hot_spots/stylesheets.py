"""Stylesheets: one that was read before is not parsed again.

WeasyPrint takes as long to read the stylesheet of a book as to lay out four of its pages, in each process, and half of
that at each start for its own. The result is kept for later processes (:mod:`.installed`).
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import re
import sys
from collections.abc import Iterator
from typing import Any

from handpress.core.caches import installed
from handpress.core.caches.code_hash import version
from handpress.core.caches.code_hash import whole as whole_code
from handpress.core.files.disk import digest

NAME = "style"
MOST = 40  # stylesheets, of 200 kilobytes: all media of a series in some styles
IMPORTS = re.compile(r"@(?:import|[a-z]*\\)", re.I)  # perhaps with an escaped letter
TOOLS = ("weasyprint", "tinycss2", "cssselect2")


class Faces:
    """The descriptors of faces, and a configuration of fonts that adds them, if there is one."""

    def __init__(self, fonts: Any = None) -> None:
        self.fonts = fonts
        self.found: list[dict[str, Any]] = []

    def add_font_face(self, descriptors: dict[str, Any], fetcher: Any) -> None:
        self.found.append(descriptors)
        if self.fonts is not None:
            self.fonts.add_font_face(descriptors, fetcher)


def reading_once(css: Any) -> Any:
    """Return a subclass of WeasyPrint's class of stylesheets that parses each text once."""

    class KeptCSS(css):  # type: ignore[misc]  # WeasyPrint carries no types
        def __init__(
            self,
            *given: Any,
            string: str | None = None,
            base_url: str | None = None,
            url_fetcher: Any = None,
            font_config: Any = None,
            counter_style: Any = None,
            **named: Any,
        ) -> None:
            styles = {} if counter_style is None else counter_style
            faces = Faces(font_config)
            whole = {"base_url": base_url, "url_fetcher": url_fetcher, "font_config": faces}
            # A file, or one that another imports, or that imports others, which may have changed.
            if given or named or string is None or IMPORTS.search(string):
                super().__init__(*given, string=string, counter_style=styles, **whole, **named)
                return
            # Names of counters that are known change the meaning of those that are not.
            of = f"{base_url} {sorted(styles)} {[version(tool) for tool in TOOLS]} {whole_code()}"
            name = NAME + digest(string.encode())[:25]
            if (kept := installed.found(name, of)) is not None:
                self.base_url = base_url
                # It is trusted as compiled code is, which is in the same folder.
                self.matcher, self.page_rules, self.layers, found, made = pickle.loads(kept)
                styles.update(made)
                for descriptors in found:
                    faces.add_font_face(descriptors, url_fetcher)
                return
            with _logged() as logged:
                super().__init__(string=string, counter_style=styles, **whole)
            if not logged:  # what is wrong with a stylesheet is logged each time
                parts = self.matcher, self.page_rules, self.layers, faces.found, dict(styles)
                installed.keep(name, pickle.dumps(parts, pickle.HIGHEST_PROTOCOL), of)
                installed.keep_newest(NAME, MOST)

    return KeptCSS


@contextlib.contextmanager
def stylesheets_read_once() -> Iterator[None]:
    """Let WeasyPrint be imported in the context with a class of stylesheets that parses each text once.

    It reads its own as soon as :mod:`weasyprint.html` is imported, when the class is there, and the package is not yet.
    """

    class Finder:
        """Finds no module, and changes the class before one that uses it is imported."""

        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            package: Any = sys.modules.get("weasyprint")
            if name == "weasyprint.html" and package is not None:
                package.CSS = reading_once(package.CSS)

    sys.meta_path.insert(0, Finder)
    try:
        yield
    finally:
        sys.meta_path.remove(Finder)


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextlib.contextmanager
def _logged() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint logs in the context."""
    logged = _Records()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(logged)
    try:
        yield logged.records
    finally:
        logger.removeHandler(logged)
