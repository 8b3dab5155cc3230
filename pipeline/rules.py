"""Set-level checks in SQL: what cannot be seen in one cell. Each rule looks at some tables at once.

Tables are read as `source.<name>`, as written, with `source_line`. Rules only look; none changes anything.
A rule asks of all tables given at once, whether that is one (an asset check) or every one (wb6 check); what it finds is bounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.claimed import CITATIONS, LIVE, note_of, row_key
from pipeline.engine import literal, quoted
from pipeline.engines import Sql, rows_of
from pipeline.expand import earliest, items, latest
from pipeline.portions import portions
from pipeline.problems import MOST, Problem, enough, shown, told_once
from pipeline.slips import meant_country, nearest
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


def _query(con: Sql, cells: str | None, condition: str) -> Iterator[_Found]:
    if cells:
        sql = f"SELECT table_name, source_line, field, value FROM ({cells}) WHERE {condition} ORDER BY source_line, field, value"
        yield from (_Found(*row) for row in rows_of(con, sql))


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
        problem
        for cells, wrong, what in checks
        for problem in enough(_problem(loaded, found, what, "row") for found in _query(con, cells, wrong))
    ]
    spells = [
        f"SELECT {literal(name)} AS table_name, source_line, 'end' AS field, \"end\" AS value, start AS began "
        f'FROM {_stored(name)} WHERE start IS NOT NULL AND "end" IS NOT NULL'
        for name, (table, _) in loaded.items()
        if {"start", "end"} <= {f.name for f in table.fields}
    ]
    what = "lies before start; correct one of the two dates"
    late = _query(con, " UNION ALL ".join(spells), f"{earliest('began')} > {latest('value')}")
    return problems + enough(_problem(loaded, found, what, "row") for found in late)


def check_keys(con: Sql, loaded: Loaded, _unread: frozenset[str] = frozenset()) -> list[Problem]:
    """The same cell of the same row claimed twice from the same passage; the same document listed twice."""
    found = [row for group in portions(con, (t for t, _ in loaded.values())) for row in _again(con, group)]
    problems = []
    for name, line, first in found:
        table, origin = loaded[name]
        what = f"already stated on line {first}, with the same citation; delete one row, or cite another passage"
        if table.layer == "bibliography":
            what = f"already listed on line {first}; give each document an id of its own"
        column, what = (table.key[0], f"key {what}") if first else ("cite", "cite: names one passage twice; keep one")
        problems.append(Problem(origin.label, line, origin.column_of(column), what, "key"))
    return enough(problems)


def _again(con: Sql, tables: Iterable[Table]) -> list[tuple[str, int, int | None]]:
    """Rows that state a cell, or that there is such a row, after an earlier line of the same key and citation, and which.

    Rows that cite one passage twice stand beside them, without a line.
    """
    stated = [_stated(table) for table in tables]
    # lists of cells are made of what is stated again alone: those of all would not leave the memory
    return con.execute(
        f"""
        WITH again AS (
            SELECT table_name, row_key, passage FROM ({" UNION ALL ".join(light for light, _ in stated)})
            GROUP BY table_name, row_key, passage HAVING count(*) > 1
        ),
        lines AS (
            SELECT s.* FROM ({" UNION ALL ".join(whole for _, whole in stated)}) s
            JOIN again a ON a.table_name = s.table_name AND a.row_key = s.row_key AND a.passage = s.passage
        ),
        cells AS (
            SELECT table_name, row_key, passage, source_line, fills_none,
                   unnest(column_names) AS column_name, unnest(cell_values) AS value
            FROM lines
        ),
        firsts AS (
            SELECT table_name, row_key, passage, source_line,
                   min(source_line) OVER (PARTITION BY table_name, row_key, passage, column_name) AS first_line
            FROM cells
            WHERE value IS NOT NULL OR (fills_none AND column_name IS NULL)
        )
        SELECT table_name, source_line, min(first_line) AS first_line FROM firsts WHERE first_line < source_line
        GROUP BY table_name, row_key, passage, source_line
        UNION ALL
        SELECT table_name, source_line, NULL FROM lines
        GROUP BY table_name, row_key, passage, source_line HAVING count(*) > 1
        ORDER BY table_name, source_line, first_line NULLS LAST LIMIT {MOST}
        """
    ).fetchall()


def _stated(table: Table) -> tuple[str, str]:
    """SQL for the lines of a table by key and passage cited; and for the same with their cells. Documents cite nothing."""
    names = [f.name for f in table.claimed] if table.layer == "source" else []
    passage = f"unnest({items('cite')})" if table.layer == "source" else literal("")
    columns, values = (", ".join([*map(as_sql, names), "CAST(NULL AS VARCHAR)"]) for as_sql in (literal, quoted))
    nothing = f"coalesce({', '.join(map(quoted, names))}) IS NULL" if names else "true"
    light = f"SELECT {literal(table.name)} AS table_name, {row_key(table)} AS row_key, {passage} AS passage"
    cells = f"source_line, {nothing} AS fills_none, [{columns}] AS column_names, [{values}] AS cell_values"
    return f"{light} FROM {_stored(table.name)}", f"{light}, {cells} FROM {_stored(table.name)}"


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
        dangling = f"value NOT IN (SELECT item FROM ({known}) WHERE item IS NOT NULL)"
        words = _first_words(found.value or "" for found in _query(con, named, dangling))
        if not words:
            continue
        hints = _hints(con, words, targets)
        problems += told_once(
            (
                found.value or "",
                _problem(loaded, found, what.format(hints.get(found.value or "", "")), "reference"),
            )
            for found in _query(con, named, dangling)
        )
    return problems


_MOST_HINTED = 1_000
"""For how many words that name nothing it is looked what may be meant: more come of one mistake, such as a wrong prefix."""


def _first_words(words: Iterable[str]) -> list[str]:
    """The first of some words, each once."""
    kept: dict[str, None] = {}
    for word in words:
        kept[word] = None
        if len(kept) == _MOST_HINTED:
            break
    return list(kept)


def _hints(con: Sql, wanted: Collection[str], targets: Iterable[list[str]]) -> dict[str, str]:
    """For ids that name nothing, the id that may be meant, and where it stands."""
    hints: dict[str, str] = {}
    for name, column in targets:
        file = "references.json" if name == "document" else f"{name}.csv"
        sql = f"SELECT {quoted(column)}, min(source_line) FROM {_stored(name)} WHERE {quoted(column)} IS NOT NULL GROUP BY 1 ORDER BY 1"
        names = _names_of_countries(con) if name == "country" else {}
        if names:
            lines = dict(con.execute(sql).fetchall())
            near = {word: (code, lines[code]) for word in wanted if (code := meant_country(word, names))}
        else:
            near = nearest(wanted, rows_of(con, sql))
        hints |= {w: f"did you mean {m} of sources/{file}:{line}? Else " for w, (m, line) in near.items()}
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
    wrong = (
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
        "OR (c.note <> '' AND w.document_id IS NOT NULL AND n.note_number IS NULL) "
        "ORDER BY c.source_line, c.field, c.citation"
    )
    words = _first_words("" if row[5] else row[4] for row in rows_of(con, wrong))  # none where the document is known
    if not words:
        return []
    return told_once(_uncited(loaded, _hints(con, words, [["document", "document_id"]]), rows_of(con, wrong)))


def _uncited(loaded: Loaded, hints: Mapping[str, str], found: Iterable[Any]) -> Iterator[tuple[str, Problem]]:
    """What is wrong with citations: what is alike of several, and the problem of each."""
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
        yield what, _problem(loaded, _Found(table, line, field, citation), what, "citation")


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
