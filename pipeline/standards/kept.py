"""Rows of sheets kept between releases, since most tables are in the next one as they were in the last.

Kept in the build folder, under digests of the table's CSV, its columns and styles, and the code that makes rows of them.
What is not as it was kept, or cannot be read, is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.code import code_files, digest, reached
from pipeline.engine import Connection
from pipeline.files import sha256
from pipeline.standards.rows import rows_of
from pipeline.standards.staged import Staged
from pipeline.whole import keep_if_possible
from schemas.registry import Table

_MOST_ROWS = 20_000
"""Larger tables are streamed instead: kept rows pass through memory whole, and lie on the disk once more."""


def sheet_rows(
    con: Connection, staged: Staged, table: Table, styles: Mapping[str, int]
) -> tuple[tuple[int, ...], Iterator[str]]:
    """How wide each column of a staged table is, and its rows as XML, in pieces."""
    parquet = staged.folder / "parquet" / f"{table.name}.parquet"
    if staged.kept is None or staged.rows[table.name] > _MOST_ROWS:
        rows = rows_of(con, table.columns, parquet, styles)
        return rows.widths, rows.xml()
    path, state = staged.kept / f"{table.name}.xml", _state(staged, table, styles)
    found = _read(path, state)
    if found:
        return found
    rows = rows_of(con, table.columns, parquet, styles)
    whole = "".join(rows.xml())
    head = {"state": state, "widths": rows.widths, "sha256": hashlib.sha256(whole.encode()).hexdigest()}
    keep_if_possible(path, f"{json.dumps(head)}\n{whole}")
    return rows.widths, iter([whole])


def _state(staged: Staged, table: Table, styles: Mapping[str, int]) -> str:
    content = sha256(staged.folder / "csv" / f"{table.name}.csv")
    known = code_files()
    code = digest(reached("pipeline/standards/rows.py", known), known)
    columns = [[column.name, column.type] for column in table.columns]
    return hashlib.sha256(json.dumps([content, code, columns, sorted(styles.items())]).encode()).hexdigest()


def _read(path: Path, state: str) -> tuple[tuple[int, ...], Iterator[str]] | None:
    """What was kept in a state, if it is as it was kept."""
    try:
        first, _, whole = path.read_bytes().partition(b"\n")
        head = json.loads(first)
        if head["state"] == state and head["sha256"] == hashlib.sha256(whole).hexdigest():
            return tuple(head["widths"]), iter([whole.decode("utf-8")])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None
