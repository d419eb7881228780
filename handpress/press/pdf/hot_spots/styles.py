"""Computed styles: only what rules set is computed, and once for equal pseudo-elements.

An element has 300 properties, and rules set a few of them. WeasyPrint takes each through all steps of the
cascade, also those that only matter for set ones: variables, calculations, logical properties. Its own
stylesheet gives every element six pseudo-elements, such as the marker of a footnote; elements with the same
rules share a style there, but their pseudo-elements do not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def quicken() -> None:
    _quicken_properties()
    _quicken_pseudo_elements()


def _quicken_pseudo_elements() -> None:
    from weasyprint.css import StyleFor

    slowly: Callable[..., None] = StyleFor.set_computed_styles

    def set_computed_styles(
        self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, **rest: Any
    ) -> None:
        if pseudo_type is None or isinstance(
            element, tuple
        ):  # an element, or the margins of a page
            slowly(self, element, parent, root, pseudo_type, **rest)
            return
        # Values are objects of the stylesheet, which outlives the styles.
        rules = self._cascaded_styles[element, pseudo_type].items()
        key = (
            id(self._computed_styles[parent, None]),
            pseudo_type,
            tuple((name, id(value), weight) for name, (value, weight) in rules),
        )
        shared = self.__dict__.setdefault("shared_styles", {})
        if key not in shared:
            slowly(self, element, parent, root, pseudo_type, **rest)
            shared[key] = self._computed_styles[element, pseudo_type]
        self._computed_styles[element, pseudo_type] = shared[key]

    StyleFor.set_computed_styles = set_computed_styles


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
