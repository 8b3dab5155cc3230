"""Working files: what each step leaves in the build folder for the next, as Parquet.

Three layers: `source` (cells as written), `claims` (cells weighed), `tables` (as published). A file is written
aside and renamed, so that a step that fails leaves what was there, or nothing. A large table that Spark made is a folder
of files, which is read as one.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.engine import literal, quoted
from pipeline.engines import Engine, Sql
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

    def files(self, layer: Layer, name: str) -> list[Path]:
        """The files that hold a table of a layer, in the order of its rows; none where it has not been built."""
        path = self.path(layer, name)
        return sorted(path.glob("*.parquet")) if path.is_dir() else [path] if path.is_file() else []

    def readable(self, layer: Layer, name: str) -> str:
        """What names those files where Parquet is read."""
        path = self.path(layer, name)
        return str(path / "*.parquet") if path.is_dir() else str(path)

    @property
    def kept(self) -> Path:
        """Where pieces of releases are kept from one to the next: rows of sheets, charts, footnotes."""
        return self.folder / "kept"

    def stamp(self, name: str) -> Path:
        """Where the digest of the file that a table was read from is kept."""
        return self.folder / "source" / f"{name}.sha256"

    def save(self, con: Engine, layer: Layer, name: str, sql: str) -> None:
        """Keep the result of a query as a table of a layer."""
        path = self.path(layer, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".partial")
        remove(aside)
        con.write(sql, aside)
        if path.is_dir() or aside.is_dir():  # a folder takes no other's place
            remove(path)
        aside.replace(path)

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget every table but these, so that nothing of a table that is no more finds its way into a release."""
        known = set(names)
        for path in [p for layer in ("source", "claims", "tables") for p in (self.folder / layer).glob("*.*")]:
            if path.name.split(".")[0] not in known:
                remove(path)

    def version(self, name: str) -> str:
        """One digest of all that is kept of a table: a claim may change where no published value does."""
        layers: tuple[Layer, ...] = ("source", "claims", "tables")
        files = [file for layer in layers for file in self.files(layer, name)]
        return hashlib.sha256("".join(map(sha256_once, files)).encode()).hexdigest()

    def discard(self, name: str) -> None:
        """Forget what earlier runs kept of a table, so that nothing stale is used in its place."""
        self.stamp(name).unlink(missing_ok=True)
        for layer in ("source", "claims", "tables"):
            remove(self.path(layer, name))

    def attach(self, con: Sql, layer: Layer, names: Iterable[str]) -> None:
        """Give an engine views on tables of a layer: `source.x`, `claims.x`, or plain `x` for what is published.

        Raises PipelineError where one has not been built.
        """
        for name in names:
            if not self.path(layer, name).exists():
                raise PipelineError(
                    f"the table {name} has not been built yet; materialise it first, or run wb6 release"
                )
            view = quoted(name) if layer == "tables" else f"{layer}.{quoted(name)}"
            con.execute(
                f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM read_parquet({literal(self.readable(layer, name))})"
            ).fetchall()


def remove(path: Path) -> None:
    """Remove a file, or a folder with what is in it; it may be missing."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
