"""Checks of plausibility that set a row against its own id and against the document it was read in."""

from __future__ import annotations

from pipeline.claimed import CITATIONS, LIVE
from pipeline.engine import Connection, literal, quoted
from pipeline.expand import earliest, latest
from pipeline.problems import Problem
from pipeline.warn import ANSWERED, MONTHS, SAY_WHY, Loaded, warning
from schemas.registry import Field, Table

_LAST_PLANNED = "period"
"""What a plan covers may lie after the document, which is the plan or tells of it; only its series are figures of a time."""


def check_dates(con: Connection, loaded: Loaded) -> list[Problem]:
    """Dates that lie months after the document which states them: it cannot have known."""
    branches = [
        f"SELECT {literal(name)} AS table_name, source_line, {literal(f.name)} AS field, {quoted(f.name)} AS value, cite "
        f"FROM source.{quoted(name)} WHERE {quoted(f.name)} IS NOT NULL AND {LIVE} AND NOT {ANSWERED}"
        for name, (table, _) in loaded.items()
        if table.layer == "source"
        for f in table.fields
        if f.cell.kind == "edtf" and (f.cell.key or f.name != _LAST_PLANNED)
    ]
    if not branches or "document" not in loaded:
        return []
    cited = CITATIONS.format(columns="table_name, source_line, field, value", rows=f"({' UNION ALL '.join(branches)})")
    found = con.execute(
        f"SELECT c.table_name, c.source_line, c.field, c.value, c.cited_id, d.issued FROM ({cited}) c "
        "JOIN source.document d ON d.document_id = c.cited_id "
        f"WHERE {earliest('c.value')} > {latest('d.issued')} + INTERVAL {MONTHS} DAY"
    ).fetchall()
    what = "lies after {} was issued ({}); correct the date or the citation, or " + SAY_WHY
    return [
        warning(loaded, table, line, field, value, what.format(document, issued), "dates")
        for table, line, field, value, document, issued in found
    ]


def check_ids(con: Connection, loaded: Loaded) -> list[Problem]:
    """Rows whose own id names a year or a country that none of the rows with that id gives."""
    problems = []
    for table, _ in loaded.values():
        field = table.field(table.key[0])
        if table.layer == "source" and len(table.key) == 1 and field.cell.kind == "id":
            problems += [*_years(con, loaded, table, field), *_countries(con, loaded, table, field)]
    return problems


def _years(con: Connection, loaded: Loaded, table: Table, own: Field) -> list[Problem]:
    dates = [quoted(f.name) for f in table.claimed if f.cell.kind == "edtf"]
    if not dates:
        return []
    year = f"regexp_extract({quoted(own.name)}, '(^|-)((19|20)[0-9][0-9])($|-)', 2)"
    when = f"concat_ws(' ', {', '.join(dates)})"
    found = con.execute(
        f"WITH stated AS (SELECT {quoted(own.name)} AS id, {year} AS year, {when} AS dates, source_line, {ANSWERED} AS answered "
        f"FROM source.{quoted(table.name)} WHERE {LIVE}), "
        "judged AS (SELECT id, year, max(CASE WHEN dates LIKE '%' || year || '%' OR answered THEN 1 ELSE 0 END) AS is_named "
        "FROM stated WHERE dates <> '' AND year <> '' GROUP BY id, year) "
        "SELECT s.source_line, s.id, s.year, s.dates FROM stated s JOIN judged j ON j.id = s.id AND j.year = s.year "
        "WHERE j.is_named = 0 AND s.dates <> ''"
    ).fetchall()
    first = next(f.name for f in table.claimed if f.cell.kind == "edtf")
    what = "the id {} names the year {}; correct the one that is wrong, or " + SAY_WHY
    return [
        warning(loaded, table.name, line, first, dates, what.format(own_id, year), "ids")
        for line, own_id, year, dates in found
    ]


def _countries(con: Connection, loaded: Loaded, table: Table, own: Field) -> list[Problem]:
    """Countries by their names, as slugs, in ids; rows that name an actor or an organisation are not judged by it."""
    columns = [f for f in table.claimed if "country.iso3" in f.cell.references]
    if not columns or "country" not in loaded:
        return []
    given = f"concat_ws('; ', {', '.join(quoted(f.name) for f in columns)})"
    slug = "'-' || replace(lower(name), ' ', '-') || '-'"
    found = con.execute(
        f"WITH stated AS (SELECT {quoted(own.name)} AS id, {given} AS countries, source_line, {ANSWERED} AS answered "
        f"FROM source.{quoted(table.name)} WHERE {LIVE}), "
        f"slugs AS (SELECT DISTINCT iso3, name, {slug} AS slug FROM source.country WHERE name IS NOT NULL AND {LIVE}), "
        "named AS (SELECT s.*, c.name, CASE WHEN s.countries LIKE '%' || c.iso3 || '%' OR s.answered "
        "OR regexp_matches(s.countries, '[a-z]') THEN 1 ELSE 0 END AS is_given "
        "FROM stated s JOIN slugs c ON strpos('-' || s.id || '-', c.slug) > 0 WHERE s.countries <> ''), "
        "judged AS (SELECT id, min(name) AS name FROM named GROUP BY id HAVING max(is_given) = 0) "
        "SELECT DISTINCT n.source_line, n.id, j.name, n.countries FROM named n JOIN judged j ON j.id = n.id"
    ).fetchall()
    what = "the id {} names {}; correct the one that is wrong, or " + SAY_WHY
    return [
        warning(loaded, table.name, line, columns[0].name, countries, what.format(own_id, name), "ids")
        for line, own_id, name, countries in found
    ]
