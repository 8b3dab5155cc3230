"""Proof that a release is whole: checksums hold, no file is missing or extra, CSV equals Parquet, descriptions are true."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.engine import Connection, literal, quoted
from pipeline.files import SUMS, as_text, sha256
from pipeline.standards.agree import disagreements
from schemas.registry import Column


def write_sums(folder: Path) -> None:
    """List the SHA-256 of every file of a release, in name order, as sha256sum does."""
    lines = [f"{sha256(path)}  {name}\n" for name, path in _files(folder).items() if name != SUMS]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def _files(folder: Path) -> dict[str, Path]:
    return {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}


def faults(con: Connection, folder: Path) -> list[str]:
    """What is wrong with a release, each fault one line; empty where it is whole."""
    found = sum_faults(folder)
    if found:
        return found
    contents = json.loads((folder / "manifest.json").read_text("utf-8"))["tables"]
    unequal = [fault for name, entry in contents.items() for fault in _unequal(con, folder, name, entry["columns"])]
    return disagreements(folder) + unequal


def sum_faults(folder: Path) -> list[str]:
    """The files of a release that are missing, strange, or not the bytes that its SHA256SUMS states."""
    if not (folder / SUMS).is_file():
        return [f"{SUMS}: missing"]
    lines = (line.split("  ", 1) for line in (folder / SUMS).read_text("utf-8").splitlines())
    listed = {name: digest for digest, name in lines}
    files = _files(folder)
    found = [f"{name}: missing" for name in listed.keys() - files.keys()]
    found += [f"{name}: not listed in {SUMS}" for name in files.keys() - listed.keys() - {SUMS}]
    found += [
        f"{n}: not the bytes that {SUMS} states" for n in listed.keys() & files.keys() if sha256(files[n]) != listed[n]
    ]
    return sorted(found)


def _unequal(con: Connection, folder: Path, name: str, columns: list[dict[str, str]]) -> list[str]:
    """Whether a table's CSV and Parquet differ in any cell, as rows with their multiplicity."""
    from schemas.fields import Cell

    typed = [Column(c["name"], c["type"], "", c["name"], Cell("text")) for c in columns]
    binary = f"read_parquet({literal(folder / 'parquet' / f'{name}.parquet')})"
    types = ", ".join(f"{literal(c.name)}: 'VARCHAR'" for c in typed)
    text = (
        f"read_csv({literal(folder / 'csv' / f'{name}.csv')}, columns = {{{types}}}, header = true, auto_detect = false, "
        "delim = ',', quote = '\"', escape = '\"', nullstr = '')"
    )
    one = f"SELECT {', '.join(f'CAST({as_text(c)} AS VARCHAR)' for c in typed)} FROM {binary}"
    other = f"SELECT {', '.join(quoted(c.name) for c in typed)} FROM {text}"
    sql = f"SELECT count(*) FROM (({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one}))"
    differing = con.execute(sql).fetchall()[0][0]
    return [f"csv/{name}.csv: {differing} rows differ from parquet/{name}.parquet"] if differing else []
