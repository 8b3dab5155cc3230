"""One of the two releases that are compared: its tables in the engine, and what it says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.engine import Connection, literal, quoted
from pipeline.verify.manifest import Manifest, read_manifest
from schemas.registry import Table

FOLLOWING: Mapping[str, frozenset[str]] = {
    "claim": frozenset({"is_published", "corroboration", "source_file", "source_line", "first_release"})
}
"""Columns that are no content of their own: they follow from others, or say where a claim is written and since when."""


@dataclass(frozen=True)
class Side:
    """One release, or what is to become one.

    `schema` is where its tables lie in the engine; `digests` are those of its CSV files, as far as they are known;
    `about` is what it says of the dataset.
    """

    schema: str
    version: str
    tables: Mapping[str, Table]
    about: Mapping[str, Any] = field(default_factory=dict)
    digests: Mapping[str, object] = field(default_factory=dict)

    def relation(self, name: str) -> str:
        """A table in SQL."""
        return f"{self.schema}.{quoted(name)}"

    @property
    def compared(self) -> dict[str, Table]:
        """The tables whose cells are compared: those that people write, the bibliography and the claims.

        Joins and conflicts follow from them.
        """
        return {n: t for n, t in self.tables.items() if t.layer == "source" or n in ("document", "claim")}


def restated(old: Side, new: Side) -> list[str]:
    """The names of what two sides say differently of the dataset."""
    return sorted(name for name in old.about.keys() | new.about.keys() if old.about.get(name) != new.about.get(name))


def same_file(old: Side, new: Side, name: str) -> bool:
    """Whether a table is known to be the same on both sides, by its digest."""
    return old.digests.get(name) == new.digests.get(name) is not None


def side_of(schema: str, version: str, manifest: Manifest) -> Side:
    """A release whose tables lie in the engine already."""
    tables = {name: listed.table for name, listed in manifest.tables.items()}
    digests = {name: listed.sha256 for name, listed in manifest.tables.items()}
    return Side(schema, version, tables, manifest.about, digests)


def attach(con: Connection, folder: Path, schema: str) -> Side:
    """Give the engine a view on every table of a release, in a schema of that name."""
    manifest, _ = read_manifest(folder)
    con.execute(f"CREATE SCHEMA {schema}").fetchall()
    side = side_of(schema, folder.name, manifest)
    for name in side.tables:
        file = literal(folder / "parquet" / f"{name}.parquet")
        con.execute(f"CREATE VIEW {side.relation(name)} AS SELECT * FROM read_parquet({file})").fetchall()
    return side
