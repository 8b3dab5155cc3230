"""Hundreds of rebuilds, one after the other, each after another random edit, while readers ask `latest` without pause.

In one process, as a service that never ends would rebuild, or each by a `wb6 release` of its own (`--fresh`). Memory, open
files and threads of the process must stay flat by the rule of `tests.soak.held`, every release must verify, and no reader may
meet a mixed or missing one. Figures are printed as JSON; the exit status is 1 where anything of that does not hold.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.project import Project
from tests.conftest import ROOT
from tests.small import DOCUMENTS, LINKED, row, write_project
from tests.soak.edits import Editor
from tests.soak.held import State, figures, held
from tests.soak.readers import reading

HERE = "tests.soak.rebuilds"

ARENAS = {"MALLOC_ARENA_MAX": "1"}
"""As in deploy/wb6.env: with an arena a thread, as glibc has by default, fragments of them would be taken for what is held."""


@dataclass
class Soak:
    """What was seen, rebuild by rebuild."""

    asked: int
    published: list[str] = field(default_factory=list)
    unchanged: int = 0
    failed: list[str] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def cut_short(self) -> str | None:
        """Why fewer rebuilds ran than were asked for, where nothing failed."""
        ran = len(self.seconds)
        return None if self.failed or ran >= self.asked else f"the minutes were up after {ran} of {self.asked} rebuilds"

    def figures(self) -> dict[str, Any]:
        """All of it in figures."""
        return {
            "environment": {name: os.environ.get(name) for name in ARENAS},
            "rebuilds": len(self.seconds),
            "cut short": self.cut_short,
            "published": len(self.published),
            "unchanged": self.unchanged,
            "failed": self.failed,
            "seconds a rebuild, median and longest": [
                round(of(self.seconds), 1) for of in (statistics.median, max) if self.seconds
            ],
            **figures(self.states),
        }


def world(root: Path) -> Project:
    """A small project with something in most tables that have figures or texts."""
    return write_project(
        root,
        DOCUMENTS,
        **LINKED,
        actor=row("actor", actor_id="gang", name="A gang of smugglers", kind="criminal", cite="web2023"),
        threat=row("threat", threat_id="smuggling", name="Smuggling of arms", category="organised_crime", actor_id="gang", aim="To earn from arms", cite="web2023"),
        threat_target=row("threat_target", threat_id="smuggling", iso3="ALB", cite="web2023"),
        event=row("event", event_id="raid-2023", name="A raid on the border", kind="attack", date="2023-02", iso3="ALB", cite="web2023"),
        event_figure=row("event_figure", event_id="raid-2023", measure="participants", group="attackers", value="~30", cite="web2023"),
        assessment=row("assessment", assessment_id="calm-2023", subject="ALB", topic="security", statement="The border was calm otherwise", stance="positive", cite="web2023"),
        mission_strength=row("mission_strength", mission_id="kfor", as_of="2023-03", personnel="3800", nations="27", cite="web2023"),
        indicator=row("indicator", iso3="ALB", indicator="armed_forces_personnel", period="2022", value="6600", unit="persons", cite="web2023"),
    )  # fmt: skip


def real(root: Path) -> Project:
    """The real sources, and the releases so far."""
    root.mkdir(parents=True, exist_ok=True)
    for name in ("sources", "outputs"):
        shutil.copytree(ROOT / name, root / name, symlinks=True)
    return Project(root)


def here(project: Project, soak: Soak) -> None:
    """Rebuild in this process."""
    from pipeline.orchestration.run import rebuild_once

    outcome = rebuild_once(project)
    if outcome.failures:
        soak.failed.append("; ".join(outcome.failures))
    elif outcome.published and outcome.version:
        soak.published.append(outcome.version)
    else:
        soak.unchanged += 1
    soak.states.append(held())


def fresh(project: Project, soak: Soak) -> None:
    """Rebuild by the command; what its process held at most stands for what it held."""
    command, environment = wb6(project, "release", "--quiet")
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(done.pid, 0)
        done.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        told = said.read()
    if done.returncode:
        soak.failed.append(told)
    elif told.startswith("Published release "):
        soak.published.append(told.split()[2])
    else:
        soak.unchanged += 1
    soak.states.append(State(used.ru_maxrss // 1024))


def run(
    project: Project, rebuilds: int, readers: int, seed: int, is_fresh: bool, minutes: float
) -> tuple[Soak, dict[str, Any]]:
    """So many rebuilds, or as many as fit into the time, with readers from the first release on."""
    soak, editor = Soak(rebuilds), Editor(project, seed)
    rebuild = fresh if is_fresh else here
    if not (project.outputs / "latest").exists():
        fresh(project, Soak(1))
    until = time.monotonic() + minutes * 60
    with reading(project.outputs, readers) as found:
        while len(soak.seconds) < rebuilds and time.monotonic() < until:
            done = editor.edit()
            began = time.monotonic()
            rebuild(project, soak)
            soak.seconds.append(time.monotonic() - began)
            if soak.failed:
                soak.failed.append(f"after {done}")
                break
            tell(soak)
    return soak, found


def tell(soak: Soak) -> None:
    """Show how far the run is, every 10 rebuilds."""
    if len(soak.seconds) % 10 == 0:
        sys.stderr.write(
            f"{len(soak.seconds)} rebuilds, {len(soak.published)} published, {soak.states[-1].figures()}\n"
        )
        sys.stderr.flush()


def wb6(project: Project, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command and the environment of a `wb6` of this checkout on a project."""
    command = [sys.executable, "-m", "pipeline.cli", "--project", str(project.root), *arguments]
    return command, {**os.environ, "PYTHONPATH": str(ROOT)}


