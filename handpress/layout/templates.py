"""Errors in templates: tell a mistake in a workspace's own template from a fault of Handpress."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import Any

import jinja2
import jinja2.sandbox

from handpress.core.caches.code_hash import PACKAGE
from handpress.core.files.workspace import shipped
from handpress.core.problems.problem import Place

OWN = "layouts/"  # where a workspace's templates are


def mistake(error: Exception) -> Place | None:
    """Return the place of an error in a template of the workspace; None if the error is a bug of ours.

    Jinja's own errors belong to the running template: an unknown name, a missing file, an unclosed tag. Any
    other error belongs to the template only if none of our code or templates was running inside it.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        own = (error.filename or "").startswith(OWN)
        return Place(error.filename or "", error.lineno) if own else None
    found, trace = None, error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(OWN):
            found = Place(file, trace.tb_lineno)
        elif _is_ours(trace) and not isinstance(error, jinja2.TemplateError):
            found = None
        trace = trace.tb_next
    return found


def _is_ours(trace: TracebackType) -> bool:
    file = trace.tb_frame.f_code.co_filename
    return any(file.startswith(f"{folder}{os.sep}") for folder in (PACKAGE, shipped("layouts")))


def of_defined(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that leaves it to Jinja to refuse an unknown name, or too many arguments."""
    takes = inspect.signature(filter_)

    @wraps(filter_)
    def filtered(*values: Any) -> Any:
        try:
            takes.bind(*values)
        except TypeError as error:
            raise jinja2.TemplateRuntimeError(f"a filter has {error}") from None
        for value in values:
            if isinstance(value, jinja2.Undefined):
                str(value)  # raises, since ours are strict
        return filter_(*values)

    return filtered
