"""A world of sources of any size: a checkout with the real schemas and countries, and invented missions, documents and deployments.

    python -m tests.bench.scale FOLDER ROWS [SEED]

The number of rows is that of deployment, which makes about four claims each; the other tables keep a fixed proportion to it.
One SQL file per table in `scaled/`; the same seed gives the same bytes with the same DuckDB, whatever its threads.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engine import literal, quoted
from pipeline.project import Project
from schemas.registry import sources
from tests.conftest import ROOT
from tests.small import DATASET, write_documents

if TYPE_CHECKING:
    import duckdb

_SQL = Path(__file__).parent / "scaled"

_PER_ROW = {
    "document": (200, 60),
    "mission": (500, 20),
    "event": (20, 20),
    "event_figure": (20, 20),
    "indicator": (20, 200),
    "reference": (500, 40),
    "threat": (1000, 10),
    "actor": (1000, 10),
    "policy": (1000, 10),
    "relation": (500, 10),
    "facility": (1000, 10),
    "assessment": (1000, 10),
}
"""How many rows of deployment there are to one of another table, and the fewest of those."""


def write_scaled(root: Path, rows: int, seed: int = 1) -> Project:
    """Write a checkout whose deployment has so many rows. The folder must not be there yet."""
    import duckdb

    project = Project(root)
    project.sources.mkdir(parents=True)
    (project.sources / "dataset.yaml").write_text(DATASET, "utf-8")
    shutil.copyfile(ROOT / "sources" / "LICENSE", project.sources / "LICENSE")
    with duckdb.connect(config={"temp_directory": str(root / "spill")}) as con:
        _prepare(con, rows, seed)
        for name in sources():
            _write_table(con, project, name)
        _write_documents(con, project)
    shutil.rmtree(root / "spill", ignore_errors=True)
    return project


def _prepare(con: duckdb.DuckDBPyConnection, rows: int, seed: int) -> None:
    """Set the sizes and the seed, and make the rows of deployment, which others are made from."""
    countries = ROOT / "sources" / "country.csv"
    sizes = {name: max(rows // each, least) // 20 * 20 or least for name, (each, least) in _PER_ROW.items()}
    for name, size in {**{f"n_{n}": s for n, s in sizes.items()}, "n_deployment": rows, "seed": seed * 104729}.items():
        con.execute(f"SET VARIABLE {name} = {size}")
    con.execute(f"SET VARIABLE countries = {literal(countries)}")
    codes = f"SELECT DISTINCT iso3 FROM read_csv({literal(countries)}, all_varchar = true)"
    con.execute(f"SET VARIABLE nations = (SELECT list(iso3 ORDER BY iso3) FROM ({codes}))")
    con.execute("SET VARIABLE n_nation = len(getvariable('nations'))")
    con.execute((_SQL / "macros.sql").read_text("utf-8"))
    con.execute("CREATE TABLE nation AS SELECT nation_at(i) AS iso3, i FROM range(n_of('nation')) t(i)")
    con.execute(f"CREATE TABLE deployed AS {(_SQL / 'deployed.sql').read_text('utf-8')}")


def _write_table(con: duckdb.DuckDBPyConnection, project: Project, name: str) -> None:
    """Write one CSV with the columns of its schema; those that its query lacks are empty, and so is a table without one."""
    query = _SQL / f"{name}.sql"
    made = f"({query.read_text('utf-8')})" if query.is_file() else "(SELECT 1 WHERE false)"
    known = {row[0] for row in con.execute(f"DESCRIBE {made}").fetchall()}
    cells = [quoted(f.name) if f.name in known else f"NULL AS {quoted(f.name)}" for f in sources()[name].fields]
    path = literal(project.sources / f"{name}.csv")
    con.execute(f"COPY (SELECT {', '.join(cells)} FROM {made}) TO {path} (FORMAT csv, HEADER true)")


def _write_documents(con: duckdb.DuckDBPyConnection, project: Project) -> None:
    """Write references.json: the real documents that country.csv cites, and the invented ones."""
    cited = con.execute(
        "SELECT DISTINCT split_part(unnest(string_split(cite, '; ')), ', ', 1) "
        "FROM read_csv(getvariable('countries'), all_varchar = true)"
    ).fetchall()
    real = json.loads((ROOT / "sources" / "references.json").read_text("utf-8"))
    query = (_SQL / "document.sql").read_text("utf-8")
    made = con.execute(f"SELECT to_json(d) FROM ({query}) d").fetchall()
    items = [item for item in real if (item["id"],) in cited]
    write_documents(project, [*items, *(json.loads(row[0]) for row in made)])


if __name__ == "__main__":
    write_scaled(Path(sys.argv[1]), int(float(sys.argv[2])), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
