"""wb6.sql: a view and a comment for everything in a release, from wherever it is run, and never more than that."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.query import ask, opened
from pipeline.standards.sql import FILE
from schemas.registry import Table, tables
from tests.conftest import ROOT
from tests.loaded import as_published, described, loaded

LATEST = ROOT / "outputs" / "latest"

HOSTILE = "It's \"quoted\"; DROP VIEW actor; -- not a comment\n*/ $$ '' \\' {braces} 'end"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the latest release with its wb6.sql; not to be changed."""
    return described(tmp_path_factory.mktemp("store") / "release")


@pytest.fixture
def project(release: Path, tmp_path: Path) -> Project:
    """A store whose latest release has a wb6.sql."""
    shutil.copytree(release, tmp_path / "outputs" / "releases" / "1.2.3")
    (tmp_path / "outputs" / "latest").symlink_to("releases/1.2.3")
    return Project(tmp_path)


def test_every_table_has_a_view_and_a_comment(release: Path) -> None:
    with loaded(release) as con:
        shown = dict(con.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())

    assert shown == {name: table.description for name, table in tables().items()}


def test_every_column_has_its_type_and_a_comment(release: Path) -> None:
    with loaded(release) as con:
        shown = con.execute(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()

    assert {row[:3] for row in shown} == {
        (t.name, c.name, c.type) for t in as_published(LATEST).values() for c in t.columns
    }
    said = {(table, column): comment for table, column, _, comment in shown}
    for table in as_published(LATEST).values():
        for column in table.columns:
            assert said[table.name, column.name].startswith(column.description)
    assert said["mission_strength", "personnel"].endswith("Unit: persons.")


def test_every_macro_has_a_comment(release: Path) -> None:
    with loaded(release) as con:
        macros = dict(
            con.execute("SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal").fetchall()
        )

    assert all(macros.values())
    assert {"membership_as_of", "mission_as_of", "threat_as_of", "claims_known_by", "known_by"} <= macros.keys()
    assert {f"{t.name}_known_by" for t in tables().values() if t.layer == "source"} <= macros.keys()


def test_every_macro_gives_an_answer(release: Path) -> None:
    with loaded(release) as con:
        of_a_day = con.execute(
            "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND parameters = ['day'] ORDER BY 1"
        ).fetchall()
        for (name,) in of_a_day:
            con.execute(f"FROM {name}(DATE '2023-12-31')").fetchall()

    assert len(of_a_day) > 20


def test_it_runs_in_a_plain_duckdb_in_the_folder_of_the_release(release: Path) -> None:
    code = (
        f"import duckdb; con = duckdb.connect(); con.execute(open({FILE!r}, encoding='utf-8').read()); "
        "print(con.execute('SELECT count(*) > 0 FROM membership_as_of(cut_off())').fetchall())"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=release, capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("[(True,)]\n", "")


def test_from_elsewhere_it_reads_the_release_it_is_told_and_not_one_that_is_nearer(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(release / "parquet", tmp_path / "parquet")
    with duckdb.connect() as con:
        con.execute(f"COPY (FROM '{release}/parquet/country.parquet' LIMIT 0) TO '{tmp_path}/parquet/country.parquet'")
    monkeypatch.chdir(tmp_path)

    with loaded(release) as con:
        assert con.execute("SELECT count(*) > 0 FROM country").fetchall() == [(True,)]


def test_it_can_be_run_again(release: Path) -> None:
    with loaded(release) as con:
        con.execute((release / FILE).read_text("utf-8")).fetchall()

        assert con.execute("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchall() == [(len(tables()),)]


def test_it_names_no_folder_and_is_the_same_each_time(release: Path, tmp_path: Path) -> None:
    again = described(tmp_path / "elsewhere") / FILE

    assert again.read_bytes() == (release / FILE).read_bytes()
    assert str(ROOT) not in again.read_text("utf-8")


def test_hostile_text_is_only_shown(tmp_path: Path) -> None:
    def hostile(table: Table) -> Table:
        columns = tuple(dataclasses.replace(c, description=HOSTILE) for c in table.columns)
        return dataclasses.replace(table, description=HOSTILE, columns=columns)

    folder = described(tmp_path / "release", {name: hostile(table) for name, table in as_published(LATEST).items()})

    with loaded(folder) as con:
        views = con.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall()
        comments = con.execute("SELECT DISTINCT comment FROM duckdb_columns() WHERE NOT internal").fetchall()
    assert views == [(name, HOSTILE) for name in sorted(tables())]
    assert all(comment.startswith(HOSTILE) for (comment,) in comments)


def test_a_title_of_several_lines_stays_a_comment(tmp_path: Path) -> None:
    from pipeline.dataset import read_dataset
    from pipeline.standards.sql import write_sql
    from pipeline.standards.staged import Staged

    dataset = dataclasses.replace(read_dataset(Project(ROOT)), title="One\nDROP VIEW actor;\r\u2028DROP VIEW claim;")
    write_sql(Staged(tmp_path, dataset, tables(), {}, "1.2.3"))

    first = (tmp_path / FILE).read_text("utf-8").split("\n")[0]
    assert first.startswith("-- One DROP VIEW actor; DROP VIEW claim;, version 1.2.3")


def test_a_published_release_has_it_and_its_checksum(tmp_path: Path) -> None:
    from pipeline.orchestration.run import rebuild_once
    from tests.small import write_project

    project = write_project(tmp_path)
    assert rebuild_once(project).version == "0.1.0"

    latest = project.outputs / "latest"
    assert f"  {FILE}\n" in (latest / "SHA256SUMS").read_text("utf-8")
    with opened(latest.resolve()) as con:
        held = con.execute("SELECT mission_id, holds FROM mission_as_of('2023-12-31') ORDER BY 1").fetchall()
    assert held == [("eufor", "possible"), ("kfor", "certain")]


def test_a_query_has_the_views_and_macros_of_the_release(project: Project) -> None:
    assert ask(project, "SELECT holds FROM mission_as_of('2003-06-01') WHERE mission_id = 'kfor'", None, "csv") == (
        b"holds\ncertain\n"
    )
    assert ask(project, "SELECT comment <> '' AS c FROM duckdb_views() WHERE view_name = 'claim'", None, "csv") == (
        b"c\ntrue\n"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_text('{folder}/secret.csv')",
        "FROM '{folder}/secret.csv'",
        "FROM query_table('{folder}/secret.csv')",
        "FROM spells_as_of('{folder}/secret.csv', DATE '2009-04-01')",
        "FROM glob('{folder}/*')",
        "SELECT 1; SET VARIABLE wb6 = '{folder}'",
        "CREATE MACRO cut_off() AS DATE '1999-01-01'",
        "COMMENT ON VIEW claim IS 'other'",
    ],
)
def test_a_query_with_macros_is_as_closed_as_without(project: Project, sql: str) -> None:
    (project.root / "secret.csv").write_text("start,end\nswordfish,1\n", "utf-8")

    with pytest.raises(PipelineError) as refused:
        ask(project, sql.format(folder=project.root), None, "csv")

    assert "swordfish" not in str(refused.value)


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{folder}/parquet/country.parquet';",
        "SET enable_external_access = true;",
        "ATTACH '{folder}/other.db';",
        "INSTALL httpfs;",
        "DROP VIEW claim;",
        "SELECT 1;",
    ],
)
def test_a_file_that_does_more_than_define_is_not_run(project: Project, sql: str) -> None:
    folder = project.outputs / "releases" / "1.2.3"
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    path = folder / FILE
    path.write_text(path.read_text("utf-8") + sql.format(folder=folder), "utf-8")

    with pytest.raises(PipelineError, match=r"wb6.sql of release 1.2.3 does more than define views and macros"):
        ask(project, "SELECT 1", None, "csv")

    assert all(p.read_bytes() == content for p, content in before.items() if p != path)
