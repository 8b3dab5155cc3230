"""wb6.xlsx: the release as a workbook, a sheet a table, for those who read it in Excel or LibreOffice.

Read back, every sheet gives the CSV of its table; only TRUE and FALSE stand for true and false. A table that Excel
cannot hold whole, or that takes minutes to open, is left out, and the sheet README says which and why: a sheet cut short would
pass for the table.
"""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.engine import Connection, connect
from pipeline.standards.guide import COLUMNS, README, Guide, fill_columns, fill_readme
from pipeline.standards.sheets import NUMBER_FORMATS, Styles, fill, reason_left_out
from pipeline.standards.staged import Staged

FILE = "wb6.xlsx"

_RESERVED = ("history",)
_LONGEST_NAME = 31

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What a text in a sheet cannot hold as it is: what would be read as an escape, and what XML lacks."""


def write_workbook(staged: Staged) -> None:
    """Write `wb6.xlsx` beside the staged tables. Raises OSError where the disk does not take it."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory(prefix=".workbook-", dir=staged.folder) as scratch:
        options = {"constant_memory": True, "tmpdir": scratch}
        workbook = Workbook(str(Path(scratch) / FILE), options)
        workbook.use_zip64()
        _describe(workbook, staged)
        with connect() as con:
            _write_sheets(con, workbook, staged)
        try:
            workbook.close()
        except FileCreateError as error:
            raise error.args[0] from None
        (Path(scratch) / FILE).rename(staged.folder / FILE)


def _describe(workbook: Any, staged: Staged) -> None:
    """The properties of the document. Its date is the edition's: a clock would make every build another file."""
    dataset = staged.dataset
    workbook.set_properties(
        {
            "title": f"{dataset.title}, version {staged.version}",
            "author": dataset.publisher,
            "company": dataset.publisher,
            "keywords": ", ".join(dataset.keywords),
            "comments": f"{dataset.description} Licence: {dataset.licence}.",
            "created": datetime.datetime.combine(dataset.issued or dataset.as_of, datetime.time()),
        }
    )


def _write_sheets(con: Connection, workbook: Any, staged: Staged) -> None:
    left_out = {name: reason_left_out(con, staged.folder, t, staged.rows[name]) for name, t in staged.tables.items()}
    names = sheet_names(name for name, reason in left_out.items() if reason is None)
    kind = _sheet_class()
    readme, columns = (workbook.add_worksheet(name, kind) for name in (README, COLUMNS))
    styles = _styles(workbook)
    fill_readme(readme, staged, Guide(names, left_out), styles)
    fill_columns(columns, staged.tables, styles)
    for name, sheet in names.items():
        fill(con, workbook.add_worksheet(sheet, kind), staged, staged.tables[name], styles)


def sheet_names(tables: Iterable[str]) -> dict[str, str]:
    """The name of each table's sheet: its own or, where Excel does not allow that, its beginning and a number."""
    taken = {README.lower(), COLUMNS, *_RESERVED}
    names = {}
    for table in tables:
        name, number = table[:_LONGEST_NAME], 1
        while name.lower() in taken:
            number += 1
            name = f"{table[: _LONGEST_NAME - 1 - len(str(number))]}_{number}"
        taken.add(name.lower())
        names[table] = name
    return names


def _styles(workbook: Any) -> Styles:
    add, top = workbook.add_format, {"valign": "top"}
    return Styles(
        header=add({"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "num_format": "@"}),
        cells={type_: add({**top, "num_format": shown}) for type_, shown in NUMBER_FORMATS.items()},
        title=add({"bold": True, "font_size": 16}),
        label=add({**top, "bold": True}),
        prose=add({**top, "text_wrap": True, "num_format": "@"}),
        count=add({**top, "num_format": "#,##0"}),
        link=add({**top, "hyperlink": True}),
    )


def _sheet_class() -> Any:
    """XlsxWriter's sheet, but for texts that it would change.

    It writes a text `<r>...</r>` as markup, and escapes only the first of two escapes that share a low line.
    """
    from xlsxwriter.worksheet import Worksheet

    class Plain(Worksheet):  # type: ignore[misc]
        @staticmethod
        def _escape_control_characters(data: Any) -> Any:
            return _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", data) if isinstance(data, str) else data

        def append_rows(self, rows: Iterable[str]) -> int:
            """Write rows below the header that are XML already; how many there are."""
            self._write_single_row(1)
            number = 0
            for batch in rows:
                number += batch.count("<row ")
                self.row_data_fh.write(batch)
            self.dim_rowmax, self.previous_row = number, number + 1
            return number

        def _xml_rich_inline_string(self, string: str, attributes: Any) -> None:
            self._xml_inline_string(string, True, attributes)

    return Plain
