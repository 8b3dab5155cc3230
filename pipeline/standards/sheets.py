"""A table as a sheet of a workbook: streamed from its Parquet, every cell of the kind that its column declares.

Its rows are made in `pipeline.standards.rows`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.engine import Connection
from pipeline.files import LIST_SEPARATOR
from pipeline.standards.kept import sheet_rows
from pipeline.standards.rows import with_texts_longer_than
from pipeline.standards.staged import Staged
from schemas.registry import Column, Table

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LONGEST_CELL = 32_767
"""What Excel holds: rows of a sheet, its header included; columns of a sheet; UTF-16 units of a cell."""

MOST_SHOWN = 50_000
"""Rows of the longest table in the workbook: longer ones take a spreadsheet minutes to open, and are left to other programs."""

NUMBER_FORMATS: Mapping[str, str] = {
    "VARCHAR": "@",
    "VARCHAR[]": "@",
    "BIGINT": "0",
    "DOUBLE": "0.0##############",
    "BOOLEAN": "General",
    "DATE": "yyyy-mm-dd",
}
"""How cells are shown, by the type of their column: as in the CSV, whatever the reader's country.

Text is `@`, so that an edited `2023-09` or `1/2` does not turn into a date.
"""

_BATCH = 5_000
_NARROWEST, _WIDEST = 6, 60
_ROOM_FOR_FILTER = 4


@dataclass(frozen=True)
class Styles:
    """The formats of a workbook's cells: `cells` by the type of their column, the others by what they are for."""

    header: Any
    cells: Mapping[str, Any]
    title: Any
    label: Any
    prose: Any
    count: Any
    link: Any


def reason_left_out(con: Connection, folder: Path, table: Table, rows: int) -> str | None:
    """Why the workbook does not hold a table of a release, as a clause; None where it does."""
    if rows >= MOST_ROWS:
        return f"it has {rows:,} rows and a sheet holds {MOST_ROWS - 1:,}"
    if rows > MOST_SHOWN:
        return f"it has {rows:,} rows and the workbook holds tables of up to {MOST_SHOWN:,}"
    if len(table.columns) > MOST_COLUMNS:
        return f"it has {len(table.columns):,} columns and a sheet holds {MOST_COLUMNS:,}"
    if (folder / "csv" / f"{table.name}.csv").stat().st_size <= LONGEST_CELL:
        return None  # no text in it is longer than the file
    parquet = folder / "parquet" / f"{table.name}.parquet"
    for column in with_texts_longer_than(con, LONGEST_CELL, table.columns, parquet):
        longest = max(_units(text) for text in _long_texts(column, parquet))
        if longest > LONGEST_CELL:
            return f"a cell of {column.name} has {longest:,} characters and Excel holds {LONGEST_CELL:,}"
    return None


def _long_texts(column: Column, path: Path) -> Iterator[str]:
    """The texts of a column that may be too long: a UTF-16 unit takes a byte of UTF-8 or more."""
    import pyarrow.compute as pc
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(_BATCH, columns=[column.name]):
            texts = batch.column(0)
            if column.type == "VARCHAR[]":
                texts = pc.binary_join(texts, LIST_SEPARATOR)
            long = pc.fill_null(pc.greater(pc.binary_length(texts), LONGEST_CELL), False)
            yield from texts.filter(long).to_pylist()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def fill(con: Connection, sheet: Any, staged: Staged, table: Table, styles: Styles) -> None:
    """Write a table's header, with what each column means as its note, and its rows below."""
    columns = table.columns
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.name, styles.header)
        note = meaning(column)
        sheet.write_comment(0, number, note, {"width": 300, "height": 20 + 13 * (1 + len(note) // 45)})
    numbers = {type_: style._get_xf_index() for type_, style in styles.cells.items()}
    widths, rows = sheet_rows(con, staged, table, numbers)
    last = sheet.append_rows(rows)
    for number, (column, longest) in enumerate(zip(columns, widths, strict=True)):
        width = max(len(column.name) + _ROOM_FOR_FILTER, longest + 1, _NARROWEST)
        sheet.set_column(number, number, min(width, _WIDEST), styles.cells[column.type])
    make_filtered(sheet, last, len(columns))


def make_filtered(sheet: Any, last_row: int, columns: int) -> None:
    """Freeze and filter the header, and keep Excel from marking years and ids as numbers stored as text."""
    from xlsxwriter.utility import xl_range

    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, columns - 1)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, last_row, columns - 1)})


def meaning(column: Column) -> str:
    """What a column means, in plain text."""
    cell, own = column.cell, column.name == column.field
    notes = [column.description]
    if unit(column):
        notes.append(f"Unit: {unit(column)}.")
    if cell.references and own:
        notes.append(f"Refers to {' or '.join(cell.references)}.")
    if cell.codes and own:
        notes.append("Codes: " + "; ".join(f"{code}: {said.rstrip('.')}" for code, said in cell.codes.items()) + ".")
    return " ".join(notes)


def unit(column: Column) -> str:
    """The unit that a column of numbers is in; empty for all else."""
    return column.cell.unit if column.type in ("BIGINT", "DOUBLE") else ""
