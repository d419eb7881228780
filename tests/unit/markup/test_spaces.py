"""Spaces of a language before its marks: in text, in titles, across elements, and never in code."""

import pytest

from handpress.markup.markdown import to_tree
from handpress.markup.quotes import typographic
from handpress.markup.tree import serialize


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Où avez-vous mal ?", "Où avez-vous mal_?"),
        ("Attention ! Levez le bras ; baissez-le.", "Attention_! Levez le bras_; baissez-le."),
        ("Deux choses : le repos\u00a0; la marche.", "Deux choses_: le repos_; la marche."),
        ("« Très bien »", "«_Très bien_»"),
        ('Il dit "oui" : bien', "Il dit «_oui_»_: bien"),
        ("80 % de 500 €", "80_% de 500_€"),
        ("Bien! À 10:30, voyez a;b.", "Bien! À 10:30, voyez a;b."),
        ("le 12 mars, 3 séries", "le 12 mars, 3 séries"),
    ],
)
def test_french_has_narrow_spaces(typed: str, printed: str) -> None:
    """In titles and in text. A space that the author left out stays out."""
    expected = printed.replace("_", "\u202f")
    assert typographic(typed, "fr") == expected
    assert serialize(to_tree(typed, "fr-BE")) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Keep it at 4 °C, or 40 °F.", "Keep it at 4_°C, or 40_°F."),
        ("8 g of salt, 30 ml, 20 %", "8_g of salt, 30_ml, 20_%"),
        ("It is 2.5 km away (1 h).", "It is 2.5_km away (1_h)."),
        ("120/80 mmHg", "120/80_mmHg"),
        # Words, and letters that are something else, are free to begin a line.
        ("12 minutes, 2 gloves, 3 m.p.h., 5 mph", "12 minutes, 2 gloves, 3 m.p.h., 5 mph"),
        ("part 2 (c), section 4 a", "part 2 (c), section 4 a"),
    ],
)
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_a_number_stays_with_its_unit(typed: str, printed: str, language: str) -> None:
    narrow = "\u202f" if language == "fr" else "\xa0"
    expected = printed.replace("_%", f"{narrow}%").replace("_", "\xa0")
    assert typographic(typed, language) == expected
    assert serialize(to_tree(typed, language)) == f"<p>{expected}</p>"


def test_a_unit_is_found_in_the_next_line_and_element() -> None:
    assert serialize(to_tree("Take **8**\ng, and `8 g`.")) == (
        "<p>Take <strong>8</strong>\xa0g, and <code>8 g</code>.</p>"
    )


def test_a_mark_after_an_element_has_its_space_too() -> None:
    assert (
        serialize(to_tree("*Mal* ? `a ; b`", "fr"))
        == "<p><em>Mal</em>\u202f? <code>a ; b</code></p>"
    )
    assert serialize(to_tree("Mal *?*", "fr")) == "<p>Mal\u202f<em>?</em></p>"


def test_other_languages_keep_what_was_typed() -> None:
    assert typographic("Sets : 3", "en") == "Sets : 3"
    assert serialize(to_tree("Wie geht es ?", "de")) == "<p>Wie geht es ?</p>"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (
            "make a_`CNAME`_record_for_`me.example.org`",
            "make a `CNAME` record for `me.example.org`",
        ),
        ("These_words_come_from_a_web_page.", "These words come from a web page."),
        ("Dr._Ann_Miller, page_12, and **5**_mg", "Dr._Ann_Miller, page_12, and **5**_mg"),
        ("Your name:" + "_" * 40 + "Date:", "Your name:" + "_" * 40 + "Date:"),
    ],
)
def test_words_that_no_line_could_hold_are_parted(typed: str, printed: str) -> None:
    """As they come from web pages. Short pieces, and spaces for their width, stay as they were typed."""
    shown, expected = (text.replace("_", "\xa0") for text in (typed, printed))
    assert serialize(to_tree(shown, "en")) == serialize(to_tree(expected, "en"))
    assert typographic(shown, "en") == typographic(expected, "en") == expected
