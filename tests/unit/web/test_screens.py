"""Pages in a real browser: on a phone, a tablet and a desktop, by day and by night."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from helpers.workspaces import ROOT, TOOLS, publish, with_fonts_of_the_machine

SAMPLE = "fascia-remedy/index.html"
ARTICLE = "fascia-remedy/articles/strengthen-your-glutes.html"
SHELF = "index.html"
# Odd series: very long words and titles, four authors, many articles in parts, no picture at all, right to left.
ODD = ("long/index.html", "long/articles/a.html", "many/index.html", "ar/index.html", SHELF)
Met = Mapping[str, Mapping[str, Any]]

LONG = """\
title: Wirbelsäulengymnastik und Beckenbodenmuskulaturkräftigung nach Bandscheibenvorfalloperationen für Krankenversicherungsangestellte, die lange sitzen
language: de
authors: [a, b, c, d]
edition: 12
date: 2026-11-02
description: Kurze Texte über Wirbelsäulen und Donaudampfschifffahrtskapitäne. Sie sitzen alle viel zu lange und gehen zu selten spazieren.
"""
LONG_ARTICLE = """\
---
title: Bandscheibenvorfalloperationsnachsorgebehandlungsempfehlungen für Rechtsschutzversicherungsgesellschaftenangestellte am Schreibtisch
summary: Über Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaften.
---

## Erstens

| Wochentagbezeichnung | Übungswiederholungsanzahl | Anmerkungen | Bewegungsumfangsmessung | Schmerzempfindung |
|---|---|---|---|---|
| Montag | 10 | viel | wenig | keine |

## Zweitens[^1]

`python publish.py build --output /a/very/long/path/that/goes/on/and/on/without/a/space/to/break/at`

!!! note

    Ein Hinweis.

## Drittens

Text.

[^1]: Eine Fußnote.
"""


def odd(root: Path) -> None:
    sources = root / "sources"
    shutil.copytree(ROOT / "tests/languages/sources/ar", sources / "ar")
    shutil.copytree(ROOT / "tests/languages/sources/authors", sources / "authors")
    (sources / "ar.en").mkdir()  # so that its page has a choice of languages
    (sources / "ar.en/series.yaml").write_text("title: Knees\n")
    (sources / "ar.en/01-walking.md").write_text("# Knees\n\nBend them.\n")
    names = {"a": "Dr. Anneliese Krahwinkel-Oberschelp", "b": "Bartholomäus Yılmaz-Öztürk"}
    for slug, name in (names | {"c": "Chimamanda Okonkwo", "d": "Dóra Kovács"}).items():
        (sources / f"authors/{slug}.md").write_text(f"---\nname: {name}\n---\n")
    (sources / "long").mkdir()
    (sources / "long/series.yaml").write_text(LONG)
    (sources / "long/01-a.md").write_text(LONG_ARTICLE)
    (sources / "many").mkdir()
    parts = "".join(
        f"  - Part {n}: [{', '.join(f'a{m:02}' for m in range(n * 10, n * 10 + 10))}]\n"
        for n in range(3)
    )
    (sources / "many/series.yaml").write_text(
        f"title: Thirty\nstyles: [standard, large-print]\narticles:\n{parts}"
    )
    for number in range(30):
        text = f"---\nsummary: {'Summary of some length. ' * 5}\n---\n\n# Article number {number}\n\nText.\n"
        (sources / f"many/a{number:02}.md").write_text(text)


def browse(output: Path, pages: tuple[str, ...]) -> dict[str, Met]:
    """Return the measures of each page, by the screen and the time of day."""
    files = [str(output / page) for page in pages]
    command = ["node", str(TOOLS / "browse.mjs"), *files]
    env = with_fonts_of_the_machine()
    done = subprocess.run(
        command, check=True, capture_output=True, encoding="utf-8", timeout=300, env=env
    )
    met = json.loads(done.stdout)
    return {page: met[file] for page, file in zip(pages, files, strict=True)}


@pytest.fixture(scope="module")
def ordinary(published: Path) -> dict[str, Met]:
    return browse(published / "output", (SAMPLE, ARTICLE, SHELF))


@pytest.fixture(scope="module")
def odd_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("odd")
    odd(root)
    ran = publish(
        "--only", "handout", "--only", "web", "--series", "long", "--series", "many", root
    )
    assert ran.code == 0, ran.err
    ran = publish("--only", "web", root)
    assert ran.code == 0, ran.err
    return root / "output"


@pytest.fixture(scope="module")
def strange(odd_output: Path) -> dict[str, Met]:
    return browse(odd_output, ODD)


@pytest.fixture(params=["ordinary", "strange"])
def every(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The measures of every page on every screen."""
    found: dict[str, Met] = request.getfixturevalue(request.param)
    return {f"{page} {screen}": m for page, met in found.items() for screen, m in met.items()}


def test_nothing_is_wrong_for_anybody(every: dict[str, Any]) -> None:
    """By axe-core, with its contrast of 7:1: no page has a violation, a script, or a file that is not there."""
    assert {name: m["wrong"] for name, m in every.items() if m["wrong"]} == {}
    assert {name: m["failed"] for name, m in every.items() if m["failed"]} == {}
    assert {m["scripts"] for m in every.values()} == {0}


def test_a_page_is_as_wide_as_its_screen(every: dict[str, Any]) -> None:
    wide = {name: (m["wide"], m["outside"]) for name, m in every.items()}
    assert {name: found for name, found in wide.items() if found != (0, [])} == {}


def test_a_finger_hits_every_target(every: dict[str, Any]) -> None:
    assert sum(m["targets"] for m in every.values()) > 100
    assert {name: m["low"] for name, m in every.items() if m["low"]} == {}


def test_pictures_are_sharp(every: dict[str, Any]) -> None:
    """A thumbnail or a cover has at least 1.9 pixels for each of the page."""
    shown = [pair for name, m in every.items() if "articles" not in name for pair in m["pictures"]]
    assert shown
    assert [pair for pair in shown if pair[0] < 1.9 * pair[1]] == []


def test_the_first_handout_is_on_the_first_screen(
    ordinary: dict[str, Met], strange: dict[str, Met]
) -> None:
    """Of a phone of 360 by 740, whatever the title, the authors and the description are."""
    for page in (ordinary[SAMPLE], strange["long/index.html"], strange["many/index.html"]):
        assert page["phone light"]["handout"] < 740
        assert page["desktop dark"]["handout"] < 1100


def test_a_dark_screen_has_a_dark_page(every: dict[str, Any]) -> None:
    grounds = {name.rpartition(" ")[2]: m["night"] for name, m in every.items()}
    assert grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 25, 27)"}


def test_arabic_is_mirrored(ordinary: dict[str, Met], strange: dict[str, Met]) -> None:
    """The cover is on the right there, so the title begins further left."""
    there = strange["ar/index.html"]["desktop light"]["start"]
    assert ordinary[SAMPLE]["desktop light"]["start"] - there > 200


def test_a_page_weighs_less_than_fifty_kilobytes(published: Path, odd_output: Path) -> None:
    """Thirty articles with two handouts each, and every page of the sample; pictures and fonts not counted."""
    pages = [*(published / "output").rglob("*.html"), *odd_output.rglob("index.html")]
    weights = {str(page): page.stat().st_size for page in pages}
    assert len(weights) > 7
    assert {page: weight for page, weight in weights.items() if weight >= 50_000} == {}
