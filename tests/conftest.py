"""Fixtures: a project of its own for each test, with the real sources or with few of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.project import Project

ROOT = Path(__file__).parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the real sources, with an empty store."""
    shutil.copytree(ROOT / "sources", tmp_path / "sources")
    return Project(tmp_path)


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
