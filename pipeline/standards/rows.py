"""The rows of a sheet as the XML that a workbook holds them in, made by the engine, since there is a cell for every cell.

A cell reads back as the CSV shows it: text stays text, and what a spreadsheet cannot hold exactly becomes text.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.engine import Connection, literal, quoted
from pipeline.files import LIST_SEPARATOR
from schemas.registry import Column

FIRST_DAY = datetime.date(1900, 3, 1)
"""The first day that all spreadsheets number alike: Excel's calendar has a 29 February 1900."""

DAY_ZERO = datetime.date(1899, 12, 30)
"""The day that spreadsheets count days from, as far as they count alike."""

MOST_DIGITS = 15
"""Digits of a whole number that Excel keeps."""

_BATCH = 5_000
_SPACE = "[ \\t\\n\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]"
_LACKING = [*range(9), *range(0x0B, 0x20), 0xFFFE, 0xFFFF]
"""The characters that XML cannot hold."""


@dataclass(frozen=True)
class Rows:
    """The rows of one table, each column in a style of its own by number, and texts in that for texts.

    `widths` are how many characters the longest cell of each column shows, 0 where none is filled. `odd` are the columns with a text that XML reads as markup, whose space at an end it drops, or that it cannot hold at all; `lacking` those with
    one that a sheet cannot hold at all, or would read as an escape.
    """

    con: Connection
    source: str
    columns: Sequence[Column]
    styles: Mapping[str, int]
    widths: tuple[int, ...]
    odd: frozenset[str]
    lacking: frozenset[str]

    def xml(self) -> Iterator[str]:
        """Every row, from the second row of the sheet on, in batches; in the order of the file, which the engine keeps."""
        cells = ", ".join(self._cell(number, column) for number, column in enumerate(self.columns))
        sql = f"SELECT concat('<row r=\"', line, '\">', {cells}, '</row>') AS xml FROM {self.source}"
        for batch in self.con.sql(sql).to_arrow_reader(_BATCH):
            yield "".join(batch.column(0).to_pylist())

    def _cell(self, number: int, column: Column) -> str:
        """SQL of one cell: nothing where it is empty."""
        name, place = quoted(column.name), f"'<c r=\"{_letters(number)}', line"
        own, for_text = (f'\'" s="{self.styles[type_]}"' for type_ in (column.type, "VARCHAR"))
        written = _text(column)
        inline = f"concat({place}, {for_text} t=\"inlineStr\"><is><t>', {written}, '</t></is></c>')"
        value = f"concat({place}, {own}><v>', {{}}, '</v></c>')"
        if column.name in self.odd:
            held = _held(written) if column.name in self.lacking else written
            opened = (
                f"{for_text} t=\"inlineStr\"><is><t', CASE WHEN {_spaced(held)} THEN ' xml:space=\"preserve\"' END, '>'"
            )
            sql = f"concat({place}, {opened}, {_marked_up(held)}, '</t></is></c>')"
        elif column.type == "BOOLEAN":
            sql = f"concat({place}, {own} t=\"b\"><v>', CASE WHEN {name} THEN 1 ELSE 0 END, '</v></c>')"
        elif column.type == "DATE":
            days = f"{name} - DATE {literal(DAY_ZERO.isoformat())}"
            sql = (
                f"CASE WHEN {name} >= DATE {literal(FIRST_DAY.isoformat())} THEN {value.format(days)} ELSE {inline} END"
            )
        elif column.type == "BIGINT":
            bound = 10**MOST_DIGITS
            sql = f"CASE WHEN {name} > -{bound} AND {name} < {bound} THEN {value.format(name)} ELSE {inline} END"
        elif column.type == "DOUBLE":
            sql = f"CASE WHEN isfinite({name}) THEN {value.format(name)} ELSE {inline} END"
        else:
            sql = inline
        return f"CASE WHEN {_filled(column)} THEN {sql} END"


