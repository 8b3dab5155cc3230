"""Why a CSV file is refused: the slow pass, run only when the fast one found something.

Every finding has its line, its field and a remedy. Rows are walked with Python's own csv module here,
so that a place means what a curator's editor shows.
"""

from __future__ import annotations

import codecs
import csv
import difflib
import itertools
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.hidden import BEYOND
from pipeline.hidden import FORBIDDEN as FORBIDDEN
from pipeline.problems import MOST, Problem, SourceError, enough, shown

if TYPE_CHECKING:
    from pipeline.read import SourceFile

SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]{2}|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Two spaces, or one that is none of the keyboard's."""

_LATIN, _ALIKE = "[A-Za-z\u00c0-\u024f]", "[\u0370-\u03ff\u0400-\u052f]"

_LOST = re.compile(f"{_LATIN}[?]{_LATIN}")
"""A question mark within a word: a letter that an encoding lacks. Addresses have them, too."""

_GARBLED = re.compile(
    "[\u00c2-\u00c6\u00c8\u00cb][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|[\u00e2\u0102\u0103\u0139][\u0080-\u00bf\u20ac\u201a\u201e]|\ufffd"
)
"""What letters become where UTF-8 is read as an encoding of one byte a letter."""

_MISREAD = re.compile("[\u00c2-\u00f4][\u0080-\u009f]")
"""The same, where the second byte is a control character in that encoding."""

_MIXED = re.compile(f"{_LATIN}{_ALIKE}|{_ALIKE}{_LATIN}")
"""A Latin letter beside a Greek or a Cyrillic one."""

SUSPECT = "|".join(pattern.pattern for pattern in (SPACES, _LOST, _GARBLED, _MIXED, BEYOND))
"""What a cell holds that `refused` must look at, for readers that look at whole columns."""

_ABSENT = "N/A|n/a|N[.]A[.]|n[.]a[.]|NULL|Null|null|NaN|nan|<NA>|TBD|TBC|tbd|tbc|[?]{1,7}"
_FAILED = "#(REF!|N/A|NAME[?]|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)"

NOTHING = re.compile(f"^({_ABSENT}|{_FAILED})$")
"""Words for nothing that programs and people write in a cell. `NA` is Namibia, and `none` or `unknown` may be a code."""

CELL_LIMIT = 131_072
"""Longest cell in characters: the limit of Python's csv module."""

LOOKED_AT = 128 << 20
"""Bytes of a file in which the place of a wrong byte is looked for: they are held whole, as text as well."""

_MERGE = re.compile("(<{7}|[|]{7}|={7}|>{7})( |$)")
"""How git marks two versions of lines that it could not merge."""

_COLUMN_LIMIT = 1_000
"""Most columns of which each that is wrong is told."""

BARE_RETURN = re.compile(rb"\r(?!\n)")
"""A carriage return that is not part of a CRLF."""


def bytes_problems(path: Path, label: str) -> list[Problem]:
    """What is wrong with the bytes of a file: encoding, forbidden characters, line ends, quotes.

    Looked for in the lines that the first `LOOKED_AT` bytes hold; where they are sound, what is wrong stands behind them.
    """
    with path.open("rb") as stream:
        data, whole = stream.read(LOOKED_AT), not stream.read(1)
    if not whole:
        data = data[: data.rfind(b"\n") + 1]
    return _bytes_problems(data, label, whole) or ([] if whole else [_behind(label)])


def _behind(label: str) -> Problem:
    what = (
        f"an encoding, a character or a quote is wrong after the first {LOOKED_AT} bytes, up to which its place is looked for; "
        "save the file as CSV UTF-8, or check it in parts"
    )
    return Problem(label, 1, 1, what, "encoding")


def _bytes_problems(data: bytes, label: str, whole: bool) -> list[Problem]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:2]:
        return [Problem(label, 1, 1, "the file is UTF-16; save it as CSV UTF-8", "encoding")]
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode("utf-8"))
        what = f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as CSV UTF-8"
        return [Problem(label, line, column, what, "encoding")]
    hidden, returns = (itertools.islice(p.finditer(text), MOST) for p in (FORBIDDEN, re.compile(r"\r(?!\n)")))
    marks = [(m.start(), misread(text, m) or f"{_character(m.group())}; delete it", "character") for m in hidden]
    alone = "a carriage return stands alone; end lines with LF"
    marks += [(m.start(), alone, "line_end") for m in returns]
    marks.sort()
    places = _places(text, [start for start, _, _ in marks[:MOST]])
    found = enough(Problem(label, *place, what, rule) for place, (_, what, rule) in zip(places, marks, strict=False))
    return found or separator_problems(text.partition("\n")[0], label) or _quote_problems(text, label, whole)


