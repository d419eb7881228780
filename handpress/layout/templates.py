"""Errors in templates: tell a mistake in a workspace's own template from a fault of Handpress."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from functools import cache, wraps
from types import TracebackType
from typing import Any

import jinja2
import jinja2.sandbox

from handpress.core.files.shipped import PACKAGE, shipped
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


class Sandbox(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which keeps its answers: whether an attribute is safe depends on the type of the value alone."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        known = self.safe.get(key := (type(obj), attr))
        if known is None:
            known = self.safe[key] = super().is_safe_attribute(obj, attr, value)
        return known


def of_defined(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that leaves it to Jinja to refuse an unknown name, or too many arguments."""
    takes = inspect.signature(filter_)

    @cache
    def refusal(count: int) -> str:
        """Return why the filter does not take so many values; "" if it does."""
        try:
            takes.bind(*range(count))
        except TypeError as error:
            return str(error)
        return ""

    @wraps(filter_)
    def filtered(*values: Any) -> Any:
        if reason := refusal(len(values)):
            raise jinja2.TemplateRuntimeError(f"a filter has {reason}")
        for value in values:
            if isinstance(value, jinja2.Undefined):
                str(value)  # raises, since ours are strict
        return filter_(*values)

    return filtered
