"""Strict CSV: read a file exactly as Python's csv module reads it in strict mode, or refuse it with its place.

A first pass over the bytes decides whether the file lies in the domain where every reader agrees; then
Arrow reads it in batches. Lines and fields are worked out only to report, in `pipeline.refuse`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.problems import Problem, SourceError
from pipeline.sourcefile import unfit

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 1 << 23
_BLOCK = 1 << 24
_FORMULA = r"^[=+\-@\t\r]"
_UNUSUAL = r"[^\x00-\x7f]|  |\w\?\w|^[#<?NnTt][A-Za-z0-9/.?!<>]{0,6}$"
_SPACED = r"^[\s\p{Z}]|[\s\p{Z}]$"


@dataclass(frozen=True)
class Batch:
    """Some rows of one file: every cell as text, empty as null, with the line each row starts on.

    `refused` tells that some cell must not be published; `pipeline.refuse.cell_problems` says which.
    """

    rows: pa.RecordBatch
    lines: pa.Array
    refused: bool = False


@dataclass(frozen=True)
class SourceFile:
    """One CSV file that passed the first pass: its header as written."""

    path: Path
    label: str
    header: tuple[str, ...]
    multiline: bool


def open_source(path: Path, label: str, expected: tuple[str, ...]) -> SourceFile:
    """Check a file's bytes and header. Raises SourceError with every problem of form found."""
    from pipeline import refuse

    wrong = unfit(path, label, f"file is missing; create it with the header {','.join(expected)}")
    if wrong:
        raise SourceError([wrong])
    try:
        multiline, clean = _scan(path)
    except OSError as error:
        what = f"cannot be read ({error.strerror}); make it a readable file"
        raise SourceError([Problem(label, 1, 1, what, "file")]) from None
    if not clean:
        raise SourceError(refuse.bytes_problems(path, label))
    header = refuse.header_of(path, label, expected)
    return SourceFile(path, label, header, multiline)


def batches(source: SourceFile) -> Iterator[Batch]:
    """The rows of a file in order, in batches. Raises SourceError for rows that are no rows of the table."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    from pipeline import refuse

    ragged = empty_looked_for = header_looked_for = False

    def skip(_row: object) -> str:
        nonlocal ragged
        ragged = True
        return "skip"

    try:
        reader = csv.open_csv(
            source.path,
            read_options=csv.ReadOptions(block_size=_BLOCK),
            parse_options=csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip),
            convert_options=csv.ConvertOptions(
                column_types={name: pa.string() for name in source.header},
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
        line = 2
        for rows in reader:
            lines = pa.array(np.arange(line, line + rows.num_rows))
            if source.multiline:
                inside = _newlines(rows)
                before = pc.subtract(pc.cumulative_sum(inside), inside)
                lines = pc.add(lines, before)
                line += pc.sum(inside).as_py() or 0
            line += rows.num_rows
            # Each looks at the whole file, so it finds nothing later that it did not find the first time.
            if not empty_looked_for and _has_empty_row(rows):
                empty_looked_for = True
                _refuse(refuse.row_problems(source))
            if not header_looked_for and _has_header(rows):
                header_looked_for = True
                _refuse(refuse.header_problems(source))
            yield Batch(rows, lines, _has_bad_cell(rows))
    except pa.ArrowInvalid:
        if refuse.has_rows(source):
            raise SourceError(_unread(source)) from None
    if ragged:
        raise SourceError(_unread(source))


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise SourceError(problems)


def _unread(source: SourceFile) -> list[Problem]:
    """Why the readers do not make rows of a file."""
    from pipeline import refuse

    return refuse.row_problems(source) or refuse.cell_problems(source) or refuse.unreadable(source)


def _newlines(rows: pa.RecordBatch) -> pa.Array:
    """How many line breaks lie inside the cells of each row."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    total: pa.Array = pa.array(np.zeros(rows.num_rows, np.int64))
    for column in rows.columns:
        total = pc.add(total, pc.fill_null(pc.count_substring(column, "\n"), 0).cast(pa.int64()))
    return total


def _has_empty_row(rows: pa.RecordBatch) -> bool:
    """Whether a row has no filled cell: Arrow makes one of an empty line, and of a line of commas."""
    import pyarrow.compute as pc

    filled = rows.column(0).is_valid()
    for column in rows.columns[1:]:
        filled = pc.or_(filled, column.is_valid())
    return pc.all(filled).as_py() not in (True, None)


def _has_header(rows: pa.RecordBatch) -> bool:
    """Whether the first cell of some row is the name of its column."""
    import pyarrow.compute as pc

    return pc.any(pc.equal(rows.column(0), rows.schema.names[0])).as_py() is True


def _has_bad_cell(rows: pa.RecordBatch) -> bool:
    """Whether some cell must be refused. The longer pattern is only tried where the shorter finds something."""
    import pyarrow.compute as pc

    from pipeline import refuse

    unusual = f"{_FORMULA}|{_SPACED}|{_UNUSUAL}"
    suspect = f"{_FORMULA}|{_SPACED}|{refuse.NOTHING.pattern}|{refuse.SUSPECT}"
    return any(
        (pc.max(pc.utf8_length(column)).as_py() or 0) > refuse.CELL_LIMIT
        or (
            pc.any(pc.match_substring_regex(column, unusual)).as_py()
            and pc.any(pc.match_substring_regex(column, suspect)).as_py()
        )
        for column in rows.columns
    )


def _scan(path: Path) -> tuple[bool, bool]:
    """Whether line breaks lie inside cells, and whether the bytes are clean.

    Clean is UTF-8 without control or direction characters, every quote opening at the start of a cell,
    closing at its end or doubled inside it, and every carriage return part of a CRLF.
    """
    import codecs

    from pipeline import refuse

    decoder = codecs.getincrementaldecoder("utf-8")()
    inside = multiline = False
    before = b"\n"
    with path.open("rb") as stream:
        chunk = stream.read(_CHUNK).removeprefix(codecs.BOM_UTF8)
        while chunk:
            after = stream.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not after)
            except UnicodeDecodeError:
                return multiline, False
            alone = refuse.BARE_RETURN.search(chunk + after[:1])
            if refuse.FORBIDDEN.search(text) or (alone and alone.start() < len(chunk)):
                return multiline, False
            if b'"' in chunk or inside:
                lined, inside, clean = _quotes(chunk, inside, before, after[:1] or b"\n")
                multiline |= lined
                if not clean:
                    return multiline, False
            before, chunk = chunk[-1:], after
    return multiline, not inside


def _quotes(chunk: bytes, inside: bool, before: bytes, after: bytes) -> tuple[bool, bool, bool]:
    """Of one chunk: whether a cell holds a line break, whether it ends inside quotes, whether all quotes are in place."""
    import numpy as np

    data = np.frombuffer(before + chunk + after, np.uint8)
    places = np.flatnonzero(data[1:-1] == ord('"')) + 1
    opening, closing = (places[1::2], places[0::2]) if inside else (places[0::2], places[1::2])
    edges = np.frombuffer(b',\n\r"', np.uint8)
    clean = bool(np.isin(data[opening - 1], edges).all() and np.isin(data[closing + 1], edges).all())
    breaks = np.flatnonzero(data[1:-1] == ord("\n")) + 1
    parity = (np.searchsorted(places, breaks) + inside) % 2
    return bool(parity.any()), bool((len(places) + inside) % 2), clean
