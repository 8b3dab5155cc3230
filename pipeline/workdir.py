"""Working files: what each step leaves in the build folder for the next, as Parquet.

Three layers: `source` (cells as written), `claims` (cells weighed), `tables` (as published). A file is written
aside and renamed, so that a step that fails leaves what was there, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.engine import Connection, literal, quoted

Layer = Literal["source", "claims", "tables"]


@dataclass(frozen=True)
class Workdir:
    """The build folder of one project."""

    folder: Path

    def path(self, layer: Layer, name: str) -> Path:
        """Where a table of a layer is kept."""
        return self.folder / layer / f"{name}.parquet"

    def save(self, con: Connection, layer: Layer, name: str, sql: str) -> None:
        """Keep the result of a query as a table of a layer."""
        path = self.path(layer, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".partial")
        con.execute(f"COPY ({sql}) TO {literal(aside)} (FORMAT parquet)").fetchall()
        aside.replace(path)

    def discard(self, name: str) -> None:
        """Forget what earlier runs kept of a table, so that nothing stale is used in its place."""
        for layer in ("source", "claims", "tables"):
            self.path(layer, name).unlink(missing_ok=True)

    def attach(self, con: Connection, layer: Layer, names: Iterable[str]) -> None:
        """Give an engine views on tables of a layer: `source.x`, `claims.x`, or plain `x` for what is published."""
        for name in names:
            view = quoted(name) if layer == "tables" else f"{layer}.{quoted(name)}"
            con.execute(
                f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM read_parquet({literal(self.path(layer, name))})"
            ).fetchall()
