"""The door of a server that other devices may reach, and the addresses that it prints."""

from __future__ import annotations

import pytest

from handpress.serve.door import Door
from handpress.serve.server import is_loopback

NETWORK = Door(8000, frozenset({"localhost", "0.0.0.0"}), network=True)
HERE = Door(8000)


@pytest.mark.parametrize(
    ("host", "network", "here"),
    [
        ("127.0.0.1:8000", True, True),
        ("[::1]:8000", True, True),
        ("localhost:8000", True, True),
        ("192.0.2.7:8000", True, False),
        ("[2001:db8::1]:8000", True, False),
        (
            "clinic.example:8000",
            False,
            False,
        ),  # a name may resolve to any address, an address cannot
        ("192.0.2.7:80", False, False),
        ("192.0.2.7", False, False),
        ("", False, False),
        (":8000", False, False),
        ("192.0.2.7.:8000", False, False),
    ],
)
def test_the_names_of_a_server(host: str, network: bool, here: bool) -> None:
    assert (NETWORK.refusal("GET", {"host": host}) is None) == network
    assert (HERE.refusal("GET", {"host": host}) is None) == here


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("LOCALHOST", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.7", False),
        ("clinic.example", False),
    ],
)
def test_who_can_reach_a_host(host: str, loopback: bool) -> None:
    assert is_loopback(host) == loopback


def test_each_run_has_its_own_secrets() -> None:
    other = Door(8000)
    assert other.token != HERE.token
    assert other.session not in (HERE.session, other.token)
    assert not other.admits({"cookie": f"{other.cookie}={HERE.session}"})
    assert other.admits({"cookie": f"x=1; {other.cookie}={other.session}"})


def test_an_address_of_the_sixth_version_has_brackets() -> None:
    assert HERE.address("::1").startswith("http://[::1]:8000/?token=")
