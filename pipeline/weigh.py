"""Weighing: claims to one value per key, by a stated rule, with nothing thrown away.

The rule: deprecated claims are dropped; preferred ones go first; then the more reliable document
(A to E, then F); then the one issued later; then the value that more documents state; then, for a stable result, by
document, passage and value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.claimed import CITATIONS, CLAIM_ID, row_key
from pipeline.engine import literal, quoted
from pipeline.engines import Sql, is_distributed
from pipeline.expand import earliest, expressions
from pipeline.portions import portions
from schemas.registry import Table


def publish_documents(con: Sql, table: Table) -> None:
    """Create the published document table from `source.document`."""
    items = [item for f in table.fields for item in expressions(f, quoted(f.name))]
    con.execute(
        f"CREATE TABLE {quoted(table.name)} AS SELECT {', '.join(items)} FROM source.{quoted(table.name)} ORDER BY 1"
    ).fetchall()


def create_claims(con: Sql, tables: Iterable[Table]) -> None:
    """Create `claims.weighed` from `source.<table>` of each table and `source.document`.

    One row per filled value cell and citation of every source row, or per citation of a row that fills none. `key_line`
    is the first line that states the row's key: rows are told apart by that number, which is shorter than the key.
    """
    how = "CREATE OR REPLACE TABLE claims.weighed AS"
    for group in portions(con, tables):
        for rows in _slices(con, group[0]) if len(group) == 1 else ({t.name: _keyed(t) for t in group},):
            cells = " UNION ALL ".join(f"({_cells_sql(table, rows[table.name])})" for table in group)
            con.execute(f"{how} {_WEIGHED.format(cells=cells)}").fetchall()
            how = "INSERT INTO claims.weighed"


def _keyed(table: Table) -> str:
    """The query for the rows of a table with the first line that states their key."""
    keys = ", ".join(f"coalesce({quoted(k)}, '')" for k in table.key)
    return f"SELECT *, min(source_line) OVER (PARTITION BY {keys}) AS key_line FROM source.{quoted(table.name)}"


_SLICE = 250_000
"""How many lines of a table are weighed at once: each key on its own, so that memory does not grow with the table."""


def _slices(con: Sql, table: Table) -> Iterator[dict[str, str]]:
    """Queries that together give what `_keyed` does, the keys that are first stated on some lines at a time."""
    last = con.execute(f"SELECT max(source_line) FROM source.{quoted(table.name)}").fetchall()[0][0] or 0
    if last <= _SLICE or is_distributed(con):
        yield {table.name: _keyed(table)}
        return
    con.execute(f"CREATE OR REPLACE TABLE claims.keyed AS {_keyed(table)} ORDER BY key_line, source_line").fetchall()
    for first in range(0, last + 1, _SLICE):
        yield {table.name: f"SELECT * FROM claims.keyed WHERE key_line BETWEEN {first} AND {first + _SLICE - 1}"}
    con.execute("DROP TABLE claims.keyed").fetchall()


WEIGHED = (
    "claim_id, table_name, row_key, column_name, value, document_id, locator, rank, rank_reason, note, is_published, "
    "corroboration, source_file, source_line"
)
"""The columns of a claim that has been weighed."""


def _cells_sql(table: Table, keyed: str) -> str:
    """The filled value cells of rows of a table by citation, each with its row's key and rank; a null one for a row with none."""
    names = [f.name for f in table.claimed]
    columns = ", ".join([*map(literal, names), "NULL"])
    values = ", ".join([*map(quoted, names), "NULL"])
    nothing = f"coalesce({', '.join(map(quoted, names))}) IS NULL" if names else "true"
    kept = "table_name, row_key, key_line, rank, rank_reason, note, source_file, source_line"
    rows = (
        f"(SELECT {literal(table.name)} AS table_name, {row_key(table)} AS row_key, "
        "key_line, coalesce(rank, 'normal') AS rank, rank_reason, note, "
        f"{literal(f'sources/{table.name}.csv')} AS source_file, source_line, {nothing} AS fills_none, "
        f"[{values}] AS cell_values, cite FROM ({keyed}))"
    )
    cited = CITATIONS.format(columns=f"{kept}, fills_none, cell_values", rows=rows)
    return (
        f"SELECT {kept}, column_name, value, cited_id, locator FROM ("
        f"SELECT *, unnest([{columns}]) AS column_name, unnest(cell_values) AS value FROM ({cited})) "
        "WHERE value IS NOT NULL OR (fills_none AND column_name IS NULL)"
    )


