"""Working files: what each step leaves in the build folder for the next, as Parquet.

Three layers: `source` (cells as written), `claims` (cells weighed), `tables` (as published). A file is written
aside and renamed, so that a step that fails leaves what was there, or nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.engine import Connection, literal, quoted
from pipeline.files import sha256_once
from pipeline.problems import PipelineError

Layer = Literal["source", "claims", "tables"]


@dataclass(frozen=True)
class Workdir:
    """The build folder of one project."""

    folder: Path

    def path(self, layer: Layer, name: str) -> Path:
        """Where a table of a layer is kept."""
        return self.folder / layer / f"{name}.parquet"

    @property
    def kept(self) -> Path:
        """Where pieces of releases are kept from one to the next: rows of sheets, charts, footnotes."""
        return self.folder / "kept"

    def stamp(self, name: str) -> Path:
        """Where the digest of the file that a table was read from is kept."""
        return self.folder / "source" / f"{name}.sha256"

    def save(self, con: Connection, layer: Layer, name: str, sql: str) -> None:
        """Keep the result of a query as a table of a layer."""
        path = self.path(layer, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".partial")
        con.execute(f"COPY ({sql}) TO {literal(aside)} (FORMAT parquet)").fetchall()
        aside.replace(path)

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget every table but these, so that nothing of a table that is no more finds its way into a release."""
        known = set(names)
        for path in [p for layer in ("source", "claims", "tables") for p in (self.folder / layer).glob("*.*")]:
            if path.name.split(".")[0] not in known:
                path.unlink()

    def version(self, name: str) -> str:
        """One digest of all that is kept of a table: a claim may change where no published value does."""
        layers: tuple[Layer, ...] = ("source", "claims", "tables")
        paths = [self.path(layer, name) for layer in layers]
        return hashlib.sha256("".join(sha256_once(p) for p in paths if p.is_file()).encode()).hexdigest()

    def discard(self, name: str) -> None:
        """Forget what earlier runs kept of a table, so that nothing stale is used in its place."""
        self.stamp(name).unlink(missing_ok=True)
        for layer in ("source", "claims", "tables"):
            self.path(layer, name).unlink(missing_ok=True)

    def attach(self, con: Connection, layer: Layer, names: Iterable[str]) -> None:
        """Give an engine views on tables of a layer: `source.x`, `claims.x`, or plain `x` for what is published.

        Raises PipelineError where one has not been built.
        """
        for name in names:
            if not self.path(layer, name).is_file():
                raise PipelineError(
                    f"the table {name} has not been built yet; materialise it first, or run wb6 release"
                )
            view = quoted(name) if layer == "tables" else f"{layer}.{quoted(name)}"
            con.execute(
                f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM read_parquet({literal(self.path(layer, name))})"
            ).fetchall()
