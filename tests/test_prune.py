"""Forgetting old runs: what goes, and what stays however old it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.orchestration.prune import Pruned, prune
from tests.conftest import ROOT

LATER = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=100)


@dg.asset(name="country", check_specs=[dg.AssetCheckSpec("rows", asset="country")])
def country() -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Named as a table of the project with a check of its own."""
    yield dg.MaterializeResult()
    yield dg.AssetCheckResult(passed=True, check_name="rows")


def make(instance: dg.DagsterInstance) -> str:
    """Make the asset and evaluate its check; the run's id."""
    return dg.materialize([country], instance=instance).run_id


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    (home / "dagster.yaml").write_bytes((ROOT / "dagster.yaml").read_bytes())
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    return home


@pytest.fixture
def instance(home: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.from_config(str(home)) as instance:
        yield instance


def test_a_run_is_forgotten_once_a_later_one_has_made_everything_anew(instance: dg.DagsterInstance, home: Path) -> None:
    older, newer = make(instance), make(instance)
    made = instance.get_latest_materialization_event(dg.AssetKey("country"))
    assert [path for path in home.rglob("*") if older in path.name]

    assert prune(instance, 90, LATER) == Pruned(forgotten=1, kept=1)

    assert [run.run_id for run in instance.get_runs()] == [newer]
    assert instance.get_latest_materialization_event(dg.AssetKey("country")) == made
    assert not [path for path in home.rglob("*") if older in path.name]
    assert prune(instance, 90, LATER) == Pruned(forgotten=0, kept=1)


def test_the_run_that_last_evaluated_a_check_stays(instance: dg.DagsterInstance) -> None:
    make(instance)
    instance.report_runless_asset_event(dg.AssetMaterialization("country"))

    assert prune(instance, 90, LATER) == Pruned(forgotten=0, kept=1)


def test_what_is_not_old_stays_and_a_dry_run_forgets_nothing(instance: dg.DagsterInstance) -> None:
    make(instance)
    make(instance)

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
