"""Shared by every test: workspaces that run the real command, and the sample, published once."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from handpress.press.pool import Workers
from helpers.editions import make_editions
from helpers.local_servers import browser, serving, tab, watched  # noqa: F401  # fixtures
from helpers.remembering import Remembering
from helpers.workspaces import MODEL, TOOLS, Book, copy_sample, files, publish

# Thousands of tests are collected, and stay: neither meanwhile nor later is it worth while to look for garbage among them.
gc.disable()

# Hypothesis tries the same examples each time, however slow the machine is.
settings.register_profile(
    "any machine", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

# Node.js of the virtual environment, and Ace: `make test` installs both.
os.environ["PATH"] = os.pathsep.join(
    [str(Path(sys.executable).parent), str(TOOLS / "node_modules/.bin"), os.environ["PATH"]]
)

# The last check of each workspace is kept in the user's cache: that of this run.
CACHE = os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="handpress-tests-")
atexit.register(shutil.rmtree, CACHE, ignore_errors=True)
# Hundreds of tests start the program: it is compiled once, even for users who want no bytecode beside their code.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    BYTECODE = os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="bytecode-of-tests-")
    atexit.register(shutil.rmtree, BYTECODE, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write tests/cases/*/expected.txt as it comes out now",
    )


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def press() -> Iterator[Remembering]:
    """The press of all builds in this process, except those of tests that are marked with `anew`."""
    with Workers(2) as hired:
        yield Remembering(hired)


@pytest.fixture
def empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> Book:
    """A folder with nothing in it."""
    root = tmp_path / "workspace"
    root.mkdir()
    anew = request.node.get_closest_marker("anew")
    return Book(root, capsys.readouterr, None if anew else request.getfixturevalue("press"))


@pytest.fixture
def book(empty: Book) -> Book:
    """A copy of the model workspace: two articles, a picture, an author."""
    shutil.copytree(MODEL, empty.root, dirs_exist_ok=True)
    return empty


@pytest.fixture
def sample(empty: Book) -> Book:
    """A copy of the sample series' sources, to be edited."""
    copy_sample(empty.root)
    return empty


def made_once(base: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder `name` that `make` fills. The first worker of pytest-xdist to ask makes it for all."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    root, done = base / name, base / f"{name}.done"
    with FileLock(base / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)
            make(root)
            done.touch()
    return root


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample, published once. The folder of its workspace; nobody writes into it."""

    def make(root: Path) -> None:
        copy_sample(root)
        ran = publish("--jobs", "2", root, env={"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1"})
        assert (ran.code, ran.err) == (0, ""), ran

    root = made_once(tmp_path_factory.getbasetemp(), "a published workspace", make)
    before = files(root)
    yield root
    assert files(root) == before, "a test wrote into the published sample"


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in all its languages, published once, without a warning. Nobody writes into it."""

    def make(root: Path) -> None:
        copy_sample(root, translations=True)
        ran = publish("--jobs", "2", root)
        assert (ran.code, ran.err) == (0, ""), ran

    return made_once(tmp_path_factory.getbasetemp(), "translated", make)


@pytest.fixture(scope="session")
def model_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of the model workspace, made once. No test writes into it."""

    def make(root: Path) -> None:
        shutil.copytree(MODEL, root)
        ran = publish(cwd=root)
        assert (ran.code, ran.err) == (0, ""), ran

    return made_once(tmp_path_factory.getbasetemp(), "model", make) / "output"


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with four editions in git, made once. Nobody writes into it."""
    return made_once(tmp_path_factory.getbasetemp(), "editions", make_editions)


@pytest.fixture
def editions(empty: Book, released: Path) -> Book:
    """A copy of the workspace with four editions."""
    shutil.copytree(released, empty.root, dirs_exist_ok=True)
    return empty


@pytest.fixture
def built(book: Book, model_output: Path) -> Book:
    """A copy of the model workspace that has been published already: all of it is fresh."""
    shutil.copytree(model_output, book.output)
    return book
