"""How much one query takes on at once: many small tables, since each query has its price, and a large one by itself or in shares.

An engine holds buffers for each table of a query at the same time, and lists that are put together wholly in memory.
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


SHARE = 4_000_000
"""How many rows of a table a query looks at where it can do so key by key."""


def shares(con: Sql, relation: str, column: str) -> list[str]:
    """Conditions on a column, by each of which a query sees a share of a table: all rows of a value in the same one."""
    if is_distributed(con):
        return ["true"]
    rows = con.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0]
    number = -(-rows // SHARE)
    return [f"hash({quoted(column)}) % {number} = {n}" for n in range(number)] if number > 1 else ["true"]
