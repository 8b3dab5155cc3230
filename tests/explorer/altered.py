"""Releases that hold other than what was published, and their pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet

from pipeline.explorer.blocks import table_columns
from pipeline.explorer.page import page
from tests.conftest import ROOT

RELEASES = ROOT / "outputs" / "releases"
RELEASE = RELEASES / "0.4.0"
"""The release for tests that know its data by heart: whatever is published later, this one stays as it is."""


def copied(folder: Path, release: Path = RELEASE) -> Path:
    """A copy of a release to be altered."""
    return Path(shutil.copytree(release, folder / "r"))


def written(folder: Path, release: Path, name: str = "page.html") -> Path:
    """The page of a release, as a file in a folder."""
    (folder / name).write_text(page(release), "utf-8")
    return folder / name


def put(release: Path, table: str, column: str, value: str) -> None:
    """Let one column of a table hold a value in its first row."""
    path = release / "parquet" / f"{table}.parquet"
    held = parquet.read_table(path)
    cells = pa.array([value, *held.column(column).to_pylist()[1:]], pa.string())
    parquet.write_table(held.set_column(held.column_names.index(column), column, cells), path)


def put_rows(release: Path, table: str, query: str) -> None:
    """Let a table hold what a query gives of it."""
    path = release / "parquet" / f"{table}.parquet"
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE {table} AS FROM '{path}'")
        con.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def described(release: Path, name: str, edit: Callable[[Any], None]) -> None:
    """Edit one of the descriptions of a release, such as its manifest."""
    said = json.loads((release / name).read_text("utf-8"))
    edit(said)
    (release / name).write_text(json.dumps(said), "utf-8")


def resource(package: Any, table: str) -> Any:
    """What a Data Package says of a table."""
    (found,) = [one for one in package["resources"] if one["name"] == table]
    return found


def titled(release: Path, table: str, title: str, **columns: str) -> None:
    """Give a table and some of its columns titles, which go before their technical names."""

    def edit(package: Any) -> None:
        own = resource(package, table)
        own["title"] = title
        for field in own["schema"]["fields"]:
            if field["name"] in columns:
                field["title"] = columns[field["name"]]

    described(release, "datapackage.json", edit)


def altered(folder: Path, **queries: str) -> Path:
    """A page of the release in which tables hold what queries give."""
    release = copied(folder)
    for table, query in queries.items():
        put_rows(release, table, query)
    return written(folder, release)


def tenfold(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page of the release with every row of it ten times."""
    monkeypatch.setattr(
        "pipeline.explorer.page.table_columns",
        lambda path: {name: cells * 10 for name, cells in table_columns(path).items()},
    )
    return written(folder, RELEASE, "tenfold.html")
