"""The parser of HTML: a pattern is made for the first use of some characters, and no other."""

from __future__ import annotations

from xml.etree.ElementTree import tostring

from handpress.core.html_parser import PATTERNS, html_parser

PAGE = "<p class=\"a\" data-x=1 ID='q'>Tea &amp; <b>biscuits</b><br><table><td>y</table>"


def test_patterns_are_made_once() -> None:
    first = html_parser().parse(PAGE)
    made = dict(PATTERNS)
    assert made
    again = html_parser().parse(PAGE)
    assert tostring(again) == tostring(first)
    assert made == PATTERNS


def test_a_page_is_read_as_html_says() -> None:
    read = tostring(html_parser().parse(PAGE)).decode()
    assert read == (
        '<html><head /><body><p class="a" data-x="1" id="q">Tea &amp; <b>biscuits</b><br />'
        "<table><tbody><tr><td>y</td></tr></tbody></table></p></body></html>"
    )