_BEST = "strpos('ABCDEF', d.reliability)"  # F, which cannot be judged, comes last

_WEIGHED = f"""
    WITH cells AS ({{cells}}),
    documents AS (
        SELECT document_id, {_BEST} AS grade, {earliest("d.issued")} AS issued FROM source.document d
    ),
    claimed AS (SELECT c.* EXCLUDE (cited_id), c.cited_id AS document_id FROM cells c),
    agreed AS (
        SELECT table_name, key_line, column_name, value, count(*) AS corroboration
        FROM (
            SELECT DISTINCT table_name, key_line, column_name, value, document_id FROM claimed WHERE rank <> 'deprecated'
        )
        GROUP BY table_name, key_line, column_name, value
    ),
    placed AS (
        SELECT c.*, coalesce(k.corroboration, 0) AS corroboration,
               row_number() OVER (
                   PARTITION BY c.table_name, c.key_line, c.column_name
                   ORDER BY CASE c.rank WHEN 'preferred' THEN 0 WHEN 'deprecated' THEN 2 ELSE 1 END,
                            d.grade, d.issued DESC NULLS LAST,
                            k.corroboration DESC NULLS LAST, c.document_id, coalesce(c.locator, ''), c.value
               ) AS place
        FROM claimed c
        LEFT JOIN documents d ON d.document_id = c.document_id
        LEFT JOIN agreed k
               ON k.table_name = c.table_name AND k.key_line = c.key_line
              AND k.column_name IS NOT DISTINCT FROM c.column_name AND k.value IS NOT DISTINCT FROM c.value
    )
    SELECT p.* EXCLUDE (place), {CLAIM_ID} AS claim_id,
           rank <> 'deprecated' AND value IS NOT DISTINCT FROM first_value(value) OVER (
               PARTITION BY table_name, key_line, column_name ORDER BY place
           ) AS is_published
    FROM placed p
"""  # what is deprecated is placed after all that lives, so the first place is taken by a claim that lives, if there is one


def publish_weighed(con: Sql, table: Table) -> None:
    """Create the published `<table>`, one row per key that a live claim states, from its source and `claims.weighed`."""
    names = [f.name for f in table.claimed]
    of = {n: f"column_name = {literal(n)}" for n in names}
    wins = [f"max(CASE WHEN is_published AND {of[n]} THEN value END) AS {quoted(n)}" for n in names]
    live = "CASE WHEN rank <> 'deprecated' AND {} THEN value END"
    differ = [f"coalesce(min({live.format(of[n])}) <> max({live.format(of[n])}), false)" for n in names]
    items = [item for f in table.facts for item in expressions(f, quoted(f.name))]
    keys = [f"s.{quoted(k)}" for k in table.key]
    order = ", ".join(f"{quoted(k)} NULLS LAST" for k in table.key)
    con.execute(
        f"""
        CREATE TABLE {quoted(table.name)} AS
        WITH won AS (
            SELECT {", ".join(["key_line", *wins])}, count(*) AS n_claims, {" OR ".join(differ) or "false"} AS disputed
            FROM claims.weighed WHERE table_name = {literal(table.name)}
            GROUP BY key_line
            HAVING max(CASE WHEN rank <> 'deprecated' THEN 1 ELSE 0 END) = 1
        ),
        stated AS (
            SELECT {", ".join([*keys, *(f"w.{quoted(n)}" for n in names)])}, w.n_claims, w.disputed
            FROM won w
            JOIN source.{quoted(table.name)} s ON s.source_line = w.key_line
        )
        SELECT {", ".join(items)}, n_claims, disputed
        FROM stated
        ORDER BY {order}
        """
    ).fetchall()