def misread(text: str, hidden: re.Match[str]) -> str | None:
    """That a forbidden character is what a wrong encoding has made of half a letter; None where it is not."""
    garbled = _MISREAD.match(text, max(hidden.start() - 1, 0))
    return f"{shown(garbled.group())} {_GARBLED_BY}" if garbled else None


_GARBLED_BY = "was garbled when the file was saved in another encoding; write the letters anew"


def _character(char: str) -> str:
    if char == "\0":
        return "a NUL character stands in the cell"
    return f"the invisible character U+{ord(char):04X} stands in the cell"


def _place(before: str) -> tuple[int, int]:
    """Line and field of the character that follows the text given."""
    return _places(before, [len(before)])[0]


def _places(text: str, offsets: list[int]) -> list[tuple[int, int]]:
    """Line and field of each character of a text, by rising offset, in one pass."""
    places = []
    position, line, field, quoted = 0, 1, 1, False
    for offset in offsets:
        for number, part in enumerate(text[position:offset].replace('""', "").split('"')):
            quoted ^= number > 0
            line += part.count("\n")
            if not quoted:
                last = part.rpartition("\n")[2]
                field = last.count(",") + (1 if "\n" in part else field)
        places.append((line, field))
        position = offset
    return places


def _quote_problems(text: str, label: str, whole: bool) -> list[Problem]:
    """The first quote out of place; what follows it cannot be told apart. One may be closed behind a text that is not whole."""
    opened, closed = 0, True
    for run in re.finditer('"+', text):  # quotes in a row open, close and open, and stand well among themselves
        first, last = run.start(), run.end() - 1
        if closed and (text[first - 1 : first] or "\n") not in ",\n\r":
            what = 'a quote stands inside an unquoted cell; put the cell in quotes and double the quote: "a ""b"" c"'
            return [Problem(label, *_place(text[:first]), what, "quote")]
        closed ^= len(run.group()) % 2 == 1
        opened = last - 1 if closed and last > first else opened
        if closed and (text[last + 1 : last + 2] or "\n") not in ",\n\r":
            if "\n" in text[opened:last]:  # a quote is lost before, and each that follows is taken for its opposite
                what = "the quote opened here is not closed in its line; close it at the end of the cell, or delete it"
                return [Problem(label, *_place(text[:opened]), what, "quote")]
            what = 'text follows a closing quote; double each quote inside the cell: "a ""b"" c"'
            return [Problem(label, *_place(text[:last]), what, "quote")]
        opened = opened if closed else last
    if whole and not closed:
        what = "the quote opened here is never closed; close it at the end of the cell"
        return [Problem(label, *_place(text[:opened]), what, "quote")]
    return []


def separator_problems(first: str, label: str) -> list[Problem]:
    """What is wrong with a first line whose fields are not separated by commas, as spreadsheets write in many places."""
    if first.strip('"').lower().startswith("sep="):
        return [Problem(label, 1, 1, "the first line is Excel's note on the separator; run wb6 fmt", "header")]
    for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if first.count(mark) > first.count(","):
            what = f"fields are separated by {name}; run wb6 fmt, or save with commas"
            return [Problem(label, 1, 1, what, "header")]
    return []


