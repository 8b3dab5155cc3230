"""A release as wb6.sql opens it: in a plain DuckDB, as a reader has it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipeline.dataset import read_dataset
from pipeline.project import Project
from pipeline.standards.sql import FILE, write_sql
from pipeline.standards.staged import Staged
from schemas.registry import Table, tables
from tests.conftest import ROOT


def described(folder: Path, chosen: Mapping[str, Table] | None = None) -> Path:
    """A copy of the latest release with the wb6.sql that this code writes for it."""
    shutil.copytree(ROOT / "outputs" / "latest", folder)
    write_sql(Staged(folder, read_dataset(Project(ROOT)), chosen or tables(), {}, "1.2.3"))
    return folder


def loaded(folder: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own that has run a release's wb6.sql from elsewhere."""
    con = duckdb.connect()
    con.execute(f"SET VARIABLE wb6 = '{folder}'").fetchall()
    con.execute((folder / FILE).read_text("utf-8")).fetchall()
    return con
