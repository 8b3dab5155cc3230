"""The commands: help, exit codes, what they refuse, and what they leave alone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.project import Project
from tests.conftest import ROOT

COMMANDS = ["check", "fmt", "release", "diff", "query", "sql", "cite", "explore", "verify", "upload", "prune"]


def wb6(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_and_exit_codes(command: str) -> None:
    done = wb6(command, "--help")

    assert done.exit_code == 0
    assert f"wb6 {command}" in done.output
    assert "Exit status:" in done.output


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command: str) -> None:
    assert f"wb6 {command}" in (ROOT / "README.md").read_text("utf-8")


def test_the_help_lists_every_command_in_the_order_a_curator_meets_them() -> None:
    listed = wb6("--help").output.split("Commands:")[1]

    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  ")] == list(cli.commands)
    assert list(cli.commands) == COMMANDS


def test_a_wrong_call_exits_2() -> None:
    assert wb6("check", "--format", "xml").exit_code == 2
    assert wb6("--project", "/nowhere-at-all", "check").exit_code == 2


def test_the_real_sources_have_no_problems() -> None:
    done = wb6("check")

    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("asked", "where", "code", "told"),
    [
        ("check", ">&-", 0, "no problems\n"),
        ("query 'FROM country'", ">&-", 0, ""),
        ("query 'FROM country'", "> /dev/full", 1, "not be written: No space left on device; print it elsewhere\n"),
    ],
)
def test_what_cannot_be_printed_is_no_failure_of_the_store(asked: str, where: str, code: int, told: str) -> None:
    command = f"{sys.executable} -m pipeline.cli {asked} {where}"

    done = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == code
    assert done.stderr.endswith(told)
    assert len(done.stderr.splitlines()) <= 1


def test_a_release_that_is_stopped_says_which_is_the_latest_and_nothing_of_dagster(project: Project) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "--project", str(project.root), "release"]
    run = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert run.stderr
    began = run.stderr.readline()

    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=120)[1]

    assert "assets to make" in began
    assert run.returncode == 1
    assert said.split("\n")[-4:] == ["Stopped. The latest release stands as it was.", "", "Aborted!", ""]
    assert "dagster" not in said


def test_check_loads_neither_dagster_nor_hypothesis() -> None:
    script = (
        "import sys, os, pipeline.cli as c; sys.argv = ['wb6', 'check']\n"
        "os._exit = lambda code: None\n"
        "c.main(); print([m for m in ('dagster', 'hypothesis') if sys.modules.get(m)])"
    )

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("WB6_THREADS", "many", "WB6_THREADS is many, which is no number of threads; write 1 or more"),
        ("WB6_MEMORY", "lots", "DuckDB does not start with WB6_MEMORY=lots"),
        ("WB6_DOCUMENTS", "/nowhere-at-all", "WB6_DOCUMENTS names /nowhere-at-all, which is no folder"),
    ],
)
def test_a_senseless_environment_is_explained_without_a_traceback(name: str, value: str, message: str) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "check"]

    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {name: value}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr.startswith(message)
    assert "Traceback" not in done.stderr


def test_a_query_answers_as_table_csv_or_json() -> None:
    sql = "SELECT iso3, hosts FROM mission_role JOIN mission USING (mission_id) WHERE role = 'host' AND iso3 = 'XKX'"

    assert "XKX" in wb6("query", sql).output
    assert wb6("query", "--format", "csv", sql).output == "iso3,hosts\nXKX,XKX\n"
    assert json.loads(wb6("query", "--format", "json", sql).output) == [{"iso3": "XKX", "hosts": ["XKX"]}]


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{folder}/written.csv'",
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM '{folder}/secret.csv'",
        "SET enable_external_access = true",
        "ATTACH '{folder}/other.db'",
        "CREATE TABLE stray AS SELECT 1 AS one",
        "SELECT 1; DROP VIEW claim",
        "INSERT INTO claim SELECT * FROM claim",
        "SELEKT 1",
    ],
)
def test_a_query_can_neither_read_nor_write_other_files(tmp_path: Path, sql: str) -> None:
    (tmp_path / "secret.csv").write_text("word\nswordfish\n", "utf-8")

    done = wb6("query", sql.format(folder=tmp_path))

    assert done.exit_code == 1
    assert "swordfish" not in done.output
    assert [p.name for p in tmp_path.iterdir()] == ["secret.csv"]


def test_a_query_cannot_write_into_the_release_it_asks(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sources", tmp_path / "sources")
    shutil.copytree(ROOT / "outputs" / "latest", tmp_path / "outputs" / "latest")
    table = tmp_path / "outputs" / "latest" / "parquet" / "facility.parquet"
    before = table.read_bytes()

    for prefix in ("", "EXPLAIN ANALYZE "):
        done = wb6("--project", str(tmp_path), "query", f"{prefix}COPY (SELECT 1 AS one) TO '{table}'")

        assert done.exit_code == 1
        assert "it must be a SELECT" in done.output
        assert table.read_bytes() == before


def test_a_query_asks_the_release_that_is_named() -> None:
    assert wb6("query", "--release", "0.1.0", "SELECT 1").exit_code == 0
    missing = wb6("query", "--release", "9.9.9", "SELECT 1")

    assert missing.exit_code == 1
    assert "there is no release 9.9.9; there are 0.1.0" in missing.output


def test_a_query_without_any_release_says_what_to_do(project: Project) -> None:
    done = wb6("--project", str(project.root), "query", "SELECT 1")

    assert done.exit_code == 1
    assert "there is no release yet; run make release" in done.output


def test_a_release_is_made_once_and_then_says_that_nothing_changed(project: Project) -> None:
    first = wb6("--project", str(project.root), "release")
    again = wb6("--project", str(project.root), "release", "--quiet")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "[29/29] explorer" in first.output
    assert "Published release 0.1.0" in first.output
    assert again.output == "Nothing changed since release 0.1.0.\n"


def test_a_release_of_broken_sources_lists_every_problem_and_publishes_nothing(project: Project) -> None:
    for name, row in (
        ("milestone", "alb,nato,invited,2020,natowatch2023,,,\n"),
        ("facility", "mill,,ZZZ,,,,,,natowatch2023,,,\n"),
    ):
        with (project.sources / f"{name}.csv").open("a", encoding="utf-8") as stream:
            stream.write(row)

    done = wb6("--project", str(project.root), "release", "--quiet")

    assert done.exit_code == 1
    assert [line.split(":")[0] for line in done.output.splitlines()[:2]] == [
        "sources/facility.csv",
        "sources/milestone.csv",
    ]
    assert "Not released: 2 problems. The latest release stands as it was." in done.output
    assert not (project.outputs / "latest").exists()