def rows_of(con: Connection, columns: Sequence[Column], path: Path, styles: Mapping[str, int]) -> Rows:
    """The rows of a table in a Parquet file."""
    numbered = f"(SELECT *, file_row_number + 2 AS line FROM read_parquet({literal(path)}, file_row_number = true))"
    widths = ", ".join(f"max({_shown(column)})" for column in columns)
    odd = _with(con, numbered, columns, f"{_MARKED}|{_LACKED}")
    lacking = _with(con, numbered, [column for column in columns if column.name in odd], _LACKED) if odd else odd
    found = con.execute(f"SELECT {widths} FROM {numbered}").fetchall()[0]
    return Rows(con, numbered, columns, styles, tuple(int(width or 0) for width in found), odd, lacking)


def _with(con: Connection, source: str, columns: Sequence[Column], pattern: str) -> frozenset[str]:
    """The columns with a text that matches a pattern."""
    texts = [column for column in columns if column.type in ("VARCHAR", "VARCHAR[]")]
    tried = ", ".join(["true", *(f"bool_or(regexp_matches({_text(column)}, '{pattern}'))" for column in texts)])
    found = con.execute(f"SELECT {tried} FROM {source}").fetchall()[0][1:]
    return frozenset(column.name for column, is_so in zip(texts, found, strict=True) if is_so)


def with_texts_longer_than(con: Connection, most: int, columns: Sequence[Column], path: Path) -> list[Column]:
    """The columns of a table in a Parquet file with a text of more bytes than that."""
    texts = [column for column in columns if column.type in ("VARCHAR", "VARCHAR[]")]
    longest = ", ".join(["0", *(f"coalesce(max(strlen({_text(column)})), 0)" for column in texts)])
    found = con.execute(f"SELECT {longest} FROM read_parquet({literal(path)})").fetchall()[0][1:]
    return [column for column, length in zip(texts, found, strict=True) if length > most]


def _filled(column: Column) -> str:
    name = quoted(column.name)
    return {"VARCHAR": f"{name} <> ''", "VARCHAR[]": f"len({name}) > 0"}.get(column.type, f"{name} IS NOT NULL")


def _text(column: Column) -> str:
    """SQL of a cell as text."""
    if column.type == "VARCHAR[]":
        return f"array_to_string({quoted(column.name)}, {literal(LIST_SEPARATOR)})"
    return quoted(column.name)


def _shown(column: Column) -> str:
    """SQL of how many characters a filled cell shows in its longest line."""
    text = _text(column)
    sql = {"BOOLEAN": "5", "DATE": "10"}.get(column.type, f"length(CAST({text} AS VARCHAR))")
    if column.type in ("VARCHAR", "VARCHAR[]"):
        lines = f"list_max(list_transform(string_split({text}, chr(10)), lambda l: length(l)))"
        sql = f"CASE WHEN contains({text}, chr(10)) THEN {lines} ELSE length({text}) END"
    return f"CASE WHEN {_filled(column)} THEN {sql} END"


def _letters(number: int) -> str:
    """What a sheet calls a column, by its number from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _held(text: str) -> str:
    """SQL of a text with the characters that XML lacks written as `_x0001_`, and an underscore that would begin such an escape, too."""
    parts = f"string_split({text}, '_')"
    sql = (
        f"array_to_string(list_transform({parts}, lambda p, i: CASE WHEN i = 1 THEN p "
        f"WHEN i < len({parts}) AND regexp_full_match(p, 'x[0-9A-Fa-f]{{4}}') THEN '_x005F_' || p ELSE '_' || p END), '')"
    )
    for code in _LACKING:
        sql = f"replace({sql}, chr({code}), '_x{code:04X}_')"
    return sql


def _spaced(text: str) -> str:
    """SQL of whether a text has space at an end that is kept only where that is said, or looks like formatted text."""
    return (
        f"regexp_matches({text}, '^{_SPACE}|{_SPACE}$') OR (starts_with({text}, '<r>') AND ends_with({text}, '</r>'))"
    )


def _marked_up(text: str) -> str:
    return f"replace(replace(replace({text}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"


_MARKED = f"[&<>]|^{_SPACE}|{_SPACE}$"
_LACKED = "_x[0-9A-Fa-f]{4}_|[" + "".join(f"\\x{{{code:X}}}" for code in _LACKING) + "]"
