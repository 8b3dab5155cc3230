"""wb6 verify: what it says, how it exits, and what it leaves alone."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from pipeline.files import SUMS
from pipeline.project import Project
from pipeline.verify.run import CHECKS
from tests.conftest import ROOT
from tests.tampered import caught, change_text, release, wb6


def test_what_was_published_has_no_faults(store: Project) -> None:
    before = {p: p.lstat().st_mtime_ns for p in store.outputs.rglob("*")}

    done = wb6(store, "--all")

    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1] == f"2 releases, {2 * (len(CHECKS) + 1) + 1} checks: no faults"
    assert {p: p.lstat().st_mtime_ns for p in store.outputs.rglob("*")} == before


def test_all_faults_are_told_at_once(store: Project) -> None:
    for version in ("0.1.0", "0.2.0"):
        change_text(release(store, version), "csv/mission_strength.csv", ",28,", ",29,")
        (release(store, version) / "stray").write_text("x", "utf-8")

    lines = [line for line in wb6(store, "--all").output.splitlines() if line.startswith("outputs/")]

    for version in ("0.1.0", "0.2.0"):
        assert sum(line.startswith(f"outputs/releases/{version}/stray: ") for line in lines) == 1
        assert sum(line.startswith(f"outputs/releases/{version}/csv/mission_strength.csv: ") for line in lines) == 2


def test_a_signature_beside_the_sums_is_no_stray_file(store: Project) -> None:
    (release(store) / f"{SUMS}.sig").write_text("signature", "utf-8")

    assert caught(store).keys() <= {"signature"}


def test_the_outcome_as_json(store: Project) -> None:
    (release(store) / "stray").write_text("x", "utf-8")

    done = wb6(store, "0.2.0", "--format", "json")
    said = json.loads(done.stdout)

    assert (done.exit_code, said["ok"]) == (1, False)
    checks = {check["name"]: check for check in said["releases"][0]["checks"]}
    assert [n for n, c in checks.items() if not c["ok"]] == ["checksums"]
    assert checks["checksums"]["faults"] == [
        {"file": "outputs/releases/0.2.0/stray", "what": "not listed in SHA256SUMS", "remedy": "remove it"}
    ]


@pytest.mark.parametrize("version", ["0.9.0", "../releases/0.2.0", "latest", ".", "0.2.0\n"])
def test_a_release_that_is_not_there_is_told(store: Project, version: str) -> None:
    done = wb6(store, version)

    assert done.exit_code == 1
    assert "there are 0.1.0, 0.2.0" in done.output


def test_a_version_and_all_exclude_each_other(store: Project) -> None:
    assert wb6(store, "0.1.0", "--all").exit_code == 2


def test_verifying_loads_no_dagster() -> None:
    script = (
        "import sys, os, pipeline.cli as c; sys.argv = ['wb6', 'verify']\n"
        "os._exit = lambda code: None\n"
        "c.main(); print([m for m in ('dagster', 'hypothesis') if sys.modules.get(m)])"
    )

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout.splitlines()[-1] == "[]", done.stderr
