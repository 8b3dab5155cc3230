"""What a source row claims, in SQL: the key it is about, the citations it rests on, whether it stands."""

from __future__ import annotations

from pipeline.engine import literal, quoted
from schemas.registry import Table

LIVE = "coalesce(rank, 'normal') <> 'deprecated'"
"""Condition for a source row that is not deprecated."""

CITATIONS = """
    SELECT *, split_part(citation, ', ', 1) AS cited_id,
           CASE WHEN citation LIKE '%, %' THEN substr(citation, length(split_part(citation, ', ', 1)) + 3) END AS locator
    FROM (SELECT {columns}, unnest(string_split(cite, '; ')) AS citation FROM {rows} WHERE cite IS NOT NULL)
"""
"""Each citation of each row: its document (`cited_id`) and locator. Fill in `columns` to keep, and `rows`."""

CLAIM_ID = (
    "substr(sha256(concat_ws('|', table_name, row_key, coalesce(column_name, ''), coalesce(value, ''), "
    "document_id, coalesce(locator, ''))), 1, 16)"
)
"""SQL of a claim's id, from what it says and where it was read."""


def row_key(table: Table) -> str:
    """SQL of a row's key as one text: `iso3=XKX|organisation_id=pfp|...`; an empty part stays empty."""
    return " || '|' || ".join(f"{literal(k + '=')} || coalesce({quoted(k)}, '')" for k in table.key)


def note_of(locator: str) -> str:
    """SQL for the number of the note that a locator names; empty where it names none."""
    return f"regexp_extract(coalesce({locator}, ''), '(^|, )n\\. ([0-9]+)', 2)"
