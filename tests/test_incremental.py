"""A rebuild makes what an edit has made out of date, exactly that, and never too little."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._core.definitions.data_version import CachingStaleStatusResolver, StaleStatus
from dagster._core.loader import LoadingContextForTest

from pipeline.definitions import defs
from pipeline.engine import Connection
from pipeline.fresh import find_stale
from pipeline.orchestration.automation import changed_sources
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.run import Outcome, rebuild_once
from pipeline.orchestration.turn import BUSY
from pipeline.project import Project
from pipeline.verify.itself import faults
from tests.conftest import ROOT
from tests.fresh import downstream, materialized, plan
from tests.small import DOCUMENTS, LINKED, add, row, write_project


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """An instance that rebuilds are kept in."""
    folder = tmp_path / "dagster"
    folder.mkdir()
    (folder / "dagster.yaml").write_text("telemetry:\n  enabled: false\n", "utf-8")
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
    with dg.DagsterInstance.get() as instance:
        yield instance


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A small project that has been released."""
    project = write_project(tmp_path / "small", DOCUMENTS, **LINKED)
    assert rebuild_once(project).published
    return project


def edit(project: Project, table: str, old: str, new: str) -> None:
    path = project.sources / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def last_run(instance: dg.DagsterInstance) -> str:
    return instance.get_runs(limit=1)[0].run_id


def checked(instance: dg.DagsterInstance, run_id: str) -> set[tuple[str, str]]:
    logged = instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    events = [entry.dagster_event for entry in logged]
    found = [event.asset_check_evaluation_data for event in events if event]
    return {(check.asset_key.to_user_string(), check.check_name) for check in found}


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("facility", "Port", "Harbour"),
        ("mission", "KFOR", "Kfor"),
        ("country", "Albania", "Republic of Albania"),
        ("milestone", "2014-06-27", "2014-06-24"),
    ],
)
def test_after_one_cell_of_one_table_exactly_what_depends_on_it_is_made(
    tmp_path: Path, home: dg.DagsterInstance, table: str, old: str, new: str
) -> None:
    port = row("facility", facility_id="bar", name="Port of Bar", iso3="ALB", cite="web2023")
    project = write_project(tmp_path / "small", DOCUMENTS, facility=port, **LINKED)
    assert rebuild_once(project).published
    assert len(materialized(home, last_run(home))) == len(plan().parts)

    edit(project, table, old, new)
    outcome = rebuild_once(project)

    assert outcome.published
    assert materialized(home, last_run(home)) == downstream(table)


def test_the_checks_of_a_table_run_again_when_one_that_they_read_is_made_again(
    small: Project, home: dg.DagsterInstance
) -> None:
    edit(small, "country", "SRB,RS", "SRB,XX")

    rebuild_once(small)

    made, looked_at = materialized(home, last_run(home)), checked(home, last_run(home))
    assert "membership" not in made
    assert ("membership", "references") in looked_at
    assert ("membership", "citations") in looked_at
    assert ("actor", "rows") not in looked_at


def test_a_row_that_others_refer_to_cannot_be_taken_away_unseen(small: Project) -> None:
    edit(small, "country", "ALB,AL,official,Albania,,,,true,,,,,web2023,,,\n", "")

    outcome = rebuild_once(small)

    assert outcome.version is None
    assert "membership" not in find_stale(small, plan()).parts
    assert (small.outputs / "latest").resolve().name == "0.1.0"


def test_the_only_table_that_is_read_again_tells_what_is_wrong_with_it(small: Project) -> None:
    edit(small, "milestone", "2014-06-27", "abuot 2014")

    assert 'sources/milestone.csv:2:4: date "abuot 2014": not a date' in rebuild_once(small).failures[0]


def test_a_file_that_no_table_reads_keeps_the_release_back(small: Project) -> None:
    (small.sources / "misssion.csv").write_text("mission_id\n", "utf-8")

    assert "did you mean mission.csv?" in rebuild_once(small).failures[0]


def test_what_failed_is_not_taken_for_passed_the_next_time(small: Project) -> None:
    add(small, "milestone", row("milestone", iso3="ZZZ", organisation_id="eu", milestone="invited", cite="web2023"))

    outcomes = [rebuild_once(small) for _ in range(2)]

    assert [outcome.version for outcome in outcomes] == [None, None]


