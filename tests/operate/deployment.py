"""A code server, a daemon and a webserver on one instance, and questions to them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import yaml
from dagster._core.scheduler.instigation import InstigatorTick, TickStatus
from dagster_graphql import DagsterGraphQLClient

from pipeline.definitions import defs
from pipeline.orchestration.automation import JOB
from tests.fresh import materialized
from tests.operate.services import Services, free_port, services, wait_for

ENDED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)


@dataclass(frozen=True)
class Deployment:
    """What runs, the instance it shares, and the webserver's port."""

    services: Services
    instance: dg.DagsterInstance
    port: int

    def ask(self) -> str:
        """Ask for a rebuild, as the page of the job does; the run's id."""
        return DagsterGraphQLClient("127.0.0.1", port_number=self.port).submit_job_execution(JOB)

    def ask_for(self, names: Iterable[str]) -> str:
        """Ask for some assets, as the graph's button does; the run's id."""
        client = DagsterGraphQLClient("127.0.0.1", port_number=self.port)
        return client.submit_job_execution("__ASSET_JOB", asset_selection=[dg.AssetKey(name) for name in names])

    def ask_at_once(self, times: int) -> list[str]:
        """Ask for some rebuilds at the same time."""
        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(lambda _: self.ask(), range(times)))

    def start_schedule(self, name: str) -> None:
        """Switch a schedule on, as an operator does in a terminal."""
        workspace = self.services.home / "workspace.yaml"
        command = [sys.executable, "-m", "dagster", "schedule", "start", name, "--workspace", str(workspace)]
        subprocess.run(command, env=self.services.surroundings(), capture_output=True, check=True)

    def run(self, run_id: str) -> dg.DagsterRun:
        """A run as it stands."""
        found = self.instance.get_run_by_id(run_id)
        assert found is not None
        return found

    def ended(self, run_id: str, seconds: float = 120) -> dg.DagsterRun:
        """A run once it has ended."""
        wait_for(f"the end of run {run_id}", lambda: self.run(run_id).status in ENDED, seconds)
        return self.run(run_id)

    def runs_of(self, tag: str, name: str) -> list[dg.DagsterRun]:
        """The runs that a sensor or a schedule asked for, newest first."""
        return list(self.instance.get_runs(dg.RunsFilter(tags={tag: name})))

    def ticks(self, name: str, status: TickStatus) -> list[InstigatorTick]:
        """The ticks of a sensor or a schedule that ended so, newest first."""
        for state in self.instance.all_instigator_state():
            if state.name == name:
                return list(self.instance.get_ticks(state.instigator_origin_id, state.selector_id, statuses=[status]))
        return []

    def said(self, run_id: str) -> str:
        """Every message of a run's event log."""
        return "\n".join(entry.user_message or entry.message for entry in self.instance.all_logs(run_id))

    def materialized(self, run_id: str) -> list[str]:
        """The assets that a run made."""
        return materialized(self.instance, run_id)

    def evaluated_by(self) -> dict[str, str]:
        """The runs that the UI shows checks by, each with the state of one of its checks."""
        checks = list(defs().resolve_asset_graph().asset_check_keys)
        found = self.instance.event_log_storage.get_latest_asset_check_execution_by_key(checks)
        return {one.run_id: one.status.value for one in found.values()}

    def process_of(self, run_id: str) -> int | None:
        """The process that carries out a run, once it has begun."""
        found = re.search(r"pid: (\d+)", self.said(run_id))
        return int(found[1]) if found else None


@contextmanager
def deployment(home: Path, project: Path, module: str, **environment: str) -> Iterator[Deployment]:
    """Start all three; they are stopped at the end."""
    code, web = free_port(), free_port()
    workspace = home / "workspace.yaml"
    place = {"host": "127.0.0.1", "port": code, "location_name": "wb6"}
    workspace.write_text(yaml.safe_dump({"load_from": [{"grpc_server": place}]}), "utf-8")
    with services(home, project, **environment) as started:
        started.start("code", f"dagster api grpc --port {code} --module-name {module} --location-name wb6")
        started.wait_for_port("code", code)
        started.start("daemon", f"dagster-daemon run --workspace {workspace}")
        started.start("web", f"dagster-webserver --port {web} --workspace {workspace}")
        started.wait_for_port("web", web)
        with dg.DagsterInstance.from_config(str(home)) as instance:
            yield Deployment(started, instance, web)
