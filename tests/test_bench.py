"""The benchmark measures what it says: scaled sources are sound and always the same, and all contenders make the same rows."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from pipeline.engine import connect
from pipeline.project import Project
from pipeline.steps import build_claims, build_join, build_tables
from pipeline.workdir import Workdir
from schemas.registry import sources, tables, written
from tests.bench.contenders import PEERS, dbt_build, peer
from tests.bench.limit import run_limit
from tests.bench.measure import FailedError, took
from tests.bench.peers.dbt_project import write_dbt_project
from tests.bench.peers.described import describe_sources
from tests.bench.peers.in_pandas import run_in_pandas
from tests.bench.scale import write_scaled
from tests.bench.validation import validate
from tests.conftest import ROOT
from tests.small import told

ROWS = 1000


@dataclass(frozen=True)
class Made:
    """Scaled sources, an engine that holds what we made of them by their names, and room for others' files."""

    project: Project
    con: duckdb.DuckDBPyConnection
    space: Path

    def differing(self, folder: Path, name: str, leave: tuple[str, ...] = (), where: str = "true") -> int:
        """How many rows of a table stand in one of ours and another's Parquet and not in the other, some columns left."""
        columns = ", ".join(f'"{c.name}"' for c in tables()[name].columns if c.name not in leave)
        ours, theirs = (f"SELECT {columns} FROM {t} WHERE {where}" for t in (name, f"'{folder}/{name}.parquet'"))
        both = f"({ours} EXCEPT ALL {theirs}) UNION ALL ({theirs} EXCEPT ALL {ours})"
        return int(self.con.execute(f"SELECT count(*) FROM ({both})").fetchall()[0][0])


@pytest.fixture(scope="module")
def scaled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    space = tmp_path_factory.mktemp("bench")
    project = write_scaled(space / "checkout", ROWS)
    assert all(built.kept for built in build_tables(project, list(written().values())).values())
    build_claims(project)
    for name in ("conflict", "mission_contribution"):
        build_join(project, name)
    with connect() as con:
        Workdir(project.build).attach(con, "tables", [*written(), "claim", "conflict", "mission_contribution"])
        yield Made(project, con, space)


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(scaled: Made, tmp_path: Path) -> None:
    again, other = write_scaled(tmp_path / "again", ROWS), write_scaled(tmp_path / "other", ROWS, seed=2)

    names = [path.name for path in scaled.project.sources.iterdir()]
    same, different, wrong = filecmp.cmpfiles(scaled.project.sources, again.sources, names, shallow=False)
    assert (sorted(same), different, wrong) == (sorted(names), [], [])
    assert not filecmp.cmp(scaled.project.sources / "deployment.csv", other.sources / "deployment.csv", shallow=False)


def test_scaled_sources_are_without_a_problem(scaled: Made) -> None:
    assert [line for line in told(scaled.project) if ": warning: " not in line] == []
    assert validate(scaled.project.root) == []


def test_every_source_table_has_rows(scaled: Made) -> None:
    assert [name for name in sources() if not scaled.con.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchall()] == []


def test_deployments_make_four_claims_a_row_and_some_disagree(scaled: Made) -> None:
    found = scaled.con.execute(
        "SELECT count(*), count(DISTINCT rank) FROM claim WHERE table_name = 'deployment'"
    ).fetchall()[0]
    disputed = scaled.con.execute("SELECT count(*) FROM deployment WHERE disputed").fetchall()[0][0]
    assert found[0] == pytest.approx(4 * ROWS, rel=0.1)
    assert found[1] == 3
    assert 0.05 * ROWS < disputed < 0.2 * ROWS


def test_the_limit_makes_the_same_claims_and_where_none_compete_the_same_deployments(scaled: Made) -> None:
    run_limit(scaled.project.root, scaled.space / "limit")

    folder = scaled.space / "limit" / "parquet"
    weighed = ("claim_id", "is_published", "corroboration", "origin_document_id", "first_release")
    assert scaled.differing(folder, "claim", weighed) == 0
    source = scaled.project.sources / "deployment.csv"
    key = ", ".join(tables()["deployment"].key)
    alone = (
        f"(iso3, array_to_string(missions, '; '), coalesce(location_iso3, ''), as_of, unit) IN (SELECT (iso3, missions, "
        f"coalesce(location_iso3, ''), as_of, unit) FROM read_csv('{source}', all_varchar = true) GROUP BY {key} HAVING count(*) = 1)"
    )
    assert scaled.differing(folder, "deployment", ("n_claims", "disputed"), alone) == 0
    written_files = {path.name for kind in ("csv", "parquet") for path in (scaled.space / "limit" / kind).iterdir()}
    assert written_files == {f"{name}.{kind}" for name in tables() if name != "change" for kind in ("csv", "parquet")}


def test_pandas_makes_the_same_tables_and_claims(scaled: Made) -> None:
    run_in_pandas(scaled.project.root, scaled.space / "pandas")

    folder = scaled.space / "pandas" / "parquet"
    assert {name: scaled.differing(folder, name) for name in sources()} == dict.fromkeys(sources(), 0)
    assert scaled.differing(folder, "claim", ("first_release",)) == 0


@pytest.mark.skipif(not (ROOT / PEERS / "dbt").exists(), reason="dbt is not installed; make bench installs it")
def test_dbt_makes_the_same_tables_claims_and_joins(scaled: Made) -> None:
    write_dbt_project(scaled.project, scaled.space / "dbt")

    took(ROOT, dbt_build(scaled.space / "dbt"))

    folder = scaled.space / "dbt" / "out" / "parquet"
    names = [*written(), "conflict", "mission_contribution"]
    assert {name: scaled.differing(folder, name) for name in names} == dict.fromkeys(names, 0)
    assert scaled.differing(folder, "claim", ("first_release",)) == 0


@pytest.mark.skipif(
    not (ROOT / PEERS / "python").exists(), reason="the peers are not installed; make bench installs them"
)
@pytest.mark.parametrize("validator", ["frictionless", "in_great_expectations", "in_soda"])
def test_other_validators_pass_what_is_sound_and_refuse_a_bad_cell(
    validator: str, scaled: Made, tmp_path: Path
) -> None:
    script = ROOT / "tests" / "bench" / "peers" / f"{validator}.py"
    command = (peer("python"), str(script), str(tmp_path))
    if validator == "frictionless":
        command = (peer("frictionless"), "validate", str(tmp_path / "datapackage.json"))
    describe_sources(scaled.project, tmp_path)
    took(ROOT, command)
    table = tmp_path / "mission_strength.csv"
    text = table.read_text("utf-8")
    table.unlink()  # a link to the sources
    table.write_text(text.replace("\nmission-000000,", "\nMission 0,", 1), "utf-8")

    with pytest.raises(FailedError):
        took(ROOT, command)
