"""Preflight: faults of finished pages are reported at the line of the Markdown that caused them.

Our own layouts hardly ever make such pages, so each test changes them in its workspace. The messages
are here in full, as they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from handpress.build.load import load
from handpress.core.files import workspace
from handpress.core.problems.catalogue import KINDS
from handpress.press.pages.boxes import page_boxes
from handpress.press.pdf import engine, render
from handpress.press.preflight.contrast import contrast
from handpress.press.preflight.rules import RULES
from handpress.press.preflight.rules.moved_footnote import moved_footnotes
from handpress.press.recipe import Recipe
from handpress.print.book_pieces import book_pieces, piece_recipe
from helpers.finished import pdf_text
from helpers.workspaces import ROOT, Book

SPRING = "sources/moon/02-spring.md"
HANDOUT = "moon/handouts/spring.pdf"


def styled(book: Book, css: str, text: str) -> None:
    """A workspace with a sheet of its own, whose second article is `text`."""
    book.write("layouts/styles/styles/standard.css", css)
    book.write("sources/moon/01-neap.md", "# Neap\n\nThe sea stays.\n")
    book.write(SPRING, f"# Spring\n\n## When it comes\n\n{text}")


def said(book: Book, *options: str) -> str:
    """The standard error of a build of the handouts, without the line that counts."""
    ran = book.build("--only", "handout", *options)
    assert "Traceback" not in ran.err
    return "\n".join(ran.err.splitlines()[:-1])


def test_only_lost_or_illegible_content_is_an_error() -> None:
    """The rules whose findings keep an artefact from being written, and those that a series may lower."""
    errors = {rule.code: rule.kind.lowers for rule in RULES if rule.kind.severity == "error"}
    lost = dict.fromkeys(("clipped", "clipped-line", "clipped-picture"), False)
    illegible = dict.fromkeys(("does-not-fit", "low-contrast", "small-text"), True)
    assert errors == lost | illegible


def test_each_module_of_a_rule_is_a_row() -> None:
    """By its code, and once: a file that the table leaves out would check nothing."""
    files = (ROOT / "handpress/press/preflight/rules").glob("[!_]*.py")
    assert sorted(rule.code for rule in RULES) == sorted(f.stem.replace("_", "-") for f in files)


def test_a_code_has_one_wording() -> None:
    """A character that no font has is found in sources too, and reported in the same words."""
    shared = {rule.code: rule.kind for rule in RULES if rule.code in KINDS}
    assert shared == {"missing-glyph": KINDS["missing-glyph"]}


# --- What is lost ------------------------------------------------------------------------------


def test_a_character_that_only_the_layout_shows(book: Book) -> None:
    """`missing-glyph`: a face is on the page for it too; without a face, there is a sign."""
    styled(book, 'blockquote::before { content: "🌒 " }', "> The moon pulls at the sea.\n")
    assert said(book) == ""
    styled(book, 'blockquote::before { content: "𒀀 " }', "> The moon pulls at the sea.\n")
    assert said(book) == (
        f"{SPRING}:5:3: warning: no font for characters of the layout [missing-glyph]\n"
        "  |\n"
        "5 | > The moon pulls at the sea.\n"
        "  |   ^^^^^^^^^^^^^^^^^^^^^^^^^ `�` is printed for text that a stylesheet adds\n"
        "  = help: use other characters, or put a font that has them into the workspace's `fonts/` folder,"
        " or publish without print: `media: [epub, web]`"
    )


def test_a_character_in_the_margin_that_no_font_has(book: Book) -> None:
    """`missing-glyph`: the words of the footer are in no element of the page."""
    styled(book, '@page { @bottom-right { content: "𒀀" } }', "The moon pulls at the sea.\n")
    assert "no font for characters of the layout [missing-glyph]" in said(book)


def test_clipped_picture(book: Book) -> None:
    """`clipped-picture`: a picture that leaves the page's column."""
    css = "figure img { width: 200mm; max-width: none }"
    styled(book, css, "![The **tide** comes in](images/tide.svg)\n")
    assert said(book) == (
        f"{SPRING}:5:3: picture does not fit on the page [clipped-picture]\n"
        "  |\n"
        "5 | ![The **tide** comes in](images/tide.svg)\n"
        f"  |   ^^^^^^^^^^^^^^^^^^^^^ in {HANDOUT} it extends 116 mm too far\n"
        "  = help: limit its size in your own layout, for example with `max-width: 100%`"
    )


def test_a_picture_that_its_frame_cuts_off(book: Book) -> None:
    """It is on the page, but what holds it shows only a part."""
    css = "figure { height: 5mm; overflow: hidden } figure img { width: 40mm; max-height: none }"
    styled(book, css, "![The tide](images/tide.svg)\n")
    assert "[clipped-picture]" in said(book)