def header_of(path: Path, label: str, expected: tuple[str, ...]) -> tuple[str, ...]:
    """The header of a file. Raises SourceError for unknown, missing, repeated or empty column names."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header = tuple(next(csv.reader(stream), ()))
    except csv.Error:
        raise SourceError([Problem(label, 1, 1, "the header is too long; write one name a column", "header")]) from None
    if not header or header == ("",):
        raise SourceError([Problem(label, 1, 1, f"no header; write {','.join(expected)}", "header")])
    if wrong := separator_problems(",".join(header), label):
        raise SourceError(wrong)
    if len(header) > _COLUMN_LIMIT:
        what = f"{len(header)} columns where the table has {len(expected)}; the columns are {', '.join(expected)}"
        raise SourceError([Problem(label, 1, len(expected) + 1, what, "header")])
    problems: list[Problem] = []
    for number, name in enumerate(header, 1):
        if not name:
            problems.append(Problem(label, 1, number, "a column has no name; name it or delete it", "header"))
        elif name in header[: number - 1]:
            what = f"column {shown(name)} is repeated; keep one of the two"
            problems.append(Problem(label, 1, number, what, "header"))
        elif name not in expected:
            near = difflib.get_close_matches(name, expected, 1)
            hint = f"did you mean {near[0]}?" if near else f"the columns are {', '.join(expected)}"
            problems.append(Problem(label, 1, number, f"unknown column {shown(name)}; {hint}", "header"))
    for number, name in enumerate(expected, 1):
        if name not in header:
            what = f"column {shown(name)} is missing; add it, empty if need be"
            problems.append(Problem(label, 1, number, what, "header"))
    if problems:
        raise SourceError(problems)
    return header


def row_problems(source: SourceFile) -> list[Problem]:
    """Rows with too few or too many fields, and empty lines. A line of commas is none of them: its cells are told of."""
    return enough(_rows_of_another_width(source))


def _rows_of_another_width(source: SourceFile) -> Iterator[Problem]:
    width = len(source.header)
    for line, row in _rows(source):
        count = f"{len(row)} field{'' if len(row) == 1 else 's'} where the header has {width}"
        if not row:
            yield Problem(source.label, line, 1, "the line is empty; delete it", "fields")
        elif _MERGE.match(row[0]):
            what = "git left its mark of a merge here; keep the rows that are right, and delete the marks"
            yield Problem(source.label, line, 1, what, "fields")
        elif len(row) < width:
            yield Problem(source.label, line, len(row), f"{count}; add the missing commas", "fields")
        elif len(row) > width:
            yield Problem(source.label, line, width + 1, f"{count}; quote cells that hold a comma", "fields")


def header_problems(source: SourceFile) -> list[Problem]:
    """Rows that repeat the header, as where a second sheet was pasted below the first."""
    what = "the line repeats the header; delete it"
    return enough(
        Problem(source.label, line, 1, what, "header") for line, row in _rows(source) if tuple(row) == source.header
    )


def cell_problems(source: SourceFile) -> list[Problem]:
    """Cells that a spreadsheet would run as a formula, that begin or end with a space, or are too long."""
    return enough(_refused_cells(source))


def _refused_cells(source: SourceFile) -> Iterator[Problem]:
    for line, row in _rows(source):
        for number, cell in enumerate(row, 1):
            what = refused(cell)
            if what:
                name = source.header[number - 1] if number <= len(source.header) else f"field {number}"
                yield Problem(source.label, line, number, f"{name} {shown(cell)}: {what}", "cell")


def unreadable(source: SourceFile) -> list[Problem]:
    """What is said of a file that the readers disagree on although nothing in it is known to be wrong."""
    return [Problem(source.label, 1, 1, "the file cannot be read as CSV; open it and save it as CSV UTF-8", "fields")]


def has_rows(source: SourceFile) -> bool:
    """Whether anything follows the header."""
    return next(_rows(source), None) is not None


def refused(cell: str) -> str | None:
    """Why a text is refused as a cell of any table, and the remedy; None where it is not."""
    if len(cell) > CELL_LIMIT:
        return f"longer than {CELL_LIMIT} characters; shorten it"
    if cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"begins with {shown(cell[0])}, which a spreadsheet runs as a formula; begin with another character"
    if cell != cell.strip():
        return "begins or ends with white space; delete it, or run wb6 fmt"
    if NOTHING.fullmatch(cell):
        failed = "is what a spreadsheet shows for a formula that failed; write the value, or leave the cell empty"
        return failed if cell[0] == "#" else "is a word for nothing; leave the cell empty, which means not recorded"
    if SPACES.search(cell):
        return "holds two spaces in a row, or one of another kind (non-breaking, thin); write one plain space, or run wb6 fmt"
    garbled = _GARBLED.search(cell) or ("://" not in cell and _LOST.search(cell))
    if garbled:
        return f"{shown(garbled.group())} {_GARBLED_BY}"
    if hidden := BEYOND.search(cell):
        return f"{_character(hidden.group())}; delete it"
    if mixed := _MIXED.search(cell):
        return f"{shown(mixed.group())} mixes a Latin letter with one that looks like it; type the word anew"
    return None


def _rows(source: SourceFile) -> Iterator[tuple[int, list[str]]]:
    """Every row after the header with the line it starts on. Cells of any length, so that long ones can be told."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        with source.path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            next(reader, None)
            line = reader.line_num + 1
            for row in reader:
                yield line, row
                line = reader.line_num + 1
    finally:
        csv.field_size_limit(before)
