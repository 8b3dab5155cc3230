"""Rows of sheets kept between releases, under digests of the table's CSV, its columns and styles, and the code that makes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.engine import Connection
from pipeline.files import sha256
from pipeline.pieces import code_of, find, keep, state_of
from pipeline.standards.rows import rows_of
from pipeline.standards.staged import Staged
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
    path, state = staged.kept / "sheets" / f"{table.name}.xml", _state(staged, table, styles)
    found = find(path, state)
    if found:
        xml, widths = found
        return tuple(widths), iter([xml.decode("utf-8")])
    rows = rows_of(con, table.columns, parquet, styles)
    whole = "".join(rows.xml())
    keep(path, state, whole.encode(), rows.widths)
    return rows.widths, iter([whole])


def _state(staged: Staged, table: Table, styles: Mapping[str, int]) -> str:
    content = sha256(staged.folder / "csv" / f"{table.name}.csv")
    columns = [[column.name, column.type] for column in table.columns]
    return state_of(content, code_of("pipeline/standards/rows.py"), columns, sorted(styles.items()))
