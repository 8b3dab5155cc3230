"""What changed, for people: each change on a line with the notes behind it, the weightiest first.

Columns that one cell was expanded to are told as that cell, as it was written; rows that were added or removed as a
whole. What changed no value is told last: who else says so now, and how claims were ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.diff.change import create_change_table
from pipeline.diff.side import Side
from pipeline.engine import Connection
from pipeline.version import Reason, reasons

SECTIONS: Mapping[str, str] = {
    "schema": "The shape of the data",
    "dataset": "What the dataset says of itself",
    "correction": "Corrected: the same document, read or written differently",
    "retracted": "Withdrawn: no document says so any longer",
    "reassessed": "Weighed differently: the same documents, ranked or graded differently",
    "renamed": "Renamed: the same under another id",
    "new_evidence": "Changed by new evidence: a document not cited for it before",
    "added": "Added",
    "evidence": "The evidence for values that stay as they are",
}
"""The sections of a story, in order."""


@dataclass(frozen=True)
class Line:
    """One change: the section it belongs to, the cell (a row where there is no column), and the claims behind it."""

    section: str
    table: str
    key: str
    column: str
    old: str
    new: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """What changed between two releases. `counts` are changed cells and the rows they are in, by class."""

    old: str
    new: str
    reasons: tuple[Reason, ...]
    counts: Mapping[str, tuple[int, int]]
    lines: tuple[Line, ...]
    notes: Mapping[str, str]

    def of(self, section: str) -> dict[str, list[Line]]:
        """The lines of a section by table."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.section == section:
                found.setdefault(line.table, []).append(line)
        return found


def compare(con: Connection, old: Side, new: Side) -> Story:
    """The story of two releases in the engine. Creates the table `change` and those it is made from."""
    create_change_table(con, old, new)
    return tell(con, old, new, reasons(con, old, new))


def tell(con: Connection, old: Side, new: Side, why: Sequence[Reason]) -> Story:
    """The story of the table `change`, made by `create_change_table`."""
    counts = con.execute(
        'SELECT "class", count(*), count(DISTINCT ("table", key)) FROM change GROUP BY "class"'
    ).fetchall()
    rows = con.execute(_LINES).fetchall()
    order = list(SECTIONS)
    lines = [Line(s, t, _shown(k), c or "", o or "", n or "", tuple(ids or ())) for s, t, k, c, o, n, ids in rows]
    lines.sort(key=lambda n: (order.index(n.section), n.table == "document", n.table, n.key, n.column, n.old, n.new))
    by_class = {name: (cells, rows) for name, cells, rows in counts}
    counted = {name: by_class[name] for name in order if name in by_class}
    return Story(old.version, new.version, tuple(why), counted, tuple(lines), _notes(con, old, new))


def _shown(key: str | None) -> str:
    """A row's key without the names of its parts: `kfor, 2022-08`."""
    parts = [part.partition("=")[2] for part in (key or "").split("|")]
    return ", ".join(part for part in parts if part)


def _notes(con: Connection, old: Side, new: Side) -> dict[str, str]:
    """The footnote of each claim that a change rests on: author, title, publisher, date, passage and address."""
    sides = [s for s in (old, new) if {"claim", "document"} <= s.tables.keys()]
    if not sides:
        return {}
    union = " UNION ALL ".join(
        f"({_FOOTNOTES.format(claim=s.relation('claim'), document=s.relation('document'))})" for s in sides
    )
    return dict(con.execute(union).fetchall())


_FOOTNOTES = """
    SELECT c.claim_id,
           concat_ws(', ', nullif(array_to_string(d.authors, '; '), ''), '“' || d.title || '”',
                     CASE WHEN d.publisher IS DISTINCT FROM array_to_string(d.authors, '; ') THEN d.publisher END,
                     coalesce(d.issued, 'undated'), c.locator) || coalesce('. ' || d.url, '.') AS note
    FROM {claim} c
    JOIN {document} d ON d.document_id = c.document_id
    WHERE c.claim_id IN (SELECT unnest(claims) FROM change)
"""

