"""Set-level checks in SQL: what cannot be seen in one cell. Each rule looks at some tables at once.

Tables are read as `source.<name>`, as written, with `source_line`. Rules only look; none changes anything.
A rule is one query over all tables given, whether that is one (an asset check) or every one (wb6 check).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.claimed import CITATIONS, LIVE, note_of, row_key
from pipeline.engine import literal, quoted
from pipeline.engines import Sql
from pipeline.expand import earliest, items, latest
from pipeline.portions import portions
from pipeline.problems import Problem, shown, told_once
from pipeline.slips import meant, meant_country
from pipeline.validate import Origin
from schemas.registry import Field, Table

Loaded = Mapping[str, tuple[Table, Origin]]
"""The tables a rule looks at, by name, each with where its rows came from."""

Rule = Callable[[Sql, Loaded, frozenset[str]], list[Problem]]
"""A rule is given the tables to look at and the names of tables whose files could not be read."""


@dataclass(frozen=True)
class _Found:
    """One cell that a query found wrong."""

    table: str
    line: int
    field: str
    value: str | None


def _stored(name: str) -> str:
    return f"source.{quoted(name)}"


def _cells(loaded: Loaded, wanted: Callable[[Field], bool], condition: str = "{0} IS NOT NULL") -> str | None:
    """SQL for the wanted cells of all tables: table_name, source_line, field, value. None where no field is wanted."""
    branches = [
        f"SELECT {literal(name)} AS table_name, source_line, {literal(f.name)} AS field, {quoted(f.name)} AS value "
        f"FROM {_stored(name)} WHERE {condition.format(quoted(f.name))}"
        for name, (table, _) in loaded.items()
        for f in table.fields
        if wanted(f)
    ]
    return " UNION ALL ".join(branches) or None


def _query(con: Sql, cells: str | None, condition: str, value: str = "value") -> Iterator[_Found]:
    if cells:
        sql = f"SELECT table_name, source_line, field, {value} FROM ({cells}) WHERE {condition}"
        yield from (_Found(*row) for row in con.execute(sql).fetchall())


def _problem(loaded: Loaded, found: _Found, what: str, rule: str) -> Problem:
    _, origin = loaded[found.table]
    subject = f"{found.field} {shown(found.value or '')}"
    return Problem(origin.label, found.line, origin.column_of(found.field), f"{subject}: {what}", rule)


def check_cells(con: Sql, loaded: Loaded, _unread: frozenset[str] = frozenset()) -> list[Problem]:
    """Cells whose parts contradict each other: reversed intervals and ranges, repeated or unsorted items.

    Only for tables whose rows passed their model: the cells must be well formed.
    """
    intervals = _cells(loaded, lambda f: f.cell.kind == "edtf", "{0} LIKE '%/%'")
    ranges = _cells(loaded, lambda f: f.cell.kind == "quantity", "{0} LIKE '%..%'")
    lists = _cells(loaded, lambda f: f.cell.kind == "list", "{0} LIKE '%; %'")
    keys = _cells(loaded, lambda f: f.cell.kind == "list" and f.cell.key, "{0} LIKE '%; %'")
    first, last = (f"CAST(split_part(value, '..', {n}) AS DOUBLE)" for n in (1, 2))
    parts = items("value")
    checks = [
        (
            intervals,
            f"{earliest('value')} > {latest('value')}",
            "the interval ends before it begins; swap the two dates",
        ),
        (ranges, f"{first} >= {last}", "the range does not rise; write the smaller number first"),
        (lists, f"array_length(list_distinct({parts})) < array_length({parts})", "an item is repeated; keep one"),
        (keys, f"list_sort({parts}) <> {parts}", "a list in a key is sorted; sort its items, or run wb6 fmt"),
    ]
    problems = [
        _problem(loaded, found, what, "row") for cells, wrong, what in checks for found in _query(con, cells, wrong)
    ]
    spells = [
        f"SELECT {literal(name)} AS table_name, source_line, 'end' AS field, \"end\" AS value, start AS began "
        f'FROM {_stored(name)} WHERE start IS NOT NULL AND "end" IS NOT NULL'
        for name, (table, _) in loaded.items()
        if {"start", "end"} <= {f.name for f in table.fields}
    ]
    what = "lies before start; correct one of the two dates"
    late = _query(con, " UNION ALL ".join(spells), f"{earliest('began')} > {latest('value')}")
    return problems + [_problem(loaded, found, what, "row") for found in late]


def check_keys(con: Sql, loaded: Loaded, _unread: frozenset[str] = frozenset()) -> list[Problem]:
    """The same cell of the same row claimed twice from the same passage; the same document listed twice."""
    again = [found for group in portions(con, (t for t, _ in loaded.values())) for found in _again(con, group)]
    problems = []
    for name, lines in again:
        table, origin = loaded[name]
        what = "already stated on line {}, with the same citation; delete one row, or cite another passage"
        if table.layer == "bibliography":
            what = "already listed on line {}; give each document an id of its own"
        for line, first in _overlapping(con, table, lines):
            column = origin.column_of(table.key[0])
            problems.append(Problem(origin.label, line, column, f"key {what.format(first)}", "key"))
        for line in {n for n in lines if lines.count(n) > 1 and table.layer == "source"}:
            column = origin.column_of("cite")
            problems.append(Problem(origin.label, line, column, "cite: names one passage twice; keep one", "key"))
    return problems


def _again(con: Sql, tables: Iterable[Table]) -> list[tuple[str, list[int]]]:
    """The lines of rows that state one key with one citation, by the table that they are in."""
    stated = " UNION ALL ".join(
        f"SELECT {literal(table.name)} AS table_name, source_line, {row_key(table)} AS row_key, "
        f"unnest({'[' + literal('') + ']' if table.layer == 'bibliography' else items('cite')}) AS passage "
        f"FROM {_stored(table.name)}"
        for table in tables
    )
    return con.execute(  # lines are listed of what is stated again alone: lists of all would not leave the memory
        f"WITH again AS (SELECT table_name, row_key, passage FROM ({stated}) "
        "GROUP BY table_name, row_key, passage HAVING count(*) > 1) "
        "SELECT s.table_name, list_sort(list(s.source_line)) AS lines "
        f"FROM ({stated}) s JOIN again a ON a.table_name = s.table_name AND a.row_key = s.row_key AND a.passage = s.passage "
        "GROUP BY s.table_name, s.row_key, s.passage"
    ).fetchall()


def _overlapping(con: Sql, table: Table, lines: list[int]) -> list[tuple[int, int]]:
    """Of rows with one key and citation, those that fill a cell another fills, or that both fill none; each with the earlier line."""
    names = [f.name for f in table.claimed] if table.layer == "source" else []
    rows = con.execute(
        f"SELECT source_line, {', '.join([quoted(n) for n in names] or ['NULL'])} FROM {_stored(table.name)} "
        f"WHERE source_line IN ({', '.join(map(str, lines))}) ORDER BY source_line"
    ).fetchall()
    seen: dict[int, int] = {}
    found = []
    for line, *values in rows:
        filled = [n for n, value in enumerate(values) if value is not None] or [-1]
        earlier = [seen[n] for n in filled if n in seen]
        if earlier:
            found.append((line, min(earlier)))
        for n in filled:
            seen.setdefault(n, line)
    return found


def check_references(con: Sql, loaded: Loaded, unread: frozenset[str] = frozenset()) -> list[Problem]:
    """Codes, ids and list items that name nothing: every one must be the key of a live row of its table."""
    by_target: dict[tuple[str, ...], None] = {
        f.cell.references: None for table, _ in loaded.values() for f in table.fields if f.cell.references
    }
    problems = []
    for references in by_target:
        targets = [reference.split(".") for reference in references]
        if {name for name, _ in targets} & unread:
            continue
        known = " UNION ".join(
            f"SELECT {quoted(column)} AS item FROM {_stored(name)}" + ("" if name == "document" else f" WHERE {LIVE}")
            for name, column in targets
        )
        cells = _cells(loaded, lambda f, to=references: f.cell.references == to)  # type: ignore[misc]
        named = f"SELECT table_name, source_line, field, unnest({items('value')}) AS value FROM ({cells})"
        where = " or ".join(f"sources/{'references.json' if n == 'document' else n + '.csv'}" for n, _ in targets)
        what = f"not in {where}; {{}}correct it, or add it there first"
        dangling = list(_query(con, named, f"value NOT IN (SELECT item FROM ({known}) WHERE item IS NOT NULL)"))
        hints = _hints(con, {found.value or "" for found in dangling}, targets) if dangling else {}
        problems += told_once(
            (
                found.value or "",
                _problem(loaded, found, what.format(hints.get(found.value or "", "")), "reference"),
            )
            for found in dangling
        )
    return problems


def _hints(con: Sql, wanted: Collection[str], targets: Iterable[list[str]]) -> dict[str, str]:
    """For ids that name nothing, the id that may be meant, and where it stands."""
    hints = {}
    for name, column in targets:
        sql = f"SELECT {quoted(column)}, min(source_line) FROM {_stored(name)} WHERE {quoted(column)} IS NOT NULL GROUP BY 1"
        lines = dict(con.execute(sql).fetchall())
        names = _names_of_countries(con) if name == "country" else {}
        file = "references.json" if name == "document" else f"{name}.csv"
        for word in wanted:
            if near := meant_country(word, names) if names else meant(word, lines):
                hints[word] = f"did you mean {near} of sources/{file}:{lines[near]}? Else "
    return hints


def _names_of_countries(con: Sql) -> dict[str, str]:
    """The name of each country that has one."""
    sql = f"SELECT iso3, min(name) FROM source.country WHERE iso3 IS NOT NULL AND name IS NOT NULL AND {LIVE} GROUP BY iso3"
    return dict(con.execute(sql).fetchall())


def check_citations(con: Sql, loaded: Loaded, unread: frozenset[str] = frozenset()) -> list[Problem]:
    """Citations of no document, of a note that its document lacks, or without a passage where there is no address."""
    cells = _cells(loaded, lambda f: f.cell.kind == "cite")
    if not cells or unread & {"document", "reference"}:
        return []
    rows = f"(SELECT table_name, source_line, field, value AS cite FROM ({cells}))"
    cited = CITATIONS.format(columns="table_name, source_line, field", rows=rows)
    found = con.execute(
        f"WITH cited AS (SELECT *, {note_of('locator')} AS note FROM ({cited})), "
        "notes AS (SELECT DISTINCT document_id, note_number FROM source.reference), "
        "noted AS (SELECT DISTINCT document_id FROM notes) "
        "SELECT c.table_name, c.source_line, c.field, c.citation, c.cited_id, d.document_id IS NOT NULL, "
        "c.locator IS NOT NULL OR d.url IS NOT NULL, c.note "
        "FROM cited c "
        "LEFT JOIN source.document d ON d.document_id = c.cited_id "
        "LEFT JOIN noted w ON w.document_id = c.cited_id "
        "LEFT JOIN notes n ON n.document_id = c.cited_id AND n.note_number = c.note "
        "WHERE d.document_id IS NULL OR (c.locator IS NULL AND d.url IS NULL) "
        "OR (c.note <> '' AND w.document_id IS NOT NULL AND n.note_number IS NULL)"
    ).fetchall()
    unknown = {row[4] for row in found if not row[5]}
    hints = _hints(con, unknown, [["document", "document_id"]]) if unknown else {}
    problems = []
    for table, line, field, citation, document, known, placed, note in found:
        if not known:
            near = hints.get(document, "")
            what = f"no document {shown(document)} in sources/references.json; {near}correct the key, or add the item there"
        elif not placed:
            what = f"document {shown(document)} has no address, so name the passage: {document}, p. 4"
        else:
            what = (
                f"document {shown(document)} has no note {note} in sources/reference.csv; correct it, or add it there"
            )
        problems.append((what, _problem(loaded, _Found(table, line, field, citation), what, "citation")))
    return told_once(problems)


RULES: dict[str, Rule] = {"keys": check_keys, "references": check_references, "citations": check_citations}
"""The rules that hold across rows and tables, by the name of their asset check."""

ACROSS: Mapping[str, str] = {
    "references": "Every code, id and list item names a row that stands.",
    "citations": "Every citation names a document, a note it has, and a passage or an address.",
}
"""Those of them that set a table against others, each with what holds."""


def group_by_table(problems: list[Problem]) -> dict[str, list[Problem]]:
    """Problems by the name of the table whose file they are in."""
    grouped: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        name = problem.file.rsplit("/", 1)[-1].split(".")[0]
        grouped["document" if name == "references" else name].append(problem)
    return dict(grouped)
