"""Claims cover every published value: each cell and row that people wrote is what its claims say, and no more.

The published tables are computed once more from the `claim` table of the release itself, by the rules for cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from pipeline.claimed import CLAIM_ID
from pipeline.engine import Connection, literal, quoted
from pipeline.engines import rows_of
from pipeline.expand import expressions
from pipeline.files import as_text, key_text
from pipeline.problems import shown
from pipeline.verify.doubted import columns_of, doubt
from pipeline.verify.fault import RESTORE, Fault, contradictions
from pipeline.verify.opened import Opened
from schemas.registry import Field, Table

CLAIM = "csv/claim.csv"


def claim_faults(release: Opened) -> list[Fault]:
    """Published cells and rows without a claim, claims that are published nowhere, and claims that contradict others."""
    con, tables = release.con, {n: t for n, t in release.tables.items() if t.layer == "source"}
    if "claim" not in release.tables:
        return [Fault(CLAIM, "there are no claims to compare with", RESTORE)]
    if not tables:
        return [Fault(CLAIM, "there are no tables for claims to be about", RESTORE)]
    try:
        doubt(con, tables.values())
        return [*_in_doubt(con, tables), *contradictions(CLAIM, _contradictory(release, tables))]
    finally:
        for name in ("doubted", "doubted_claim", "published_cell", "claimed_cell"):
            con.execute(f"DROP TABLE IF EXISTS {name}").fetchall()


def _in_doubt(con: Connection, tables: dict[str, Table]) -> list[Fault]:
    """What is wrong with the rows that are doubted, cell by cell."""
    if not con.execute("SELECT count(*) FROM doubted").fetchall()[0][0]:
        return []
    con.execute(
        f"CREATE TEMP TABLE published_cell AS {' UNION ALL '.join(s for t in tables.values() for s in _published(t))}"
    ).fetchall()
    con.execute(
        f"CREATE TEMP TABLE claimed_cell AS {' UNION '.join(s for t in tables.values() for s in _claimed(t))}"
    ).fetchall()
    return [*_uncovered(con), *_miscounted(con, tables)]


def _cell(table: Table, field: Field) -> str:
    """SQL of what one field is published as: the texts of its columns, in a list."""
    return f"[{', '.join(f'CAST({as_text(c)} AS VARCHAR)' for c in columns_of(table, field))}]"


def _published(table: Table) -> Iterator[str]:
    """Queries for the filled cells of a published table, and for its rows, as cells of no column."""
    about = f"SELECT {literal(table.name)} AS table_name, {key_text(table)} AS row_key"
    rows = f"(SELECT * FROM now.{quoted(table.name)} WHERE {_is_doubted(table)})"
    yield f"{about}, '' AS column_name, CAST([] AS VARCHAR[]) AS cell FROM {rows}"
    for field in table.claimed:
        filled = " OR ".join(f"{quoted(c.name)} IS NOT NULL" for c in columns_of(table, field))
        yield f"{about}, {literal(field.name)}, {_cell(table, field)} FROM {rows} WHERE {filled}"


def _is_doubted(table: Table) -> str:
    """SQL of whether a published row is among those that are doubted."""
    return f"{key_text(table)} IN (SELECT row_key FROM doubted WHERE table_name = {literal(table.name)})"


def _claimed(table: Table) -> Iterator[str]:
    """Queries for the same as the claims have it."""
    here = f"FROM doubted_claim WHERE table_name = {literal(table.name)} AND is_published"
    yield f"SELECT table_name, row_key, '' AS column_name, CAST([] AS VARCHAR[]) AS cell {here}"
    for field in table.claimed:
        # A value that cannot be read as its column's type is published as nothing, and so differs.
        items = ", ".join(expressions(field, "value")).replace("CAST(", "TRY_CAST(")
        stated = f"SELECT table_name AS _table, row_key AS _key, {items} {here} AND column_name = {literal(field.name)}"
        yield f"SELECT _table, _key, {literal(field.name)}, {_cell(table, field)} FROM ({stated})"


def _uncovered(con: Connection) -> Iterator[Fault]:
    rows = rows_of(
        con,
        """
        SELECT coalesce(p.table_name, c.table_name) AS table_name, coalesce(p.row_key, c.row_key) AS row_key,
               coalesce(p.column_name, c.column_name) AS column_name, p.cell, c.cell
        FROM published_cell p
        FULL JOIN claimed_cell c
               ON c.table_name = p.table_name AND c.row_key = p.row_key AND c.column_name = p.column_name
        WHERE p.cell IS DISTINCT FROM c.cell
        ORDER BY 1, 2, 3
        """,
    )
    for table, of_table in groupby(rows, key=lambda row: row[0]):
        yield from contradictions(f"csv/{table}.csv", _differences(of_table))


def _differences(rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for key, group in groupby(rows, key=lambda row: row[1]):
        cells = list(group)
        whole = [row for row in cells if row[2] == ""]  # where the row itself is in doubt, its cells only follow
        yield from (_difference(key, *row[2:]) for row in whole or cells)


def _difference(key: str, column: str, published: list[str | None] | None, claimed: list[str | None] | None) -> str:
    if column == "":
        return f"{key}: no claim says that there is such a row" if claimed is None else f"{key}: claimed, and not there"
    if claimed is None:
        return f"{key}: {column} {_shown(published)} has no published claim"
    if published is None:
        return f"{key}: {column} is empty, and {_shown(claimed)} is claimed as published"
    return f"{key}: {column} is {_shown(published)}, and {_shown(claimed)} is claimed as published"


def _shown(cell: list[str | None] | None) -> str:
    parts = [part for part in cell or () if part is not None]
    return shown(" ".join(dict.fromkeys(parts)))  # an exact quantity is its own bounds


def _miscounted(con: Connection, tables: dict[str, Table]) -> Iterator[Fault]:
    """Rows that miscount their claims, or are wrong about being disputed."""
    said = " UNION ALL ".join(
        f"SELECT {literal(n)} AS table_name, {key_text(t)} AS row_key, n_claims, disputed FROM now.{quoted(n)} WHERE {_is_doubted(t)}"
        for n, t in tables.items()
    )
    rows = rows_of(
        con,
        f"""
        WITH cells AS (
            SELECT table_name, row_key, count(*) AS n_claims,
                   count(DISTINCT CASE WHEN rank <> 'deprecated' THEN value END) > 1 AS disputed
            FROM doubted_claim GROUP BY table_name, row_key, column_name
        ),
        counted AS (
            SELECT table_name, row_key, sum(n_claims) AS n_claims, bool_or(disputed) AS disputed
            FROM cells GROUP BY table_name, row_key
        )
        SELECT s.table_name, s.row_key, s.n_claims, c.n_claims, s.disputed, c.disputed
        FROM ({said}) s
        JOIN counted c ON c.table_name = s.table_name AND c.row_key = s.row_key
        WHERE s.n_claims IS DISTINCT FROM c.n_claims OR s.disputed IS DISTINCT FROM c.disputed
        ORDER BY 1, 2
        """,
    )
    for table, group in groupby(rows, key=lambda row: row[0]):
        yield from contradictions(f"csv/{table}.csv", (_miscount(*row[1:]) for row in group))


def _miscount(key: str, said: int, counted: int, disputed: bool, found: bool) -> str:
    if said != counted:
        return f"{key}: n_claims is {said}, and there are {counted} claims"
    return f"{key}: disputed is {str(disputed).lower()}, and by its claims it is {str(found).lower()}"


def _contradictory(release: Opened, tables: dict[str, Table]) -> Iterator[str]:
    """Claims that are about nothing, or contradict themselves or each other."""
    cells = [(n, column) for n, t in tables.items() for column in ["", *(f.name for f in t.claimed)]]
    known = ", ".join(f"({literal(n)}, {literal(column)})" for n, column in cells)
    unread = ", ".join(map(literal, ["", *sorted(release.unread)]))
    cell = "table_name, row_key, column_name"
    live = "rank <> 'deprecated'"
    queries = {
        "is about {0}, which is no column that claims are about": (
            "SELECT claim_id, concat_ws('.', table_name, column_name) FROM now.claim "
            f"WHERE table_name NOT IN ({unread}) AND (table_name, coalesce(column_name, '')) NOT IN ({known})"
        ),
        "has no value": "SELECT claim_id FROM now.claim WHERE (column_name IS NULL) <> (value IS NULL)",
        "is deprecated and published": f"SELECT claim_id FROM now.claim WHERE is_published AND NOT ({live})",
        "is not the digest of what it claims": f"SELECT claim_id FROM now.claim WHERE claim_id <> {CLAIM_ID}",
        "says that {0} documents agree, and {1} do": (
            f"SELECT c.claim_id, c.corroboration, k.n FROM (SELECT {cell}, value, count(DISTINCT CASE WHEN {live} THEN document_id END) AS n "
            f"FROM now.claim GROUP BY {cell}, value HAVING min(corroboration) <> n OR max(corroboration) <> n) k JOIN now.claim c "
            "ON k.table_name = c.table_name AND k.row_key = c.row_key AND k.column_name IS NOT DISTINCT FROM c.column_name "
            "AND k.value IS NOT DISTINCT FROM c.value WHERE c.corroboration <> k.n"
        ),
        "is one of those for a cell of which {0} values are published, not one": (
            f"SELECT min(claim_id), count(DISTINCT CASE WHEN is_published THEN value END) FROM doubted_claim WHERE {live} "
            f"AND column_name IS NOT NULL GROUP BY {cell} HAVING count(DISTINCT CASE WHEN is_published THEN value END) <> 1"
        ),
    }
    for what, sql in queries.items():
        yield from (f"claim {row[0]} {what.format(*row[1:])}" for row in rows_of(release.con, f"{sql} ORDER BY 1"))
