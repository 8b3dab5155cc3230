"""What readers use opens the Parquet of the committed release with the types that the schemas declare."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from schemas.registry import Table, tables
from tests.conftest import ROOT

PARQUET = ROOT / "outputs" / "latest" / "parquet"
ALL = [pytest.param(table, id=name) for name, table in tables().items()]


def path_of(table: Table) -> Path:
    return PARQUET / f"{table.name}.parquet"


def counted(table: Table) -> int:
    """The rows of a table's CSV, as DuckDB counts them."""
    with duckdb.connect() as con:
        csv = f"read_csv('{PARQUET.parent}/csv/{table.name}.csv', all_varchar = true, header = true)"
        return int(con.execute(f"SELECT count(*) FROM {csv}").fetchall()[0][0])


@pytest.mark.parametrize("table", ALL)
def test_duckdb_reads_the_declared_types(table: Table) -> None:
    with duckdb.connect() as con:
        found = con.execute(f"DESCRIBE SELECT * FROM '{path_of(table)}'").fetchall()
        rows = con.execute(f"SELECT count(*) FROM '{path_of(table)}'").fetchall()[0][0]

    assert [(row[0], row[1]) for row in found] == [(c.name, c.type) for c in table.columns]
    assert rows == counted(table)


@pytest.mark.parametrize("table", ALL)
def test_pandas_reads_the_declared_types(table: Table) -> None:
    import pandas as pd

    arrow = {
        "VARCHAR": "string[pyarrow]",
        "VARCHAR[]": "list<element: string>[pyarrow]",
        "BIGINT": "int64[pyarrow]",
        "DOUBLE": "double[pyarrow]",
        "BOOLEAN": "bool[pyarrow]",
        "DATE": "date32[day][pyarrow]",
    }

    frame = pd.read_parquet(path_of(table), dtype_backend="pyarrow")

    assert {name: str(type_) for name, type_ in frame.dtypes.items()} == {c.name: arrow[c.type] for c in table.columns}
    assert len(frame) == counted(table)


@pytest.mark.parametrize("table", ALL)
def test_pandas_as_it_comes_reads_every_value(table: Table) -> None:
    import pandas as pd

    kinds = {"VARCHAR": "O", "VARCHAR[]": "O", "BIGINT": "if", "DOUBLE": "f", "BOOLEAN": "bO", "DATE": "O"}

    frame = pd.read_parquet(path_of(table))

    assert list(frame.columns) == [c.name for c in table.columns]
    for column in table.columns:
        assert frame[column.name].dtype.kind in kinds[column.type], column.name
    filled = pd.read_parquet(path_of(table), dtype_backend="pyarrow").count()
    assert frame.count().to_dict() == filled.to_dict()


@pytest.mark.parametrize("table", ALL)
def test_polars_reads_the_declared_types(table: Table) -> None:
    polars = pytest.importorskip("polars")
    types = {
        "VARCHAR": polars.String,
        "VARCHAR[]": polars.List(polars.String),
        "BIGINT": polars.Int64,
        "DOUBLE": polars.Float64,
        "BOOLEAN": polars.Boolean,
        "DATE": polars.Date,
    }

    frame = polars.read_parquet(path_of(table))

    assert dict(frame.schema) == {c.name: types[c.type] for c in table.columns}
    assert frame.height == counted(table)


@pytest.mark.parametrize("table", ALL)
def test_polars_and_duckdb_read_the_same_values(table: Table) -> None:
    polars = pytest.importorskip("polars")

    with duckdb.connect() as con:
        rows = con.execute(f"SELECT * FROM '{path_of(table)}'").fetchall()

    assert polars.read_parquet(path_of(table)).rows() == rows


R = """
library(arrow)
for (path in commandArgs(trailingOnly = TRUE)) {
  read <- read_parquet(path, as_data_frame = FALSE)
  for (field in read$schema$fields) cat(basename(path), field$name, field$type$ToString(), nrow(read), sep = "\\t", "\\n")
}
"""


def test_arrow_in_r_reads_the_declared_types() -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed (Rscript)")
    has_arrow = subprocess.run([rscript, "-e", "library(arrow)"], capture_output=True, check=False).returncode == 0
    if not has_arrow:
        pytest.skip("R has no package arrow, which Debian does not offer")
    types = {
        "VARCHAR": "string",
        "VARCHAR[]": "list<element: string>",
        "BIGINT": "int64",
        "DOUBLE": "double",
        "BOOLEAN": "bool",
        "DATE": "date32[day]",
    }

    command = [rscript, "-e", R, *(str(path_of(table)) for table in tables().values())]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout

    found = [line.rstrip("\t").split("\t") for line in said.splitlines() if "\t" in line]
    assert [[part.strip() for part in line[:4]] for line in found] == [
        [path_of(t).name, c.name, types[c.type], str(counted(t))] for t in tables().values() for c in t.columns
    ]
