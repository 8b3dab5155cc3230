"""Forgetting old runs: what goes, and what stays however old it is."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.orchestration.prune import Pruned, prune
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from tests.conftest import ROOT
from tests.small import write_project

LATER = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=100)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with two rebuilds."""
    home = tmp_path_factory.mktemp("made")
    (home / "dagster.yaml").write_bytes((ROOT / "dagster.yaml").read_bytes())
    project: Project = write_project(tmp_path_factory.mktemp("checkout") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(home))
        for _ in range(2):
            assert rebuild_once(project).version == "0.1.0"
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to prune."""
    home = shutil.copytree(made, tmp_path / "home")
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    return home


@pytest.fixture
def instance(home: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.from_config(str(home)) as instance:
        yield instance


def test_a_run_is_forgotten_once_a_later_one_has_made_everything_anew(instance: dg.DagsterInstance, home: Path) -> None:
    newer, older = (run.run_id for run in instance.get_runs())
    made = instance.get_latest_materialization_event(dg.AssetKey("release"))

    assert prune(instance, 90, LATER) == Pruned(forgotten=1, kept=1)

    assert [run.run_id for run in instance.get_runs()] == [newer]
    assert instance.get_latest_materialization_event(dg.AssetKey("release")) == made
    assert not [path for path in home.rglob("*") if older in path.name]
    assert prune(instance, 90, LATER) == Pruned(forgotten=0, kept=1)


def test_what_is_not_old_stays_and_a_dry_run_forgets_nothing(instance: dg.DagsterInstance) -> None:
    assert prune(instance, 101, LATER) == Pruned(forgotten=0, kept=0)
    assert prune(instance, 90, LATER, forget=False) == Pruned(forgotten=1, kept=1)
    assert len(instance.get_runs()) == 2


def test_the_command_says_what_it_did(home: Path) -> None:
    done = CliRunner().invoke(cli, ["prune", "--days", "1"])

    assert done.exit_code == 0
    assert done.output == "Forgot 0 runs older than 1 day.\n"


@pytest.mark.parametrize("named", ["", "nowhere"])
def test_the_command_says_where_it_looks_for_an_instance(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", named)

    done = CliRunner().invoke(cli, ["prune"])

    assert done.exit_code == 1
    assert "set it to the folder that holds dagster.yaml" in done.output