def test_code_with_many_tabs_fits_in_its_column(book: Book) -> None:
    code = "".join("\t" * deep + "while tide: wait_until_it_turns(tide)\n" for deep in range(12))
    styled(book, "", f"The sums:\n\n```\n{code}```\n")
    assert "wide" not in said(book)


def test_blanks_at_the_end_of_code_need_no_room(book: Book) -> None:
    lines = (f"{'x' * length}\t \n" for length in range(40, 70))
    styled(book, "", f"The sums:\n\n```\n{''.join(lines)}```\n")
    assert "wide" not in said(book)


def test_a_picture_of_a_phones_screen_fits_in_text_and_in_tables(book: Book) -> None:
    picture = Image.new("RGB", (1080, 2400), "white")
    picture.save(book.root / "sources/moon/images/screen.png")
    shown = "![A screen](images/screen.png)"
    text = f"So {shown} it is.\n\n- {shown} too\n\n> {shown} too\n\n| One | Two |\n|---|---|\n| {shown} | is it |\n"
    styled(book, "", text)
    ran = book.build("--only", "handout", "--only", "book", "--paper", "a5")
    assert "clipped" not in ran.err


def test_clipped_line(book: Book) -> None:
    """`clipped-line`: code that a layout forbids to break, at its own line."""
    code = "    low = 1\n    " + " ".join(["tide"] * 30) + "\n"
    styled(book, "pre { white-space: pre }", "The sums:\n\n" + code)
    assert f"{SPRING}:7:5: line is wider than the page [clipped-line]" in said(book)


def test_moved_footnote(book: Book) -> None:
    """`moved-footnote`: a note on another page than its call. Our layouts move the call along."""
    paragraph = "The sea comes and goes.[^{n}] " + "It is the moon that pulls at it. " * 12 + "\n\n"
    note = "[^{n}]: Note {n}. " + "The moon pulls, and the sea follows. " * 12 + "\n\n"
    text = "".join(paragraph.format(n=n) for n in range(12))
    text += "".join(note.format(n=n) for n in range(12))
    styled(book, "", text)
    assert "moved-footnote" not in book.build("--only", "book").err
    book.write("layouts/styles/parts/own.css", ".footnote { footnote-policy: auto !important }")
    ran = book.build("--only", "book", "--message-format", "short")
    line = next(line for line in ran.err.splitlines() if "[moved-footnote]" in line)
    found = re.search(r"the reference is on page (\d+), the note on page (\d+);", line)
    assert found
    assert (at := re.match(rf"{SPRING}:(\d+):7: ", line))
    assert int(found[2]) == int(found[1]) + 1
    assert line == (
        f"{SPRING}:{at[1]}:7: warning: footnote is not on the page of its reference [moved-footnote]:"
        f" in moon/moon.pdf: spring"
        f" the reference is on page {found[1]}, the note on page {found[2]}; shorten the note, or move the reference to an earlier"
        " paragraph"
    )


def chapter(book: Book) -> Recipe:
    """The second article in the book, which has its notes at the foot of the page."""
    space = workspace.find(book.root)
    assert space is not None
    (layout,) = load(space).layouts
    return next(piece_recipe(p) for p in book_pieces(layout)[1] if p.name == "spring")


