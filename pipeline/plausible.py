"""Checks of plausibility: what is well formed and refers to something, and yet can hardly be meant.

Written for kinds of field, so that a new table is looked at as well; what they know by name are countries, documents and the
notes of documents. They warn: a curator looks the row up again, and mends it. Where what is written may be right all the same,
the warning says so, and a note that says why it stands, after the word `Outlier:`, answers it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from pipeline.claimed import CITATIONS, LIVE
from pipeline.engine import Connection, literal, quoted
from pipeline.expand import items
from pipeline.foreseen import check_dates, check_ids, dates_apart
from pipeline.problems import Problem, shown
from pipeline.slips import near_pairs
from pipeline.warn import ANSWERED, SAY_WHY, Loaded, is_answered, warning
from schemas.registry import Field, written


def check_agreement(con: Connection, loaded: Loaded) -> list[Problem]:
    """Rows of one key that differ in what the thing is, more than threefold in a figure, or by months in a date.

    Reads `claims.weighed`. Told where a row is far from more than half of the others; a note of any of them answers it.
    """
    chosen = ", ".join(literal(name) for name in loaded) or "NULL"
    rows = con.execute(
        "WITH cells AS (SELECT DISTINCT table_name, column_name, row_key, source_line, value, note FROM claims.weighed "
        f"WHERE column_name IS NOT NULL AND rank <> 'deprecated' AND table_name IN ({chosen})), "
        "several AS (SELECT table_name, column_name, row_key FROM cells "
        "GROUP BY table_name, column_name, row_key HAVING count(DISTINCT value) > 1) "
        "SELECT c.table_name, c.column_name, c.row_key, c.source_line, c.value, c.note FROM cells c JOIN several s "
        "ON s.table_name = c.table_name AND s.column_name = c.column_name AND s.row_key = c.row_key ORDER BY c.source_line"
    ).fetchall()
    stated: dict[tuple[str, str, str], list[tuple[int, str, str | None]]] = defaultdict(list)
    for table, column, key, line, value, note in rows:
        stated[table, column, key].append((line, value, note))
    problems = []
    for (table, column, _), cells in stated.items():
        is_far = _FAR.get(_compared_as(loaded[table][0].field(column)))
        if is_far is None or any(is_answered(note) for _, _, note in cells):
            continue
        for line, value, _ in cells:
            far = [(other_line, other) for other_line, other, _ in cells if is_far(value, other)]
            if 2 * len(far) > len(cells) - 1:
                place = f"{loaded[table][1].label}:{far[0][0]}"
                what = f"{place} says {shown(far[0][1])} of the same; correct the one that is wrong, or {SAY_WHY}"
                problems.append(warning(loaded, table, line, column, value, what, "agreement"))
    return problems


def _compared_as(field: Field) -> str:
    """How claims of a field are compared: as what a thing is (kind, country, organisation, unit), a figure, a date, or not."""
    cell = field.cell
    if cell.kind in ("code", "id", "iso3", "integer", "boolean") or (cell.kind == "text" and cell.references):
        return "class"
    return cell.kind


def _figures_apart(a: str, b: str) -> bool:
    """Whether one figure is more than three times the other. Nobody counts as far from none."""
    one, other = sorted(float(found[0]) if (found := re.search(r"[0-9]+(\.[0-9]+)?", text)) else 0.0 for text in (a, b))
    return other > 3 * one > 0


_FAR: dict[str, Callable[[str, str], bool]] = {
    "class": lambda a, b: a != b,
    "quantity": _figures_apart,
    "edtf": dates_apart,
}


def check_ranks(con: Connection, loaded: Loaded) -> list[Problem]:
    """Preferred rows that state different values of the same, of which only one is published; reasons that say nothing.

    Reads `claims.weighed`. A note of any of the rows answers the first.
    """
    chosen = ", ".join(literal(name) for name in loaded) or "NULL"
    preferred = (
        "(SELECT DISTINCT table_name, column_name, row_key, source_line, value, note FROM claims.weighed "
        f"WHERE column_name IS NOT NULL AND rank = 'preferred' AND table_name IN ({chosen}))"
    )
    differing = con.execute(
        f"SELECT a.table_name, a.source_line, a.column_name, a.value, min(b.source_line), min_by(b.value, b.source_line), "
        f"string_agg(concat_ws(' ', a.note, b.note), ' ') FROM {preferred} a JOIN {preferred} b "
        "ON b.table_name = a.table_name AND b.column_name = a.column_name AND b.row_key = a.row_key AND b.value <> a.value "
        "GROUP BY ALL"
    ).fetchall()
    told = "{}:{} prefers {} of the same; prefer one of the two, or " + SAY_WHY
    problems = [
        warning(loaded, table, line, field, value, told.format(loaded[table][1].label, at, shown(other)), "ranks")
        for table, line, field, value, at, other, notes in differing
        if not is_answered(notes)
    ]
    for name, (table, _) in loaded.items():
        if table.layer == "source":
            found = con.execute(
                f"SELECT source_line, rank_reason FROM source.{quoted(name)} WHERE rank_reason NOT LIKE '%_ _%'"
            ).fetchall()
            what = "says too little; say why in one sentence"
            problems += [warning(loaded, name, line, "rank_reason", reason, what, "ranks") for line, reason in found]
    return problems


def check_words(con: Connection, loaded: Loaded) -> list[Problem]:
    """Ids, free codes and names of sections that stand once, a slip of the fingers away from one in use."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[tuple[str, str], tuple[str, int, str, str]] = {}
    for subject, table, line, field, word, note in _words(con, loaded):
        uses[subject][word] += 1
        places[subject, word] = (table, line, field, note or "")
    problems = []
    for subject, counted in uses.items():
        for word, other in near_pairs(counted):
            table, line, field, note = places[subject, word]
            if counted[word] == 1 and not (is_answered(note) and word.casefold() in note.casefold()):
                what = f"stands nowhere else; did you mean {other}? If not, name it in note, after the word Outlier:"
                problems.append(warning(loaded, table, line, field, word, what, "words"))
    return problems


