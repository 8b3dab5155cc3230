"""Dates set against the document that states them, and against the day of the edition."""

from __future__ import annotations

from pipeline.claimed import CITATIONS, LIVE
from pipeline.dataset import read_dataset
from pipeline.engine import Connection, literal, quoted
from pipeline.expand import earliest, latest
from pipeline.plausible.warn import ANSWERED, DAYS_APART, SAY_WHY, Loaded, warning
from pipeline.problems import Problem, SourceError
from pipeline.project import Project

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