def lines(box: Any) -> Iterator[list[str]]:
    """The tags on each line of the text, in order."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.LineBox):
        yield [b.element_tag or "" for b in box.descendants() if isinstance(b, boxes.TextBox)]
    elif isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.FootnoteAreaBox):
        for child in box.children:
            yield from lines(child)


def test_a_call_stays_with_its_word(book: Book) -> None:
    """No line begins with the number of a note, whatever sign is before it and however it breaks."""
    text = "".join(
        f"The sea {'ebbs ' * (n % 7)}and {'flow' * (n % 5)}s{'.,:;!?…–'[n % 8]}[^{n}] "
        for n in range(120)
    )
    styled(book, "", text + "\n\n" + "".join(f"[^{n}]: So it does.\n" for n in range(120)))
    laid = render.lay_out(chapter(book).files, piece=True)
    found = [tags for page in laid.pages for tags in lines(page._page_box)]
    calls = [tags for tags in found if any(tag.endswith("::footnote-call") for tag in tags)]
    assert len(calls) > 40
    assert not [tags for tags in calls if tags[0].endswith("::footnote-call")]


def test_a_note_of_several_paragraphs_begins_beside_its_number(book: Book) -> None:
    styled(book, "", "The sea.[^1]\n\n[^1]: Salt.\n\n    And wet.\n")
    book.build("--only", "handout")
    (text,) = pdf_text(book.output / HANDOUT, "-layout")
    left = [line[:50].strip() for line in text.splitlines()]  # another column is beside the note
    assert "1. Salt." in left
    assert "And wet." in left


def test_a_note_stays_when_a_line_more_would_fit_without_it(book: Book) -> None:
    """WeasyPrint moves a note to the next page, however high its call, for a second line at the page's foot.
    Whatever length the text before that has, paragraphs are divided so that it stays.
    """
    moved = []
    for lines in range(12, 24):
        text = "The sea comes.[^a]\n\n" + "It goes.  \n" * lines
        text += "\n" + "The moon pulls at the sea, twice a day. " * 20 + "\n\n[^a]: So it does.\n"
        styled(book, "", text)
        files = chapter(book).files
        if any(moved_footnotes(page_boxes(engine.laid_out(files, "", piece=True)))):
            moved.append(lines)
        assert not any(moved_footnotes(page_boxes(render.lay_out(files, piece=True)))), lines
    assert moved, "as it comes, some length moves it: else this shows nothing"


# --- What cannot be read -----------------------------------------------------------------------


def test_small_text(book: Book) -> None:
    """`small-text`: under the style's `--smallest`. A superscript is text too."""
    styled(book, "sup { font-size: 6pt }", "Some.\n\nWater covers 10^9^ m<sup>2</sup> of sand.\n")
    assert said(book) == (
        f"{SPRING}:7:1: text is too small [small-text]\n"
        "  |\n"
        "7 | Water covers 10^9^ m<sup>2</sup> of sand.\n"
        "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ in moon/handouts/spring.pdf it has 6.0 pt;"
        " the style's `--smallest` is 9 pt\n"
        "  = help: make it larger in your own layout"
    )


def test_a_style_without_a_smallest_has_none(book: Book) -> None:
    """The token is the style's to name, in a unit of length; what it does not name is not looked for."""
    styled(book, ":root { --smallest: none } sup { font-size: 6pt }", "m<sup>2</sup>\n")
    assert "small-text" not in said(book)


def test_low_contrast(book: Book) -> None:
    """`low-contrast`: against the nearest colour behind the text, here the box's."""
    css = "blockquote { background: #888; color: #555 } blockquote em { background: #fff }"
    styled(book, css, "> The *moon* pulls\n> at the sea.\n")
    assert said(book) == (
        f"{SPRING}:5:3: text has too little contrast [low-contrast]\n"
        "  |\n"
        "5 | > The *moon* pulls\n"
        f"  |   ^^^^^^^^^^^^^^^^ in {HANDOUT} the contrast is 2.1:1; it must be at least 4.5:1\n"
        "  = help: darken the text, or lighten its background, in your own layout"
    )


@pytest.mark.parametrize(
    "colour", ["device-cmyk(0% 0% 0% 20%)", "color(display-p3 0.8 0.8 0.8)", "lab(80% 0 0)"]
)
def test_low_contrast_in_every_notation(book: Book, colour: str) -> None:
    """A light grey, in notations for inks and for wide screens."""
    styled(book, f"blockquote {{ color: {colour} }}", "> The moon pulls.\n")
    assert f"{SPRING}:5:3: text has too little contrast [low-contrast]" in said(book)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [(0x000000, 0xFFFFFF, 21.0), (0x767676, 0xFFFFFF, 4.54), (0x777777, 0xFFFFFF, 4.48)],
)
def test_contrast(one: int, other: int, ratio: float) -> None:
    """The formula of WCAG 2.2, by the greys on either side of 4.5:1."""
    first, second = (tuple(c / 255 for c in v.to_bytes(3, "big")) for v in (one, other))
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)  # type: ignore[arg-type]


# --- What is only ugly -------------------------------------------------------------------------

ONE_COLUMN = """:root {
  --columns: auto; --text-face: var(--sans); --line: 16pt; --half: 8pt;
  --top: 18mm; --inner: 25mm; --outer: 60mm;
}
"""

SECTION = "## Part {n}\n\n" + "The sea comes and goes with the moon. " * 9 + "\n\n"


def test_heading_at_foot(book: Book) -> None:
    """`heading-at-foot`: a warning, and the handout is made."""
    text = "".join(SECTION.format(n=n) for n in range(16))
    styled(book, ONE_COLUMN + "h2 { break-after: auto } p { orphans: 5; widows: 5 }", text)
    ran = book.build("--only", "handout")
    assert ran.code == 0
    assert any(line.startswith("made handouts/spring.pdf") for line in ran.said)
    assert (
        f"{SPRING}:21:4: warning: heading at the foot of a page [heading-at-foot]\n"
        "   |\n"
        "21 | ## Part 4\n"
        f"   |    ^^^^^^ page 1 of {HANDOUT} ends with it\n"
        "   = help: shorten or lengthen the text before it by a line or two\n"
    ) in ran.err


