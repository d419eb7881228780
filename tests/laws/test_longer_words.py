"""Texts that are 40 % longer, as English is in many translations: nothing is cut, nothing overflows, nothing is lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from handpress.core.styles import STYLES
from helpers.finished import Ebook, flat, pdf_text, wrong_in
from helpers.one_jvm import epubcheck
from helpers.pictures import svg
from helpers.pseudo import LANGUAGE, longer, pseudo_translate
from helpers.workspaces import ROOT, Ran, publish

ALL_STYLES = sorted(p.name for p in (ROOT / "layouts" / STYLES).iterdir() if p.is_dir())
CARE = (
    '!!! {level} "{title}"\n\n    - Your arm is suddenly weak.\n    - The pain keeps you awake.\n\n'
)
SOURCES = {
    "practice.yaml": (
        "name: Harbour Street Movement Practice\nphone: 01632 960123\nemergency: '999'\nadvice: '111'\n"
        "address: [12 Harbour Street, Sampletown]\nweb: example.org\n"
    ),
    "authors/ada.md": "---\nname: Ada Stone\nshort: Ada teaches movement.\n---\nAda teaches movement.\n",
    "shoulders/series.yaml": (
        "title: The Quiet Shoulder\nsubtitle: Two short articles\nauthors: [ada]\nedition: 2\n"
        "date: 2026-11-01\nreviewed: 2026-11-01\nreview_by: 2028-11-01\nsite: https://example.org/s/\n"
        f"styles: [{', '.join(ALL_STYLES)}]\n"
    ),
    "shoulders/01-warmth.md": (
        "---\ntitle: Warmth\nsummary: Warmth helps before an exercise.\n---\n\n"
        "A stiff shoulder needs time.[^1] Read [](02-pendulum.md), too.\n\n"
        "!!! key-points\n\n    - Warmth first, movement second.\n\n"
        "| Temperature | Minutes | Remark |\n| --- | --- | --- |\n| Lukewarm | 15 | Comfortable |\n\n"
        "[^1]: Often several months.\n"
    ),
    "shoulders/02-pendulum.md": (
        '---\ntitle: Pendulum\nsubtitle: An exercise for every day\n---\n\nMove "gently" and often.\n\n'
        '!!! exercise "Pendulum"\n\n    ![A person leans on a table.](images/lean.svg)\n\n'
        "    1. Lean on a table with your healthy hand.\n    2. Swing the other arm.\n\n"
        "    Sets\n    :   2\n\n    Repetitions\n    :   8 to 10\n\n    Hold\n    :   5 seconds\n\n"
        "    Times a day\n    :   2\n\n    Stop when\n    :   the pain is above 5.\n\n"
        "## Common questions {: .faq }\n\n### How often?\n\nEvery day, a little.\n\n"
        + "".join(
            CARE.format(level=level, title=title)
            for level, title in (
                ("emergency", "Call 999 if:"),
                ("urgent", "Call 111 if:"),
                ("advice", "Ask your clinician if:"),
            )
        )
        + "!!! do\n\n    - Move often.\n\n!!! do-not\n\n    - Stay in bed.\n\n!!! diary\n"
    ),
    "shoulders/images/lean.svg": svg("<circle r='9'/>").decode(),
}
# The labels of the dosage, which are beside the picture where there is room.
LABELS = [longer(label) for label in ("Sets", "Repetitions", "Hold", "Times a day")]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    root = tmp_path_factory.mktemp("longer")
    for path, text in SOURCES.items():
        file = root / "sources" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    assert pseudo_translate(root, "shoulders").code == 0
    return root / "output/shoulders-en-xa", publish("--series", "shoulders-en-xa", root)


@pytest.fixture(scope="module")
def output(ran: tuple[Path, Ran]) -> Path:
    return ran[0]


@pytest.fixture(scope="module")
def printed(output: Path) -> dict[str, list[str]]:
    """The text of each page of the PDFs."""
    found = {str(p.relative_to(output)): pdf_text(p, "-raw") for p in output.rglob("*.pdf")}
    assert len(found) == len(ALL_STYLES) * 2 + 1
    return found


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text))


def test_a_word_is_two_fifths_longer() -> None:
    text = "Swing the other arm on {number} days, a little further each time."
    before, after = (sum(map(len, words_of(part).elements())) for part in (text, longer(text)))
    assert 1.35 < after / before < 1.45
    assert "{number}" in longer(text)


def test_everything_is_made_without_a_warning(ran: tuple[Path, Ran]) -> None:
    """Preflight would report what is clipped, overflows or leaves its page."""
    assert (ran[1].code, ran[1].err) == (0, "")


def test_every_word_is_printed_whole(printed: dict[str, list[str]], output: Path) -> None:
    """The articles' words are in the ebook, so they are in each handout and in the book, none of them in pieces."""
    (book,) = output.glob("*.epub")
    pages = Ebook(book).files
    for slug in ("warmth", "pendulum"):
        html = pages[f"EPUB/{slug}.xhtml"].decode()
        body = re.search(r"<section[^>]* class=\"chapter.*</section>", html, re.S)
        assert body
        wanted = set(words_of(re.sub(r"<a [^>]*backlink.*?</a>|<[^>]+>", " ", body[0])))
        assert len(wanted) > 20
        for path, sheets in printed.items():
            if slug in path or path.endswith("xa.pdf"):
                missing = wanted - set(words_of(flat("\n".join(sheets))))
                assert missing == set(), path


def test_no_line_of_ours_is_cut(printed: dict[str, list[str]]) -> None:
    """Each text of the layouts is between brackets: the second one is missing where a line was cut."""
    for path, sheets in printed.items():
        for text in sheets:
            assert text.count("‹") == text.count("›"), (path, text)
        if "handouts" in path:
            assert all(longer("Review by") in flat(text) for text in sheets), path
            assert all("2028››" in flat(text) for text in sheets), path


def test_a_dosage_stays_with_its_card(printed: dict[str, list[str]]) -> None:
    for path, sheets in printed.items():
        if "pendulum" in path:
            (page,) = (text for text in sheets if longer("Repetitions") in flat(text))
            assert longer("Lean on a table") in flat(page), path
            assert [label for label in LABELS if label not in flat(page)] == [], path


def test_everything_is_valid(output: Path) -> None:
    assert {
        str(p): wrong for p in output.rglob("*.pdf") if (wrong := wrong_in(p.read_bytes()))
    } == {}
    assert [said for said in epubcheck([*output.glob("*.epub")]).values() if said] == []
    pages = [p.read_text("utf-8") for p in output.rglob("*.html")]
    assert all(f'<html lang="{LANGUAGE}">' in page for page in pages)
