"""Lines of text: the letters of a style are described to Pango once, not for each line.

WeasyPrint makes a context and a description of the font for every line that it measures or draws, and looks up
the height of a line by a text of all properties of the font. They only depend on the style, which keeps them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handpress.press.pdf.hot_spots.replacing import replace


def quicken() -> None:
    from weasyprint.text import line_break
    from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
    from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
    from weasyprint.text.fonts import font_features, get_font_description

    from handpress.press.pdf.hot_spots.styles import lasting

    def described(style: Any) -> tuple[Any, ...]:
        """Return the context, language, font, metrics of decorations and font features of a style."""
        context = ffi.gc(
            pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
        )
        pango.pango_context_set_round_glyph_positions(context, 0)
        pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
        override = style["font_language_override"]
        named = (
            style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
        )
        if named:
            language_p, _ = unicode_to_char_p(named)
            language = pango.pango_language_from_string(language_p)
            pango.pango_context_set_language(context, language)
        else:
            language = pango.pango_language_get_default()
        font = get_font_description(style)
        places: dict[str, Any] = {"ascent": None, "underline_position": None, "strikethrough_position": None}  # fmt: skip
        if style["text_decoration_line"] != "none":
            metrics = ffi.gc(
                pango.pango_context_get_metrics(context, font, language),
                pango.pango_font_metrics_unref,
            )
            for name in (
                "ascent",
                "underline_position",
                "strikethrough_position",
                "underline_thickness",
                "strikethrough_thickness",
            ):
                value = getattr(pango, f"pango_font_metrics_get_{name}")(metrics)
                places[name] = FROM_UNITS * value
        features = font_features(
            style["font_kerning"],
            style["font_variant_ligatures"],
            style["font_variant_position"],
            style["font_variant_caps"],
            style["font_variant_numeric"],
            style["font_variant_alternates"],
            style["font_variant_east_asian"],
            style["font_feature_settings"],
        )
        attribute = None
        if features:
            text = ",".join(f"{key} {value}" for key, value in features.items()).encode()
            known = style.font_config.font_features
            if text not in known:
                known[text] = pango.pango_attr_font_features_new(text)
            attribute = known[text]
        return context, language, font, places, attribute

    def setup(self: Any, style: Any) -> None:
        keeper = lasting(style)
        kept = keeper.__dict__.get("kept_letters")
        if kept is None:
            kept = keeper.kept_letters = described(style)
        context, self.language, font, places, attribute = kept
        self.style = style
        self.first_line_direction = 0
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, 0)
        pango.pango_layout_set_font_description(self.layout, font)
        self.__dict__.update(places)
        if attribute is not None:  # each layout may add others of its own
            attributes = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(attributes, attribute)
            pango.pango_layout_set_attributes(self.layout, attributes)

    def strut(style: Any) -> tuple[float, float]:
        keeper = lasting(style)
        kept = keeper.__dict__.get("kept_strut")
        if kept is None:
            kept = keeper.kept_strut = slow_strut(style)
        found: tuple[float, float] = kept
        return found

    extents = ffi.new("PangoRectangle *")

    def line_size(line: Any, style: Any) -> tuple[float, float]:
        pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
        width = extents.width * FROM_UNITS
        height = extents.height * FROM_UNITS
        if style["letter_spacing"] != "normal":
            width += style["letter_spacing"]
        return width, height

    slow_strut: Callable[[Any], tuple[float, float]] = line_break.strut
    line_break.Layout.setup = setup
    replace(line_break.strut, strut)
    replace(line_break.line_size, line_size)
