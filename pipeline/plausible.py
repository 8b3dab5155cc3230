"""Checks of plausibility: what is well formed and refers to something, and yet can hardly be meant.

Derived from the schemas alone, so that they hold for any table. They warn: a curator looks the row up again, and mends it or
says in its note why it stands, after the word `Outlier:`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from pipeline.claimed import CITATIONS, LIVE, row_key
from pipeline.engine import Connection, literal, quoted
from pipeline.expand import earliest, items, latest
from pipeline.foreseen import check_dates, check_ids
from pipeline.problems import Problem, shown
from pipeline.slips import near_pairs
from pipeline.warn import ANSWERED, MONTHS, SAY_WHY, Loaded, warning
from schemas.registry import Field, written


def _is_class(field: Field) -> bool:
    """Whether a field says what a thing is, on which documents do not differ: its kind, country, organisation, unit."""
    cell = field.cell
    return cell.kind in ("code", "id", "iso3", "integer", "boolean") or (cell.kind == "text" and bool(cell.references))


def check_agreement(con: Connection, loaded: Loaded) -> list[Problem]:
    """Rows of one key that differ in what the thing is, more than threefold in a figure, or by months in a date."""
    branches = [
        f"SELECT {literal(name)} AS table_name, {literal(f.name)} AS field, {row_key(table)} AS row_key, source_line, "
        f"{quoted(f.name)} AS value, {_spread(f)}, {ANSWERED} AS is_answered "
        f"FROM source.{quoted(name)} WHERE {quoted(f.name)} IS NOT NULL AND {LIVE}"
        for name, (table, _) in loaded.items()
        if table.layer == "source"
        for f in table.claimed
        if _is_class(f) or f.cell.kind in ("edtf", "quantity")
    ]
    if not branches:
        return []
    far = (
        "CASE a.kind WHEN 'class' THEN a.value <> b.value "
        "WHEN 'figure' THEN greatest(a.number, b.number) > 3 * least(a.number, b.number) AND least(a.number, b.number) > 0 "
        f"ELSE a.first_day > b.last_day + INTERVAL {MONTHS} DAY OR b.first_day > a.last_day + INTERVAL {MONTHS} DAY END"
    )
    found = con.execute(
        f"WITH cells AS ({' UNION ALL '.join(branches)}), "
        f"pairs AS (SELECT a.*, b.value AS other, b.source_line AS other_line, coalesce({far}, false) AS is_far, "
        "b.is_answered AS other_answered FROM cells a "
        "JOIN cells b ON b.table_name = a.table_name AND b.field = a.field AND b.row_key = a.row_key "
        "AND b.source_line <> a.source_line) "
        "SELECT table_name, source_line, field, value, min(CASE WHEN is_far THEN other_line END), "
        "arg_min(other, CASE WHEN is_far THEN other_line END) FROM pairs "
        "GROUP BY table_name, source_line, field, value "
        "HAVING 2 * sum(CASE WHEN is_far THEN 1 ELSE 0 END) > count(*) "
        "AND NOT max(CASE WHEN is_answered OR other_answered THEN true ELSE false END)"
    ).fetchall()
    return [
        warning(loaded, table, line, field, value, _disagrees(loaded, table, other_line, other), "agreement")
        for table, line, field, value, other_line, other in found
    ]


def _disagrees(loaded: Loaded, table: str, line: int, other: str) -> str:
    return (
        f"{loaded[table][1].label}:{line} says {shown(other)} of the same; correct the one that is wrong, or {SAY_WHY}"
    )


def _spread(field: Field) -> str:
    """SQL for how a cell is compared with others: its kind, and its number or its days."""
    name = quoted(field.name)
    if field.cell.kind == "quantity":
        number = f"CAST(regexp_extract({name}, '[0-9]+([.][0-9]+)?') AS DOUBLE)"
        return f"'figure' AS kind, {number} AS number, CAST(NULL AS DATE) AS first_day, CAST(NULL AS DATE) AS last_day"
    nothing = "CAST(NULL AS DOUBLE) AS number"
    if field.cell.kind == "edtf":
        return f"'date' AS kind, {nothing}, {earliest(name)} AS first_day, {latest(name)} AS last_day"
    return f"'class' AS kind, {nothing}, CAST(NULL AS DATE) AS first_day, CAST(NULL AS DATE) AS last_day"


def check_words(con: Connection, loaded: Loaded) -> list[Problem]:
    """Ids, free codes and names of sections that stand once, a slip of the fingers away from one in use."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[tuple[str, str], tuple[str, int, str]] = {}
    for subject, table, line, field, word in _words(con, loaded):
        uses[subject][word] += 1
        places[subject, word] = (table, line, field)
    problems = []
    for subject, counted in uses.items():
        for word, other in near_pairs(counted):
            if counted[word] == 1:
                table, line, field = places[subject, word]
                what = f"stands nowhere else; did you mean {other}? If not, {SAY_WHY}"
                problems.append(warning(loaded, table, line, field, word, what, "words"))
    return problems


