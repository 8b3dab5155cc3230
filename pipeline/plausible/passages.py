"""Passages cited set against each other, and against the country that a row is about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from pipeline.claimed import CITATIONS, LIVE
from pipeline.engine import Connection, literal, quoted
from pipeline.plausible.warn import ANSWERED, SAY_WHY, Loaded, warning
from pipeline.problems import Problem


def passages(con: Connection, loaded: Loaded) -> list[tuple[str, int, str, str, str | None]]:
    """Every passage cited: table, line, document and locator, and the note of its row."""
    branches = [
        f"SELECT {literal(name)} AS table_name, source_line, note, cite FROM source.{quoted(name)} WHERE cite LIKE '%, %'"
        for name, (table, _) in loaded.items()
        if table.layer == "source"
    ]
    if not branches:
        return []
    cited = CITATIONS.format(columns="table_name, source_line, note", rows=f"({' UNION ALL '.join(branches)})")
    sql = f"SELECT table_name, source_line, cited_id, locator, note FROM ({cited}) WHERE locator IS NOT NULL"
    return con.execute(sql).fetchall()


def check_passages(con: Connection, loaded: Loaded) -> list[Problem]:
    """Notes that are cited from another section of their document than most citations, reference.csv's own first, place them in."""
    placed: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    cited = []
    for table, line, document, locator, _ in passages(con, loaded):
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
