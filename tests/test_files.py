"""The Parquet files of a release: types, order, compression, page index, and what they say of themselves."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.dataset import read_dataset
from pipeline.engine import connect
from pipeline.files import write_parquet
from pipeline.project import Project
from pipeline.publish import publish
from schemas.registry import Table, tables
from tests.soak.prepared import prepare

LOGICAL = {
    "VARCHAR": ("BYTE_ARRAY", "String"),
    "VARCHAR[]": ("BYTE_ARRAY", "String"),
    "BIGINT": ("INT64", "None"),
    "DOUBLE": ("DOUBLE", "None"),
    "BOOLEAN": ("BOOLEAN", "None"),
    "DATE": ("INT32", "Date"),
}
"""The physical and logical type of each type of column; where there is no logical type, the physical one says it all."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with one release. Not to be changed."""
    project = prepare(tmp_path_factory.mktemp("files"))
    publish(project)
    return project


def opened(project: Project, name: str) -> Any:
    from pyarrow import parquet

    return parquet.ParquetFile(project.outputs / "latest" / "parquet" / f"{name}.parquet")


@pytest.mark.parametrize("table", tables().values(), ids=list(tables()))
def test_columns_have_the_types_and_descriptions_of_the_model(project: Project, table: Table) -> None:
    file = opened(project, table.name)
    leaves = [file.schema.column(number) for number in range(len(table.columns))]

    for column, leaf, field in zip(table.columns, leaves, file.schema_arrow, strict=True):
        assert field.name == column.name
        assert (leaf.physical_type, leaf.logical_type.type.title()) == LOGICAL[column.type], column.name
        assert leaf.max_repetition_level == (column.type == "VARCHAR[]"), column.name
        assert field.nullable == column.nullable
        assert field.metadata[b"description"].decode() == column.description


@pytest.mark.parametrize("table", tables().values(), ids=list(tables()))
def test_the_footer_says_where_the_file_belongs(project: Project, table: Table) -> None:
    dataset = read_dataset(project)

    said = {key.decode(): value.decode() for key, value in opened(project, table.name).metadata.metadata.items()}

    said.pop("ARROW:schema")
    assert said == {
        "dataset": dataset.name,
        "title": dataset.title,
        "version": "0.1.0",
        "publisher": dataset.publisher,
        "licence": dataset.licence,
        "licence_url": dataset.licence_url,
        "table": table.name,
        "description": table.description,
    }


@pytest.mark.parametrize("table", tables().values(), ids=list(tables()))
def test_rows_are_in_the_order_the_file_states(project: Project, table: Table) -> None:
    path = project.outputs / "latest" / "parquet" / f"{table.name}.parquet"
    key = ", ".join(f'"{name}"' for name in table.key or [c.name for c in table.columns])
    with connect() as con:
        stored = con.execute(f"SELECT {key} FROM read_parquet('{path}')").fetchall()
        ordered = con.execute(
            f"SELECT {key} FROM read_parquet('{path}') ORDER BY {key.replace(',', ' NULLS LAST,')} NULLS LAST"
        ).fetchall()
    metadata = opened(project, table.name).metadata

    assert stored == ordered
    for number in range(metadata.num_row_groups):
        stated = [c.column_index for c in metadata.row_group(number).sorting_columns]
        names = [table.columns[index].name for index in stated]
        assert names == list(table.key)[: len(names)] or not table.key
        assert not any(table.columns[index].type == "VARCHAR[]" for index in stated)
        assert not any(c.descending or c.nulls_first for c in metadata.row_group(number).sorting_columns)


@pytest.mark.parametrize("table", tables().values(), ids=list(tables()))
def test_every_column_is_zstd_with_a_page_index(project: Project, table: Table) -> None:
    metadata = opened(project, table.name).metadata
    chunks = [
        metadata.row_group(group).column(number)
        for group in range(metadata.num_row_groups)
        for number in range(metadata.num_columns)
    ]

    assert {chunk.compression for chunk in chunks} <= {"ZSTD"}
    assert all(chunk.has_offset_index and chunk.has_column_index for chunk in chunks)


def test_a_large_table_has_the_same_bytes_and_groups_whatever_the_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyarrow import parquet

    table = tables()["threat_target"]
    cells = ", ".join(
        f"md5((range * {n})::VARCHAR) AS {c.name}" for n, c in enumerate(table.columns, 1) if "V" in c.type
    )
    rest = ", ".join(f"1 AS {c.name}" for c in table.columns if "V" not in c.type)
    digests = set()
    for threads in ("1", "2"):
        monkeypatch.setenv("WB6_THREADS", threads)
        folder = tmp_path / threads
        folder.mkdir()
        with connect() as con:
            con.execute(f"CREATE TABLE threat_target AS SELECT {cells}, {rest} FROM range(260000)").fetchall()
            write_parquet(con, table, folder, {})
        path = folder / "parquet" / "threat_target.parquet"
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
        metadata = parquet.ParquetFile(path).metadata
        groups = [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]
        assert groups == [100_000, 100_000, 60_000]

    assert len(digests) == 1


def test_a_file_is_read_once_as_long_as_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import files

    path = tmp_path / "file"
    path.write_bytes(b"one")
    os.utime(path, ns=(0, 0))
    monkeypatch.setattr(files, "_TICK", -1)  # as if all that was done lay long ago
    assert files.sha256_once(path) == files.sha256(path)
    with monkeypatch.context() as patch:
        patch.setattr(files, "sha256", lambda _: pytest.fail("read again"))
        files.sha256_once(path)

    path.write_bytes(b"two")

    assert files.sha256_once(path) == files.sha256(path)


def test_a_file_that_changed_just_now_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import files

    path = tmp_path / "file"
    monkeypatch.setattr(files, "_TICK", 1 << 62)
    for content in (b"one", b"two"):
        path.write_bytes(content)
        os.utime(path, ns=(0, 0))
        assert files.sha256_once(path) == files.sha256(path)
        assert str(path) not in files._read


def test_a_process_that_reads_ever_more_files_forgets_the_oldest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline import files

    monkeypatch.setattr(files, "_TICK", -1)
    monkeypatch.setattr(files, "_MOST", 3)
    paths = [tmp_path / str(number) for number in range(5)]
    for path in paths:
        path.touch()
        files.sha256_once(path)

    assert [str(path) in files._read for path in paths] == [False, False, True, True, True]
    assert len(files._read) == 3
