"""wb6.xlsx holds the cells of the CSV files, and no part that a release's workbook has no use for, such as macros.

Only what XlsxWriter writes for this dataset is read; any other way to say it is a fault. How cells look is not compared.
"""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import unescape

from pipeline.standards.compare import differ, opens
from pipeline.standards.guide import COLUMNS, README
from pipeline.standards.rows import FIRST_DAY, MOST_DIGITS
from pipeline.standards.sheets import reason_left_out
from pipeline.standards.workbook import FILE, sheet_names
from pipeline.verify.opened import Opened
from schemas.registry import Table

_PART = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(workbook|styles|sharedStrings|theme/theme1|comments\d+)\.xml|xl/drawings/vmlDrawing\d+\.vml"
    r"|xl/worksheets/(sheet\d+\.xml|_rels/sheet\d+\.xml\.rels)"
)
_SHEET = re.compile(r'<sheet name="([^"]*)" sheetId="\d+"[^>]* r:id="([^"]*)"/>')
_TARGET = re.compile(r'<Relationship Id="([^"]*)" Type="[^"]*/worksheet" Target="([^"]*)"/>')
_TOKEN = re.compile(
    r'<row r="(\d+)"[^>]*>|(</row>)'
    r'|<c r="([A-Z]+)(\d+)"(?: s="\d+")?(?: t="(inlineStr|b|n)")?>(?:<is><t[^>]*>|<v>)([^<]*)(?:</t></is>|</v>)</c>',
)
_LINK = re.compile(r'<Relationship [^>]*Target="([^"]*)" TargetMode="External"')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CHUNK, _LONGEST = 1 << 20, 1 << 23
"""Characters that are read at once, and those that one row can have."""
_EPOCH = datetime.date(1899, 12, 30)

Cell = tuple[str, str]
"""The kind of a cell, empty for a number, and what stands in it."""


def workbook_disagrees(release: Opened) -> list[str]:
    """Where the workbook holds something else than the tables: for each sheet the first such place."""
    left_out = {
        name: reason_left_out(release.con, release.folder, table, _rows(release, name))
        for name, table in release.tables.items()
    }
    names = sheet_names(name for name, reason in left_out.items() if reason is None)
    with zipfile.ZipFile(release.files[FILE]) as book:
        parts = book.namelist()
        found = [f"holds the part {name}, which has no place in it" for name in parts if not _PART.fullmatch(name)]
        found += ["holds a part twice"] if len(set(parts)) < len(parts) else []
        links = [link for name in parts if name.endswith(".rels") for link in _LINK.findall(_small(book, name))]
        found += differ("the list of its links", links, [release.manifest.about["licence_url"]])
        targets = dict(_TARGET.findall(_small(book, "xl/_rels/workbook.xml.rels")))
        sheets = {name: f"xl/{targets[id_]}" for name, id_ in _SHEET.findall(_small(book, "xl/workbook.xml"))}
        if release.unread:
            return found
        shape = differ("the list of its sheets", list(sheets), [README, COLUMNS, *names.values()])
        if shape:
            return found + shape
        found += _readme(release, _texts(book, sheets[README]), names)
        found += _columns(release, _texts(book, sheets[COLUMNS]))
        for name, sheet in names.items():
            if f"csv/{name}.csv" in release.files:
                what = _unlike(_cells(book, sheets[sheet]), release.tables[name], release.files[f"csv/{name}.csv"])
                found += [f"sheet {sheet}, {what}"] if what else []
    return found


def _rows(release: Opened, name: str) -> int:
    rows = release.manifest.tables[name].rows
    return rows if isinstance(rows, int) else 0


def _readme(release: Opened, rows: Sequence[Sequence[str]], names: dict[str, str]) -> list[str]:
    """What the first sheet says of the version and the tables that is not so."""
    said = {row[0]: row[1:] for row in rows if len(row) > 1}
    found = differ(f"the version in the sheet {README}", said["Version"][0], release.version)
    for name, listed in release.manifest.tables.items():
        description, count, *_ = said[names.get(name, f"{name} (left out)")]
        found += opens(f"what the sheet {README} says of {name}", description, str(listed.description))
        found += differ(f"the number of rows that the sheet {README} says of {name}", count, str(listed.rows))
    return found


