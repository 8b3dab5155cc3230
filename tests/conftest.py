"""Fixtures: a project of its own for each test, with the real sources or with few of them."""

from __future__ import annotations

import shutil
import socket
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from pipeline.project import Project

if TYPE_CHECKING:
    from dagster import DagsterInstance

    from tests.stored import Server

ROOT = Path(__file__).parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the real sources, with an empty store."""
    shutil.copytree(ROOT / "sources", tmp_path / "sources")
    return Project(tmp_path)


def with_release(home: Path, version: str) -> Path:
    """Give a project without sources a store with a copy of one published release, its latest; the release's folder."""
    (home / "sources").mkdir()
    release = home / "outputs" / "releases" / version
    shutil.copytree(ROOT / "outputs" / "releases" / version, release)
    (home / "outputs" / "latest").symlink_to(Path("releases") / version)
    return release


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[DagsterInstance]:
    """A Dagster instance of its own, that keeps what happened."""
    import dagster as dg

    with dg.instance_for_test(temp_dir=str(tmp_path)) as instance:
        yield instance


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection, so that what passes needs none."""

    def refused(*_: object) -> None:
        raise AssertionError("a test that must run offline reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of the committed latest release, by their names."""
    with duckdb.connect(":memory:") as con:
        for path in (ROOT / "outputs" / "latest" / "parquet").glob("*.parquet"):
            con.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet('{path}')").fetchall()
        yield con


def edit(project: Project, name: str, old: str, new: str) -> None:
    """Replace a text that stands once in a source file."""
    path = project.sources / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A store with two small releases, as they were published; not to be changed."""
    from tests.tampered import write_store

    return write_store(tmp_path_factory.mktemp("made"))


@pytest.fixture
def store(made: Project, tmp_path: Path) -> Project:
    """A copy of it."""
    shutil.copytree(made.root, tmp_path / "copy", symlinks=True)
    return Project(tmp_path / "copy")


@pytest.fixture(scope="session")
def storage() -> Iterator[Server]:
    """A server of object storage on this machine."""
    from tests.stored import lacks, serving

    why = lacks()
    if why:
        pytest.skip(why)
    with serving() as server:
        yield server


@pytest.fixture
def address(storage: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A place of its own in that storage, which works as it should; the environment leads to it."""
    from tests.stored import BUCKET

    for name, value in storage.environment.items():
        monkeypatch.setenv(name, value)
    storage.fail()
    yield f"s3://{BUCKET}/{uuid.uuid4().hex}"
    storage.fail()


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with two editions built and nothing published. Not to be changed."""
    from tests.soak.prepared import prepare

    return prepare(tmp_path_factory.mktemp("ready"))


@pytest.fixture
def checkout(ready: Project, tmp_path: Path, address: str) -> Callable[[str], Project]:
    """Makes a checkout with an edition chosen, which publishes to the address."""

    from tests.soak.prepared import choose

    def make(edition: str) -> Project:
        root = tmp_path / f"{edition}-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(ready.root, root, symlinks=True)
        made = replace(Project(root), outputs_at=address)
        choose(made, edition)
        return made

    return make
