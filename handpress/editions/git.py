"""Git: reading commits and files of a repository by the `git` command, and setting a tag.

A repository may come from anybody. Commands that run programs which its configuration names are not used: files are read
as they were committed, without filters, and compared here. The rest of its configuration is overridden.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

SECONDS = 60  # for one command
LARGEST = 2_000_000_000  # bytes of all files of a commit
# The user's own settings remain, such as the folders that `safe.directory` allows.
OVERRIDES = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.alternateRefsCommand": "",
    "core.untrackedCache": "false",
    "protocol.allow": "never",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "tag.gpgSign": "false",
    "trace2.eventTarget": "0",
}
KEPT = ("PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TMPDIR", "TEMP", "XDG_CONFIG_HOME")
LINK, FOLDER = "120000", "160000"  # modes of a symbolic link, and of another repository


class GitError(Exception):
    """A git command that failed, with the reason."""


class Blob(Struct, frozen=True):
    """A file in a commit: its path in the repository, its mode and its id."""

    path: str
    mode: str
    id: str


class Repository(Struct, frozen=True):
    """A git repository. `within` is the path of the workspace in its work tree, "" for the top."""

    root: Path
    within: str

    def commit(self, revision: str = "HEAD") -> str:
        """Return the full id of a commit; raise :class:`GitError` for an unknown one."""
        try:
            asked = (
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                f"{revision}^{{commit}}",
            )
            return _git(self.root, *asked).decode().strip()
        except GitError:
            shallow = " (this clone is shallow: `git fetch --unshallow` gets its history)"
            more = shallow if self.shallow else ""
            raise GitError(f"there is no commit `{revision}` here{more}") from None

    @property
    def shallow(self) -> bool:
        return _git(self.root, "rev-parse", "--is-shallow-repository").strip() == b"true"

    def files(self, commit: str) -> list[Blob]:
        """Return the files of the workspace in a commit, with paths relative to the workspace."""
        listed = _git(self.root, "ls-tree", "-r", "-z", "--full-tree", commit)
        found = []
        before = f"{self.within}/" if self.within else ""
        for row in filter(None, listed.split(b"\0")):
            facts, _, name = row.partition(b"\t")
            mode, _, id_ = facts.decode().split(" ")
            path = os.fsdecode(name)
            if path.startswith(before):
                found.append(Blob(path.removeprefix(before), mode, id_))
        return found

    def untracked(self) -> list[str]:
        """Return the files of the workspace that git neither has nor ignores."""
        asked = ("ls-files", "--others", "--exclude-standard", "-z")
        listed = _git(self.root / self.within, *asked)
        return sorted(os.fsdecode(name) for name in listed.split(b"\0") if name)

    def contents(self, blobs: Sequence[Blob]) -> Mapping[str, bytes]:
        """Return the bytes of each file, by its path."""
        asked = "".join(f"{blob.id}\n" for blob in blobs).encode()
        data = _git(self.root, "cat-file", "--batch", given=asked)
        if len(data) > LARGEST:
            raise GitError("the sources of the commit are too large")
        found, at = {}, 0
        for blob in blobs:
            end = data.index(b"\n", at)
            head = data[at:end].split()
            if len(head) != 3 or head[1] != b"blob":
                raise GitError(f"`{blob.path}` is missing in this clone")
            start, size = end + 1, int(head[2])
            found[blob.path] = data[start : start + size]
            at = start + size + 1
        return found

    def uncommitted(self, commit: str, counts: Callable[[str], bool]) -> list[str]:
        """Return the files of the workspace that are not as in the commit, also new ones, if their path `counts`."""
        root = self.root / self.within
        files = (b for b in self.files(commit) if b.mode != FOLDER and counts(b.path))
        changed = [blob.path for blob in files if not _same(root, blob)]
        return sorted({*changed, *filter(counts, self.untracked())})

    def has_tag(self, name: str) -> bool:
        return bool(_git(self.root, "tag", "--list", "--", name).strip())

    def tag(self, name: str, commit: str) -> None:
        """Set a tag; raise :class:`GitError` if it exists."""
        _git(self.root, "tag", "--", name, commit)


def repository(folder: Path) -> Repository | None:
    """Return the repository whose work tree has `folder`, or None without one, or without git."""
    if shutil.which("git") is None:
        return None
    try:
        top = _git(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n")
        within = _git(folder, "rev-parse", "--show-prefix").decode().rstrip("\n").rstrip("/")
        return Repository(Path(top), within) if folder.resolve().is_relative_to(top) else None
    except GitError:
        return None


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return the output of a git command."""
    settings = [part for key, value in OVERRIDES.items() for part in ("-c", f"{key}={value}")]
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_ASKPASS": "",
        "GIT_EDITOR": "true",
    }
    try:
        done = subprocess.run(
            ["git", "--no-pager", *settings, *arguments],
            cwd=folder,
            env=environment,
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"git took longer than {SECONDS} s") from None
    except OSError as error:
        raise GitError(f"git could not be run: {error.strerror}") from None
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise GitError(lines[0] if lines else f"git ended with code {done.returncode}")
    return done.stdout


def _same(root: Path, blob: Blob) -> bool:
    """Return whether a file of the work tree has the bytes of the commit, or differs only in its line ends."""
    place = root / blob.path
    try:
        if blob.mode == LINK:
            return _id(os.fsencode(place.readlink()), blob.id) == blob.id
        data = place.read_bytes()
    except OSError:
        return False
    return blob.id in (_id(data, blob.id), _id(data.replace(b"\r\n", b"\n"), blob.id))


def _id(data: bytes, like: str) -> str:
    """Return git's id of a file with these bytes, by the algorithm of another id."""
    algorithm = hashlib.sha1 if len(like) == 40 else hashlib.sha256
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
