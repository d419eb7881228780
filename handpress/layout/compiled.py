"""Compiled templates: ours are kept as Python keeps our modules, in the package's `__pycache__`.

Compiling all templates takes as long as a page. A workspace's own ones are compiled at each build: code is
never read from a folder that is not the program's.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from functools import lru_cache

import jinja2
from jinja2.bccache import Bucket

from handpress.core.files.disk import digest, write_file
from handpress.core.files.shipped import PACKAGE
from handpress.layout.templates import OWN

FOLDER = PACKAGE / "__pycache__"
# Errors of reading a file that is missing, cut or changed.
DAMAGES = (OSError, EOFError, ValueError, TypeError, LookupError, pickle.UnpicklingError)


class CompiledTemplates(jinja2.BytecodeCache):
    """Our templates in the form that Jinja runs, by the hash of their text and of the code of our filters."""

    def get_source_checksum(self, source: str) -> str:
        return digest(f"{_filters()} {source}".encode())

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        if (filename or OWN).startswith(OWN):
            return Bucket(environment, "", self.get_source_checksum(source))
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(*DAMAGES), (FOLDER / _file(bucket)).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key and not sys.dont_write_bytecode and os.access(PACKAGE, os.W_OK):
            with contextlib.suppress(OSError):
                write_file(FOLDER, _file(bucket), bucket.bytecode_to_string())


def _file(bucket: Bucket) -> str:
    return f"template-{bucket.key}.{sys.implementation.cache_tag}.jinja"


@lru_cache(maxsize=1)
def _filters() -> str:
    """Return the hash of the modules that a template's constants may go through when it is compiled."""
    return digest(b"".join(f.read_bytes() for f in sorted((PACKAGE / "layout").rglob("*.py"))))
