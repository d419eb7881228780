"""Computed styles: only what rules set is computed, and once for equal elements of all documents.

An element has 300 properties, and rules set a few of them. WeasyPrint takes each through all steps of the
cascade, also those that only matter for set ones: variables, calculations, logical properties.

Documents with one stylesheet have mostly the same styles, and layout changes a few of their values. So each style
has a template, which nothing changes, and takes its values from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

MOST = 4_000  # templates with one stylesheet: as many as some thirty documents have


def lasting(style: Any) -> Any:
    """Return the style that keeps what is made from its letters: the template, which all documents share.

    The style of a box without an element has the letters of its parent's, unless a first line made a copy of it.
    """
    while (above := getattr(style, "parent_style", None)) is not None:
        if above.__dict__.get("anonymous_style") is not style:
            break
        style = above
    template = getattr(style, "template", None)
    return style if template is None else template


def quicken() -> None:
    _quicken_properties()
    _quicken_styles()


def _quicken_styles() -> None:
    from weasyprint.css import ComputedStyle, StyleFor

    ComputedStyle.template = None
    slowly: Callable[..., None] = StyleFor.set_computed_styles

    def set_computed_styles(
        self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, **rest: Any
    ) -> None:
        slowly(self, element, parent, root, pseudo_type, **rest)
        style = self._computed_styles[element, pseudo_type]
        above = style.parent_style
        if above is None or above.template is not None:
            style.template = _template(style)
            style.specified = style.template.specified

    StyleFor.set_computed_styles = set_computed_styles


class Declared(dict[str, Any]):
    """The declarations of some rules, which elements of all documents share."""

    @cached_property
    def rules(self) -> tuple[Any, ...]:
        return _rules(self)


def _rules(cascaded: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what decides the values of a style: its declarations, by their objects, which the style keeps.

    Each document has its own objects for declarations from attributes. So an id is left out, because it decides
    nothing else, and a language is compared by its value.
    """
    return tuple(
        (name, value if name == "lang" else id(value), weight[:2], *weight[2])
        for name, (value, weight) in cascaded.items()
        if name != "anchor"
    )


def _template(style: Any) -> Any:
    """Return a style with the same values, which no document changes; one for a stylesheet with its fonts."""
    from weasyprint.css import ComputedStyle

    above = None if style.parent_style is None else style.parent_style.template
    templates = style.font_config.__dict__.setdefault("style_templates", {})
    cascaded = style.cascaded
    rules = cascaded.rules if isinstance(cascaded, Declared) else _rules(cascaded)
    key = id(above), style.pseudo_type, rules
    if key not in templates:
        if len(templates) >= MOST:
            templates.clear()
        root = style.root_style
        if above is not None:
            root = above if above.parent_style is None else above.root_style
        templates[key] = ComputedStyle(
            above, cascaded, style.pseudo_type, root, style.base_url, style.font_config,
            _Unsized(),
        )  # fmt: skip
    return templates[key]


class _SizeOfPage(BaseException):
    """A value in units of the page's size, which each document has its own of. No `except Exception` hides it."""


class _Unsized:
    def __getitem__(self, key: str) -> Any:
        raise _SizeOfPage


def _drop_template(style: Any) -> None:
    """Let a style find its own values, since some depend on more than its rules."""
    template, style.template = style.template, None
    while template is not None:
        template.clear()  # a value is None while it is found
        template = template.parent_style


def _quicken_properties() -> None:
    from weasyprint.css import (
        COMPUTER_FUNCTIONS,
        INHERITED,
        INITIAL_NOT_COMPUTED,
        INITIAL_VALUES,
        PHYSICAL_FUNCTIONS,
        ComputedStyle,
    )

    # Each of these depends on others, or is propagated in its own way.
    own_steps = {"float", "display", "position", "page"}
    plain = {
        key
        for key in INITIAL_VALUES
        if key not in own_steps
        and not key.startswith("text_decoration_")
        and (key in INHERITED or key not in INITIAL_NOT_COMPUTED)
    }
    # The logical properties that may stand for a physical one, in any direction.
    logical = {
        key: {find(block="ttb", inline=inline) for inline in ("ltr", "rtl")}
        for key, find in PHYSICAL_FUNCTIONS.items()
    }
    initial = {key: INITIAL_VALUES[key] for key in plain - INHERITED}
    inherited = plain & INHERITED
    assert not inherited & logical.keys()
    assert not {key for key in initial if key in COMPUTER_FUNCTIONS and key in INITIAL_NOT_COMPUTED}
    slowly: Callable[[Any, str], Any] = ComputedStyle.__missing__

    def missing(self: Any, key: str) -> Any:
        if self.template is not None and key != "anchor":
            try:
                value = self[key] = self.template[key]
            except _SizeOfPage:
                _drop_template(self)
            else:
                return value
        cascaded = self.cascaded
        if key not in cascaded:
            if key in inherited:
                if self.parent_style is not None:
                    value = self[key] = self.parent_style[key]
                    return value
            elif key in initial and (
                key not in logical or not cascaded or cascaded.keys().isdisjoint(logical[key])
            ):
                value = self[key] = initial[key]
                return value
        return slowly(self, key)

    ComputedStyle.__missing__ = missing