_LINES = """
    WITH changed AS (
        SELECT c.*, coalesce(p.field, '') AS field
        FROM change c
        LEFT JOIN compared_column p ON p.table_name = c."table" AND p.column_name = c."column"
        WHERE c.key IS NOT NULL
    ),
    fact AS (SELECT * FROM changed WHERE "table" <> 'claim'),
    whole_row AS (SELECT "table", key, "class", claims FROM fact WHERE "column" IS NULL),
    -- one row per field of a row that changed, as it was and is written
    field AS (
        SELECT f."table", f.key, f.field, min(f."class") AS "class", any_value(f.claims) AS claims,
               coalesce(any_value(b.value), any_value(f.old) FILTER (f."column" = f.field)) AS old,
               coalesce(any_value(a.value), any_value(f.new) FILTER (f."column" = f.field)) AS new
        FROM fact f
        LEFT JOIN claims_before b ON b.table_name = f."table" AND b.row_key = f.key AND b.column_name = f.field
                                 AND b.is_published
        LEFT JOIN claims_after a ON a.table_name = f."table" AND a.row_key = f.key AND a.column_name = f.field
                                AND a.is_published
        WHERE f.field <> ''
        GROUP BY f."table", f.key, f.field
    ),
    row_line AS (
        SELECT w."class" AS section, w."table", w.key, NULL AS "column",
               string_agg(f.field || ' ' || f.old, '; ' ORDER BY f.field) AS old,
               string_agg(f.field || ' ' || f.new, '; ' ORDER BY f.field) AS new, any_value(w.claims) AS claims
        FROM whole_row w
        LEFT JOIN field f ON f."table" = w."table" AND f.key = w.key
        GROUP BY w."class", w."table", w.key
    ),
    cell_line AS (
        SELECT f."class", f."table", f.key, f.field, f.old, f.new, f.claims
        FROM field f
        ANTI JOIN whole_row w ON w."table" = f."table" AND w.key = f.key
    ),
    count_line AS (
        SELECT 'evidence', c."table", c.key, string_agg(c."column", ', ' ORDER BY c."column"),
               string_agg(c.old, ', ' ORDER BY c."column"), string_agg(c.new, ', ' ORDER BY c."column"),
               any_value(c.claims) AS claims
        FROM fact c
        ANTI JOIN field f ON f."table" = c."table" AND f.key = c.key
        WHERE c.field = '' AND c."column" IS NOT NULL AND (c."table", c.key) NOT IN (SELECT ("table", key) FROM whole_row)
        GROUP BY c."table", c.key
    ),
    told AS (
        SELECT * FROM row_line UNION ALL SELECT * FROM cell_line UNION ALL SELECT * FROM count_line
    ),
    claim_told AS (SELECT DISTINCT unnest(claims) AS claim_id FROM told),
    said AS (SELECT * FROM claims_after UNION SELECT * FROM claims_before),
    about AS (
        SELECT claim_id, min(table_name) AS table_name, min(row_key) AS row_key, min(column_name) AS column_name,
               min(value) AS value
        FROM said
        GROUP BY claim_id
    ),
    claim_line AS (
        SELECT 'evidence', a.table_name, a.row_key,
               concat_ws(' ', nullif(a.column_name, ''),
                         CASE WHEN c."column" IS NOT NULL THEN '(' || c."column" || ' of the claim)'
                              WHEN c."class" = 'added' THEN '(one more claim)' ELSE '(one claim less)' END),
               CASE WHEN c."column" IS NOT NULL THEN c.old WHEN c."class" = 'retracted' THEN a.value END,
               CASE WHEN c."column" IS NOT NULL THEN c.new WHEN c."class" = 'added' THEN a.value END,
               c.claims
        FROM changed c
        JOIN about a ON a.claim_id = c.claims[1]
        WHERE c."table" = 'claim' AND c."class" <> 'renamed'
          AND (a.table_name, a.row_key) NOT IN (SELECT ("table", key) FROM whole_row)
          AND (a.table_name, a.row_key, a.column_name, a.value) NOT IN (
              SELECT ("table", key, field, coalesce(old, '')) FROM cell_line
          )
          AND CASE WHEN c."column" IS NULL THEN a.claim_id NOT IN (SELECT claim_id FROM claim_told)
                   ELSE c.key NOT IN (SELECT key FROM changed WHERE "table" = 'claim' AND "column" IS NULL) END
    )
    SELECT * FROM told
    UNION ALL
    SELECT * FROM claim_line
    UNION ALL
    SELECT CASE WHEN "table" = 'dataset' THEN 'dataset' ELSE 'schema' END, "table", NULL,
           CASE WHEN "table" = 'dataset' THEN "column" ELSE coalesce('column ' || "column", 'table') END, old, new, NULL
    FROM change
    WHERE key IS NULL
"""
