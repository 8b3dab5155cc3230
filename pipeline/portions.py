"""Which tables one query takes on at once: many small ones, since each query has its price, and a large one by itself.

An engine holds buffers for each table of a query at the same time; those of many large ones would not fit the memory of
one process.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.engine import quoted
from pipeline.engines import Sql, is_distributed
from schemas.registry import Table

_MOST = 50_000
"""How many rows the tables of one query may have together, unless there is only one."""


def portions(con: Sql, tables: Iterable[Table], layer: str = "source") -> list[list[Table]]:
    """The tables in groups, each for one query over `<layer>.<table>`; the tables that are large stand alone."""
    chosen = list(tables)
    if not chosen:
        return []
    if is_distributed(con):
        return [chosen]
    counts = ", ".join(f"(SELECT count(*) FROM {layer}.{quoted(table.name)})" for table in chosen)
    rows = con.execute(f"SELECT {counts}").fetchall()[0]
    groups: list[list[Table]] = []
    room = 0
    for table, number in sorted(zip(chosen, rows, strict=True), key=lambda pair: (pair[1], pair[0].name)):
        if not groups or number > room:
            groups.append([])
            room = _MOST
        groups[-1].append(table)
        room -= number
    return groups
