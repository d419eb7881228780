"""Addresses: a link leads to the site that a browser would open for it."""

from __future__ import annotations

import pytest
from ada_url import URL
from hypothesis import given, settings
from hypothesis import strategies as st

from handpress.series.links.links import valid_url


@pytest.mark.parametrize(
    ("written", "address"),
    [
        # Hosts as Firefox, Chrome and Safari look them up: UTS 46, not transitional.
        ("https://straße.de/x", "https://xn--strae-oqa.de/x"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://βόλος.com/", "https://xn--nxasmm1c.com/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://例え.jp", "https://xn--r8jz45g.jp"),
        ("https://مثال.إختبار/", "https://xn--mgbh0fb.xn--kgbechtv/"),
        ("https://☃.net/", "https://xn--n3h.net/"),
        ("https://-straße.de/", "https://xn---strae-fta.de/"),
        ("https://a。b.example/", "https://a.b.example/"),
        ("https://نامه\u200cای.com/", "https://xn--mgba3gch31f060k.com/"),
        ("https://ex%61mple.org/", "https://example.org/"),
        # A plain URL stays as it is.
        ("https://example.org:8080/a?b=c#d", "https://example.org:8080/a?b=c#d"),
        ("https://my_host.example/", "https://my_host.example/"),
        ("https://[::1]/", "https://[::1]/"),
        ("https://xn--strae-oqa.de/x", "https://xn--strae-oqa.de/x"),
        # No host has such a name.
        ("https://exa mple.org/", None),
        ("https://", None),
    ],
)
def test_hosts(written: str, address: str | None) -> None:
    assert valid_url(written) == address
    if address:  # what is right already does not change
        assert valid_url(address) == address


LABEL = st.text("abzABZ019-_ßüçéøπжא例你☃\u200d。", min_size=1, max_size=8)
HOSTS = st.lists(LABEL, min_size=1, max_size=3).map(lambda labels: ".".join([*labels, "example"]))


@settings(derandomize=True, max_examples=1000, deadline=None)
@given(HOSTS, st.text(max_size=6))
def test_an_address_is_made_once(host: str, path: str) -> None:
    """A corrected URL is valid: it does not change again."""
    if address := valid_url(f"https://{host}/{path}"):
        assert valid_url(address) == address


@settings(derandomize=True, max_examples=1000, deadline=None)
@given(HOSTS)
def test_a_host_is_the_one_that_a_browser_finds(host: str) -> None:
    """ada-url follows the WHATWG's standard, as browsers do."""
    if address := valid_url(f"https://{host}/"):
        assert URL(address).hostname == URL(f"https://{host}/").hostname
