"""wb6.sql: a release as a database for DuckDB. A view per table, a comment per column, and macros that ask of a day.

The general macros are SQL files in `macros/`, each named by its macro and opening with the comment it is described by.
From them each table with a spell gets `<table>_as_of(day)`, and each table of claims `<table>_known_by(day)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engine import literal, quoted
from pipeline.sqlfiles import sql_files

if TYPE_CHECKING:  # a query needs the names below, and should not wait for Pandera
    from pipeline.standards.staged import Staged
    from schemas.registry import Column, Table

FILE = "wb6.sql"
FOLDER_VARIABLE = "wb6"
"""The DuckDB variable that says where the release lies, for those who are elsewhere."""

SPELL = ("start", "end")
"""The two dates of a table whose rows hold for a time: what the macro spells_as_of reads."""

_MACROS = Path(__file__).parent / "macros"


def write_sql(staged: Staged) -> None:
    """Write wb6.sql: views, comments and macros. It reads `parquet/` of the release when it is run."""
    (staged.folder / FILE).write_text(sql(staged), "utf-8", newline="\n")


def sql(staged: Staged) -> str:
    """The file's text."""
    tables = staged.tables.values()
    parts = [
        _header(staged),
        *(_view(table) for table in tables),
        f"-- What a day asks: the rows that held on it, and what was known by it.\n{_cut_off(staged)}",
        *_general_macros(),
        *(_as_of(table) for table in tables if _has_spell(table)),
        *(_known_by(table) for table in tables if table.layer == "source"),
    ]
    return "\n".join(parts)


def _header(staged: Staged) -> str:
    from schemas.fields import STATUS_NOTE

    # A line break in a title would end the comment, and what follows it would run.
    title = " ".join(staged.dataset.title.split())
    return (
        f"-- {title}, version {staged.version}: views, comments and macros for DuckDB.\n"
        f"--\n-- In the folder of the release:\n--     duckdb -init {FILE}\n"
        "-- From elsewhere, say first where it lies:\n"
        f"--     SET VARIABLE {FOLDER_VARIABLE} = 'outputs/latest';\n"
        f"--     .read outputs/latest/{FILE}\n"
        f"--\n-- {STATUS_NOTE}\n"
    )


def _view(table: Table) -> str:
    """The view of a table, and what the table and each of its columns mean."""
    where = (
        f"coalesce(getvariable({literal(FOLDER_VARIABLE)}) || '/', '') || {literal(f'parquet/{table.name}.parquet')}"
    )
    view = quoted(table.name)
    lines = [
        f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM read_parquet({where});",
        f"COMMENT ON VIEW {view} IS {literal(table.description)};",
        *(f"COMMENT ON COLUMN {view}.{quoted(c.name)} IS {literal(_meaning(c))};" for c in table.columns),
    ]
    return "\n".join(lines) + "\n"


def _meaning(column: Column) -> str:
    unit = column.cell.unit if column.type in ("BIGINT", "DOUBLE") else ""
    return f"{column.description} Unit: {unit}." if unit else column.description


def _cut_off(staged: Staged) -> str:
    described = "The dataset's cut-off date: it knows of nothing later."
    day = literal(staged.dataset.as_of.isoformat())
    return f"CREATE OR REPLACE MACRO cut_off() AS DATE {day};\n{_described('cut_off', described, table=False)}"


def _general_macros() -> list[str]:
    """Each macro as its file writes it, described by the comment that opens the file.

    DuckDB binds a macro when it is made, so those that give a value come before those that give a table and use them.
    """
    texts = {name: path.read_text("utf-8") for name, path in sql_files(_MACROS).items()}
    makes_table = {name: " AS TABLE" in text for name, text in texts.items()}
    return [
        texts[name] + _described(name, texts[name].splitlines()[0].removeprefix("-- "), table=makes_table[name])
        for name in sorted(texts, key=lambda name: (makes_table[name], name))
    ]


def _described(name: str, text: str, *, table: bool = True) -> str:
    return f"COMMENT ON MACRO {'TABLE ' if table else ''}{quoted(name)} IS {literal(text)};\n"


def _has_spell(table: Table) -> bool:
    return set(SPELL) <= {f.name for f in table.fields if f.cell.kind == "edtf"}


def _as_of(table: Table) -> str:
    """The macro `<table>_as_of(day)`: the table's rows that held on a day."""
    name = f"{table.name}_as_of"
    described = f"The rows of {table.name} that held on a day, certainly or possibly: see spells_as_of."
    return (
        f"CREATE OR REPLACE MACRO {quoted(name)}(day) AS TABLE\n"
        f"FROM spells_as_of({literal(table.name)}, day) ORDER BY {', '.join(map(quoted, table.key))};\n"
        f"{_described(name, described)}"
    )


def _known_by(table: Table) -> str:
    """The macro `<table>_known_by(day)`: the table, cells as written, as it would have been from what was known then."""
    name = f"{table.name}_known_by"
    described = (
        f"{table.name} as written, from the documents certainly issued by a day: see known_by. Column otherwise lists "
        "what would have stood instead had a document of uncertain date been out; settled says that there is none."
    )
    columns = ",\n".join(_known_columns(table))
    return (
        f"CREATE OR REPLACE MACRO {quoted(name)}(day) AS TABLE\nSELECT\n{columns}\n"
        f"FROM known_by(day) k\nWHERE k.table_name = {literal(table.name)}\n"
        f"GROUP BY k.row_key, k.key\nORDER BY k.row_key;\n"
        f"{_described(name, described)}"
    )


def _known_columns(table: Table) -> Iterator[str]:
    for key in table.key:
        yield f"    nullif(k.key[{literal(key)}], '') AS {quoted(key)}"
    for field in table.claimed:
        mine = f"k.known = 'certain' AND k.column_name = {literal(field.name)}"
        yield f"    max(k.value) FILTER (WHERE {mine}) AS {quoted(field.name)}"
    said = "concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')')"
    yield f"    list({said} ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise"
    yield "    bool_and(k.settled) AS settled"
