"""Checks of plausibility that set a row against its own id, the document it was read in, and the day of the edition."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta

from pipeline.claimed import CITATIONS, LIVE
from pipeline.dataset import read_dataset
from pipeline.engine import Connection, literal, quoted
from pipeline.expand import earliest, latest
from pipeline.problems import Problem, SourceError
from pipeline.project import Project
from pipeline.warn import ANSWERED, DAYS_APART, SAY_WHY, Loaded, is_answered, warning
from schemas.registry import Table

_LAST_PLANNED = "period"
"""What a plan covers may lie after the document, which is the plan or tells of it; only its series are figures of a time."""


def check_dates(con: Connection, loaded: Loaded) -> list[Problem]:
    """Dates that lie months after the document which states them: it cannot have known."""
    told = _told_dates(loaded)
    if not told or "document" not in loaded:
        return []
    cited = CITATIONS.format(columns="table_name, source_line, field, value", rows=f"({told})")
    found = con.execute(
        f"SELECT c.table_name, c.source_line, c.field, c.value, c.cited_id, d.issued FROM ({cited}) c "
        "JOIN source.document d ON d.document_id = c.cited_id "
        f"WHERE {earliest('c.value')} > {latest('d.issued')} + INTERVAL {DAYS_APART} DAY"
    ).fetchall()
    what = "lies after {} was issued ({}); correct the date or the citation, or " + SAY_WHY
    return [
        warning(loaded, table, line, field, value, what.format(document, issued), "dates")
        for table, line, field, value, document, issued in found
    ]


def _told_dates(loaded: Loaded) -> str:
    """SQL for the dates of live rows whose note answers nothing: table_name, source_line, field, value, cite."""
    return " UNION ALL ".join(
        f"SELECT {literal(name)} AS table_name, source_line, {literal(f.name)} AS field, {quoted(f.name)} AS value, cite "
        f"FROM source.{quoted(name)} WHERE {quoted(f.name)} IS NOT NULL AND {LIVE} AND NOT {ANSWERED}"
        for name, (table, _) in loaded.items()
        if table.layer == "source"
        for f in table.fields
        if f.cell.kind == "edtf" and (f.cell.key or f.name != _LAST_PLANNED)
    )


_NOTED = ANSWERED.replace("note", "json_extract_string(csl, '$.note')")
"""Condition for a document whose `note` in references.json says why it stands."""


def later_dates(con: Connection, project: Project, loaded: Loaded) -> list[Problem]:
    """Dates after the day of the edition, of what happened and of documents; where dataset.yaml states no day, none."""
    try:
        issued = read_dataset(project).issued
    except SourceError:  # told where it is read
        return []
    told = list(filter(None, [_told_dates(loaded)]))
    if "document" in loaded:
        told.append(
            "SELECT 'document', source_line, 'issued', issued, '' FROM source.document "
            f"WHERE issued IS NOT NULL AND NOT {_NOTED}"
        )
    if issued is None or not told:
        return []
    found = con.execute(
        f"SELECT table_name, source_line, field, value FROM ({' UNION ALL '.join(told)}) t(table_name, source_line, field, value, cite) "
        f"WHERE {earliest('value')} > DATE {literal(issued.isoformat())}"
    ).fetchall()
    what = (
        f"lies after the day of the edition ({issued}, issued in {project.label(project.sources / 'dataset.yaml')}); "
    )
    what += "correct the date, or that day, or " + SAY_WHY
    return [warning(loaded, table, line, field, value, what, "dates") for table, line, field, value in found]


def dates_apart(a: str, b: str) -> bool:
    """Whether two EDTF cells lie two months and more apart, by the days that they can mean; open ends are near anything."""
    (first, last), (begin, end) = _bounds(a), _bounds(b)
    return bool(
        (last and begin and begin - last > timedelta(DAYS_APART))
        or (end and first and first - end > timedelta(DAYS_APART))
    )


def _bounds(cell: str) -> tuple[date | None, date | None]:
    """The first and the last day that an EDTF cell can mean; None where open. As `pipeline.expand` has it in SQL."""
    start, _, end = cell.partition("/")
    low, high = start.strip("?~%."), (end or start).strip("?~%.")
    first = date.fromisoformat((low.replace("X", "0") + "-01-01")[:10]) if low else None
    if not high:
        return first, None
    if len(high) == 10:
        return first, date.fromisoformat(high)
    year, month = int(high[:4].replace("X", "9")), int(high[5:7] or 12)
    return first, date(year, month, monthrange(year, month)[1])


def check_ids(con: Connection, loaded: Loaded) -> list[Problem]:
    """Rows whose own id names a year or a country that none of the rows with that id gives; a note of any answers it.

    Countries are known by their names, as slugs. Rows that name an actor or an organisation are not judged by them.
    """
    slugs: list[tuple[str, str]] = []
    if "country" in loaded:
        names = con.execute(
            f"SELECT DISTINCT iso3, name FROM source.country WHERE name IS NOT NULL AND {LIVE}"
        ).fetchall()
        slugs = [(f"-{name.lower().replace(' ', '-')}-", iso3) for iso3, name in sorted(names)]
    problems = []
    for table, _ in loaded.values():
        if table.layer == "source" and len(table.key) == 1 and table.field(table.key[0]).cell.kind == "id":
            problems += _misnamed(con, loaded, table, slugs)
    return problems


def _misnamed(con: Connection, loaded: Loaded, table: Table, slugs: list[tuple[str, str]]) -> list[Problem]:
    dates = [f.name for f in table.claimed if f.cell.kind == "edtf"]
    places = [f.name for f in table.claimed if "country.iso3" in f.cell.references]
    columns = ", ".join(quoted(name) for name in (table.key[0], "note", *dates, *places))
    rows_of: dict[str, list[tuple[str | None, ...]]] = defaultdict(list)
    for row in con.execute(f"SELECT {columns}, source_line FROM source.{quoted(table.name)} WHERE {LIVE}").fetchall():
        rows_of[row[0]].append(row)
    problems = []
    for own, rows in rows_of.items():
        if any(is_answered(row[1]) for row in rows):
            continue
        years = set(re.findall(r"(?:19|20)[0-9]{2}", " ".join(re.findall(r"(?<![^-])[0-9]{4}(?![^-])", own))))
        named = {iso3: slug for slug, iso3 in slugs if slug in f"-{own}-"}
        for names, wanted, begin, what in (
            (dates, years, 2, "year"),
            (places, named.keys(), 2 + len(dates), "country"),
        ):
            given = [(row[-1], [cell for cell in row[begin : begin + len(names)] if cell]) for row in rows]
            stated = " ".join(cell for _, cells in given for cell in cells)
            if (
                not wanted
                or not stated
                or any(one in stated for one in wanted)
                or (what == "country" and re.search("[a-z]", stated))
            ):
                continue
            shown_as = " and ".join(sorted(named[w].strip("-") if what == "country" else w for w in wanted))
            told = f"the id {own} names the {what} {shown_as}; correct the one that is wrong, or {SAY_WHY}"
            problems += [
                warning(loaded, table.name, int(line or 0), names[0], "; ".join(cells), told, "ids")
                for line, cells in given
                if cells
            ]
    return problems
