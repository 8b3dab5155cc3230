"""The first two sheets of the workbook: README, what it is and holds, and columns, what every column means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.standards.sheets import Styles, make_filtered, meaning, unit
from pipeline.standards.staged import Staged
from schemas.fields import STATUS_NOTE
from schemas.registry import Column, Table

README, COLUMNS = "README", "columns"

_TYPES: Mapping[str, str] = {
    "VARCHAR": "text",
    "VARCHAR[]": "list",
    "BIGINT": "whole number",
    "DOUBLE": "number",
    "BOOLEAN": "TRUE or FALSE",
    "DATE": "day",
}

_READING = (
    f"Each table is a sheet. What its columns mean is said in the sheet {COLUMNS} and in the note on each header.",
    "An empty cell means not recorded.",
    "Dates are text as they were written (EDTF: 2023-09, 201X, 2009/..), so that no spreadsheet turns them into "
    "something else; beside them stand the first and the last day that they can mean, as days to sort and filter by.",
    "Lists are written a; b; c.",
    "Days before 1 March 1900, on which spreadsheets differ, and whole numbers of more than 15 digits, which they "
    "round, stand as text.",
    "The release holds the same tables in its folders csv and parquet, for other programs.",
)

_README_WIDTHS = (26, 100, 12, 50)
_DICTIONARY = {
    "table": 24,
    "column": 28,
    "meaning": 110,
    "type": 14,
    "in key": 8,
    "always filled": 15,
    "unit": 16,
    "example": 30,
}
"""The columns of the dictionary, with their widths."""


@dataclass(frozen=True)
class Guide:
    """Where each table is: the name of its sheet or, for a table without one, the reason as a clause."""

    names: Mapping[str, str]
    left_out: Mapping[str, str | None]


def fill_readme(sheet: Any, staged: Staged, guide: Guide, styles: Styles) -> None:
    """What the workbook is, how to cite and read it, and the list of its sheets with a link to each."""
    for number, width in enumerate(_README_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, staged.dataset.title, styles.title)
    said = _said(staged)
    for row, (name, text) in enumerate(said, 2):
        sheet.write_string(row, 0, name, styles.label)
        sheet.write_string(row, 1, text, styles.prose)
    after = 2 + len(said)
    sheet.write_string(after, 0, "Licence", styles.label)
    sheet.write_url(after, 1, staged.dataset.licence_url, styles.link, string=staged.dataset.licence)
    _list_sheets(sheet, after + 2, staged, guide, styles)


def _said(staged: Staged) -> list[tuple[str, str]]:
    dataset, version = staged.dataset, staged.version
    issued = [("Issued", dataset.issued.isoformat())] if dataset.issued else []
    return [
        ("What it is", dataset.description),
        ("Version", version),
        *issued,
        ("Cut-off date", f"Facts called current are so on {dataset.as_of.isoformat()}."),
        ("How to cite", f"{dataset.publisher}. {dataset.title}, version {version}. {dataset.licence}."),
        ("Note on status", STATUS_NOTE),
        *(("" if number else "How to read it", line) for number, line in enumerate(_READING)),
    ]


def _list_sheets(sheet: Any, top: int, staged: Staged, guide: Guide, styles: Styles) -> None:
    for column, name in enumerate(("sheet", "what it holds", "rows", "key")):
        sheet.write_string(top, column, name, styles.header)
    _link(sheet, top + 1, COLUMNS, styles)
    sheet.write_string(top + 1, 1, "One row per column of every table: what it means.", styles.prose)
    for row, table in enumerate(staged.tables.values(), top + 2):
        reason, text = guide.left_out[table.name], table.description
        if reason is None:
            _link(sheet, row, guide.names[table.name], styles)
        else:
            sheet.write_string(row, 0, f"{table.name} (left out)", styles.prose)
            text += f" Left out: {reason}. Read csv/{table.name}.csv or parquet/{table.name}.parquet instead."
        sheet.write_string(row, 1, text, styles.prose)
        sheet.write_number(row, 2, staged.rows[table.name], styles.count)
        if table.key:
            sheet.write_string(row, 3, ", ".join(table.key), styles.prose)


def _link(sheet: Any, row: int, name: str, styles: Styles) -> None:
    sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.link, string=name)


def fill_columns(sheet: Any, tables: Mapping[str, Table], styles: Styles) -> None:
    """The dictionary: one row per column of every table, to be filtered by table."""
    for number, (name, width) in enumerate(_DICTIONARY.items()):
        sheet.write_string(0, number, name, styles.header)
        sheet.set_column(number, number, width)
    listed = [(table, column) for table in tables.values() for column in table.columns]
    for row, (table, column) in enumerate(listed, 1):
        for number, text in enumerate(_entry(table, column)):
            if text:
                sheet.write_string(row, number, text, styles.prose)
    make_filtered(sheet, len(listed), len(_DICTIONARY))


def _entry(table: Table, column: Column) -> tuple[str, ...]:
    own = column.name == column.field
    return (
        table.name,
        column.name,
        meaning(column),
        _TYPES[column.type],
        "yes" if column.name in table.key else "",
        "" if column.nullable else "yes",
        unit(column),
        column.cell.example if own else "",
    )