def _words(con: Connection, loaded: Loaded) -> Iterator[tuple[str, str, int, str, str]]:
    """Every word of a kind: what it names, and its table, line, field and the word itself."""
    free = [
        (name, f)
        for name, (table, _) in loaded.items()
        if table.layer == "source"
        for f in table.fields
        if not f.cell.codes
        and "document.document_id" not in f.cell.references
        and (f.cell.kind in ("code", "id") or (f.cell.kind == "list" and f.cell.item in ("code", "id")))
    ]
    branches = [
        f"SELECT {literal(f.cell.references[0] if f.cell.references else f'{name}.{f.name}')} AS subject, "
        f"{literal(name)} AS table_name, source_line, {literal(f.name)} AS field, unnest({items(quoted(f.name))}) AS word "
        f"FROM source.{quoted(name)} WHERE {quoted(f.name)} IS NOT NULL AND NOT {ANSWERED}"
        for name, f in free
    ]
    if branches:
        yield from con.execute(" UNION ALL ".join(branches)).fetchall()
    for table, line, document, locator in _passages(con, loaded):
        for section in re.findall(r"sec\. ([^,]+)", locator):
            yield f"section of {document}", table, line, "cite", section


def _passages(con: Connection, loaded: Loaded) -> list[tuple[str, int, str, str]]:
    """Every passage cited: table, line, document and locator."""
    branches = [
        f"SELECT {literal(name)} AS table_name, source_line, cite FROM source.{quoted(name)}"
        for name, (table, _) in loaded.items()
        if table.layer == "source"
    ]
    if not branches:
        return []
    cited = CITATIONS.format(columns="table_name, source_line", rows=f"({' UNION ALL '.join(branches)})")
    sql = f"SELECT table_name, source_line, cited_id, locator FROM ({cited}) WHERE locator IS NOT NULL"
    return [(table, line, document, locator) for table, line, document, locator in con.execute(sql).fetchall()]


def check_passages(con: Connection, loaded: Loaded) -> list[Problem]:
    """Notes that are cited from another section of their document than most citations, reference.csv's own first, place them in."""
    placed: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    cited = []
    for table, line, document, locator in _passages(con, loaded):
        section, note = re.search(r"sec\. ([^,]+)", locator), re.search(r"(?:^|, )n\. (\d+)", locator)
        if section and note:
            placed[document, note[1]][section[1]] += 100 if table == "reference" else 1
            cited.append((table, line, document, note[1], section[1]))
    problems = []
    for table, line, document, number, section_name in cited:
        known = placed[document, number]
        usual = max(sorted(known), key=known.__getitem__)
        if section_name != usual and len(known) > 1:
            what = f"note {number} of {document} stands in section {usual}; correct the section or the note"
            problems.append(warning(loaded, table, line, "cite", f"sec. {section_name}, n. {number}", what, "passages"))
    return problems


def check_sections(con: Connection, loaded: Loaded) -> list[Problem]:
    """Rows whose key names a country first, cited from a section that bears the name of another country alone."""
    if "country" not in loaded:
        return []
    branches = [
        f"SELECT {literal(name)} AS table_name, source_line, {literal(table.key[0])} AS field, "
        f"{quoted(table.key[0])} AS iso3, cite FROM source.{quoted(name)} WHERE {LIVE} AND NOT {ANSWERED}"
        for name, (table, _) in loaded.items()
        if table.layer == "source" and "country.iso3" in table.field(table.key[0]).cell.references
    ]
    if not branches:
        return []
    cited = CITATIONS.format(columns="table_name, source_line, field, iso3", rows=f"({' UNION ALL '.join(branches)})")
    found = con.execute(
        f"SELECT DISTINCT c.table_name, c.source_line, c.field, c.iso3, n.name FROM ({cited}) c "
        f"JOIN (SELECT DISTINCT iso3, name FROM source.country WHERE {LIVE}) n "
        "ON n.name = regexp_extract(c.locator, 'sec[.] ([^,]+)', 1) WHERE n.iso3 <> c.iso3"
    ).fetchall()
    what = "cited from the section {}; correct the country or the section, or " + SAY_WHY
    return [
        warning(loaded, table, line, field, iso3, what.format(name), "passages")
        for table, line, field, iso3, name in found
    ]


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


PLAUSIBLE: dict[str, Callable[[Connection, Loaded], list[Problem]]] = {
    "agreement": check_agreement,
    "dates": check_dates,
    "ids": check_ids,
    "words": check_words,
    "passages": check_passages,
    "sections": check_sections,
    "documents": check_documents,
}
"""The checks of plausibility by name."""