CARE = '!!! urgent "Call if it is {n}:"\n\n' + "    - the sea comes in\n" * 8 + "\n"


def test_split_card(book: Book) -> None:
    """`split-card`: a box on two pages that one would have held."""
    text = "".join(CARE.format(n=n) for n in range(5))
    styled(book, ONE_COLUMN + ".care { break-inside: auto }", text)
    ran = book.build("--only", "handout", "--message-format", "short")
    assert (
        f"{SPRING}:38:5: warning: box is split across two pages [split-card]: in {HANDOUT} it begins"
        " on page 1 and ends on page 2; move it, or set `break-inside: avoid` for it in your own layout"
    ) in ran.err.splitlines()
    assert ran.code == 0


def test_a_card_that_no_page_holds_has_to_be_split(book: Book) -> None:
    """There is nothing to fix in the layout, and no warning."""
    styled(book, "", CARE.format(n=1) + "    - and goes\n" * 60)
    assert "split-card" not in said(book)


# --- How it is shown ----------------------------------------------------------------------------


def test_the_chapters_of_the_book_are_proofed_too(book: Book) -> None:
    """The same words in the book are another page, and another message."""
    book.write("layouts/styles/parts/own.css", "blockquote { color: #999 }")
    book.write(SPRING, "# Spring\n\n## When it comes\n\n> The moon pulls.\n")
    ran = book.build("--message-format", "short")
    told = [line for line in ran.err.splitlines() if "[low-contrast]" in line]
    assert [line.partition(":5:3: ")[0] for line in told] == [SPRING, SPRING]
    assert f"in {HANDOUT} the contrast is" in told[0]
    assert "in moon/moon.pdf: spring the contrast is" in told[1]
    assert not (book.output / "moon/moon.pdf").exists()


def test_an_error_leaves_the_last_good_artefact(built: Book) -> None:
    """A file that would lose content is not written; the existing one stays."""
    before = (built.output / HANDOUT).read_bytes()
    styled(built, "blockquote { color: #999 }", "> The moon pulls.\n")
    ran = built.build("--only", "handout")
    assert ran.code == 1
    assert "failed handouts/spring.pdf  text has too little contrast" in ran.said
    assert (built.output / HANDOUT).read_bytes() == before


def test_a_warning_is_told_by_every_build(book: Book) -> None:
    """A second build makes nothing and says the same again, of handouts and of the book's pieces."""
    book.write("layouts/styles/styles/standard.css", ONE_COLUMN)
    book.write("layouts/styles/parts/own.css", ".care { break-inside: auto }")
    text = "".join(CARE.format(n=n) for n in range(12))
    book.write(SPRING, f"# Spring\n\n## When it comes\n\n{text}")
    first, second = book.build("--all"), book.build("--all")
    assert (first.code, second.code, second.made) == (0, 0, [])
    assert {HANDOUT in first.err, "in moon/moon.pdf: spring" in first.err} == {True}
    assert second.err == first.err


def test_a_line_more_above_moves_the_message_and_presses_nothing(book: Book) -> None:
    """The line of a block is not part of a recipe: it is looked up for the message."""
    text = "".join(CARE.format(n=n) for n in range(5))
    styled(book, ONE_COLUMN + ".care { break-inside: auto }", text)
    book.build("--only", "handout")
    book.edit(SPRING, "# Spring\n", "# Spring\n\n\n")
    ran = book.build("--only", "handout")
    assert ran.made == []
    assert f"{SPRING}:40:5: warning: box is split" in ran.err


def test_the_same_words_twice(book: Book) -> None:
    """The second block of the same words is reported at its own line."""
    css = "blockquote:last-of-type { color: #999 }"
    styled(book, css, "> The moon pulls.\n\nMuch later:\n\n> The moon pulls.\n")
    assert said(book).startswith(f"{SPRING}:9:3: text has too little contrast")


def test_words_of_the_layout_are_told_at_the_article(book: Book) -> None:
    """Nothing in the source has them: the article is the nearest place to fix."""
    styled(book, ".opening .series { color: #999 }", "The moon pulls.\n")
    assert (
        f"{SPRING}:1:1: text has too little contrast [low-contrast]\n  = why: in {HANDOUT}"
        in said(book, "--all")
    )


def test_what_only_a_stylesheet_says(book: Book) -> None:
    """The page's own margin is text too, and no element's."""
    styled(book, "@page { @bottom-right { font-size: 5pt } }", "The moon pulls.\n")
    assert f"{SPRING}:1:1: text is too small [small-text]\n  = why: in {HANDOUT}" in said(
        book, "--all"
    )
