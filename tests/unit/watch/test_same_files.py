"""The files of `watch` are those of a build: after fifty random edits, some in the middle of a build."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from handpress.watch.ahead import WarmWorkers
from handpress.watch.maker import Maker
from helpers.pictures import svg
from helpers.workspaces import Book, Ran, files, publish

EDITS = 50
PRESSED = 42  # from this edit on, with handouts as well: the press takes longer than all the rest
MOON = "sources/moon"


def changed_word(rng: Random, text: str) -> str:
    words = text.split(" ")
    words[rng.randrange(len(words))] += rng.choice([" tide", "s", ""])
    return " ".join(words)


def lost_paragraph(rng: Random, text: str) -> str:
    parts = text.split("\n\n")
    del parts[rng.randrange(len(parts))]
    return "\n\n".join(parts)


WRITE: tuple[Callable[[Random, str], str], ...] = (
    changed_word,
    changed_word,
    changed_word,
    lost_paragraph,
    lambda rng, text: f"{text}\nA paragraph with a number, {rng.randrange(100)}.\n",
    lambda rng, text: f"{text}\n## A heading {rng.randrange(9)}\n\nSee [it](spring.md).\n",
    lambda rng, text: f"{text}\n| a | b |\n| - | {'-' * rng.randrange(3)}\n| 1 | 2 |\n",
    lambda rng, text: text.replace("title:", rng.choice(["title: [", "titel:", "title:  "]), 1),
    lambda rng, text: f"{text}\n![A wave](images/wave-{rng.randrange(2)}.svg)\n",
    lambda rng, text: text[: rng.randrange(len(text) + 1)],
)


def settings(rng: Random, root: Path, media: str) -> list[str]:
    file = root / MOON / "series.yaml"
    file.write_text(f"title: The Moon {rng.randrange(9)}\nmedia: [{media}]\n")
    return [file.relative_to(root).as_posix()]


def edit(rng: Random, root: Path, media: str) -> list[str]:
    """Change something in the workspace; return the paths that a watcher would report."""
    articles = sorted((root / MOON).glob("*.md"))
    kind = rng.randrange(20)
    if kind == 0 and len(articles) > 1:
        gone = rng.choice(articles)
        gone.unlink()
        return [gone.relative_to(root).as_posix()]
    if kind == 1:
        new = root / MOON / f"{rng.randrange(10, 99)}-new-{rng.randrange(5)}.md"
        new.write_text(f"# New {rng.randrange(9)}\n\nWith a word or two.\n")
        return [new.relative_to(root).as_posix()]
    if kind == 2:
        old = rng.choice(articles)
        new = old.with_name(f"{rng.randrange(10, 99)}-{old.name.partition('-')[2]}")
        old.rename(new)
        return [p.relative_to(root).as_posix() for p in (old, new)]
    if kind == 3:
        wave = root / MOON / f"images/wave-{rng.randrange(2)}.svg"
        wave.write_bytes(svg(f'<path d="M0 5h{rng.randrange(1, 20)}v2h-1z"/>'))
        return [wave.relative_to(root).as_posix()]
    if kind == 4:
        return settings(rng, root, media)
    if kind == 5:
        sheet = root / "layouts/theme.css"
        sheet.parent.mkdir(exist_ok=True)
        sheet.write_text(f"p {{ margin-top: {rng.randrange(5)}pt; }}\n")
        return [sheet.relative_to(root).as_posix()]
    article = rng.choice(articles)
    article.write_text(rng.choice(WRITE)(rng, article.read_text()))
    return [article.relative_to(root).as_posix()]


def test_the_files_are_those_of_a_build(book: Book, tmp_path: Path) -> None:
    rng = Random(16)
    settings(rng, book.root, "web")
    interrupted = 0
    with WarmWorkers(2) as workers:
        maker = Maker(book.root, book.output, workers)
        maker.guarded(maker.begin)
        for number in range(EDITS):
            media = "web" if number < PRESSED else "handout, web"
            first = settings if number == PRESSED else edit
            changed = first(rng, book.root, media)
            if number % 5 == 0:  # the next one is saved before this one is made
                maker.wishes.put(edit(rng, book.root, media))
            maker.visible = rng.choice([(), ("web",), ("handout",), ("handout", "web")])
            maker.guarded(lambda changed=changed: maker.follow([changed]))
            while not maker.wishes.empty():
                interrupted += 1
                wishes = maker.gathered()
                assert wishes
                maker.guarded(lambda wishes=wishes: maker.follow(wishes))
            assert "bug" not in maker.notice, maker.notice
    assert interrupted == len(range(0, EDITS, 5))
    last_good(book, tmp_path / "fresh")


def last_good(book: Book, fresh: Path) -> None:
    """Compare with a build of the same sources: one after the other, and one from nothing."""
    before = files(book.output)
    ran: Ran = publish(cwd=book.root)
    assert ran.made == []
    assert files(book.output) == before
    if ran.code == 0:
        shutil.copytree(book.root, fresh, ignore=shutil.ignore_patterns("output"))
        publish(cwd=fresh)
        made = files(fresh / "output")
        assert made
        assert made == {path: data for path, data in before.items() if path in made}
