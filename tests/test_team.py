"""Dagster for a team: the services of deploy/ on a PostgreSQL server, guests, rebuilds at once, back-up and restore."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipeline.project import Project
from tests.conftest import ROOT
from tests.operate.deployment import Deployment
from tests.operate.postgres import Server, lacking, postgres
from tests.operate.services import services, write_home
from tests.operate.units import start_units
from tests.small import write_project

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking())

LAUNCH = """mutation { launchRun(executionParams: {selector: {
  repositoryLocationName: "wb6", repositoryName: "__repository__", pipelineName: "rebuild"}, runConfigData: "{}"}) {
  __typename ... on UnauthorizedError { message } ... on PythonError { message } } }"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return write_project(tmp_path_factory.mktemp("checkout") / "project")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as started:
        yield started


@pytest.fixture(scope="module")
def address(server: Server) -> Iterator[str]:
    found = server.create("wb6")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WB6_DATABASE", found)
        yield found


@pytest.fixture(scope="module")
def home(address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_home(tmp_path_factory.mktemp("instance") / "home", ROOT / "deploy" / "dagster.yaml")


@pytest.fixture(scope="module")
def ports(home: Path) -> dict[str, int]:
    return {}


@pytest.fixture(scope="module")
def team(home: Path, small: Project, ports: dict[str, int]) -> Iterator[Deployment]:
    with services(home, small.root) as started:
        ports.update(start_units(started, home / "workspace.yaml"))
        with dg.DagsterInstance.from_config(str(home)) as instance:
            yield Deployment(started, instance, ports["wb6-web"])


def ask_graphql(url: str, query: str) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310
        url, json.dumps({"query": query}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        told: dict[str, Any] = json.load(answer)
    return told


def change_something(project: Project, number: int) -> None:
    path = project.sources / "country.csv"
    path.write_text(re.sub(",Albania[^,]*,", f",Albania {number},", path.read_text("utf-8")), "utf-8")


def assert_no_trouble(team: Deployment) -> None:
    """No process printed, and no run recorded, that a lock, a deadlock or the database stood in its way."""
    told = team.services.printed() + "".join(team.said(run.run_id) for run in team.instance.get_runs())
    assert not re.findall(r".*(?:locked|[Dd]eadlock|OperationalError|could not obtain lock|Traceback).*", told)


def test_every_service_listens_on_localhost_only(team: Deployment, ports: dict[str, int]) -> None:
    listening: dict[int, set[str]] = {}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text("utf-8").splitlines()[1:]:
            _, address, _, state, *_ = line.split()
            place, port = address.split(":")
            if state == "0A":
                listening.setdefault(int(port, 16), set()).add(place)

    local = {"0100007F", "0000000000000000FFFF00000100007F"}  # 127.0.0.1, by itself and in an address of version 6
    assert all(listening[port] <= local for port in ports.values())


def test_guests_may_look_and_start_nothing(team: Deployment, ports: dict[str, int]) -> None:
    guests = f"http://127.0.0.1:{ports['wb6-guests']}/guests/graphql"
    before = len(team.instance.get_runs())

    seen = ask_graphql(guests, "{ assetNodes { assetKey { path } } }")
    refused = ask_graphql(guests, LAUNCH)

    assert ["country"] in [node["assetKey"]["path"] for node in seen["data"]["assetNodes"]]
    assert refused["data"]["launchRun"]["__typename"] == "UnauthorizedError"
    assert len(team.instance.get_runs()) == before


def test_three_requests_at_once_give_one_rebuild(team: Deployment, small: Project) -> None:
    runs = [team.ended(run_id) for run_id in team.ask_at_once(3)]

    statuses = sorted(run.status.value for run in runs)
    assert statuses == ["CANCELED", "CANCELED", "SUCCESS"], team.services.printed()
    assert [path.name for path in (small.outputs / "releases").iterdir()] == ["0.1.0"]
    assert_no_trouble(team)


@pytest.mark.parametrize("terminals", [1, pytest.param(3, marks=pytest.mark.operate)])
def test_rebuilds_from_terminals_and_from_the_queue_take_turns(
    team: Deployment, small: Project, terminals: int
) -> None:
    before = len(list((small.outputs / "releases").glob("*")))
    change_something(small, terminals)
    command = [sys.executable, "-m", "pipeline.cli", "--project", str(small.root), "release", "--quiet"]
    surroundings = team.services.surroundings()

    def release(_: int) -> str:
        done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.splitlines()[0]

    with ThreadPoolExecutor(terminals) as pool:
        asked = team.ask()
        told = list(pool.map(release, range(terminals)))

    assert team.ended(asked).is_success
    assert sum(line.startswith("Published release") for line in told) <= 1
    assert len(list((small.outputs / "releases").glob("*"))) == before + 1
    assert_no_trouble(team)


@pytest.mark.operate
def test_twenty_rebuilds_in_a_row_each_publish_what_changed(team: Deployment, small: Project) -> None:
    releases = small.outputs / "releases"
    before = len(list(releases.glob("*")))

    for number in range(100, 120):
        change_something(small, number)
        assert team.ended(team.ask()).is_success, team.services.printed()

    assert len(list(releases.glob("*"))) == before + 20
    assert_no_trouble(team)


def history(home: Path) -> dict[str, object]:
    """What an instance remembers: its runs, and the last of every asset and check."""
    with dg.DagsterInstance.from_config(str(home)) as instance:
        runs = {run.run_id: (run.status, len(instance.all_logs(run.run_id))) for run in instance.get_runs()}
        assets = {key: instance.get_latest_materialization_event(key) for key in instance.all_asset_keys()}
    logs = {path.relative_to(home): path.read_bytes() for path in (home / "storage").rglob("*") if path.is_file()}
    return {"runs": runs, "assets": assets, "logs": logs}


def test_a_back_up_restored_into_an_empty_server_shows_the_same_history(
    team: Deployment, home: Path, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = history(home)
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    subprocess.run([ROOT / "deploy" / "backup", tmp_path / "backups"], check=True)
    archives = list((tmp_path / "backups").iterdir())
    assert [path.suffix for path in archives] == [".tar"]

    assert archives[0].stat().st_mode & 0o077 == 0

    refused = subprocess.run([ROOT / "deploy" / "restore", archives[0]], capture_output=True, text=True, check=False)
    with postgres() as other:
        monkeypatch.setenv("WB6_DATABASE", other.create("wb6"))
        restored = write_home(tmp_path / "home", ROOT / "deploy" / "dagster.yaml")
        monkeypatch.setenv("DAGSTER_HOME", str(restored))
        (restored / "storage").mkdir()
        (restored / "storage" / "left").touch()
        again = subprocess.run([ROOT / "deploy" / "restore", archives[0]], capture_output=True, text=True, check=False)
        assert again.returncode == 1 and "is not empty" in again.stderr
        (restored / "storage" / "left").unlink()
        subprocess.run([ROOT / "deploy" / "restore", archives[0]], check=True)
        after = history(restored)

    assert refused.returncode == 1
    assert "restore into an empty one" in refused.stderr
    assert before["runs"] and before["assets"] and before["logs"]
    assert after == before


def test_the_oldest_back_ups_are_dropped(home: Path, team: Deployment, tmp_path: Path) -> None:
    old = [tmp_path / f"wb6-202001{day:02}T000000Z.tar" for day in range(1, 16)]
    for path in old:
        path.write_bytes(b"")

    subprocess.run([ROOT / "deploy" / "backup", tmp_path], check=True, env={**os.environ, "DAGSTER_HOME": str(home)})

    kept = sorted(path.name for path in tmp_path.iterdir())
    assert len(kept) == 14
    assert kept[0] == old[2].name
