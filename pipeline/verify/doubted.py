"""The rows of published tables that are not what their claims make of them, found row by row and told nothing more of.

A look at each row as a whole costs little, and leaves next to none whose cells must be looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.engine import Connection, literal, quoted
from pipeline.expand import expressions
from pipeline.files import key_text
from pipeline.portions import portions
from schemas.registry import Column, Field, Table


def doubt(con: Connection, tables: Iterable[Table]) -> None:
    """Create `doubted`, the rows that differ from their claims, and `doubted_claim`, the claims on them.

    Whatever is wrong with a row, or with the claims on its cells as far as they are weighed, makes it doubted.
    """
    con.execute("CREATE TEMP TABLE doubted (table_name VARCHAR, row_key VARCHAR)").fetchall()
    for group in portions(con, tables, "now"):
        claims = "now.claim"
        if len(group) > 1:  # many small tables need not each go through all claims
            names, claims = ", ".join(literal(table.name) for table in group), "claim_of_group"
            con.execute(
                f"CREATE OR REPLACE TEMP TABLE {claims} AS SELECT {_ASKED} FROM now.claim WHERE table_name IN ({names})"
            ).fetchall()
        for table in group:
            con.execute(f"INSERT INTO doubted {_unlike(table, claims)}").fetchall()
    con.execute("DROP TABLE IF EXISTS claim_of_group").fetchall()
    con.execute(
        "CREATE TEMP TABLE doubted_claim AS SELECT * FROM now.claim c "
        "WHERE EXISTS (SELECT 1 FROM doubted d WHERE d.table_name = c.table_name AND d.row_key = c.row_key)"
    ).fetchall()


def columns_of(table: Table, field: Field) -> list[Column]:
    """The published columns of one field."""
    return [c for c in table.columns if c.field == field.name]


_ASKED = "table_name, row_key, column_name, value, rank, is_published"
"""What a row is compared with of the claims on it."""


def _unlike(table: Table, claims: str) -> str:
    """The query for the rows of a table that differ from what their claims, put together to a row, make of them."""
    fields = {f"_f{n}": f for n, f in enumerate(table.claimed)}
    put_together = [part for name, field in fields.items() for part in _aggregates(name, field)]
    items = [item.replace("CAST(", "TRY_CAST(") for name, field in fields.items() for item in expressions(field, name)]
    agree = [
        "p._key = c._key",
        "c._stands",
        "p.n_claims = c._claims",
        f"p.disputed = ({_any('{0}_low <> {0}_high', fields)})",
    ]
    agree += [
        f"p.{quoted(c.name)} IS NOT DISTINCT FROM c.{quoted(c.name)}"
        for field in fields.values()
        for c in columns_of(table, field)
    ]
    # One value is published of each cell that a live claim states, and none of another.
    agree.append(f"NOT ({_any('{0} <> {0}_least OR ({0} IS NULL) <> ({0}_low IS NULL)', fields)})")
    about = literal(table.name)
    return f"""
        WITH claimed AS (
            SELECT {", ".join(["row_key AS _key", "bool_or(is_published) AS _stands", "bool_or(rank <> 'deprecated') AS _lives", "count(*) AS _claims", *put_together])}
            FROM {claims} WHERE table_name = {about} GROUP BY row_key
        ),
        made AS (SELECT {", ".join(["claimed.*", *items])} FROM claimed)
        SELECT {about}, coalesce(p._key, c._key)
        FROM (SELECT {key_text(table)} AS _key, * FROM now.{quoted(table.name)}) p
        FULL JOIN made c ON c._key = p._key
        WHERE (p._key IS NOT NULL OR c._stands OR c._lives) AND NOT coalesce({" AND ".join(agree)}, false)
    """


def _aggregates(name: str, field: Field) -> list[str]:
    """SQL of what the claims on a row say of one field: the published value, and the least and greatest that is live."""
    cell = f"column_name = {literal(field.name)}"
    published, live = (
        f"CASE WHEN {which} AND {cell} THEN value END" for which in ("is_published", "rank <> 'deprecated'")
    )
    return [
        f"max({published}) AS {name}",
        f"min({published}) AS {name}_least",
        f"min({live}) AS {name}_low",
        f"max({live}) AS {name}_high",
    ]


def _any(condition: str, names: Iterable[str]) -> str:
    """SQL of whether a condition holds for any of some names."""
    return " OR ".join(f"coalesce({condition.format(name)}, false)" for name in names) or "false"
