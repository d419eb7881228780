"""Sentences: the running text of a page, and where a sentence ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.check.page import Page
from helpers.checked import page_of


def said(page: Page) -> list[str]:
    return [" ".join(page.text[s.start : s.end].split()) for s in page.sentences]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sit down. | Rest! | Does it hurt? | Then stop."),
        ("en", "See Dr. Smith on St. James Road. | She is in."),
        ("en", "Use heat, e.g. A bath. | Or use cold."),
        ("en", "It weighs 2.5 kg. | Lift it."),
        ("en", "Smith et al. (2018) saw it. | We agree."),
        ("en", "See fig. 3 and p. 12. | No. | Yes."),
        ("en", "J. R. Smith wrote it. | So did I. | Then we left."),
        ("en", "“Stop.” | She did. | (He did not.) | We … waited."),
        ("en", "Sit\ndown. | Rest now."),
        ("en", "*Stop*. | Then [rest](https://example.org)."),
        ("en", "Use Node.js. | Then rest."),
        ("en", "It begins with 3. | Then come 40. | Then more."),
        ("de", "Am 3. Oktober ist frei. | Es ist z. B. Montag. | Dr. Huber kommt um 8.30 Uhr."),
        ("es", "¿Le duele? | ¡Pare! | La Dra. Gil está aquí, p. ej. hoy."),
        ("fr", "« Assez. » | Il part ! | Mme. Petit reste."),
        ("zh", "坐下。 | 休息。"),
    ],
)
def test_a_sentence_ends_at_its_mark(tmp_path: Path, language: str, text: str) -> None:
    between = "" if language == "zh" else " "
    article = f"# Knees\n\n{text.replace(' | ', between)}\n"
    page = page_of(tmp_path, article, f"language: {language}\nmedia: [web]\n")
    wanted = text.replace("*", "").replace("[rest](https://example.org)", "rest")
    assert said(page) == [" ".join(part.split()) for part in wanted.split(" | ")]


NOT_RUNNING = """\
# Knees are good. They bend.

## Rest. Then move.

- Sit.
- A fragment without its mark
- Lie down. And more

| Dose. | Time. |
| --- | --- |
| Ten. | Daily. |

> Somebody else wrote this.

Term.
:   Its meaning.

For example:

    code. Code.

!!! exercise "Bend"

    Sit up.

    Hold
    :   Ten seconds.

Stop.[^a]

[^a]: A note. By A. Author.

## Further reading

- A. Author. The knee. 2009.

### More

A study. Another.

## Help

Ask us.
"""


def test_only_running_text_has_sentences(tmp_path: Path) -> None:
    wanted = ["Sit.", "Lie down.", "Its meaning.", "For example:", "Sit up.", "Stop.", "Ask us."]
    assert said(page_of(tmp_path, NOT_RUNNING)) == wanted


def test_words_are_those_of_a_reader(tmp_path: Path) -> None:
    """Numbers, pieces of code and words with a hyphen count once, an address as one word, marks not at all."""
    page = page_of(
        tmp_path,
        "Don't bend `x = 1` – the well-known knee / leg by 12.5 cm: <https://example.org>.\n",
    )
    (sentence,) = page.sentences
    assert list(sentence.words) == [
        "Don't", "bend", "\ufffc", "the", "well-known", "knee", "leg", "by", "12.5", "cm", "\ufffc",
    ]  # fmt: skip
