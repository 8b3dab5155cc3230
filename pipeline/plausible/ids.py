"""Ids set against what their rows say: the years and countries that they name, and whether anything cites a document."""

from __future__ import annotations

import re
from collections import defaultdict

from pipeline.claimed import LIVE
from pipeline.engine import Connection, quoted
from pipeline.expand import items
from pipeline.plausible.warn import SAY_WHY, Loaded, is_answered, warning
from pipeline.problems import Problem
from schemas.registry import Table, written


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


def check_documents(con: Connection, loaded: Loaded) -> list[Problem]:
    """Documents that no row names, and documents whose id gives another year than that of issue."""
    if not written().keys() <= loaded.keys():  # what cites a document may stand in a table that cannot be read
        return []
    branches = [
        f"SELECT unnest({items(quoted(f.name))}) AS named FROM source.{quoted(name)} WHERE {quoted(f.name)} IS NOT NULL"
        for name, (table, _) in loaded.items()
        for f in table.fields
        if f.cell.kind == "cite" or "document.document_id" in f.cell.references
    ]
    cited = f"SELECT split_part(named, ', ', 1) AS named FROM ({' UNION ALL '.join(branches)})"
    rows = con.execute(
        "SELECT document_id, source_line, issued, document_id IN (" + cited + ") AS is_cited FROM source.document"
    ).fetchall()
    problems = []
    for document, line, issued, is_cited in rows:
        years = re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", document or "")
        if not is_cited:
            what = "no row cites it; cite it, correct the row that meant it, or delete the item"
            problems.append(warning(loaded, "document", line, "document_id", document, what, "documents"))
        if issued and years and not any(year in issued for year in years):
            what = f"its id names {' and '.join(years)}; correct the date, or the id and what cites it"
            problems.append(warning(loaded, "document", line, "issued", issued, what, "documents"))
    return problems
