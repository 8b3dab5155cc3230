"""The models say what they mean: every example is accepted, every counter-example refused, every table described."""

from __future__ import annotations

import re

import pandas as pd
import pandera.pandas as pa
import pytest

from pipeline.dataset import read_dataset
from pipeline.engine import connect
from pipeline.files import arrow_schema
from pipeline.project import Project
from pipeline.sqlfiles import sql_files
from pipeline.standards.datapackage import datapackage
from pipeline.standards.staged import Staged
from schemas.explain import explain
from schemas.fields import STATUS_NOTE
from schemas.registry import Field, Table, sources, tables, written
from tests.conftest import ROOT

FIELDS = [(table, field) for table in written().values() for field in table.fields]


def accepted(table: Table, field: Field, value: str) -> bool:
    """Whether the model's own column takes a value."""
    column = table.model.to_schema().columns[field.name]
    try:
        column.validate(pd.DataFrame({field.name: pd.Series([value], dtype="str")}))
    except pa.errors.SchemaError:
        return False
    return True


@pytest.mark.parametrize(
    ("table", "field"), [pytest.param(t, f, id=f"{t.name}.{f.name}") for t, f in FIELDS if f.cell.example]
)
def test_every_example_is_accepted(table: Table, field: Field) -> None:
    assert accepted(table, field, field.cell.example)


@pytest.mark.parametrize(
    ("table", "field"),
    [
        pytest.param(t, f, id=f"{t.name}.{f.name}")
        for t, f in FIELDS
        if f.cell.counter_example and f.cell.kind != "text"
    ],
)
def test_every_counter_example_is_refused_with_a_remedy(table: Table, field: Field) -> None:
    assert not accepted(table, field, field.cell.counter_example)
    assert re.search(r"; (write|did you mean|separate)", explain(field.cell, field.cell.counter_example))


@pytest.mark.parametrize("table", tables().values(), ids=tables().keys())
def test_every_table_says_one_row_per_what_and_every_column_what_it_means(table: Table) -> None:
    assert table.description.startswith("One row per ")
    assert table.key or table.name == "change"
    for column in table.columns:
        assert column.description.endswith("."), column.name


@pytest.mark.parametrize("table", tables().values(), ids=tables().keys())
def test_every_country_column_carries_the_note_on_status(table: Table) -> None:
    for field in table.fields:
        if field.cell.kind == "iso3" or field.cell.item == "iso3":
            assert STATUS_NOTE in field.description


def test_every_published_model_has_a_sql_file_or_is_computed() -> None:
    published = {name for name, table in tables().items() if table.layer == "published"}

    assert published == {*sql_files(Project.here(ROOT).joins), "claim", "change"}


def test_every_source_table_ends_with_the_columns_of_a_claim() -> None:
    for table in sources().values():
        assert [f.name for f in table.fields][-4:] == ["cite", "rank", "rank_reason", "note"]


def test_parquet_and_data_package_name_the_columns_of_the_model() -> None:
    project = Project.here(ROOT)
    package = datapackage(Staged(project.outputs / "latest", read_dataset(project), tables(), {}, "0.0.0"))

    for resource in package["resources"]:
        names = [column.name for column in tables()[resource["name"]].columns]
        assert [field["name"] for field in resource["schema"]["fields"]] == names
        assert arrow_schema(tables()[resource["name"]]).names == names


def test_the_engine_starts_empty_and_forgets() -> None:
    with connect() as con:
        con.execute("CREATE TABLE kept AS SELECT 1 AS one").fetchall()
    with connect() as con:
        assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'kept'").fetchall() == [(0,)]
