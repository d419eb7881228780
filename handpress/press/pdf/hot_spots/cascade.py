"""The cascade: elements with the same rules share their styles, and those of their pseudo-elements.

WeasyPrint's own stylesheet gives every element six pseudo-elements, such as the marker of a footnote. It collects
the declarations of each one, though most elements have the same as another, in this document or in one before it.
"""

from __future__ import annotations

from math import inf
from typing import Any

from handpress.press.pdf.hot_spots.matching import Matching
from handpress.press.pdf.hot_spots.styles import Declared


def quicken() -> None:
    from weasyprint.css import (
        StyleFor,
        declaration_precedence,
        find_style_attributes,
        preprocess_declarations,
    )

    def declare(
        style: dict[str, Any], declarations: Any, origin: str, layer: Any, specificity: Any
    ) -> None:
        for name, values, importance in declarations:
            weight = declaration_precedence(origin, importance), layer, specificity
            if name not in style or style[name][1] <= weight:
                style[name] = values, weight

    def cascade(matches: Any, own: dict[str, Any]) -> dict[Any, dict[str, Any]]:
        """Return the declarations of an element, which are added to its own, and of its pseudo-elements."""
        styles: dict[Any, dict[str, Any]] = {None: own}
        for origin, layer, specificity, pseudo, declarations in matches:
            style = styles.setdefault(pseudo, Declared())
            declare(style, declarations, origin, layer, specificity)
        return styles

    def init(
        self: Any, html: Any, sheets: Any, hints: Any, font_config: Any, target_collector: Any
    ) -> None:
        cascaded: dict[Any, dict[str, Any]] = {}
        computed: dict[Any, Any] = {}
        self._cascaded_styles, self._computed_styles = cascaded, computed
        self._sheets, self.font_config = sheets, font_config
        self.initial_page_sizes = {"box": None, "area": None}
        root, base = html.etree_element, html.base_url
        for specificity, element, declarations, at in find_style_attributes(root, hints, base):
            style = cascaded.setdefault((element, None), {})
            declare(style, preprocess_declarations(at, declarations), "author", inf, specificity)
        rest = {"root": root, "base_url": base, "target_collector": target_collector}
        # By the style of the parent and the rules of an element: the pseudo-elements that have rules.
        shared: dict[Any, tuple[Any, list[str]]] = {}
        # By the number of the element; a draft brings some.
        known = vars(html).setdefault("matches", {})
        matching = Matching.of(sheets)
        for number, wrapped in enumerate(html.wrapper_element.iter_subtree()):
            element = wrapped.etree_element
            parent = wrapped.parent.etree_element if wrapped.parent else None
            if number not in known:
                known[number] = matching.rules(wrapped)
            matches, rules = known[number]
            key = (
                None if parent is None else id(computed[parent, None]),
                element if (element, None) in cascaded else None,  # it has declarations of its own
                rules,
            )
            if key not in shared:
                own = cascaded.get((element, None))
                styles = matching.cascades.get(rules) if own is None else cascade(matches, own)
                if styles is None:
                    styles = matching.cascades[rules] = cascade(matches, Declared())
                cascaded |= {(element, pseudo): style for pseudo, style in styles.items()}
                self.set_computed_styles(element, parent=parent, **rest)
                _, *pseudos = styles
                for pseudo in pseudos:
                    self.set_computed_styles(element, pseudo_type=pseudo, parent=element, **rest)
                shared[key] = element, pseudos
            like, pseudos = shared[key]
            if like is not element:
                for pseudo in (None, *pseudos):
                    computed[element, pseudo] = computed[like, pseudo]
        cascaded.clear()

    StyleFor.__init__ = init
