"""A release opened for its proof: its manifest, and those of its tables that are what the manifest says, in the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.engine import Connection, literal, quoted
from pipeline.verify.fault import RESTORE, Fault, told
from pipeline.verify.manifest import Listed, Manifest, read_manifest
from pipeline.verify.sums import find_files
from schemas.registry import Table


@dataclass(frozen=True)
class Opened:
    """A release as the checks see it.

    `tables` are those that lie in the engine, as `now."<table>"`, in the order of their rows; `required` names the
    columns of each that its Parquet file declares never empty. What keeps a table out is among `misread`.
    """

    con: Connection
    store: Path
    folder: Path
    files: Mapping[str, Path]
    manifest: Manifest
    tables: Mapping[str, Table]
    required: Mapping[str, frozenset[str]]
    misread: tuple[Fault, ...]
    malformed: tuple[Fault, ...]

    @property
    def version(self) -> str:
        """The release's name in the store."""
        return self.folder.name

    @property
    def unread(self) -> frozenset[str]:
        """The tables that were kept out: what refers to one of them cannot be told to be wrong."""
        return self.manifest.listed - self.tables.keys()


def open_release(con: Connection, folder: Path) -> Opened:
    """Open a release. Follows no link, raises nothing for what is damaged."""
    files, _ = find_files(folder)
    manifest, malformed = read_manifest(folder)
    con.execute("CREATE SCHEMA now").fetchall()
    tables, required, misread = {}, {}, []
    for name, listed in manifest.tables.items():
        label = f"parquet/{name}.parquet"
        if label not in files:
            misread.append(Fault(label, "missing", RESTORE))
            continue
        never_empty, wrong = _load(con, folder, label, listed)
        if wrong:
            misread += wrong
        else:
            tables[name], required[name] = listed.table, never_empty
    strangers = {n for n in files if n.startswith(("csv/", "parquet/"))} - {
        n for table in manifest.listed for n in (f"csv/{table}.csv", f"parquet/{table}.parquet")
    }
    misread += [Fault(n, "belongs to no table of manifest.json", "remove it") for n in sorted(strangers)]
    parts = (files, manifest, tables, required, tuple(misread), tuple(malformed))
    return Opened(con, folder.parent, folder, *parts)


def _load(con: Connection, folder: Path, label: str, listed: Listed) -> tuple[frozenset[str], list[Fault]]:
    """Put one table in the engine; the columns that are never empty, or what is wrong with its Parquet file."""
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
            return frozenset(), [Fault(label, what) for what in _unlike(found, wanted)]
        con.execute(f"CREATE TABLE now.{quoted(table.name)} AS SELECT * FROM {source}").fetchall()
    except (duckdb.Error, pa.ArrowException, OSError, ValueError) as error:
        return frozenset(), [Fault(label, f"cannot be read: {told(error, folder)}", RESTORE)]
    said = {k.decode("utf-8", "replace"): v.decode("utf-8", "replace") for k, v in (schema.metadata or {}).items()}
    stated = {"table": table.name, "description": listed.description, "version": folder.name}
    wrong = [
        Fault(label, f"calls its {what} {said[what]!r}, and the release {meant!r}")
        for what, meant in stated.items()
        if what in said and said[what] != meant
    ]
    return frozenset(field.name for field in schema if not field.nullable), wrong


def _unlike(found: list[tuple[str, str]], wanted: list[tuple[str, str]]) -> list[str]:
    """How the columns of a Parquet file differ from those that the manifest lists."""
    whats = [f"lacks the column {n} {t} that manifest.json lists" for n, t in wanted if (n, t) not in found]
    whats += [f"has the column {n} {t}, which manifest.json does not list" for n, t in found if (n, t) not in wanted]
    return whats or ["has its columns in another order than manifest.json"]
