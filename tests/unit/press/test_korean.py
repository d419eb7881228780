"""Korean lines end between words where they are not justified; those of other languages are WeasyPrint's."""

from __future__ import annotations

from helpers.laid import document

TEXT = "어깨가 아프면 하루에 두 번 천천히 팔을 들어올리고 다섯까지 세면서 숨을 내쉽니다. "
# A shorter text than 200 characters might be the name of a file to the parser.
COMMENT = f"<!--{' ' * 200}-->"
NARROW = "div { width: 34mm; overflow-wrap: break-word }"


def lines(body: str, css: str = "", language: str = "ko") -> list[str]:
    """Return the lines of a paragraph."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    (page,) = document(f"<div lang={language}>{body}</div>{COMMENT}", NARROW + css).pages
    boxes = list(page._page_box.descendants())
    found = [box for box in boxes if isinstance(box, LineBox)]
    return [
        "".join(part.text for part in line.descendants() if isinstance(part, TextBox)).strip()
        for line in found
    ]


def ends_between_words(shown: list[str], text: str) -> bool:
    return " ".join(shown).split() == text.split()


def test_lines_end_between_words() -> None:
    shown = lines(TEXT * 3)
    assert len(shown) > 3
    assert ends_between_words(shown, TEXT * 3)


def test_an_element_within_a_word_does_not_end_a_line() -> None:
    """A particle follows what is marked without a space."""
    marked = "".join(f"<b>{word[:1]}</b>{word[1:]} " for word in (TEXT * 3).split())
    assert ends_between_words(lines(marked), TEXT * 3)


def test_a_word_that_is_longer_than_its_line_is_broken() -> None:
    long = "가나다라마바사아자차카타파하" * 3
    shown = lines(f"짧은 {long} 끝")
    assert len(shown) > 2
    assert shown[0] == "짧은"
    assert " ".join(("".join(shown[1:-1]), shown[-1])).replace(" ", "") == f"{long}끝"


def test_cells_are_as_wide_as_their_longest_word() -> None:
    table = "<table><tr><td>들어올리기<td>" + TEXT * 4 + "</table>"
    assert "들어올리기" in lines(table, "table { width: 60mm } div { width: auto }")


def test_justified_lines_may_end_within_a_word() -> None:
    assert not ends_between_words(lines(TEXT * 3, "div { text-align: justify }"), TEXT * 3)


def test_other_languages_are_as_they_were() -> None:
    assert not ends_between_words(lines(TEXT * 3, language="ja"), TEXT * 3)
    words = "One more hour of the high tide at the moon "
    assert lines(words * 3, language="en") == lines(words * 3, language="ko")
