"""A series with four editions in git: an article is changed, one is added, one made safe, one removed, and their order."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from helpers.workspaces import Book, Ran, publish

SETTINGS = """\
title: The Knee   # of one leg
authors: [Ada Stone]
id: knee
media: [handout, epub, web]
articles: [{articles}]
site: https://knee.example/
"""
TEXTS = {
    "rest": "# Rest the Knee\n\nRest it for two days. Then walk a little, and a little more each day.\n",
    "strength": "# Strengthen the Knee\n\nStand up from a chair ten times. Rest for a minute, and do it again.\n",
    "heat": "# Heat for the Knee\n\nPut a warm pad on it for sixty minutes. A towel keeps the skin safe.\n",
    "sleep": "# Sleep and the Knee\n\nSleep on your side. A pillow between the knees helps many people.\n",
}
FOLDER = "sources/knee"
LEDGER, SERIES = f"{FOLDER}/editions.yaml", f"{FOLDER}/series.yaml"
DATES = {"1": "2026-11-22", "2": "2027-03-01", "2.1": "2027-04-10", "3": "2028-01-15"}
# No setting of the machine's own git counts.
IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "Ada" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "ada@knee.example" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_DATE": "2026-11-22T12:00:00Z" for who in ("AUTHOR", "COMMITTER")},
}


# A module that Python imports at its start: all clocks are five years ahead.
FALSE_CLOCK = """\
import datetime, time

AHEAD = 5 * 365 * 86_400
true = time.time
time.time = lambda: true() + AHEAD

class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())

class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)

datetime.date, datetime.datetime = Day, Moment
"""


def git(root: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=root,
        env={**os.environ, **IDENTITY},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == code, done
    return done.stdout


def commit(root: Path, subject: str) -> str:
    """Commit everything, and return the commit."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", subject)
    return git(root, "rev-parse", "HEAD").strip()


def release(root: Path, *arguments: str, zone: str = "UTC") -> Ran:
    """Release, and commit the ledger."""
    # With git alone: no validator is found, which would take longer than all the rest.
    tools = root.parent / f"{root.name} tools"
    tools.mkdir(exist_ok=True)
    if not (tools / "git").exists():
        (tools / "git").symlink_to(shutil.which("git") or "git")
    ran = publish("release", root, *arguments, env={"TZ": zone, "PATH": str(tools)})
    assert ran.code == 0, ran
    commit(root, "Release")
    return ran


def write(root: Path, slugs: str, **texts: str) -> None:
    """Write the settings with these articles, and the texts of some."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "series.yaml"
    if settings.exists():  # the lines that a release added stay
        lines = settings.read_text(encoding="utf-8").splitlines()
        lines = [f"articles: [{slugs}]" if x.startswith("articles:") else x for x in lines]
        settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        settings.write_text(SETTINGS.format(articles=slugs), encoding="utf-8")
    for slug, text in texts.items():
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")


def make_editions(root: Path) -> None:
    """Make the workspace with its four editions."""
    root.mkdir(parents=True)
    git(root, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text("output/\n", encoding="utf-8")
    first = {slug: TEXTS[slug] for slug in ("rest", "strength", "heat")}
    write(root, "rest, strength, heat", **first)
    commit(root, "Write three articles")
    release(root, "--date", DATES["1"], "--note", "Three articles.", "--tag")

    stronger = TEXTS["strength"].replace("ten times", "ten times, slowly") + "\nStop if it hurts.\n"
    write(root, "rest, strength, heat, sleep", strength=stronger, sleep=TEXTS["sleep"])
    commit(root, "Write about sleep")
    release(root, "--date", DATES["2"], "--note", "Sleep is new.", zone="Pacific/Kiritimati")

    safer = TEXTS["heat"].replace("sixty minutes", "fifteen minutes")
    write(root, "rest, strength, heat, sleep", heat=safer)
    commit(root, "Correct the time")
    noted = ("--note", "One time was wrong.", "--note", "heat: An hour can burn the skin.")
    release(root, "--date", DATES["2.1"], "--revision", "--safety", *noted)

    write(root, "sleep, strength, heat")
    (root / FOLDER / "rest.md").unlink()
    commit(root, "Leave out the old advice")
    release(root, "--date", DATES["3"], "--note", "Rest is no advice any more.")


def changes(book: Book, label: str) -> dict[str, str]:
    """Return the kinds of change in an edition, by article."""
    from handpress.series.ledger.editions import read_ledger
    from helpers.workspaces import bare_workspace

    ledger, problems = read_ledger(bare_workspace(book.root).disk, FOLDER)
    assert problems == []
    edition = ledger.edition(label)
    assert edition is not None
    return {slug: article.change for slug, article in edition.articles.items()}
