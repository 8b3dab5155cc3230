"""The real daemon on an instance of its own: sensor, schedule, queue, retries and freshness."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator

import dagster as dg
import pytest
from dagster._core.definitions.freshness import FreshnessState
from dagster._core.scheduler.instigation import TickStatus

from pipeline.orchestration.turn import BUSY, turn
from pipeline.project import Project
from tests.conftest import ROOT
from tests.fresh import downstream, plan
from tests.operate.deployment import Deployment, deployment
from tests.operate.services import wait_for, write_home
from tests.small import write_project

SENSOR = ("dagster/sensor_name", "changed_sources")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return write_project(tmp_path_factory.mktemp("checkout") / "project")


@pytest.fixture(scope="module")
def live(small: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """All services, after the first rebuild, which the sensor asks for since it knows no state of the sources yet."""
    home = write_home(tmp_path_factory.mktemp("instance") / "home", ROOT / "dagster.yaml")
    with deployment(home, small.root, "tests.operate.quick", FRESHNESS_DAEMON_INTERVAL_SECONDS="10") as started:
        first = wait_for("the sensor's first request", lambda: started.runs_of(*SENSOR))[-1]
        assert started.ended(first.run_id).is_success, started.services.printed()
        yield started


def edit(project: Project, table: str, old: str, new: str) -> None:
    path = project.sources / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def latest(project: Project) -> str:
    return (project.outputs / "latest").readlink().name


def wait_for_a_quiet_sensor(live: Deployment, looks: int = 2) -> None:
    """Until the sensor has looked some times more, and seen nothing new."""
    before = len(live.ticks("changed_sources", TickStatus.SKIPPED))
    wait_for(
        "the sensor to skip",
        lambda: len(live.ticks("changed_sources", TickStatus.SKIPPED)) >= before + looks,
        seconds=90,
    )


def test_the_sensor_asks_once_after_an_edit_and_not_again(live: Deployment, small: Project) -> None:
    before = len(live.ticks("changed_sources", TickStatus.SUCCESS))
    assert before == 1

    edit(small, "country", "Kosovo", "Republic of Kosovo")

    wait_for("the release that has the edit", lambda: latest(small) != "0.1.0")
    wait_for_a_quiet_sensor(live)
    assert len(live.ticks("changed_sources", TickStatus.SUCCESS)) == before + 1
    newest, *others = live.runs_of(*SENSOR)
    assert len(others) == before
    assert live.materialized(newest.run_id) == downstream("country")


def test_two_requests_at_once_give_one_rebuild(live: Deployment) -> None:
    runs = [live.ended(run_id) for run_id in live.ask_at_once(2)]

    begun = [run for run in runs if run.is_success]
    spared = [run for run in runs if run not in begun]
    assert [len(begun), len(spared)] == [1, 1]
    assert_spared(live, spared[0])
    assert live.evaluated_by() == {begun[0].run_id: "SUCCEEDED"}


def assert_spared(live: Deployment, run: dg.DagsterRun) -> None:
    """A run was cancelled before it began, and the run that it names did what it asked for."""
    assert run.status == dg.DagsterRunStatus.CANCELED
    told = re.search(r"run (\S+) asks for the same and has not begun yet", live.said(run.run_id))
    assert told and live.ended(told[1]).is_success
    assert "STEP_START" not in {e.dagster_event_type for e in live.instance.all_logs(run.run_id)}
    assert run.run_id not in live.evaluated_by()


def test_whoever_asks_for_what_a_waiting_run_makes_is_spared(live: Deployment, small: Project) -> None:
    with turn(small.build / ".lock"):  # as another rebuild would
        first = live.ask()
        wait_for("a rebuild to wait for its turn", lambda: BUSY in live.said(first))
        others = [live.ask_for(["country"]), live.ask_for(["membership"])]
        assert {live.run(run_id).status for run_id in others} == {dg.DagsterRunStatus.QUEUED}
        second = live.ask()
        by_button, of_one = live.ask_for(plan().parts), live.ask_for(["country"])

    for run_id in (by_button, of_one):
        assert_spared(live, live.ended(run_id))
    assert all(live.ended(run_id).is_success for run_id in (first, *others, second))


def test_a_failing_source_leaves_the_last_release_and_tells_why(live: Deployment, small: Project) -> None:
    before = latest(small)

    edit(small, "milestone", "2014-06-27", "abuot 2014")

    failed = wait_for(
        "a rebuild that fails", lambda: live.instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE]))
    )[0]
    assert 'sources/milestone.csv:2:4: date "abuot 2014": not a date' in live.said(failed.run_id)
    assert latest(small) == before

    edit(small, "milestone", "abuot 2014", "2014-06-28")

    wait_for("the release that has the correction", lambda: latest(small) != before)
    assert not live.instance.get_runs(
        dg.RunsFilter(tags={"dagster/parent_run_id": failed.run_id})
    )  # none is tried again


@pytest.mark.operate
def test_a_rebuild_whose_process_dies_is_run_once_more(live: Deployment, small: Project) -> None:
    with turn(small.build / ".lock"):  # as another rebuild would, so that this one waits to be killed
        run_id = live.ask()
        wait_for("the rebuild to wait for its turn", lambda: BUSY in live.said(run_id))
        os.kill(wait_for("its process", lambda: live.process_of(run_id)), signal.SIGKILL)
        assert live.ended(run_id).status == dg.DagsterRunStatus.FAILURE

    again = wait_for(
        "the second try", lambda: live.instance.get_runs(dg.RunsFilter(tags={"dagster/parent_run_id": run_id}))
    )
    assert live.ended(again[0].run_id).is_success


def test_the_schedule_asks_at_the_full_minute(live: Deployment) -> None:
    live.start_schedule("minutely")

    tick = wait_for("the schedule", lambda: live.ticks("minutely", TickStatus.SUCCESS), seconds=90)[-1]

    assert tick.timestamp % 60 == 0
    assert live.runs_of("dagster/schedule_name", "minutely")


def test_what_was_just_made_is_fresh(live: Deployment) -> None:
    key = dg.AssetKey("release")

    def fresh() -> bool:
        found = live.instance.get_freshness_state_records([key]).get(key)
        return found is not None and found.freshness_state == FreshnessState.PASS

    wait_for("the freshness of the release", fresh)
