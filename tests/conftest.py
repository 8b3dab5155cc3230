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
