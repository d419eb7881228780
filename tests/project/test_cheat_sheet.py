"""`docs/cheat-sheet.md`: all that it shows can be written, and no word of it gets a warning."""

from __future__ import annotations

from helpers.pages import page
from helpers.workspaces import ROOT, Book

PAGE = page("cheat-sheet")
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><path d="M4 4 36 36"/></svg>'
PHOTO = (ROOT / "docs/pictures/first-handout.png").read_bytes()


def test_all_of_it_is_published_without_a_warning(empty: Book) -> None:
    for name in ("images/a.svg", "line.svg", "images/squat.svg"):
        empty.write(name, DRAWING)
    for name in ("a.jpg", "v.jpg"):
        empty.write(name, PHOTO)
    empty.write("02-knee.md", "# The knee\n\n## Rest {: #name }\n\nRest it.\n")
    shown = [fence.text for fence in PAGE.fences if fence.language == "markdown"]
    assert len(shown) > 7
    for number, text in enumerate(shown, 3):
        whole = text if text.startswith("---") else f"# Sheet\n\n{text}\nThe end.\n"
        empty.write(f"{number:02}-sheet-{number}.md", whole)
    ran = empty.build("--only", "web")
    assert (ran.code, ran.err) == (0, ""), ran.err