def test_a_release_by_itself_is_refused_while_a_check_has_not_passed(small: Project, home: dg.DagsterInstance) -> None:
    add(small, "milestone", row("milestone", iso3="ZZZ", organisation_id="eu", milestone="invited", cite="web2023"))
    assert rebuild_once(small).version is None

    job = (
        defs()
        .resolve_job_def("rebuild")
        .get_subset(asset_selection={dg.AssetKey("release")}, asset_check_selection=set())
    )
    resources = {"checkout": Checkout(root=str(small.root))}
    result = job.execute_in_process(instance=home, resources=resources, raise_on_error=False)

    error = result.get_step_failure_events()[0].step_failure_data.error
    assert error is not None and "the check references of milestone" in error.to_string()
    assert (small.outputs / "latest").resolve().name == "0.1.0"


def test_after_nothing_nothing_runs(small: Project, home: dg.DagsterInstance) -> None:
    outcome = rebuild_once(small)

    assert outcome == Outcome("0.1.0")
    assert home.get_runs() == []


def test_a_full_rebuild_makes_everything(small: Project, home: dg.DagsterInstance) -> None:
    outcome = rebuild_once(small, full=True)

    assert outcome == Outcome("0.1.0")
    assert materialized(home, last_run(home)) == sorted(plan().parts)


def test_a_copy_of_a_checkout_is_as_good_as_the_first(small: Project, tmp_path: Path) -> None:
    copy = shutil.copytree(small.root, tmp_path / "copy", symlinks=True)

    assert not find_stale(Project(copy), plan())


def test_what_could_not_be_told_was_not_made(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> dict[str, Any]:
        raise ValueError("a plot that cannot be drawn")

    edit(small, "mission", "KFOR", "Kfor")
    for part, teller in (("mission", "tables.plot_metadata"), ("release", "release._told")):
        with monkeypatch.context() as patch:
            patch.setattr(f"pipeline.orchestration.{teller}", broken)
            assert rebuild_once(small).failures
        assert part in find_stale(small, plan()).parts

    assert rebuild_once(small).version == "0.1.1"


@pytest.mark.parametrize("file", ["dataset.yaml", "LICENSE", "facility.csv"])
def test_a_source_edited_while_the_release_is_made_keeps_it_back(
    small: Project, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    def edited(con: Connection, folder: Path, describe: Callable[[], object]) -> list[str]:
        path = small.sources / file
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
        return faults(con, folder, describe)

    edit(small, "mission", "KFOR", "Kfor")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.publish.faults", edited)
        outcome = rebuild_once(small)

    assert outcome.version is None
    assert "changed" in outcome.failures[0]
    assert (small.outputs / "latest").resolve().name == "0.1.0"
    if file != "facility.csv":  # an empty line at the end is no row of a CSV
        assert rebuild_once(small).published


def test_two_rebuilds_at_once_make_it_once(small: Project) -> None:
    edit(small, "mission", "KFOR", "Kfor")
    command = [sys.executable, "-m", "pipeline.cli", "--project", str(small.root), "release"]

    both = [subprocess.Popen(command, cwd=ROOT, stdout=-1, stderr=-1, text=True) for _ in range(2)]
    told = sorted(one.communicate() for one in both)

    assert [one.returncode for one in both] == [0, 0]
    assert told[0] == ("Nothing changed since release 0.1.1.\n", f"{BUSY}\n")
    assert told[1][0].startswith("Published release 0.1.1")


def test_the_ui_tells_what_an_edit_has_left_behind_until_it_is_made_again(
    small: Project, home: dg.DagsterInstance
) -> None:
    def stale() -> list[str]:
        graph = defs().resolve_asset_graph()
        resolver = CachingStaleStatusResolver(home, graph, LoadingContextForTest(home))
        return [name for name in plan().parts if resolver.get_status(dg.AssetKey(name)) != StaleStatus.FRESH]

    def look() -> None:
        with dg.build_sensor_context(
            home, resources={"checkout": Checkout(root=str(small.root))}, definitions=defs()
        ) as context:
            found = changed_sources(context)
        assert isinstance(found, dg.SensorResult)
        for event in found.asset_events:
            home.report_runless_asset_event(event)

    rebuild_once(small, full=True)
    assert stale() == []
    edit(small, "mission", "KFOR", "Kfor")
    look()
    assert stale() == ["mission"]
    rebuild_once(small)
    assert stale() == []

    edit(small, "mission", "Kfor", "KFOR")
    rebuild_once(small)  # before any look
    look()
    assert stale() == []
