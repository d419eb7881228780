"""Differences between two states of a series: sentences by article, and words in a changed sentence."""

from __future__ import annotations

import pytest

from handpress.editions.differences import ArticleDifferences, Piece, differences, pieces
from handpress.editions.sentences import Sentence, State, Text


def text(slug: str, *sentences: str) -> Text:
    return Text(slug, slug.title(), tuple(Sentence(each) for each in sentences))


def compared(old: list[Text], new: list[Text]) -> list[ArticleDifferences]:
    return list(differences(State("old", tuple(old)), State("new", tuple(new))).articles)


def marked(row: tuple[Piece, ...] | list[Piece]) -> str:
    marks = {"old": "[-{}-]", "new": "{{+{}+}}", "same": "{}"}
    return "".join(marks[piece.state].format(piece.text) for piece in row)


def shown(article: ArticleDifferences) -> list[str]:
    return [f"{each.kind}: {marked(each.pieces)}" for each in article.differences]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Hold for 3 seconds.", "Hold for 30 seconds.", "Hold for [-3-]{+30+} seconds."),
        ("Walk a lot.", "Walk a little.", "Walk a [-lot-]{+little+}."),
        ("Rest, then walk.", "Rest and walk.", "Rest[-, then-]{+ and+} walk."),
        ("Rest.", "Rest. ", "Rest.{+ +}"),
        ("Don’t sit.", "Don’t sit still.", "Don’t sit{+ still+}."),
        ("毎日歩く。", "毎日走る。", "毎日[-歩く-]{+走る+}。"),
        ("one, two, three", "four, five, three", "[-one, two-]{+four, five+}, three"),
    ],
)
def test_words_that_differ_are_marked(old: str, new: str, expected: str) -> None:
    found = list(pieces(old, new))
    assert marked(found) == expected
    assert "".join(p.text for p in found if p.state != "new") == old
    assert "".join(p.text for p in found if p.state != "old") == new


def test_sentences_are_changed_added_removed_and_moved() -> None:
    (article,) = compared(
        [text("walk", "First rest.", "Hold it for ten seconds.", "Stop at pain.", "Breathe.")],
        [text("walk", "Breathe.", "First rest.", "Hold it for five seconds.", "Ask your doctor.")],
    )
    assert shown(article) == [
        "moved: Breathe.",
        "changed: Hold it for [-ten-]{+five+} seconds.",
        "removed: [-Stop at pain.-]",
        "added: {+Ask your doctor.+}",
    ]
    assert article.about == "1 changed, 1 added, 1 removed, 1 moved"


def test_articles_are_added_removed_renamed_and_moved() -> None:
    old = [
        text(""),
        text("a", "One."),
        text("b", "Two."),
        text("c", "It is.", "It was.", "It will be."),
    ]
    new = [
        text(""),
        text("b", "Two."),
        text("d", "It is.", "It was.", "It would be."),
        text("a", "One."),
    ]
    found = {a.slug: a for a in compared([*old, text("e", "Gone.")], [*new, text("f", "New.")])}
    assert {slug: a.kind for slug, a in found.items()} == {
        "": "same",
        "b": "same",
        "d": "changed",
        "a": "same",
        "f": "added",
        "e": "removed",
    }
    assert found["d"].old_slug == "c"
    assert [slug for slug, a in found.items() if a.moved] == ["a"]
    assert found["a"].about == "moved from 1 to 3"
    assert list(found)[-1] == "e"


def test_nothing_differs_from_itself() -> None:
    texts = [text("a", "One.", "One.", "Two."), text("b")]
    assert not any(article.any for article in compared(texts, texts))


def test_another_picture_with_the_same_description_is_a_change() -> None:
    old, new = (Text("a", "A", (Sentence("A leg.", "picture", mark),)) for mark in ("1", "2"))
    (article,) = compared([old], [new])
    assert [(d.kind, d.unseen) for d in article.differences] == [("changed", "picture")]


def test_a_sentence_of_other_words_is_not_a_changed_one() -> None:
    (article,) = compared([text("a", "Sit down now.")], [text("a", "Lie flat today.")])
    assert [d.kind for d in article.differences] == ["removed", "added"]


def test_long_rewritten_articles_are_compared_in_time() -> None:
    """Pairs of sentences are limited: 2,000 sentences that all differ take seconds, not minutes."""
    old = text("a", *(f"Sentence {n} has old words in it." for n in range(2000)))
    new = text("a", *(f"Sentence {n} has new words in it." for n in range(2000)))
    (article,) = compared([old], [new])
    assert {d.kind for d in article.differences} == {"changed"}
