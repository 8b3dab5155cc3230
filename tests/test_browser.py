"""The Dagster UI in a real browser: build everything, find the row to blame, mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.operate.deployment import deployment
from tests.operate.services import write_home
from tests.operate.walk import Ui, browser, lacking, walk
from tests.small import write_project


@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_the_ui_shows_which_row_is_to_blame_and_that_it_is_mended(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    home = write_home(tmp_path / "home", ROOT / "dagster.yaml")
    seen: list[str] = []

    with deployment(home, project.root, "pipeline.definitions") as live, browser() as page:
        walk(Ui(page, live, seen.append), project)

    assert seen == ["graph", "table", "check"]