def _words(con: Connection, loaded: Loaded) -> Iterator[tuple[str, str, int, str, str, str | None]]:
    """Every word of a kind: what it names, its table, line and field, the word itself, and the note of its row."""
    for name, (table, _) in loaded.items():
        if table.layer != "source":
            continue
        free = [f for f in table.fields if _is_free(f)]
        columns = ", ".join(quoted(f.name) for f in free) or "NULL"
        rows = con.execute(f"SELECT source_line, note, {columns} FROM source.{quoted(name)}").fetchall()
        for field, at in zip(free, range(2, 2 + len(free)), strict=True):
            subject = field.cell.references[0] if field.cell.references else f"{name}.{field.name}"
            for row in rows:
                for word in row[at].split("; ") if row[at] else ():
                    yield subject, name, row[0], field.name, word, row[1]
    for name, line, document, locator, note in _passages(con, loaded):
        for section in re.findall(r"sec\. ([^,]+)", locator):
            yield f"section of {document}", name, line, "cite", section, note


def _is_free(field: Field) -> bool:
    """Whether a field holds codes or ids of a curator's coining; those of documents are checked where they are cited."""
    cell = field.cell
    kind = cell.item if cell.kind == "list" else cell.kind
    return kind in ("code", "id") and not cell.codes and "document.document_id" not in cell.references


def _passages(con: Connection, loaded: Loaded) -> list[tuple[str, int, str, str, str | None]]:
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
    for table, line, document, locator, _ in _passages(con, loaded):
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
    "ranks": check_ranks,
    "dates": check_dates,
    "ids": check_ids,
    "words": check_words,
    "passages": check_passages,
    "sections": check_sections,
    "documents": check_documents,
}
"""The checks of plausibility by name."""
