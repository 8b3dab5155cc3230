"""The page among the assets: made with the rest, skipped with the rest, and no part of whether a release was made."""

from __future__ import annotations

import shutil
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner, Result

from pipeline.blueprint import EXPLORER
from pipeline.cli import cli
from pipeline.code import code_files
from pipeline.explorer.page import page
from pipeline.explorer.place import FILE
from pipeline.fresh import find_stale
from pipeline.made import read_made
from pipeline.orchestration.run import rebuild_once
from pipeline.problems import PipelineError
from pipeline.project import Project
from tests.conftest import ROOT
from tests.fresh import plan
from tests.small import DOCUMENTS, LINKED, write_project
from tests.test_dagster import job_of


def wb6(project: Project, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--project", str(project.root), *arguments])


def test_a_page_that_cannot_be_made_does_not_unmake_the_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path, DOCUMENTS, **LINKED)

    def fails(_: Project) -> Path:
        raise PipelineError("no room for the page")

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.explorer.make.page_of", fails)
        first, second = wb6(project, "release"), wb6(project, "release")
    third, fourth = wb6(project, "release"), wb6(project, "release")

    assert "Published release 0.1.0 in outputs/releases/0.1.0." in first.stdout
    assert "Nothing changed since release 0.1.0." in second.stdout
    for failed in (first, second):
        assert failed.exit_code == 1
        assert "no room for the page" in failed.stdout
        assert "The release stands" in failed.stderr and "Not released" not in failed.output
    assert "1 of" in second.stderr and "1/1]" not in second.stderr
    assert "[ 1/1] explorer" in third.stderr
    assert third.exit_code == fourth.exit_code == 0
    assert fourth.output == "Nothing changed since release 0.1.0.\n"


def test_a_release_is_not_late_for_its_page(tmp_path: Path) -> None:
    project = write_project(tmp_path, DOCUMENTS, **LINKED)
    said: list[str] = []

    assert rebuild_once(project, said.append).published

    assert not [line for line in said if line.startswith("check current")]
    assert not find_stale(project, plan())


def test_the_page_of_a_release_without_one_is_made_in_the_build_folder_and_made_again_where_it_is_lost(
    tmp_path: Path,
) -> None:
    shutil.copytree(ROOT / "outputs", tmp_path / "outputs", symlinks=True)
    shutil.copytree(ROOT / "sources", tmp_path / "sources")
    (tmp_path / "build").mkdir()
    project = Project(tmp_path)
    latest = (tmp_path / "outputs" / "latest").resolve()
    (latest / FILE).unlink(missing_ok=True)
    job = job_of(project, dg.AssetKey(EXPLORER))

    result = job.execute_in_process()

    made = tmp_path / "build" / f"explorer-{latest.name}.html"
    (told,) = result.get_asset_materialization_events()
    assert made.read_text("utf-8") == page(latest)
    assert told.materialization.metadata["path"].value == str(made)
    assert told.materialization.metadata["size in bytes"].value == made.stat().st_size
    kept = read_made(project, EXPLORER)
    assert kept is not None and kept.inputs["code"] == plan().parts[EXPLORER].code
    before = find_stale(project, plan()).parts[EXPLORER]
    made.unlink()
    assert before.startswith("follows from") and read_made(project, EXPLORER) == kept


def test_what_the_assets_are_built_from_is_no_code_at_work() -> None:
    names = [name for name in code_files() if name.startswith("pipeline/explorer/")]

    assert "pipeline/explorer/assets/explorer.js" in names
    assert not [name for name in names if name.startswith("pipeline/explorer/web/")]
