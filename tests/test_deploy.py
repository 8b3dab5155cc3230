"""The files of deploy/: settings that agree, units that systemd accepts, scripts that a shell accepts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.operate.units import UNITS

DEPLOY = ROOT / "deploy"


def test_a_team_has_the_settings_of_one_person_but_for_where_things_are_kept() -> None:
    one = yaml.safe_load((ROOT / "dagster.yaml").read_text("utf-8"))
    team = yaml.safe_load((DEPLOY / "dagster.yaml").read_text("utf-8"))

    assert team.pop("storage") == {"postgres": {"postgres_url": {"env": "WB6_DATABASE"}}}
    assert team == one


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd: apt-get install systemd")
def test_systemd_accepts_every_unit(tmp_path: Path) -> None:
    for path in UNITS.iterdir():  # it looks whether programs are there
        text = path.read_text("utf-8").replace("/srv/wb6/.venv/bin/", f"{ROOT}/deploy/").replace("/srv/wb6", str(ROOT))
        for program in ("dagster-webserver", "dagster-daemon", "dagster", "wb6"):
            text = text.replace(f"{ROOT}/deploy/{program} ", f"{ROOT}/deploy/backup ")
        (tmp_path / path.name).write_text(text, "utf-8")

    command = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    ours = [line for line in done.stderr.splitlines() if "wb6" in line]
    assert not ours
    assert done.returncode == 0, done.stderr


def test_every_service_is_bound_to_localhost_and_started_by_the_target() -> None:
    wanted = (UNITS / "wb6.target").read_text("utf-8")
    started = {
        path: path.read_text("utf-8")
        for path in UNITS.glob("*.service")
        if "WantedBy=wb6.target" in path.read_text("utf-8")
    }

    assert {path.stem for path in started} == {"wb6-code", "wb6-daemon", "wb6-web", "wb6-guests"}
    for path, text in started.items():
        assert path.name in wanted
        assert "--port" not in text or "--host 127.0.0.1" in text


def test_nothing_here_lets_others_in_but_the_proxy() -> None:
    told = [p for p in (*DEPLOY.rglob("*"), *(ROOT / "docs").glob("*.md")) if p.is_file()]
    told += [ROOT / name for name in ("Makefile", "README.md", ".ci/run", "dagster.yaml", "workspace.yaml")]
    for path in told:
        text = path.read_text("utf-8")
        hosts = re.findall(r"(?:--host[ =]|^\s+host: |proxy_pass https?://)([^\s;,\"':/]+)", text, re.MULTILINE)
        assert {*hosts} <= {"127.0.0.1"}, path
        assert not re.search(r"\b0\.0\.0\.0\b|\[::\]|-h 0", text), path


def test_every_command_that_opens_the_webserver_names_localhost() -> None:
    for path in (ROOT / "Makefile", ROOT / ".ci" / "run", *UNITS.glob("*.service"), *(ROOT / "docs").glob("*.md")):
        for line in path.read_text("utf-8").splitlines():
            if re.search(r"(dagster-webserver|\bdg dev|dagster dev)\s+--|api grpc", line):
                assert "--host 127.0.0.1" in line, (path, line)


def test_ci_holds_no_secret_and_writes_nowhere_but_here() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")

    assert not (ROOT / ".github").exists() and not (ROOT / ".gitlab-ci.yml").exists()
    assert not re.search(r"git push|curl|wget|TOKEN|SECRET|PASSWORD|sudo|ssh|twine|docker", script)
    assert "git diff --exit-code -- outputs" in script


@pytest.mark.parametrize("name", ["backup", "restore"])
def test_a_script_without_an_argument_says_what_it_needs(name: str) -> None:
    script = DEPLOY / name
    done = subprocess.run([script], capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]})

    assert os.access(script, os.X_OK)
    assert done.returncode != 0
    assert "name the" in done.stderr
