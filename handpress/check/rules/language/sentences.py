"""Length: sentences and paragraphs that are hard to keep in mind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from handpress.check.page import Page
from handpress.check.prose.sentences import TOKEN
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind


def long(page: Page) -> Iterator[Found]:
    """Return sentences with more words than the larger limit."""
    return _longer(page, page.limits["words-in-a-sentence"], None)


def rather_long(page: Page) -> Iterator[Found]:
    """Return sentences with more words than the smaller limit, and not more than the larger."""
    limits = page.limits
    return _longer(page, limits["words-in-a-short-sentence"], limits["words-in-a-sentence"])


def _longer(page: Page, least: int, most: int | None) -> Iterator[Found]:
    for sentence in page.sentences:
        amount = len(sentence.words)
        if amount > least and (most is None or amount <= most):
            yield Found(page.at(sentence.start, sentence.end), {"amount": amount, "limit": least})


def long_paragraph(page: Page) -> Iterator[Found]:
    """Yield the first words of paragraphs with more words than the limit."""
    most = page.limits["words-in-a-paragraph"]
    for block in page.running:
        if block.last - block.first <= 3 * most:
            continue
        amount = len(TOKEN.findall(page.text, block.first, block.last))
        if amount > most:
            words = list(islice(TOKEN.finditer(page.text, block.first), 3))
            place = page.at(words[0].start(), words[2].end())
            yield Found(place, {"amount": amount, "limit": most})


_SPLIT = "Then stop, rest, and try again later"
RULES = (
    Rule(
        code="long-sentence",
        kind=Kind(
            "advice",
            "long sentence",
            "it has {amount} words, and more than {limit} are hard to follow",
            "write two sentences, or a list",
        ),
        reason="The longer a sentence, the more readers lose its beginning before its end.",
        source="GOV.UK, Content design: writing for GOV.UK (no more than 25 words)",
        bad=Example(
            "# Knees\n\nSit. ⟦Bend the knee as far as it goes without pain, hold it there while you"
            " breathe in and out,⟧\nthen let it go again and rest for a while.\n"
        ),
        good=Example(
            "# Knees\n\nBend the knee as far as it goes without pain, and hold it there while you"
            f" breathe in and out. {_SPLIT}.\n"
        ),
        find=long,
        limits={"words-in-a-sentence": 25},
    ),
    Rule(
        code="rather-long-sentence",
        kind=Kind(
            "advice",
            "rather long sentence",
            "it has {amount} words, and patients follow up to {limit} most easily",
            "write two sentences, or leave out words",
        ),
        reason="Readers who are ill, tired or worried take in less at a time than healthy ones.",
        source="NHS digital service manual, How we write (sentences of up to 20 words)",
        bad=Example(
            "# Knees\n\n⟦Bend the knee as far as it goes without pain, and hold it there while you"
            " breathe in and out slowly twice.⟧\n",
            series="kind: health\n",
        ),
        good=Example(
            "# Knees\n\nBend the knee as far as it goes without pain. Hold it there while you"
            f" breathe in and out twice. {_SPLIT}.\n",
            series="kind: health\n",
        ),
        find=rather_long,
        limits={"words-in-a-short-sentence": 20, "words-in-a-sentence": 25},
        only_for="health",
    ),
    Rule(
        code="long-paragraph",
        kind=Kind(
            "advice",
            "long paragraph",
            "it has {amount} words, more than {limit}",
            "begin a paragraph at the next thought, or write a list",
        ),
        reason="A page without gaps looks hard, and many readers do not begin to read it.",
        source="Plain Writing at US agencies, Federal plain language guidelines (at most 150 words)",
        bad=Example("# Knees\n\n⟦The knee bends⟧. " + "The knee bends. " * 50 + "\n"),
        good=Example("# Knees\n\n" + ("The knee bends. " * 25 + "\n\n") * 2),
        find=long_paragraph,
        limits={"words-in-a-paragraph": 150},
    ),
)
