"""A table as a sheet of a workbook: streamed from its Parquet, every cell of the kind that its column declares.

A cell reads back as the CSV shows it: text stays text, and what a spreadsheet cannot hold exactly becomes text.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.files import LIST_SEPARATOR
from schemas.registry import Column, Table

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LONGEST_CELL = 32_767
"""What Excel holds: rows of a sheet, its header included; columns of a sheet; UTF-16 units of a cell."""

FIRST_DAY = datetime.date(1900, 3, 1)
"""The first day that all spreadsheets number alike: Excel's calendar has a 29 February 1900."""

MOST_DIGITS = 15
"""Digits of a whole number that Excel keeps."""

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


class _Exact(float):
    """A number that is written with all its digits, where XlsxWriter would write sixteen."""

    def __format__(self, _spec: str) -> str:
        return repr(float(self))


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


def reason_left_out(table: Table, rows: int, parquet: Path) -> str | None:
    """Why Excel cannot hold a table whole, as a clause; None where it can."""
    if rows >= MOST_ROWS:
        return f"it has {rows:,} rows and a sheet holds {MOST_ROWS - 1:,}"
    if len(table.columns) > MOST_COLUMNS:
        return f"it has {len(table.columns):,} columns and a sheet holds {MOST_COLUMNS:,}"
    for column in table.columns:
        if column.type in ("VARCHAR", "VARCHAR[]"):
            longest = max((_units(text) for text in _long_texts(column, parquet)), default=0)
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


def fill(sheet: Any, table: Table, rows: Iterable[tuple[Any, ...]], styles: Styles) -> None:
    """Write a table's header, with what each column means as its note, and its rows below."""
    columns = table.columns
    widths = [len(column.name) + _ROOM_FOR_FILTER for column in columns]
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.name, styles.header)
        note = meaning(column)
        sheet.write_comment(0, number, note, {"width": 300, "height": 20 + 13 * (1 + len(note) // 45)})
    last = 0
    for last, row in enumerate(rows, 1):
        for number, value in enumerate(row):
            if value is not None and value != "" and value != []:
                length = _write(sheet, last, number, columns[number].type, value, styles)
                widths[number] = max(widths[number], length + 1)
    for number, column in enumerate(columns):
        width = min(max(widths[number], _NARROWEST), _WIDEST)
        sheet.set_column(number, number, width, styles.cells[column.type])
    make_filtered(sheet, last, len(columns))


def make_filtered(sheet: Any, last_row: int, columns: int) -> None:
    """Freeze and filter the header, and keep Excel from marking years and ids as numbers stored as text."""
    from xlsxwriter.utility import xl_range

    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, columns - 1)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, last_row, columns - 1)})


def _write(sheet: Any, row: int, number: int, type_: str, value: Any, styles: Styles) -> int:
    """Write one filled cell; the number of characters that it shows."""
    style = styles.cells[type_]
    if type_ == "BOOLEAN":
        sheet.write_boolean(row, number, value, style)
        return len("FALSE")
    if type_ == "DATE" and value >= FIRST_DAY:
        sheet.write_datetime(row, number, value, style)
        return len("2023-12-31")
    if type_ == "BIGINT" and abs(value) < 10**MOST_DIGITS:
        sheet.write_number(row, number, value, style)
        return len(str(value))
    if type_ == "DOUBLE" and math.isfinite(value):
        sheet.write_number(row, number, _Exact(value), style)
        return len(str(value))
    text = LIST_SEPARATOR.join(value) if type_ == "VARCHAR[]" else str(value)
    sheet.write_string(row, number, text, styles.cells["VARCHAR"])
    return max(map(len, text.split("\n")))


def rows_of(table: Table, path: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as Python values, a batch of its Parquet at a time."""
    from pyarrow import parquet

    names = [column.name for column in table.columns]
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(_BATCH, columns=names):
            yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)


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
