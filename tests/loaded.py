"""A release as wb6.sql opens it: in a plain DuckDB, as a reader has it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import duckdb

from pipeline.dataset import read_dataset
from pipeline.project import Project
from pipeline.standards.sql import FILE, write_sql
from pipeline.standards.staged import Staged
from schemas.registry import CLAIM_COLUMNS, Table, tables
from tests.conftest import ROOT


def as_published(folder: Path) -> dict[str, Table]:
    """The tables with the columns that a release has of them, which may be from before others were added."""
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["tables"]
    held = {name: {c["name"] for c in entry["columns"]} for name, entry in listed.items()}
    return {
        name: replace(
            table,
            columns=tuple(c for c in table.columns if c.name in held[name]),
            fields=tuple(f for f in table.fields if f.name in held[name] or f.name in CLAIM_COLUMNS),
        )
        for name, table in tables().items()
        if name in held
    }


def described(folder: Path, chosen: Mapping[str, Table] | None = None) -> Path:
    """A copy of the latest release with the wb6.sql that this code writes for it."""
    shutil.copytree(ROOT / "outputs" / "latest", folder)
    write_sql(Staged(folder, read_dataset(Project(ROOT)), chosen or as_published(folder), {}, "1.2.3"))
    return folder


def loaded(folder: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own that has run a release's wb6.sql from elsewhere."""
    con = duckdb.connect()
    con.execute(f"SET VARIABLE wb6 = '{folder}'").fetchall()
    con.execute((folder / FILE).read_text("utf-8")).fetchall()
    return con
