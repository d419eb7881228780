"""Tables of names and their meanings on a phone."""

from __future__ import annotations

from playwright.sync_api import Browser

from helpers.workspaces import Book

SPRING = "sources/moon/02-spring.md"
MEASURE = """table => [
  table.offsetWidth - table.parentElement.clientWidth,
  ...[...table.querySelectorAll('tbody tr:first-child > *')].map(cell => cell.offsetWidth),
]"""


def test_a_long_name_leaves_room_for_its_meaning(browser: Browser, book: Book) -> None:
    """The name breaks, each column has at least 110 pixels of the 390, and nothing has to be scrolled."""
    text = "At full and at new moon, when the sun and the moon pull together."
    table = f"| file | meaning |\n| --- | --- |\n| `tides/styles/NAME/style.css` | {text} |\n"
    book.write(SPRING, f"# Spring\n\n## When it comes\n\n{table}")
    with (book.root / "sources/moon/series.yaml").open("a") as settings:
        settings.write("media: [web]\n")
    assert book.build().code == 0
    with browser.new_page(viewport={"width": 390, "height": 800}) as page:
        page.goto((book.output / "moon/articles/spring.html").as_uri())
        over, *columns = page.evaluate(MEASURE, page.locator("table").element_handle())
    assert over <= 0
    assert min(columns) >= 110


DOSE = """\
# Spring

!!! exercise "Bridge"

    1. Lift.

    Sets
    :   2

    Repetitions
    :   8 to 10

    Hold
    :   3 seconds

    Days a week
    :   3
"""
CELLS = """table => [table.offsetWidth - table.parentElement.clientWidth, ...[...table.querySelectorAll('th')].map(
  (head, n) => {
    const [one, other] = [head, table.querySelectorAll('td')[n]].map(cell => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return range.getBoundingClientRect();
    });
    return [one.right < other.left, Math.abs(one.bottom - other.bottom) < 6, other.height < 30];
  })]"""


def test_a_dosage_of_four_parts_is_in_rows_on_a_phone(browser: Browser, book: Book) -> None:
    """Each part is beside its name, on one line; beside each other they were wider than the screen."""
    book.write(SPRING, DOSE)
    with (book.root / "sources/moon/series.yaml").open("a") as settings:
        settings.write("media: [web]\n")
    assert book.build().code == 0
    with browser.new_page(viewport={"width": 320, "height": 800}) as page:
        page.goto((book.output / "moon/articles/spring.html").as_uri())
        over, *parts = page.evaluate(CELLS, page.locator("table.dose").element_handle())
    assert over <= 0
    assert parts == [[True, True, True]] * 4