def _columns(release: Opened, rows: Sequence[Sequence[str]]) -> list[str]:
    """What the dictionary says of columns that is not so."""
    true = [(t.name, c) for t in release.tables.values() for c in t.columns]
    found = differ(
        f"the list of the sheet {COLUMNS}", [(*row[:2],) for row in rows[1:]], [(n, c.name) for n, c in true]
    )
    pairs = zip(rows[1:], true, strict=True) if not found else ()
    where = f"in the sheet {COLUMNS}, the meaning of"
    return found + [x for row, (n, c) in pairs for x in opens(f"{where} {n}.{c.name}", row[2], c.description)]


def _small(book: zipfile.ZipFile, part: str) -> str:
    """A part that lists the sheets. Raises ValueError where it would fill the memory."""
    if book.getinfo(part).file_size > _LONGEST:
        raise ValueError(f"{part} is too long")
    return book.read(part).decode()


def _texts(book: zipfile.ZipFile, part: str) -> list[list[str]]:
    return [[text for _, text in row.values()] for _, row in _cells(book, part)]


def _cells(book: zipfile.ZipFile, part: str) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Each row of a sheet: its number, and its filled cells by the letters of their column.

    Raises ValueError for what is no cell, or none of its row.
    """
    number, cells = "", dict[str, Cell]()
    for rows in _chunks(book, part):
        place = 0
        for token in _TOKEN.finditer(rows):
            if token.start() != place:
                break
            place = token.end()
            begins, ends, column, own, kind, text = token.groups()
            if begins:
                number, cells = begins, {}
            elif ends:
                yield number, cells
            elif own != number or column in cells:
                raise ValueError(f"{part} has the cell {column}{own} in row {number}, or twice")
            else:
                cells[column] = (kind or "", _plain(text) if "&" in text or "_x" in text else text)
        if place != len(rows):
            raise ValueError(f"{part} holds {rows[place : place + 80]!r}, which is no cell of ours")


def _chunks(book: zipfile.ZipFile, part: str) -> Iterator[str]:
    """The XML of a sheet's rows, some whole rows at a time."""
    with book.open(part) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as stream:
        _, found, left = stream.read(_CHUNK).partition("<sheetData>")
        if not found:
            return
        while "</sheetData>" not in left and (more := stream.read(_CHUNK)):
            whole, end, rest = (left + more).rpartition("</row>")
            yield whole + end
            left = rest
            if len(left) > _LONGEST:
                raise ValueError(f"{part} has a row that never ends")
        yield left.partition("</sheetData>")[0]


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), unescape(text, {"&quot;": '"'}))


def _unlike(rows: Iterator[tuple[str, dict[str, Cell]]], table: Table, path: Path) -> str | None:
    """The first place where a sheet differs from the CSV of its table."""
    from xlsxwriter.utility import xl_col_to_name

    letters = [xl_col_to_name(n) for n in range(len(table.columns))]
    types = [column.type for column in table.columns]
    header = ["VARCHAR"] * len(types)
    with path.open(encoding="utf-8", newline="") as stream:
        for number, texts in enumerate(csv.reader(stream), 1):
            own, row = next(rows, ("", {}))
            if own != str(number):
                return f"row {number} is missing, and {path.name} has it"
            if len(row) > len(row.keys() & letters):
                return f"row {number} has cells beyond its columns"
            for letter, type_, written in zip(letters, types if number > 1 else header, texts, strict=True):
                cell = row.get(letter)
                text = repr(float(written)) if type_ == "DOUBLE" and written else written
                if (_shown(cell, type_) if cell else "") != text:
                    said = repr(cell[1]) if cell else "empty"
                    return f"cell {letter}{number} is {said}, and {path.name} has {text!r} there"
    return f"there are more rows than in {path.name}" if next(rows, None) else None


def _shown(cell: Cell, type_: str) -> str | None:
    """A cell as the CSV shows it; None where a cell of its column is not to be of that kind."""
    kind, text = cell
    if kind == "inlineStr":
        return text if type_ in ("VARCHAR", "VARCHAR[]") or _unfit(text, type_) else None
    if kind == "b":
        return {"1": "true", "0": "false"}.get(text) if type_ == "BOOLEAN" else None
    if type_ == "DATE":
        return (_EPOCH + datetime.timedelta(int(text))).isoformat()
    if type_ == "DOUBLE":
        return repr(float(text))
    return text if type_ == "BIGINT" else None


def _unfit(text: str, type_: str) -> bool:
    """Whether a value is one that spreadsheets would change, so that it stands as text."""
    if type_ == "DATE":
        return datetime.date.fromisoformat(text) < FIRST_DAY
    if type_ == "BIGINT":
        return len(text.lstrip("-")) > MOST_DIGITS
    return type_ == "DOUBLE" and not math.isfinite(float(text))
