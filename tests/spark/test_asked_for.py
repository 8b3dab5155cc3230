"""Asking for an engine: one that there is not, and one whose parts are not installed, are told of with what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.engines import DuckDB, chosen_engine, open_engine
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.spark.session import start
from tests.small import DOCUMENTS, LINKED, add, released, write_project


def test_duckdb_is_the_engine_where_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WB6_ENGINE", raising=False)

    with open_engine(tmp_path) as engine:
        assert isinstance(engine, DuckDB)

    monkeypatch.setenv("WB6_ENGINE", "")
    assert chosen_engine() == "duckdb"


def test_an_engine_that_there_is_not_is_told_with_those_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WB6_ENGINE", "polars")

    with pytest.raises(PipelineError, match="WB6_ENGINE is polars, which is no engine; write duckdb or spark"):
        open_engine(tmp_path)


def test_a_release_on_no_engine_says_so_and_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WB6_ENGINE", "polars")
    project = write_project(tmp_path / "p", DOCUMENTS, **LINKED)

    told = CliRunner().invoke(cli, ["--project", str(project.root), "release"])

    assert told.exit_code == 1
    assert "WB6_ENGINE is polars" in told.output
    assert not project.outputs.exists()


def test_without_pyspark_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)

    with pytest.raises(PipelineError, match=r"needs pyspark, .* pip install 'wb6\[spark\]', and Java 17"):
        start.__wrapped__()


def test_without_java_it_is_said_where_it_was_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed here: pip install 'wb6[spark]'")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(PipelineError, match=r"needs Java, and neither JAVA_HOME nor PATH has it: .* Java 17"):
        start.__wrapped__()


def test_a_release_that_spark_cannot_make_says_why_and_leaves_what_was_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = released(tmp_path / "p")
    project = project_of(folder)
    add(project, "country", "MNE,ME,official,Montenegro,,,,true,,,,,web2023,,,\n")
    monkeypatch.setenv("WB6_ENGINE", "spark")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    told = CliRunner().invoke(cli, ["--project", str(project.root), "release"])

    assert told.exit_code == 1
    assert "pip install 'wb6[spark]', and Java 17" in told.output
    assert "Traceback" not in told.output
    assert (project.outputs / "latest").resolve() == folder


def project_of(release: Path) -> Project:
    """The project that a release lies in."""
    return Project(release.parents[2])
