"""Conflicts agree with the claims: a row for each cell that is claimed with more than one value, and for no other."""

from __future__ import annotations

from pipeline.engine import literal
from pipeline.engines import rows_of
from pipeline.portions import shares
from pipeline.verify.fault import Fault, contradictions
from pipeline.verify.opened import Opened

_CELL = "table_name, row_key, column_name"

_FOLLOWS = {
    "n_values": "count(DISTINCT value)",
    "published_value": "max(CASE WHEN is_published THEN value END)",
    "documents": "list_sort(list(DISTINCT document_id))",
}
"""Columns of a conflict that follow from the claims of its cell alone."""


def conflict_faults(release: Opened) -> list[Fault]:
    """Conflicts that the claims do not bear out, and differing claims without a conflict."""
    if not {"claim", "conflict"} <= release.tables.keys():
        return []
    columns = [n for n in _FOLLOWS if n in {c.name for c in release.tables["conflict"].columns}]
    counted = ", ".join(f"{_FOLLOWS[n]} AS {n}" for n in columns)
    unlike = ", ".join(f"CASE WHEN c.{n} IS DISTINCT FROM k.{n} THEN {literal(n)} END" for n in columns)
    parts = shares(release.con, "now.claim", "row_key")
    found = (row for share in parts for row in rows_of(release.con, _unlike(counted, unlike, share)))
    return contradictions("csv/conflict.csv", (_told(*row) for row in found))


def _unlike(counted: str, unlike: str, share: str) -> str:
    """The query for the conflicts in a share of the rows that are not as their claims have them."""
    return f"""
        WITH contested AS (
            SELECT {_CELL} FROM now.claim WHERE {share} AND column_name IS NOT NULL GROUP BY {_CELL} HAVING min(value) <> max(value)
        ),
        differing AS (
            SELECT {_CELL}, {counted or "1 AS n"}
            FROM now.claim
            JOIN contested USING ({_CELL})
            GROUP BY {_CELL}
        ),
        paired AS (
            SELECT coalesce(c.table_name, k.table_name) AS table_name, coalesce(c.row_key, k.row_key) AS row_key,
                   coalesce(c.column_name, k.column_name) AS column_name,
                   c.row_key IS NOT NULL AS stated, k.row_key IS NOT NULL AS counted,
                   list_filter([{unlike or "NULL"}], lambda x: x IS NOT NULL) AS unlike
            FROM (SELECT * FROM now.conflict WHERE {share}) c
            FULL JOIN differing k
                   ON k.table_name = c.table_name AND k.row_key = c.row_key AND k.column_name = c.column_name
        )
        SELECT {_CELL}, stated, counted, unlike FROM paired
        WHERE NOT stated OR NOT counted OR len(unlike) > 0
        ORDER BY ALL
        """


def _told(table: str, key: str, column: str, stated: bool, counted: bool, unlike: list[str]) -> str:
    cell = f"{table} {key}: {column}"
    if not counted:
        return f"{cell} is no conflict by its claims"
    if not stated:
        return f"{cell} is claimed with several values, and missing here"
    return f"{cell} has another {' and '.join(unlike)} than its claims"
