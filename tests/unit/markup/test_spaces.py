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


def test_a_mark_after_an_element_has_its_space_too() -> None:
    assert (
        serialize(to_tree("*Mal* ? `a ; b`", "fr"))
        == "<p><em>Mal</em>\u202f? <code>a ; b</code></p>"
    )
    assert serialize(to_tree("Mal *?*", "fr")) == "<p>Mal\u202f<em>?</em></p>"


def test_other_languages_keep_what_was_typed() -> None:
    assert typographic("Sets : 3", "en") == "Sets : 3"
    assert serialize(to_tree("Wie geht es ?", "de")) == "<p>Wie geht es ?</p>"
