"""A release opened for its proof: its manifest, and those of its tables that are what the manifest says, in the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.engine import Connection, literal, quoted
from pipeline.verify.fault import RESTORE, Fault, told
from pipeline.verify.manifest import Listed, Manifest, read_json, read_manifest
from pipeline.verify.sums import Sums, check_sums, find_files
from pipeline.verify.unchecked import raise_if_unchecked, unchecked_where_lacking
from schemas.registry import Table


@dataclass(frozen=True)
class Opened:
    """A release as the checks see it.

    `tables` are those that the engine reads as `now."<table>"`, in the order of their rows, each column described and
    declared never empty as its Parquet file has it. What keeps a table out is among `misread`.
    """

    con: Connection
    store: Path
    folder: Path
    version: str
    sums: Sums
    manifest: Manifest
    tables: Mapping[str, Table]
    misread: tuple[Fault, ...]
    malformed: tuple[Fault, ...]

    @property
    def files(self) -> Mapping[str, Path]:
        """Its plain files by name."""
        return self.sums.files

    @property
    def unread(self) -> frozenset[str]:
        """The tables that were kept out: what refers to one of them cannot be told to be wrong."""
        return self.manifest.listed - self.tables.keys()

    @property
    def strangers(self) -> list[Fault]:
        """Its files that lie among those of tables, and belong to none."""
        forms = {n for table in self.manifest.listed for n in (f"csv/{table}.csv", f"parquet/{table}.parquet")}
        here = {n for n in self.files if n.startswith(("csv/", "parquet/"))}
        return [Fault(n, "belongs to no table of manifest.json", "remove it") for n in sorted(here - forms)]

    def json(self, name: str) -> dict[str, Any]:
        """One of its files as JSON. Raises ValueError where it is none."""
        said, wrong = read_json(self.folder / name, name)
        if wrong:
            raise ValueError(wrong[0].what)
        return said


@unchecked_where_lacking()
def open_release(con: Connection, folder: Path, *, staged: bool = False) -> Opened:
    """Open a release. Follows no link; what is wrong with its files is among what is returned.

    The folder of one that is only `staged` is not named by its version yet, and its checksums need not be there yet.
    Raises UncheckedError where this machine lacks what opening it takes, and KeyboardInterrupt at Ctrl-C.
    """
    sums = Sums(find_files(folder)[0], {}, ()) if staged else check_sums(folder)
    manifest, malformed = read_manifest(folder)
    version = str(manifest.said.get("version")) if staged else folder.name
    con.execute("CREATE SCHEMA now").fetchall()
    about = {"dataset": "name", **{n: n for n in ("title", "publisher", "licence", "licence_url")}}
    own = {"version": version, **{said: manifest.about.get(name) for said, name in about.items()}}
    tables, misread = {}, []
    for name, listed in manifest.tables.items():
        label = f"parquet/{name}.parquet"
        if label not in sums.files:
            misread.append(Fault(label, "missing", RESTORE))
            continue
        table, wrong = _load(con, folder, label, listed, own)
        misread += wrong
        if not wrong:
            tables[name] = table
    return Opened(con, folder.parent, folder, version, sums, manifest, tables, tuple(misread), tuple(malformed))


def _load(
    con: Connection, folder: Path, label: str, listed: Listed, own: Mapping[str, object]
) -> tuple[Table, list[Fault]]:
    """Put one table in the engine; the table as described there, and what is wrong with its Parquet file."""
    import duckdb
    import pyarrow as pa
    from pyarrow import parquet

    table, path = listed.table, folder / label
    source = f"read_parquet({literal(path)})"
    try:
        schema = parquet.read_schema(path)
        described = con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        found, wanted = [(row[0], row[1]) for row in described], [(c.name, c.type) for c in table.columns]
        if found != wanted:
            return table, [Fault(label, what) for what in _unlike(found, wanted)]
        con.execute(f"CREATE VIEW now.{quoted(table.name)} AS SELECT * FROM {source}").fetchall()
    except (duckdb.Error, pa.ArrowException, OSError, ValueError) as error:
        raise_if_unchecked(error)
        return table, [Fault(label, f"cannot be read: {told(error, folder)}", RESTORE)]
    said = _texts(schema.metadata)
    stated = {"table": table.name, "description": listed.description, **own}
    wrong = [
        Fault(label, f"calls its {what} {said[what]!r}, and the release {meant!r}")
        for what, meant in stated.items()
        if what in said and said[what] != meant
    ]
    columns = tuple(
        replace(c, description=_texts(f.metadata).get("description", ""), nullable=f.nullable)
        for c, f in zip(table.columns, schema, strict=True)
    )
    return replace(table, description=said.get("description", ""), columns=columns), wrong


def _texts(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    return {k.decode("utf-8", "replace"): v.decode("utf-8", "replace") for k, v in (metadata or {}).items()}


def _unlike(found: list[tuple[str, str]], wanted: list[tuple[str, str]]) -> list[str]:
    """How the columns of a Parquet file differ from those that the manifest lists."""
    whats = [f"lacks the column {n} {t} that manifest.json lists" for n, t in wanted if (n, t) not in found]
    whats += [f"has the column {n} {t}, which manifest.json does not list" for n, t in found if (n, t) not in wanted]
    return whats or ["has its columns in another order than manifest.json"]