def verified(project: Project) -> dict[str, Any]:
    """What `wb6 verify --all` finds in the store."""
    command, environment = wb6(project, "verify", "--all", "--format", "json")
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        return {"verified": 0, "faults": [done.stderr]}
    said = json.loads(done.stdout)
    checks = [(one["version"], check) for one in said["releases"] for check in one["checks"]]
    faults = [f"{version or 'the store'}: {check['name']}" for version, check in checks if not check["ok"]]
    return {"verified": len([one for one in said["releases"] if one["version"]]), "faults": faults}


def main() -> int:
    """Run as asked; 1 where anything failed, grew, was mixed, missing or at fault, or less was done than asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rebuilds", type=int, default=500)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=math.inf, help="end before, where the time is up, and fail")
    parser.add_argument("--fresh", action="store_true", help="a command for each rebuild")
    parser.add_argument("--real", action="store_true", help="on the real sources, in place of small ones")
    asked = parser.parse_args()
    start_anew()
    importlib.import_module("duckdb")  # once, here, in place of in every reader
    with tempfile.TemporaryDirectory() as folder:
        project = (real if asked.real else world)(Path(folder) / "project")
        soak, found = run(project, asked.rebuilds, asked.readers, asked.seed, asked.fresh, asked.minutes)
        told = {**soak.figures(), **verified(project), "readers": found}
    bad = wrong(told)
    sys.stdout.write(json.dumps({**told, "wrong": bad}, indent=2) + "\n")
    return 1 if bad else 0


def start_anew() -> None:
    """Run this process anew with the environment that memory is judged in, unless it has it: glibc looks at it only once."""
    if not ARENAS.keys() <= os.environ.keys():
        os.execve(sys.executable, [sys.executable, "-m", HERE, *sys.argv[1:]], {**os.environ, **ARENAS})  # noqa: S606


def wrong(told: dict[str, Any]) -> list[str]:
    """Which of the figures are as they may not be."""
    found = told["readers"]
    harms = [name for name in ("failed", "cut short", "grown", "faults") if told[name]]
    harms += [name for name in ("mixed", "missing", "readers that died") if found[name]]
    if found["readers"] and not found["fewest reads of a reader"]:
        harms.append("fewest reads of a reader")
    return harms + (["verified"] if told["verified"] < told["published"] else [])


if __name__ == "__main__":
    sys.exit(main())
